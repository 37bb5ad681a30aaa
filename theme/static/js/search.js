/* The search page: asks Pagefind for what the form says, and shows what it finds. The address says the same as the
   form, so that a search can be linked, and the back button leads to the search before.

   Nothing that comes from an index or an address is read as HTML: it becomes text, an option of the form, or nothing.
   docs/search.md tells how the parts belong together. */

const [form, status, list, more, result] = ["search", "found", "results", "more", "result"].map(
  (id) => document.getElementById(id),
);
const say = form.dataset;
const root = new URL(say.root, location.href);
const lang = document.documentElement.lang;
const name = document.title;

const FIRST = 4; // results that are fetched with a search, one file each
const NEXT = 10; // and with each wish for more
const EXCERPT = 32; // words
const ORDERS = { oldest: "asc", newest: "desc" };
const UNSPACED = new Set(["ja", "th", "zh"]); // languages that write words without spaces

const [letter, elided] = ["\\p{L}", "(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['\u2019]"];
const ELIDED = new RegExp(`(?<!${letter})${elided}(?=${letter})`, "giu");
const JOINED = new RegExp(`${letter}[–—/]$|\\p{N}[–—/]$|(?<!${letter})${elided}$`, "iu");
// The index has spaces where words end without one, press/search/words.py; behind these words there was none.

/* The languages */

const engines = new Map();
let loads = 0;

// What a language begins with comes in one file, and Pagefind, which would ask for three, is given those from it.
const near = new Map();
const far = globalThis.fetch;
globalThis.fetch = (address, ...rest) => {
  const data = near.get(String(address).split("?")[0]);
  return data ? Promise.resolve(new Response(data)) : far(address, ...rest);
};

async function unpack(basePath) {
  const response = await far(`${basePath}start.pack`);
  if (!response.ok) throw new Error(`${response.status}`);
  const data = new Uint8Array(await response.arrayBuffer());
  let at = data.indexOf(10) + 1;
  for (const [file, size] of JSON.parse(new TextDecoder().decode(data.subarray(0, at)))) {
    near.set(basePath + file, data.slice(at, (at += size)));
  }
}

/** Load the index of a language. A module of Pagefind has one stemmer; each fragment of its address is a module. */
async function start(language) {
  const basePath = `${root.pathname}pagefind/${language}/`;
  const library = import(`${root}pagefind/pagefind.js#${language}-${++loads}`);
  const [pagefind] = await Promise.all([library, unpack(basePath)]);
  const metaWeights = { title: 0, date: 0, category: 0, author: 0 }; // they stand in the text, with its weights
  await pagefind.options({ basePath, noWorker: true, ranking: { metaWeights } });
  await pagefind.init();
  return pagefind;
}

function engine(language) {
  if (!engines.has(language)) engines.set(language, start(language));
  return engines.get(language);
}

/* What is asked */

/** Give the words of a query, and its phrases in quotation marks; parts of words that French leaves out go. */
function read(query) {
  const plain = query.replace(/[“”„«»‹›]/g, '"').replace(/[–—…/]/g, " ");
  const phrases = [...plain.matchAll(/"([^"]*[\p{L}\p{N}][^"]*)"/gu)].map((match) => match[1].trim());
  return {
    words: plain.replace(/"/g, " ").replace(ELIDED, "").trim(),
    phrases: phrases.map((phrase) => `"${phrase.replace(ELIDED, "$& ")}"`),
    whole: phrases.length === 1 && /^\s*"[^"]*"\s*$/.test(plain),
  };
}

/** Give the years from one to another, of those that the archive has; null for all. */
function years(from, to) {
  if (!from && !to) return null;
  const [low, high] = [Number(from || say.first), Number(to || say.last)].sort((a, b) => a - b);
  const [first, last] = [Math.max(low, say.first), Math.min(high, say.last)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => String(first + place));
}

function filters(asked, language) {
  const chosen = {};
  for (const key of ["category", "author", "series"]) if (asked[key]) chosen[key] = asked[key];
  const alike = [...(form.elements.language?.options ?? [])].filter((o) => o.value.split("-")[0] === language);
  if (asked.language && alike.length > 1) chosen.language = asked.language;
  const wanted = years(asked.from, asked.to);
  if (wanted) chosen.year = { any: wanted };
  return chosen;
}

