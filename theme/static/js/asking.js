/* Searches with Pagefind, in every index of the archive, for what the form of the search page asks. It runs in a worker,
   a thread of its own, so that the page answers while the engine loads and counts.

   docs/search.md explains how the parts fit together. */

import { alike, bare, plain, read, termsOf, wordsOf } from "./words.js";

// What the page tells of the archive: see `begin`.
let archive;

// Languages that write words without spaces.
const UNSPACED = new Set(["ja", "th", "zh"]);

// What a field is worth that has all words of a query; the text itself counts 2 at most.
const WEIGHTS = {
  title: 10, identifier: 8, author: 6, translator: 4, series: 4, publisher: 4, place: 4, tags: 4, summary: 2,
  category: 2, date: 2, spelled: 2, accents: 0,
};
// The most that counts, so that several words of a family in one field do not outweigh everything.
const MOST = 25;

/* The engine and the indexes */

const engines = {};
let loads = 0;
// The engine that all languages have in common.
let stemless;

// Pagefind fetches three files for each language, one after the other. A .pack has all three, and this
// fetch answers Pagefind from it: two round trips fewer before the first result (decision 20).
const near = new Map();
const far = globalThis.fetch;
globalThis.fetch = (address, ...rest) => {
  const data = near.get(String(address).split("?")[0]);
  return data ? Promise.resolve(new Response(data)) : far(address, ...rest);
};

/** Fetch a file of the indexes. */
async function get(path) {
  const response = await far(archive.base + path);
  if (!response.ok) throw Error(response.status);
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
  const basePath = `${archive.base}index/${head.folder}/`;
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
  const library = import(`${archive.base}pagefind.js#${index}-${++loads}`);
  const [pagefind, { basePath, size }] = await Promise.all([library, unpack(index)]);
  await pagefind.options({ basePath, noWorker: true, ranking: { metaWeights: WEIGHTS } });
  await pagefind.init();
  return { pagefind, size };
}

function engine(index) {
  return (engines[index] ??= start(index));
}

/** Return the indexes that have texts in the language that was chosen, or all. */
function wanted(language) {
  const index = language?.split("-")[0];
  return index ? [archive.indexes.includes(index) ? index : archive.indexes.at(-1)] : archive.indexes;
}

/** Begin to load what a search for these values will need; if that fails, the search will say so. */
function prepare(asked) {
  for (const index of wanted(asked.language)) engine(index).catch(() => {});
}

/* The query */

/** Return the years of a range, as far as the archive has them; null for all years. */
function years(from, to) {
  if (!from && !to) return null;
  const [low, high] = [Number(from || archive.first), Number(to || archive.last)].sort((a, b) => a - b);
  const [first, last] = [Math.max(low, archive.first), Math.min(high, archive.last)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => String(first + place));
}

function filters(asked, index) {
  const chosen = {};
  for (const key of ["category", "author", "series", "tag"]) if (asked[key]) chosen[key] = asked[key];
  const varieties = archive.languages.filter((tag) => tag.split("-")[0] === index);
  if (asked.language && varieties.length !== 1) chosen.language = asked.language;
  const range = years(asked.from, asked.to);
  if (range) chosen.year = { any: range };
  return chosen;
}

/** Return the results that are not known yet. */
function fresh(results, known) {
  const ids = new Set(known.map((one) => one.id));
  return results.filter((one) => !ids.has(one.id));
}

/** Search for a term as it was typed, and then in its plain spelling, which counts so much less. */
async function either(search, term, less) {
  const { results } = await search(term);
  if (plain(term) !== term.toLowerCase()) {
    const others = await search(plain(term));
    for (const one of fresh(others.results, results)) results.push({ ...one, less });
  }
  return results;
}

/** Find a phrase in every spelling; `loose` are the texts that have its words.

    Pagefind does not know where the plain spelling of a word with ł stands. And it misses a phrase if the text has one
    of its words with other accents too, as “la” and “là”. Such words are in the fields `spelled` and `accents`, and if
    one of them was asked for, the text itself is compared, of a hundred texts at most. */
