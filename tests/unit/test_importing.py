"""Import: what is recognised, that no word is lost, and that every guess is reported."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import textwrap
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

import pelicanconf
from press.context import read_settings
from press.diagnostics import Diagnostic, Refused, display_path, error
from press.editor import importing
from press.editor.importing import ImportReport, import_texts, keep_report
from press.editor.importing.data_model import (
    Confidence,
    HyphenJoin,
    ImportSettings,
    Line,
    Note,
    Opening,
    Paragraph,
    RecognisedText,
    Removal,
)
from press.editor.importing.escaping import escape_paragraph, render_markdown
from press.editor.importing.import_options import ImportOptions
from press.editor.importing.inventory import Inventory
from press.editor.importing.placing import place
from press.editor.importing.printed_dates import read_printed_date
from press.editor.importing.proof import find_difference, find_missing_words
from press.editor.importing.recognise_text import recognise_text
from press.editor.importing.report import SourceOutcome, write_report
from press.model.dates import parse_date
from press.options import BuildOptions
from press.runtime.files import write_new
from tests.conftest import Project, survey_of, tree_of
from tests.support.variants import PARAGRAPHS, TITLE, VARIANTS, Variant

EXTENSIONS = tuple(pelicanconf.MARKDOWN["extensions"])
CONFIGS = json.dumps(pelicanconf.MARKDOWN["extension_configs"])
SETTING = ImportSettings("en", "2026-11-23", "", EXTENSIONS, CONFIGS)


def read(text: str | bytes, name: str = "a.txt", **options: str) -> RecognisedText:
    data = text.encode() if isinstance(text, str) else text
    return recognise_text(
        data, name, ImportSettings("en", "2026-11-23", options.get("lang", ""), EXTENSIONS, CONFIGS)
    )


def shown(reading: RecognisedText) -> list[list[str]]:
    """Return the lines of each paragraph that the page shows."""
    html = render_markdown(reading.body, EXTENSIONS, CONFIGS)
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    assert {element.tag for element in root.iter()} <= {"div", "p", "br"}
    return [[line for line in p.xpath("string()").split("\n") if line] for p in root]


def reviews(reading: RecognisedText) -> str:
    return "\n".join(note.message for note in reading.notes if note.confidence is Confidence.REVIEW)


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_a_variant_of_the_first_leaflet_is_read(variant: Variant) -> None:
    reading = read(variant.data, f"a{variant.ending}")
    assert reading.problems == []
    assert (reading.title, reading.date, reading.lang) == (variant.title, variant.date, "en")
    assert [" ".join(lines) for lines in shown(reading)] == list(variant.paragraphs)
    for words in variant.reviews:
        assert words in reviews(reading)


def test_the_variants_pass_validation_and_are_known_again(project: Project) -> None:
    for name, variant in VARIANTS.items():
        project.write(f"in/Workplace/{name}{variant.ending}", variant.data)
    project.content.mkdir()
    report = take_in(project)
    assert {item.outcome for item in report.items} == {SourceOutcome.IMPORTED}
    assert sum(any(note.topic == "twice" for note in item.notes) for item in report.items) > 5
    survey = survey_of(project.content)
    assert survey.problems == []
    assert {entry.category for entry in survey.entries} == {"Workplace"}
    before = tree_of(project.root)
    again = take_in(project)
    assert {item.outcome for item in again.items} == {SourceOutcome.KNOWN}
    assert tree_of(project.root) == before
    assert project.build().leaflets == len(survey.entries)


def take_in(project: Project, path: str = "in", **chosen: object) -> ImportReport:
    build_options = BuildOptions(project.root / "testconf.py", project.content, project.output)
    options = ImportOptions(project.root / path, project.content, project.root, "2026-11-23", **chosen)
    report = ImportReport(dry=options.dry)
    import_texts(options, read_settings(build_options), report)
    keep_report(options, report)
    return report


TEXT = "The harbour\n\n3 May 1974\n\nThe winter was long, and the harbour was shut until May.\n"


def test_a_leaflet_has_its_whole_header(project: Project) -> None:
    project.write("in/Letters/harbour.txt", TEXT)
    project.content.mkdir()
    take_in(project)
    leaflet = (project.content / "leaflets/1974/the-harbour.md").read_text(encoding="utf-8")
    assert leaflet == (
        "Title: The harbour\nDate: 1974-05-03\nCategory: Letters\nSlug: the-harbour\nLang: en\nAdded: 2026-11-23\n"
        f"Imported:\n    Letters/harbour.txt (sha256 {hashlib.sha256(TEXT.encode()).hexdigest()})\n"
        "    The title and the date (“3 May 1974”), the first lines of the source, became metadata.\n\n"
        "The winter was long, and the harbour was shut until May.\n"
    )


def test_a_source_is_known_by_the_key_of_older_imports_too(project: Project) -> None:
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    project.write("in/harbour.txt", TEXT)
    project.write("content/a.md", f"Title: A\nDate: 1974\nSource: Mine; harbour.txt (sha256 {sha256})\n\nOther.\n")
    assert [item.outcome for item in take_in(project).items] == [SourceOutcome.KNOWN]


def test_a_text_is_the_same_with_marks_of_pages(project: Project) -> None:
    project.write("in/harbour.txt", TEXT)
    body = "The winter was {page 3} long, and the har{page [4]}bour was shut {page}\n\n{page}\n\nuntil May."
    project.write("content/a.md", f"Title: The harbour\nDate: 1974-05-03\n\n{body}\n")
    assert [item.outcome for item in take_in(project).items] == [SourceOutcome.SAME_TEXT]


def test_a_mark_of_a_page_that_is_text_stays_text() -> None:
    text = "Notes\n\n3 May 1974\n\n{page 3} is how they write it, and {page}, in a {page 4} of their own, too.\n"
    reading = read(text)
    assert reading.problems == []
    assert r"\{page 3}" in reading.body
    assert "{page 3} is how they write it" in shown(reading)[0][0]


@pytest.mark.parametrize(
    ("folder", "category"),
    [
        ("Letters", "Letters"),
        ("letters", "letters"),
        ("Bread and Coal", "Bread and Coal"),
        ("Anti-war", "Anti-war"),
        ("box-of-my-uncle", ""),
        ("scans_from_ada", ""),
        ("to-sort", ""),
        ("harbour-letters", "Harbour letters"),
    ],
)
def test_a_folder_named_as_files_are_is_no_category(project: Project, folder: str, category: str) -> None:
    project.write(f"in/{folder}/harbour.txt", TEXT)
    project.write("content/a.md", "Title: A\nDate: 1974\nCategory: Harbour letters\n\nOther words.\n")
    (item,) = take_in(project).items
    written = (project.content / "leaflets/1974/the-harbour.md").read_text(encoding="utf-8")
    assert (f"Category: {category}\n" in written) is bool(category)
    assert any(folder in note.message for note in item.notes) or category


def test_a_dry_run_writes_nothing(project: Project) -> None:
    project.write("in/a.txt", TEXT)
    project.content.mkdir()
    before = tree_of(project.root)
    report = take_in(project, dry=True)
    assert [item.outcome for item in report.items] == [SourceOutcome.IMPORTED]
    assert "1 would be imported" in write_report(report)
    assert tree_of(project.root) == before


def test_what_exists_is_never_overwritten(project: Project) -> None:
    project.leaflet("leaflets/1974/the-harbour.md", "Something else")
    project.leaflet("a.md", "The harbour")
    project.write("in/a.txt", TEXT)
    before = tree_of(project.content)
    take_in(project)
    after = tree_of(project.content)
    assert before.items() <= after.items()
    assert after.keys() - before.keys() == {"leaflets/1974/the-harbour-1974-05-03.md"}


def test_a_text_that_was_corrected_and_moved_is_known_by_its_source(project: Project) -> None:
    project.write("in/a.txt", TEXT)
    project.content.mkdir()
    take_in(project)
    file = project.content / "leaflets/1974/the-harbour.md"
    text = file.read_text(encoding="utf-8").replace("Title: The harbour", "Title: Harbour").replace("shut", "closed")
    file.unlink()
    project.write("content/elsewhere.md", text)
    assert [item.outcome for item in take_in(project).items] == [SourceOutcome.KNOWN]


def test_the_same_file_under_two_names_comes_in_once(project: Project) -> None:
    for name in ("a", "b"):
        project.write(f"in/{name}.txt", TEXT)
    project.write("in/c.txt", TEXT.replace("The harbour\n", "Another harbour\n"))
    project.content.mkdir()
    report = take_in(project)
    outcomes = [item.outcome for item in report.items]
    assert outcomes == [SourceOutcome.IMPORTED, SourceOutcome.DUPLICATE, SourceOutcome.IMPORTED]
    assert report.items[1].path == "a.txt"
    assert any("has the same words as" in note.message for note in report.items[2].notes)


def test_a_good_text_is_not_hidden_by_a_bad_file_with_the_same_bytes(project: Project) -> None:
    project.write("in/a.docx", TEXT)
    project.write("in/b.txt", TEXT)
    project.write("in/c.md", TEXT)
    project.content.mkdir()
    assert [(item.outcome, item.path) for item in take_in(project).items] == [
        (SourceOutcome.REFUSED, ""),
        (SourceOutcome.IMPORTED, display_path(project.content / "leaflets/1974/the-harbour.md")),
        (SourceOutcome.DUPLICATE, "b.txt"),
    ]


@pytest.mark.parametrize("rule", ["disk-full", "read-only", "disk-error"])
def test_a_disk_that_takes_no_more_ends_the_import(
    project: Project, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "write_new", lambda file, data: [error(display_path(file), 0, rule, "no.")])
    for number in range(5):
        project.write(f"in/{number}.txt", TEXT.replace("harbour\n", f"harbour {number}\n"))
    project.content.mkdir()
    report = take_in(project)
    assert [problem.rule for problem in report.all_problems] == [rule]
    assert write_report(report).endswith("0 imported, 1 refused, 4 not tried.\n")


@pytest.mark.parametrize("step", ["recognise_text", "place"])
def test_a_mistake_in_the_press_refuses_one_text_alone(
    project: Project, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = getattr(importing, step)

    def fail_once(first: object, *rest: object) -> object:
        if "b.txt" in (rest[0], getattr(first, "name", "")):
            raise ValueError("no such form")
        return working(first, *rest)

    monkeypatch.setattr(importing, step, fail_once)
    for name in "abc":
        project.write(f"in/{name}.txt", TEXT.replace("harbour\n", f"harbour {name}\n"))
    project.content.mkdir()
    report = take_in(project)
    assert len(list(project.content.rglob("*.md"))) == 2
    (problem,) = report.all_problems
    assert problem.path.endswith("in/b.txt")
    assert problem.message.startswith("ValueError: no such form. This is a mistake in the press: report it")


@pytest.mark.parametrize("taken", [(), (1,), (2,), (1, 2), (1, 3, 4)])
def test_each_picture_keeps_its_place_whatever_names_are_taken(taken: tuple[int, ...]) -> None:
    """A picture's new name may be the old name of the next: `picture-1.png` → `images/picture-2.png`."""
    recognised = RecognisedText("a.docx", "0" * 64, "Picture", lang="en", words="w")
    recognised.pictures = {f"picture-{n}.png": bytes([n]) for n in (1, 2, 10)}
    shown_names = [f"![]({{static}}/images/{name})\n\n" for name in recognised.pictures]
    recognised.body = "".join(shown_names) + "picture-1.png\n"
    recognised.notes = [Note("pictures", "picture-10.png has no description", Confidence.REVIEW)]
    statics = {f"images/picture-{number}.png" for number in taken}
    _, text = place(recognised, Inventory(statics=set(statics)), SETTING, "Letters")
    shown = re.findall(r"\{static\}/(\S+)\)", text)
    assert [recognised.pictures[path] for path in shown] == [b"\x01", b"\x02", b"\x0a"]
    assert not statics & set(shown)
    assert recognised.notes[0].message == f"{shown[2]} has no description"
    assert text.endswith("picture-1.png\n")


