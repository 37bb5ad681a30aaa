"""Import: how the lines of a plain text become paragraphs, and what of them is not text."""

from __future__ import annotations

import json
import textwrap
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

import pelicanconf
from press.editor.importing.data_model import (
    ColumnReading,
    Confidence,
    ImportSettings,
    Line,
    Opening,
    Paragraph,
    RecognisedText,
    Removal,
)
from press.editor.importing.escaping import render_markdown
from press.editor.importing.plain.compose_body import compose_body
from press.editor.importing.proof import find_difference, find_missing_words
from press.editor.importing.recognise_text import recognise_text

EXTENSIONS = tuple(pelicanconf.MARKDOWN["extensions"])
CONFIGS = json.dumps(pelicanconf.MARKDOWN["extension_configs"])
SETTING = ImportSettings("en", "2026-11-23", "", EXTENSIONS, CONFIGS)
HEAD = "The bakery\n\nMay 1974\n\n"
LONG = (
    "On Monday the management of the bakery put a notice on "
    "the door: closed for good. Nobody had been told, neither "
    "the night shift, which came out at six, nor the "
    "drivers, who found the gate locked when they came for the bread."
)
SECOND = (
    "By seven some forty of us stood in the yard and talked "
    "it over. Most had worked there for more than ten years, "
    "and none of us had ever seen the books that were now said to be so bad."
)


def read(text: str, lang: str = "") -> RecognisedText:
    recognised = recognise_text(text.encode(), "a.txt", replace(SETTING, lang=lang))
    assert recognised.problems == []
    return recognised


def shown(text: str, lang: str = "") -> list[str]:
    """Return what the page shows: a string for each paragraph, with `/` between its lines and its tag before it."""
    html = render_markdown(read(HEAD + text, lang).body, EXTENSIONS, CONFIGS)
    return [part for element in lxml_html.fragments_fromstring(html) for part in _show(element, "")]


def _show(element: lxml_html.HtmlElement, before: str) -> list[str]:
    if element.tag == "blockquote":
        return [part for child in element for part in _show(child, f"{before}> ")]
    lines = [text.strip() for text in element.itertext()]
    mark = {"p": "", "h2": "## "}[element.tag]
    return [before + mark + " / ".join(line for line in lines if line)]


def notes(text: str) -> str:
    return "\n".join(f"{note.topic}: {note.message}" for note in read(HEAD + text).notes)


def wrap(text: str, width: int = 70, **options: str) -> str:
    return textwrap.fill(text, width, break_on_hyphens=False, **options) + "\n"


PROSE = {
    "a short line before a small letter": (
        "The ferry has crossed the river for ninety years without a toll, and\nnow that the company\n"
        "has bought the landing it asks a penny of everyone who "
        "goes to work and\nanother of everyone who comes home.\n",
        1,
    ),
    "hand-made breaks in German": (
        "Die Kollegen in den Werken haben am Dienstag\nin allen Hallen beschlossen, daß von\n"
        "Montag an keiner mehr als acht Stunden arbeitet, und sie\n"
        "bitten alle, die noch nicht gefragt worden\nsind.\n",
        1,
    ),
    "hand-made breaks in French": (
        "Les camarades de la scierie ont décidé hier\nque personne ne travaillera\n"
        "plus de huit heures, et ils demandent à tous ceux qui n'ont\npas encore été consultés de venir.\n",
        1,
    ),
    "one sentence on two short lines": (f"{LONG}\n\nThe hall is open\non every evening.\n", 2),
    "a block that ends where a line is short": (
        "The bakery has been closed since Monday, because the owner would not\npay what he had promised.\n"
        "We who bake there ask all who live below the hill to buy their bread at\nthe hall.\n",
        2,
    ),
    "no blank lines, first lines indented": (
        wrap(LONG, initial_indent="   ") + wrap(SECOND, initial_indent="   ") + wrap(LONG, initial_indent="   "),
        3,
    ),
    "no blank lines, first lines set out": (
        wrap(LONG, subsequent_indent="   ") + wrap(SECOND, subsequent_indent="   "),
        2,
    ),
    "a line a paragraph, no blank lines": (f"{LONG}\n{SECOND}\n{LONG}\n", 3),
    "a blank line in the middle of a paragraph": (
        wrap(LONG[: LONG.index(" nor")]) + "\n" + wrap(LONG[LONG.index("nor") :]),
        1,
    ),
    "a blank line before the last word": (wrap(LONG[: LONG.rindex(" bread")]) + "\nbread.\n", 1),
    "a narrow column": (wrap(LONG, 24) + "\n" + wrap(SECOND, 24), 2),
    "a very narrow column": (wrap(LONG, 18) + "\n" + wrap(SECOND, 18), 2),
    "set right and left with spaces": (
        "On  Monday the  management of the  Harbour Street bakery put a notice\n"
        "on the  door:  closed for good.  Nobody had been  told,  neither  the\n"
        "night shift, which came  out at six,  nor the drivers,  who found the\ngate locked.\n",
        1,
    ),
    "a typescript": ("\n\n".join(wrap(LONG, 60).strip().split("\n")) + "\n", 1),
    "a typescript with indents": (
        "\n\n".join(
            (wrap(LONG, 60, initial_indent="     ") + wrap(SECOND, 60, initial_indent="     ")).strip().split("\n")
        ),
        2,
    ),
    "a typescript with wider gaps": (
        "\n\n\n".join("\n\n".join(wrap(text, 60).strip().split("\n")) for text in (LONG, SECOND)),
        2,
    ),
    "tabs before first lines": ("\t" + wrap(LONG) + "\t" + wrap(SECOND), 2),
    "capitals at the heads of two lines": (
        "The strike of the bakers began on the first Monday of the month when\n"
        "Brennan and the committee of the night shift had been refused by the\n"
        "London office, and all of those who bake at night went home at once.\n",
        1,
    ),
    "words in capitals at the heads of lines": (
        "He who takes nature for his guide is not easily beaten from his place,\n"
        "AND THAT IS WHAT WE SAY to those who\nBAKE BY NIGHT in the lower street, and to all\n"
        "who sell what they have not baked.\n",
        1,
    ),
}


