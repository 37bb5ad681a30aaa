"""Run typogrify as Pelican's settings say, each filter where it can change something, and nowhere else.

typogrify passes every text five times, mark or no mark. Here a quick search stands before each of its filters and
proves what the filter would leave alone; what a filter does is typogrify's own, and so is the result, byte for byte.

Pelican runs typogrify within `Readers.read_file`, by its name, and has no hook for another. So Reading.typeset, in
reading.py, asks the reader itself and comes here with what it says: nothing of Pelican is changed in its place, and
what else read_file gathers was not used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import smartypants
from typogrify import filters

Filter = Callable[[str], str]
"""HTML → HTML."""

DASHES = {"oldschool": smartypants.Attr.set2, "oldschool_inverted": smartypants.Attr.set3}
"""What smartypants does by the setting TYPOGRIFY_DASHES; set1 for any other value."""

# Anything but tag, text, tag, text: a < or > that belongs to no tag, a comment of more than words, an element that
# one of the filters passes over, a mark alone between tags, and a lone ampersand in a tag, which `amp` may break.
_UNUSUAL = re.compile(
    r"""<[^<>]*(?:<|\Z) | >[^<]*> | <!(?!--[^<>-]*-->) | <(?:pre|samp|code|tt|kbd|script|style|math)
    | >(?:["']|&quot;)(?:<|\Z) | &(?:amp;|\#38;)?(?:\s|&nbsp;)[^<>]*>""",
    re.IGNORECASE | re.VERBOSE,
)
_IN_TEXT = r"(?=[^<>]*(?:<|\Z))"
"""A sign with this after it stands in no tag."""
_AMPERSAND = re.compile(r"&(?:amp;|\#38;)?(?:\s|&nbsp;)")
_MARK = re.compile(rf"""(?:"|'|\\|``|--|\.\.\.|\. \. \.|&quot;){_IN_TEXT}""")
_BORDER = re.compile(r"(?=<)|[ ](?=[a-z])")
_CAPITALS = re.compile(rf"[A-Z](?:\d*|\.\s?)[A-Z]{_IN_TEXT}")
_QUOTE = r"""\s*(?:<(?:a|em|span|strong|i|b)[^>]*>\s*)*(?:"|'|&(?:ldquo|lsquo|\#8220|\#8216);)"""
_FIRST_QUOTE, _BLOCK_QUOTE = re.compile(_QUOTE), re.compile(rf"<(?:p|h[1-6]|li|dt|dd)[^>]*>{_QUOTE}")
# A space, the last word of a block, and what closes the two.
_LAST_WORD = re.compile(
    r"""\s(?<=[^\s<]\s)\s*+ [^<>\s]++ \s*+ (?:</(?:a|em|span|strong|i|b)>\s*+)*+
    (?:</(?:p|h[1-6]|li|dt|dd)>|$)""",
    re.VERBOSE,
)


def make_typogrify(settings: Mapping[str, Any]) -> Filter:
    """Give what does to a text as Pelican would with these settings. ValueError for a filter that is none."""
    if not settings["TYPOGRIFY"]:
        return str
    ignored, omitted = settings["TYPOGRIFY_IGNORE_TAGS"], settings["TYPOGRIFY_OMIT_FILTERS"]
    attr = DASHES.get(settings["TYPOGRIFY_DASHES"], smartypants.Attr.set1) | smartypants.Attr.w
    educate: Filter = partial(smartypants.smartypants, attr=attr)
    known: dict[str, tuple[Filter, Filter]] = {
        "amp": (filters.amp, set_ampersands),
        "smartypants": (educate, partial(_change_words, _MARK, educate)),
        "caps": (filters.caps, partial(_change_words, _CAPITALS, filters.caps)),
        "initial_quotes": (filters.initial_quotes, set_initial_quotes),
        "widont": (filters.widont, set_last_words),
    }
    if wrong := set(omitted) - known.keys():
        raise ValueError(f"TYPOGRIFY_OMIT_FILTERS: {min(wrong)!r} is no filter. Write some of: {', '.join(known)}.")
    chosen = [pair for name, pair in known.items() if name not in omitted]
    theirs, ours = [change for change, _ in chosen], [change for _, change in chosen]

    def typogrify(html: str) -> str:
        """Pass a text through the filters, but for elements that are ignored, and `pre` and `code`."""
        if not ignored and not _UNUSUAL.search(f">{html}"):  # as if after a tag
            return _pass(html, ours)
        parts = filters.process_ignores(html, ignored)
        return "".join(_pass(part, theirs) if is_wanted else part for part, is_wanted in parts)

    return typogrify


def _pass(html: str, chosen: Sequence[Filter]) -> str:
    for change in chosen:
        html = change(html)
    return html


def _change_words(sign: re.Pattern[str], change: Filter, html: str) -> str:
    """Change the words that have the sign, and leave those around them."""
    parts, at = list[str](), 0
    while found := sign.search(html, at):
        start, end = _find_borders(html, at, *found.span())
        parts += html[at:start], change(html[start:end])
        at = end
    return "".join([*parts, html[at:]])


def _find_borders(html: str, first: int, start: int, end: int) -> tuple[int, int]:
    """Widen a place to both sides, up to `first`, a tag, or a small letter after a space; no mark looks further."""
    first = max(first, html.rfind(">", first, start) + 1)
    while start > first and not "a" <= html[start] <= "z":
        start = max(first, html.rfind(" ", first, start - 1) + 1)
    border = _BORDER.search(html, end)
    return start, border.end() if border else len(html)


def set_ampersands(html: str) -> str:
    """Do what typogrify's `amp` does: ampersands that stand alone become spans."""
    return str(filters.amp(html)) if _AMPERSAND.search(html) else html


def set_initial_quotes(html: str) -> str:
    """Do what typogrify's `initial_quotes` does: marks at the head of a block become spans."""
    is_wanted = _FIRST_QUOTE.match(html) or _BLOCK_QUOTE.search(html)
    return str(filters.initial_quotes(html)) if is_wanted else html


def set_last_words(html: str) -> str:
    """Do what typogrify's `widont` does: the space before the last word of a block becomes `&nbsp;`.

    It is shown that word alone, and before it the one character, or the tag, by which it decides.
    """

    def join(match: re.Match[str]) -> str:
        before = match.start() - 1
        start = html.rfind("<", 0, before) if html[before] == ">" else before
        return str(filters.widont(html[start : match.end()]))[match.start() - start :]

    return _LAST_WORD.sub(join, html)
