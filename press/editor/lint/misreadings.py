"""Words that a scanner may have misread: signs and figures within words, and words that only look like others."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from press.editor.letters import LETTER, MARKS
from press.editor.lint.scanner_confusions import find_correction, find_glued, fold_confusions, replace_figures
from press.editor.lint.subject import MASK, StyleFinding, Subject
from press.editor.word_frequency import UNLISTED, load_frequencies

MOST_MISREADINGS = 20
"""Words of one text that are named; the rest are counted."""

_TOKEN = re.compile(r"\S+")
_AROUND = ".,:;!?…'\"()[]*_«»‹›“”„‘’‚—–-/¿¡·"
_ELISION = re.compile(rf"{LETTER}{{1,5}}['’](?P<word>{LETTER}{{3,}})")
# Signs that no word has. A superscript (M^r), an ending for both sexes (Arbeiter_innen) and a table are left alone.
_SIGN = re.compile(rf"{LETTER}[~|\\¬¦§■□•<>=£$€¥©®™%\#†‡^_]+(?:{LETTER}|\d)|\\{LETTER}")
_SUPERSCRIPT = re.compile(r"(?:[A-Z]\w{0,2}|[IVXLC]+|[nN]|\d+)\^\w{1,4}")
_BOTH_SEXES = re.compile(r"\w+(?:_|\|)(?:in|innen|r|n|e|en|er|es|s|a|as)")
_MARK_IN_WORD = re.compile(rf"({LETTER}+)[;!?]+({LETTER}+)")
_ADDRESS = re.compile(r"[@/]|www\.|\w\.\w+\?|^#")
_STRAY = re.compile(r"[¬¦■□]")
_FIGURE_WITHIN = re.compile(rf"{LETTER}+\d{{1,2}}{LETTER}[\w]*")
_SMALL_AROUND = re.compile(r"[^\W\d_]\d{1,2}[^\W\d_]")
_FIGURE_FIRST = re.compile(r"[01][^\W\d_]{2,}")
_NOUGHT = re.compile(r"0[^\W\d_]|[^\W\d_]0|1[nt]")
_FIGURE_LAST = re.compile(r"[^\W\d_]{2,}[01]")
_LETTER_IN_YEAR = re.compile(r"\b[lIO][0-9][0-9Oo]{2}\b|\b1[0-9]?[oOlI][0-9oOlI]\b")
_ORDINALS = frozenset("st nd rd th er re am pm ste de ère ere eme ème bis ter kg km cm mm hr hrs min lb".split())
_FEW_LETTERS = 4
_SHORT = 3
_LONGEST = 40
"""Letters of a word that is compared with others; a longer one is no word."""

_COMMON = 1e-3
"""The frequency of the words that a nought or a capital within a token is read as."""
_SURE = 3_000
"""How many times more frequent the word must be that may have been printed."""
_SURE_UNLISTED = 1_000
"""The same if no list has the word that was read."""
_SURE_CAPITAL = 10_000
_SURE_ODD = 30_000
"""The same for a listed word that the text has often, or that is short: it may be the author's own."""
_LIKELY = 100
"""The same in a text that is known to be damaged."""
_OFTEN = 3
_ENOUGH = 2
_DAMAGED = 1 / 600
"""The share of words surely misread from which a text counts as damaged: then less evidence is asked."""
_UNFIT = 0.15
"""The share of words that a list lacks from which it says nothing of this text: another spelling, or language."""
_LISTED = frozenset({"en", "fr"})
"""Languages that neither join words nor have many forms of each: a word that no list has is rare in them."""


class _Finding(NamedTuple):
    place: int
    word: str
    message: str


def find_misreadings(subject: Subject) -> Iterator[StyleFinding]:
    """Find what looks like a misreading by a scanner: `0f`, `l945`, `tbe`, `v^us`.

    Words are compared with the list of the text's language; without one, only signs and figures are found. A word is
    named once, with how often it is there, and after the first `MOST_MISREADINGS` only the number of the rest.
    """
    frequencies = load_frequencies(subject.language)
    words, odd = _split_tokens(subject.words)
    found = [finding for place, token in odd for finding in _find_odd(place, token, frequencies)]
    found += [_Finding(match.start(), match[0], f"“{match[0]}”") for match in _LETTER_IN_YEAR.finditer(subject.words)]
    if frequencies:
        found += _find_wrong_words(words, len(found), subject.language)
    times = Counter(finding.word for finding in found)
    named = sorted({finding.word: finding for finding in sorted(found, reverse=True)}.values())
    for finding in named[:MOST_MISREADINGS]:
        often = f" ({times[finding.word]} times)" if times[finding.word] > 1 else ""
        yield StyleFinding(subject.line_at(finding.place), f"{finding.message}{often}")
    if len(named) > MOST_MISREADINGS:
        rest = named[MOST_MISREADINGS:]
        message = f"{len(rest)} more words from here on look misread: this text needs proof-reading"
        yield StyleFinding(subject.line_at(rest[0].place), message)