@pytest.mark.parametrize(("text", "count"), PROSE.values(), ids=PROSE)
def test_prose_is_joined(text: str, count: int) -> None:
    paragraphs = shown(text)
    assert len(paragraphs) == count
    assert " ".join(paragraphs) == " ".join(text.split())


KEPT = {
    "a stanza": (
        "The boats went out at break of day,\nThey came with tank and gun,\n"
        "The people turned away\nAnd saw the sun.\n"
    ),
    "indented lines that begin small": (
        "The wheel goes round, the wheel goes round,\n  and who has bread to show for it?\n"
        "The flour is white, the flour is ground,\n  and none of us may go for it.\n"
    ),
    "long lines of verse": (
        "We have baked through the nights of the winter for those who have slept,\n"
        "And the bread that we baked was the bread of the masters, not ours;\n"
        "We have asked for a light on the stairs, and the promise was kept\n"
        "As the promises are that are made in the small of the hours.\n"
    ),
    "German verse": (
        "Wir haben gebacken, wir haben gewacht,\nWir haben das Brot durch die Straßen gebracht,\n"
        "Und wer von uns fragte, wem all das gehört,\nDer wurde am Morgen beim Meister verhört.\n"
    ),
    "French verse": (
        "Debout, les gens de la rivière,\nDebout, les gens du grand moulin,\n"
        "Le blé mûrit dans la lumière\nEt le patron compte le grain.\n"
    ),
    "Russian verse": (
        "Вставай, рабочий человек,\nПекарня снова заперта,\nМы хлеба ждали целый век,\nИ вот пришли мы в ворота.\n"
    ),
    "two lines": (
        "Man knows no bread save that which he has made\nOr that which others took from him and weighed.\n"
    ),
    "small letters on short lines": "the harbour is shut\nice on the ropes of the boats\nnobody has bread\n",
    "an address": "Strike Committee\n12 Harbour Street\nLeeds\n",
    "a list of numbers": "1. Higher pay for all of us\n2. No sackings\n3. An end to night work\n",
    "a list of letters": (
        "a) higher pay for all of us, from the first day of the strike;\nb) no sackings;\nc) light on the stairs.\n"
    ),
    "a list of dashes": (
        "- Higher pay for all of us\n- No sackings, and none of those who went before\n- An end to night work\n"
    ),
    "a table of figures": ("Miners      12 s.     14 s.\nCarters      9 s.     11 s.\nBoys         4 s.      5 s.\n"),
    "names side by side": (
        "John Smith           Mary Jones\nPeter Brown          Ann Green\nThomas White         Jane Black\n"
    ),
    "contents with dots": (
        "Of the first winter ............ 3\nOf bread and of who bakes it ... 9\nLetters ....................... 14\n"
    ),
    "contents with spaced dots": (
        "Of the first winter . . . . . 3\nOf bread and who bakes . . . 9\nLetters . . . . . . . . . . xiv\n"
    ),
    "contents without dots": (
        "Of the first winter          3\nOf bread and of who bakes it     9\nLetters      14\n"
    ),
    "a slogan": "Bread for all,\nwork for all!\n",
    "verse in two columns": (
        "The wheel goes round,         The mill goes on,\nWho asks for bread?           The light is gone,\n"
        "The flour is ground,          The men are led\nNo more is said.              To beg their bread.\n"
    ),
}


