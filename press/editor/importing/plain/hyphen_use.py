"""Whether the hyphen at the end of a line is the word's own: by the text, by grammar, by the frequency of words."""

from __future__ import annotations

import enum
import math
import re
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from press.editor.word_frequency import load_frequencies


class HyphenVerdict(enum.Enum):
    """What becomes of the hyphen at the end of a line."""

    JOIN = "the printer's: it goes"
    KEEP = "the word's own: it stays"
    ASK = "it stays, and a person should look"


class OwnWords(Protocol):
    """The words that the text itself has undivided."""

    lang: str

    def count(self, word: str) -> int:
        """Return how often the text has a word."""

    def has_compound(self, first: str) -> bool:
        """Return whether the text has a compound that begins with this part."""


class HyphenUse(NamedTuple):
    """How a language uses hyphens within words. The patterns are matched with `first-second`, casefolded."""

    always: str = r"(?!)"
    """Compounds that have a hyphen whatever else is a word."""
    rather: str = r"vice-\w{3,}"
    """Compounds that have a hyphen unless the word without it is a common one."""
    doubtful: str = r"(?!)"
    """Compounds that were written both ways, according to place and time."""
    ask: float = 1.0
    """The score from which the hyphen stays, with a question: lower where compounds are common."""
    keep: float = 3.0
    """The score from which it stays without one."""
    nouns_join: bool = False
    """Whether a noun, written with a capital, never has a hyphen before a small letter."""


_EAST_SLAVIC = HyphenUse(
    always=r"из-(?:за|под)|(?:северо|юго)-(?:восток|восточн|запад)\w*|ко[ей]-\w{2,}|во?-[а-я]+(?:ых|их)",
    rather=r"по-\w+(?:ски|цки|ому|ему|ьи)|\w+-(?:то|либо|нибудь|таки)|ну-ка",
    ask=-0.5,
    keep=2.0,
)
_UKRAINIAN = HyphenUse(
    always=r"(?:будь|хтозна|казна|бозна|хто|що|як|де|куди)-(?:будь|небудь|як|хто|що|де|який|яка|яке|які)",
    rather=r"по-\w+(?:ськи|цьки|ому|єму)|\w+-(?:небудь|таки|то|от)",
    ask=-0.5,
    keep=2.0,
)
_WEST_SLAVIC = HyphenUse(rather=r"\w+(?:sk|ck|zk|čn|czn|ln|rn)[oe]-\w{4,}|\w+-li", ask=0.5, keep=2.5)

_ROMANCE = HyphenUse(
    rather=r"(?:franco|anglo|hispano|[ií]talo|greco|austro|russ?o|germano|luso|vice|\w{3,}ico|socio)-\w{4,}"
)

HYPHEN_USE: Mapping[str, HyphenUse] = {
    "be": _EAST_SLAVIC,
    "bg": HyphenUse(always=r"(?:най|по)-\w{3,}", ask=0.5),
    "ca": HyphenUse(rather=r"\w+-(?:se|me|te|lo|la|los|les|li|ho|hi|ne|nos|vos|us)", ask=0.5),
    "cs": _WEST_SLAVIC,
    "de": HyphenUse(
        rather=r"(?:\w*(?:isch|lich|haft|deutsch)|anglo|schwarz|rot|weiß|grün|blau)-(?!keit)\w{4,}",
        ask=3.9,
        keep=9.0,
        nouns_join=True,
    ),
    "en": HyphenUse(
        always=r"half-an?|\w+-in-law|in-laws?",
        rather=r"(?:self|quasi|half|well|ill|so|long|short|high|low|hard|old|new|first|second|third|cross|working|middle|upper"
        r"|two|three|four|five|six|seven|eight|nine|hundred|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)-\w{3,}",
        doubtful=r"(?:north|south)-(?:east|west)\w*|to-(?:day|morrow|night)s?|good-(?:bye|night)|co-o\w{3,}"
        r"|(?:re|pre)-e\w{3,}|(?:anti|non)-\w{3,}",
        ask=-1.8,
        keep=0.0,
    ),
    "es": _ROMANCE,
    "fr": HyphenUse(
        always=r"\w*t-(?:ils?|elles?|on)|\w+-t-\w+|(?:au|par|là|ci|en)-de\w+|là-(?:bas|haut)|peut-être|est-(?:ce|à)|à-dire|vis-à",
        rather=r"\w+-(?:je|tu|elle|nous|vous|ils|elles|lui|leur|moi|toi|mêmes?)"
        r"|(?:(?:vingt|trente|quarante|cinquante|soixante|quatre|dix|demi|semi|mi|sous|vice|quasi|non|avant|après"
        r"|arrière|grand|belle|beau|nouveau|petite?s?|garde|porte)-\w{3,})",
        ask=-0.8,
        keep=1.5,
    ),
    "it": _ROMANCE,
    "pl": _WEST_SLAVIC,
    "pt": HyphenUse(
        always=r"\w*[áâêéíôó]-l[oa]s?|(?:segunda|terça|quarta|quinta|sexta)-feiras?",
        rather=r"\w+-(?:me|te|se|lhes?|[nv]os|[ln]?[oa]s?)|(?:ex|vice|recém|além|aquém|sem|pós|pré|pró)-\w{3,}",
        ask=0.5,
        keep=2.5,
    ),
    "ro": HyphenUse(
        always=r"(?:într|dintr|printr|[msnvlcd])-\w+",
        rather=r"\w+-(?:mi|ți|ţi|i|l|le|se|o|ul|ului|uri|urile|și|şi|ne|vă)",
        ask=0.5,
    ),
    "ru": _EAST_SLAVIC,
    "sk": _WEST_SLAVIC,
    "uk": _UKRAINIAN,
}
"""The languages that do more with hyphens than to join what is rarely joined."""

