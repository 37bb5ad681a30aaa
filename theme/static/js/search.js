/* The search page: shows what asking.js finds. The address has the values of the form, so that a search can be linked,
   and the back button returns to the previous search.

   Nothing that comes from an index or an address is read as HTML: it becomes text, an option of the form, or nothing.
   docs/search.md explains how the parts fit together. */

import { JOINED, alike, bare, termsOf, wordsOf } from "./words.js";

const [form, status, list, more, result, lists] = ["search", "found", "results", "more", "result", "lists"].map(
  (id) => document.getElementById(id),
);
const dataset = form.dataset;
const box = form.elements.q;
const name = document.title;
const LANGUAGES = [...(form.elements.language?.options ?? [])].map((option) => option.value);

// Results that are fetched with a search, one file each.
const FIRST = 4;
// Those that are fetched each time more are wanted.
const NEXT = 10;
// The words of an excerpt.
const EXCERPT = 32;
// The characters of a field of the record.
const VALUE = 160;

/* The engine, which works in a thread of its own: asking.js */

const BASE = `${new URL(dataset.root, location.href).pathname}pagefind/`;
const calls = new Map();
let worker;
let last = 0;

/** Let the engine do a task, and return its answer. If it breaks down, the next call starts another. */
function call(task, ...given) {
  if (!worker) {
    worker = start();
    call("begin", { ...dataset, base: BASE, indexes: dataset.indexes.split(" "), languages: LANGUAGES });
  }
  return new Promise((resolve, reject) => {
    calls.set((last += 1), [resolve, reject]);
    worker.postMessage([last, task, ...given]);
  });
}

function start() {
  const started = new Worker(new URL("./asking.js", import.meta.url), { type: "module" });
  started.onmessage = ({ data: [number, failed, answer] }) => {
    calls.get(number)[Number(failed)](answer);
    calls.delete(number);
  };
  started.onerror = forget;
  return started;
}

/** Make the next call load everything again. */
function forget() {
  worker?.terminate();
  worker = undefined;
  for (const [, reject] of calls.values()) reject();
  calls.clear();
}

/* A result */

/** Find the paragraph that best matches the query: its id, where it begins and ends, and the words found. */
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

/** Return the language of a text, from an id: the one thing Pagefind does not search. */
function langOf(data) {
  return data.anchors.find((anchor) => anchor.id.startsWith("at.")).id.split(".")[1];
}

/** Make an element of words: `mark` for one that was found, `bdi` for a value that keeps its own direction. */
function make(name, ...words) {
  const made = document.createElement(name);
  made.append(...words);
  return made;
}

/** Write an excerpt as text and marks, with the spaces around marks that press/search/documents.py took out. */
function excerpt(data, { start, end, hits }) {
  const thin = langOf(data).startsWith("fr") ? "\u202f" : "";
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
    const gap = at + 1 === to || words[2 * at + 1] === "\u200b" || JOINED.test(words[2 * at]) ? "" : " ";
    parts.push(before.replace(/[–—&]$/, "$& ").replace(/«$/, `«${thin}`), found.has(at) && word ? make("mark", word) : word, after.replace(/^[»!?;:]/, `${thin}$&`), gap);
  }
  return [...parts, to < last ? " …" : ""];
}

