"""Markdown of other programs: no word is lost, its markup is read or named, readers see no tags."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

import pelicanconf
from press.editor.importing.data_model import ImportSettings, RecognisedText
from press.editor.importing.escaping import list_references, render_markdown
from press.editor.importing.foreign.conversion import Conversion
from press.editor.importing.foreign.convert_markdown import convert_markdown
from press.editor.importing.foreign.markdown_proof import find_wrong_account
from press.editor.importing.recognise_text import recognise_text
from press.site.lost_words import find_lost_words

EXTENSIONS = tuple(pelicanconf.MARKDOWN["extensions"])
CONFIGS = json.dumps(pelicanconf.MARKDOWN["extension_configs"])
SETTINGS = ImportSettings("en", "2026-11-23", "en", EXTENSIONS, CONFIGS)


def read(text: str, name: str = "a.md") -> RecognisedText:
    return recognise_text(text.encode(), name, SETTINGS)


def page(reading: RecognisedText) -> str:
    """Return the page of a text, without line ends between elements."""
    html = render_markdown(reading.body, EXTENSIONS, CONFIGS)
    return re.sub(r"\s+", " ", re.sub(r">\s*\n\s*<", "><", html))


def messages(reading: RecognisedText) -> str:
    return "\n".join(note.message for note in reading.notes)


def body_of(text: str) -> RecognisedText:
    return read(f"---\ntitle: The harbour\n---\n{text}\n")


NOT_HEADERS = (
    "Comrades: we strike on Monday at six, and nobody bakes.",
    "Genossinnen: wir streiken am Montag.\nGenossen: ihr auch.",
    "Date: Monday",
    "Note: the hall is cold.",
    "Notes: bring bread, and a chair.\nPlace: the square.",
    "To: all members\nFrom: the committee\nSubject: the strike\nDate: 3 May 1912",
    "ANNA: Where is he?\nBERT: At sea.",
    "Resolved: that no ship be loaded.\nResolved: that the committee meet.",
    "Place: a room in the harbour. Night.",
    "Source: of all our troubles is the company, and nobody else.",
    "Author: we asked who wrote it, and nobody answered us at all.",
    "Товарищи: мы бастуем в понедельник.",
    "Summary: we lost, and the bread is dear.",
    "Lang: Syne, by Ann Dunn",
)


@pytest.mark.parametrize("first", NOT_HEADERS)
def test_words_with_a_colon_are_no_header(first: str) -> None:
    reading = read(f"{first}\n\nThe bread of the town is baked at night.\n")
    assert reading.problems == []
    shown = lxml_html.fromstring(f"<div>{page(reading)}</div>").text_content()
    assert " ".join(first.split()) in " ".join(shown.split())
    assert "The bread of the town" in shown
    assert not reading.fields


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_words_between_two_rules_are_no_header(gap: str) -> None:
    reading = read(f"---{gap}Comrades: this stands between two rules.{gap}---{gap}The bread is baked at night.\n")
    assert reading.problems == []
    assert "this stands between two rules" in page(reading)


def test_lines_of_a_letter_or_a_play_stay_lines() -> None:
    assert "Where is he?<br>" in page(read("ANNA: Where is he?\nBERT: At sea.\n\n(He goes.)\n"))


HEADERS = (
    ("Title: The harbour\nDate: 3 May 1912\n\n", {}),
    ("Title: The harbour\nDate: 3 May 1912\nlayout: post\npermalink: /x/\n\n", {}),
    ("Title: The harbour\nDate: 3 May 1912\nSpeaker: Ann Dunn\n\n", {"notes": ("Speaker: Ann Dunn",)}),
    ("% The harbour\n% Ann Dunn; J. Marsh\n% 3 May 1912\n\n", {"author": ("Ann Dunn; J. Marsh",)}),
    ("#+TITLE: The harbour\n#+DATE: 1912-05-03\n\n", {}),
    ('{\n  "title": "The harbour",\n  "date": "1912-05-03",\n  "tags": ["ice"]\n}\n\n', {"tags": ("ice",)}),
    (';;;\n{"title": "The harbour", "date": "1912-05-03"}\n;;;\n', {}),
    ("---\ntitle: >\n  The\n  harbour\ndate: 1912-05-03\n---\n", {}),
    ("---\ntitle: The harbour\ndate: 1912-05-03 10:00:00 +0200\ntags: ice, bread\n---\n", {"tags": ("ice, bread",)}),
    ("---\ntitle: The harbour\ndate: 1912-05-03\ndraft: true\n---\n", {"status": ("draft",)}),
    ("---\ntitle: The harbour\ndate: 1912-05-03\ntranslator: [A, B]\n---\n", {"translator": ("A; B",)}),
    (
        "---\ntitle: The harbour\ndate: 1912-05-03\nauthor:\n  - Ann Dunn\n  - name: J. Marsh\n---\n",
        {"author": ("Ann Dunn; J. Marsh",)},
    ),
    (
        "---\ntitle: The harbour\ndate: 1912-05-03\nauthor: {given: Ann, family: Dunn, email: a@b.org}\n---\n",
        {"author": ("Ann Dunn",)},
    ),
    (
        "---\ntitle: The harbour\ndate: 1912-05-03\nauthor:\n  - name: A\n    role: the printer of it\n---\n",
        {"author": ("A",)},
    ),
    ("---\ntitle: The harbour\ndate: 1912-05-03\nsubtitle: A tale\n---\n", {"notes": ("Subtitle: A tale",)}),
    ("+++\ntitle = 'The harbour'\ndate = 1912-05-03\n[taxonomies]\ntags = ['ice']\n+++\n", {"tags": ("ice",)}),
)


@pytest.mark.parametrize(("header", "fields"), HEADERS)
def test_a_header_is_read_whatever_its_form(header: str, fields: dict[str, tuple[str, ...]]) -> None:
    reading = read(f"{header}We meet at six.\n")
    assert reading.problems == []
    assert (reading.title, reading.date, reading.fields) == ("The harbour", "1912-05-03", fields)
    assert reading.body == "We meet at six.\n"


def test_a_sentence_of_a_header_that_fits_no_key_is_kept() -> None:
    header = "title: A\ndate: the night of the fire\ndescription: One.\nsummary: Another one.\nepigraph: No rope."
    reading = read(f"---\n{header}\n---\nWe meet.\n")
    assert reading.fields["notes"] == ("Summary: Another one.", "Epigraph: No rope.", "Date: the night of the fire")


UNSHOWN = ("transcriber: Jo Bloggs", "pageIcon: /a.png", "attributions: From <a href='x'>there</a>", "ocr: no")


@pytest.mark.parametrize("line", UNSHOWN)
def test_what_only_the_archive_wants_to_know_is_not_among_the_notes_for_readers(line: str) -> None:
    reading = read(f"---\ntitle: The harbour\n{line}\n---\nWe meet.\n")
    name, _, value = line.partition(": ")
    assert "notes" not in reading.fields
    assert f"Header: {name[0].upper()}{name[1:]}: {value}" in reading.corrections


TITLES = (
    ("_A word_ on bread,[^1] and *more*.\n\n[^1]: A note.", "A word on bread, and more. …"),
    ("![](a.png)\n\n“It’s cold”, she said.", "“It’s cold”, she said. …"),
    ("- - -\n\nΤο λιμάνι!", "Το λιμάνι! …"),
)


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_title_of_first_words_is_as_they_are_printed(text: str, title: str) -> None:
    assert read(f"{text}\n").title == title


def test_a_comment_in_a_header_is_named() -> None:
    reading = read("---\ntitle: The harbour # first try\n# the last line is missing\nlayout: post\n---\nWe meet.\n")
    assert "“first try”" in messages(reading)
    assert "“the last line is missing”" in messages(reading)
    assert reading.title == "The harbour"


def test_a_header_with_words_too_deep_to_show_is_refused() -> None:
    reading = read("---\ntitle: A\nx:\n  a:\n    b:\n      c:\n        d: Words of people.\n---\nWe meet.\n")
    assert [problem.rule for problem in reading.problems] == ["import-header"]


def test_the_name_of_a_file_gives_the_date() -> None:
    assert read("---\ntitle: A\n---\nWe meet.\n", "posts/2012-05-03-the-harbour.md").date == "2012-05-03"
    assert read("---\ntitle: A\ndate: 1974\n---\nWe meet.\n", "2012-05-03-the-harbour.md").date == "1974"


READ = (
    ("<blockquote>No rope.</blockquote>", "<blockquote><p>No rope.</p></blockquote>"),
    ("He was <i>not</i> <b>asked</b>.", "<p>He was <em>not</em> <strong>asked</strong>.</p>"),
    ("un<EM>believ</EM>able", "<p>un<em>believ</em>able</p>"),
    ("<i> no </i>and <b>b <i>i</i></b>", "<p><em>no</em> and <strong>b <em>i</em></strong></p>"),
    ("a<br/>b<br />c", "<p>a<br> b<br> c</p>"),
    ('<span class="x">a</span> <span lang="fr">mot</span>', '<p>a <span lang="fr">mot</span></p>'),
    ("<sup class=x>3</sup> H<sub>2</sub>O", "<p><sup>3</sup> H<sub>2</sub>O</p>"),
    ("<h2>The <i>ice</i></h2>\nWords.", "<h2>The <em>ice</em></h2><p>Words.</p>"),
    ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ('<ol start="3"><li>a</li><li>b</li></ol>', '<ol start="3"><li>a</li><li>b</li></ol>'),
    ("<p>One</p><p>Two", "<p>One</p><p>Two</p>"),
    ('<a href="http://x.org/a_b">x</a>', '<p><a href="http://x.org/a_b">x</a></p>'),
    ('<img src="{static}/images/a.svg" alt="A ship">', '<p><img alt="A ship" src="{static}/images/a.svg"></p>'),
    ("a\n\n<hr>\n\nb", "<p>a</p><hr><p>b</p>"),
    ("<pre>\n a &amp; b\n</pre>", "<pre><code> a &amp; b </code></pre>"),
    ("> <p>One</p><p>Two</p>", "<blockquote><p>One</p><p>Two</p></blockquote>"),
    ("<hear, hear> and <b and c>", "<p>&lt;hear, hear&gt; and &lt;b and c&gt;</p>"),
    ("`<i>x</i>` and \\<i>", "<p><code>&lt;i&gt;x&lt;/i&gt;</code> and &lt;i&gt;</p>"),
    ("2^nd^ H~2~O ~~gone~~ ==so==", "<p>2<sup>nd</sup> H<sub>2</sub>O gone so</p>"),
    ("[Dunn]{.smallcaps} [mots]{lang=fr}", '<p>Dunn <span lang="fr">mots</span></p>'),
    ("## Head {#id .x}\n\nText\n{:.y}", "<h2>Head</h2><p>Text</p>"),
    ("::: {.verse}\n| One\n| Two\n\n| Three\n:::", "<p>One<br> Two</p><p>Three</p>"),
    ('!!! note "Title"\n    Inside.', "<p><strong>Title</strong></p><p>Inside.</p>"),
    ("> [!NOTE]\n> Words.", "<blockquote><p>Words.</p></blockquote>"),
    ("- [ ] a\n- [x] b", "<ul><li>☐ a</li><li>☑ b</li></ul>"),
    ("[[Page|text]] [[Other]]", "<p>text Other</p>"),
    ("a\\\nb", "<p>a<br> b</p>"),
    ("word---word", "<p>word—word</p>"),
    ("Term\n: One\n: Two", "<dl><dt>Term</dt><dd>One</dd><dd>Two</dd></dl>"),
    ("a {{ site.url }} b", "<p>a b</p>"),
    ('{{< quote author="Ann Dunn" >}}We strike.{{< /quote >}}', "<p>Ann Dunn We strike.</p>"),
    ('{% include figure.html src="/a.jpg" caption="The gate" %}', '<p><img alt="The gate" src="/a.jpg"></p>'),
    ("a[^x y] b\n\n[^x y]: Note.", None),
)


@pytest.mark.parametrize(("text", "html"), READ)
def test_foreign_markup_is_read(text: str, html: str | None) -> None:
    reading = body_of(text)
    assert reading.problems == []
    assert page(reading) == html or (html is None and "footnote-ref" in page(reading))


def test_a_table_of_html_is_a_table() -> None:
    reading = body_of("<table><tr><th>a</th><th>b</th></tr><tr><td>1 | 2</td><td><i>c</i><br>d</td></tr></table>")
    assert "<td>1 | 2</td><td><em>c</em><br> d</td>" in page(reading)


NAMED = (
    ("<!-- scanned by me -->\n\nWords.", "“<!-- scanned by me -->” was left out", "scanned"),
    ("Words.\n<!-- of\ntwo lines -->", "“<!-- of two lines -->”", "of two"),
    ("Words %%hidden%% here.", "“%%hidden%%”", "hidden"),
    ("{% comment %}hidden{% endcomment %}Words.", "hidden", "hidden"),
    ("[//]: # (hidden)\n\nWords.", "hidden", "hidden"),
    ("<u>Words</u>", "<u>", "<"),
    ("<center>Words</center>", "<center>", "<"),
    ("<p align=center>Words</p>", "<p align=center>", "<"),
    ('<a name="p3"></a>Words', '<a name="p3">', "<"),
    ("<script>alert(1)</script>Words", "alert(1)", "alert"),
    ("{{< youtube abc >}} Words", "{{< youtube abc >}}", "abc"),
    ("Words {#id}", "{#id}", "#id"),
    ("~~Words~~", "struck", "~"),
    ("\\newpage\n\nWords.", "\\newpage", "newpage"),
)


@pytest.mark.parametrize(("text", "named", "hidden"), NAMED)
def test_markup_without_a_form_is_left_out_and_named(text: str, named: str, hidden: str) -> None:
    reading = body_of(text)
    assert named in messages(reading)
    shown = lxml_html.fromstring(f"<div>{page(reading)}</div>").text_content()
    assert "Words" in shown
    assert hidden not in shown


KEPT = ("{{Quote|We strike|Ann}}", "![[note]]", "[@doe, p. 3]", ":smile:", "$a_1 b$", "(^1)", "\\emph{x}", "^[open")


@pytest.mark.parametrize("text", KEPT)
def test_markup_that_is_not_known_stays_and_is_named(text: str) -> None:
    reading = body_of(f"Words {text} here.")
    assert reading.problems == []
    assert text[:6] in messages(reading)
    assert text in lxml_html.fromstring(f"<div>{page(reading)}</div>").text_content()


NOTES = (
    ("He.^[She was.]", 1),
    ("A^[One.] and b^[Two.]", 2),
    ("> Quoted^[A note\n> over lines].", 1),
    ("- item^[A [nested] note]", 1),
    ("A^[outer ^[inner] end]", 2),
    ("A^[One.] and b[^1].\n\n[^1]: Old.", 2),
    ("| a | b |\n|---|---|\n| x^[in a cell] | y |", 1),
    ("A^[with `code ]` and [a link](http://x.org)].", 1),
    ("A[^1].\n\n[^1]: One.\n\nB[^1].\n\n[^1]: Two.", 2),
    ("A [p. 3][#doe].\n\n[#doe]: John Doe, Works.", 1),
    ("A[^my note].\n\n[^my note]: Words.", 1),
    ("A^[<i>It</i> was.]", 1),
)


@pytest.mark.parametrize(("text", "count"), NOTES)
def test_notes_of_other_dialects_are_notes(text: str, count: int) -> None:
    reading = body_of(text)
    assert reading.problems == []
    root = lxml_html.fromstring(f"<div>{page(reading)}</div>")
    assert len(root.xpath("//li[starts-with(@id, 'fn:')]")) == count
    assert "^[" not in root.text_content()


def test_a_note_without_a_mark_is_printed() -> None:
    reading = body_of("Words.\n\n[^1]: Nobody refers\n    to it.")
    assert "[^1]: Nobody refers" in lxml_html.fromstring(f"<div>{page(reading)}</div>").text_content()
    assert "“[^1]” has no mark" in messages(reading)


LISTS = (
    ("1. one\n2. two\n\n1. uno\n2. due", "<ol><li>one</li><li>two</li></ol><p>1. uno</p><p>2. due</p>"),
    ("1. a\n3. c\n7. e", "<p>1. a</p><p>3. c</p><p>7. e</p>"),
    ("5. e\n4. d", "<p>5. e</p><p>4. d</p>"),
    ("1. a\n1. b\n1. c", "<ol><li>a</li><li>b</li><li>c</li></ol>"),
    ("> 1. a\n>\n> 1. b", "<blockquote><ol><li>a</li></ol><p>1. b</p></blockquote>"),
    ("1. a\n\nText.\n\n2. b", '<ol><li>a</li></ol><p>Text.</p><ol start="2"><li>b</li></ol>'),
    ("1. a\n\n   more\n\n2. b", "<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>"),
    ("1. a\n   - x\n   - y\n2. b", "<ol><li>a<ul><li>x</li><li>y</li></ul></li><li>b</li></ol>"),
    ("Demands:\n1. Bread\n2. Peace", "<p>Demands:</p><ol><li>Bread</li><li>Peace</li></ol>"),
    ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
    ("1. a\n- b\n- c", "<ol><li>a</li></ol><ul><li>b</li><li>c</li></ul>"),
    ("In\n1986. A year.", "<p>In 1986. A year.</p>"),
    ("<ol><li>a</li></ol><ol><li>b</li></ol>", "<ol><li>a</li></ol><p>1. b</p>"),
)


@pytest.mark.parametrize(("text", "html"), LISTS)
def test_a_list_shows_the_numbers_that_were_printed(text: str, html: str) -> None:
    reading = body_of(text)
    assert reading.problems == []
    assert page(reading) == html
    assert find_lost_words(reading.body, page(reading), list_references(EXTENSIONS, CONFIGS)) == ([], 0)


def test_a_line_that_markdown_would_swallow_is_escaped() -> None:
    reading = body_of("Words.\n\n[1]: See")
    assert reading.problems == []
    assert "[1]: See" in page(reading)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = "---\ntitle: A\n---\nHe was <i>not</i>.^[She was.]\n"
    unix, windows = read(text), recognise_text(f"\ufeff{text}".replace("\n", "\r\n").encode(), "a.md", SETTINGS)
    assert unix.body == windows.body


def test_a_text_without_foreign_markup_stays_as_it_is() -> None:
    body = "Words *and* words[^1].\n\n* * *\n\n- a\n- b\n\n```\n\n\n<i>x</i>\n```\n\n[^1]: A note.\n"
    assert read(f"---\ntitle: A\n---\n{body}").body == body


def test_the_account_finds_a_word_that_was_dropped_or_added() -> None:
    conversion = Conversion("One two")
    assert "two" in find_wrong_account("One two", conversion, "One")
    assert "three" in find_wrong_account("One two", conversion, "One two three")
    conversion.take("comment", "two")
    assert find_wrong_account("One two", conversion, "One") == ""


TAGS = ["<i>", "</i>", "<p>", "<ul>", "<li>", "</ul>", "<br>", "<td>", "<!-- c -->"]
MARKS = ["^[n]", "[^1]", "\n[^1]: x\n", "{{ a.b }}", "[w]{.x}", "1. ", "2. ", "- ", "> ", "| ", ":::"]
PIECES = st.sampled_from([*"ab\n>-*_[]^{}<>|~=:#%`\\ 1.", "\n\n", "word ", *TAGS, *MARKS])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_word_is_lost_or_added_whatever_the_markup(text: str) -> None:
    assert convert_markdown(text, 1)[2] == ""


LINKED = (
    ('A.<sup><a href="#fn1">1</a></sup>\n\n<ol><li id="fn1">One. <a href="#r1">↩</a></li></ol>', ["One."]),
    ('A.<a id="r1" href="#n1"><sup>[1]</sup></a>\n\n<p id="n1"><a href="#r1">[1]</a> One.</p>', ["One."]),
    (
        'A.<sup>[1](#f1)</sup> B.<sup>[2](#f2)</sup>\n\n1. <b id="f1"></b>One.\n2. <b id="f2"></b>Two.',
        ["One.", "Two."],
    ),
    ("A.[[1]](#_ftn1)\n\n[[1]](#_ftnref1) no note", []),
    ('A.[[1]](#_ftn1)\n\n<a id="_ftn1"></a>[[1]](#_ftnref1) One.', ["One."]),
    ('A.[\\[1\\]](#note-1)\n\n<div id="note-1">1. One.<p>More.</p></div>', ["One. / More."]),
    ('A.<a href="#note1" name="ref1">*</a>\n\n<a href="#ref1" name="note1">*</a> One.\n\nAfter.', ["One."]),
    ('<p>A<a href="e.xhtml#note-1" id="r" epub:type="noteref">1</a></p><li id="note-1"><p>One.</p></li>', ["One."]),
    ('A [3](#page-9) and [1](#c1)\n\n<a id="page-9"></a>B.\n\n<h2 id="c1">C</h2>', []),
    ('A <a href="#x">see the table</a>.\n\n<p id="x">The table.</p>', []),
    ('A.<sup><a href="http://a.org/#fn1">1</a></sup>\n\n<p id="fn1">One.</p>', []),
)


@pytest.mark.parametrize(("text", "notes"), LINKED)
def test_notes_that_are_linked_in_html_are_notes(text: str, notes: list[str]) -> None:
    reading = body_of(text)
    assert reading.problems == []
    root = lxml_html.fromstring(f"<div>{render_markdown(reading.body, EXTENSIONS, CONFIGS)}</div>")
    for link in root.xpath("//a[@class='footnote-backref']"):
        link.drop_tree()
    found = root.xpath("//li[starts-with(@id, 'fn:')]")
    assert [" / ".join(p.text_content().strip() for p in item.iter("p")) for item in found] == notes


HEADED = (
    ("A.[^1]\n\n## Notes\n\n[^1]: One.", False),
    ("A.[^1]\n\n---\n\n**Anmerkungen:**\n\n[^1]: Eins.", False),
    ("A.^[One.]\n\nNotes\n-----", False),
    ("A.[^1]\n\n### Notes\n\n[^1]: One.\n\n## Next\n\nB.", False),
    ("A.[^1]\n\n## Notes\n\n[^1]: One.\n\nThe hall is cold.", True),
    ("A.\n\n## Notes", True),
)


@pytest.mark.parametrize(("text", "stays"), HEADED)
def test_a_heading_of_notes_goes_where_only_notes_are_below_it(text: str, stays: bool) -> None:
    reading = body_of(text)
    assert reading.problems == []
    assert bool(re.search("Notes|Anmerkungen", page(reading))) is stays
    assert ("above the notes was left out" in messages(reading)) is not stays


LIVE = (
    "[x](javascript:alert(1))",
    "[x](JAVA&#115;cript:alert(1))",
    '<a href="&#106;avascript:alert(1)">x</a>',
    "[x][r]\n\n[r]: vbscript:alert(1)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    '<img src="data:text/html,a" alt="x">',
    "[x](file:///home/ann/a.pdf)",
    '{{< figure src="javascript:alert(1)" alt="x" >}}',
    "![[javascript:x.png]]",
    '<svg onload="alert(1)">x</svg>',
    '<p onclick="alert(1)">x</p>',
    '<iframe src="http://x.org">x</iframe>',
    "&lt;script&gt;x&lt;/script&gt;",
    "x^[<img src=a onerror=alert(1)>b]",
)


@pytest.mark.parametrize("text", LIVE)
def test_nothing_that_runs_comes_out_of_an_import(text: str) -> None:
    reading = body_of(f"Words.\n\n{text}")
    assert reading.problems == []
    root = lxml_html.fromstring(f"<div>{render_markdown(reading.body, EXTENSIONS, CONFIGS)}</div>")
    assert not root.xpath("//script | //svg | //iframe | //@*[starts-with(name(), 'on')] | //@style")
    assert not re.search("(javascript|vbscript|data|file):", " ".join(root.xpath("//@href | //@src")).lower())
    assert "x" in root.text_content() + " ".join(root.xpath("//@alt"))


ENDLESS = (
    "<i>a ",
    "{{ a ",
    "{{< a ",
    "{% a ",
    "<!-- a ",
    "```\na\n\n",
    "~~~ a\n",
    "^[a ",
    "^[a] ",
    "`a ",
    "[a]{.b} ",
    "<script> ",
)


@pytest.mark.parametrize("mark", ENDLESS)
def test_thousands_of_marks_without_an_end_are_read_whole(mark: str) -> None:
    """This took hours where the time grew with the square of the text."""
    text, _, wrong = convert_markdown(f"Before. {mark * 20_000}", 1)
    assert wrong == ""
    assert text.startswith("Before.")


def test_links_that_no_page_may_have_are_taken_out_and_named() -> None:
    reading = body_of("See [Dunn](zotero://select/items/A), [her](tel:123) and [the mill](https://example.org/mill).")
    assert page(reading) == '<p>See Dunn, her and <a href="https://example.org/mill">the mill</a>.</p>'
    assert "“[Dunn](zotero://select/items/A)” was taken out" in messages(reading)


def test_links_to_a_place_that_the_text_does_not_have_are_named() -> None:
    reading = body_of("## Bread\n\nSee [above](#bread) and [the note](#cite_note-1).")
    assert "“#cite_note-1”, a place that it does not have" in messages(reading)


def test_words_in_another_order_are_found() -> None:
    assert find_wrong_account("We strike now", Conversion(""), "We now strike") == "“strike” is out of its place"