def _split_tokens(text: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the words of letters alone, and the tokens that have something else within; each with its place."""
    words: list[tuple[int, str]] = []
    odd: list[tuple[int, str]] = []
    for match in _TOKEN.finditer(text):
        bare = match[0].strip(_AROUND)
        if bare.isalpha():
            words.append((match.start() + match[0].index(bare), bare))
        elif elided := _ELISION.fullmatch(bare):
            words.append((match.start() + match[0].index(bare) + elided.start("word"), elided["word"]))
        elif any(map(str.isalpha, bare)) or _STRAY.search(bare):
            odd.append((match.start(), bare.replace(MASK, "")))
    return words, odd


def _find_odd(place: int, token: str, frequencies: Mapping[str, float]) -> Iterator[_Finding]:
    """Find signs and figures within one token."""
    if _ADDRESS.search(token):
        return
    if _is_damaged_by_sign(token, frequencies) or _STRAY.search(token):
        yield _Finding(place, token, f"“{token}”")
        return
    for part in re.split(rf"[^\w{MARKS}]+", token):
        printed = _find_figure(part, frequencies)
        if printed is not None:
            yield _Finding(place, part, f"“{part}”" + (f", perhaps “{printed}”" if printed else ""))


def _is_damaged_by_sign(token: str, frequencies: Mapping[str, float]) -> bool:
    if _SIGN.search(token):
        is_table = token.startswith("|") or token.count("|") > 1
        is_meant = _SUPERSCRIPT.fullmatch(token) or _BOTH_SEXES.fullmatch(token) or is_table
        return not is_meant and ("\\" in token or sum(map(str.isalpha, token)) >= _SHORT)
    marked = _MARK_IN_WORD.fullmatch(token)
    if marked is None or not token.islower() or len(token) <= _FEW_LETTERS:
        return False
    halves = [fold_confusions(half) for half in marked.groups()]
    return not all(len(half) > 1 and (half in frequencies or not frequencies) for half in halves)


def _find_figure(part: str, frequencies: Mapping[str, float]) -> str | None:
    """Return what may have been printed for a word with a figure: empty if unknown, None if the figure is right."""
    if part.isalpha() or part.isdigit() or len(part) > _LONGEST:
        return None
    printed = replace_figures(fold_confusions(part), frequencies)
    if _NOUGHT.fullmatch(part):
        return printed if printed and frequencies[printed] > _COMMON else None
    if part.isupper():
        return None
    if _FIGURE_WITHIN.fullmatch(part):
        is_small = any(around[0][-1].islower() for around in _SMALL_AROUND.finditer(part))
        enough = _SHORT if printed else _FEW_LETTERS
        return printed if is_small and sum(map(str.isalpha, part)) >= enough else None
    if _FIGURE_FIRST.fullmatch(part):
        return printed if part[1:].lower() not in _ORDINALS and (printed or not frequencies) else None
    if _FIGURE_LAST.fullmatch(part) and printed:
        return (
            printed
            if frequencies[printed] > _LIKELY * frequencies.get(fold_confusions(part[:-1]), UNLISTED)
            else None
        )
    return None


def _find_wrong_words(words: Sequence[tuple[int, str]], signs: int, lang: str) -> Iterator[_Finding]:
    """Find words of letters alone: with much evidence, and with less in a text that is known to be damaged."""
    frequencies = load_frequencies(lang)
    times = Counter(word for _, word in words)
    judged = {word: _judge_word(word, lang, is_often=count >= _OFTEN) for word, count in times.items()}
    sure = sum(times[word] for word, (_, is_sure) in judged.items() if is_sure) + signs
    is_damaged = sure >= _ENOUGH and sure >= _DAMAGED * len(words)
    lacking = {word for word in judged if is_damaged and word.islower() and fold_confusions(word) not in frequencies}
    is_listed = lang in _LISTED and len(lacking) < _UNFIT * len(judged)
    for place, word in words:
        printed, is_sure = judged[word]
        if printed and (is_sure or is_damaged):
            yield _Finding(place, word, f"“{word}”, perhaps “{printed}”")
        elif is_listed and word in lacking and len(word) >= _FEW_LETTERS:
            yield _Finding(place, word, f"“{word}” is in no list of words")


@functools.lru_cache(maxsize=100_000)
def _judge_word(word: str, lang: str, *, is_often: bool) -> tuple[str, bool]:
    """Return what may have been printed for a word, or an empty string; and whether that is nearly sure."""
    frequencies, glued = load_frequencies(lang), lang in _LISTED
    if not _SHORT <= len(word) <= _LONGEST or word.isupper():
        return "", False
    if not (word.islower() or word.istitle()):
        printed = _find_inner_capital(word, frequencies) if glued else ""
        return printed, bool(printed)
    folded = fold_confusions(word)
    printed, ratio = find_correction(folded, frequencies)
    needed = _SURE_CAPITAL if word.istitle() else _SURE if folded in frequencies else _SURE_UNLISTED
    if folded in frequencies and (is_often or len(folded) == _SHORT):
        needed = _SURE_ODD
    if ratio >= (_LIKELY if word.islower() else _SURE):
        return printed, ratio >= needed
    two = find_glued(folded, frequencies) if glued and word.islower() else ""
    return two, bool(two)


def _find_inner_capital(word: str, frequencies: Mapping[str, float]) -> str:
    """Return two words for one with a capital after a word of the commonest: `of John` for `ofJohn`."""
    capital = next((at for at in range(2, len(word)) if word[at].isupper()), 0)
    first, second = word[:capital], word[capital:]
    if first.islower() and second.istitle() and frequencies.get(first, 0.0) > _COMMON and len(second) >= _SHORT:
        return f"{first} {second}"
    return ""