@pytest.mark.parametrize("around", ["", wrap(LONG)], ids=["alone", "among prose"])
@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_lines_of_the_author_are_kept(text: str, around: str) -> None:
    lines = [" ".join(line.split()) for line in text.strip().split("\n")]
    paragraphs = shown(f"{around}\n{text}\n{around}" if around else text)
    assert " / ".join(lines) in paragraphs


def test_narrow_lines_indented_in_turn_are_verse_though_they_fill_their_page_and_begin_small() -> None:
    stanzas = (
        "Les bateaux partent au petit jour,\n  le vent les prend au bout du quai,\n"
        "et ceux qui restent font le tour\n  des cafés où l'on attendait.\n",
        "Les bateaux rentrent à la nuit,\n  la cale pleine ou bien sans rien,\n"
        "et ceux qui restent font le bruit\n  de ceux qui n'auront rien demain.\n",
    )
    assert [paragraph.count("/") for paragraph in shown("\n".join(stanzas))] == [3, 3]


def test_short_lines_of_a_script_without_capitals_are_verse_and_a_doubtful_narrow_page_asks() -> None:
    stanza = "تخرج القوارب عند الفجر\nوالريح تأخذها من الرصيف\nومن بقي يطوف في المقاهي\nينتظر الخبر الخفيف\n"
    text = f"أغنية الميناء\n\n1958\n\n{stanza}\n{stanza}"
    recognised = recognise_text(text.encode(), "a.txt", replace(SETTING, lang="ar"))
    assert [paragraph.count("<br>") for paragraph in recognised.body.strip().split("\n\n")] == [3, 3]
    assert "18 characters wide: is it verse?" in notes(PROSE["a very narrow column"][0])


def test_verse_is_kept_though_the_whole_text_is_verse() -> None:
    stanzas = [KEPT[name].strip() for name in ("a stanza", "indented lines that begin small", "long lines of verse")]
    assert [paragraph.count("/") for paragraph in shown("\n\n".join(stanzas * 3) + "\n")] == [3] * 9


PARTS = {
    "a signature set right": (wrap(LONG) + " " * 44 + "The tenants' committee\n", [LONG, "The tenants' committee"]),
    "a signature at the left": (wrap(LONG) + "The tenants' committee\n", [LONG, "The tenants' committee"]),
    "two names set in": (wrap(LONG) + "   Ada Brennan\n   Ned Doyle\n", [LONG, "Ada Brennan / Ned Doyle"]),
    "place and date set right": (" " * 50 + "Leeds, in May\n" + wrap(LONG), ["Leeds, in May", LONG]),
    "a stanza set into a paragraph": (
        wrap(LONG)
        + "    The wheel goes round, the wheel goes round,\n    And who has bread to show for it?\n"
        + wrap(SECOND),
        [LONG, "The wheel goes round, the wheel goes round, / And who has bread to show for it?", SECOND],
    ),
    "a list after its paragraph": (
        wrap(LONG[:-1] + ":") + "1. Higher pay for all of us\n2. No sackings\n",
        [LONG[:-1] + ":", "1. Higher pay for all of us / 2. No sackings"],
    ),
    "an item that goes on": (
        "1. Higher pay for all of us, from the\n   first day of the strike\n2. No sackings\n",
        ["1. Higher pay for all of us, from the first day of the strike / 2. No sackings"],
    ),
    "an address and a signature set right": (
        f"{' ' * 40}12 Harbour Street,\n{' ' * 40}Leeds\n\n{wrap(LONG)}\n"
        f"{' ' * 30}Yours for the strike,\n{' ' * 30}ADA BRENNAN\n",
        ["12 Harbour Street, / Leeds", LONG, "Yours for the strike, / ADA BRENNAN"],
    ),
    "half a paragraph after a page": (
        "Nobody had been told, neither the\n\n- 2 -\n\nnight shift, which came out\nat six, nor the drivers.\n",
        ["Nobody had been told, neither the night shift, which came out at six, nor the drivers."],
    ),
    "a salutation": (
        "Dear comrades,\n\nwe write to you about the bakery.\n",
        ["Dear comrades,", "we write to you about the bakery."],
    ),
}


@pytest.mark.parametrize(("text", "parts"), PARTS.values(), ids=PARTS)
def test_a_block_is_parted_where_its_lines_change(text: str, parts: list[str]) -> None:
    assert shown(text) == parts


