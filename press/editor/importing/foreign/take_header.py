"""What a header says → values by the keys of this archive; words that fit no key are kept as notes of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.foreign.foreign_header import ForeignText
from press.editor.importing.foreign.header_forms import ForeignField
from press.editor.importing.foreign.header_keys import FOR_READERS, ONLY_OURS, OUR_NAMES, PROGRAM_KEYS, is_known_date
from press.editor.importing.foreign.header_proof import list_texts
from press.editor.importing.plain.lines import make_printable
from press.editor.importing.printed_dates import read_printed_date
from press.model.dates import parse_date
from press.model.entry import READ
from press.model.header import KEYS, Field
from press.model.languages import canonical_tag
from press.model.slugs import split_words
from press.model.values import WrongValue

_AUTHORS = frozenset({"author", "authors"})
"""Two keys for one thing: of another program’s header the first is used."""
_PEOPLE = frozenset({"author", "authors", "translator"})
_LISTS = {"author": "; ", "authors": "; ", "translator": "; ", "tags": ", "}
_ONE_A_LINE = frozenset({"accept", "corrections", "imported", "redirect-from"})
_OWN = frozenset({"source", "added", "featured", "quotes", "dashes"})
"""Keys with a meaning of their own in this archive: another program's key of that name is not taken."""
_SECTIONS = frozenset({"extra", "meta", "metadata", "params", "taxonomies"})
"""Tables in which other programs keep further keys."""

_NAME_PARTS = (("name",), ("literal",), ("given", "family"), ("first", "last"), ("firstname", "lastname"), ("title",))
"""The keys of a person, in the order in which the name is written."""

_ADDRESSES = frozenset({"avatar", "email", "github", "homepage", "image", "orcid", "twitter", "url", "website"})
"""Where to find a person today: no words of a pamphlet, and nothing to publish unasked."""

Values = dict[str, tuple[str, ...]]


@dataclass(slots=True)
class TakenHeader:
    """The values of a header by the archive's keys, the line of each, and what is noted."""

    values: Values = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    """Keys that this archive lacks or cannot use, with their values, of which readers may want to know."""
    unshown: list[tuple[str, str]] = field(default_factory=list)
    """The same, of which only the archive wants to know: who typed a text, where it was copied from."""


def take_header(foreign: ForeignText) -> TakenHeader:
    """Sort the fields of a header into values of this archive and words to keep; each that is not used is noted."""
    taken = TakenHeader(notes=list(foreign.notes))
    ours = foreign.own or any(name.lower() in ONLY_OURS for name, _, _ in foreign.fields)
    for name, value, line in foreign.fields if foreign.own else _flatten(foreign.fields):
        key = name.lower() if foreign.own else OUR_NAMES.get(name.lower(), name.lower())
        stated, further = (value, "") if foreign.own or key not in _PEOPLE else _take_names(value)
        values = tuple(filter(None, _as_values(stated, key, own=foreign.own)))
        text = "; ".join(values)
        if key == "draft" and text.lower() in ("true", "false"):
            key, values = "status", ("draft" if text.lower() == "true" else "published",)
        reason = _why_not(key, values, taken.values, ours=ours)
        if reason:
            _note_unused(taken, name, text, reason, line)
        elif values:
            taken.values[key], taken.lines[key] = values, line
        if further:
            _note_unused(taken, name, further, "it is more than a name", line)
    return taken


def find_lost_value(taken: TakenHeader, foreign: ForeignText) -> ForeignField | None:
    """Find a field with a word that is in no value and in no note: one nested too deep to be shown."""
    shown = [value for values in taken.values.values() for value in values]
    known = _words_of(" ".join([*shown, *(note.message for note in taken.notes)]))
    for item in () if foreign.own else _flatten(foreign.fields):
        people = OUR_NAMES.get(item.name.lower(), item.name.lower()) in _PEOPLE
        if (
            item.name.lower() not in PROGRAM_KEYS
            and not people
            and _words_of(" ".join(list_texts(item.value))) - known
        ):
            return item
    return None


def _note_unused(taken: TakenHeader, name: str, text: str, reason: str, line: int) -> None:
    message = f"“{name}: {text}” of the header was not used: {reason}"
    taken.notes.append(Note("header", message, Confidence.REVIEW, line))
    if name.lower() in PROGRAM_KEYS or not text:
        return
    known = OUR_NAMES.get(name.lower(), name.lower()) in KEYS.keys() - _PEOPLE - _OWN or name.lower() in FOR_READERS
    (taken.kept if known else taken.unshown).append((name, text))


