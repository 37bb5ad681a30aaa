"""Names of paragraphs and headings, and the places of notes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from press.site.markdown.anchors import list_headings, name_heading, name_paragraph, show_anchors
from press.site.markdown.dialect import HouseMarkdown, Places
from press.site.markdown.page_blocks import frame_tables, set_verse
from press.site.markdown.sidenotes import drop_places, set_notes


def render(text: str) -> str:
    extensions = ["footnotes", "tables", "def_list", "fenced_code", HouseMarkdown(), Places()]
    return Markdown(extensions=extensions, output_format="html").convert(text)


def names(text: str) -> list[str]:
    return re.findall(r'<(?:p|li|dd|h\d) id="((?!fn)[^"]*)"', render(text))


WORDS = "War — or bread? The choice is simple."


@pytest.mark.parametrize(
    "other",
    [
        "War &mdash; or bread? The choice is simple.",
        "War - or “bread”? The choice is *simple*.",
        "WAR -- OR BREAD: the choice is\nsimple",
        "War — or bread?[^1] The choice is simple.\n\n[^1]: A note.",
        "War – or bread&#8239;? The <span lang='en'>choice</span> is simple.".replace("'", '"'),
    ],
)
def test_a_paragraph_keeps_its_name_when_its_marks_change(other: str) -> None:
    assert names(other)[0] == names(WORDS)[0]


@pytest.mark.parametrize("other", ["War or bread? The choice is simple", "War — or bread! The choices are simple."])
def test_other_words_have_another_name_and_other_marks_do_not(other: str) -> None:
    assert (names(other) == names(WORDS)) is ("choices" not in other)


PARTS = ["One.", "## Two\n\nThree.", "- four\n- five\n    - six", "> Seven.", "Eight[^1]&#45;nine.\n\n[^1]: A note."]


@pytest.mark.parametrize("changed", range(len(PARTS)))
def test_a_name_stays_when_another_part_is_changed_added_or_removed(changed: int) -> None:
    whole = "\n\n".join(PARTS)
    kept = set(names(whole)) - set(names(PARTS[changed]))
    for instead in ("", "Something else.", "Some&#45;thing[^x] else.\n\nTwice.\n\n[^x]: Another note."):
        parts = [*PARTS[:changed], instead, *PARTS[changed + 1 :]]
        assert kept <= set(names("\n\n".join(parts)))


BREAD = name_paragraph("Bread")


def test_every_paragraph_heading_and_item_has_a_name_of_its_own() -> None:
    assert names("Bread!\n\nBread!\n\n# Bread\n\n# Bread\n\n- Bread\n- Bread\n\nTerm\n:   Bread") == [
        *(BREAD, f"{BREAD}-2", "bread", "bread-2", f"{BREAD}-3", f"{BREAD}-4", f"{BREAD}-5")
    ]


def test_a_heading_does_not_get_an_id_of_the_theme() -> None:
    assert names("# Main\n\n# Cite\n\n# Contents\n\n# About") == ["main-2", "cite-2", "contents-2", "about-2"]


def test_code_tables_and_notes_have_no_name() -> None:
    assert names("    code\n\n```\nmore\n```\n\n| a |\n|---|\n| b |\n\n![x](y.svg)") == []
    assert names("A[^1].\n\n[^1]: A note.\n\n    - with a list") == [name_paragraph("A.")]


def test_a_heading_is_named_by_its_words_cut_at_a_word() -> None:
    assert (
        name_heading("What the bakers did, and what came of it in the end")
        == "what-the-bakers-did-and-what-came-of-it"
    )
    assert name_heading("!!!") == ""
    assert names("# !!!") == [name_paragraph("!!!")]


@given(st.text(min_size=1))
def test_the_name_of_a_paragraph_is_valid_in_an_address(words: str) -> None:
    assert re.fullmatch(r"p-[a-z2-7]{8}", name_paragraph(words))


def test_each_part_starts_with_a_link_to_itself() -> None:
    shown = show_anchors(
        '<h2 id="a">A</h2>\n<p id="p-x">B</p>\n<li id="fn:1"></li>', "Paragraph {}".format, "§ {}".format
    )
    assert shown == (
        '<h2 id="a"><a class="anchor" href="#a" tabindex="-1" aria-label="§ 1"></a>A</h2>\n'
        '<p id="p-x"><a class="anchor" href="#p-x" tabindex="-1" aria-label="Paragraph 1"></a>B</p>\n'
        '<li id="fn:1"></li>'
    )


def test_headings_are_listed_without_links_and_numbers_of_notes() -> None:
    body = render("## A *b*[^1]\n\n### C &amp; d\n\n[^1]: Note.")
    assert list_headings(body) == [(2, "a-b", "A b"), (3, "c-d", "C &amp; d")]


NOTED = """
Before.