async function findPhrase(search, loose, phrase) {
  // In another spelling, even in a title, it comes after those as it was typed.
  const results = await either(search, phrase, 3 * MOST);
  const terms = termsOf(phrase);
  const more = terms.length - 1;
  const likely = fresh(loose, results).filter(({ words, matchedMetaFields }) =>
    /spelled/.test(matchedMetaFields) || (/accents/.test(matchedMetaFields) && words.some((at, n) => words[n + more] === at + more)));
  await Promise.all(likely.slice(0, 100).map(async (one) => {
    const data = await one.data();
    const words = [data.raw_content, ...Object.values(data.meta)].join(" . ").split(/\s+/).map(bare);
    const at = words.findIndex((_, n) => terms.every((term, more) => words[n + more] === term));
    if (at < 0) return;
    results.push(one);
    if (/spelled/.test(one.matchedMetaFields)) one.less = 3 * MOST;
    if (at < data.word_count) one.marks = terms.map((_, n) => ({ location: at + n, balanced_score: 1 }));
  }));
  return results;
}

/** Search one index; a phrase narrows down what the other words find. */
async function ask(index, asked) {
  const { pagefind, size } = await engine(index);
  const { words, phrases, whole } = read(asked.q);
  const chosen = filters(asked, index);
  // Pagefind would search all years.
  if (chosen.year?.any.length === 0) return [];
  const search = (term) => pagefind.search(term, { filters: chosen });
  const loose = await either(search, words);
  const exact = await Promise.all(phrases.map((phrase) => findPhrase(search, loose, phrase)));
  const scored = new Map(loose.map((one) => [one.id, one]));
  const results = exact.reduce((kept, each) => fresh(kept, fresh(kept, each)), whole ? exact[0] : loose);
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
  newest: (one) => (placeOf(one) < archive.dated ? -placeOf(one) : placeOf(one)),
};

/** Make the scores of an index comparable with those of others, and put first what has the words in its title.

    Pagefind multiplies what a word is worth by how rare it is in the index (BM25), so that one French text among three
    would outweigh all English ones. Without that factor, a score says where the words are and how often. */
async function rank(pagefind, size, index, words, results, scored) {
  // A filter that nothing has: the words are counted, and nothing is scored.
  const none = { filters: { "-": "-" } };
  const terms = words.split(/\s+/).filter(bare);
  const counts = await Promise.all(terms.map((term) => pagefind.search(term, none)));
  const rarity = ({ unfilteredResultCount: n }) => Math.log(1 + (size - n + 0.5) / (n + 0.5));
  const total = counts.reduce((sum, each) => sum + rarity(each), 0) || 1;
  for (const one of results) {
    const score = (scored.get(one.id)?.score ?? 0) / total;
    const titled = one.fields.includes("title") && score > WEIGHTS.title - 0.5;
    const own = index === archive.own;
    // The site's own language counts a quarter more.
    one.rank = Math.min(score * (own ? 1.25 : 1), MOST) + (own && titled ? 2 * MOST : 0) - (one.less ?? 0);
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

/** Return whether a result matches the query. An index without a word that begins with “usine” finds “us” instead. */
function answers(data, asked) {
  const words = wordsOf(data);
  const named = data.fields.flatMap((field) => data.meta[field].split(/\s+/));
  const found = [...data.locations.map((at) => words[2 * at]), ...named].map(bare);
  return termsOf(asked).every((term) => found.some((word) => alike(term, word)));
}

/* The results */

// The results of the last search.
let found = [];
let searches = 0;

/** Search all indexes or that of the chosen language; return a number for the search, and how many results it has. */
async function find(asked) {
  const search = (searches += 1);
  const lists = await Promise.all(wanted(asked.language).map((index) => ask(index, asked)));
  const key = ORDERS[asked.sort] ?? ((one) => -one.rank);
  const results = lists.flat().sort((a, b) => key(a) - key(b));
  if (!ORDERS[asked.sort]) await putExactFirst(results, asked.q);
  if (search === searches) found = results;
  return { search, count: results.length };
}

/** Return the details of some results of a search; none if there has been another since. */
function take(search, from, to) {
  return search === searches ? Promise.all(found.slice(from, to).map(dataOf)) : [];
}

/** Fetch the details of a result, and say in which fields of the record it has words of the query. */
async function dataOf(one) {
  const data = await one.data();
  data.fields = one.fields;
  if (one.marks) data.weighted_locations = one.marks;
  return data;
}

/* The page */

/** Learn of the archive: `base`, its `indexes`, its `own` language, its `languages`, how many texts are `dated`, and the
    `first` and `last` year. */
function begin(told) {
  archive = told;
}

const TASKS = { begin, prepare, find, take };

addEventListener("message", async ({ data: [call, task, ...given] }) => {
  try {
    postMessage([call, false, await TASKS[task](...given)]);
  } catch {
    postMessage([call, true]);
  }
});
