/* Searches with Pagefind, in every index of the archive, for what the form of the search page asks.

   docs/search.md explains how the parts fit together. */

const form = document.getElementById("search");
const dataset = form.dataset;
const root = new URL(dataset.root, location.href);
const base = `${root.pathname}pagefind/`;
const indexes = dataset.indexes.split(" ");

const UNSPACED = new Set(["ja", "th", "zh"]); // languages that write words without spaces

const ELIDED = /(?<!\p{L})(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['\u2019](?=\p{L})/giu;
// The index has a space after these: press/search/documents.py has the same list.

const WEIGHTS = {
  title: 10, identifier: 8, author: 6, translator: 4, series: 4, publisher: 4, place: 4, tags: 4, summary: 2,
  category: 2, date: 2,
}; // of a field that has all words of a query; the text itself counts 2 at most
const NEARER = 1.25; // what the site's own language adds
const MOST = 25; // so that several words of a family in one field do not outweigh everything

/* The engine and the indexes */

const engines = new Map();
let loads = 0;
let stemless; // the engine that all languages have in common

// Pagefind fetches three files for each language, one after the other. A .pack has all three, and this
// fetch answers Pagefind from it: two round trips fewer before the first result (decision 20).
const near = new Map();
const far = globalThis.fetch;
globalThis.fetch = (address, ...rest) => {
  const data = near.get(String(address).split("?")[0]);
  return data ? Promise.resolve(new Response(data)) : far(address, ...rest);
};

/** Fetch a file of the indexes. */
export async function get(path) {
  const response = await far(base + path);
  if (!response.ok) throw new Error(`${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function unzip(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Add a stemmer to the engine: press/search/engine.py has written the patch. */
function mend(old, patch) {
  let from = patch.indexOf(10) + 1;
  const [fresh, kept, moved] = JSON.parse(new TextDecoder().decode(patch.subarray(0, from)));
  const made = new Uint8Array(patch.length - from + kept.reduce((sum, length) => sum + length, 0));
  let [source, to] = [0, 0];
  fresh.forEach((length, n) => {
    made.set(patch.subarray(from, (from += length)), to);
    source += length + moved[n];
    made.set(old.subarray(source, source + kept[n]), (to += length));
    source += kept[n];
    to += kept[n];
  });
  return made;
}

/** Fetch what an index begins with, and put it where Pagefind will look for it. */
async function unpack(index) {
  stemless ??= get("engine.pack").then(unzip);
  const [data, engine] = await Promise.all([get(`${index}.pack`), stemless]);
  let at = data.indexOf(10) + 1;
  const head = JSON.parse(new TextDecoder().decode(data.subarray(0, at)));
  const basePath = `${base}index/${head.folder}/`;
  const files = new Map(head.files.map(([file, size]) => [file, data.slice(at, (at += size))]));
  near.set(`${basePath}wasm.unknown.pagefind`, engine);
  for (const [file, part] of files) {
    if (file.endsWith(".patch")) near.set(basePath + file.slice(0, -6), mend(engine, await unzip(part)));
    else near.set(basePath + file, part);
  }
  const entry = JSON.parse(new TextDecoder().decode(files.get("pagefind-entry.json")));
  return { basePath, size: Object.values(entry.languages)[0].page_count };
}

/** Load an index. A Pagefind module has one stemmer, and each URL fragment makes a module of its own. */
async function start(index) {
  const library = import(`${root}pagefind/pagefind.js#${index}-${++loads}`);
  const [pagefind, { basePath, size }] = await Promise.all([library, unpack(index)]);
  await pagefind.options({ basePath, noWorker: true, ranking: { metaWeights: WEIGHTS } });
  await pagefind.init();
  return { pagefind, size };
}

function engine(index) {
  if (!engines.has(index)) engines.set(index, start(index));
  return engines.get(index);
}

/** Return the indexes that have texts in the language that was chosen, or all. */
function wanted(language) {
  const plain = language?.split("-")[0];
  return plain ? [indexes.includes(plain) ? plain : indexes.at(-1)] : indexes;
}

/** Begin to load what a search for these values will need; if that fails, the search will say so. */
export function prepare(asked) {
  for (const index of wanted(asked.language)) engine(index).catch(forget);
}

/** Make the next search load everything again. */
export function forget() {
  engines.clear();
  stemless = undefined;
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

function filters(asked, index) {
  const chosen = {};
  for (const key of ["category", "author", "series", "tag"]) if (asked[key]) chosen[key] = asked[key];
  const alike = [...(form.elements.language?.options ?? [])].filter((o) => o.value.split("-")[0] === index);
  if (asked.language && alike.length !== 1) chosen.language = asked.language;
  const range = years(asked.from, asked.to);
  if (range) chosen.year = { any: range };
  return chosen;
}

/** Search one index; a phrase narrows down what the other words find. */
async function ask(index, asked) {
  const { pagefind, size } = await engine(index);
  const { words, phrases, whole } = read(asked.q);
  const chosen = filters(asked, index);
  if (chosen.year?.any.length === 0) return []; // Pagefind would search all years
  const search = (term) => pagefind.search(term, { filters: chosen });
  const [loose, ...exact] = await Promise.all([words, ...phrases].map(search));
  const scored = new Map(loose.results.map((one) => [one.id, one]));
  const ids = exact.map((each) => new Set(each.results.map((one) => one.id)));
  const results = (whole ? exact[0] : loose).results.filter((one) => ids.every((set) => set.has(one.id)));
  for (const one of results) one.fields = (scored.get(one.id) ?? one).matchedMetaFields ?? [];
  if (!ORDERS[asked.sort]) await rank(pagefind, size, index, words, results, scored);
  if (!results.length || whole || UNSPACED.has(index) || answers(await dataOf(results[0]), words)) return results;
  return [];
}

/* The order */

// A text is named by its position by date, in hexadecimal figures; those without a date come last in every order.
const placeOf = (one) => parseInt(one.id.split("_").pop(), 16);
const ORDERS = {
  oldest: placeOf,
  newest: (one) => (placeOf(one) < dataset.dated ? -placeOf(one) : placeOf(one)),
};

/** Make the scores of an index comparable with those of others, and put first what has the words in its title.

    Pagefind multiplies what a word is worth by how rare it is in the index (BM25), so that one French text among three
    would outweigh all English ones. Without that factor, a score says where the words are and how often. */
async function rank(pagefind, size, index, words, results, scored) {
  const none = { filters: { "-": "-" } }; // a filter that nothing has: the words are counted, and nothing is scored
  const terms = words.split(/\s+/).filter(bare);
  const counts = await Promise.all(terms.map((term) => pagefind.search(term, none)));
  const rarity = ({ unfilteredResultCount: n }) => Math.log(1 + (size - n + 0.5) / (n + 0.5));
  const total = counts.reduce((sum, each) => sum + rarity(each), 0) || 1;
  for (const one of results) {
    const score = (scored.get(one.id)?.score ?? 0) / total;
    const titled = one.fields.includes("title") && score > WEIGHTS.title - 0.5;
    const own = index === dataset.own;
    one.rank = Math.min(score * (own ? NEARER : 1), MOST) + (own && titled ? 2 * MOST : 0);
  }
}

/** Put a text first whose identifier is the query: those that begin with it, such as HP-70 for HP-7, are found too. */
async function putExactFirst(results, query) {
  if (!/\p{N}/u.test(query)) return;
  const likely = results.filter((one) => one.fields.includes("identifier")).slice(0, 10);
  const details = await Promise.all(likely.map(dataOf));
  likely.forEach((one, n) => (one.rank += bare(details[n].meta.identifier) === bare(query) ? 4 * MOST : 0));
  results.sort((a, b) => b.rank - a.rank);
}

/** Return a text in its barest form, to compare words by: small letters and figures, without accents. */
export function bare(text) {
  return text.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

/** Return whether a result matches the query. An index without a word that begins with “usine” finds “us” instead. */
function answers(data, asked) {
  const words = wordsOf(data);
  const named = data.fields.flatMap((field) => data.meta[field].split(/\s+/));
  const found = [...data.locations.map((at) => words[2 * at]), ...named].map(bare);
  return termsOf(asked).every((term) => found.some((word) => alike(term, word)));
}

/** Return whether two bare words seem to be forms of one word; a number has no other forms. */
export function alike(term, word) {
  if (/\p{N}/u.test(term)) return word.includes(term);
  let same = 0;
  while (same < term.length && term[same] === word[same]) same += 1;
  return 3 * same >= 2 * term.length || word.includes(term) || (word.length > 2 && term.includes(word));
}

/** Return the bare words of a query. */
export function termsOf(query) {
  return read(query).words.split(/\s+/).map(bare).filter(Boolean);
}

/** Return the words of a text, each followed by its separator: Pagefind gives positions in words. */
export function wordsOf(data) {
  const cut = data.raw_content.includes("\u200b") ? /(\u200b)/ : /(\s+)/;
  return data.raw_content.replace(/&lt;/g, "<").replace(/&gt;/g, ">").split(cut);
}

/* The results */

/** Search all indexes or that of the chosen language; return the results in order. */
export async function find(asked) {
  const lists = await Promise.all(wanted(asked.language).map((index) => ask(index, asked)));
  const key = ORDERS[asked.sort] ?? ((one) => -one.rank);
  const results = lists.flat().sort((a, b) => key(a) - key(b));
  if (!ORDERS[asked.sort]) await putExactFirst(results, asked.q);
  return { results, count: results.length };
}

/** Fetch the details of some results. */
export function take(results) {
  return Promise.all(results.map(dataOf));
}

/** Fetch the details of a result, and say in which fields of the record it has words of the query. */
async function dataOf(one) {
  const data = await one.data();
  data.fields = one.fields;
  return data;
}

/** Return the language of a text, from an id: the one thing Pagefind does not search. */
export function langOf(data) {
  return data.anchors.find((anchor) => anchor.id.startsWith("at.")).id.split(".")[2];
}
