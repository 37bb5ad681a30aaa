"""What a settings file may not say: names that look like slips, and switches without which the site is not safe.

Pelican says nothing of a name that it does not know. A name of one's own is fine; one that is nearly Pelican's is a
slip.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined

from press.diagnostics import Diagnostic, display_path, error
from press.model.formats import FORMATS, PAPERS
from press.model.languages import canonical_tag

OURS = frozenset(
    """
    DASHES_STYLES DOWNLOADS_COLUMNS DOWNLOADS_FONTS DOWNLOADS_FORMATS DOWNLOADS_GROUPS DOWNLOADS_PAPER
    GUILLEMETS_FRENCH_PUNCTUATION GUILLEMETS_STYLES LEAFLETS_REPORT_TO SEARCH SEARCH_ENGINES SITESUBTITLE
    """.split()
)
PELICANS = frozenset(
    """
    ARCHIVES_SAVE_AS ARCHIVES_URL AUTHOR AUTHORS_SAVE_AS AUTHORS_URL CATEGORIES_SAVE_AS CATEGORIES_URL
    CATEGORY_FEED_RSS FEED_ALL_RSS FEED_ATOM FEED_DOMAIN FEED_RSS TAGS_SAVE_AS TAGS_URL TAG_FEED_ATOM TAG_FEED_RSS
    TIMEZONE TRANSLATION_FEED_RSS
    """.split()
)
"""What Pelican reads where it is set, but has no default for."""

ALIKE = 0.8
"""How alike two names must be, from 0 to 1, to take one for a slip of the other."""

_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>]+(?:/[^\s?#\"'<>]*)?")


def find_wrong_settings(settings: Mapping[str, Any], known: Collection[str], file: Path) -> Iterator[Diagnostic]:
    """Find slips in settings that were read from `file`; `known` are the names that Pelican has defaults for."""
    names = sorted({*known, *OURS, *PELICANS})
    for name in sorted(name for name in settings if name.isupper() and name not in names):
        near = difflib.get_close_matches(name, names, n=1, cutoff=ALIKE)
        if near:
            yield _problem(file, name, f"“{name}” is no setting. Did you mean “{near[0]}”?")
    address = str(settings.get("SITEURL", ""))
    if not _ADDRESS.fullmatch(address):
        message = f"SITEURL is “{address}”, which is no address. Write one that begins with https://."
        yield _problem(file, "SITEURL", message)
    lang = str(settings.get("DEFAULT_LANG"))
    if canonical_tag(lang).lower() != lang.lower():  # Pelican writes it small: fr-ca
        hint = canonical_tag(lang) or "en, fr, de-CH or another from BCP 47"
        yield _problem(file, "DEFAULT_LANG", f"DEFAULT_LANG is “{lang}”, which is no language tag. Write {hint}.")
    for name, choices in (("DOWNLOADS_FORMATS", FORMATS), ("DOWNLOADS_PAPER", PAPERS)):
        if settings.get(name, next(iter(choices))) not in choices:
            yield _problem(file, name, f"{name} is “{settings[name]}”. Write {', '.join(choices)}.")
    columns, groups = settings.get("DOWNLOADS_COLUMNS", 0), settings.get("DOWNLOADS_GROUPS", ())
    if type(columns) is not int or columns < 0:
        message = f"DOWNLOADS_COLUMNS is “{columns}”. Write a number of characters, or 0."
        yield _problem(file, "DOWNLOADS_COLUMNS", message)
    if not isinstance(groups, list | tuple) or not all(isinstance(name, str) for name in groups):
        yield _problem(file, "DOWNLOADS_GROUPS", f"DOWNLOADS_GROUPS is “{groups}”. Write a list of names.")
    if not isinstance(settings.get("SEARCH", False), bool):
        yield _problem(file, "SEARCH", f"SEARCH is “{settings['SEARCH']}”. Write True or False.")
    engines = settings.get("SEARCH_ENGINES", {})
    if not isinstance(engines, dict) or not all(str(each).startswith("https://") for each in engines.values()):
        message = (
            f"SEARCH_ENGINES is “{engines}”. Write names with addresses: {{'Name': 'https://…?q=site:{{site}}'}}."
        )
        yield _problem(file, "SEARCH_ENGINES", message)
    if (fonts := settings.get("DOWNLOADS_FONTS")) and not Path(fonts).is_dir():
        message = f"DOWNLOADS_FONTS is “{fonts}”, which is no folder. Name a folder of fonts, or none."
        yield _problem(file, "DOWNLOADS_FONTS", message)
    jinja = settings.get("JINJA_ENVIRONMENT", {})
    if jinja.get("autoescape") is not True or jinja.get("undefined") is not StrictUndefined:
        message = "JINJA_ENVIRONMENT lacks “autoescape”: True or “undefined”: StrictUndefined. Put both back."
        yield _problem(file, "JINJA_ENVIRONMENT", message)


def _problem(file: Path, name: str, message: str) -> Diagnostic:
    """Name the line that sets a name: in the settings file, or in the pelicanconf.py that it begins with."""
    for place in (file, file.with_name("pelicanconf.py")):
        text = place.read_text(encoding="utf-8") if place.is_file() else ""
        lines = list(re.finditer(rf"^[ \t]*{re.escape(name)}\s*[:=]", text, re.MULTILINE))
        if lines:
            return error(display_path(place), text.count("\n", 0, lines[-1].start()) + 1, "settings", message)
    return error(display_path(file), 0, "settings", message)
