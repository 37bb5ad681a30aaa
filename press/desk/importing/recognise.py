"""One source → its reading: what it says, in Markdown and metadata, with everything that was noticed on the way."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Sequence
from typing import Any

from lxml import html as lxml_html

from press.catalogue.languages import canonical_tag
from press.desk.importing import corrections
from press.desk.importing.account import find_lost_words
from press.desk.importing.dates import read_date
from press.desk.importing.decoding import decode_source
from press.desk.importing.doubts import find_doubts, find_headings, find_links, find_second_leaflet
from press.desk.importing.escaping import escape_paragraph, find_difference, render
from press.desk.importing.findings import Gap, Note, Paragraph, Reading, Setting, Sureness
from press.desk.importing.foreign import read_foreign
from press.desk.importing.furniture import clear_furniture
from press.desk.importing.hyphens import Words
from press.desk.importing.lines import (
    begins_in_lower_case,
    breaks_sentence,
    close_up,
    shorten,
    shorten_end,
    split_blocks,
    split_lines,
)
from press.desk.importing.opening import read_head
from press.desk.importing.paragraphs import Weaver
from press.desk.importing.shelf import hash_words
from press.faults import Fault, error

MARKDOWN_TYPES = (".md", ".markdown")
_WORDS = re.compile(r"\w+")
_HEADING = re.compile(r"#\s+(?P<title>.*?)\s*#*\s*")
_SAMPLE = 2000
"""Characters from which a language is told."""
_ENOUGH = 60
"""Characters of a paragraph that is surely one, and no salutation."""


def read_source(data: bytes, name: str, setting: Setting) -> Reading:
    """Read a source; `name` is its path as the archivist named it. Never raises for what it holds."""
    reading = Reading(name, hashlib.sha256(data).hexdigest())
    text, notes, reading.faults = decode_source(data, name)
    if reading.faults:
        return reading
    reading.notes += notes
    if name.lower().endswith(MARKDOWN_TYPES):
        _read_markdown(text, reading, setting)
    else:
        _read_plain(text, reading, setting)
    return reading


def _read_plain(text: str, reading: Reading, setting: Setting) -> None:
    """Read plain text: furniture out, head off, lines to paragraphs, and the proof that no word is lost."""
    lines = split_lines(text)
    furniture = clear_furniture(lines)
    if not furniture.lines:
        reading.faults.append(error(reading.name, 1, "empty", "the file has no text but page numbers. Leave it out."))
        return
    lang = _tell_language(text, reading, setting)
    head = read_head(furniture.lines, reading.name, lang, setting.today)
    if not head.lines:
        said = "the file has a title and no text. Write the text, or leave the file out."
        reading.faults.append(error(reading.name, 1, "empty", said))
        return
    closed = close_up(head.lines)
    blocks = list(split_blocks(closed))
    weaver = Weaver(blocks, Words(furniture.lines))
    woven = [paragraph for block in blocks for paragraph in weaver.weave(block)]
    ends = {block[0].number: block[-1].number for block in blocks}
    paragraphs, joints = join_broken_paragraphs(woven, weaver, ends)
    removals = [*furniture.removals, *head.removals]
    reading.title, reading.date = head.opening.title, head.opening.date
    reading.fields = {"Place": (head.opening.place,)} if head.opening.place else {}
    reading.body = "\n\n".join(escape_paragraph(paragraph.lines) for paragraph in paragraphs) + "\n"
    html = render(reading.body, setting.extensions, setting.extension_configs)
    shown = [line for paragraph in paragraphs for line in paragraph.lines]
    lost = find_difference(html, paragraphs) or find_lost_words(
        text.replace("\f", " "), head.opening, removals, weaver.seams, " ".join(shown)
    )
    if lost:
        reading.faults.append(_lost(reading.name, lost))
        return
    reading.words = hash_words(" ".join(shown))
    reading.corrections = corrections.tell_corrections(head.opening, removals, weaver, joints)
    if closed != head.lines:
        said = "a blank line stands after almost every line, as in a typescript: the text was closed up"
        reading.notes.append(Note("lines", said, Sureness.LOOK, closed[0].number))
        reading.corrections.append("The blank lines between the lines of a typescript taken out.")
    reading.notes += [
        *furniture.notes, *head.notes, *weaver.notes, *corrections.tell_changes(removals, weaver, joints),
        *find_second_leaflet(paragraphs, setting, lang), *find_headings(paragraphs),
        *find_doubts(text, html, reading.title, lang),
    ]  # fmt: skip


def join_broken_paragraphs(
    paragraphs: Sequence[Paragraph], weaver: Weaver, ends: dict[int, int]
) -> tuple[list[Paragraph], list[Note]]:
    """Join halves of a paragraph: one that ends in mid-sentence and one that begins with a small letter.

    Sure where the first half is long or a page ended between them; else both stay, and a note says so. `ends` gives
    the number of the last line of the block that begins on a line.
    """
    joined: list[Paragraph] = []
    notes: list[Note] = []
    last = 0
    for paragraph in paragraphs:
        before = joined[-1] if joined else None
        if before and _is_broken(before, paragraph):
            shown = shorten_end(before.lines[-1])
            if _is_sure(before, paragraph):
                notes.append(Note("joined", shown, Sureness.LOOK, paragraph.first))
                text = weaver.join_paragraphs(before, paragraph, last)
                joined[-1] = Paragraph([text], before.first, before.gap)
                last = ends.get(paragraph.first, paragraph.first)
                continue
            said = f"“{shown}” and “{shorten(paragraph.lines[0])}” may be one paragraph; they stayed two"
            notes.append(Note("lines", said, Sureness.LOOK, paragraph.first))
        joined.append(paragraph)
        last = ends.get(paragraph.first, paragraph.first)
    return joined, notes


def _is_broken(before: Paragraph, after: Paragraph) -> bool:
    one_line = not before.kept and not after.kept and len(before.lines) == len(after.lines) == 1
    return one_line and breaks_sentence(before.lines[0], after.lines[0])


def _is_sure(before: Paragraph, after: Paragraph) -> bool:
    if after.gap is Gap.PAGE:
        return True
    return min(len(before.lines[0]), len(after.lines[0])) >= _ENOUGH and begins_in_lower_case(after.lines[0])


def _read_markdown(text: str, reading: Reading, setting: Setting) -> None:
    """Read Markdown: its header becomes ours, its text stays as it is."""
    foreign = read_foreign(text.replace("\f", "\n"), reading.name)
    if foreign.faults or not foreign.body.strip():
        message = "the file has a header and no text. Write the text below the header."
        reading.faults += foreign.faults or [error(reading.name, foreign.body_line, "empty", message)]
        return
    values, body = dict(foreign.values), foreign.body.strip("\n")
    lang = canonical_tag(values.pop("lang", "")) if not setting.lang else ""
    lang = lang or _tell_language(body, reading, setting)
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


def _tell_language(text: str, reading: Reading, setting: Setting) -> str:
    """Tell the language of a text, and how sure that is; the site's own where the text is too short."""
    if setting.lang:
        reading.lang = setting.lang
        reading.notes.append(Note("language", f"{setting.lang}, as you said", Sureness.SURE))
        return setting.lang
    code, trust = _identifier().classify(text[:_SAMPLE])
    words = len(text.split())
    tag = canonical_tag(str(code))
    if not tag or trust < 0.8 or (words < 10 and trust < 0.98):
        reading.lang = setting.site_lang
        said = f"{setting.site_lang}, the site’s: the text is too short or too mixed to tell ({code}, {trust:.0%})"
        reading.notes.append(Note("language", said, Sureness.LOOK))
    else:
        reading.lang = tag
        alike = tag == setting.site_lang.partition("-")[0]
        reading.lang = setting.site_lang if alike else tag
        sure = Sureness.LIKELY if trust > 0.95 and words >= 20 else Sureness.LOOK
        sure = Sureness.SURE if alike and trust > 0.95 else sure
        reading.notes.append(Note("language", f"{reading.lang}, guessed from the words ({trust:.0%})", sure))
    return reading.lang


def load_languages(setting: Setting) -> None:
    """Load what all texts need, so that workers that are started after share it."""
    if not setting.lang:
        _identifier()


@functools.cache
def _identifier() -> Any:
    """Load the tables of languages: once for each process, since it takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # only an import needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _lost(name: str, lost: str) -> Fault:
    message = f"the import would change the words: {lost}. Import it by hand, and report this with the file."
    return error(name, 0, "words-lost", message)
