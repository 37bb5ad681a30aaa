/* The search page: shows what asking.js finds. The address has the values of the form, so that a search can be linked,
   and the back button returns to the previous search.

   Nothing that comes from an index or an address is read as HTML: it becomes text, an option of the form, or nothing.
   docs/search.md explains how the parts fit together. */

import { find, forget, known, take, wordsOf } from "./asking.js";

const [form, status, list, more, result] = ["search", "found", "results", "more", "result"].map(
  (id) => document.getElementById(id),
);
const dataset = form.dataset;
const lang = document.documentElement.lang;
const name = document.title;

const FIRST = 4; // results that are fetched with a search, one file each
const NEXT = 10; // and each time more are wanted
const EXCERPT = 32; // words

const JOINED = /[\p{L}\p{N}][–—/]$|(?<!\p{L})(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['\u2019]$/iu;
// The index has a space after these words where the text has none: see press/search/documents.py.

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

/** Write an excerpt as text and marks, with the spaces around marks that press/search/documents.py took out. */
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

/** Search for the values of the form, and show as many results as were shown before. */
async function search(shown = FIRST) {
  const now = asked();
  const found = (latest = {});
  list.replaceChildren();
  more.hidden = true;
  document.title = now.q ? `${now.q} – ${name}` : name;
  status.textContent = now.q ? dataset.searching : Object.keys(now).length ? dataset.empty : "";
  if (!now.q) return;
  list.ariaBusy = "true";
  try {
    Object.assign(found, await find(now));
    if (found !== latest) return;
    await addTo(found, Math.max(FIRST, shown));
    if (found !== latest) return;
    status.textContent = found.count ? dataset.found.replace("{}", found.count.toLocaleString(lang)) : dataset.none;
  } catch (wrong) {
    if (found !== latest) return;
    forget();
    status.textContent = dataset.failed;
  }
  list.ariaBusy = "false";
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
  const values = String(new URLSearchParams(asked()));
  if (`?${values}` !== location.search) history.pushState(null, "", values ? `?${values}` : location.pathname);
  search();
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
