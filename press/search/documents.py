"""The document that Pagefind indexes for a leaflet: its title, date and words, and the values to filter by."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from lxml import etree
from lxml import html as lxml_html

from press.model.dates import Precision
from press.model.entry import Entry
from press.model.slugs import make_slug

_REFERENCES = etree.XPath(".//sup[a[@class='footnote-ref']] | .//a[@class='footnote-backref' or @class='anchor']")

# The French and Catalan words that lose their vowel before another: l’usine, qu’on. words.js has the same list.
_ELIDED = re.compile(
    r"(?<!\w)((?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['\N{RIGHT SINGLE QUOTATION MARK}])(?=\w)", re.IGNORECASE
)
_JOINED = re.compile(r"(?<=\w)([\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}/])(?=\w)")

# Marks between spaces: those that belong to the word after them, and those that belong to the word before.
_OPENING = re.compile(r"(?:(?<=\s)|^)([«\N{EN DASH}\N{EM DASH}&]+)\s+(?=\S)")
_CLOSING = re.compile(r"(?<=\S)\s+(?=[»!?;:]+(?:\s|$))")

# Letters that are not another one with an accent, which Pagefind knows, and their plain spelling; as in words.js.
SPELLED = {
    "ł": "l", "œ": "oe", "ø": "o", "æ": "ae", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "ß": "ss",
    "ħ": "h", "ŧ": "t", "ŋ": "n",
}  # fmt: skip
_PLAIN = str.maketrans(SPELLED)
_SPECIAL = re.compile(rf"\w*[{''.join(SPELLED)}]\w*")

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(rf"[^\s{re.escape(string.punctuation)}«»‹›„“”‚‘’…–—·¿¡।]+")
_ALIKE = 3
"""The letters that forms of a word have in common at least."""

_APART = " · "
"""Between words that are listed in a field: Pagefind would find two neighbours as a phrase."""

_INVISIBLE = dict.fromkeys(map(ord, "\N{WORD JOINER}\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}"))


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One leaflet as a page for Pagefind."""

    lang: str
    """Its index: its language without the region, which decides the stemmer (`fr` for `fr-CA`), or SHARED."""
    path: str
    """The path of the page below the folder of its index."""
    place: int
    """Its position among all leaflets by original date, from 0."""
    html: str


@dataclass(frozen=True, slots=True)
class SearchContent:
    """What the search of an archive is made of: a document of each leaflet, and the words that may be suggested."""

    documents: tuple[SearchDocument, ...]
    words: str

    def by_language(self) -> dict[str, list[SearchDocument]]:
        """Return the documents of each index, in the order of the archive."""
        found: dict[str, list[SearchDocument]] = {}
        for document in self.documents:
            found.setdefault(document.lang, []).append(document)
        return found


Display = tuple[str, str]
"""The date and the category of a leaflet, in the words of the archive's language."""

SHARED = "und"
"""The index of languages with few leaflets; `und` is an undetermined language in BCP 47, and has no stemmer."""

_OWN_INDEXES = 4
_MANY = 25
_UNSPACED = frozenset({"ja", "th", "zh"})
"""Pagefind must know these languages to find the ends of words."""


def name_indexes(counts: Mapping[str, int], own: str) -> dict[str, str]:
    """Return the index of each language, which may be SHARED; `counts` are numbers of leaflets by language.

    The site's `own` language has an index, those with the most leaflets, and every one with 25 or more. A visitor
    fetches something of every index, so that fifteen languages with a leaflet each share one.
    """
    ranked = sorted(counts, key=lambda lang: (lang != own, -counts[lang], lang))
    few = [lang for lang in ranked[_OWN_INDEXES:] if counts[lang] < _MANY and lang not in _UNSPACED]
    return {lang: SHARED if lang in few and len(few) > 1 else lang for lang in counts}


def page_path(entry: Entry) -> str:
    """Return the path of a leaflet's page below the folder of its index."""
    return f"{entry.url}index.html"


def write_document(entry: Entry, title: str, display: Display, text: str, lang: str) -> str:
    """Write a leaflet as a page for Pagefind.

    `title` is plain text; `display` is its date and its category in words; `text` is what tokenise_html returns for
    its page; `lang` is its index.
    """
    known = " ".join(filter(None, (display[0], "; ".join(entry.authors), entry.identifier)))
    shown = {"title": title, "date": display[0], "category": display[1], **_list_fields(entry)}
    words = f"{' '.join(shown.values())} {_TAG.sub(' ', text)}".lower()
    also = {"spelled": _spell_plainly(words), "accents": "" if lang in _UNSPACED else _list_accents(words)}
    head = [
        *(_data_tag("meta", name, value) for name, value in {**shown, **also}.items() if value),
        *(_data_tag("filter", name, value) for name, value in _list_filters(entry)),
    ]
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">{"".join(head)}</head>\n'
        f"<body data-pagefind-body><h1>{escape(tokenise_text(title))}</h1>\n"
        f'<p data-pagefind-weight="5">{escape(tokenise_text(known))}</p>\n'
        f'<i id="at.{entry.lang}"></i>\n{text}</body></html>\n'
    )


