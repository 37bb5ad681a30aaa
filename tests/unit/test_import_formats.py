"""Import of OpenDocument, RTF, web pages, EPUBs and texts of AmuseWiki: words, notes, headers, what is left out."""

from __future__ import annotations

import pytest

from tests.support.word_files import make_epub, make_open_document, make_word
from tests.unit.test_import_office import PNG, TEXT, find_programs, notes_of, program, read

__all__ = ["program"]

pytestmark = pytest.mark.skipif(not find_programs(), reason="pandoc is not installed")


def page(inside: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang=en><head>{head}</head><body>{inside}<p>{TEXT}</p></body></html>".encode()


WEB = {
    "a menu": ("<nav>Home About</nav><h1>Bread</h1>", "Bread", "", "menu: “Home About”"),
    "a foot": ("<h1>Bread</h1><footer>© Site</footer>", "Bread", "", "foot of the page: “© Site”"),
    "a form": ("<h1>Bread</h1><form>Search <input><button>Go</button></form>", "Bread", "", "form: “Search Go”"),
    "a head without a title": (
        "<header>The site</header><h1>Bread</h1>",
        "Bread",
        "",
        "header of the page: “The site”",
    ),
    "a head with the title": ("<header><h1>Bread</h1></header><p>One.</p>", "Bread", "One.", ""),
    "a script": ("<script>var x='lost'</script><h1>Bread</h1>", "Bread", "", ""),
    "a style": ("<h1>Bread</h1><style>p{color:red}</style>", "Bread", "", ""),
    "hidden words": ("<h1>Bread</h1><p style='display: none'>secret</p>", "Bread", "", "hidden text: “secret”"),
    "a quotation": (
        "<h1>Bread</h1><blockquote><p>One.</p><p>Two.</p></blockquote>",
        "Bread",
        "> One.\n>\n> Two.",
        "",
    ),
    "marks": (
        "<h1>Bread</h1><p><i>a</i> <b>b</b> <u>c</u> 2<sup>e</sup></p>",
        "Bread",
        "*a* **b** *c* 2<sup>e</sup>",
        "",
    ),
    "a reading": ("<h1>Bread</h1><p><ruby>漢<rt>kan</rt></ruby></p>", "Bread", "漢（kan）", ""),
    "a formula": ("<h1>Bread</h1><p>so <math><mi>a</mi><mo>+</mo><mi>b</mi></math></p>", "Bread", "so a+b", ""),
    "divisions": ("<div><div><h1>Bread</h1></div><div><p>One.</p></div></div>", "Bread", "One.", ""),
    "a table": (
        "<h1>Bread</h1><table><tr><th>a<th>b<tr><td>c<td>d</table>",
        "Bread",
        "| a | b |\n| --- | --- |\n| c | d |",
        "",
    ),
    "a definition": ("<h1>Bread</h1><dl><dt>Oven<dd>It is hot.</dl>", "Bread", "Oven\n: It is hot.", ""),
    "a list in a list": (
        "<h1>Bread</h1><ol start=3><li>a<ul><li>b</ul><li>c</ol>",
        "Bread",
        "3. a\n    * b\n4. c",
        "",
    ),
    "a link to a file": (
        "<h1>Bread</h1><p><a href='other.html'>there</a></p>",
        "Bread",
        "there",
        "a link to other.html",
    ),
    "a script in a link": ("<h1>Bread</h1><p><a href='javascript:x()'>there</a></p>", "Bread", "there", "a link to"),
    "classes": (
        "<h1 class=title>Bread</h1><p class=author>Ada Brennan</p><p class=date>3 May 1968</p>",
        "Bread",
        "",
        "",
    ),
    "a note": (
        "<h1>Bread</h1><p>One<sup><a href='#n' id=r>1</a></sup>.</p><p id=n><a href='#r'>1</a>. Its note.</p>",
        "Bread",
        "One[^1].",
        "links to notes became notes",
    ),
    "a note of Word": (
        "<h1>Bread</h1><p>One<a href='#_ftn1' name='_ftnref1'>[1]</a>.</p><div id=ftn1><p>"
        "<a href='#_ftnref1' name='_ftn1'>[1]</a> Its note.</p></div>",
        "Bread",
        "One[^1].",
        "became notes",
    ),
}


@pytest.mark.parametrize("name", WEB)
def test_a_web_page_gives_its_text(name: str, program: str) -> None:
    inside, title, body, named = WEB[name]
    found = read(page(inside), "a.html")
    assert not found.problems
    assert found.title == title
    text, _, notes = found.body.partition("\n\n[^1]: ")
    assert text.replace(TEXT, "").strip() == body
    assert named in notes_of(found)
    assert notes.strip() == ("Its note." if "note" in name else "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "iso-8859-2", "koi8-r"])
def test_a_web_page_is_read_in_the_encoding_it_declares(encoding: str, program: str) -> None:
    words = {"iso-8859-2": "Zażółć gęślą jaźń", "koi8-r": "Хлеб и розы"}.get(encoding, "Café à l’œuvre")
    text = (
        f"<html><head><meta charset={encoding}></head><body><h1>Bread</h1><p>{words}</p><p>{TEXT}</p></body></html>"
    )
    if encoding == "iso-8859-2":
        words = words.replace("’", "'")
    assert words in read(text.encode(encoding), "a.html").body


AUTHORS = {
    "one": ("#author Ada Brennan", "Ada Brennan"),
    "one, sorted": ("#author Rosa Lunt\n#SORTauthors Lunt, Rosa", "Rosa Lunt"),
    "sorted alone": ("#SORTauthors Lunt, Rosa", "Rosa Lunt"),
    "several, sorted": ("#author Rosa Lunt\n#SORTauthors Lunt, Rosa; Marsh, John", "Rosa Lunt; John Marsh"),
    "several, by commas": ("#SORTauthors Ada Brennan, Tom Hill, Anonymous", "Ada Brennan; Tom Hill; Anonymous"),
    "a society": ("#author Friends of Bread\n#SORTauthors Friends of Bread", "Friends of Bread"),
    "a suffix": ("#SORTauthors King, Martin Luther, Jr.; Hill, Tom", "King, Martin Luther, Jr.; Tom Hill"),
    "a particle": ("#SORTauthors de Cleyre, Voltairine; Дорн, Анна", "Voltairine de Cleyre; Анна Дорн"),
    "as printed": ("#author Ann & Tom Hill\n#SORTauthors Ann Hill; Tom Hill", "Ann Hill; Tom Hill"),
    "by authors": ("#authors Ann Hill, Tom Hill", "Ann Hill; Tom Hill"),
}


@pytest.mark.parametrize("name", AUTHORS)
def test_authors_of_amusewiki_are_names_as_they_are_read(name: str, program: str) -> None:
    head, author = AUTHORS[name]
    found = read(f"#title Bread\n{head}\n#lang en\n\n{TEXT}\n".encode(), "a.muse")
    assert found.fields == {"author": (author,)}


BOOKS = {
    "a date": ("<dc:date>1968-05-03</dc:date>", "1968-05-03", {}, "was the text printed then?"),
    "no date": ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", "undated", {}, ""),
    "a date of the file": ('<dc:date opf:event="modification">2011-01-01</dc:date>', "undated", {}, ""),
    "a sorted name": ("<dc:creator>Lunt, Rosa</dc:creator>", "undated", {"author": ("Rosa Lunt",)}, ""),
    "a translator": (
        '<dc:creator opf:role="aut">Rosa Lunt</dc:creator><dc:contributor opf:role="trl">Tom Hill</dc:contributor>',
        "undated",
        {"author": ("Rosa Lunt",), "translator": ("Tom Hill",)},
        "",
    ),
    "a translator of EPUB 3": (
        '<dc:creator id="c">Tom Hill</dc:creator><meta refines="#c" property="role">trl</meta>',
        "undated",
        {"translator": ("Tom Hill",)},
        "",
    ),
    "an editor": ('<dc:contributor opf:role="edt">Ann Marsh</dc:contributor>', "undated", {}, "“Ann Marsh”"),
    "a program": ('<dc:contributor opf:role="bkp">calibre</dc:contributor>', "undated", {}, ""),
}


@pytest.mark.parametrize("name", BOOKS)
def test_what_a_book_says_of_itself_becomes_the_header(name: str, program: str) -> None:
    metadata, date, fields, named = BOOKS[name]
    package = metadata.replace("opf:", 'xmlns:opf="http://www.idpf.org/2007/opf" opf:')
    pages = {"one.xhtml": f"<p>{TEXT}</p>"}
    found = read(make_epub(pages, f"<dc:title>Bread</dc:title>{package}"), "a.epub")
    assert (found.date, found.fields) == (date, fields), found.problems
    assert named in notes_of(found)
    assert "calibre" not in notes_of(found)


MUSE = {
    "a note": ("One.[1]\n\n[1] Its note.\n", "One.[^1]\n\n[^1]: Its note."),
    "marks": ("*a* **b** =c=\n", "*a* **b** `c`"),
    "a heading": ("One.\n\n** Two\n\nThree.\n", "One.\n\n## Two\n\nThree."),
    "a list": (" - a\n - b\n", "* a\n* b"),
    "letters": (" a. one\n b. two\n", "a. one\n\nb. two"),
    "verse": ("> Roses\n> are red\n", "Roses<br>\nare red"),
    "a quotation": ("<quote>\nOne.\n</quote>\n", "> One."),
    "a link": ("See [[http://example.org][there]].\n", "See [there](http://example.org)."),
    "a bare link": ("See [[http://example.org]].\n", "See [http://example.org](http://example.org)."),
    "a rule": ("One.\n\n----\n\nTwo.\n", "One.\n\n- - -\n\nTwo."),
    "centred": ("<center>\nOne.\n</center>\n", "One."),
    "a break": ("One.<br>\nTwo.\n", "One.<br>\nTwo."),
    "a table": ("a | b\nc | d\n", "| a | b |\n| --- | --- |\n| c | d |"),
    "two colons": ("Term :: what it means\n", "Term :: what it means"),
    "an asterism": ("One.\n\n<center>\n* * *\n</center>\n\nTwo.\n", "One.\n\n\\* \\* \\*\n\nTwo."),
}


@pytest.mark.parametrize("name", MUSE)
def test_a_text_of_amusewiki_gives_its_text(name: str, program: str) -> None:
    source, body = MUSE[name]
    text = f"#title Bread\n#author Ada Brennan\n#lang en\n\n{TEXT}\n\n{source}"
    found = read(text.encode(), "a.muse")
    assert not found.problems, found.problems
    assert (found.title, found.fields["author"]) == ("Bread", ("Ada Brennan",))
    assert found.body.replace(f"{TEXT}\n\n", "").strip() == body


STYLED = {
    "a class": ("<span class=c1>so</span> it was", "*so* it was"),
    "two classes": ("<span class='c0 c2'>so</span> it was", "**so** it was"),
    "bold and italics": ("<span class='c1 c2'>so</span> it was", "***so*** it was"),
    "a style by itself": ("<span style='font-weight: 700'>so</span> it was", "**so** it was"),
    "not bold": ("<span style='font-weight:400;font-style:normal'>so</span> it was", "so it was"),
    "raised": ("2<span class=c3>e</span> rue", "2<sup>e</sup> rue"),
    "lowered": ("H<span style='vertical-align:sub'>2</span>O", "H<sub>2</sub>O"),
    "underlined": ("<span class=c4>so</span> it was", "*so* it was"),
    "an underlined link": ("<span class=c4><a href='http://a.org'>there</a></span>", "[there](http://a.org)"),
    "a rule on more than a class": ("<span class=c5>so</span> it was", "so it was"),
}


@pytest.mark.parametrize("name", STYLED)
def test_emphasis_by_a_style_sheet_is_emphasis(name: str, program: str) -> None:
    source, expected = STYLED[name]
    sheet = (
        ".c0{color:#000}/* .c0{font-style:italic} */.c1{font-style:italic}.c2,.x{font-weight:700}"
        "span.c3{vertical-align:super}.c4{text-decoration:underline}h1 .c5{font-weight:bold}"
    )
    data = f"<html><head><style>{sheet}</style></head><body><h1>Bread</h1><p>{source}</p><p>{TEXT}</p></body></html>"
    found = read(data.encode(), "a.html")
    assert (found.problems, found.body) == ([], f"{expected}\n\n{TEXT}\n")


@pytest.mark.parametrize("tag", ["verse", "quote", "center", "comment", "example"])
def test_a_tag_of_amusewiki_without_an_end_is_refused_at_once(tag: str, program: str) -> None:
    found = read(f"#title Bread\n\n{TEXT}\n\n<{tag}>\nRoses\nare red\n".encode(), "a.muse")
    assert [problem.rule for problem in found.problems] == ["unreadable"]
    assert f"</{tag}>" in str(found.problems[0])


def test_paragraphs_of_an_open_document_in_the_style_of_a_heading_are_headings(program: str) -> None:
    styles = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>'
    body = f'<text:p>Bread</text:p><text:p>{TEXT}</text:p><text:p text:style-name="P1">Two</text:p><text:p>a</text:p>'
    found = read(make_open_document(body, styles), "a.odt")
    assert (found.problems, found.body) == ([], f"{TEXT}\n\n## Two\n\na\n")


@pytest.mark.parametrize(
    "parts",
    [
        {"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>", "content.xml": "\x01\x02"},
        {"encrypted-package": "\x01\x02"},
    ],
    ids=["parts", "a package"],
)
def test_a_locked_open_document_is_called_locked(parts: dict[str, str]) -> None:
    found = read(make_open_document("", parts=parts), "a.odt")
    assert "locked with a password" in str(found.problems[0])


@pytest.mark.parametrize("value", ['"lol"', 'SYSTEM "file:///etc/hostname"'])
@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub", "a.html", "a.xhtml"])
def test_a_file_that_defines_words_of_its_own_is_refused(name: str, value: str) -> None:
    head = f"<!DOCTYPE x [<!ENTITY h {value}>]>"
    files = {
        "a.docx": make_word(parts={"word/document.xml": f"{head}<x>&h;</x>"}),
        "a.odt": make_open_document("", parts={"content.xml": f"{head}<x>&h;</x>"}),
        "a.epub": make_epub({"one.xhtml": ""}, more={"OEBPS/one.xhtml": f"{head}<html><body>&h;</body></html>"}),
    }
    data = files.get(name, f"{head}<html><body><p>{TEXT} &h;</p></body></html>".encode())
    found = read(data, name)
    assert [problem.rule for problem in found.problems] == ["unreadable"]
    assert "<!ENTITY" in str(found.problems[0])


def test_no_word_is_lost_below_the_depth_at_which_a_parser_gives_up(program: str) -> None:
    found = read(f"<h1>Bread</h1><p>{TEXT}</p>{'<div>' * 5000}deep".encode(), "a.html")
    assert [problem.rule for problem in found.problems] == ["too-nested"]
    found = read(f"<h1>Bread</h1><p>{TEXT}</p>{'<div>' * 300}deep".encode(), "a.html")
    assert found.problems or found.body.endswith("deep\n")


def test_the_header_of_amusewiki_becomes_ours_and_the_rest_is_named(program: str) -> None:
    head = """#title The bread
    that was good
#subtitle A story
#author Ada Brennan & Tom Hill
#SORTauthors Ada Brennan, Tom Hill
#SORTtopics strikes, bakeries
#date 3 May 1968
#pubdate 2010-03-04T12:00:00
#lang en
#source <em>Freedom</em>, 1968
#notes Read aloud.
#publisher Harbour Press
#uid abc
"""
    found = read(f"{head}\n{TEXT}\n".encode(), "a.muse")
    assert (found.title, found.date) == ("The bread that was good: A story", "1968-05-03")
    assert found.fields == {
        "author": ("Ada Brennan; Tom Hill",),
        "tags": ("strikes, bakeries",),
        "source": ("Freedom, 1968",),
        "notes": ("Read aloud.",),
        "publisher": ("Harbour Press",),
    }
    for named in ("#pubdate 2010", "#uid abc"):
        assert named in notes_of(found)


ODT = {
    "plain": ("<text:p>One.</text:p>", "One."),
    "bold": ('<text:p>a <text:span text:style-name="B">bold</text:span> b</text:p>', "a **bold** b"),
    "spaces and breaks": ('<text:p>a<text:s text:c="3"/>b<text:line-break/>c<text:tab/>d</text:p>', "a b<br>\nc d"),
    "a field": ("<text:p>on <text:date>3 May</text:date> we</text:p>", "on 3 May we"),
    "a bookmark": (
        '<text:p>see <text:bookmark-ref text:ref-name="x">page 3</text:bookmark-ref></text:p>',
        "see page 3",
    ),
    "a section": ("<text:section><text:p>One.</text:p><text:p>Two.</text:p></text:section>", "One.\n\nTwo."),
    "a heading": ('<text:h text:outline-level="2">Two</text:h><text:p>One.</text:p>', "## Two\n\nOne."),
    "a box": (
        "<text:p>a <draw:frame><draw:text-box><text:p>in the box</text:p></draw:text-box></draw:frame>b</text:p>",
        "a b\n\nin the box",
    ),
    "a table": (
        "<table:table><table:table-column/><table:table-column/><table:table-row><table:table-cell><text:p>a"
        "</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>"
        "</table:table>",
        "a\n\nb",
    ),
    "a reading": (
        "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text>"
        "</text:ruby></text:p>",
        "漢（kan）",
    ),
    "a change": ('<text:p>a <text:change text:change-id="c"/>b</text:p>', "a b"),
    "a note": (
        '<text:p>One<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Its note.</text:p></text:note-body></text:note>.</text:p>",
        "One[^1].",
    ),
}


@pytest.mark.parametrize("name", ODT)
def test_an_open_document_gives_its_text(name: str, program: str) -> None:
    inside, body = ODT[name]
    bold = (
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    title = '<text:p text:style-name="Title">Bread</text:p>'
    found = read(make_open_document(f"{title}{inside}<text:p>{TEXT}</text:p>", bold), "a.odt")
    assert not found.problems, found.problems
    assert found.title == "Bread"
    text, _, note = found.body.partition("\n\n[^1]: ")
    assert text.replace(TEXT, "").strip() == body
    assert note.strip() == ("Its note." if name == "a note" else "")


def test_comments_and_deleted_words_of_an_open_document_are_named(program: str) -> None:
    inside = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        f"<text:p>{TEXT}<office:annotation><dc:creator>x</dc:creator><text:p>Really?</text:p></office:annotation></text:p>"
        "<text:table-of-content><text:index-body><text:p>One 1</text:p></text:index-body></text:table-of-content>"
    )
    found = read(make_open_document(f"<text:p>Bread</text:p>{inside}"), "a.odt")
    assert not found.problems, found.problems
    assert found.body == f"{TEXT}\n"
    for named in ("gone", "comment: “Really?”", "list of contents: “One 1”"):
        assert named in notes_of(found)


RTF = {
    "plain": (r"One.\par", "One."),
    "marks": (r"{\i a} {\b b} {\ul c}\par", "*a* **b** *c*"),
    "letters by their bytes": (r"caf\'e9 \'93no\'94\par", "café “no”"),
    "letters by their numbers": (r"l\u8217'usine \u8220\'93story\u8221\'94\par", "l’usine “story”"),
    "letters with no other": (r"\uc0 l\u8217 usine\par", "l’usine"),
    "Russian by a font": (r"{\f1 \'d5\'eb\'e5\'e1}\par", "Хлеб"),
    "negative numbers": (r"\u-3913?x\par", "\uf0b7x"),
    "signs by name": (r"a\emdash b \lquote c\rquote  d\par", "a—b ‘c’ d"),
    "brackets": (r"\{a\} \\ b\par", "{a} &#92; b"),
    "a break": (r"one\line two\par", "one<br>\ntwo"),
    "a note": (r"One{\super\chftn}{\footnote\pard{\super\chftn} Its note.}.\par", "One[^1]."),
    "a note of pandoc": (r"One{\super\chftn}{\*\footnote\chftn\~\plain\pard Its note.\par}.\par", "One[^1]."),
    "a deleted word": (r"a {\deleted gone }b\par", "a b"),
    "a hidden word": (r"a {\v secret }b\par", "a b"),
    "a header": (r"{\header Bread Street\par}One.\par", "One."),
    "two paragraphs": (r"One.\par Two.\par", "One.\n\nTwo."),
}


@pytest.mark.parametrize("name", RTF)
def test_rich_text_gives_its_text(name: str, program: str) -> None:
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times;}}"
    head = rf"\rtf1\ansi\ansicpg1252\deff0{fonts}{{\info{{\author typist}}}}"
    source = rf"{{{head}\pard Bread\par {TEXT}\par {RTF[name][0]}}}"
    found = read(source.encode(), "a.rtf")
    assert not found.problems, found.problems
    text, _, note = found.body.partition("\n\n[^1]: ")
    assert (found.title, text.replace(TEXT, "").strip()) == ("Bread", RTF[name][1])
    assert note.strip() == ("Its note." if "note" in name else "")


