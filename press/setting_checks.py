"""What each setting of the press must be: each check returns what is wrong and what to write instead."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Container, Mapping, Sequence
from gettext import c2py
from pathlib import Path
from typing import Any

from press.model.languages import canonical_tag

Check = Callable[[Any], str]
"""Returns what is wrong with a value and what to write instead, to follow `NAME is “value”`; "" if it is right."""

_PICTURE = re.compile(r"images/(?:[^/.~#][^/]*/)*[^/.~#][^/]*\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
"""A name that begins with `.`, `~` or `#` is one that editors and file managers leave behind: never published."""


def describe_wrong_lang(value: object) -> str:
    """Check a language tag, as BCP 47 has it."""
    tag = canonical_tag(str(value))
    if tag and tag.lower() == str(value).lower():  # Pelican lower-cases it: fr-ca
        return ""
    return f", which is not a language tag. Write {tag or 'en, fr, de-CH or another from BCP 47'}."


def describe_wrong_string(value: object) -> str:
    """Check that a value is text on one line that can be shown."""
    if not isinstance(value, str):
        return ". Write it in quotation marks."
    return "" if can_be_shown(value) else ", which has characters that cannot be shown. Retype it on one line."


def can_be_shown(text: str) -> bool:
    """Return whether a text has no controls, line breaks, halves of characters, or marks that turn its direction."""
    joiners = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{SOFT HYPHEN}"
    return all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") or c in joiners for c in text)


def describe_wrong_overrides(value: object) -> str:
    """Check that each is the folder templates/ of a theme: the theme's other folders are found beside it."""
    if isinstance(value, list | tuple) and all(
        isinstance(each, str) and Path(each).name == "templates" for each in value
    ):
        return ""
    return ". Write a list of folders that are named templates: ['theme/templates']."


def describe_wrong_switch(value: object) -> str:
    """Check that a value is True or False."""
    return "" if isinstance(value, bool) else ". Write True or False."


def describe_wrong_columns(value: object) -> str:
    """Check a number of characters, or 0."""
    return "" if type(value) is int and value >= 0 else ". Write a number of characters, or 0."


def describe_wrong_sheets(value: object) -> str:
    """Check a number of sheets."""
    return "" if type(value) is int and value >= 1 else ". Write a number of sheets, 1 or more."


def describe_wrong_folder(value: object) -> str:
    """Check a folder that exists, or none."""
    if not value or (isinstance(value, str | Path) and Path(value).is_dir()):
        return ""
    return ", which is not a folder. Name a folder of fonts, or none."


def describe_wrong_picture(value: object) -> str:
    """Check the form of a path in images/, or none; press/validate/menu_and_logo.py looks at the picture."""
    if value == "" or (isinstance(value, str) and _PICTURE.fullmatch(value) and posixpath.normpath(value) == value):
        return ""
    return ", which is not a picture in images/. Write a path such as images/logo.svg."


def describe_wrong_names(value: object) -> str:
    """Check a list of names."""
    right = isinstance(value, list | tuple) and all(isinstance(name, str) for name in value)
    return "" if right else ". Write a list of names."


def describe_wrong_noun(value: object) -> str:
    """Check a list of words; how many there must be depends on the language."""
    right = isinstance(value, list | tuple) and all(
        isinstance(form, str) and form.strip() and can_be_shown(form) for form in value
    )
    return "" if right else ". Write its forms in a list: ['poster', 'posters']."


def describe_wrong_engines(value: object) -> str:
    """Check addresses by the names of search engines."""
    if isinstance(value, dict) and all(str(address).startswith("https://") for address in value.values()):
        return ""
    return ". Write names with addresses: {'Name': 'https://…?q=site:{site}'}."


def describe_wrong_languages(value: object) -> str:
    """Check that it is a mapping; the plugins check each row, for sites without the press."""
    return "" if isinstance(value, Mapping) else ". Write a dictionary with a language tag for each row: {'de': …}."


def describe_wrong_templates(value: object) -> str:
    """Check what makes templates safe: autoescape and StrictUndefined."""
    jinja = value if isinstance(value, Mapping) else {}
    from jinja2 import StrictUndefined  # an unchanged archive needs no templates

    if jinja.get("autoescape") is True and jinja.get("undefined") is StrictUndefined:
        return ""
    return ", which lacks “autoescape”: True or “undefined”: StrictUndefined. Put both back."


def allow_only(choices: Container[object], listed: str) -> Check:
    """Return a check for one of some values; `listed` is how a message lists them."""
    return lambda value: "" if isinstance(value, str) and value in choices else f". Write {listed}."


def describe_wrong_menu(value: object) -> str:
    """Check the form of a menu; what its entries name, press/model/menu.py checks."""
    example = "['dates', 'titles', 'about', ('Our library', 'https://library.example/')]"
    if not isinstance(value, list | tuple):
        return f". Write a list: {example}."
    for entry in value:
        pair = isinstance(entry, list | tuple) and len(entry) == 2
        words = entry if pair else [entry]
        if not all(isinstance(word, str) and word.strip() and word.isprintable() for word in words):
            return f", and {entry!r} is neither a name nor a label with an address. Write them as in {example}."
    return ""


NOUN_EXAMPLES: Mapping[str, list[str]] = {
    "ar": ["لا ملصقات", "ملصق", "ملصقان", "ملصقات", "ملصقًا", "ملصق"],
    "de": ["Plakat", "Plakate"],
    "en": ["poster", "posters"],
    "es": ["cartel", "carteles"],
    "fr": ["affiche", "affiches"],
    "it": ["manifesto", "manifesti"],
    "ja": ["ポスター"],
    "nl": ["affiche", "affiches"],
    "pl": ["plakat", "plakaty", "plakatów"],
    "pt": ["cartaz", "cartazes"],
    "ru": ["плакат", "плаката", "плакатов"],
    "tr": ["afiş"],
}
"""A poster in each form that gettext counts, by language without its region; in Arabic with the word for none."""


def describe_wrong_forms(noun: Sequence[str], lang: str) -> str:
    """Return what is wrong with the number of LEAFLETS_NOUN’s forms in a language, to follow its name; "" if right.

    Each form is for some numbers, and the message names the first of them: `1, 2 and 5` in Russian.
    """
    from press.messages.message_reader import plural_forms_of  # an archive of leaflets needs none

    forms, expression = plural_forms_of(canonical_tag(lang) or "en")
    if len(noun) == forms:
        return ""
    form_of = c2py(expression)
    first = {form_of(number): number for number in range(200, -1, -1)}
    first |= {form_of(number): number for number in range(10, 0, -1)}  # rather 5 than 0, where both have one form
    numbers = [str(first[form]) for form in sorted(first)]
    listed = f"{', '.join(numbers[:-1])} and {numbers[-1]}"
    needed = f"{forms} forms, those for {listed}" if len(numbers) > 1 else "one form, for every number"
    nouns = NOUN_EXAMPLES.get(lang.partition("-")[0].lower(), ())
    example = f": {nouns}" if len(nouns) == forms else ""
    return f" has {len(noun)}, and “{lang}” needs {needed}. Write as many, in this order{example}."