def list_names(entry: Entry, title: str, display: Display) -> Iterator[str]:
    """Yield the title of a leaflet and the names in its record, whose words may be suggested."""
    shown = {"category": display[1], **_list_fields(entry)}
    yield title
    yield from (value for name, value in shown.items() if name in _SUGGESTED and value)


def _spell_plainly(words: str) -> str:
    """Return the words with letters such as ł and œ in their plain spelling, each once: `lodz · oeuvre`.

    A search for either spelling finds both: Pagefind has the words as they are, and these beside them.
    """
    return _APART.join(dict.fromkeys(word.translate(_PLAIN) for word in _SPECIAL.findall(words)))


def _list_accents(words: str) -> str:
    """Return the words with accents that seem to have another form in the text, plainly and each once: `la · greve`.

    Pagefind keeps the forms of a word apart if they have accents, and misses a phrase with such a word in a text that
    has two of them: “la” and “là”, “grève” and “grèves”. asking.js compares a phrase that has one of these words with
    the text itself. Which words are forms of one depends on the language; here those are that begin alike.
    """
    forms = defaultdict[str, set[str]](set)
    accented = dict[str, None]()
    for word in dict.fromkeys(_WORD.findall(words)):
        plain = word if word.isascii() else _strip_accents(word)
        forms[plain[:_ALIKE]].add(word)
        if plain != word:
            accented.setdefault(plain)
    return _APART.join(plain for plain in accented if len(forms[plain[:_ALIKE]]) > 1)


@lru_cache(maxsize=10_000)  # every text has the same words
def _strip_accents(word: str) -> str:
    letters = (sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.category(sign).startswith("M"))
    return unicodedata.normalize("NFC", "".join(letters))


_SUGGESTED = frozenset("author category place publisher series tags translator".split())


def _list_fields(entry: Entry) -> dict[str, str]:
    """Return what else of the record is searched and named in results; asking.js has the weight of each."""
    return {
        "author": "; ".join(entry.authors),
        "translator": "; ".join(entry.translators),
        "series": entry.series,
        "publisher": entry.publisher,
        "place": entry.place,
        "identifier": entry.identifier,
        "tags": "; ".join(entry.tags),
        "summary": entry.summary,
    }


def _data_tag(what: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{what}="{name}[content]" content="{escape(value)}">'


def _list_filters(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield names and values: slugs, which need no escaping in HTML or in a URL, and years."""
    yield "category", entry.category_slug
    yield "language", entry.lang.lower()
    yield from (("author", make_slug(name)) for name in entry.authors)
    yield from (("tag", make_slug(name)) for name in entry.tags)
    if entry.series:
        yield "series", make_slug(entry.series)
    if entry.date.precision is not Precision.UNDATED:
        yield from (("year", str(year)) for year in range(entry.date.first.year, entry.date.last.year + 1))


def tokenise_html(body: str) -> str:
    """Tokenise the text of a page; keep the ids that results link to, and leave out references to notes."""
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    for reference in _REFERENCES(root):
        reference.drop_tree()
    for span in root.findall(".//span"):
        span.drop_tag()  # from typesetting, such as the one around an ampersand
    for element in root.iter():
        if element.text and isinstance(element.tag, str):
            element.text = tokenise_text(element.text)
        if element.tail:
            element.tail = tokenise_text(element.tail)
    return str(etree.tostring(root, encoding="unicode", method="html"))


def tokenise_text(text: str) -> str:
    """Put a space after every word, and none around a mark that would count as a word.

    `l’usine` becomes `l’ usine`, `1968–1970` becomes `1968– 1970`, `« calme » – et` becomes `«calme» –et`. Pagefind
    takes whatever is between two spaces for a word, and finds a phrase by adjacent words. In excerpts
    theme/static/js/search.js restores the original spaces.
    """
    text = _OPENING.sub(r"\1", _CLOSING.sub("", text.translate(_INVISIBLE)))
    return _JOINED.sub(r"\1 ", _ELIDED.sub(r"\1 ", text))
