"""Words that begin with an apostrophe: tables that anyone can correct, one row a language."""

from __future__ import annotations

from collections.abc import Mapping

# Without the apostrophe these are not words, so the mark before them cannot open a quotation.
ALWAYS: Mapping[str, str] = {
    "en": "tis tisn twas twasn twere tweren twill twould twouldn twixt em",
    "de": "ne nen nem ner nes s n",  # Duden, Apostroph
    "nl": "s t n m k r ns",  # Taalunie, apostrof: 's morgens, 't, zo'n
    "af": "n",
    "it": "ndrangheta",
}

# These are words without it too ('cause' and effect): it is an apostrophe where no later mark can close a quotation.
PERHAPS: Mapping[str, str] = {
    "en": "cause cos cuz til till bout round neath gainst fraid nuff n twain scuse spose fore way kay",
    "de": "rein raus rauf runter rüber rum ran",
    "it": "sto sta sti ste na nu",
}

# The words on both sides of 'n' that make it and: rock 'n' roll, not the letter 'n' is.
AND_PAIRS = frozenset(
    {
        ("rock", "roll"),
        ("rockin", "rollin"),
        ("fish", "chips"),
        ("drum", "bass"),
        ("guns", "roses"),
        ("salt", "pepper"),
        ("salt", "vinegar"),
        ("pick", "mix"),
        ("mac", "cheese"),
        ("bread", "butter"),
        ("rhythm", "blues"),
        ("rise", "shine"),
        ("surf", "turf"),
        ("sweet", "sour"),
    }
)
