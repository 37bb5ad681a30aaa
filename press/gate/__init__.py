"""The gate: before Pelican starts, every path and header is looked at. What comes out is entries, or faults."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from press.catalogue.archive import Archive, arrange
from press.catalogue.entry import Entry, make_entry
from press.catalogue.header import Field, read_header, split_source
from press.catalogue.plan import plan_feeds, plan_files, plan_pages
from press.catalogue.slugs import make_slug
from press.faults import Fault, error
from press.gate.paths import walk_content
from press.gate.texts import read_text
from press.gate.translations import find_wrong_translations


@dataclass(slots=True)
class Survey:
    """What the gate found in a content folder."""

    entries: list[Entry] = field(default_factory=list)
    """Drafts too."""
    statics: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    archive: Archive = field(default_factory=lambda: arrange([]))
    """The published entries."""

    @property
    def drafts(self) -> int:
        """How many texts are held back."""
        return sum(entry.draft for entry in self.entries)


def survey_content(content: Path, shown: str, *, lang: str) -> Survey:
    """Look at a whole content folder.

    `shown` is how faults name the folder, `lang` the language of texts whose header names none. Never raises for what
    stands in the folder: everything wrong is in the result's `faults`, all of it from one run.
    """
    if not content.is_dir():
        return Survey(
            faults=[error(shown, 0, "no-content", "there is no such folder. Name the folder of the texts.")]
        )
    findings = walk_content(content, shown)
    survey = Survey(statics=findings.statics, ignored=findings.ignored, faults=list(findings.faults))
    lines: dict[str, dict[str, int]] = {}
    for path in findings.texts:
        entry, fields, faults = read_source(content / path, path, f"{shown}/{path}", lang=lang)
        survey.faults += faults
        if entry is not None:
            survey.entries.append(entry)
            lines[path] = {key: item.line for key, item in fields.items()}
    survey.faults += _find_slug_clashes(survey.entries, lines, shown)
    survey.faults += find_wrong_translations(survey.entries, lines, shown)
    survey.archive = arrange(entry for entry in survey.entries if not entry.draft)
    if not survey.faults:
        survey.faults += _find_url_clashes(survey, shown)
    if not survey.faults and not survey.archive.leaflets:
        survey.faults.append(
            error(
                shown,
                0,
                "no-leaflet",
                "the folder has no text to publish. Put a Markdown file with "
                "a header into it (docs/editing.md), or name another folder.",
            )
        )
    survey.faults.sort()
    return survey


def read_source(
    file: Path, source: str, shown: str, *, lang: str
) -> tuple[Entry | None, dict[str, Field], list[Fault]]:
    """Read one source file into its entry, or None with the faults that forbid it."""
    try:
        data = file.read_bytes()
    except OSError as wrong:
        return (
            None,
            {},
            [
                error(
                    shown,
                    0,
                    "unreadable",
                    f"the file cannot be read ({wrong.strerror}). Give yourself the right to read it.",
                )
            ],
        )
    text, faults = read_text(data, shown)
    if not text:
        return None, {}, faults
    is_page = source.startswith("pages/")
    header = read_header(text, shown, page=is_page)
    faults += header.faults
    if header.faults and not header.fields:
        return None, {}, faults
    entry, wrong_values = make_entry(
        header.fields,
        shown,
        source=source,
        lang=lang,
        is_page=is_page,
        body_line=header.body_line,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    faults += wrong_values
    if not split_source(text, header.body_line).strip():
        faults.append(
            error(
                shown,
                header.body_line,
                "no-text",
                "the file has a header and no text. Write the text below the header, after a blank line.",
            )
        )
    return (None if faults else entry), header.fields, faults


def _find_slug_clashes(entries: Iterable[Entry], lines: dict[str, dict[str, int]], shown: str) -> Iterator[Fault]:
    """Find two texts with one address, and two names of categories and the like that would share one."""
    texts: dict[str, Entry] = {}
    names: dict[tuple[str, str], tuple[str, Entry]] = {}
    for entry in entries:
        line = lines[entry.source]
        first = texts.setdefault(entry.url, entry)
        if first is not entry:
            yield error(
                f"{shown}/{entry.source}",
                line.get("slug", line["title"]),
                "slug-twice",
                f"“{entry.slug}” is the slug of {shown}/{first.source} already. Write another Slug: line.",
            )
        for key, name in _named_groups(entry):
            slug = (key, make_slug(name))
            other, where = names.setdefault(slug, (name, entry))
            if other != name:
                yield error(
                    f"{shown}/{entry.source}",
                    line.get(key, line.get(f"{key}s", 1)),
                    "name-clash",
                    f"“{name}” and “{other}” ({shown}/{where.source}) would share the address {slug[1]}. "
                    "Write one of the two, or give them names that differ in letters or figures.",
                )


def _named_groups(entry: Entry) -> Iterator[tuple[str, str]]:
    if not entry.is_page:
        yield "category", entry.category
    for author in entry.authors:
        yield "author", author
    for tag in entry.tags:
        yield "tags", tag
    if entry.series:
        yield "series", entry.series


def _find_url_clashes(survey: Survey, shown: str) -> Iterator[Fault]:
    """Find two things that would be one file of the site, also by case or by Unicode form."""
    registry: dict[str, str] = {}
    pages = [(page.path, page.source) for page in plan_pages(survey.archive)]
    feeds = ((feed.path, feed.source) for feed in plan_feeds(survey.archive))
    for path, source in chain(pages, feeds, plan_files(len(pages)), ((path, path) for path in survey.statics)):
        key = unicodedata.normalize("NFC", path).casefold()
        first = registry.setdefault(key, source)
        if first != source:
            yield error(
                shown,
                0,
                "url-clash",
                f"{source} would be published at /{path}, where {first} stands. Rename one of the two.",
            )