def test_a_table_of_rich_text_stays_before_the_note_behind_it(program: str) -> None:
    rows = "".join(
        rf"\trowd\cellx1000\cellx2000\pard\intbl {a}\cell\pard\intbl {b}\cell\row" for a, b in ("ab", "cd")
    )
    source = rf"{{\rtf1\ansi\pard Bread\par {TEXT}\par {rows}\pard One.{{\footnote\pard Its note.\par}}\par}}"
    found = read(source.encode(), "a.rtf")
    expected = f"{TEXT}\n\n| a | b |\n| --- | --- |\n| c | d |\n\nOne.[^1]\n\n[^1]: Its note.\n"
    assert (found.problems, found.body) == ([], expected)


def test_styles_of_rich_text_are_title_author_date_and_headings(program: str) -> None:
    styles = (
        r"{\stylesheet{\s0 Normal;}{\s1\b\outlinelevel0 heading 1;}{\s2 Heading 2;}{\s15 Title;}{\s16 Author;}"
        r"{\s17 Datum;}{\*\cs18 Emphasis;}}"
    )
    lines = [
        (15, r"{\b The }bread"),
        (16, "by Ada Brennan"),
        (17, "3 May 1968"),
        (0, TEXT),
        (1, "One"),
        (0, "a"),
        (2, "Two"),
        (0, "b"),
    ]
    body = "".join(rf"\pard\plain \s{number} {words}\par" + "\n" for number, words in lines)
    found = read(rf"{{\rtf1\ansi{styles}{body}}}".encode(), "a.rtf")
    assert not found.problems, found.problems
    assert (found.title, found.date, found.fields) == ("The bread", "1968-05-03", {"author": ("Ada Brennan",)})
    assert found.body == f"{TEXT}\n\n## One\n\na\n\n### Two\n\nb\n"


