"""Markdown of other programs → a reading: the header becomes ours, the text stays as it is."""

from __future__ import annotations

import re

from lxml import html as lxml_html

from press.diagnostics import error
from press.editor.importing.doubts import find_doubts, find_links
from press.editor.importing.escaping import render
from press.editor.importing.foreign import read_foreign
from press.editor.importing.guess_language import tell_language
from press.editor.importing.inventory import hash_words
from press.editor.importing.lines import shorten
from press.editor.importing.printed_dates import read_date
from press.editor.importing.recognised import Note, Reading, Setting, Sureness
from press.model.languages import canonical_tag

_WORDS = re.compile(r"\w+")
_HEADING = re.compile(r"#\s+(?P<title>.*?)\s*#*\s*")


def read_markdown(text: str, reading: Reading, setting: Setting) -> None:
    """Read Markdown: its header becomes ours, its text stays as it is."""
    foreign = read_foreign(text.replace("\f", "\n"), reading.name)
    if foreign.problems or not foreign.body.strip():
        message = "the file has a header and no text. Write the text below the header."
        reading.problems += foreign.problems or [error(reading.name, foreign.body_line, "empty", message)]
        return
    values, body = dict(foreign.values), foreign.body.strip("\n")
    lang = canonical_tag(values.pop("lang", "")) if not setting.lang else ""
    if not lang:
        lang, note = tell_language(body, setting)
        reading.notes.append(note)
    reading.lang = lang
    _take_markdown_title(reading, values, body, foreign.body_line)
    _take_markdown_date(reading, values, lang, setting)
    reading.fields = {key: (value,) for key, value in values.items()}
    reading.body = reading.body + "\n"
    html = render(reading.body, setting.extensions, setting.extension_configs)
    shown = lxml_html.fragment_fromstring(html, create_parent="div").text_content()
    reading.words = hash_words(shown)
    reading.notes += [
        *foreign.notes, *find_links(body, foreign.body_line), *find_doubts(text, html, reading.title, lang)
    ]  # fmt: skip


def _take_markdown_title(reading: Reading, values: dict[str, str], body: str, line: int) -> None:
    """Take the title from the header, else from a heading on the first line, else from the first words."""
    first, _, rest = body.partition("\n")
    heading = _HEADING.fullmatch(first.strip())
    title = values.pop("title", "")
    reading.title, reading.body = title, body
    if heading and heading["title"] and title in ("", heading["title"]) and rest.strip():
        reading.title, reading.body = re.sub(r"\\([^\w\s])", r"\1", heading["title"]), rest.strip("\n")
        reading.corrections.append(f"The heading “{heading['title']}” became the title.")
        reading.notes.append(Note("title", "the heading on the first line", Sureness.SURE, line))
    elif title:
        reading.notes.append(Note("title", "from the header", Sureness.SURE))
    else:
        reading.title = f"{shorten(' '.join(_WORDS.findall(body)[:12]), 60).rstrip('…')} …"
        said = f"none: the first words, “{reading.title}”, stand for one; write a better"
        reading.notes.append(Note("title", said, Sureness.LOOK, line))


def _take_markdown_date(reading: Reading, values: dict[str, str], lang: str, setting: Setting) -> None:
    said = values.pop("date", "")
    plain = re.sub(r"[T ]\d\d:\d\d.*$", "", said)
    found = read_date(plain, lang, setting.today) if plain else None
    if found:
        reading.date = found.edtf
        remark = f": {found.remark}" if found.remark else ""
        reading.notes.append(Note("date", f"{found.edtf}, from “{said}” of the header{remark}", found.sureness))
    else:
        what = f"“{said}” of the header could not be read" if said else "none found"
        reading.notes.append(Note("date", f"{what}; write one if you know it", Sureness.LOOK))
