"""What each style rule looks for: a text in, findings out, nothing corrected. The word lists are to be extended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from press.check.facts import StraightMark, list_straight_marks
from press.editor.letters import ANY_MARK, LETTER, MARKS, find_parts
from press.editor.lint.subject import MASK, StyleFinding, Subject, find_all, show_words
from press.model.entry import UNCATEGORISED
from press.model.names import is_group
from press.model.slugs import make_slug
from press.model.source_text import find_line_in
from press.site.markdown.page_marks import find_page_marks

_DOUBLE_SPACE = re.compile(r"(?<=[^\s|])[ ]{2,}(?=[^\s|])")
# A space before a closing mark, except an ellipsis or a decimal point: “no ,” and “what ?”
_SPACE_BEFORE = re.compile(
    rf"(?<=[\w”’»)])[ \N{{NO-BREAK SPACE}}]+(?P<mark>[,;!?]|:(?!\s\d)|\.(?!\.|\d|{MASK}))(?=[\s”’\"')]|$)"
)
_REPEATED, _REPEATED_MARKED = (
    re.compile(
        rf"(?<![\w{marks}])(?P<word>{letter}++)[ \t]*(?:[ \t]|\n(?!\s*\n))[ \t]*(?P=word)(?![\w{marks}]|['’-]\w)",
        re.IGNORECASE,
    )
    for letter, marks in ((r"[^\W\d_]", ""), (LETTER, MARKS))
)
_WORD = re.compile(rf"{LETTER}+(?:['’-]{LETTER}+)*")
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]*\S[^\n]*$", re.MULTILINE)
_LIKE_PAGE_MARK = re.compile(r"\{\s?page(?![^\W\d_])[^{}\n]{0,40}\}?|\{\s?pages[ :][^{}\n]{0,40}\}", re.IGNORECASE)
_SHA256 = re.compile(r"\s*\(sha256 [0-9a-f]{64}\)")
_INVISIBLE = re.compile("[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}]")
_TWO_PEOPLE = re.compile(r"(\S+(?: \S+)+) (?:and|et|und|en|och|og|y|e|i|и|&) (\S+(?: \S+)+)")
_UNIT = re.compile(r"[μΩ][a-zA-Z]{1,2}|[a-zA-Z]{1,2}Ω")
_LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK")
_KEPT = re.compile(r"&(?:#0*3[49]|#x0*2[27]|quot|apos);", re.IGNORECASE)

# Words that may follow themselves, by language: nous nous levons, die die Arbeit tun.
MAY_REPEAT: Mapping[str, str] = {
    "fr": "nous vous",
    "de": "die der das den dem des sie",
    "nl": "die dat zij",
    "it": "via così piano",
    "es": "se",
}

_DOUBLING = frozenset(
    "hi ur mr ne bn as pa gu or ta te kn ml si sd ks"
    " vi th lo km my id ms jv su tl fil tr az fa hy ka sw ja ko zh".split()
)
"""Languages that say a word twice to mean more: `धीरे धीरे`, `yavaş yavaş`, `xa xa`."""


def find_double_spaces(subject: Subject) -> Iterator[StyleFinding]:
    """Find two spaces between words."""
    for match, line in find_all(_DOUBLE_SPACE, subject):
        yield StyleFinding(line, f"two spaces in “{show_words(subject.words, match.start(), match.end())}”")


def find_spaces_before_marks(subject: Subject) -> Iterator[StyleFinding]:
    """Find a space before a punctuation mark in English; French has one there."""
    if subject.language == "en":
        for match, line in find_all(_SPACE_BEFORE, subject):
            shown = show_words(subject.words, match.start(), match.end())
            yield StyleFinding(line, f"a space before “{match['mark']}” in “{shown}”")


def find_repeated_words(subject: Subject) -> Iterator[StyleFinding]:
    """Find the same word twice in a row, even across the end of a line."""
    if subject.language in _DOUBLING:
        return
    allowed = MAY_REPEAT.get(subject.language, "").split()
    pattern = _REPEATED_MARKED if ANY_MARK.search(subject.words) else _REPEATED
    for match, line in find_all(pattern, subject):
        if match["word"].casefold() not in allowed:
            yield StyleFinding(line, f"“{' '.join(match[0].split())}” is the same word twice")


def find_mixed_scripts(subject: Subject) -> Iterator[StyleFinding]:
    """Find a word with letters from two alphabets that look alike."""
    if subject.words.isascii():
        return
    for match, line in find_all(_WORD, subject):
        if match[0].isascii() or _UNIT.fullmatch(match[0]):
            continue
        scripts = {name for c in match[0] if (name := unicodedata.name(c, "").partition(" ")[0]) in _LOOK_ALIKE}
        if len(scripts) > 1:
            names = " and ".join(sorted(name.title() for name in scripts))
            yield StyleFinding(line, f"“{match[0]}” has {names} letters")


def find_disordered_headings(subject: Subject) -> Iterator[StyleFinding]:
    """Find a heading that skips a level, and one higher than the first."""
    first = before = 0
    for match, line in find_all(_HEADING, subject):
        level = len(match["marks"])
        first = first or level
        if before and (level > before + 1 or level < first):
            yield StyleFinding(line, f"“{match[0].strip()}” comes after a heading with {before} “#”")
        before = level


def find_capital_titles(subject: Subject) -> Iterator[StyleFinding]:
    """Find a title in capitals, unless it is a single word or an abbreviation."""
    words = [word for word in subject.entry.title.split() if any(map(str.isalpha, word))]
    if len(words) > 1 and subject.entry.title.isupper() and max(map(len, words)) > 4:
        yield StyleFinding(subject.lines.get("title", 1), f"“{subject.entry.title[:60]}” is in capitals")


def find_lost_letters(subject: Subject) -> Iterator[StyleFinding]:
    """Find U+FFFD, left by a program in place of a letter that it could not read."""
    for match, line in find_all(re.compile("\N{REPLACEMENT CHARACTER}+"), subject):
        yield StyleFinding(line, f"“{show_words(subject.words, match.start(), match.end())}”")


def find_invisible_characters(subject: Subject) -> Iterator[StyleFinding]:
    """Find invisible characters, which hide a word from searches."""
    for match, line in find_all(_INVISIBLE, subject):
        name = unicodedata.name(match[0])
        yield StyleFinding(
            line, f"U+{ord(match[0]):04X} ({name}) in “{show_words(subject.words, match.start(), match.end())}”"
        )


def find_letters_in_parts(subject: Subject) -> Iterator[StyleFinding]:
    """Find letters in parts, in the title and in the text: the first of each, and how many there are."""
    title, words = subject.entry.title, subject.words
    for text, line in ((title, subject.lines.get("title", 1)), (words, 0)):
        parts = find_parts(text) if not text.isascii() else []
        if parts:
            shown = show_words(text, parts[0], parts[0] + 2)
            more = f", the first of {len(parts)}" if len(parts) > 1 else ""
            yield StyleFinding(
                line or subject.line_at(parts[0]), f"a letter and its accent are two in “{shown}”{more}"
            )


def find_mojibake(subject: Subject) -> Iterator[StyleFinding]:
    """Find letters damaged by a wrong encoding, by ftfy."""
    if subject.words.isascii():
        return
    from ftfy.badness import is_bad  # slow to import, and seldom needed

    for number, line in enumerate(subject.words.split("\n")):
        if not line.isascii() and is_bad(line.replace(MASK, "")):
            bad = next((word for word in line.split() if is_bad(word)), line)
            yield StyleFinding(subject.entry.body_line + number, f"“{bad[:60]}”")


def find_missing_category(subject: Subject) -> Iterator[StyleFinding]:
    """Find a leaflet without a category."""
    if not subject.entry.is_page and subject.entry.category == UNCATEGORISED and "category" not in subject.lines:
        yield StyleFinding(1, "the leaflet has no category")


def find_missing_summary(subject: Subject) -> Iterator[StyleFinding]:
    """Find a leaflet without a summary."""
    if not subject.entry.is_page and not subject.entry.summary:
        yield StyleFinding(1, "the leaflet has no summary")


def find_joined_authors(subject: Subject) -> Iterator[StyleFinding]:
    """Find two people in one name: both sides of the “and” have two words, and neither is a group."""
    for keys, names in ((("author", "authors"), subject.entry.authors), (("translator",), subject.entry.translators)):
        for name in names:
            two = _TWO_PEOPLE.fullmatch(name)
            if two and not any(is_group(side) for side in two.groups()):
                places = [f"{key}: {name}" for key in keys] + list(keys)
                line = next((subject.lines[place] for place in places if place in subject.lines), 1)
                yield StyleFinding(line, f"“{name}” looks like two people")


def find_import_in_source(subject: Subject) -> Iterator[StyleFinding]:
    """Find the file that a text was imported from where imports once wrote it: under `Source:`."""
    item = subject.fields.get("source")
    for at, value in enumerate(item.values if item else ()):
        if item and (found := _SHA256.search(value)):
            name = value[: found.start()].rpartition("; ")[2]
            yield StyleFinding(item.line_at(at), f"“{name}” is the file that the text was imported from")


def find_wrong_page_marks(subject: Subject) -> Iterator[StyleFinding]:
    """Find what looks like the mark of a page and is text."""
    right = {match.span() for match in find_page_marks(subject.words)}
    for match, line in find_all(_LIKE_PAGE_MARK, subject):
        if match.span() not in right:
            yield StyleFinding(line, f"“{match[0].replace(MASK, '')}” is shown as text")


def find_doubled_pages(subject: Subject) -> Iterator[StyleFinding]:
    """Find the mark of a page whose label, brackets and capitals apart, an earlier mark has."""
    found = set[str]()
    for match in find_page_marks(subject.words):
        name = make_slug(match[1] or "")
        if name in found:
            yield StyleFinding(subject.line_at(match.start()), f"“{match[0]}” has the label of an earlier page")
        found |= {name} - {""}


def find_straight_marks(page: bytes, source: str, body_line: int) -> Iterator[StyleFinding]:
    """Find straight marks on a finished page, except those that its source keeps by a reference (`&#39;`)."""
    return place_straight_marks(list_straight_marks(page), source, body_line)


def place_straight_marks(marks: Iterable[StraightMark], source: str, body_line: int) -> Iterator[StyleFinding]:
    """Find the line of the source for each straight mark of its page; leave out those that it keeps (`&#39;`)."""
    lines = source.split("\n")
    body = "\n".join(lines[body_line - 1 :])
    for mark, words in marks:
        line = find_line_in(body, words) + body_line - 1
        if not _KEPT.search(lines[line - 1]):
            yield StyleFinding(line, f"a straight {mark} was left in “{words}”")