def test_an_epub_is_its_pages_without_cover_and_contents(program: str) -> None:
    pages = {
        "cover.xhtml": "<section epub:type='cover'><p>Cover words</p></section>",
        "nav.xhtml": "<nav epub:type='toc'><ol><li><a href='one.xhtml'>One</a></li></ol></nav>",
        "one.xhtml": f"<h1>One</h1><p>{TEXT}<a epub:type='noteref' href='notes.xhtml#n1'>1</a></p>",
        "two.xhtml": "<h1>Two</h1><p><a id='x'/>It went on.</p>",
        "notes.xhtml": "<aside epub:type='footnote' id='n1'><p>Its note.</p></aside>",
    }
    metadata = (
        "<dc:title>The bakery</dc:title><dc:creator>Ada Brennan</dc:creator><dc:creator>Tom Hill</dc:creator>"
        "<dc:date>1968-05</dc:date><dc:language>en-GB</dc:language>"
    )
    found = read(make_epub(pages, metadata), "a.epub")
    assert not found.problems, found.problems
    assert (found.title, found.date, found.lang) == ("The bakery", "1968-05", "en-GB")
    assert found.fields == {"author": ("Ada Brennan; Tom Hill",)}
    assert found.body == f"## One\n\n{TEXT}[^1]\n\n## Two\n\nIt went on.\n\n[^1]: Its note.\n"
    assert "cover: “Cover words”" in notes_of(found)
    assert "contents: “One”" in notes_of(found)