One[^b] two[^a].

Between.

> Quoted[^c], again[^b].

[^a]: Note a.
[^b]: Note b.
[^c]: Note c.[^d]
[^d]: Note d.
[^e]: Never named.
"""


def test_a_note_appears_once_after_the_part_that_refers_to_it_first() -> None:
    page = set_notes(render(NOTED))
    order = re.findall(r'id="(fn(?:ref)?:\w)"|(Before|Between)', page)
    assert [first or second for first, second in order] == [
        *("Before", "fnref:b", "fnref:a", "fn:b", "fn:a", "Between", "fnref:c", "fn:c", "fnref:d", "fn:d", "fn:e")
    ]
    assert re.findall(r'<li value="(\d)" id="fn:(\w)">', page) == [
        ("1", "b"),
        ("2", "a"),
        ("3", "c"),
        ("4", "d"),
        ("5", "e"),
    ]
    assert "<!--" not in page
    assert page.count("<div") == page.count("</div>")


EVERYWHERE = """
[^8]: Defined before its reference.

## A heading[^1]

> Quoted[^2]
>
> - in an item[^3]

- An item[^4]

    > with a quotation[^5] and a note again[^4]

- One of verse[^6]<br>
  in two lines[^7]

Words[^8], *stressed[^9]*.

![Docks](a.png)
*A caption[^10]*

Term[^11]
:   Meaning[^12]

| Head[^13] | b |
|---|---|
| c | cell[^14] |

Last[^15], and the first again[^1].

