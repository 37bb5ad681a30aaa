"""Every setting of the press, declared once: name, default, help and check. docs/settings.md is tested against it.

Pelican ignores a name that it does not know. A maintainer may add names, but one that nearly matches a known name is
taken for a slip.
"""

from __future__ import annotations

import copy
import difflib
import posixpath
import re
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press.diagnostics import Diagnostic, Level, display_path
from press.model.colours import describe_wrong_colours
from press.model.formats import EXPORT_GROUPS, PAPERS
from press.model.languages import canonical_tag
from press.options import Settings
from press.theme_folders import theme_folders

Check = Callable[[Any], str]
"""Returns what is wrong with a value and what to write instead, to follow `NAME is “value”`; "" if it is right."""

_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>]+(?:/[^\s?#\"'<>]*)?")

_PICTURE = re.compile(r"images/.*\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)

ALIKE = 0.8
"""How alike two names must be, from 0 to 1, for one to be taken as a slip for the other."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; for Pelican's own settings the default only documents what Pelican fills in."""

    name: str
    default: object
    help: str
    check: Check


def describe_wrong_address(value: object) -> str:
    """Return what is wrong with the address of a site: `, which is not an address. Write …`."""
    if isinstance(value, str) and _ADDRESS.fullmatch(value):
        return ""
    return ", which is not an address. Write one that begins with https://."


def _check_lang(value: object) -> str:
    tag = canonical_tag(str(value))
    if tag.lower() == str(value).lower():  # Pelican lower-cases it: fr-ca
        return ""
    return f", which is not a language tag. Write {tag or 'en, fr, de-CH or another from BCP 47'}."


def _check_text(value: object) -> str:
    return "" if isinstance(value, str) else ". Write it in quotation marks."


def _check_switch(value: object) -> str:
    return "" if isinstance(value, bool) else ". Write True or False."


def _check_columns(value: object) -> str:
    return "" if type(value) is int and value >= 0 else ". Write a number of characters, or 0."


def _check_sheets(value: object) -> str:
    return "" if type(value) is int and value >= 1 else ". Write a number of sheets, 1 or more."


def _check_folder(value: object) -> str:
    if not value or (isinstance(value, str | Path) and Path(value).is_dir()):
        return ""
    return ", which is not a folder. Name a folder of fonts, or none."


def _check_picture(value: object) -> str:
    if value == "" or (isinstance(value, str) and _PICTURE.fullmatch(value) and posixpath.normpath(value) == value):
        return ""
    return ", which is not a picture in images/. Write a path such as images/logo.svg."


def _check_names(value: object) -> str:
    right = isinstance(value, list | tuple) and all(isinstance(name, str) for name in value)
    return "" if right else ". Write a list of names."


def _check_noun(value: object) -> str:
    right = isinstance(value, list | tuple) and all(isinstance(form, str) and form.strip() for form in value)
    return "" if right else ". Write its forms in a list: ['poster', 'posters']."


def _check_engines(value: object) -> str:
    if isinstance(value, dict) and all(str(address).startswith("https://") for address in value.values()):
        return ""
    return ". Write names with addresses: {'Name': 'https://…?q=site:{site}'}."


def _check_languages(value: object) -> str:
    """Check that it is a mapping; the plugins check each row, for sites without the press."""
    return "" if isinstance(value, Mapping) else ". Write a dictionary with a language tag for each row: {'de': …}."


def _check_templates(value: object) -> str:
    jinja = value if isinstance(value, Mapping) else {}
    from jinja2 import StrictUndefined  # an unchanged archive needs no templates

    if jinja.get("autoescape") is True and jinja.get("undefined") is StrictUndefined:
        return ""
    return ", which lacks “autoescape”: True or “undefined”: StrictUndefined. Put both back."


def _one_of(choices: Container[object], listed: str) -> Check:
    return lambda value: "" if isinstance(value, str) and value in choices else f". Write {listed}."


SETTINGS = (
    Setting("SITENAME", "A Pelican Blog", "The name of the archive.", _check_text),
    Setting("SITESUBTITLE", "", "A sentence on the archive, for its home page and for search engines.", _check_text),
    Setting(
        "SITEURL",
        "",
        "The public address, such as `https://pamphlets.example`. It must be set, and `inv build --url` replaces it.",
        describe_wrong_address,
    ),
    Setting(
        "DEFAULT_LANG", "en", "The language of the site’s pages, and of every text that has no `Lang:`.", _check_lang
    ),
    Setting(
        "LEAFLETS_NOUN",
        [],
        "What is counted, if not leaflets, in each form that the site’s language needs: `['poster', 'posters']`.",
        _check_noun,
    ),
    Setting(
        "LEAFLETS_TITLE",
        "",
        "What the archive has, for the title of its home page. Without it, the form of `LEAFLETS_NOUN` for 3.",
        _check_text,
    ),
    Setting(
        "LEAFLETS_LOGO",
        "",
        "A picture before the archive’s name on every page, from the content folder: `images/logo.svg`.",
        _check_picture,
    ),
    Setting(
        "LEAFLETS_WORDMARK",
        "",
        "A picture of the archive’s name, to show instead of name and logo on every page: `images/wordmark.svg`.",
        _check_picture,
    ),
    Setting(
        "CATEGORY_COLOURS",
        {},
        "Colours of categories, where the press should not choose: `{'Letters': '#2f7a57'}`.",
        describe_wrong_colours,
    ),
    Setting(
        "LEAFLETS_REPORT_TO",
        "",
        "Where readers report mistakes: `mailto:…`, or an issue tracker’s form, `https://…?title={title}&body={url}`.",
        _check_text,
    ),
    Setting(
        "DOWNLOADS_FORMATS",
        "all",
        "The downloads of each leaflet: `none`, `text` (plain text and citations) or `all`.",
        _one_of(EXPORT_GROUPS, ", ".join(EXPORT_GROUPS)),
    ),
    Setting(
        "DOWNLOADS_PAPER",
        "a4",
        "The paper of booklets and handouts: `a4` or `letter`.",
        _one_of(PAPERS, ", ".join(PAPERS)),
    ),
    Setting(
        "DOWNLOADS_SIGNATURE",
        10,
        "The most sheets of a booklet to fold at once; a longer booklet has several signatures, with marked spines.",
        _check_sheets,
    ),
    Setting(
        "DOWNLOADS_COLUMNS",
        72,
        "The width of the plain text, in characters; 0 for paragraphs on one line.",
        _check_columns,
    ),
    Setting("DOWNLOADS_FONTS", "", "A folder of fonts for scripts that Libertinus lacks.", _check_folder),
    Setting(
        "DOWNLOADS_GROUPS",
        [],
        "Authors that are groups, though their names look like a person’s; citations keep them whole.",
        _check_names,
    ),
    Setting("SEARCH", True, "Whether the site has a search; its index is built with each build.", _check_switch),
    Setting(
        "SEARCH_ENGINES",
        {},
        "Search engines for visitors without JavaScript: `{'Name': 'https://…?q=site:{site}'}`.",
        _check_engines,
    ),
    Setting(
        "GUILLEMETS_STYLES",
        {},
        "Quotation marks of a language, where the built-in table has others: four marks for each language tag.",
        _check_languages,
    ),
    Setting(
        "GUILLEMETS_FRENCH_PUNCTUATION",
        True,
        "Whether a space that was typed before French `;`, `:`, `!` or `?` keeps the mark on the same line; in "
        "Canadian French only the one before `:`.",
        _check_switch,
    ),
    Setting(
        "DASHES_STYLES",
        {},
        "The dashes of a language, where the built-in table has others: a style for each language tag.",
        _check_languages,
    ),
    Setting(
        "TYPESET_ADVICE",
        False,
        "Whether hyphens that only a person can judge are reported. `inv check` sets it.",
        _check_switch,
    ),
    Setting(
        "JINJA_ENVIRONMENT",
        {},
        "Pelican’s, but `autoescape` must be `True` and `undefined` must be `StrictUndefined`.",
        _check_templates,
    ),
)

DEFAULTS: Mapping[str, Any] = {setting.name: setting.default for setting in SETTINGS}

PELICAN_SETTINGS = frozenset(
    """
    ARCHIVES_SAVE_AS ARCHIVES_URL AUTHOR AUTHORS_SAVE_AS AUTHORS_URL CATEGORIES_SAVE_AS CATEGORIES_URL
    CATEGORY_FEED_RSS FEED_ALL_RSS FEED_ATOM FEED_DOMAIN FEED_RSS TAGS_SAVE_AS TAGS_URL TAG_FEED_ATOM TAG_FEED_RSS
    TIMEZONE TRANSLATION_FEED_RSS
    """.split()
)
"""What Pelican reads if it is set, but has no default for."""

IGNORED_SETTINGS = frozenset(
    """
    ANALYTICS DISQUS_SITENAME FAVICON GITHUB_URL GOOGLE_ANALYTICS LINKS LINKS_WIDGET_NAME MENUITEMS SOCIAL
    SOCIAL_WIDGET_NAME STYLESHEET_URL TWITTER_USERNAME
    """.split()
)
"""What other themes read, and this one does not."""


def fill_defaults(settings: dict[str, Any]) -> None:
    """Add every setting of the press that is not set."""
    for name, default in DEFAULTS.items():
        settings.setdefault(name, copy.copy(default))


def find_wrong_settings(settings: Settings, known: Collection[str], file: Path) -> Iterator[Diagnostic]:
    """Yield slips and wrong values in the settings of `file`; `known` are the names that Pelican has defaults for."""
    names = sorted({*known, *DEFAULTS, *PELICAN_SETTINGS, *IGNORED_SETTINGS})
    for name in sorted(name for name in settings if name.isupper() and name not in names):
        near = difflib.get_close_matches(name, names, n=1, cutoff=ALIKE)
        if near:
            message = f"“{name}” is not a setting. Did you mean “{near[0]}”?"
            yield _problem(file, name, Level.ERROR, message)
    for setting in SETTINGS:
        value = settings.get(setting.name, setting.default)
        wrong = setting.check(value)
        if wrong:
            yield _problem(file, setting.name, Level.ERROR, f"{setting.name} is “{value}”{wrong}")
    yield from _find_wrong_forms(settings, file)
    for name in ("LEAFLETS_LOGO", "LEAFLETS_WORDMARK"):
        path = settings.get(name)
        if path and not _check_picture(path) and not Path(settings.get("PATH", ""), path).is_file():
            message = f"{name} is “{path}”, and the content folder has no such picture. Correct the path."
            yield _problem(file, name, Level.ERROR, message)


def _find_wrong_forms(settings: Settings, file: Path) -> Iterator[Diagnostic]:
    """Yield an error if LEAFLETS_NOUN has not as many forms as gettext counts in the site's language."""
    noun, lang = settings.get("LEAFLETS_NOUN"), str(settings.get("DEFAULT_LANG", "en"))
    if noun and not _check_noun(noun):
        from press.messages.message_reader import plural_forms_of  # an archive of leaflets needs none

        wanted, _ = plural_forms_of(canonical_tag(lang) or lang)
        if len(noun) != wanted:
            forms = f"{wanted} forms, one for each plural" if wanted > 1 else "one form"
            message = f"LEAFLETS_NOUN has {len(noun)}, and “{lang}” needs {forms}. Write as many, and singular first."
            yield _problem(file, "LEAFLETS_NOUN", Level.ERROR, message)


def find_wrong_interface(settings: Settings, file: Path) -> list[Diagnostic]:
    """Return an error if the interface is not in DEFAULT_LANG: no catalogue of the press or of the archive has it."""
    from press.messages.message_check import describe_wrong_interface  # an unchanged archive needs no catalogue

    lang = canonical_tag(str(settings["DEFAULT_LANG"]))  # a wrong one is reported as such
    wrong = describe_wrong_interface(theme_folders(settings), lang) if lang else ""
    return [_problem(file, "DEFAULT_LANG", Level.ERROR, f"DEFAULT_LANG is “{lang}”{wrong}")] if wrong else []


def find_ignored_settings(settings: Settings, file: Path) -> list[Diagnostic]:
    """Return a warning for each setting of other themes, which changes nothing here."""
    return [
        _problem(file, name, Level.WARNING, f"the theme does not use {name}. Delete it.")
        for name in sorted(IGNORED_SETTINGS)
        if settings.get(name)
    ]


def _problem(file: Path, name: str, level: Level, message: str) -> Diagnostic:
    """Return a problem at the line that sets a name, of the settings file or of the pelicanconf.py it imports."""
    for place in (file, file.with_name("pelicanconf.py")):
        text = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""
        lines = list(re.finditer(rf"^[ \t]*{re.escape(name)}\s*[:=]", text, re.MULTILINE))
        if lines:
            line = text.count("\n", 0, lines[-1].start()) + 1
            return Diagnostic(display_path(place), line, level, "settings", message)
    return Diagnostic(display_path(file), 0, level, "settings", message)