_COMMON = 3e-6
"""The frequency of a common word: where the whole is so frequent, `rather` says nothing."""
_CAPPED = 3e-4
"""A half counts for no more than this: the commonest words are parts of hardly any compound."""
_A_WORD = 1e-6
_RARE = 1e-7
_UNSEEN = 1e-11
_KEPT_FIRST = frozenset({"self", "quasi"})
_LONG_HALF = 4


def judge_hyphen(left: str, right: str, words: OwnWords) -> HyphenVerdict:
    """Judge the hyphen between two halves of a word: `twenty` and `first`, `de` and `mand`.

    A half may have hyphens and apostrophes itself. `words` has the language and what the text spells elsewhere.
    """
    in_capitals = left.isupper() and len(left) > 1
    if left[-1].isdigit() or right[0].isdigit() or (right[0].isupper() if not in_capitals else not right.isupper()):
        return HyphenVerdict.KEEP
    first = re.split("['’-]", left)[-1].casefold()
    second = re.split("['’-]", right)[0].casefold()
    use = HYPHEN_USE.get(words.lang.partition("-")[0], HyphenUse())
    if any(re.fullmatch(use.always, f"{first}-{half}") for half in (second, right.casefold())):
        return HyphenVerdict.KEEP
    joined = max(words.count(left + right), words.count(first + second))
    kept = max(words.count(f"{left}-{right}"), words.count(f"{first}-{second}"))
    if joined or kept:
        return HyphenVerdict.JOIN if joined > kept else HyphenVerdict.KEEP if kept > joined else HyphenVerdict.ASK
    frequencies = load_frequencies(words.lang)
    if not frequencies:
        return _judge_by_text(left, right, words)
    if use.nouns_join and left[0].isupper():
        was_ck = first.endswith("k") and second.startswith("k") and f"{first[:-1]}c{second}" in frequencies
        return HyphenVerdict.ASK if was_ck else HyphenVerdict.JOIN
    return _judge_by_language(left, first, second, words, use, frequencies)


def _judge_by_language(
    left: str, first: str, second: str, words: OwnWords, use: HyphenUse, frequencies: Mapping[str, float]
) -> HyphenVerdict:
    """Judge by the grammar of the language, then by how often it uses the halves and the whole."""
    compound = f"{first}-{second}"
    whole = frequencies.get(first + second, 0.0)
    halves = [_frequency(half, words, frequencies) for half in (first, second)]
    if whole < _COMMON and (first == second or (re.fullmatch(use.rather, compound) and halves[1] >= _RARE)):
        return HyphenVerdict.KEEP
    if re.fullmatch(use.doubtful, compound) and halves[1] >= _A_WORD:
        return HyphenVerdict.KEEP if words.has_compound(first) else HyphenVerdict.ASK
    score = math.log10(max(min(halves[0], _CAPPED) * min(halves[1], _CAPPED), 1e-18) / (whole + _UNSEEN))
    score += "-" in left
    if use.ask < 0 and whole < _RARE and min(halves) >= _A_WORD and len(second) >= _LONG_HALF:
        score = max(score, use.ask)  # hardly ever written as one, in a language of many compounds
    return HyphenVerdict.KEEP if score >= use.keep else HyphenVerdict.ASK if score >= use.ask else HyphenVerdict.JOIN


def _frequency(word: str, words: OwnWords, frequencies: Mapping[str, float]) -> float:
    """Return how frequent a word is; what the text itself has is at least a word."""
    return max(frequencies.get(word, 0.0), _A_WORD if words.count(word) else 0.0)


def _judge_by_text(left: str, right: str, words: OwnWords) -> HyphenVerdict:
    """Judge by the words of the text alone, in a language that has no list."""
    if "-" in left or left.casefold() in _KEPT_FIRST:
        return HyphenVerdict.ASK
    if words.count(left) and (words.count(right) or min(len(left), len(right)) >= _LONG_HALF):
        return HyphenVerdict.ASK
    return HyphenVerdict.JOIN