def test_a_leaflet_whose_picture_cannot_be_written_is_not_written(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_with_pictures(data: bytes, name: str, settings: ImportSettings) -> RecognisedText:
        recognised = recognise_text(data, name, settings)
        recognised.pictures = {"picture-1.png": b"one", "picture-2.png": b"two"}
        return recognised

    def fail_at_the_second(file: Path, data: str | bytes) -> list[Diagnostic]:
        return [error("x", 0, "no-permission", "no.")] if file.name.endswith("-2.png") else write_new(file, data)

    monkeypatch.setattr(importing, "recognise_text", read_with_pictures)
    monkeypatch.setattr(importing, "write_new", fail_at_the_second)
    project.write("in/a.txt", TEXT)
    project.content.mkdir()
    (problem,) = take_in(project).all_problems
    assert problem.message == "no. a.txt was not imported."
    assert [file for file in project.content.rglob("*") if file.is_file()] == []


@pytest.mark.parametrize("cores", [1, 2])
def test_a_file_that_kills_its_process_is_named_and_the_others_come_in(
    project: Project, cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = os.getpid()

    def read_or_die(data: bytes, name: str, settings: ImportSettings) -> RecognisedText:
        if name == "b.docx" and os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGKILL)
        return recognise_text(data, name.replace(".docx", ".txt"), settings)

    monkeypatch.setattr(importing, "recognise_text", read_or_die)
    monkeypatch.setattr(importing, "count_cores", lambda: cores)
    for name in "abcd":
        project.write(f"in/{name}.docx", TEXT.replace("harbour\n", f"harbour {name}\n"))
    project.content.mkdir()
    (problem,) = take_in(project).all_problems
    assert (problem.path.rpartition("/")[2], problem.rule) == ("b.docx", "unreadable")
    assert len(list(project.content.rglob("*.md"))) == 3


def test_the_terminal_shows_few_of_many_texts_and_the_file_all(project: Project) -> None:
    for number in range(30):
        project.write(f"in/{number:02}.txt", TEXT.replace("harbour\n", f"harbour {number}\n"))
    project.write("in/30.txt", "A text\n\nThe winter was long.\n")
    project.content.mkdir()
    report = take_in(project)
    shown = write_report(report, whole=False)
    assert shown.count(".md, from ") == 20
    assert "The full report has 11 more. To review: category (31), twice (29), date (1), language (1).\n" in shown
    assert write_report(report).count(".md, from ") == 31
    report.dry = True
    assert write_report(report, whole=False).count(".md, from ") == 31


def test_a_text_that_the_archive_has_in_another_form_is_not_imported(project: Project) -> None:
    project.write(
        "content/a.md", "Title: The “harbour”\nDate: 1974-05-03\n\nThe *winter* was\nlong: the ice stayed.\n"
    )
    project.write("in/a.txt", 'The "harbour"\n\n3 May 1974\n\nThe winter was long: the ice stayed.\n')
    report = take_in(project)
    assert [(item.outcome, item.path.rpartition("/")[2]) for item in report.items] == [
        (SourceOutcome.SAME_TEXT, "a.md")
    ]


def test_one_bad_file_does_not_hold_up_the_others(project: Project) -> None:
    for number in range(100):
        project.write(f"in/t{number:02}.txt", TEXT.replace("harbour", f"harbour {number}"))
    project.write("in/binary.txt", b"\x89PNG\r\n\0")
    project.write("in/empty.txt", " \n")
    project.write("in/letter.doc", b"PK")
    project.content.mkdir()
    report = take_in(project)
    assert sum(item.outcome is SourceOutcome.IMPORTED for item in report.items) == 100
    assert [problem.rule for problem in report.all_problems] == ["binary", "empty", "import-type"]
    assert len(list(project.content.rglob("*.md"))) == 100


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\f\n", "empty"),
        (b"A title alone\n", "empty"),
        (b"Caf\x81\xe9\n", "encoding"),
        ("Title\n\nWords\u202e here.\n".encode(), "character"),
        (b"\xff\xfeA", "encoding"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, rule: str) -> None:
    reading = read(data)
    assert [problem.rule for problem in reading.problems] == [rule]
    assert reading.body == ""


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("---\ntitle: a\n", "import-header"),
        ("---\ntitle: [a\n---\nWords.\n", "import-header"),
        ("---\n- a\n---\nWords.\n", "import-header"),
        ("+++\ntitle = a b\n+++\nWords.\n", "import-header"),
        ("---\n" + "[" * 3_000 + "\n---\nWords.\n", "import-header"),
        ("---\ntitle: '" + "x" * 60_000 + "'\n---\nWords.\n", "import-header"),
        ("---\ntitle: a\n---\n\n", "empty"),
    ],
)
def test_a_header_that_cannot_be_read_is_refused(text: str, rule: str) -> None:
    assert [problem.rule for problem in read(text, "a.md").problems] == [rule]


