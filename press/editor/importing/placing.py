"""A recognised text → a leaflet: its slug, its category, its path in the archive, and the text of its file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from press.diagnostics import Diagnostic, error
from press.editor.importing.data_model import Confidence, ImportSettings, Note, RecognisedText
from press.editor.importing.inventory import Identity, Inventory, find_old_slugs
from press.editor.importing.plain.lines import make_printable
from press.model.dates import Precision, parse_date
from press.model.entry import make_entry
from press.model.header import KEYS, read_header, split_source
from press.model.slugs import LONGEST_SLUG, is_slug, make_slug
from press.validate.limits import find_excess
from press.validate.text import check_text

_JOINED = re.compile(r"\w[-_]\w")


def place(
    recognised: RecognisedText, inventory: Inventory, settings: ImportSettings, category: str
) -> tuple[str, str]:
    """Return a leaflet's path below the content folder and the text of its file; enter it in the inventory.

    The category is `category`, else that of the source's header, else the name of the source's folder. Choices are
    added to the notes of the recognised text, and problems to its `problems`; path and text are then empty.
    """
    fields = {KEYS[key.lower()]: values for key, values in recognised.fields.items()}
    fields["Category"] = tuple(_settle_category(recognised, inventory, category, fields.pop("Category", ())))
    slug, path = _settle_slug(recognised, inventory, fields.pop("Slug", ("",))[0])
    added = _settle_added(recognised, fields.pop("Added", ()), settings.today)
    _settle_pictures(recognised, inventory, slug)
    text = compose_leaflet(recognised, {**fields, "Slug": (slug,), "Added": (added,)})
    recognised.problems += find_problems(text, path, recognised)
    if recognised.problems:
        return "", ""
    if recognised.words in inventory.words:
        message = f"has the same words as {inventory.words[recognised.words]}: is it the same text?"
        recognised.notes.append(Note("twice", message, Confidence.REVIEW))
    inventory.slugs |= {slug, *find_old_slugs(fields.get("Redirect-from", ()))}
    inventory.paths.add(path)
    inventory.sources[recognised.sha256] = path
    inventory.words.setdefault(recognised.words, path)
    for name in fields["Category"]:
        inventory.categories.setdefault(make_slug(name), name)
    return path, text


def identify(recognised: RecognisedText) -> Identity:
    """Return the identity of a text; two texts that differ only in their marks have the same."""
    return recognised.words, make_slug(recognised.title), recognised.date


def compose_leaflet(recognised: RecognisedText, fields: dict[str, tuple[str, ...]]) -> str:
    """Return the file of a leaflet: the header in the order of KEYS, a blank line, the text.

    `Imported:` is for the archive alone: the name of the source, its SHA-256, and what the import changed. A leaflet
    that comes from an archive and is imported into another keeps what it says there already.
    """
    rows: dict[str, tuple[str, ...]] = {
        **fields,
        "Title": (recognised.title,),
        "Date": (recognised.date,),
        "Lang": (recognised.lang,),
        "Imported": (
            *fields.get("Imported", ()),
            f"{recognised.name} (sha256 {recognised.sha256})",
            *recognised.corrections,
        ),
    }
    lines = []
    for key in KEYS.values():
        values = [make_printable(value) for value in rows.get(key, ()) if value.strip()]
        if len(values) == 1 and key not in ("Corrections", "Imported"):
            lines.append(f"{key}: {values[0]}")
        elif values:
            lines += [f"{key}:", *(f"    {value}" for value in values)]
    return "\n".join(lines) + "\n\n" + recognised.body


def find_problems(text: str, path: str, recognised: RecognisedText) -> Iterator[Diagnostic]:
    """Validate a leaflet before it is written, and check that it reads back as it was recognised."""
    problems = check_text(text.encode(), recognised.name)[1]
    header = read_header(text, recognised.name)
    body = split_source(text, header.body_line)
    known = {"source": path, "is_page": False, "body_line": header.body_line}
    entry, wrong = make_entry(header.fields, recognised.name, lang=recognised.lang, known=known)
    for problem in [*problems, *header.problems, *wrong, *find_excess(body, header.body_line, recognised.name)]:
        above = [key for key, item in header.fields.items() if item.line <= problem.line < header.body_line]
        line = recognised.lines.get(above[-1], 0) if above else 0
        yield replace(problem, line=line)  # of the source, which has its values on other lines than the leaflet
    if entry and (" ".join(entry.title.split()) != " ".join(recognised.title.split()) or body != recognised.body):
        message = "the leaflet would not read back as it was written. Add this text by hand, and report the file."
        yield error(recognised.name, 0, "words-lost", message)


def settle_date(recognised: RecognisedText, settings: ImportSettings) -> None:
    """Drop a date in the future, which must be a mistake."""
    date = parse_date(recognised.date)
    if date.precision is not Precision.UNDATED and date.first > datetime.date.fromisoformat(settings.today):
        message = f"{recognised.date} is in the future, so the text is undated; write the right date"
        recognised.notes.append(Note("date", message, Confidence.REVIEW))
        recognised.date = "undated"


def _settle_added(recognised: RecognisedText, own: tuple[str, ...], today: str) -> str:
    """Return the date added: that of the source’s own header, unless it is in the future, or today."""
    if own and own[0] > today:
        message = f"{own[0]} is in the future, so {today} is used"
        recognised.notes.append(Note("added", message, Confidence.REVIEW, recognised.lines.get("added", 0)))
    return own[0] if own and own[0] <= today else today


def _settle_category(
    recognised: RecognisedText, inventory: Inventory, named: str, own: tuple[str, ...]
) -> Iterator[str]:
    """Yield the category, spelled as in the archive; nothing if neither option, header nor folder names one.

    `box-of-my-uncle` is no name that readers should see: such a folder counts only if the archive has that category.
    """
    folders = [part for part in recognised.name.split("/")[:-1] if make_slug(part) and not part[:4].isdigit()]
    folder = folders[-1] if folders else ""
    private = _is_file_name(folder) and make_slug(folder) not in inventory.categories
    choices = [(named, "as given by --category"), (own[0] if own else "", "from the header")]
    choices.append(("" if private else folder, "from the folder"))
    for wanted, why in choices:
        if wanted:
            name = inventory.categories.get(make_slug(wanted), wanted)
            sure = Confidence.LIKELY if why == "from the folder" else Confidence.SURE
            recognised.notes.append(Note("category", f"{name}, {why}", sure))
            yield name
            return
    why = f"; the folder “{folder}” has the name of a file, which readers should not see" if private else ""
    message = f"none{why}; add one, or import with --category"
    recognised.notes.append(Note("category", message, Confidence.REVIEW))


def _is_file_name(folder: str) -> bool:
    """Tell a folder that is named as files are, small words joined by hyphens, from one named as a category is."""
    return bool(_JOINED.search(folder)) and folder == folder.lower() and " " not in folder


def _settle_slug(recognised: RecognisedText, inventory: Inventory, own: str) -> tuple[str, str]:
    """Return a free slug, made from the title and if that is taken from the date as well, and the file's path."""
    date = parse_date(recognised.date)
    made = own if is_slug(own) else make_slug(recognised.title) or f"leaflet-{recognised.sha256[:8]}"
    folder = date.group or f"{date.first.year:04d}"
    for ending in _endings(recognised.date):
        slug = made[: LONGEST_SLUG - len(ending)].rstrip("-") + ending
        path = f"leaflets/{folder}/{slug}.md"
        if slug not in inventory.slugs and path not in inventory.paths:
            break
    if ending:
        message = f"{slug}, because {made} is taken"
        recognised.notes.append(Note("slug", message, Confidence.REVIEW))
    return slug, path


def _settle_pictures(recognised: RecognisedText, inventory: Inventory, slug: str) -> None:
    """Give each picture a path that is free in the archive, `images/<slug>-1.png`, and write it in the text."""
    paths: dict[str, str] = {}
    number = 0
    for name in recognised.pictures:
        while name not in paths or paths[name] in inventory.statics:
            number += 1
            paths[name] = f"images/{slug}-{number}{PurePosixPath(name).suffix}"
    if not paths:
        return
    names = "|".join(map(re.escape, sorted(paths, key=len, reverse=True)))
    shown = re.compile(rf"(?<=\(\{{static\}}/)images/({names})")  # all at once: a new name may be another's old one
    recognised.body = shown.sub(lambda name: paths[name[1]], recognised.body)
    recognised.notes = [
        replace(note, message=re.sub(names, lambda name: paths[name[0]], note.message)) for note in recognised.notes
    ]
    recognised.pictures = {paths[name]: data for name, data in recognised.pictures.items()}
    inventory.statics |= recognised.pictures.keys()


def _endings(date: str) -> Iterator[str]:
    dated = f"-{make_slug(date)}"
    yield ""
    yield dated
    number = 2
    while True:
        yield f"{dated}-{number}"
        number += 1