RECITALS = [
    [
        "The assembly of the mill, met in the great hall of the town on Sunday,",
        "resolves that the strike goes on until the end of May.",
    ],
    [
        "Whereas the wages have not been raised since the winter of the year; and",
        "whereas the owner refuses to talk with the delegate of the mill;",
        "be it resolved that we strike.",
    ],
    [
        "L'assemblée générale des ouvriers, réunie dans la grande salle de la mairie,",
        "considérant que les salaires n'ont pas été relevés depuis l'hiver ;",
        "décide la grève à partir de lundi.",
    ],
    [
        "Die Versammlung der Bäcker, die am Sonntag im großen Saal getagt hat,",
        "in der Erwägung, daß die Löhne seit dem Winter nicht gestiegen sind;",
        "beschließt den Streik.",
    ],
    [
        "La asamblea de los panaderos, reunida el domingo en la sala grande,",
        "considerando que los salarios no han subido desde el invierno;",
        "declara la huelga.",
    ],
]


@pytest.mark.parametrize("width", [0, 50])
@pytest.mark.parametrize("recitals", RECITALS)
def test_recitals_stay_paragraphs(recitals: list[str], width: int) -> None:
    written = [wrap(recital, width).strip() if width else recital for recital in recitals]
    assert shown("\n\n".join(written) + "\n") == recitals


SCRIPTS = {
    "zh": (
        ("星期一管理层在门上贴了一张告示永久关闭没有人被告知星期一管理层\n在门上贴了一张告示，永久关闭没有人。\n"),
        "",
    ),
    "ja": (
        (
            "月曜日に経営者はドアに告示を貼った。永久に閉店するという内容だっ\n"
            "た。誰にも知らされていなかった。夜勤の者も\n"
        ),
        "",
    ),
    "ko": (
        (
            "월요일에 경영진은 빵집 문에 영원히 닫는다는 공고를 붙였고 아무도 그것을\n"
            "미리 알지 못했으며 운전사들도 몰랐다.\n"
        ),
        " ",
    ),
    "ar": (
        ("في يوم الاثنين وضعت الإدارة إعلانا على باب المخبز تقول فيه إنه مغلق\nإلى الأبد ولم يكن أحد يعلم بذلك.\n"),
        " ",
    ),
    "he": ("ביום שני תלתה ההנהלה מודעה על הדלת של המאפייה ובה נאמר שהיא סגורה\nלתמיד ואיש לא ידע על כך.\n", " "),
    "el": ("Τη Δευτέρα η διεύθυνση έβαλε στην πόρτα του φούρνου μια ανακοίνωση:\nκλειστό για πάντα.\n", " "),
    "ru": (
        "В понедельник хозяева повесили на двери объявление, что пекарня закрыта\nнавсегда, и никто не знал.\n",
        " ",
    ),
}


@pytest.mark.parametrize("lang", SCRIPTS)
def test_prose_of_every_script_is_joined(lang: str) -> None:
    text, between = SCRIPTS[lang]
    assert shown(text, lang) == [text.strip().replace("\n", between)]


def test_chinese_verse_keeps_its_lines() -> None:
    assert shown("床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n", "zh") == [
        "床前明月光， / 疑是地上霜。 / 举头望明月， / 低头思故乡。"
    ]


def side_by_side(*texts: str, width: int = 28, gutter: int = 4, **options: str) -> str:
    columns = [wrap(text, width, **options).strip().split("\n") for text in texts]
    rows = [[column[n] if n < len(column) else "" for column in columns] for n in range(max(map(len, columns)))]
    return "".join("".join(cell.ljust(width + gutter) for cell in row).rstrip() + "\n" for row in rows)


@pytest.mark.parametrize("gutter", [2, 3, 4, 9])
@pytest.mark.parametrize("count", [2, 3])
def test_columns_are_read_one_after_the_other(count: int, gutter: int) -> None:
    texts = [LONG, SECOND, LONG.replace("Monday", "Tuesday")][:count]
    text = side_by_side(*texts, gutter=gutter)
    assert shown(text) == texts
    assert f"columns: {count} columns" in notes(text)
    corrections = read(HEAD + text).corrections
    assert any(line.startswith("Columns side by side read one after the other: lines 5 to") for line in corrections)


def test_columns_stand_between_lines_of_the_whole_page() -> None:
    text = wrap(LONG) + "\n" + side_by_side(SECOND, LONG) + "\n" + wrap(SECOND)
    assert shown(text) == [LONG, SECOND, LONG, SECOND]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    at = LONG.index("nor the")
    assert shown(side_by_side(LONG[: at - 1], f"{LONG[at:]} {SECOND}")) == [f"{LONG} {SECOND}"]