[^16]: In two notes[^2].
[^15]: See[^16] and[^17].
""" + "".join(f"[^{n}]: Note {n}.\n" for n in (17, 14, 13, 12, 11, 10, 9, 7, 6, 5, 4, 3, 2))
EVERYWHERE += "[^1]: See[^15].\n"


def test_notes_are_numbered_from_top_to_bottom_wherever_they_are_referred_to() -> None:
    """Each note here is named by its number."""
    body = render(EVERYWHERE)
    marks = re.findall(r'<sup id="fnref(\d*):(\d+)"><a class="footnote-ref" href="#fn:(\d+)"[^>]*>(\d+)<', body)
    assert [(name, number) for _, name, _, number in marks] == [(target, target) for _, _, target, _ in marks]
    text, notes = marks[:17], marks[17:]
    assert [int(number) for *_, number in text] == [1, 2, 3, 4, 5, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1]
    assert [int(number) for *_, number in notes] == [15, 16, 17, 2]
    assert [int(name) for name in re.findall('<li id="fn:(\\d+)"', body)] == [*range(1, 18)]
    assert [count for count, name, *_ in marks if name in ("1", "2", "4", "15")] == [
        "",
        "",
        "",
        "2",
        "",
        "2",
        "2",
        "2",
    ]


def test_every_reference_has_a_link_back_with_the_number_of_its_note() -> None:
    body = render(EVERYWHERE)
    links = re.findall(r'<a aria-label="[^"]* (\d+) [^"]*" class="footnote-backref" href="#([^"]+)"', body)
    assert sorted(target for _, target in links) == sorted(re.findall(r'<sup id="([^"]+)"', body))
    assert all(target.partition(":")[2] == number for number, target in links)


def test_elsewhere_notes_stay_at_the_end() -> None:
    body = drop_places(render(NOTED))
    assert "<!--" not in body
    assert body.index("Quoted") < body.index('<div class="footnote">') < body.index('id="fn:b"')


def test_a_text_without_notes_is_left_alone() -> None:
    assert set_notes(render("One.\n\nTwo.")) == render("One.\n\nTwo.")


PICTURE = "![Docks](a.png)"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        (PICTURE, '<figure><img alt="Docks" src="a.png"></figure>'),
        (f'{PICTURE[:-1]} "Docks, 1974")', "<figcaption>Docks, 1974</figcaption></figure>"),
        (f"{PICTURE}\n*Docks*, 1974", ""),
        (f"{PICTURE} *Docks*", ""),
        (f"{PICTURE}\n**Docks**", ""),
        (f"{PICTURE}\n{PICTURE}", ""),
        (f"Words {PICTURE}", ""),
        (f"{PICTURE}\n*By [us](b)[^1]*\n\n[^1]: A note.", '<figcaption>By <a href="b">us</a><sup id="fnref:1">'),
        (f"[{PICTURE}](https://x.example/)", '<figure><a href="https://x.example/"><img'),
        (f"> {PICTURE}", "<blockquote>\n<figure>"),
        (f"Words[^1]\n\n[^1]: {PICTURE}", ""),
    ],
)
def test_a_picture_alone_in_its_paragraph_is_a_figure(text: str, figure: str) -> None:
    html = render(text)
    assert figure in html
    assert ("<figure" in html) is bool(figure)


def test_a_caption_keeps_the_name_that_its_paragraph_had() -> None:
    (paragraph,) = re.findall(r'id="(p-[^"]*)"', render("*Bread Street, 1974*"))
    figure = render(f"{PICTURE}\n*Bread Street, 1974*")
    assert f'<figure id="{paragraph}">' in figure
    assert f'<a class="anchor" href="#{paragraph}"' in show_anchors(figure, str, str)


def list_wrapped(*notes: int, words: int = 60) -> list[bool]:
    """Write paragraphs of so many words, each with a note of so many; return which begin beside their notes."""
    text = "\n\n".join(f"{'bread ' * words}[^{n}]" for n in range(len(notes)))
    foot = "\n".join(f"[^{n}]: {'roses ' * length}" for n, length in enumerate(notes))
    page = set_notes(render(f"{text}\n\n{foot}"))
    assert page.count("<div") == page.count("</div>")
    return [f'<div class="noted">\n{p}' in page for p in re.findall(r"<p id=\"p-.*?</p>", page, re.DOTALL)]


def test_notes_begin_beside_their_paragraph_if_no_note_before_them_has_to_wait() -> None:
    assert list_wrapped(10, 10, 10) == [True, True, True]


def test_a_paragraph_is_not_torn_away_by_notes_that_wait_for_a_long_one() -> None:
    assert list_wrapped(150, 10, 10, 10, 10, words=30) == [True, True, False, False, False]
    assert list_wrapped(150, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10)[-1] is True


def test_a_heading_with_a_note_stays_with_its_section() -> None:
    assert 'class="noted"' not in set_notes(render("## Bread[^1]\n\nRoses.\n\n[^1]: A note."))


def test_links_between_a_text_and_its_notes_are_no_stops_of_the_tab_key() -> None:
    links = re.findall("<a [^>]*footnote[^>]*>", set_notes(render("Bread[^1].\n\n[^1]: A note.")))
    assert ['tabindex="-1"' in link for link in links] == [True, True]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One  \ntwo  \nthree", ["One<br>", "two<br>", "three"]),
        ("*One  \ntwo*  \nthree", ["<em>One<br></em>", "<em>two</em><br>", "three"]),
        ("**One *two  \nthree***", ["<strong>One <em>two<br></em></strong>", "<strong><em>three</em></strong>"]),
        ("[One  \ntwo](https://a.example/)  \nthree", ['<a href="https://a.example/">One<br>\ntwo</a><br>', "three"]),
        ("> One  \n> two", ["One<br>", "two"]),
    ],
)
def test_each_line_of_verse_is_an_element(text: str, lines: list[str]) -> None:
    verse = set_verse(render(text))
    assert re.findall(r'<span class="line">(.*?)</span>', verse, re.DOTALL) == lines
    assert re.sub(r"<[^>]*>|\s", "", verse) == re.sub(r"<[^>]*>|\s", "", render(text))


def test_a_paragraph_without_hard_breaks_and_a_list_after_verse_are_left_alone() -> None:
    assert set_verse(render("One\ntwo.")) == render("One\ntwo.")
    mixed = set_verse(render("One.\n\nTwo  \nthree.\n\nFour."))
    assert [words in mixed for words in (">One.</p>", ">Four.</p>")] == [True, True]


def test_a_table_is_in_a_region_and_a_heading_without_words_is_a_plain_cell() -> None:
    page = frame_tables(render("|  | a |\n|---|---|\n| b | c |\n\n|d|e|\n|---|---|\n|f|g|"), "Table {}".format)
    labels = re.findall('<div class="sheet" role="region" tabindex="0" aria-label="(.*?)">', page)
    assert labels == ["Table 1", "Table 2"]
    assert re.findall("<th>(.*?)</th>", page) == ["a", "d", "e"]
    assert page.count("<td></td>") == 1
