"""The fields of a header become an entry: nothing is lost, and nothing is invented."""

from __future__ import annotations

import datetime

import pytest

from press.model.archive import arrange, span_of_years
from press.model.entry import Entry, make_entry
from press.model.header import read_header, split_source
from press.model.languages import canonical_tag
from press.model.plan import list_pages, plan_feeds, plan_files
from press.model.plan_lists import PER_PAGE

FULL = """Title: The « calm »
date: 2006-10
CATEGORY: Letters
Slug: calm
Lang: fr-CA
Authors: Ada Brennan; Harbour Committee
    Ned Doyle
Tags: docks, winter
Added: 2026-11-23
Publisher: HSC
Place: Wexcombe
Translator: A. B.
Series: Bulletin
Rights: Free to
    copy.
Identifier: HSB 14
Source: A sheet
Notes: Torn.
Summary: In short.
Corrections:
    One thing.
    Another.
Status: published
Translation-of: calm-en
Redirect-from: /old/
    /older/
Quotes: off

The text: with a colon.

    Code: stays
"""


def entry_of(text: str, **known: object) -> Entry:
    header = read_header(text, "a.md")
    assert header.problems == []
    known = {"source": "a.md", "is_page": False, "body_line": header.body_line, **known}
    entry, problems = make_entry(header.fields, "a.md", lang="en", known=known)
    assert problems == []
    return entry


def test_every_field_is_read() -> None:
    entry = entry_of(FULL)
    assert (entry.title, entry.date.edtf, entry.category, entry.slug) == (
        "The « calm »",
        "2006-10",
        "Letters",
        "calm",
    )
    assert (entry.lang, entry.added) == ("fr-CA", datetime.date(2026, 11, 23))
    assert entry.authors == ("Ada Brennan", "Harbour Committee", "Ned Doyle")
    assert entry.tags == ("docks", "winter")
    assert (entry.publisher, entry.place, entry.translators) == ("HSC", "Wexcombe", ("A. B.",))
    assert (entry.series, entry.rights, entry.identifier) == ("Bulletin", "Free to copy.", "HSB 14")
    assert (entry.origin, entry.notes, entry.summary) == ("A sheet", "Torn.", "In short.")
    assert entry.corrections == ("One thing.", "Another.")
    assert entry.redirect_from == ("/old/", "/older/")
    assert (entry.draft, entry.quotes, entry.dashes, entry.translation_of) == (False, False, True, "calm-en")
    assert split_source(FULL, entry.body_line) == "The text: with a colon.\n\n    Code: stays\n"


def test_apostrophes_of_names_are_set_and_addresses_and_numbers_stay() -> None:
    entry = entry_of(
        "Title: A\nDate: 1974\nAuthors: Comité d'action; Tim O'Brien\nTags: people's park\n"
        "Publisher: O'Brien & Sons\n"
        "Source: the committee's file, https://example.org/l'action\nIdentifier: L'7'b\nPlace: ג'נין\n\nWords.\n"
    )
    assert entry.authors == ("Comité d’action", "Tim O’Brien")
    assert (entry.tags, entry.publisher) == (("people’s park",), "O’Brien & Sons")
    assert entry.origin == "the committee’s file, https://example.org/l'action"
    assert (entry.identifier, entry.place) == ("L'7'b", "ג'נין")


SHA256 = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"Source: Letters/a.txt (sha256 {SHA256})", ""),
        (f"Source:\n    A sheet;\n    Letters/a.txt (sha256 {SHA256})", "A sheet"),
        (f"Source:\n    A sheet.\n    Letters/a.txt (sha256 {SHA256})", "A sheet."),
        (f"Source: A sheet; box of Ada/a b.txt (sha256 {SHA256})", "A sheet"),
        (f"Source: A sheet, of two; a;b.txt (sha256 {SHA256}).", "A sheet, of two"),
        (f"Source:\n    a.txt (sha256 {SHA256})\n    b.md (sha256 {SHA256})", ""),
        (f"Source:\n    a.txt (sha256 {SHA256})\n    scanned by Ned Doyle", "scanned by Ned Doyle"),
        ("Source: A sheet;", "A sheet;"),
        ("Source: A file (sha256 not known)", "A file (sha256 not known)"),
        (f"Source: (sha256 {SHA256[1:]})", f"(sha256 {SHA256[1:]})"),
    ],
)
def test_the_file_that_a_text_was_imported_from_is_not_shown(written: str, shown: str) -> None:
    assert entry_of(f"Title: A\nDate: 1974\n{written}\n\nWords.\n").origin == shown