def keep_unused(taken: TakenHeader, title: str) -> list[str]:
    """Write what fits no key and is for readers under `Notes:`; return the rest, a line each, for `Imported:`.

    What has no word beside those of the title and of values that were taken is left out.
    """
    known = [title, *(value for values in taken.values.values() for value in values)]
    words = set(split_words(" ".join(known).casefold()))
    kept, unshown = (
        [f"{name[:1].upper()}{name[1:]}: {text}" for name, text in pairs if _words_of(text) - words]
        for pairs in (taken.kept, taken.unshown)
    )
    if kept:
        taken.values["notes"] = (*taken.values.get("notes", ()), *kept)
    for found, where in ((kept, "“Notes:”, which readers see"), (unshown, "“Imported:”, which nobody is shown")):
        if found:
            message = f"{len(found)} {'value' if len(found) == 1 else 'values'} of the header kept under {where}"
            taken.notes.append(Note("header", message, Confidence.REVIEW))
    return [f"Header: {line}" for line in unshown]


def _words_of(text: str) -> set[str]:
    return set(split_words(text.casefold()))


def take_date(taken: TakenHeader, name: str, lang: str, today: str) -> tuple[str, Note]:
    """Return the date of a header as the archive writes it, or that in the file's name, `2012-05-03-the-harbour.md`.

    A date that cannot be read is kept among the words that fit no key.
    """
    printed, line = " ".join(taken.values.pop("date", ())), taken.lines.get("date", 0)
    plain = re.sub(r"[T ]\d\d:\d\d.*$", "", printed)
    found = read_printed_date(plain, lang, today) if plain else None
    if is_known_date(printed):
        edtf = parse_date(printed).edtf or "undated"
        return edtf, Note("date", f"{edtf}, from the header", Confidence.SURE, line)
    if found:
        remark = f": {found.remark}" if found.remark else ""
        message = f"{found.edtf}, from “{printed}” of the header{remark}"
        return found.edtf, Note("date", message, found.confidence, line)
    if printed:
        taken.kept.append(("Date", printed))
        what = f"“{printed}” of the header could not be read"
        return "undated", Note("date", f"{what}; add one if you know it", Confidence.REVIEW, line)
    in_name = re.match(r"(?:.*/)?(\d{4}-\d\d-\d\d)(?=[-_. ])", name)
    if in_name and is_known_date(in_name[1]):
        message = f"{in_name[1]}, from the name of the file alone: is it that of the leaflet, or when it was put up?"
        return in_name[1], Note("date", message, Confidence.REVIEW)
    return "undated", Note("date", "none found; add one if you know it", Confidence.REVIEW, line)


def _flatten(fields: Iterable[ForeignField]) -> Iterator[ForeignField]:
    """Yield the keys of a table such as `[params]` as keys of the header."""
    for item in fields:
        if item.name.lower() in _SECTIONS and isinstance(item.value, Mapping):
            yield from (ForeignField(str(name), value, item.line) for name, value in item.value.items())
        else:
            yield item


def _take_names(value: Any) -> tuple[Any, str]:
    """Return the names of people, and what is said of them beside their names: `affiliation: …`."""
    if isinstance(value, Mapping):
        names, further = _take_name(value)
        return (names, further) if names else (value, "")
    if not isinstance(value, list):
        return value, ""
    pairs = [_take_name(item) if isinstance(item, Mapping) else (_as_text(item, ", ", 1), "") for item in value]
    if not all(name for name, _ in pairs):
        return value, ""
    return [name for name, _ in pairs], "; ".join(further for _, further in pairs if further)


def _take_name(person: Mapping[str, Any]) -> tuple[str, str]:
    """Return the name in a map of a person, and its other entries; no name if the map has none."""
    lower = {str(key).lower(): key for key in person}
    for parts in _NAME_PARTS:
        if all(part in lower and isinstance(person[lower[part]], str) for part in parts):
            name = " ".join(person[lower[part]].strip() for part in parts)
            known = {*parts, *_ADDRESSES}
            further = {key: item for key, item in person.items() if str(key).lower() not in known}
            return make_printable(" ".join(name.split())), _as_text(further, ", ") if further else ""
    return "", ""


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