def test_columns_are_read_page_by_page() -> None:
    text = side_by_side(LONG, SECOND) + "\n\f" + side_by_side(SECOND, LONG)
    assert shown(text) == [LONG, SECOND, SECOND, LONG]


def test_a_divided_word_in_a_column_is_joined() -> None:
    text = (
        "The lamp of the pit is old and      We ask that the oil be paid by\n"
        "the glass is cracked, and car-      the owners, as it is in every\n"
        "ters who carry it pay for it.       other pit of the valley.\n"
    )
    assert shown(text)[0].endswith("and carters who carry it pay for it.")


@pytest.mark.parametrize("lang", ["de", "fr"])
def test_columns_in_other_languages(lang: str) -> None:
    texts = {
        "de": (
            "Die Lampe der Grube ist alt und das Glas gesprungen, und die sie tragen, zahlen das Öl selbst.",
            "Wir verlangen, daß die Herren das Öl bezahlen, wie es in jeder anderen Grube geschieht.",
        ),
        "fr": (
            "La lampe de la mine est vieille et le verre est fendu, et ceux qui la portent paient l'huile.",
            "Nous demandons que l'huile soit payée par les patrons, comme dans toutes les autres mines.",
        ),
    }[lang]
    assert shown(side_by_side(*texts), lang) == list(texts)


def test_the_proof_counts_the_words_of_columns() -> None:
    source = "A title\n\na b   c d\ne f   g h"
    opening = Opening("A title", "undated", (Line(1, "A title"),))
    left, right = (Line(3, "a b"), Line(4, "e f")), (Line(3, "c d"), Line(4, "g h"))
    reading = [ColumnReading((left, right))]
    assert find_missing_words(source, opening, [], [], "a b e f c d g h", reading) == ""
    for wrong, columns in (
        ("a b c d e f g h", reading),
        ("a b e f c d g", reading),
        ("a b e f c d g h", []),
        ("a b e f d c g h", [ColumnReading((left, (Line(3, "d c"), Line(4, "g h"))))]),
        ("a b e f c d", [ColumnReading((left, (Line(3, "c d"),)))]),
    ):
        assert find_missing_words(source, opening, [], [], wrong, columns) != ""


def pages(heads: list[str], between: str = "\n\n") -> str:
    words = f"{LONG} {SECOND} {LONG} {SECOND}".split()
    size = len(words) // (len(heads) + 1)
    parts = [words[n * size : (n + 1) * size if n < len(heads) else None] for n in range(len(heads) + 1)]
    text = wrap(" ".join(parts[0])).strip()
    for head, part in zip(heads, parts[1:], strict=True):
        text += between + head + between + wrap(" ".join(part)).strip()
    return text + "\n"


HEADS = {
    "numbers on either side": [
        "2     THE PRICE OF SALT     1911",
        "THE PRICE OF SALT     3",
        "4     THE PRICE OF SALT     1911",
    ],
    "chapter left, book right": [
        "12  THE LOCK-OUT",
        "THE PRICE OF SALT  13",
        "14  THE LOCK-OUT",
        "THE PRICE OF SALT  15",
    ],
    "a letter wrong": ["2     THE PRICE OF SALT", "THE PR1CE OF SA1T     3", "4     TIIE PRICE OF SALT"],
    "a number wrong": ["l2    THE PRICE OF SALT", "THE PRICE OF SALT     13", "I4    THE PRICE OF SALT"],
    "small letters": ["The price of salt. 7", "8 The price of salt.", "The price of salt. 9"],
    "roman numbers": ["vi     PREFACE", "PREFACE     vii", "viii     PREFACE"],
    "brackets": ["[2]  THE PRICE OF SALT", "THE PRICE OF SALT  [3]"],
    "dashes": ["2 — THE PRICE OF SALT", "THE PRICE OF SALT — 3"],
    "German": ["2    Der Preis des Salzes", "Der Preis des Salzes    3", "4    Der Preis des Salzes"],
    "Russian": ["2    ЦЕНА СОЛИ", "ЦЕНА СОЛИ    3", "4    ЦЕНА СОЛИ"],
    "without numbers": ["THE PRICE OF SALT", "THE PRICE OF SALT", "THE PRICE OF SALT"],
    "without numbers, a letter wrong": ["THE PRICE OF SALT", "THE PRICE OF SAIT", "TIIE PRICE OF SALT"],
}


NUMBERED = {kind: heads for kind, heads in HEADS.items() if any(map(str.isdigit, "".join(heads)))}