@pytest.mark.parametrize(
    "body", ["> " * 3000 + "a", "- " * 3000 + "a", "1. " * 2000 + "a", "[^1]: " * 500, "<sup>" * 3000]
)
def test_markdown_that_cannot_be_rendered_is_refused(body: str) -> None:
    reading = read(f"---\ntitle: A\n---\n{body}\n", "a.md", lang="en")
    assert {problem.rule for problem in reading.problems} <= {"too-nested", "import-markdown"}
    assert read("---\ntitle: A\n---\n- one\n- two\n", "a.md", lang="en").problems == []


def test_a_text_that_broke_the_renderer_does_not_spoil_the_next() -> None:
    with pytest.raises(RecursionError):
        render_markdown("- " * 3000 + "a", EXTENSIONS, CONFIGS)
    assert render_markdown("Words.", EXTENSIONS, CONFIGS) == "<p>Words.</p>"


def test_aliases_that_multiply_are_cut_short() -> None:
    rows = [f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, 20)]
    reading = read("---\ntitle: A\nk0: &k0 x\n" + "\n".join(rows) + "\n---\nWords.\n", "a.md")
    assert reading.problems == []
    assert len(reviews(reading)) < 50_000


def test_foreign_keys_become_ours_and_every_other_is_reported() -> None:
    text = (
        "---\ntitle: 'The *harbour*: no'\nauthors: [Ada Brennan, Rosa L.]\nkeywords: [a, b]\nlanguage: fr_ca\n"
        "layout: post\nauthor: 'Brennan, Ada'\ndraft: true\ndate: May 1974\nadded: 1999\n---\nLes mots.\n"
    )
    reading = read(text, "a.md")
    assert (reading.title, reading.date, reading.lang) == ("The *harbour*: no", "1974-05", "fr-CA")
    assert reading.fields == {"authors": ("Ada Brennan; Rosa L.",), "tags": ("a, b",), "status": ("draft",)}
    for words in ("layout: post", "author: Brennan, Ada", "added: 1999"):
        assert words in reviews(reading)


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("24 October 2006", "2006-10-24"),
        ("Tuesday, October 24th, 2006", "2006-10-24"),
        ("OCTOBER 2006", "2006-10"),
        ("c. 1974", "1974~"),
        ("circa May 1974", "1974-05~"),
        ("Spring 1974", "1974-21"),
        ("May-June 1974", "1974-05/1974-06"),
        ("the 1970s", "197X"),
        ("1914-1918", "1914/1918"),
        ("[1974]", "1974"),
        ("n.d.", "undated"),
        ("1917 or earlier", "../1917"),
        ("not before May 1968", "1968-05/.."),
        ("[c. 1974 or later]", "1974~/.."),
        ("3 mai 1968 au plus tard", "../1968-05-03"),
        ("1918/1920 or later", None),
        ("n.d. or later", None),
        ("London, 24 October 2006", "2006-10-24"),
        ("le 3 mai 1968", "1968-05-03"),
        ("1er mai 1968", "1968-05-01"),
        ("den 9. November 1918", "1918-11-09"),
        ("7 ноября 1917", None),
        ("31 February 1974", None),
        ("31/02/1974", None),
        ("The 12 May 1948 agreement", None),
        ("1974 and after", None),
        ("2 months ago", None),
        ("May", None),
        ("Bread 1974", None),
    ],
)
def test_dates_as_printed(printed: str, edtf: str | None) -> None:
    found = read_printed_date(printed, "en", "2026-11-23")
    assert (found and found.edtf) == edtf


