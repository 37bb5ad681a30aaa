"""Run typogrify as Pelican's settings require, but each filter only on words that it can change.

typogrify runs five filters over every text, even one without marks. Here a quick search before each filter finds the
words that it can change, and the filter gets only those. The result is typogrify's own, byte for byte.

Pelican calls typogrify within `Readers.read_file`, which has no hook to replace it. So typeset.py does not call
`read_file`, and calls this module after the plugins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

import smartypants
from typogrify import filters

from press.options import Settings

Filter = Callable[[str], str]
"""HTML → HTML."""

DASHES = {"oldschool": smartypants.Attr.set2, "oldschool_inverted": smartypants.Attr.set3}
"""What smartypants does by the setting TYPOGRIFY_DASHES; set1 for any other value."""

# Anything but tag, text, tag, text: a < or > outside a tag, a comment of more than words, an element that one of the
# filters skips, a mark alone between tags, or a lone ampersand in a tag, which `amp` may break.
_UNUSUAL = re.compile(
    r"""<[^<>]*(?:<|\Z) | >[^<]*> | <!(?!--[^<>-]*-->) | <(?:pre|samp|code|tt|kbd|script|style|math)
    | >(?:["']|&quot;)(?:<|\Z) | &(?:amp;|\#38;)?(?:\s|&nbsp;)[^<>]*>""",
    re.IGNORECASE | re.VERBOSE,
)
_IN_TEXT = r"(?=[^<>]*(?:<|\Z))"
"""After a sign: the sign is not in a tag."""
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
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|dt|dd)>")
_NEAR = 100
"""Characters from the end of a block in which its last word is looked for first."""


def make_typogrify(settings: Settings) -> Filter:
    """Return what typogrify does to a text with these settings. Raises ValueError for an unknown filter."""
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
        raise ValueError(
            f"TYPOGRIFY_OMIT_FILTERS: {min(wrong)!r} is not a filter. Write some of: {', '.join(known)}."
        )
    chosen = [pair for name, pair in known.items() if name not in omitted]
    theirs, ours = [change for change, _ in chosen], [change for _, change in chosen]

    def typogrify(html: str) -> str:
        """Pass a text through the filters, except ignored elements, `pre` and `code`."""
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
    """Apply a filter to the words around each sign, and to nothing else."""
    parts, at = list[str](), 0
    while found := sign.search(html, at):
        start, end = _find_borders(html, at, *found.span())
        parts += html[at:start], change(html[start:end])
        at = end
    return "".join([*parts, html[at:]])


def _find_borders(html: str, first: int, start: int, end: int) -> tuple[int, int]:
    """Widen a place on both sides, to `first`, a tag, or a small letter after a space; no filter needs more."""
    first = max(first, html.rfind(">", first, start) + 1)
    while start > first and not "a" <= html[start] <= "z":
        start = max(first, html.rfind(" ", first, start - 1) + 1)
    border = _BORDER.search(html, end)
    return start, border.end() if border else len(html)


def set_ampersands(html: str) -> str:
    """Do what typogrify's `amp` does: lone ampersands become spans."""
    return str(filters.amp(html)) if _AMPERSAND.search(html) else html


def set_initial_quotes(html: str) -> str:
    """Do what typogrify's `initial_quotes` does: marks at the head of a block become spans."""
    is_wanted = _FIRST_QUOTE.match(html) or _BLOCK_QUOTE.search(html)
    return str(filters.initial_quotes(html)) if is_wanted else html


def set_last_words(html: str) -> str:
    """Do what typogrify's `widont` does: the space before the last word of a block becomes `&nbsp;`.

    Only that word and the character or tag before it decide.
    """
    parts, at = list[str](), 0
    for end in (*(found.end() for found in _BLOCK_END.finditer(html)), len(html)):
        found = _LAST_WORD.search(html, max(at, end - _NEAR), end)
        if found is None and end - at > _NEAR:
            found = _LAST_WORD.search(html, at, end)
        if found:
            parts += html[at : found.start()], _join_last(html, found)
            at = end
    return "".join([*parts, html[at:]])


def _join_last(html: str, found: re.Match[str]) -> str:
    """Return a last word with the space before it as typogrify writes it, which depends on a tag before that."""
    before = found.start() - 1
    if html[before] != ">":
        return f"&nbsp;{found[0].lstrip()}"
    start = html.rfind("<", 0, before)
    return str(filters.widont(html[start : found.end()]))[found.start() - start :]
