"""Quotation marks, dashes and apostrophes in the style of each text's language, for Pelican or any HTML.

`PLUGINS = ["pelican_typeset"]` turns on all three. The functions here are pure, HTML in and HTML out, and do not
import Pelican: `typeset("<p>« calm »</p>", "en")`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import smartypants
from typogrify import filters

from pelican_typeset.apostrophes import set_apostrophes
from pelican_typeset.dash_or_hyphen import Doubt, find_doubtful
from pelican_typeset.dashes import set_dashes
from pelican_typeset.quote_pairs import Unmatched
from pelican_typeset.quote_styles import Marks, marks_for
from pelican_typeset.quotes import convert_quotes, find_unmatched

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
    "typeset",
]


def typeset(
    html: str,
    lang: str,
    *,
    quote_styles: Mapping[str, Marks] | None = None,
    dash_styles: Mapping[str, str] | None = None,
    french_punctuation: bool = False,
    ignore_tags: Collection[str] = (),
) -> str:
    """Set quotation marks, dashes and apostrophes, then run typogrify: `« calm » - '68` becomes “calm” – ’68.

    The result is what Pelican makes of a text with this plugin and TYPOGRIFY = True. `quote_styles` and
    `dash_styles` are as the settings GUILLEMETS_STYLES and DASHES_STYLES, `ignore_tags` as TYPOGRIFY_IGNORE_TAGS.
    Call it once for each text: typogrify, unlike the other three, changes its own work. Raise ValueError for a
    style of dash that does not exist.
    """
    quoted = convert_quotes(
        html, lang, styles=quote_styles, french_punctuation=french_punctuation, ignore_tags=ignore_tags
    )
    return _typogrify(set_apostrophes(set_dashes(quoted, lang, styles=dash_styles), lang), ignore_tags)


def _typogrify(html: str, ignore_tags: Collection[str]) -> str:
    """Run typogrify with Pelican's defaults. Pelican sets those in a global of smartypants; this does not."""
    attr = smartypants.Attr.set1 | smartypants.Attr.w

    def change(text: str) -> str:
        educated = smartypants.smartypants(filters.amp(text), attr)
        return str(filters.widont(filters.initial_quotes(filters.caps(educated))))

    parts = filters.process_ignores(html, list(ignore_tags))
    return "".join(change(part) if is_wanted else part for part, is_wanted in parts)


def register() -> None:
    """Turn on the three plugins, in the order in which they run; Pelican calls this when it loads the plugin."""
    from pelican_typeset import apostrophes_plugin, dashes_plugin, quotes_plugin  # only here is Pelican needed

    for plugin in (quotes_plugin, dashes_plugin, apostrophes_plugin):
        plugin.register()