def test_a_date_in_the_language_of_the_text() -> None:
    assert read_printed_date("7 ноября 1917", "ru", "2026-11-23").edtf == "1917-11-07"


@pytest.mark.parametrize("lang", ["la", "ku", "xx"])
def test_a_date_in_a_language_that_dateparser_lacks(lang: str) -> None:
    assert read_printed_date("3 sept 1974", lang, "2026-11-23").edtf == "1974-09-03"


@pytest.mark.parametrize("printed", ["c. n.d.", "Spring 0000", "000s", "c. 31.12.99", "[c. May 48]"])
def test_only_dates_that_the_archive_knows_are_read(printed: str) -> None:
    found = read_printed_date(printed, "en", "2026-11-23")
    assert found is None or parse_date(found.edtf)


def test_verse_lists_and_addresses_keep_their_lines() -> None:
    verse = ["The soldiers came at break of day,", "They came with tank and gun,", "The people turned away"]
    verse.append("And watched the rising sun.")
    address = ["Strike Committee", "12 Harbour Street", "Leeds"]
    demands = ["1. Higher pay", "2. No sackings", "3. An end to night work"]
    text = "\n\n".join("\n".join(lines) for lines in (["A song"], ["1974"], verse, demands, address))
    assert shown(read(text)) == [verse, demands, address]