/** Search one language; a phrase beside other words narrows what the words find. */
async function ask(language, asked) {
  const pagefind = await engine(language);
  const { words, phrases, whole } = read(asked.q);
  const chosen = filters(asked, language);
  if (chosen.year?.any.length === 0) return []; // which Pagefind would take for all years
  const options = { filters: chosen, sort: ORDERS[asked.sort] ? { date: ORDERS[asked.sort] } : {} };
  const [found, ...exact] = await Promise.all(
    (whole ? phrases : [words, ...phrases]).map((term) => pagefind.search(term, options)),
  );
  const ids = exact.map((each) => new Set(each.results.map((one) => one.id)));
  const results = found.results.filter((one) => one.words.length && ids.every((set) => set.has(one.id)));
  if (!results.length || whole || UNSPACED.has(language) || answers(await results[0].data(), words)) return results;
  return [];
}

/** Tell whether what was found is what was asked for. An index that has no word beginning with "usine" gives "us". */
function answers(data, asked) {
  const bare = (text) => text.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const words = wordsOf(data);
  const found = data.locations.map((at) => bare(words[2 * at]));
  return asked.split(/\s+/).map(bare).every((term) => found.some((word) => alike(term, word)));
}

function alike(term, word) {
  let same = 0;
  while (same < term.length && term[same] === word[same]) same += 1;
  return 2 * same >= term.length || word.includes(term) || (word.length > 2 && term.includes(word));
}

/** Give the words of a text and, between them, what parts them: Pagefind counts the words. */
function wordsOf(data) {
  const cut = data.raw_content.includes("\u200b") ? /(\u200b)/ : /(\s+)/;
  return data.raw_content.replace(/&lt;/g, "<").replace(/&gt;/g, ">").split(cut);
}

/* What is found */

/** Give where a leaflet stands among all by its date, and its language: Pagefind searches everything but ids. */
function known(data) {
  const [, place, tag] = data.anchors.find((anchor) => anchor.id.startsWith("at.")).id.split(".");
  return { place: Number(place), tag };
}

/** Take the next results of all languages in the order asked for, with what their files say. */
async function take(found, count) {
  const ahead = found.lists.flatMap((each, from) =>
    each.slice(found.at[from], found.at[from] + count).map((one) => ({ one, from })),
  );
  if (found.order) {
    const details = await Promise.all(ahead.map(({ one }) => one.data()));
    details.forEach((data, index) => (ahead[index].key = known(data).place * (found.order === "asc" ? 1 : -1)));
  }
  ahead.sort((a, b) => (found.order ? a.key - b.key : b.one.score - a.one.score));
  const taken = ahead.slice(0, count);
  for (const { from } of taken) found.at[from] += 1;
  return Promise.all(taken.map(({ one }) => one.data()));
}

/** Find the paragraph that says most of what was asked: its id, where it begins and ends, and the words found. */
function paragraph(data) {
  const anchors = data.anchors.filter((anchor) => anchor.id).sort((a, b) => a.location - b.location);
  const begin = anchors.findIndex((anchor) => anchor.id.startsWith("at."));
  const parts = anchors.slice(begin + 1).map((anchor, index, all) => ({
    id: anchor.id,
    start: anchor.location,
    end: all[index + 1]?.location ?? Infinity,
  }));
  const start = anchors[begin].location;
  parts.unshift({ id: "", start, end: parts[0]?.start ?? Infinity });
  for (const part of parts) {
    part.hits = data.weighted_locations.filter(({ location: at }) => at >= part.start && at < part.end);
    part.score = part.hits.reduce((sum, hit) => sum + hit.balanced_score, 0);
  }
  const best = parts.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score ? best : { ...best, id: "", start, end: Infinity };
}

