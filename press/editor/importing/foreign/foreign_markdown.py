"""Markdown from other programs: convert its header (foreign_header), leave its text as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import html as lxml_html

from press.diagnostics import error
from press.editor.importing.data_model import Confidence, ImportSettings, Note, RecognisedText
from press.editor.importing.escaping import render_markdown
from press.editor.importing.foreign.foreign_header import ONLY_OURS, OUR_NAMES, ForeignText, read_foreign
from press.editor.importing.guess_language import guess_language
from press.editor.importing.inventory import hash_words
from press.editor.importing.notes import find_doubts, find_links
from press.editor.importing.plain.lines import make_printable, shorten
from press.editor.importing.printed_dates import read_printed_date
from press.model.dates import parse_date
from press.model.entry import READ
from press.model.header import KEYS, Field
from press.model.languages import canonical_tag
from press.model.values import WrongValue
from press.validate.limits import find_excess

_AUTHORS = frozenset({"author", "authors"})
"""Two keys for one thing: of another program’s header the first is used."""
_LISTS = {"author": "; ", "authors": "; ", "translator": "; ", "tags": ", "}
_ONE_A_LINE = frozenset({"accept", "corrections", "imported", "redirect-from"})
_OWN = frozenset({"source", "added", "featured", "quotes", "dashes"})
"""Keys with a meaning of their own in this archive: another program's key of that name is not taken."""

_WORDS = re.compile(r"\w+")
_HEADING = re.compile(r"#\s+(?P<title>.*?)\s*#*\s*")


def read_markdown(text: str, recognised: RecognisedText, settings: ImportSettings) -> None:
    """Read Markdown: convert its header, leave its text as it is."""
    foreign = read_foreign(text.replace("\f", "\n"), recognised.name)
    if foreign.problems or not foreign.body.strip():
        message = "the file has a header but no text. Write the text below the header."
        recognised.problems += foreign.problems or [error(recognised.name, foreign.body_line, "empty", message)]
        return
    values, body = _take_header(recognised, foreign), foreign.body.rstrip("\n")
    lang = canonical_tag(" ".join(values.pop("lang", ()))) if not settings.lang else ""
    if not lang:
        lang, note = guess_language(body, settings)
        recognised.notes.append(note)
    recognised.lang = lang
    _take_markdown_title(recognised, values, body, foreign.body_line)
    _take_markdown_date(recognised, values, lang, settings)
    recognised.fields = values
    recognised.body = recognised.body + "\n"
    recognised.problems += find_excess(body, foreign.body_line, recognised.name)
    if recognised.problems:  # rendering such a text could take minutes, or raise RecursionError
        return
    try:
        html = render_markdown(recognised.body, settings.extensions, settings.extension_configs)
    except Exception as wrong:  # extensions of Markdown raise anything for a malformed text
        message = f"Markdown cannot read the text ({type(wrong).__name__}). Save it as plain text (.txt)."
        recognised.problems.append(error(recognised.name, foreign.body_line, "import-markdown", message))
        return
    shown = lxml_html.fragment_fromstring(html, create_parent="div").text_content()
    recognised.words = hash_words(shown)
    recognised.notes += [
        *find_links(body, foreign.body_line), *find_doubts(text, html, recognised.title, lang)
    ]  # fmt: skip


def _take_markdown_title(
    recognised: RecognisedText, values: dict[str, tuple[str, ...]], body: str, line: int
) -> None:
    """Take the title from the header, else from a heading on the first line, else from the first words."""
    first, _, rest = body.partition("\n")
    heading = _HEADING.fullmatch(first.strip())
    title = " ".join(values.pop("title", ()))
    recognised.title, recognised.body = title, body
    if heading and heading["title"] and title in ("", heading["title"]) and rest.strip():
        recognised.title, recognised.body = re.sub(r"\\([^\w\s])", r"\1", heading["title"]), rest.strip("\n")
        recognised.corrections.append(f"The heading “{heading['title']}” became the title.")
        recognised.notes.append(Note("title", "the heading on the first line", Confidence.SURE, line))
    elif title:
        recognised.notes.append(Note("title", "from the header", Confidence.SURE, recognised.lines["title"]))
    else:
        recognised.title = f"{shorten(' '.join(_WORDS.findall(body)[:12]), 60).rstrip('…')} …"
        message = f"none; the first words, “{recognised.title}”, are used. Write a better one"
        recognised.notes.append(Note("title", message, Confidence.REVIEW, line))