def test_lines_without_spaces_are_not_joined_with_one() -> None:
    lines = [
        "星期一管理层在门上贴了一张告示永久关闭没有人被告知星期一管理层在门",
        "上贴了一张告示永久关闭没有人被告知",
    ]
    assert shown(read("面包店\n\n1974\n\n" + "\n".join(lines), lang="zh")) == [["".join(lines)]]


def test_an_item_goes_on_where_its_next_line_is_indented() -> None:
    reading = read("A list\n\n1974\n\n1. Higher pay for all, from the first\n   day of the strike\n2. No sackings\n")
    assert shown(reading) == [["1. Higher pay for all, from the first day of the strike", "2. No sackings"]]


def test_a_label_before_the_title_is_not_part_of_it() -> None:
    reading = read("Title: The bakery\nDate: 3 May 1974\n\nThe winter was long.\n")
    assert (reading.title, reading.date) == ("The bakery", "1974-05-03")
    assert "“Title:” at the title removed." in reading.corrections


def test_a_refrain_and_numbered_sections_are_not_taken_for_the_page() -> None:
    verses = "".join(f"{n}\n\nThe winter was long.\n\nSolidarity for ever!\n\n" for n in (1, 2, 3))
    reading = read(f"A song\n\n1974\n\n{verses}")
    assert [lines[0] for lines in shown(reading)] == [
        word for n in "123" for word in (n, "The winter was long.", "Solidarity for ever!")
    ]
    assert "a running head?" in reviews(reading)
    assert "page numbers?" in reviews(reading)


def test_what_is_removed_or_joined_is_recorded() -> None:
    reading = read(VARIANTS["pages-with-numbers-and-heads"].data)
    corrections = "\n".join(reading.corrections)
    for words in (
        "- 1 -, - 2 -",
        "“THE WORKERS’ VOICE”",
        "Words divided at the ends of lines",
        "joined into paragraphs",
    ):
        assert words in corrections


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("the occu-\npation of the yard", "occupation"),
        ("the on-\ngoing strike, the on-going talks", "on-going"),
        ("the Shia-\ndominated south, the Shia party", "Shia-dominated"),
        ("the Anglo-\nAmerican bank", "Anglo-American"),
        ("the years 1914-\n1918 and after", "1914-1918"),
        ("a self-\nmade man", "self-made"),
        ("two-\nand three-year plans", "two- and"),
        ("the war -\nand the peace", "war - and"),
        ("the occu\N{SOFT HYPHEN}\npation of the yard", "occupation"),
    ],
)
def test_a_word_divided_at_the_end_of_a_line(lines: str, joined: str) -> None:
    first, second = lines.split("\n")
    before, after = ("go " * 30)[: 69 - len(first)].strip(), ("so " * 30)[: 69 - len(second)].strip()
    text = f"A title\n\n1974\n\n{before} {first}\n{second} {after}\nand that was all.\n"
    (paragraph,) = shown(read(text))
    assert joined in paragraph[0]


