"""Names that begin with the family name, as written: Mao Zedong, Kim Il Sung, Ho Chi Minh, Kun Béla.

They are sorted and cited as they are, without a comma (Chicago 16.71 and following). In Latin letters a family name
alone proves nothing, since there are a Kim Moody and a Lee Oswald, so the sounds of the rest must fit as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from press.model.name_words import CHINESE, HUNGARIAN_GIVEN, JAPANESE, KOREAN, UNINVERTED, VIETNAMESE

_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MARKS = str.maketrans({"đ": "d", "'": None, "’": None, "‘": None, "ʻ": None, "ʼ": None})

_PINYIN = (
    r"(?:zh|ch|sh|ts|tz|hs|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i?ang|i?ong|eng|ing|ung|uang|iao|ian|ien|uai|uan|ieh|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ih|ua|uo|ui|un|ue|eh|[aoeiu])"
)
_CHINESE = re.compile(rf"(?:{_PINYIN}){{1,2}}")
_KOREAN = re.compile(
    r"(?:ch|kk|[gkndtrlmbpsjh])?(?:yeo|yae|eo|ae|eu|oe|oo|ee|ui|wa|wo|we|wi|ya|yo|yu|[aeiou])(?:ng|[nmlkptbg])?"
)
_VIETNAMESE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_JAPANESE = re.compile(r"(?:(?:sh|ch|ts|[kgsztdnhbpmrjfwy])?y?[aeiou]{1,2}n?){1,5}")
_ICELANDIC = re.compile(r"[ðþÐÞ]")


def is_family_first(parts: Sequence[str], lang: str = "") -> bool:
    """Return whether a name, as its words, is sorted as it is written; `lang` is the language of its texts.

    So are names in Chinese, Japanese and Korean signs, Icelandic ones, which have a patronymic and no family name,
    and those in Thai, Burmese and Amharic.
    """
    primary = lang.partition("-")[0]
    if _EAST_ASIAN.search("".join(parts)) or primary in UNINVERTED:
        return True
    if len(parts) < 2 or _has_patronymic(parts, primary):
        return len(parts) > 1
    if primary == "hu" and parts[-1].casefold() in HUNGARIAN_GIVEN:
        return True
    bare = [_bare(part) for part in parts]
    return len(bare) < 6 and any(test(bare) for test in (_is_chinese, _is_korean, _is_vietnamese, _is_japanese))


def _has_patronymic(parts: Sequence[str], language: str) -> bool:
    last = parts[-1].casefold()
    if last.endswith(("dóttir", "dottir")):
        return True
    return last.endswith("son") and (language == "is" or bool(_ICELANDIC.search("".join(parts))))


def _bare(word: str) -> str:
    """Return a word in small letters without marks, apostrophes and tones: `Nguyễn` becomes `nguyen`."""
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_MARKS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _syllables(words: Sequence[str]) -> list[str]:
    return [part for word in words for part in word.split("-")]


def _is_chinese(words: Sequence[str]) -> bool:
    """Tell one as Pinyin and Wade-Giles spell it, or with a hyphen as in Canton: Sun Yat-sen."""
    given = _syllables(words[1:])
    southern = len(words) == 2 and len(given) == 2 and all(map(_KOREAN.fullmatch, given))
    return words[0] in CHINESE and len(words) < 4 and (southern or all(map(_CHINESE.fullmatch, given)))


def _is_korean(words: Sequence[str]) -> bool:
    """A Korean given name has two syllables: apart, or with a hyphen."""
    given = _syllables(words[1:])
    return words[0] in KOREAN and len(given) == 2 and all(map(_KOREAN.fullmatch, given))


def _is_vietnamese(words: Sequence[str]) -> bool:
    return words[0] in VIETNAMESE and all(map(_VIETNAMESE.fullmatch, _syllables(words[1:])))


def _is_japanese(words: Sequence[str]) -> bool:
    return words[0] in JAPANESE and len(words) == 2 and _JAPANESE.fullmatch(words[1]) is not None
