"""`inv check`: the gate, a rehearsal of the build, and the house style of texts, as one list of faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from press.build import Order, read_settings, rehearse, survey_texts
from press.catalogue.entry import Entry
from press.catalogue.header import read_header, split_source
from press.desk.lint.pages import find_straight_marks
from press.desk.lint.rules import RULES, lint, make_fault
from press.desk.lint.subject import Subject, mask_markup
from press.faults import Fault, Refused
from press.gate import Survey
from press.gate.exceptions import drop_accepted, find_idle_exceptions
from press.gate.texts import decode
from press.naming import show_path


def examine(order: Order) -> list[Fault]:
    """Give all that can be said of a collection, errors too, sorted. Raises Refused for unreadable settings."""
    settings = read_settings(order)
    survey = survey_texts(order, settings)
    faults = [fault for entry in survey.entries for fault in lint_entry(order, entry)]
    try:
        faults += rehearse(order, look_at_pages)
    except Refused as refused:
        faults += [*refused.faults, *(fault for fault in survey.faults if fault not in refused.faults)]
    found: dict[str, set[str]] = {}
    for fault in faults:
        found.setdefault(fault.path, set()).add(fault.rule)
    accepted = {show_path(order.content / e.source): e.accept for e in survey.entries}
    idle = [f for e in survey.entries if e.accept for f in _find_idle(order, e, found)]
    return sorted(drop_accepted([*faults, *idle], accepted))


def lint_entry(order: Order, entry: Entry) -> Iterator[Fault]:
    """Look at one text by the rules of the style."""
    text = decode((order.content / entry.source).read_bytes())
    yield from lint(take_subject(text, entry), show_path(order.content / entry.source))


def take_subject(text: str, entry: Entry) -> Subject:
    """Make of a source what the rules look at."""
    header = read_header(text, entry.source, page=entry.is_page)
    lines = {key: item.line for key, item in header.fields.items()}
    return Subject(entry, mask_markup(split_source(text, entry.body_line)), lines)


def look_at_pages(order: Order, survey: Survey, tree: Path) -> list[Fault]:
    """Look at the finished page of every published leaflet."""
    faults = []
    for entry in [*survey.archive.leaflets, *survey.archive.pages]:
        path = order.content / entry.source
        if entry.quotes:
            page = (tree / entry.url / "index.html").read_bytes()
            found = find_straight_marks(page, decode(path.read_bytes()), entry.body_line)
            faults += [make_fault(show_path(path), finding, "straight-mark") for finding in found]
    return faults


def _find_idle(order: Order, entry: Entry, found: dict[str, set[str]]) -> Iterator[Fault]:
    path = order.content / entry.source
    header = read_header(decode(path.read_bytes()), entry.source, page=entry.is_page)
    shown = show_path(path)
    yield from find_idle_exceptions(shown, header.fields["accept"].line, entry.accept, found.get(shown, ()), RULES)
