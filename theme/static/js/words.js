/* What the page and the engine both know of words. docs/search.md explains how the parts fit together. */

const ELISION = "(?<!\\p{L})(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['\u2019]";
const ELIDED = new RegExp(`${ELISION}(?=\\p{L})`, "giu");
// The index has a space after these, and after the next where the text has none: press/search/documents.py.
export const JOINED = new RegExp(`[\\p{L}\\p{N}][–—/]$|${ELISION}$`, "iu");

/** Return the words of a query and its phrases in quotation marks, without French elisions such as l’. */
export function read(query) {
  const typed = query.replace(/[“”„«»‹›]/g, '"').replace(/[–—…/]/g, " ");
  const phrases = [...typed.matchAll(/"([^"]*[\p{L}\p{N}][^"]*)"/gu)].map((match) => match[1].trim());
  return {
    words: typed.replace(/"/g, " ").replace(ELIDED, "").trim(),
    phrases: phrases.map((phrase) => `"${phrase.replace(ELIDED, "$& ")}"`),
    whole: phrases.length === 1 && /^\s*"[^"]*"\s*$/.test(typed),
  };
}

/** Return the bare words of a query. */
export function termsOf(query) {
  return read(query).words.split(/\s+/).map(bare).filter(Boolean);
}

// Letters that are not another one with an accent, and their plain spelling: press/search/documents.py has the same.
const SPELLED = { ł: "l", œ: "oe", ø: "o", æ: "ae", ı: "i", đ: "d", ð: "d", þ: "th", ß: "ss", ħ: "h", ŧ: "t", ŋ: "n" };

/** Return a text in small letters, with those letters spelled plainly. */
export function plain(text) {
  return text.toLowerCase().replace(/[^a-z]/g, (letter) => SPELLED[letter] ?? letter);
}

/** Return a text in its barest form, to compare words by: small letters and figures, without accents. */
export function bare(text) {
  return plain(text).normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");
}

/** Return whether two bare words seem to be forms of one word; a number has no other forms. */
export function alike(term, word) {
  if (/\p{N}/u.test(term)) return word.includes(term);
  let same = 0;
  while (same < term.length && term[same] === word[same]) same += 1;
  return 3 * same >= 2 * term.length || word.includes(term) || (word.length > 2 && term.includes(word));
}

/** Return the words of a text, each followed by its separator: Pagefind gives positions in words. */
export function wordsOf(data) {
  const cut = data.raw_content.includes("\u200b") ? /(\u200b)/ : /(\s+)/;
  return data.raw_content.replace(/&lt;/g, "<").replace(/&gt;/g, ">").split(cut);
}