@pytest.mark.parametrize(
    ("heads", "between"),
    [
        *[pytest.param(heads, "\n\n", id=kind) for kind, heads in HEADS.items()],
        *[pytest.param(heads, "\n", id=f"{kind}, no blank lines") for kind, heads in NUMBERED.items()],
    ],
)
def test_running_heads_are_taken_out(heads: list[str], between: str) -> None:
    text = pages(heads, between)
    assert " ".join(shown(text)) == f"{LONG} {SECOND} {LONG} {SECOND}"
    assert all(f"running head “{head}” removed" in notes(text) for head in heads)


@pytest.mark.parametrize(
    "headings",
    [
        ["ARTICLE 1", "ARTICLE 2", "ARTICLE 3"],
        ["1. Of bread", "2. Of bread", "3. Of bread"],
        ["Part 4", "Part 5"],
        ["The winter of 1911", "The winter of 1912", "The winter of 1913"],
        ["Kapitel 1", "Kapitel 2"],
    ],
)
def test_headings_with_numbers_are_no_running_heads(headings: list[str]) -> None:
    text = "".join(f"{heading}\n\n{wrap(SECOND)}\n" for heading in headings)
    assert [part for part in shown(text) if part != SECOND] == headings


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("> The lower pit stays\n> open until May.\n", ["> The lower pit stays open until May."]),
        (">The lower pit stays\n>open until May.\n", ["> The lower pit stays open until May."]),
        ("> One.\n>\n> Two.\n", ["> One.", "> Two."]),
        ("> > Who says so?\n> Nobody does.\n", ["> > Who says so?", "> Nobody does."]),
        (">> Who says so?\n> Nobody does.\nWe do.\n", ["> > Who says so?", "> Nobody does.", "We do."]),
        (">>> Who?\n>> You.\n> I.\n", ["> > > Who?", "> > You.", "> I."]),
        ("They wrote:\n> One line alone.\n\nAnd we?\n", ["They wrote:", "> One line alone.", "And we?"]),
        (
            "> The wheel goes round, the wheel goes round,\n> And who has bread to show for it?\n",
            ["> The wheel goes round, the wheel goes round, / And who has bread to show for it?"],
        ),
        ("> This is not # a heading\n> and 5 * 6 is 30.\n", ["> This is not # a heading and 5 * 6 is 30."]),
        (
            ">>Wir kommen<<, sagten sie.\n\n>>Wir bleiben<<, sagten wir.\n",
            [">>Wir kommen<<, sagten sie.", ">>Wir bleiben<<, sagten wir."],
        ),
        ("x\n> y and more of it.\n", ["x / > y and more of it."]),
        (">\n\nWords of a text.\n", [">", "Words of a text."]),
    ],
)
def test_lines_with_a_sign_of_quotation(text: str, parts: list[str]) -> None:
    assert shown(text, "en") == parts


def test_signs_of_quotation_are_recorded() -> None:
    text = "> One.\n>\n> Two.\n"
    assert "“>” taken off 3 lines" in notes(text)
    assert any("“>” taken off 3 lines" in line for line in read(HEAD + text).corrections)


@pytest.mark.parametrize("sign", "=-~_*#")
@pytest.mark.parametrize("gap", ["", "\n"], ids=["close", "apart"])
def test_an_underlined_line_is_a_heading(sign: str, gap: str) -> None:
    text = f"{SECOND}\n\nWhat we ask\n{sign * 11}\n{gap}{LONG}\n"
    assert shown(text) == [SECOND, "## What we ask", LONG]
    assert "underline a heading removed" in notes(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"{SECOND}\n\n===========\nWhat we ask\n===========\n\n{LONG}\n", [SECOND, "## What we ask", LONG]),
        (
            f"{SECOND}\n\nTable of wages\n--------------\nMiners     12 s.    14 s.\nCarters    9 s.     11 s.\n",
            [SECOND, "## Table of wages", "Miners 12 s. 14 s. / Carters 9 s. 11 s."],
        ),
        (
            f"{SECOND}\n\nWho        Then     Now\n-------    -----    -----\nMiners     12 s.    14 s.\n",
            [SECOND, "Who Then Now / ------- ----- ----- / Miners 12 s. 14 s."],
        ),
        (f"{SECOND}\n\n* * *\n\n{LONG}\n", [SECOND, "* * *", LONG]),
        (f"{SECOND}\n\n-----\n\n{LONG}\n", [SECOND, "-----", LONG]),
        (f"{SECOND}\n-----\n{LONG}\n", [SECOND, "-----", LONG]),
        (f"{SECOND}\n\nIs it {{so}} #1#?\n---------------\n{LONG}\n", [SECOND, "## Is it {so} #1#?", LONG]),
        (f"{SECOND}\n\n# One\n=====\n{LONG}\n", [SECOND, "## # One", LONG]),
        (f"{SECOND}\n\nSigned:\n_________\n", [SECOND, "Signed:", "_________"]),
        (f"{SECOND}\n\nA heading on\ntwo lines\n---------\n\n{LONG}\n", [SECOND, "## A heading on two lines", LONG]),
    ],
)
def test_lines_drawn_with_signs(text: str, parts: list[str]) -> None:
    assert shown(text) == parts