def test_a_picture_in_rich_text_comes_with_it(program: str) -> None:
    figures = PNG.hex()
    picture = rf"{{\pict\pngblip\picw1\pich1 {figures[:60]}" + "\n" + f"{figures[60:]}}}"
    found = read(rf"{{\rtf1\ansi Bread\par {TEXT}\par {picture}\par}}".encode(), "a.rtf")
    assert not found.problems
    assert found.pictures == {"picture-1.png": PNG}
    assert "![](" in found.body
    assert "no description" in notes_of(found)


def test_a_picture_of_an_open_document_comes_with_its_description(program: str) -> None:
    frame = (
        '<text:p><draw:frame><draw:image xlink:href="Pictures/{0}.png"/><svg:title>{1}</svg:title>{2}</draw:frame>'
        "</text:p>"
    )
    described = frame.format(1, "Oven", "<svg:desc>The oven of the bakery</svg:desc>")
    titled = frame.format(2, "A Loaf", "")
    parts = {"Pictures/1.png": PNG, "Pictures/2.png": PNG + b"\0"}
    body = f"<text:p>Bread</text:p>{described}{titled}<text:p>{TEXT}</text:p>"
    found = read(make_open_document(body, parts=parts), "a.odt")
    assert not found.problems, found.problems
    assert "![The oven of the bakery](" in found.body
    assert "![A Loaf](" in found.body
