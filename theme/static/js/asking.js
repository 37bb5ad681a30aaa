/* Searches with Pagefind, in every language of the archive, for what the form of the search page asks.

   docs/search.md explains how the parts fit together. */

const form = document.getElementById("search");
const dataset = form.dataset;
const root = new URL(dataset.root, location.href);

const ORDERS = { oldest: "asc", newest: "desc" };
const UNSPACED = new Set(["ja", "th", "zh"]); // languages that write words without spaces

const ELIDED = /(?<!\p{L})(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['\u2019](?=\p{L})/giu;
// The index has a space after these: press/search/documents.py has the same list.

/* The languages */

const engines = new Map();
let loads = 0;

// Pagefind fetches three files for each language, one after the other. start.pack has all three, and this
// fetch answers Pagefind from it: two round trips fewer before the first result (decision 20).
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

/** Load the index of a language. A Pagefind module has one stemmer, and each URL fragment makes a module of its own. */
async function start(language) {
  const basePath = `${root.pathname}pagefind/${language}/`;
  const library = import(`${root}pagefind/pagefind.js#${language}-${++loads}`);
  const [pagefind] = await Promise.all([library, unpack(basePath)]);
  const metaWeights = { title: 0, date: 0, category: 0, author: 0 }; // the text has them too, with its own weights
  await pagefind.options({ basePath, noWorker: true, ranking: { metaWeights } });
  await pagefind.init();
  return pagefind;
}

function engine(language) {
  if (!engines.has(language)) engines.set(language, start(language));
  return engines.get(language);
}

/** Make the next search load everything again. */
export function forget() {
  engines.clear();
}

/* The query */

/** Return the words of a query and its phrases in quotation marks, without French elisions such as l’. */
function read(query) {
  const plain = query.replace(/[“”„«»‹›]/g, '"').replace(/[–—…/]/g, " ");
  const phrases = [...plain.matchAll(/"([^"]*[\p{L}\p{N}][^"]*)"/gu)].map((match) => match[1].trim());
  return {
    words: plain.replace(/"/g, " ").replace(ELIDED, "").trim(),
    phrases: phrases.map((phrase) => `"${phrase.replace(ELIDED, "$& ")}"`),
    whole: phrases.length === 1 && /^\s*"[^"]*"\s*$/.test(plain),
  };
}

/** Return the years of a range, as far as the archive has them; null for all years. */
function years(from, to) {
  if (!from && !to) return null;
  const [low, high] = [Number(from || dataset.first), Number(to || dataset.last)].sort((a, b) => a - b);
  const [first, last] = [Math.max(low, dataset.first), Math.min(high, dataset.last)];
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

/** Search one language; a phrase narrows down what the other words find. */
async function ask(language, asked) {
  const pagefind = await engine(language);
  const { words, phrases, whole } = read(asked.q);
  const chosen = filters(asked, language);
  if (chosen.year?.any.length === 0) return []; // Pagefind would search all years
  const options = { filters: chosen, sort: ORDERS[asked.sort] ? { date: ORDERS[asked.sort] } : {} };
  const [found, ...exact] = await Promise.all(
    (whole ? phrases : [words, ...phrases]).map((term) => pagefind.search(term, options)),
  );
  const ids = exact.map((each) => new Set(each.results.map((one) => one.id)));
  const results = found.results.filter((one) => one.words.length && ids.every((set) => set.has(one.id)));
  if (asked.sort === "newest") await putUndatedLast(pagefind, results);
  if (!results.length || whole || UNSPACED.has(language) || answers(await results[0].data(), words)) return results;
  return [];
}

/** Sort undated texts last: for Pagefind, newest first is oldest first reversed. */
async function putUndatedLast(pagefind, results) {
  const { results: undated } = await pagefind.search(null, { filters: { undated: "yes" } });
  const ids = new Set(undated.map((one) => one.id));
  for (const one of results) one.last = ids.has(one.id);
  results.sort((a, b) => a.last - b.last);
}

/** Return whether a result matches the query. An index without a word that begins with “usine” finds “us” instead. */
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

/** Return the words of a text, each followed by its separator: Pagefind gives positions in words. */
export function wordsOf(data) {
  const cut = data.raw_content.includes("\u200b") ? /(\u200b)/ : /(\s+)/;
  return data.raw_content.replace(/&lt;/g, "<").replace(/&gt;/g, ">").split(cut);
}

/* The results */

/** Search all languages or the chosen one; return a list of results for each, their count and order. */
export async function find(asked) {
  const languages = asked.language ? [asked.language.split("-")[0]] : dataset.languages.split(" ");
  const lists = await Promise.all(languages.map((language) => ask(language, asked)));
  const count = lists.reduce((sum, each) => sum + each.length, 0);
  return { lists, count, at: lists.map(() => 0), order: ORDERS[asked.sort] };
}

/** Return the position of a leaflet by date, and its language, from an id: the one thing Pagefind does not search. */
export function known(data) {
  const [, place, tag] = data.anchors.find((anchor) => anchor.id.startsWith("at.")).id.split(".");
  return { place: Number(place), tag };
}

/** Take the next results of all languages in the chosen order, and fetch their details. */
export async function take(found, count) {
  const ahead = found.lists.flatMap((each, from) =>
    each.slice(found.at[from], found.at[from] + count).map((one) => ({ one, from })),
  );
  const details = found.order ? await Promise.all(ahead.map(({ one }) => one.data())) : [];
  ahead.forEach((each, index) => (each.key = keyOf(each.one, found.order, details[index])));
  ahead.sort((a, b) => (a.key > b.key) - (a.key < b.key));
  const taken = ahead.slice(0, count);
  for (const { from } of taken) found.at[from] += 1;
  return Promise.all(taken.map(({ one }) => one.data()));
}

function keyOf(one, order, data) {
  if (!order) return -one.score;
  return one.last ? Infinity : known(data).place * (order === "asc" ? 1 : -1);
}