/** Write an excerpt as text and marks, with the spaces around marks that press/search/words.py took out. */
function excerpt(data, { start, end, hits }) {
  const thin = known(data).tag.startsWith("fr") ? "\u202f" : "";
  const words = wordsOf(data);
  const found = new Set(hits.map((hit) => hit.location));
  const near = hits.map((hit) => hits.filter((other) => Math.abs(other.location - hit.location - 8) < 16).length);
  const middle = hits[near.indexOf(Math.max(...near))]?.location ?? start;
  const last = Math.min(end, words.length / 2);
  const from = Math.max(start, Math.min(middle - 8, last - EXCERPT));
  const to = Math.min(from + EXCERPT, last);
  const parts = [from > start ? "… " : ""];
  for (let at = from; at < to; at += 1) {
    const [, before, word, after] = words[2 * at].match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
    const mark = document.createElement("mark");
    mark.textContent = word;
    const gap = at + 1 === to || words[2 * at + 1] === "\u200b" || JOINED.test(words[2 * at]) ? "" : " ";
    parts.push(before.replace(/[–—&]$/, "$& ").replace(/«$/, `«${thin}`), found.has(at) && word ? mark : word, after.replace(/^[»!?;:]/, `${thin}$&`), gap);
  }
  return [...parts, to < last ? " …" : ""];
}

function show(data) {
  const [item, part] = [result.content.cloneNode(true), paragraph(data)];
  const [title, words] = item.querySelectorAll("a");
  title.href = data.url;
  title.textContent = data.meta.title;
  words.href = part.id ? `${data.url}#${encodeURIComponent(part.id)}` : data.url;
  words.append(...excerpt(data, part));
  title.lang = words.lang = known(data).tag;
  const { date, category, author } = data.meta;
  item.querySelector(".when").textContent = [date, category, author].filter(Boolean).join(" · ");
  return item;
}

/* The page */

let latest;

async function addTo(found, count) {
  const details = await take(found, count);
  if (found !== latest) return;
  const before = list.children.length;
  list.append(...details.map(show));
  more.hidden = list.children.length >= found.count;
  history.replaceState({ shown: list.children.length }, "");
  return list.children[before];
}

function asked() {
  const values = [...new FormData(form)].map(([key, value]) => [key, value.trim().slice(0, 200)]);
  return Object.fromEntries(values.filter(([, value]) => value));
}

/** Search for what the form says, and show as many results as were shown before. */
async function search(shown = FIRST) {
  const now = asked();
  const found = (latest = { order: ORDERS[now.sort], at: [] });
  list.replaceChildren();
  more.hidden = true;
  document.title = now.q ? `${now.q} – ${name}` : name;
  status.textContent = now.q ? say.searching : Object.keys(now).length ? say.empty : "";
  if (!now.q) return;
  list.ariaBusy = "true";
  const languages = now.language ? [now.language.split("-")[0]] : say.languages.split(" ");
  try {
    found.lists = await Promise.all(languages.map((language) => ask(language, now)));
    if (found !== latest) return;
    found.at = found.lists.map(() => 0);
    found.count = found.lists.reduce((sum, each) => sum + each.length, 0);
    await addTo(found, Math.max(FIRST, shown));
    if (found !== latest) return;
    status.textContent = found.count ? say.found.replace("{}", found.count.toLocaleString(lang)) : say.none;
  } catch (wrong) {
    if (found !== latest) return;
    engines.clear(); // the next search loads them anew
    status.textContent = say.failed;
  }
  list.ariaBusy = "false";
}

/** Fill the form from the address; a value that is no option is none. */
function fill() {
  const values = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (!field.name) continue;
    field.value = (values.get(field.name) ?? "").slice(0, 200);
    if (field.selectedIndex < 0) field.selectedIndex = 0;
    const narrowing = field.closest("details");
    if (field.value && narrowing) narrowing.open = true;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const values = String(new URLSearchParams(asked()));
  if (`?${values}` !== location.search) history.pushState(null, "", values ? `?${values}` : location.pathname);
  search();
});

more.addEventListener("click", async () => {
  more.disabled = true;
  const first = await addTo(latest, NEXT).catch(() => void (status.textContent = say.failed));
  more.disabled = false;
  first?.querySelector("a").focus();
});

addEventListener("popstate", ({ state }) => {
  fill();
  search(state?.shown);
});

fill();
search(history.state?.shown);
