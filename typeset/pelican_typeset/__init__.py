"""Quotation marks, dashes, apostrophes and spaces in the style of each text's language, for Pelican or any HTML.

`PLUGINS = ["pelican_typeset"]` turns on all four. The functions here are pure, HTML in and HTML out, and do not
import Pelican: `typeset("<p>« calm »</p>", "en")`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import smartypants
from typogrify import filters

from pelican_typeset.apostrophes import set_apostrophes
from pelican_typeset.dash_or_hyphen import Doubt, find_doubtful
from pelican_typeset.dashes import set_dashes
from pelican_typeset.lost_marks import Unmatched
from pelican_typeset.quote_styles import Marks, marks_for
from pelican_typeset.quotes import convert_quotes, find_unmatched
from pelican_typeset.spaces import set_spaces

__all__ = [
    "Doubt",
    "Marks",
    "Unmatched",
    "convert_quotes",
    "find_doubtful",
    "find_unmatched",
    "marks_for",
    "set_apostrophes",
    "set_dashes",
    "set_spaces",
    "typeset",
]


STRAIGHT_IN_TEXT = re.compile(r"""(?:["'`]|&quot;)(?![^<>]*>)""")  # outside a tag


def typeset(
    html: str,
    lang: str,
    *,
    quote_styles: Mapping[str, Marks] | None = None,
    dash_styles: Mapping[str, str] | None = None,
    french_punctuation: bool = True,
    ignore_tags: Collection[str] = (),
) -> str:
    """Set quotation marks, dashes, apostrophes and spaces, then run typogrify: `« calm » - '68` becomes “calm” – ’68.

    The result is what Pelican makes of a text with this plugin and TYPOGRIFY = True. `quote_styles` and
    `dash_styles` are as the settings GUILLEMETS_STYLES and DASHES_STYLES, `ignore_tags` as TYPOGRIFY_IGNORE_TAGS.
    Call it once for each text: typogrify, unlike the other four, changes its own work. Raise ValueError for a
    style of dash that does not exist.
    """
    quoted = convert_quotes(
        html, lang, styles=quote_styles, french_punctuation=french_punctuation, ignore_tags=ignore_tags
    )
    dashed = set_dashes(quoted, lang, styles=dash_styles)
    return _typogrify(set_spaces(set_apostrophes(dashed, lang), lang), ignore_tags)


def _typogrify(html: str, ignore_tags: Collection[str]) -> str:
    """Run typogrify with Pelican's defaults. Pelican sets those in a global of smartypants; this does not."""

    def change(text: str) -> str:
        quotes = smartypants.Attr.q if STRAIGHT_IN_TEXT.search(text) else 0  # seldom, and slow
        attr = smartypants.Attr.b | smartypants.Attr.d | smartypants.Attr.e | smartypants.Attr.w | quotes
        educated = smartypants.smartypants(filters.amp(text), attr)
        return str(filters.widont(filters.initial_quotes(filters.caps(educated))))

    parts = filters.process_ignores(html, list(ignore_tags))
    return "".join(change(part) if is_wanted else part for part, is_wanted in parts)


def register() -> None:
    """Turn on the four plugins, in the order in which they run; Pelican calls this when it loads the plugin."""
    from pelican_typeset import apostrophes_plugin, dashes_plugin, quotes_plugin, spaces_plugin  # they need Pelican

    for plugin in (quotes_plugin, dashes_plugin, apostrophes_plugin, spaces_plugin):
        plugin.register()
