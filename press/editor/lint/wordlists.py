"""Tables of words, to correct by hand: what may be repeated, and what scanners misread."""

from __future__ import annotations

from collections.abc import Mapping

# Words that rightly follow themselves, by language: nous nous levons, die die Arbeit tun.
MAY_REPEAT: Mapping[str, str] = {
    "fr": "nous vous",
    "de": "die der das den dem des sie",
    "nl": "die dat zij",
    "it": "via così piano",
    "es": "se",
}

# What scanners make of common English words: the misreading, and the word.
MISREADINGS: Mapping[str, str] = {
    "arid": "and",
    "aud": "and",
    "bave": "have",
    "bas": "has",
    "cau": "can",
    "frorn": "from",
    "liave": "have",
    "modem": "modern",
    "oftlie": "of the",
    "oi": "of",
    "ofthe": "of the",
    "tbat": "that",
    "tbe": "the",
    "tbey": "they",
    "tbis": "this",
    "tiie": "the",
    "tliat": "that",
    "tlie": "the",
    "tlius": "thus",
    "wbich": "which",
    "wbo": "who",
    "wliich": "which",
    "wliole": "whole",
    "witb": "with",
    "witli": "with",
}
