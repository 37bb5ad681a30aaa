/* “Did you mean …”: loaded only when a search has found next to nothing.

   docs/search.md explains how the parts fit together. */

import { bare } from "./words.js";

/** Return the query with each unknown word replaced by the nearest of the archive's titles and names; "" if none is.

    `base` is the address of the indexes. `most` is how many letters may be wrong: missing, added, exchanged or
    different. Of equally near words, the most frequent is taken. */
export async function suggest(base, query, most) {
  const response = await fetch(`${base}words.txt`);
  if (!response.ok) throw Error(response.status);
  const words = (await response.text()).split("\n").filter(Boolean);
  const plain = words.map(bare);
  const usual = new Set(plain);
  const meant = query.replace(/[\p{L}\p{M}]{3,}/gu, (word) => {
    const term = bare(word);
    if (usual.has(term)) return word;
    const reach = Math.min(most, term.length > 5 ? 2 : 1);
    const steps = plain.map((each) => (Math.abs(each.length - term.length) > reach ? Infinity : distance(term, each)));
    const least = Math.min(...steps);
    return least <= reach ? words[steps.indexOf(least)] : word;
  });
  return meant === query ? "" : meant;
}

/** Return how many single letters must change to turn one word into the other (optimal string alignment). */
function distance(a, b) {
  const rows = [[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i += 1) {
    const [before, last] = rows.slice(-2);
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    rows.push(row);
  }
  return rows.at(-1)[b.length];
}