def _is_known_form(date: str) -> bool:
    """Return whether a date is written as the headers of this archive have it."""
    try:
        parse_date(date)
    except ValueError:
        return False
    return True


def _take_markdown_date(
    recognised: RecognisedText, values: dict[str, tuple[str, ...]], lang: str, settings: ImportSettings
) -> None:
    printed, line = " ".join(values.pop("date", ())), recognised.lines.get("date", 0)
    plain = re.sub(r"[T ]\d\d:\d\d.*$", "", printed)
    found = read_printed_date(plain, lang, settings.today) if plain else None
    if _is_known_form(printed):
        recognised.date = parse_date(printed).edtf
        recognised.notes.append(Note("date", f"{recognised.date}, from the header", Confidence.SURE, line))
    elif found:
        recognised.date = found.edtf
        remark = f": {found.remark}" if found.remark else ""
        message = f"{found.edtf}, from “{printed}” of the header{remark}"
        recognised.notes.append(Note("date", message, found.confidence, line))
    else:
        what = f"“{printed}” of the header could not be read" if printed else "none found"
        recognised.notes.append(Note("date", f"{what}; add one if you know it", Confidence.REVIEW, line))


def _take_header(recognised: RecognisedText, foreign: ForeignText) -> dict[str, tuple[str, ...]]:
    """Return what can be used of a header by the archive's keys; note what cannot, and the line of each key."""
    taken: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    ours = foreign.own or any(name.lower() in ONLY_OURS for name, _, _ in foreign.fields)
    for name, value, line in foreign.fields:
        key = name.lower() if foreign.own else OUR_NAMES.get(name.lower(), name.lower())
        values = tuple(filter(None, _as_values(value, key, own=foreign.own)))
        text = "; ".join(values)
        if key == "draft" and text.lower() in ("true", "false"):
            key, values = "status", ("draft" if text.lower() == "true" else "published",)
        reason = _why_not(key, values, taken, ours=ours)
        if reason:
            message = f"“{name}: {text}” of the header was not used: {reason}"
            recognised.notes.append(Note("header", message, Confidence.REVIEW, line))
        elif values:
            taken[key], lines[key] = values, line
    recognised.lines = lines
    return taken


def _as_values(value: Any, key: str, *, own: bool) -> tuple[str, ...]:
    """Return a value, which is a tuple if it was typed on lines, as the lines of a header of this archive."""
    if own or (key in _ONE_A_LINE and isinstance(value, list | tuple)):
        return tuple(_as_text(item, ", ", 1) for item in value)
    between = _LISTS.get(key, " " if isinstance(value, tuple) else "; ")
    return (_as_text(value, between),)


def _why_not(key: str, values: tuple[str, ...], taken: Mapping[str, object], *, ours: bool) -> str:
    """Return why the value of a header cannot be used, or an empty string."""
    if key not in KEYS:
        return "this archive has no such key"
    if key in _OWN and not ours:
        return "this key has a meaning of its own in this archive"
    if key in taken or (not ours and key in _AUTHORS and _AUTHORS & taken.keys()):
        return f"“{KEYS[key]}” already has a value"
    if key in ("date", "title") or not values:
        return ""
    if key == "lang":
        return "" if canonical_tag(values[0]) else "it is not a language tag"
    try:
        READ[key][1](Field(KEYS[key], 1, values))
    except WrongValue as wrong:
        return str(wrong).partition(". ")[0]
    return ""


def _as_text(value: Any, between: str, depth: int = 0) -> str:
    """Return a value of a header as text; nested lists, which aliases can multiply, as an ellipsis."""
    if depth > 2:
        return "…"
    if isinstance(value, list | tuple):
        return between.join(_as_text(item, ", ", depth + 1) for item in value)
    if isinstance(value, Mapping):
        return between.join(f"{key}: {_as_text(item, ', ', depth + 1)}" for key, item in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    return make_printable(" ".join(str(value).split()))