def test_salutations_are_not_joined() -> None:
    text = (
        "A letter\n\n3 May 1974\n\nDear comrades,\n\nwe write to you about the strike, which has lasted for weeks.\n"
    )
    reading = read(text)
    assert len(shown(reading)) == 2
    assert "may be one paragraph; they were left as two" in reviews(reading)


HOSTILE = [
    *(
        "# a",
        "#",
        "- a",
        "+ a",
        "* a",
        "- - -",
        "* * *",
        "_ _ _",
        "---",
        "===",
        "> a",
        "1. a",
        "1848. A year",
        "1) a",
    ),
    *("*a*", "_a_", "**a**", "`a`", "``a", "```", "~~~", "~~~ x", "[1]: x", "[^1]: x", "[^1]", "[a](b)", "![a](b)"),
    *("[a][b]", "<b>a</b>", "<br>", "<sup>x</sup>", "<script>x</script>", "<!-- a -->", "<http://a.b>", "<a@b.c>"),
    *("&amp;", "&#42;", "&copy", "AT&T;", "\\*", "\\\\", "a\\", "a | b", "--- | ---", "| a |", ":   a", ": a"),
    *("Title: x", "    a", "\ta", "a  ", "!", "{#id}", "{filename}x", "a_b_c", "http://a_b.c/*d*", "''", '"', "..."),
    *("1) a", "--", "«", "»", "\N{NO-BREAK SPACE}a"),
]
HOSTILE_LINE = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8))


@given(st.lists(st.lists(HOSTILE_LINE, min_size=1, max_size=4), max_size=4))
@example([[line] for line in HOSTILE])
@example([HOSTILE])
def test_a_page_shows_every_letter_of_the_source(blocks: list[list[str]]) -> None:
    kept = [[" ".join(line.split()) for line in lines if line.isprintable() and line.split()] for lines in blocks]
    paragraphs = [Paragraph(lines, 1) for lines in kept if lines]
    body = "\n\n".join(escape_paragraph(paragraph.lines) for paragraph in paragraphs)
    assert not body or find_difference(render_markdown(body, EXTENSIONS, CONFIGS), paragraphs) == ""


LAYOUT = [
    *("\n", "\n\n", "\n\n\n", "\n12\n", "\n- 3 -\n", "\nHEAD\n", "\f", "occu-\n", "pation", "word,", "End."),
    *("24 October 2006", "\r\n", "\N{SOFT HYPHEN}\n", "\x85", "\u2028", "\ufeff"),
]
PIECES = st.one_of(st.sampled_from([*HOSTILE, *LAYOUT]), st.text(max_size=6))


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=50), st.sampled_from(["", " "]), st.booleans())
def test_no_word_is_lost_whatever_the_text(pieces: list[str], between: str, headed: bool) -> None:
    """`words-lost` never occurs: words and letters always agree, and what is refused is not a text."""
    head = f"{TITLE}\n\n24 October 2006\n\n" if headed else ""
    reading = read((head + between.join(pieces)).encode(errors="ignore"), lang="en")
    assert {problem.rule for problem in reading.problems} <= {"empty", "character", "isolate", "binary"}


BEGINNINGS = [" ".join(paragraph.split()[:words]) for paragraph in PARAGRAPHS for words in (3, 30)]


@given(st.lists(st.sampled_from(BEGINNINGS), min_size=3, max_size=9))
def test_wrapping_a_text_changes_nothing_in_it(paragraphs: list[str]) -> None:
    wrapped = "\n\n".join(textwrap.fill(p, 72, break_on_hyphens=False) for p in paragraphs)
    one, other = (read(f"{TITLE}\n\n1974\n\n{text}\n", lang="en") for text in ("\n\n".join(paragraphs), wrapped))
    assert shown(one) == shown(other)


def test_the_proof_counts_every_word() -> None:
    source = "A title\n\nThe occu-\npation\n12\ngoes on."
    opening = Opening("A title", "undated", (Line(1, "A title"),))
    removals, hyphen_joins = [Removal(5, "12", "page number")], [HyphenJoin(3, "occu-", "pation", "occupation")]
    assert find_missing_words(source, opening, removals, hyphen_joins, "The occupation goes on.") == ""
    for wrong in (
        (opening, removals, hyphen_joins, "The occupation goes."),
        (opening, removals, hyphen_joins, "The occupation goes on. More"),
        (opening, removals, [], "The occupation goes on."),
        (opening, [], hyphen_joins, "The occupation goes on."),
        (opening, [Removal(5, "13", "page number")], hyphen_joins, "The occupation goes on."),
        (opening, removals, [HyphenJoin(3, "occu-", "pation", "occupying")], "The occupying goes on."),
        (Opening("A", "undated", (Line(1, "A title"),)), removals, hyphen_joins, "The occupation goes on."),
    ):
        assert find_missing_words(source, *wrong) != ""


