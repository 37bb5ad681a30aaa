"""Markdown from other programs: convert its header (YAML, TOML or `Key: value`), leave its text as it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import html as lxml_html

from press.diagnostics import Diagnostic, error
from press.editor.importing.data_model import Confidence, ImportSettings, Note, RecognisedText
from press.editor.importing.escaping import render_markdown
from press.editor.importing.guess_language import guess_language
from press.editor.importing.inventory import hash_words
from press.editor.importing.lines import make_printable, shorten
from press.editor.importing.notes import find_doubts, find_links
from press.editor.importing.printed_dates import read_printed_date
from press.model.entry import READ
from press.model.header import FENCE, KEYS, Field, read_header
from press.model.languages import canonical_tag
from press.model.values import WrongValue
from press.validate.limits import find_excess

_LONGEST = 50_000
_MOST_BRACKETS = 200
"""With more, reading YAML takes seconds."""

_FENCES = {"---": "YAML", "+++": "TOML"}
_OWN_HEADER = re.compile(r"[A-Za-z][A-Za-z -]{1,20}:(?:\s|$)")

_OUR_NAMES = {
    "abstract": "summary",
    "categories": "category",
    "copyright": "rights",
    "creator": "author",
    "description": "summary",
    "issued": "date",
    "keywords": "tags",
    "language": "lang",
    "license": "rights",
    "location": "place",
    "modified": "",
    "published": "date",
}
"""The names other programs use for the keys of this archive; an empty one is a key to pass over."""

_LISTS = {"author": "; ", "authors": "; ", "translator": "; ", "tags": ", "}
_OWN = frozenset({"source", "added", "corrections", "translation-of", "redirect-from", "quotes", "dashes", "accept"})
"""Keys with a meaning of their own in this archive: another program's key of that name is not taken."""


@dataclass(slots=True)
class ForeignText:
    """A Markdown source taken apart: header values by the archive's keys, and the text with its first line."""

    values: dict[str, str] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    notes: list[Note] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def read_foreign(text: str, name: str) -> ForeignText:
    """Separate the header of a Markdown source from its text; a source without a header is all text."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    fence = lines[start].strip()
    own = _read_own_header("\n".join(lines[start:]), name) if fence == FENCE else None
    if own is not None:
        return _collect(own[0], "\n".join(lines[start + own[1] - 1 :]), start + own[1], start + 1)
    if fence in _FENCES:
        end = next((at for at in range(start + 1, len(lines)) if lines[at].strip() in _ends_of(fence)), None)
        if end is None:
            return _refused(name, start + 1, f"the {_FENCES[fence]} header that begins with “{fence}” has no end")
        return _read_fenced(lines, start, end, fence, name)
    if _OWN_HEADER.match(lines[start]):
        return _read_plain_header(lines, start)
    return ForeignText(body="\n".join(lines[start:]), body_line=start + 1)


def _read_own_header(text: str, name: str) -> tuple[dict[str, tuple[str, ...]], int] | None:
    """Read a header between `---` lines that spells its keys as this archive does; None for one in YAML."""
    header = read_header(text, name)
    rows = text.split("\n")[1 : header.end_line - 1]
    keys = {row.partition(":")[0].rstrip() for row in rows if row[:1] not in (" ", "\t")}
    if header.problems or not keys <= set(KEYS.values()):
        return None
    return {item.key: item.values for item in header.fields.values()}, header.body_line


def _ends_of(fence: str) -> tuple[str, ...]:
    return ("---", "...") if fence == "---" else (fence,)


def _read_fenced(lines: list[str], start: int, end: int, fence: str, name: str) -> ForeignText:
    inside = "\n".join(lines[start + 1 : end]) + "\n"
    if len(inside) > _LONGEST or max(map(inside.count, "[{")) > _MOST_BRACKETS:
        return _refused(name, start + 1, f"the {_FENCES[fence]} header is too long or too deeply nested")
    try:
        header = _load_yaml(inside) if fence == "---" else tomllib.loads(inside)
    except (ValueError, RecursionError) as wrong:  # TOMLDecodeError is a ValueError
        return _refused(name, start + 1, f"the {_FENCES[fence]} header cannot be read ({_first_line(wrong)})")
    if not isinstance(header, Mapping):
        return _refused(name, start + 1, f"the {_FENCES[fence]} header is not a list of keys and values")
    return _collect(header, "\n".join(lines[end + 1 :]), end + 2, start + 1)


def _load_yaml(text: str) -> Any:
    """Read YAML with every value as typed: no dates, no numbers, nothing that could run code."""
    import yaml  # only an import needs it

    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # BaseLoader makes strings, lists and maps only
    except yaml.YAMLError as wrong:
        raise ValueError(str(wrong)) from None


def _read_plain_header(lines: list[str], start: int) -> ForeignText:
    """Read `Key: value` lines up to a blank line, as in Pelican, MultiMarkdown and this archive."""
    header: dict[str, str] = {}
    at, key = start, ""
    for at, line in enumerate(lines[start:], start=start):  # noqa: B007  # the end of the header is needed after
        if not line.strip():
            break
        if line[0] in " \t" and key:
            header[key] += f"; {line.strip()}"
        elif _OWN_HEADER.match(line):
            key, _, value = line.partition(":")
            header[key] = value.strip()
        else:
            return ForeignText(body="\n".join(lines[start:]), body_line=start + 1)
    return _collect(header, "\n".join(lines[at + 1 :]), at + 2, start + 1)


def _collect(header: Mapping[Any, Any], body: str, body_line: int, line: int) -> ForeignText:
    found = ForeignText(body=body, body_line=body_line)
    for name, value in header.items():
        key = _OUR_NAMES.get(str(name).lower(), str(name).lower())
        text = _as_text(value, _LISTS.get(key, "; "))
        if key == "draft" and text.lower() in ("true", "false"):
            key, text = "status", "draft" if text.lower() == "true" else "published"
        reason = _why_not(key, text, found.values)
        if reason:
            message = f"“{name}: {text}” of the header was not used: {reason}"
            found.notes.append(Note("header", message, Confidence.REVIEW, line))
        elif text:
            found.values[key] = text
    return found


def _why_not(key: str, text: str, taken: Mapping[str, str]) -> str:
    """Return why a value from another program's header cannot be used, or an empty string."""
    if key not in KEYS or key in _OWN:
        return "this archive has no such key" if key not in KEYS else "the import writes this key itself"
    if key in taken:
        return f"“{KEYS[key]}” already has a value"
    if key in ("date", "title") or not text:
        return ""
    if key == "lang":
        return "" if canonical_tag(text) else "it is not a language tag"
    try:
        READ[key][1](Field(KEYS[key], 1, (text,)))
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