START, END = "*** START OF THE PROJECT GUTENBERG EBOOK BREAD ***", "*** END OF THE PROJECT GUTENBERG EBOOK BREAD ***"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"Title: Bread\n\nAuthor: Ada Brennan\n\n{START}\n\n", f"\n{END}\n\nA licence of some words.\n"),
        (f"Words.\n{START.replace('THE', 'THIS').replace('*** ', '***')}\n", f"{END.replace('*** ', '***')}\n"),
        ("*** START OF THE PROJECT GUTENBERG EBOOK BREAD: A\nLONG TITLE ***\n\nProduced by Ned Doyle\n\n", ""),
        (
            "Small print.\n*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.1*END*\n\n",
            "\nEnd of the Project Gutenberg Etext of Bread\n",
        ),
        ("", "\nEnde dieses Projekt Gutenberg Etextes Brot\n\nLizenz.\n"),
        (f"{START}\n\nThis etext was prepared by:\n\nNed Doyle\n\n", f"\n{END}\n"),
    ],
)
def test_the_wrapper_of_a_digital_library_is_left_out(before: str, after: str) -> None:
    reading = read(f"{before}{HEAD}{LONG}\n{after}")
    assert (reading.title, reading.date, reading.body) == ("The bakery", "1974-05", f"{LONG}\n")
    assert "What a digital library wrote around the text left out" in "\n".join(reading.corrections)


def test_what_the_header_says_of_a_text_is_told() -> None:
    reading = read(f"Title: Bread\nAuthor: Ada Brennan\n{START}\n\n{HEAD}{LONG}\n")
    assert any(
        "“Title: Bread; Author: Ada Brennan”" in n.message for n in reading.notes if n.confidence is Confidence.REVIEW
    )


def test_the_sign_with_which_dos_ended_a_file_is_no_text() -> None:
    assert read(f"{HEAD}{LONG}\r\n\x1a").body == f"{LONG}\n"


def test_the_proof_counts_signs_and_wrappers() -> None:
    source = "wrapped\nwords here\n>> a b\n> c"
    opening = Opening("", "")
    wrapper = Removal(1, "wrapped words here", "wrapper", 2)
    signs = [Removal(3, ">>", "sign of quotation"), Removal(4, ">", "sign of quotation")]
    assert find_missing_words(source, opening, [wrapper, *signs], [], "a b c") == ""
    for wrong in (
        [wrapper, signs[0]],
        [replace(wrapper, text="wrapped words"), *signs],
        [replace(wrapper, last=3), *signs],
        [wrapper, signs[0], Removal(4, "> c", "sign of quotation")],
        [wrapper, replace(signs[0], text=">>>"), signs[1]],
    ):
        assert find_missing_words(source, opening, wrong, [], "a b c") != ""


def test_headings_and_quotations_are_compared_letter_by_letter() -> None:
    paragraphs = [
        Paragraph(["One {#a} #"], 1, heading=True),
        Paragraph(["> two", "- three"], 2, quoted=1),
        Paragraph(["four"], 3, quoted=2),
        Paragraph(["five"], 4, quoted=1),
        Paragraph(["six"], 5),
    ]
    body = compose_body(paragraphs)
    assert find_difference(render_markdown(body, EXTENSIONS, CONFIGS), paragraphs) == ""
    for at in range(4):
        wrong = [replace(p, quoted=0, heading=False) if n == at else p for n, p in enumerate(paragraphs)]
        assert find_difference(render_markdown(body, EXTENSIONS, CONFIGS), wrong) != ""


SPEECHES = {
    "a dash without a space": (
        "—¿Por qué no has venido a segar, Juan? Te esperábamos desde las seis y el\ntrigo no espera.\n"
        "—Porque el jornal no alcanza para el pan, señor.\n"
        "—El jornal es el que se paga en toda la comarca, y nadie se ha quejado\nhasta ahora.\n",
        3,
    ),
    "a dash and a space": (
        "— Слышал ли ты, что завтра весь завод выйдет на улицу, и никто не\nстанет у станка?\n"
        "— Слышал. И ты пойдёшь?\n— Пойду.\n",
        3,
    ),
    "names in capitals": (
        "THE AGENT. Good evening, Mrs Price. I have come about the house.\nMARTHA. What about the house?\n"
        "THE AGENT (rising). It belongs to the company.\n",
        3,
    ),
    "names before colons": (
        "Frage: Seit wann arbeiten Sie in der Fabrik und was haben Sie am Anfang\nverdient?\nAntwort: Vier Mark.\n",
        2,
    ),
    "words in the middle of a sentence": (
        "The owners said that they had no money, and the union asked of\n"
        "TOM. Hill of the lower pit: is it so? It was not\n"
        "Peter: he was away.\n",
        1,
    ),
}


