"""Every setting of the press, declared once: name, default, help and check. docs/settings.md is tested against it.

Pelican ignores a name that it does not know. A maintainer may add names, but one that nearly matches a known name is
taken for a slip.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from press.model.colour_schemes import describe_wrong_schemes
from press.model.colours import describe_wrong_colours
from press.model.formats import EXPORT_GROUPS, PAPERS
from press.model.site_address import (
    describe_wrong_address,
    describe_wrong_report,
)
from press.setting_checks import (
    Check,
    allow_only,
    describe_wrong_columns,
    describe_wrong_engines,
    describe_wrong_folder,
    describe_wrong_lang,
    describe_wrong_languages,
    describe_wrong_menu,
    describe_wrong_names,
    describe_wrong_noun,
    describe_wrong_overrides,
    describe_wrong_picture,
    describe_wrong_sheets,
    describe_wrong_string,
    describe_wrong_switch,
    describe_wrong_templates,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; for Pelican's own settings the default only documents what Pelican fills in."""

    name: str
    default: object
    help: str
    check: Check


SETTINGS = (
    Setting("SITENAME", "A Pelican Blog", "The name of the archive.", describe_wrong_string),
    Setting(
        "SITESUBTITLE",
        "",
        "A sentence on the archive, for its home page and for search engines.",
        describe_wrong_string,
    ),
    Setting(
        "SITEURL",
        "",
        "The public address, such as `https://pamphlets.example`. It must be set, and `inv build --url` replaces it.",
        describe_wrong_address,
    ),
    Setting(
        "DEFAULT_LANG",
        "en",
        "The language of the site’s pages, and of every text that has no `Lang:`.",
        describe_wrong_lang,
    ),
    Setting(
        "LEAFLETS_NOUN",
        [],
        "What is counted, if not leaflets, in each form that the site’s language needs: `['poster', 'posters']`.",
        describe_wrong_noun,
    ),
    Setting(
        "LEAFLETS_TITLE",
        "",
        "What the archive has, for the title of its home page. Without it, the form of `LEAFLETS_NOUN` for 3.",
        describe_wrong_string,
    ),
    Setting(
        "LEAFLETS_LOGO",
        "",
        "A picture before the archive’s name on every page, from the content folder: `images/logo.svg`.",
        describe_wrong_picture,
    ),
    Setting(
        "LEAFLETS_WORDMARK",
        "",
        "A picture of the archive’s name, to show instead of name and logo on every page: `images/wordmark.svg`.",
        describe_wrong_picture,
    ),
    Setting(
        "LEAFLETS_MENU",
        [],
        "What the menu of every page has, [as below](#the-menu). Without it, the archive’s lists and all its pages.",
        describe_wrong_menu,
    ),
    Setting(
        "LEAFLETS_COLOURS",
        {},
        "Background, text and links in the light and the dark scheme, [as below](#colours).",
        describe_wrong_schemes,
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
        describe_wrong_report,
    ),
    Setting(
        "DOWNLOADS_FORMATS",
        "all",
        "The downloads of each leaflet: `none`, `text` (plain text and citations) or `all`.",
        allow_only(EXPORT_GROUPS, ", ".join(EXPORT_GROUPS)),
    ),
    Setting(
        "DOWNLOADS_PAPER",
        "a4",
        "The paper of booklets and handouts: `a4` or `letter`.",
        allow_only(PAPERS, ", ".join(PAPERS)),
    ),
    Setting(
        "DOWNLOADS_SIGNATURE",
        10,
        "The most sheets of a booklet to fold at once; a longer booklet has several signatures, with marked spines.",
        describe_wrong_sheets,
    ),
    Setting(
        "DOWNLOADS_COLUMNS",
        72,
        "The width of the plain text, in characters; 0 for paragraphs on one line.",
        describe_wrong_columns,
    ),
    Setting("DOWNLOADS_FONTS", "", "A folder of fonts for scripts that Libertinus lacks.", describe_wrong_folder),
    Setting(
        "DOWNLOADS_GROUPS",
        [],
        "Authors that are groups, though their names look like a person’s; citations keep them whole.",
        describe_wrong_names,
    ),
    Setting(
        "SEARCH", True, "Whether the site has a search; its index is built with each build.", describe_wrong_switch
    ),
    Setting(
        "SEARCH_ENGINES",
        {},
        "Search engines for visitors without JavaScript: `{'Name': 'https://…?q=site:{site}'}`.",
        describe_wrong_engines,
    ),
    Setting(
        "GUILLEMETS_STYLES",
        {},
        "Quotation marks of a language, where the built-in table has others: four marks for each language tag.",
        describe_wrong_languages,
    ),
    Setting(
        "GUILLEMETS_FRENCH_PUNCTUATION",
        True,
        "Whether a space that was typed before French `;`, `:`, `!` or `?` keeps the mark on the same line; in "
        "Canadian French only the one before `:`.",
        describe_wrong_switch,
    ),
    Setting(
        "DASHES_STYLES",
        {},
        "The dashes of a language, where the built-in table has others: a style for each language tag.",
        describe_wrong_languages,
    ),
    Setting(
        "TYPESET_ADVICE",
        False,
        "Whether hyphens that only a person can judge are reported. `inv check` sets it.",
        describe_wrong_switch,
    ),
    Setting(
        "THEME_TEMPLATES_OVERRIDES",
        ["theme/templates"],
        "Pelican’s: the folders of templates that come before those of the press; other files are found beside them.",
        describe_wrong_overrides,
    ),
    Setting(
        "JINJA_ENVIRONMENT",
        {},
        "Pelican’s, but `autoescape` must be `True` and `undefined` must be `StrictUndefined`.",
        describe_wrong_templates,
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


def fill_defaults(settings: dict[str, Any]) -> None:
    """Add every setting of the press that is not set."""
    for name, default in DEFAULTS.items():
        settings.setdefault(name, copy.copy(default))