def test_what_an_import_keeps_for_the_archive_is_in_no_entry() -> None:
    header = "Title: A\nDate: 1974\n"
    kept = f"Imported:\n    a.txt (sha256 {SHA256})\n    Running head removed: “B”.\n"
    assert entry_of(f"{header}{kept}\nWords.\n", body_line=1) == entry_of(f"{header}\nWords.\n", body_line=1)


def test_missing_fields_have_defaults() -> None:
    entry = entry_of("Title: A day\nDate: undated\n\nWords.\n")
    assert (entry.category, entry.slug, entry.lang, entry.added) == ("Uncategorised", "a-day", "en", None)
    assert entry.url == "leaflets/a-day/"


def test_a_page_is_at_the_root() -> None:
    assert entry_of("Title: About us\n\nWords.\n", is_page=True).url == "about-us/"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [("en", "en"), ("FR_ca", "fr-CA"), ("zh-hant-tw", "zh-Hant-TW"), ("de-ch-1901", "de-CH-1901"),
     ("es-419", "es-419"), ("xx", ""), ("english", ""), ("", ""), ("en-", ""), ("en-x", "")],
)  # fmt: skip
def test_a_language_tag_is_real_and_canonical(written: str, canonical: str) -> None:
    assert canonical_tag(written) == canonical


def leaflets(*dates: str, **known: object) -> list[Entry]:
    texts = (f"Title: T{n}\nDate: {date}\nSlug: t{n}\n\nWords.\n" for n, date in enumerate(dates))
    return [entry_of(text, source=f"{n}.md", **known) for n, text in enumerate(texts)]


def test_neighbours_go_by_original_date_and_end_at_the_ends() -> None:
    archive = arrange(leaflets("2006", "undated", "1974~"))
    assert [entry.slug for entry in archive.leaflets] == ["t2", "t0", "t1"]
    first, middle, last = (archive.neighbours[slug] for slug in ("t2", "t0", "t1"))
    assert (first.previous, first.next.slug) == (None, "t0")
    assert (middle.previous.slug, middle.next.slug) == ("t2", "t1")
    assert (last.previous.slug, last.next) == ("t0", None)


def test_every_leaflet_is_on_exactly_one_page_of_dates() -> None:
    archive = arrange(leaflets("2006-10-24", "2006-10", "2006", "197X", "19XX", "undated", "1918/1920"))
    listed = [e.slug for entries in [*archive.years.values(), *archive.groups.values()] for e in entries]
    assert sorted(listed) == sorted(e.slug for e in archive.leaflets)


def test_a_long_list_is_cut_into_pages_and_loses_nothing() -> None:
    archive = arrange(leaflets(*["1974"] * (2 * PER_PAGE + 1)))
    pages = [page for page in list_pages(archive) if page.template == "term"]
    assert [page.path for page in pages] == [
        "category/uncategorised/index.html",
        "category/uncategorised/page/2/index.html",
        "category/uncategorised/page/3/index.html",
    ]
    assert [e for page in pages for e in page.shows["entries"]] == list(archive.leaflets)


def test_a_full_page_has_no_empty_one_after_it() -> None:
    archive = arrange(leaflets(*["1974"] * PER_PAGE))
    assert len([page for page in list_pages(archive) if page.template == "term"]) == 1


def test_no_two_planned_files_share_a_path() -> None:
    archive = arrange(leaflets("2006-10-24", "2006-10", "2006", "197X", "190X", "19XX", "undated"))
    pages = [page.path for page in list_pages(archive)]
    paths = [*pages, *(feed.path for feed in plan_feeds(archive)), *(path for path, _ in plan_files(len(pages)))]
    assert len(set(paths)) == len(paths)


def test_a_text_without_a_date_added_is_in_no_feed() -> None:
    archive = arrange([*leaflets("1974"), entry_of("Title: New\nDate: 1974\nAdded: 2026-01-01\n\nWords.\n")])
    assert [[e.slug for e in feed.entries] for feed in plan_feeds(archive)] == [["new"]] * 3


def test_the_span_of_a_category_covers_all_possible_years() -> None:
    assert span_of_years(tuple(leaflets("1918/1920", "190X", "undated"))) == (1900, 1920)
    assert span_of_years(tuple(leaflets("undated"))) is None