def test_a_path_that_cannot_be_imported(project: Project) -> None:
    project.leaflet("a.md")
    (project.root / "bare").mkdir()
    for path in ("nowhere", "content", "content/a.md", ".", "bare"):
        assert [problem.rule for problem in take_in(project, path).all_problems] == ["import-path"]


def test_a_name_that_is_not_utf8_is_imported_and_reported(project: Project) -> None:
    project.content.mkdir()
    project.write(os.fsdecode(b"in/caf\xe9\n.txt"), TEXT)
    report = take_in(project)
    assert [item.name for item in report.items] == ["caf\\udce9 .txt"]
    assert write_report(report).encode()


def test_links_and_pipes_are_not_opened(project: Project) -> None:
    project.write("in/a.txt", TEXT)
    (project.root / "in/b.txt").symlink_to("/etc/hostname")
    os.mkfifo(project.root / "in/c.txt")
    project.content.mkdir()
    report = take_in(project)
    assert [problem.rule for problem in report.all_problems] == ["not-a-file", "not-a-file"]
    assert len(report.items) == 1


def test_a_refusal_is_in_the_file_of_the_report_and_not_printed_twice(project: Project) -> None:
    project.write("in/a.doc", b"PK")
    project.content.mkdir()
    report = take_in(project)
    (file,) = (project.root / ".press/imports").iterdir()
    assert "[import-type]" in file.read_text(encoding="utf-8")
    assert "[import-type]" not in write_report(report)


def test_a_report_that_cannot_be_written_is_refused(project: Project) -> None:
    project.write("in/a.txt", TEXT)
    project.content.mkdir()
    project.write(".press/imports", "a file in the way")
    with pytest.raises(Refused) as refused:
        take_in(project)
    assert [problem.rule for problem in refused.value.problems] == ["system-error"]


def test_the_report_is_kept_where_nothing_is_published(project: Project) -> None:
    project.write("in/a.txt", TEXT)
    project.content.mkdir()
    take_in(project)
    (file,) = (project.root / ".press/imports").iterdir()
    corrections = file.read_text(encoding="utf-8")
    assert "the-harbour.md, from a.txt" in corrections
    assert "review  category: none" in corrections
    assert "sure    date: 1974-05-03, from “3 May 1974” (line 3)" in corrections


def test_a_fenced_header_of_this_archive_is_read_as_it_is() -> None:
    text = "---\nTitle: Harbour: #1, “the winter”\nDate: 1974-05\nTags:\n    ice\n    bread\n---\nWords of a text.\n"
    recognised = read(text, "a.md")
    assert (recognised.problems, recognised.title, recognised.date) == ([], "Harbour: #1, “the winter”", "1974-05")
    assert (recognised.fields, recognised.body) == ({"tags": ("ice", "bread")}, "Words of a text.\n")


OWN = (
    "Title: The harbour",
    "Date: 197X",
    "Category: Letters",
    "Slug: port",
    "Authors:",
    "    Ada Brennan",
    "    Ned Doyle",
    "Added: 2001-02-03",
    "Source:",
    "    Typescript in the union hall,",
    "    scanned by Ned Doyle",
    "Corrections:",
    "    “the the”: one deleted.",
    "    The last line was cut off: restored.",
    "Imported:",
    f"    Letters/a.txt (sha256 {'0' * 64})",
    "    Running head removed: “THE PORT”.",
    "Status: draft",
    "Translation-of: le-port",
    "Redirect-from:",
    "    /old/",
    "    /older/",
    "Quotes: off",
    "Accept: repeated-word (had had is right)",
)
FRAMES = {
    "no fence": ("", ""),
    "fences": ("---\n", "---\n"),
    "one fence": ("", "---\n"),
    "long fences": ("-----\n", "-----\n"),
}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("change", ["", "lower", "blank"])
def test_nothing_that_a_header_of_this_archive_says_is_lost(project: Project, frame: str, change: str) -> None:
    before, after = FRAMES[frame]
    rows = [re.sub("^[A-Z][a-z-]+:", lambda key: key[0].lower(), row) if change == "lower" else row for row in OWN]
    if change == "blank" and frame == "fences":
        rows.insert(2, "")
    project.write("in/a.md", before + "\n".join(rows) + f"\n{after}\nThey had had no ice.\n")
    project.content.mkdir()
    report = take_in(project)
    assert [note.message for item in report.items for note in item.notes if note.topic == "header"] == []
    (file,) = project.content.rglob("port.md")
    written = file.read_text(encoding="utf-8")
    header, _, body = written.partition("\n\n")
    assert body == "They had had no ice.\n"
    assert set(OWN) - set(header.split("\n")) == set()
    assert header.count("(sha256 ") == 2


@pytest.mark.parametrize("frame", ["one fence", "long fences"])
def test_a_header_at_a_rule_is_not_the_title(frame: str) -> None:
    before, after = FRAMES[frame]
    for gap in ("", "\n"):
        recognised = read(f"{before}title: The harbour\ndate: May 1974\n{after}{gap}Words of a text.\n", "a.md")
        assert (recognised.title, recognised.date, recognised.body) == (
            "The harbour",
            "1974-05",
            "Words of a text.\n",
        )