def _first_line(wrong: Exception) -> str:
    return " ".join(str(wrong).split())[:100] or type(wrong).__name__


def _refused(name: str, line: int, what: str) -> ForeignText:
    message = f"{what}. Correct it, or delete the header and write its values by hand."
    return ForeignText(problems=[error(name, line, "import-header", message)])


_WORDS = re.compile(r"\w+")
_HEADING = re.compile(r"#\s+(?P<title>.*?)\s*#*\s*")


def read_markdown(text: str, recognised: RecognisedText, settings: ImportSettings) -> None:
    """Read Markdown: convert its header, leave its text as it is."""
    foreign = read_foreign(text.replace("\f", "\n"), recognised.name)
    if foreign.problems or not foreign.body.strip():
        message = "the file has a header but no text. Write the text below the header."
        recognised.problems += foreign.problems or [error(recognised.name, foreign.body_line, "empty", message)]
        return
    values, body = dict(foreign.values), foreign.body.strip("\n")
    lang = canonical_tag(values.pop("lang", "")) if not settings.lang else ""
    if not lang:
        lang, note = guess_language(body, settings)
        recognised.notes.append(note)
    recognised.lang = lang
    _take_markdown_title(recognised, values, body, foreign.body_line)
    _take_markdown_date(recognised, values, lang, settings)
    recognised.fields = {key: (value,) for key, value in values.items()}
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
        *foreign.notes, *find_links(body, foreign.body_line), *find_doubts(text, html, recognised.title, lang)
    ]  # fmt: skip


def _take_markdown_title(recognised: RecognisedText, values: dict[str, str], body: str, line: int) -> None:
    """Take the title from the header, else from a heading on the first line, else from the first words."""
    first, _, rest = body.partition("\n")
    heading = _HEADING.fullmatch(first.strip())
    title = values.pop("title", "")
    recognised.title, recognised.body = title, body
    if heading and heading["title"] and title in ("", heading["title"]) and rest.strip():
        recognised.title, recognised.body = re.sub(r"\\([^\w\s])", r"\1", heading["title"]), rest.strip("\n")
        recognised.corrections.append(f"The heading “{heading['title']}” became the title.")
        recognised.notes.append(Note("title", "the heading on the first line", Confidence.SURE, line))
    elif title:
        recognised.notes.append(Note("title", "from the header", Confidence.SURE))
    else:
        recognised.title = f"{shorten(' '.join(_WORDS.findall(body)[:12]), 60).rstrip('…')} …"
        message = f"none; the first words, “{recognised.title}”, are used. Write a better one"
        recognised.notes.append(Note("title", message, Confidence.REVIEW, line))


def _take_markdown_date(
    recognised: RecognisedText, values: dict[str, str], lang: str, settings: ImportSettings
) -> None:
    printed = values.pop("date", "")
    plain = re.sub(r"[T ]\d\d:\d\d.*$", "", printed)
    found = read_printed_date(plain, lang, settings.today) if plain else None
    if found:
        recognised.date = found.edtf
        remark = f": {found.remark}" if found.remark else ""
        message = f"{found.edtf}, from “{printed}” of the header{remark}"
        recognised.notes.append(Note("date", message, found.confidence))
    else:
        what = f"“{printed}” of the header could not be read" if printed else "none found"
        recognised.notes.append(Note("date", f"{what}; add one if you know it", Confidence.REVIEW))
