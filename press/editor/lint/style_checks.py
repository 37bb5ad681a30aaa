"""What each rule of the style looks for: a text in, findings out. Nothing is corrected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from press.editor.lint.subject import MASK, Finding, Subject, find_all, show_words
from press.editor.lint.wordlists import MAY_REPEAT, MISREADINGS
from press.model.entry import UNCATEGORISED

_DOUBLE_SPACE = re.compile(r"(?<=[^\s|])[ ]{2,}(?=[^\s|])")
# A space before a mark that closes, but for an ellipsis and a decimal point: “no ,” and “what ?”
_SPACE_BEFORE = re.compile(
    rf"(?<=[\w”’»)])[ \N{{NO-BREAK SPACE}}]+(?P<mark>[,;!?]|:(?!\s\d)|\.(?!\.|\d|{MASK}))(?=[\s”’\"')]|$)"
)
_REPEATED = re.compile(r"\b(?P<word>[^\W\d_]+)[ \t]*(?:[ \t]|\n(?!\s*\n))[ \t]*(?P=word)\b(?!['’-]\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]*\S[^\n]*$", re.MULTILINE)
# 0 or 1 within letters; a year that begins with l, I or O; a lone bar or broken bar.
_DIGIT_IN_WORD = re.compile(r"\b[^\W\d_]+[01][^\W\d_]+\b|\b[01][a-z]{2,}\b(?<!\b1st)(?<!\b0th)")
_LETTER_IN_YEAR = re.compile(r"\b[lIO][0-9][0-9Oo]{2}\b|\b1[0-9]?[oOlI][0-9oOlI]\b")
_STRAY = re.compile(r"[¬¦■□]")
_INVISIBLE = re.compile("[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}]")
_UNIT = re.compile(r"[μΩ][a-zA-Z]{1,2}|[a-zA-Z]{1,2}Ω")
_NO_LETTERS_TOGETHER = ("LATIN", "CYRILLIC", "GREEK")


def find_double_spaces(subject: Subject) -> Iterator[Finding]:
    """Find two spaces between words."""
    for match, line in find_all(_DOUBLE_SPACE, subject):
        yield Finding(line, f"two spaces in “{show_words(subject.words, match.start(), match.end())}”")


def find_spaces_before_marks(subject: Subject) -> Iterator[Finding]:
    """Find a space before a mark, in English; French sets one there."""
    if subject.language == "en":
        for match, line in find_all(_SPACE_BEFORE, subject):
            shown = show_words(subject.words, match.start(), match.end())
            yield Finding(line, f"a space before “{match['mark']}” in “{shown}”")


def find_repeated_words(subject: Subject) -> Iterator[Finding]:
    """Find a word twice in a row, also over the end of a line."""
    allowed = MAY_REPEAT.get(subject.language, "").split()
    for match, line in find_all(_REPEATED, subject):
        if match["word"].casefold() not in allowed:
            yield Finding(line, f"“{' '.join(match[0].split())}”: the word stands twice")


def find_mixed_scripts(subject: Subject) -> Iterator[Finding]:
    """Find a word whose letters come from two alphabets that look alike."""
    for match, line in find_all(_WORD, subject):
        if match[0].isascii() or _UNIT.fullmatch(match[0]):
            continue
        scripts = {
            name for c in match[0] if (name := unicodedata.name(c, "").partition(" ")[0]) in _NO_LETTERS_TOGETHER
        }
        if len(scripts) > 1:
            names = " and ".join(sorted(name.title() for name in scripts))
            yield Finding(line, f"“{match[0]}” has {names} letters")


def find_disordered_headings(subject: Subject) -> Iterator[Finding]:
    """Find a heading that skips a level, and one higher than the first."""
    first = before = 0
    for match, line in find_all(_HEADING, subject):
        level = len(match["marks"])
        first = first or level
        if before and (level > before + 1 or level < first):
            yield Finding(line, f"“{match[0].strip()}” comes after a heading with {before} “#”")
        before = level


def find_capital_titles(subject: Subject) -> Iterator[Finding]:
    """Find a title in capitals, single words and abbreviations aside."""
    words = [word for word in subject.entry.title.split() if any(map(str.isalpha, word))]
    if len(words) > 1 and subject.entry.title.isupper() and max(map(len, words)) > 4:
        yield Finding(subject.lines.get("title", 1), f"“{subject.entry.title[:60]}” is in capitals")


def find_misreadings(subject: Subject) -> Iterator[Finding]:
    """Find what looks like the slip of a scanner: `0f`, `l945`, `tbe`."""
    for pattern in (_DIGIT_IN_WORD, _LETTER_IN_YEAR, _STRAY):
        for match, line in find_all(pattern, subject):
            yield Finding(line, f"“{match[0]}”")
    if subject.language == "en":
        for match, line in find_all(_WORD, subject):
            if match[0].lower() in MISREADINGS:
                yield Finding(line, f"“{match[0]}”, perhaps “{MISREADINGS[match[0].lower()]}”")


def find_lost_letters(subject: Subject) -> Iterator[Finding]:
    """Find the mark of a letter that a program could not read."""
    for match, line in find_all(re.compile("\N{REPLACEMENT CHARACTER}+"), subject):
        yield Finding(line, f"“{show_words(subject.words, match.start(), match.end())}”")


def find_invisible_characters(subject: Subject) -> Iterator[Finding]:
    """Find characters that nobody sees: they break words for those who search."""
    for match, line in find_all(_INVISIBLE, subject):
        name = unicodedata.name(match[0])
        yield Finding(
            line, f"U+{ord(match[0]):04X} ({name}) in “{show_words(subject.words, match.start(), match.end())}”"
        )


def find_mojibake(subject: Subject) -> Iterator[Finding]:
    """Find letters that went through a wrong encoding, by ftfy."""
    if subject.words.isascii():
        return
    from ftfy.badness import is_bad  # only where there is something to look at

    for number, line in enumerate(subject.words.split("\n")):
        if not line.isascii() and is_bad(line.replace(MASK, "")):
            bad = next((word for word in line.split() if is_bad(word)), line)
            yield Finding(subject.entry.body_line + number, f"“{bad[:60]}”")


def find_missing_category(subject: Subject) -> Iterator[Finding]:
    """Find a leaflet without a category."""
    if not subject.entry.is_page and subject.entry.category == UNCATEGORISED and "category" not in subject.lines:
        yield Finding(1, "the leaflet has no category")


def find_missing_summary(subject: Subject) -> Iterator[Finding]:
    """Find a leaflet without a summary."""
    if not subject.entry.is_page and not subject.entry.summary:
        yield Finding(1, "the leaflet has no summary")