@pytest.mark.parametrize(
    "text", ["Note: read this\n---\nWords.\n", "-----\n\nWords.\n\n-----\n", "-----\nNote: x\n\nWords.\n"]
)
def test_a_rule_or_a_heading_is_not_a_header(text: str) -> None:
    assert read(text, "a.md", lang="en").body == text


@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        ("title: A\ntags: [a\nplace: b", 3, "“tags: [a” cannot be read as YAML: a list that begins with “[” is not"),
        ("title: A\nplace: 'b\nlang: en", 3, "“place: 'b” cannot be read as YAML: a quotation mark is not closed"),
        ("title: A: b", 2, "“title: A: b” cannot be read as YAML: a value with a colon in it needs quotation marks"),
        ("title: A\nwords\nlang: en", 3, "“words” cannot be read as YAML: the line has no colon"),
        ("title: A\n\n\nplace: @b", 5, "“place: @b” cannot be read as YAML: a value that begins with a mark needs"),
        ("title: A\n\tplace: b", 3, "“place: b” cannot be read as YAML: YAML is indented with spaces, not with tabs"),
        ("title: A\n  place: b", 3, "“place: b” cannot be read as YAML: it is indented further than the keys"),
    ],
)
def test_a_yaml_error_names_the_line_of_the_file_in_plain_words(header: str, line: int, words: str) -> None:
    (problem,) = read(f"\n---\nlayout: post\n{header}\n---\n\nWords.\n", "a.md").problems
    assert str(problem).startswith(f"a.md:{line + 2}: error: [import-header] {words}")
    assert "unicode string" not in problem.message


def test_a_toml_error_names_the_line_of_the_file() -> None:
    (problem,) = read("+++\ntitle = 'A'\ndate = a b\n+++\nWords.\n", "a.md").problems
    assert str(problem).startswith("a.md:3: error: [import-header] “date = a b” cannot be read as TOML. Correct it")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\nlang: fr\n\nlayout: post\n---\nWords.\n",
        "+++\ntitle = 'A'\nlang = 'fr'\n\nlayout = 'post'\n+++\nWords.\n",
        "+++\ntitle = 'A'\nlang = 'fr'\n\n[layout]\na = 1\n+++\nWords.\n",
        "\nTitle: A\nLang: fr\nTags: x\nLayout: post\n\nWords.\n",
    ],
)
def test_a_note_on_a_header_names_the_line_of_its_key(text: str) -> None:
    assert [note.line for note in read(text, "a.md").notes if note.topic == "header"] == [5]


def test_a_line_of_the_text_is_counted_from_the_first_line_of_the_file() -> None:
    text = "---\ntitle: A\n---\n\n\n\n" + "> " * 21 + "a\n"
    assert [problem.line for problem in read(text, "a.md", lang="en").problems] == [7]


def test_a_problem_of_a_header_is_located_in_the_source(project: Project) -> None:
    project.write("in/a.md", "---\nTitle: A\nDate: 1974\nNotes: x\n\nAuthor: Ada\nAuthors: Ned\n---\n\nWords.\n")
    project.write("in/b.md", "---\nTitle: A\nDate: 1974\n\nSource: x\nSource: y\n---\n\nWords.\n")
    project.content.mkdir()
    assert [(problem.line, problem.rule) for problem in take_in(project).all_problems] == [
        (7, "key-twice"),
        (6, "key-twice"),
    ]


@pytest.mark.parametrize(
    "corrections", ["Corrections: One.\n    Two.", "Corrections:\n    - One.\n    - Two."], ids=["lines", "YAML"]
)
def test_a_header_of_this_archive_that_another_program_wrote_in_keeps_its_source(corrections: str) -> None:
    text = f"---\nTitle: A\nDate: 1974\nSource: A sheet\n{corrections}\nlayout: post\n---\nWords.\n"
    if corrections.endswith("    Two."):
        text = text.replace("---\n", "", 1).replace("---\n", "\n")
    recognised = read(text, "a.md")
    assert recognised.fields == {"source": ("A sheet",), "corrections": ("One.", "Two.")}
    assert "layout: post" in reviews(recognised)


def test_a_date_added_in_the_future_is_not_taken(project: Project) -> None:
    project.write("in/a.md", "Title: A\nDate: 1974\nAdded: 2030-01-01\n\nWords.\n")
    project.content.mkdir()
    take_in(project)
    assert "Added: 2026-11-23\n" in (project.content / "leaflets/1974/a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("fence", ["", "---\n"])
@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\v", "\f"])
def test_only_line_ends_begin_a_key_of_an_imported_header(character: str, fence: str) -> None:
    text = f"{fence}Title: One{character}Rights: none\nDate: 1974\n{fence}\nWords of a text.\n"
    recognised = read(text, "a.md")
    assert (recognised.problems, recognised.title, recognised.fields) == ([], "One Rights: none", {})
