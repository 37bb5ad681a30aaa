"""A reading → a leaflet: its slug, category and place in the archive, and the bytes of its file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from press.diagnostics import Diagnostic, error
from press.editor.importing.inventory import Identity, Shelf
from press.editor.importing.recognised import Note, Reading, Setting, Sureness
from press.model.dates import Precision, parse_date
from press.model.entry import make_entry
from press.model.header import KEYS, read_header, split_source
from press.model.slugs import LONGEST, is_slug, make_slug
from press.validate.limits import find_excess
from press.validate.text import read_text


def place(reading: Reading, shelf: Shelf, setting: Setting, category: str) -> tuple[str, str]:
    """Give a leaflet's path below the content folder and its text, and enter both on the shelf.

    `category` is what the archivist named; else the reading's own, else the folder that the source stood in. What was
    settled is added to the reading's notes; problems are in `reading.problems`, the path is then empty.
    """
    fields = {KEYS[key.lower()]: values for key, values in reading.fields.items()}
    fields["Category"] = tuple(_settle_category(reading, shelf, category, fields.pop("Category", ())))
    slug, path = _settle_slug(reading, shelf, fields.pop("Slug", ("",))[0])
    text = compose(reading, {**fields, "Slug": (slug,), "Added": (setting.today,)})
    reading.problems += find_problems(text, path, reading)
    if reading.problems:
        return "", ""
    if reading.words in shelf.words:
        said = f"the same words as {shelf.words[reading.words]}: is it the same text?"
        reading.notes.append(Note("twice", said, Sureness.LOOK))
    shelf.slugs.add(slug)
    shelf.paths.add(path)
    shelf.sources[reading.sha256] = path
    shelf.words.setdefault(reading.words, path)
    for name in fields["Category"]:
        shelf.categories.setdefault(make_slug(name), name)
    return path, text


def identify(reading: Reading) -> Identity:
    """Give what makes a text the same as another; marks may differ."""
    return reading.words, make_slug(reading.title), reading.date


def compose(reading: Reading, fields: dict[str, tuple[str, ...]]) -> str:
    """Write a leaflet: the header in the order of the keys, a blank line, the text."""
    rows: dict[str, tuple[str, ...]] = {
        **fields,
        "Title": (reading.title,),
        "Date": (reading.date,),
        "Lang": (reading.lang,),
        "Source": (f"{_printable(reading.name)} (sha256 {reading.sha256})",),
        "Corrections": tuple(reading.corrections),
    }
    lines = []
    for key in KEYS.values():
        values = [_printable(value) for value in rows.get(key, ()) if value.strip()]
        if len(values) == 1 and key != "Corrections":
            lines.append(f"{key}: {values[0]}")
        elif values:
            lines += [f"{key}:", *(f"    {value}" for value in values)]
    return "\n".join(lines) + "\n\n" + reading.body


def find_problems(text: str, path: str, reading: Reading) -> Iterator[Diagnostic]:
    """Pass a leaflet through the gate before it is written: it must stand there as it was read."""
    problems = read_text(text.encode(), reading.name)[1]
    header = read_header(text, reading.name)
    body = split_source(text, header.body_line)
    known = {"source": path, "is_page": False, "body_line": header.body_line, "sha256": reading.sha256}
    entry, wrong = make_entry(header.fields, reading.name, lang=reading.lang, known=known)
    yield from [*problems, *header.problems, *wrong, *find_excess(body, header.body_line, reading.name)]
    if entry and (" ".join(entry.title.split()) != " ".join(reading.title.split()) or body != reading.body):
        message = "title or text would not come back as they were read. BuildReport this with the file."
        yield error(reading.name, 0, "words-lost", message)


def settle_date(reading: Reading, setting: Setting) -> None:
    """Take a date that has not come yet for a slip."""
    date = parse_date(reading.date)
    if date.precision is not Precision.UNDATED and date.first > datetime.date.fromisoformat(setting.today):
        said = f"{reading.date} has not come yet, so the text is undated; write the right date"
        reading.notes.append(Note("date", said, Sureness.LOOK))
        reading.date = "undated"


def _settle_category(reading: Reading, shelf: Shelf, named: str, own: tuple[str, ...]) -> Iterator[str]:
    """Yield the category, spelled as the archive spells it; none where nothing names one."""
    folders = [part for part in reading.name.split("/")[:-1] if make_slug(part) and not part[:4].isdigit()]
    choices = [(named, "as you said"), (own[0] if own else "", "from the header")]
    choices.append((folders[-1] if folders else "", "from the folder"))
    for wanted, why in choices:
        if wanted:
            name = shelf.categories.get(make_slug(wanted), wanted)
            sure = Sureness.LIKELY if why == "from the folder" else Sureness.SURE
            reading.notes.append(Note("category", f"{name}, {why}", sure))
            yield name
            return
    reading.notes.append(Note("category", "none; write one, or import with --category", Sureness.LOOK))


def _settle_slug(reading: Reading, shelf: Shelf, own: str) -> tuple[str, str]:
    """Give a slug that is free, the title's, with the date where that is taken, and the path of the file."""
    date = parse_date(reading.date)
    made = own if is_slug(own) else make_slug(reading.title) or f"leaflet-{reading.sha256[:8]}"
    folder = date.group or f"{date.first.year:04d}"
    for ending in _endings(reading.date):
        slug = made[: LONGEST - len(ending)].rstrip("-") + ending
        path = f"leaflets/{folder}/{slug}.md"
        if slug not in shelf.slugs and path not in shelf.paths:
            break
    if ending:
        said = f"{slug}, since {made} is taken"
        reading.notes.append(Note("slug", said, Sureness.LOOK))
    return slug, path


def _endings(date: str) -> Iterator[str]:
    dated = f"-{make_slug(date)}"
    yield ""
    yield dated
    number = 2
    while True:
        yield f"{dated}-{number}"
        number += 1


def _printable(value: str) -> str:
    """Show what cannot be printed in a file's name as escapes, on one line."""
    return "".join(c if c.isprintable() or c.isspace() else ascii(c)[1:-1] for c in " ".join(value.split(" ")))
