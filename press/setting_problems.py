"""What is wrong or doubtful in a settings file, each at the line that sets it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from press.diagnostics import Diagnostic, Level, display_path
from press.model.colour_schemes import describe_wrong_schemes, make_schemes
from press.model.colours import describe_faint_colours, describe_wrong_colours
from press.model.languages import canonical_tag
from press.model.site_address import NOT_PUBLIC, describe_private_address, describe_private_report, is_unencrypted
from press.options import Settings
from press.setting_checks import describe_wrong_forms, describe_wrong_noun
from press.settings import DEFAULTS, PELICAN_SETTINGS, SETTINGS
from press.theme_folders import theme_folders

ALIKE = 0.8
"""How alike two names must be, from 0 to 1, for one to be taken as a slip for the other."""

_NOTHING_FROM_ELSEWHERE = "Delete it: no page loads anything from another host."
_MENU_INSTEAD = "Write its links into LEAFLETS_MENU (docs/settings.md)."

IGNORED_SETTINGS: Mapping[str, str] = {
    "ANALYTICS": _NOTHING_FROM_ELSEWHERE,
    "DISQUS_SITENAME": "Delete it; LEAFLETS_REPORT_TO is how readers reach you.",
    "FAVICON": "Put an icon.svg into theme/static/icons/ (docs/theme.md).",
    "GITHUB_URL": _MENU_INSTEAD,
    "GOOGLE_ANALYTICS": _NOTHING_FROM_ELSEWHERE,
    "LINKS": _MENU_INSTEAD,
    "LINKS_WIDGET_NAME": "Delete it; LEAFLETS_MENU has labels of its own.",
    "MENUITEMS": _MENU_INSTEAD,
    "SOCIAL": _MENU_INSTEAD,
    "SOCIAL_WIDGET_NAME": "Delete it; LEAFLETS_MENU has labels of its own.",
    "STYLESHEET_URL": "Put a style sheet into theme/static/css/ (docs/theme.md).",
    "TWITTER_USERNAME": _MENU_INSTEAD,
}
"""What other themes read, and this one does not, with what to do instead."""


def find_wrong_settings(settings: Settings, known: Collection[str], file: Path) -> Iterator[Diagnostic]:
    """Yield slips and wrong values in the settings of `file`; `known` are the names that Pelican has defaults for."""
    names = sorted({*known, *DEFAULTS, *PELICAN_SETTINGS, *IGNORED_SETTINGS})
    for name in sorted(name for name in settings if name.isupper() and name not in names):
        near = difflib.get_close_matches(name, names, n=1, cutoff=ALIKE)
        if near:
            message = f"“{name}” is not a setting. Did you mean “{near[0]}”?"
            yield locate_setting(file, name, Level.ERROR, message)
    for setting in SETTINGS:
        value = settings.get(setting.name, setting.default)
        wrong = setting.check(value)
        if wrong:
            yield locate_setting(file, setting.name, Level.ERROR, f"{setting.name} is “{value}”{wrong}")
    for name, wrong in _describe_together(settings):
        yield locate_setting(file, name, Level.ERROR, f"{name}{wrong}")


def _describe_together(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a right value because of another setting, by its name: forms and colours."""
    noun, lang = settings.get("LEAFLETS_NOUN"), str(settings.get("DEFAULT_LANG", "en"))
    if noun and not describe_wrong_noun(noun) and (wrong := describe_wrong_forms(noun, lang)):
        yield "LEAFLETS_NOUN", wrong
    own, hues = settings.get("LEAFLETS_COLOURS", {}), settings.get("CATEGORY_COLOURS", {})
    if not describe_wrong_schemes(own) and not describe_wrong_colours(hues):
        light, dark = (scheme.paper for scheme in make_schemes(own).values())
        if wrong := describe_faint_colours(hues, (light, dark)):
            yield "CATEGORY_COLOURS", f" is “{hues}”{wrong}"


def find_wrong_interface(settings: Settings, file: Path) -> list[Diagnostic]:
    """Return an error if the interface is not in DEFAULT_LANG: no catalogue of the press or of the archive has it."""
    from press.messages.message_check import describe_wrong_interface  # an unchanged archive needs no catalogue

    lang = canonical_tag(str(settings["DEFAULT_LANG"]))  # a wrong one is reported as such
    wrong = describe_wrong_interface(theme_folders(settings), lang) if lang else ""
    return [locate_setting(file, "DEFAULT_LANG", Level.ERROR, f"DEFAULT_LANG is “{lang}”{wrong}")] if wrong else []


def find_private_address(settings: Settings, file: Path) -> list[Diagnostic]:
    """Return an error if readers elsewhere cannot reach the site at its SITEURL."""
    address = settings["SITEURL"]
    why = describe_private_address(address)
    message = f"SITEURL {NOT_PUBLIC.format(address, why)}"
    return [locate_setting(file, "SITEURL", Level.ERROR, message, "public-address")] if why else []


def find_doubtful_settings(settings: Settings, file: Path, *, public: bool) -> list[Diagnostic]:
    """Return a warning for each setting of other themes, and for addresses that readers elsewhere cannot use.

    `public` is whether the site is for its readers: a site for this machine alone may have any address.
    """
    ignored = [
        locate_setting(file, name, Level.WARNING, f"the theme does not use {name}. {instead}")
        for name, instead in IGNORED_SETTINGS.items()
        if settings.get(name)
    ]
    return [*ignored, *(_doubt_addresses(settings, file) if public else ())]


def _doubt_addresses(settings: Settings, file: Path) -> Iterator[Diagnostic]:
    address, report = settings["SITEURL"], settings["LEAFLETS_REPORT_TO"]
    if is_unencrypted(address):
        message = f"the address “{address}” is not encrypted. Write https:// if the server offers it."
        yield locate_setting(file, "SITEURL", Level.WARNING, message, "public-address")
    if why := describe_private_report(report):
        message = f"LEAFLETS_REPORT_TO is “{report}”, {why}. Write where reports reach you, or '' for no link."
        yield locate_setting(file, "LEAFLETS_REPORT_TO", Level.WARNING, message, "public-address")


def locate_setting(file: Path, name: str, level: Level, message: str, rule: str = "settings") -> Diagnostic:
    """Return a problem at the line that sets a name, of the settings file or of the pelicanconf.py it imports."""
    for place in (file, file.with_name("pelicanconf.py")):
        text = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""
        lines = list(re.finditer(rf"^[ \t]*{re.escape(name)}\s*[:=]", text, re.MULTILINE))
        if lines:
            line = text.count("\n", 0, lines[-1].start()) + 1
            return Diagnostic(display_path(place), line, level, rule, message)
    return Diagnostic(display_path(file), 0, level, rule, message)