@pytest.mark.parametrize(("text", "count"), SPEECHES.values(), ids=SPEECHES)
def test_each_speech_is_a_paragraph(text: str, count: int) -> None:
    assert len(shown(text)) == count
    assert all("/" not in part for part in shown(text))


def test_verse_in_marks_of_emphasis_is_kept() -> None:
    lines = ["»_Glücklich der Mann, der den Hafen erreicht hat,_", "_Und hinter sich ließ das Meer und die Stürme,_"]
    lines += ["_Und jetzo warm und ruhig sitzt_", "_Im guten Keller der Stadt._«"]
    assert any(part.count(" / ") == 3 for part in shown(f"{wrap(LONG)}\n" + "\n".join(lines) + f"\n\n{wrap(SECOND)}"))


def test_a_stanza_in_small_letters_alone_is_kept() -> None:
    stanza = "Koło się kręci i kręci,\na kto ma dziś chleb na stole,\nmąka jest biała jak śnieg,\na w izbie głód.\n"
    assert shown(stanza) == [" / ".join(stanza.splitlines())]


def test_narrow_lines_that_divide_words_are_prose() -> None:
    assert len(shown("De arbei-\nders van de haven hebben beslo-\nten niet terug te ke-\nren.\n", "nl")) == 1
    assert " / " not in shown("De arbei-\nders van de haven hebben beslo-\nten niet terug te ke-\nren.\n", "nl")[0]


def test_columns_with_a_narrow_gutter_are_not_woven() -> None:
    left = ["La lampe de la mine est vieille et", "le verre est cassé, et ceux qui la", "portent payent l'huile."]
    right = ["nous demandons que l'huile soit", "payée par les patrons, comme dans", "toute autre mine."]
    text = "".join(f"{a:<36}{b}\n" for a, b in zip(left, right, strict=True))
    assert shown(text) == [" / ".join(" ".join(line.split()) for line in text.splitlines())]


def test_heads_with_the_number_at_the_outer_edge_are_taken_out_below_a_footnote() -> None:
    text = (
        f"{wrap(LONG + ' It was, because the')}\n* See the report of 1841.\n\n12 THE OLD LAMP\n\n"
        f"{wrap('lamp gave less light. ' + SECOND)}\n* Its book is lost.\n\nTHE OLD LAMP 13\n\n{wrap(LONG)}"
    )
    assert not any("OLD LAMP" in part for part in shown(text))
    assert "It was, because the” and “lamp gave less light." in notes(text)


LAYOUT = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "\n\n\n",
            "\f",
            "    ",
            "> ",
            ">",
            ">>",
            "=====\n",
            "-----\n",
            "* * *\n",
            "2   HEAD\n",
            "HEAD   3\n",
        ),
        *(
            "the word and\nmore of it, ",
            "occu-\n",
            "pation ",
            "End.\n",
            "a b c d      e f g h\n",
            "and so on     that is\n",
        ),
        *(
            "1. One\n",
            "Of bread ..... 3\n",
            "*** START OF THE PROJECT GUTENBERG EBOOK ***\n",
            "*** END OF THE PROJECT GUTENBERG",
        ),
        *("面包店", "。\n", "Name\n", "`a` ", "# ", "{x} ", "\N{IDEOGRAPHIC SPACE}", "\t", "\N{SOFT HYPHEN}\n"),
    ]
)


def test_a_word_divided_at_two_lines_and_again_at_a_page_is_one_word() -> None:
    end = "He was a man of whom it was always said that he was a jack-\nof-\n\fall-trades"
    text = f"{HEAD}{wrap(SECOND)}\n{wrap(LONG)}{end}, and {LONG}\n"
    assert "he was a jack-of-all-trades, and On Monday" in " ".join(shown(text))


@settings(max_examples=300)
@given(st.lists(LAYOUT, max_size=40))
@example(["a b c d      e f g h\n", "a b c d      e f g h\n", "occu-\n", "occu-\n"])
def test_no_word_is_lost_whatever_the_layout(pieces: list[str]) -> None:
    text = f"{HEAD}{wrap(SECOND)}\n{''.join(pieces)}"
    problems = recognise_text(text.encode(), "a.txt", replace(SETTING, lang="en")).problems
    assert {problem.rule for problem in problems} <= {"empty"}
