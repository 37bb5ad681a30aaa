"""Import of Word files: what pandoc loses is brought in, what is left out is named, no word is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import pelicanconf
from press.editor.importing.data_model import Confidence, ImportSettings, RecognisedText
from press.editor.importing.office import pandoc
from press.editor.importing.recognise_text import recognise_text
from tests.support.word_files import make_notes, make_word, note, p, picture, r, table

EXTENSIONS = tuple(pelicanconf.MARKDOWN["extensions"])
CONFIGS = json.dumps(pelicanconf.MARKDOWN["extension_configs"])
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0"
    b"\x1f\0\5\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)
TEXT = "The bread was good, and the winter in the harbour was long and cold for all of us."


def find_programs() -> list[str]:
    """Return every pandoc of this machine: that of the extra, and that of the system."""
    return [path for path in dict.fromkeys((pandoc.find_pandoc(), shutil.which("pandoc") or "")) if path]


pytestmark = pytest.mark.skipif(not find_programs(), reason="pandoc is not installed")


@pytest.fixture(params=find_programs() or [""], ids=lambda path: "extra" if "site-packages" in path else "system")
def program(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(pandoc, "find_pandoc", lambda: request.param)
    yield request.param


def read(data: bytes, name: str = "a.docx", lang: str = "") -> RecognisedText:
    return recognise_text(data, name, ImportSettings("en", "2026-11-23", lang, EXTENSIONS, CONFIGS))


def body_of(*body: str, **parts: str | bytes) -> str:
    found = read(make_word(p("Bread", style="Title"), *body, p(TEXT), parts=parts))
    assert not found.problems, found.problems
    return found.body.replace(TEXT, "…").strip()


def notes_of(found: RecognisedText) -> str:
    return "\n".join(f"{note.confidence.name} {note.topic}: {note.message}" for note in found.notes)


INLINE = {
    "plain": (p("No marks."), "No marks."),
    "a word in bold over three runs": (
        p("a ", r("wo", "<w:b/>"), r("r", "<w:b/>"), r("d", "<w:b/>"), " b"),
        "a **word** b",
    ),
    "spaces within italics": (p("a", r(" word ", "<w:i/>"), "b"), "a *word* b"),
    "italics in the middle of a word": (p("un", r("believ", "<w:i/>"), "able"), "un*believ*able"),
    "bold and italics": (p(r("both", "<w:b/><w:i/>"), " and"), "***both*** and"),
    "italics inside bold": (
        p(r("one ", "<w:b/>"), r("two", "<w:b/><w:i/>"), r(" three", "<w:b/>")),
        "**one *two* three**",
    ),
    "italics of spaces alone": (p("a", r("  ", "<w:i/>"), "b"), "a b"),
    "raised": (p("2", r("e", '<w:vertAlign w:val="superscript"/>'), " rue"), "2<sup>e</sup> rue"),
    "lowered": (p("H", r("2", '<w:vertAlign w:val="subscript"/>'), "O"), "H<sub>2</sub>O"),
    "underlined": (p(r("so", '<w:u w:val="single"/>'), " it was"), "*so* it was"),
    "struck out": (p("it was ", r("not", "<w:strike/>"), " so"), "it was not so"),
    "small capitals": (p(r("Caveat", "<w:smallCaps/>"), " emptor"), "Caveat emptor"),
    "switched off": (p(r("not bold", '<w:b w:val="0"/>')), "not bold"),
    "marks of Markdown": (
        p("*a* _b_ `c` [d] &lt;e&gt; #f 5&lt;6 a|b"),
        r"\*a\* \_b\_ \`c\` \[d] &lt;e> #f 5&lt;6 a\|b",
    ),
    "a line break": (p("one", "<w:r><w:br/></w:r>", "two"), "one<br>\ntwo"),
    "a no-break hyphen": (p("e", "<w:r><w:noBreakHyphen/></w:r>", "mail"), "e\N{NON-BREAKING HYPHEN}mail"),
    "a soft hyphen": (
        p("win\u00adter ", "<w:r><w:t>har</w:t><w:softHyphen/><w:t>bour</w:t></w:r>"),
        "winter harbour",
    ),
    "smart quotes": (p("“No,” she said; it’s «calm»"), "“No,” she said; it’s «calm»"),
    "a no-break space": (p("Nr.\u00a05"), "Nr.\u00a05"),
    "direction marks": (p("\u202bשלום\u202c and"), "שלום and"),
    "a page break in a sentence": (p("one ", '<w:r><w:br w:type="page"/></w:r>', "two"), "one two"),
    "a number at the head": (p("1. one"), r"1\. one"),
    "a typed list": (p("- one"), r"\- one"),
    "a hash at the head": (p("# one"), r"\# one"),
    "a colon after a note": (p("a", "<w:r><w:tab/></w:r>", "b"), "a b"),
}


@pytest.mark.parametrize("name", INLINE)
def test_words_keep_their_marks(name: str, program: str) -> None:
    source, expected = INLINE[name]
    assert body_of(source) == f"{expected}\n\n…"


LOSSES = {
    "a table without a grid": (table(("one", "two"), ("three", "four"), grid=False), "three | four"),
    "a simple field": (
        p("page ", '<w:fldSimple w:instr="PAGEREF x">' + r("77") + "</w:fldSimple>", " of"),
        "page 77 of",
    ),
    "a field of several runs": (
        p(
            "dated ",
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            r("today"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        "dated today",
    ),
    "a control for a word": (
        p("a ", f"<w:sdt><w:sdtPr/><w:sdtContent>{r('chosen')}</w:sdtContent></w:sdt>"),
        "a chosen",
    ),
    "a control for a paragraph": (f"<w:sdt><w:sdtContent>{p('held')}</w:sdtContent></w:sdt>", "held"),
    "controls in controls": (
        f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{p('deep')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>",
        "deep",
    ),
    "a smart tag": (p("in ", f'<w:smartTag w:element="City">{r("Leeds")}</w:smartTag>', " then"), "in Leeds then"),
    "custom XML": (p("in ", f'<w:customXml w:element="x">{r("Hull")}</w:customXml>'), "in Hull"),
    "a direction within": (p("a ", f'<w:bdo w:val="rtl">{r("bc")}</w:bdo>', " d"), "a bc d"),
    "an insertion": (p("a ", f'<w:ins w:author="x">{r("new")}</w:ins>', " word"), "a new word"),
    "a deletion": (p("a ", "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "word"), "a word"),
    "words moved": (
        p(f"<w:moveFrom>{r('moved')}</w:moveFrom>", "here ", f"<w:moveTo>{r('moved')}</w:moveTo>"),
        "here moved",
    ),
    "a joined paragraph": (p("one ", more="<w:rPr><w:del/></w:rPr>") + p("two"), "one two"),
    "a sign of Symbol": (p("a ", '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'), "a α"),
    "a tick of Wingdings": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', " done"), "✓ done"),
    "an unknown sign": (
        p("a ", '<w:r><w:sym w:font="Webdings" w:char="F0A1"/></w:r>'),
        "a \N{REPLACEMENT CHARACTER}",
    ),
    "a formula": (p("so ", "<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>", " it is"), "so E=mc it is"),
    "a formula by itself": (p("<m:oMathPara><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></m:oMathPara>"), "a+b"),
    "a reading": (
        p(f"<w:r><w:ruby><w:rt>{r('kan')}</w:rt><w:rubyBase>{r('漢')}</w:rubyBase></w:ruby></w:r>"),
        "漢（kan）",
    ),
    "a text box": (
        p(
            "before ",
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
            f"{p('in the box')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
            f"<w:txbxContent>{p('in the box')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent>"
            "</w:r>",
            "after",
        ),
        "before after\n\nin the box",
    ),
    "an old text box": (
        p("a", f"<w:r><w:pict><v:textbox><w:txbxContent>{p('boxed')}</w:txbxContent></v:textbox></w:pict></w:r>"),
        "a\n\nboxed",
    ),
    "a box with a list of paragraphs": (
        p(
            "a",
            f"<w:r><w:pict><v:textbox><w:txbxContent>{p('one')}{p('two')}</w:txbxContent></v:textbox></w:pict></w:r>",
        ),
        "a\n\none\n\ntwo",
    ),
    "a cell of two paragraphs": (table(("a", "<w:p>" + r("b") + "</w:p>" + p("c")), ("d", "e")), "b<br>c"),
    "a column of boxes": (table(("one",), ("two",)), "one\n\ntwo"),
    "a table in a table": (table(("a", p("b") + table(("c", "d")) + p("e"))), "b"),
}


@pytest.mark.parametrize("name", LOSSES)
def test_what_pandoc_loses_is_brought_in(name: str, program: str) -> None:
    source, expected = LOSSES[name]
    assert expected in body_of(source)


def test_notes_are_notes_of_two_paragraphs_in_tables_and_at_the_end(program: str) -> None:
    feet = make_notes(
        "footnote", {2: p("First ", r("note", "<w:i/>"), ".") + p("Its second part."), 3: p("In a cell.")}
    )
    ends = make_notes("endnote", {2: p("At the end.")})
    body = body_of(
        p("One", note(2), " and", note(2, "endnote"), "."),
        table((f"<w:p>{r('cell')}{note(3)}</w:p>", "b"), ("c", "d")),
        **{"word/footnotes.xml": feet, "word/endnotes.xml": ends},
    )
    assert body.startswith("One[^1] and[^2].")
    assert "cell[^3]" in body
    assert body.endswith("[^1]: First *note*.\n\n    Its second part.\n\n[^2]: At the end.\n\n[^3]: In a cell.")


def test_a_note_that_nothing_refers_to_is_named(program: str) -> None:
    notes = {"word/footnotes.xml": make_notes("footnote", {2: p("Orphan words.")})}
    found = read(make_word(p("Bread", style="Title"), p(TEXT), parts=notes))
    assert not found.problems
    assert "Orphan words." in notes_of(found)


def test_a_note_on_the_title_moves_into_the_text(program: str) -> None:
    notes = {"word/footnotes.xml": make_notes("footnote", {2: p("First printed in 1917.")})}
    found = read(make_word(p("Bread", note(2), style="Title"), p(TEXT), parts=notes))
    assert (found.title, found.body) == ("Bread", f"{TEXT}[^1]\n\n[^1]: First printed in 1917.\n")


def test_headings_begin_below_the_title_and_skip_no_level(program: str) -> None:
    headings = [p("One", style="Heading1"), p("Deep", style="Heading3"), p("Two", style="Heading2")]
    assert body_of(p("Words."), *headings) == "Words.\n\n## One\n\n### Deep\n\n### Two\n\n…"


HEADERS = {
    "styles": (
        [
            p("Bread", style="Title"),
            p("And roses", style="Subtitle"),
            p("By Ada Brennan", style="Author"),
            p("3 May 1968", style="Date"),
        ],
        "Bread: And roses",
        "1968-05-03",
        "Ada Brennan",
    ),
    "a style in German": ([p("Brot", style="Titel")], "Brot", "undated", ""),
    "a style named in French": ([p("Le pain", style="Titre1")], "Le pain", "undated", ""),
    "a title and a date without a style": ([p("Bread", style="Title"), p("3 May 1968")], "Bread", "1968-05-03", ""),
    "no styles at all": ([p("Bread for all"), p("3 May 1968")], "Bread for all", "1968-05-03", ""),
    "title and date in one paragraph": (
        [p("Bread for all", "<w:r><w:br/></w:r>", "3 May 1968")],
        "Bread for all",
        "1968-05-03",
        "",
    ),
    "a title in bold": ([p(r("Bread for all", "<w:b/>"))], "Bread for all", "undated", ""),
    "the only heading": ([p("Bread for all", style="Heading1")], "Bread for all", "undated", ""),
    "a title in two paragraphs": (
        [p("Bread", style="Title"), p("for all", style="Title")],
        "Bread for all",
        "undated",
        "",
    ),
    "two authors": (
        [p("Bread", style="Title"), p("Ada Brennan", style="Author"), p("Tom Hill", style="Author")],
        "Bread",
        "undated",
        "Ada Brennan; Tom Hill",
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_title_author_and_date_become_the_header(name: str, program: str) -> None:
    paragraphs, title, date, author = HEADERS[name]
    found = read(make_word(*paragraphs, p(TEXT), p(TEXT)))
    assert not found.problems
    assert (found.title, found.date, "".join(found.fields.get("author", ()))) == (title, date, author)
    assert found.body == f"{TEXT}\n\n{TEXT}\n"


def test_a_date_by_style_that_cannot_be_read_stays_in_the_text(program: str) -> None:
    found = read(make_word(p("Bread", style="Title"), p("the day after", style="Date"), p(TEXT)))
    assert (found.date, found.body) == ("undated", f"the day after\n\n{TEXT}\n")


def test_who_typed_the_file_is_asked_for_and_never_published(program: str) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:title>Invoice 12</dc:title><dc:creator>typist7</dc:creator>"
        "<dcterms:created>2011-02-03T00:00:00Z</dcterms:created></cp:coreProperties>"
    )
    found = read(make_word(p("Bread", style="Title"), p(TEXT), parts={"docProps/core.xml": core}))
    assert (found.title, found.date, dict(found.fields)) == ("Bread", "undated", {})
    assert "REVIEW author: the file’s properties say “typist7”" in notes_of(found)
    assert "Invoice 12" in notes_of(found)


LEFT_OUT = {
    "comments": (
        {
            "word/comments.xml": '<w:comments {n}><w:comment w:id="1">'
            + p("Is this right?")
            + "</w:comment></w:comments>"
        },
        [
            p(
                "a ",
                '<w:commentRangeStart w:id="1"/>',
                "word",
                '<w:commentRangeEnd w:id="1"/>',
                '<w:r><w:commentReference w:id="1"/></w:r>',
            )
        ],
        "comment: “Is this right?”",
    ),
    "headers": ({"word/header1.xml": "<w:hdr {n}>" + p("Bread Street Press") + "</w:hdr>"}, [], "Bread Street Press"),
    "hidden words": ({}, [p("a", r(" secret", "<w:vanish/>"))], "hidden text: “secret”"),
    "a list of contents": ({}, [p("One", "<w:r><w:tab/></w:r>", "12", style="TOC1")], "list of contents: “One 12”"),
    "deleted words": (
        {},
        [p("a", "<w:del><w:r><w:delText> gone for good</w:delText></w:r></w:del>")],
        "gone for good",
    ),
    "a drawing": (
        {
            "word/diagrams/data1.xml": '<d:x xmlns:d="d" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006'
            '/main"><a:t>Step one</a:t></d:x>'
        },
        [],
        "drawing or chart: “Step one”",
    ),
    "macros": ({"word/vbaProject.bin": "x"}, [], "macros"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_is_named_with_its_words(name: str, program: str) -> None:
    from tests.support.word_files import NAMES

    parts, body, named = LEFT_OUT[name]
    filled = {key: value.replace("{n}", NAMES) for key, value in parts.items()}
    found = read(make_word(p("Bread", style="Title"), *body, p(TEXT), parts=filled))
    assert not found.problems
    assert named in notes_of(found)
    assert named.partition("“")[2].rstrip("”").strip() not in found.body or "“" not in named


def test_a_picture_comes_with_its_description(program: str) -> None:
    shown = p(picture("rId2", "The oven"))
    found = read(make_word(p("Bread", style="Title"), shown, p(TEXT), parts={"word/media/image1.png": PNG}))
    assert found.body == f"![The oven]({{static}}/images/picture-1.png)\n\n{TEXT}\n"
    assert found.pictures == {"picture-1.png": PNG}


def test_a_list_with_marks_of_its_own_keeps_them(program: str) -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
    from tests.support.word_files import NAMES

    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = body_of(p("one", more=item), p("two", more=item), **{"word/numbering.xml": numbering})
    assert body == "a) one\n\nb) two\n\n…"


def test_the_same_text_in_two_formats_has_the_same_words(program: str) -> None:
    word = read(
        make_word(p("Bread for all"), p("3 May 1968"), p(TEXT), p("It’s over — and ", r("done", "<w:i/>"), "."))
    )
    plain = read(f"Bread for all\n3 May 1968\n\n{TEXT}\n\nIt’s over — and done.\n".encode(), "a.txt")
    assert (word.words, word.title, word.date) == (plain.words, plain.title, plain.date)


def test_the_language_of_the_program_is_not_that_of_the_text(program: str) -> None:
    text = "Nous avons faim et froid, et l'hiver est long dans le port de la ville où nous sommes nés."
    assert read(make_word(p("Le pain", style="Title"), p(text), p(text), lang="en-US")).lang == "fr"
    assert read(make_word(p("Bread", style="Title"), p(TEXT), lang="en-US")).lang == "en"


def test_a_heading_in_bold_is_asked_for(program: str) -> None:
    found = read(make_word(p("Bread", style="Title"), p(r("The oven", "<w:b/>")), p(TEXT)))
    assert found.body.startswith("**The oven**")
    assert "Is it a heading?" in notes_of(found)
    assert any(note.confidence is Confidence.REVIEW for note in found.notes if "heading" in note.message)


REFUSED = {
    "an old Word file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "save it as .docx",
    ),
    "a file with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "a PDF": (b"%PDF-1.4", ".pdf"),
    "RTF": (b"{\\rtf1 x}", ".rtf"),
    "noise": (b"\x00\x01\x02 nothing", "damaged"),
    "nothing": (b"", "empty"),
    "half a zip": (make_word(p(TEXT))[:400], "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_files_are_refused_in_a_line(name: str) -> None:
    data, expected = REFUSED[name]
    found = read(data)
    assert len(found.problems) == 1
    assert expected in str(found.problems[0])
    assert "\n" not in str(found.problems[0])


def test_a_zip_a_bomb_and_an_empty_file_are_refused() -> None:
    from tests.support.word_files import pack

    assert "not a .docx file" in str(read(pack({"a.txt": "words"})).problems)
    assert "trap" in str(read(make_word(p(TEXT), parts={"word/media/a.png": b"\0" * 450_000_000})).problems)
    assert "no words" in str(read(make_word(p(""))).problems)
    assert "no text" in str(read(make_word(p("Bread", style="Title"))).problems)


def test_a_mark_that_was_typed_for_a_note_goes_and_is_named(program: str) -> None:
    mark = '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    notes = {"word/footnotes.xml": make_notes("footnote", {2: p("Its note.")})}
    found = read(make_word(p("Bread", style="Title"), p("One", mark, "."), p(TEXT), parts=notes))
    assert found.body.startswith("One[^1].\n")
    assert "marks of their own got numbers: “*”" in notes_of(found)


def test_a_file_within_the_file_is_refused(program: str) -> None:
    found = read(make_word(p("Bread", style="Title"), p(TEXT), '<w:altChunk r:id="rId9"/>'))
    assert [problem.rule for problem in found.problems] == ["words-lost"]


def test_a_text_that_is_all_indented_is_no_quotation(program: str) -> None:
    indent = '<w:ind w:left="720"/>'
    found = read(make_word(p("Bread", style="Title"), *(p(f"{TEXT} {n}", more=indent) for n in range(4))))
    assert ">" not in found.body


def test_a_cell_over_two_columns_keeps_the_cells_below_it(program: str) -> None:
    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("wide")}</w:tc></w:tr>'
    rows = table(("a", "b"), grid=False).replace("<w:tbl>", f"<w:tbl>{wide}")
    assert "| wide |  |\n| --- | --- |\n| a | b |" in body_of(rows)


def test_a_picture_of_an_old_version_of_word_comes_with_its_description(program: str) -> None:
    shown = p('<w:r><w:pict><v:shape alt="The oven"><v:imagedata r:id="rId2"/></v:shape></w:pict></w:r>')
    found = read(make_word(p("Bread", style="Title"), shown, p(TEXT), parts={"word/media/image1.png": PNG}))
    assert found.body.startswith("![The oven](")


def test_words_set_wide_are_asked_about(program: str) -> None:
    found = read(make_word(p("Brot", style="Title"), p(r("alle", '<w:spacing w:val="60"/>'), " Macht"), p(TEXT)))
    assert "REVIEW letters: printed with spaces between the letters: “alle”" in notes_of(found)


def test_the_first_row_becomes_the_head_that_a_table_of_markdown_has(program: str) -> None:
    found = read(make_word(p("Bread", style="Title"), table(("a", "b"), ("c", "d")), p(TEXT)))
    assert found.body.startswith("| a | b |\n| --- | --- |\n| c | d |")
    assert "REVIEW marks: “a b”: the first row of a table became its head" in notes_of(found)


def test_without_pandoc_a_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "find_pandoc", lambda: "")
    found = read(make_word(p("Bread", style="Title"), p(TEXT)))
    assert [problem.rule for problem in found.problems] == ["import-office"]
    assert "pip install -e '.[office]'" in str(found.problems[0])


def test_a_pandoc_that_fails_or_takes_too_long_is_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "pandoc"
    for text, said in (
        ("echo 'Out of memory' >&2; exit 251", "Out of memory"),
        ("sleep 5", "seconds"),
        ("echo {", "read"),
    ):
        script.write_text(f"#!/bin/sh\n{text}\n")
        script.chmod(0o755)
        monkeypatch.setattr(pandoc, "find_pandoc", lambda: str(script))
        monkeypatch.setattr(pandoc, "_LONGEST", 1)
        found = read(make_word(p("Bread", style="Title"), p(TEXT)))
        assert said in str(found.problems[0])