/** Write a text with the words marked that a query may mean. */
function marked(text, terms) {
  const means = (word) => terms.some((term) => (term.length > 2 ? alike(term, word) : word.startsWith(term)));
  return text.split(/([\p{L}\p{M}\p{N}]+(?:[-'\u2019][\p{L}\p{M}\p{N}]+)*)/u).map((part, n) => {
    return n % 2 && means(bare(part)) ? make("mark", part) : part;
  });
}

function firstMark(text, terms) {
  return marked(text, terms).find((part) => part.nodeType)?.textContent;
}

/** Cut a long value down to what is around its first marked word. */
function clip(value, terms) {
  if (value.length <= VALUE) return value;
  const at = Math.max(0, value.indexOf(firstMark(value, terms)) - VALUE / 2);
  const from = at ? value.indexOf(" ", at) + 1 : 0;
  const to = value.lastIndexOf(" ", from + VALUE);
  return `${from ? "… " : ""}${value.slice(from, to > from ? to : from + VALUE)} …`;
}

/** Add a value to a line, in its own direction. */
function add(line, label, ...words) {
  line.append(line.firstChild ? " · " : "", label, make("bdi", ...words));
}

/** Write why a text was found if not only by its title or words: “Author: Harbour Street Committee · Place: Leeds”. */
function explain(why, data, terms) {
  for (const [field, label] of Object.entries(result.dataset)) {
    if (!data.fields.includes(field)) continue;
    const found = data.meta[field].split("; ").filter((name) => firstMark(name, terms));
    if (found.length) add(why, label, ...marked(clip(found.join(dataset.comma), terms), terms));
  }
}

function show(data) {
  const [item, part, terms] = [result.content.cloneNode(true), paragraph(data), termsOf(latest.query)];
  const [title, when, why, words] = item.querySelectorAll("a, .when, .why");
  title.href = data.url;
  title.append(...marked(data.meta.title, terms));
  words.href = part.id ? `${data.url}#${encodeURIComponent(part.id)}` : data.url;
  words.append(...excerpt(data, part));
  title.lang = words.lang = langOf(data);
  for (const field of ["date", "category", "author"]) if (data.meta[field]) add(when, "", data.meta[field]);
  explain(why, data, terms);
  if (!why.firstChild) why.remove();
  return item;
}

/* The page */

let latest;

async function addTo(found, count) {
  const before = list.children.length;
  const details = await call("take", found.search, before, before + count);
  if (found !== latest) return;
  list.append(...details.map(show));
  more.hidden = list.children.length >= found.count;
  history.replaceState({ shown: list.children.length }, "");
  return list.children[before];
}

function asked() {
  const values = [...new FormData(form)].map(([key, value]) => [key, value.trim().slice(0, 200)]);
  return Object.fromEntries(values.filter(([, value]) => value));
}

function addressOf(values) {
  return Object.keys(values).length ? `?${new URLSearchParams(values)}` : location.pathname;
}

/** Search for the values of the form, and show as many results as were shown before. */
async function search(shown = FIRST) {
  const now = asked();
  const found = (latest = { query: now.q });
  list.replaceChildren();
  more.hidden = true;
  lists.hidden = Boolean(now.q);
  document.title = now.q ? `${now.q} – ${name}` : name;
  status.textContent = now.q ? dataset.searching : Object.keys(now).length ? dataset.empty : "";
  if (!now.q) return;
  list.ariaBusy = "true";
  try {
    Object.assign(found, await call("find", now));
    if (found !== latest) return;
    await addTo(found, Math.max(FIRST, shown));
    if (found !== latest) return;
    // Western figures, as everywhere on the site.
    const { count } = found;
    status.textContent = count ? dataset.found.replace("{}", count.toLocaleString(dataset.numbers)) : dataset.none;
    lists.hidden = count > 0;
    if (count < FIRST) await offer(now, found);
    found.done = true;
  } catch (wrong) {
    if (found !== latest) return;
    forget();
    status.textContent = dataset.failed;
    lists.hidden = false;
  }
  list.ariaBusy = "false";
}

/** Offer the search that may have been meant. */
async function offer(now, found) {
  const { suggest } = await import("./slips.js");
  const query = await suggest(BASE, now.q, found.count ? 1 : 2).catch(() => "");
  if (!query || found !== latest) return;
  const link = make("a", query);
  link.href = addressOf({ ...now, q: query });
  const [before, after] = dataset.meant.split("{}");
  status.append(` ${before}`, link, after);
}

/** Fill the form from the address; a value that is not an option is ignored. */
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
  const address = addressOf(asked());
  const same = address === (location.search || location.pathname);
  // A filter was applied at once, and then the button pressed.
  if (same && latest.done) return;
  if (!same) history.pushState(null, "", address);
  search();
});

form.addEventListener("change", ({ target }) => {
  if (target !== box && box.value.trim()) form.requestSubmit();
});

box.addEventListener("focus", () => call("prepare", asked()).catch(() => {}), { once: true });

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key !== "/" || typing || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  box.focus();
});

more.addEventListener("click", async () => {
  more.disabled = true;
  const first = await addTo(latest, NEXT).catch(() => void (status.textContent = dataset.failed));
  more.disabled = false;
  first?.querySelector("a").focus();
});

addEventListener("popstate", ({ state }) => {
  fill();
  search(state?.shown);
});

fill();
search(history.state?.shown);
