"""Titles, dates and authors at the head of a plain text, whatever stands above, between and below them."""

import json

import pytest

import pelicanconf
from press.editor.importing.data_model import Confidence, ImportSettings, RecognisedText
from press.editor.importing.plain.byline import read_byline
from press.editor.importing.recognise_text import recognise_text

SETTINGS = ImportSettings(
    "en",
    "2026-11-29",
    "",
    tuple(pelicanconf.MARKDOWN["extensions"]),
    json.dumps(pelicanconf.MARKDOWN["extension_configs"]),
)
TEXT = (
    "\n\nThe hall is cold, and the men who sit in it have been cold for longer than the hall. Come and bring\n"
    "wood, and bring it before the evening, for the evening is colder.\n"
)
HEADS = {
    "a French motto": (
        "LIBERTÉ, ÉGALITÉ, FRATERNITÉ\n\nLE PAIN\n\nN° 12 — Mai 1906 — Prix : 5 centimes",
        "LE PAIN",
        "1906-05",
        "",
    ),
    "a German motto": (
        "Proletarier aller Länder, vereinigt Euch!\n\nDER BÄCKER\n\nNr. 4. Mai 1926. Preis 10 Pf.",
        "DER BÄCKER",
        "1926-05",
        "",
    ),
    "a Spanish motto": (
        "¡Proletarios, uníos!\n\nLA VOZ\n\nAño II. Núm. 14. Barcelona, 3 de mayo de 1936. Precio: 10 cts.",
        "LA VOZ",
        "1936-05-03",
        "",
    ),
    "a quoted motto": (
        "“The free man knows no master.”\n— An old saying\n\nTHE RENT\n\n4 May 1842",
        "THE RENT",
        "1842-05-04",
        "",
    ),
    "an exclamation as title": ("WORKERS, STRIKE!\n\nMay 1926", "WORKERS, STRIKE!", "1926-05", ""),
    "a masthead": (
        "THE VOICE\n\nOrgan of the Union\n\nVol. II, No. 4. — May, 1926. — One Penny",
        "THE VOICE",
        "1926-05",
        "",
    ),
    "authors in the block": (
        "The two weights\nby Ann Dunn and John Marsh\n\nMay 1911",
        "The two weights",
        "1911-05",
        "Ann Dunn; John Marsh",
    ),
    "an author below": ("The two weights\n\nby Ann Dunn\n\nMay 1911", "The two weights", "1911-05", "Ann Dunn"),
    "an author below the date": (
        "The two weights\n\nMay 1911\n\nby Ann Dunn",
        "The two weights",
        "1911-05",
        "Ann Dunn",
    ),
    "French authors": (
        "Les deux poids\npar Anne Dupont, Jean Marsan et Rose Lévy\n\nmai 1911",
        "Les deux poids",
        "1911-05",
        "Anne Dupont; Jean Marsan; Rose Lévy",
    ),
    "German authors": (
        "Die Gewichte\n\nvon Rosa Lind und Karl von Berg\n\nBerlin, im Mai 1911",
        "Die Gewichte",
        "1911-05",
        "Rosa Lind; Karl von Berg",
    ),
    "labels": ("Title: The weights\nAuthor: Ann Dunn\nDate: May 1911", "The weights", "1911-05", "Ann Dunn"),
    "French labels": (
        "Titre : Les poids\nAuteur : Anne Dupont\nDate : mai 1911",
        "Les poids",
        "1911-05",
        "Anne Dupont",
    ),
    "no author": ("The river song\n\nby the river we sat\n\nMay 1911", "The river song", "1911-05", ""),
    "a date first": ("4 May 1842\n\nTHE RENT\n\nby Ann Dunn", "THE RENT", "1842-05-04", "Ann Dunn"),
    "a number": ("I.\n\nTHE RENT\n\n4 May 1842", "THE RENT", "1842-05-04", ""),
    "a page number": ("3\n\nTHE RENT\n\n4 May 1842", "THE RENT", "1842-05-04", ""),
    "three lines of capitals": (
        "THE RENT\nAND WHAT\nIT COSTS\n\n4 May 1842",
        "THE RENT AND WHAT IT COSTS",
        "1842-05-04",
        "",
    ),
    "a title page": (
        "THE RENT\n\nA WORD\n\nTO THE TENANTS\n\nBY ONE OF THEM\n\nHalifax, 4 May 1842",
        "THE RENT",
        "1842-05-04",
        "",
    ),
    "an imprint": ("THE RENT\n\nA Word to the Tenants\n\nLondon: Printed for J. Smith, 1793", "THE RENT", "1793", ""),
    "Roman figures": ("THE RENT\n\nLONDON\n\nMDCCXCIII", "THE RENT", "1793", ""),
    "an electronic copy": (
        "The Etext of The Rent, by One of Them\n\nJuly 4th, 1994",
        "The Etext of The Rent, by One of Them",
        "undated",
        "",
    ),
    "copyright": ("THE RENT\n\nCopyright 1998 by the Archive\n\nOctober 1998", "THE RENT", "undated", ""),
    "a date in the title": (
        "Leaflet handed out on 4 June 1968 in the morning",
        "Leaflet handed out on 4 June 1968 in the morning",
        "1968-06-04?",
        "",
    ),
    "a year of the Republic": ("THE RENT\n\n5 ventôse an II", "THE RENT", "undated", ""),
}


def read(text: str) -> RecognisedText:
    return recognise_text(text.encode(), "a.txt", SETTINGS)


@pytest.mark.parametrize("what", HEADS)
def test_heads(what: str) -> None:
    head, title, date, authors = HEADS[what]
    found = read(head + TEXT)
    named = "; ".join(value for key in ("author", "authors") for value in found.fields.get(key, ()))
    assert found.problems == []
    assert (found.title, found.date, named) == (title, date, authors)


@pytest.mark.parametrize("what", [what for what in HEADS if "motto" in what or "number" in what])
def test_what_is_above_the_title_stays_in_the_text_and_is_asked_about(what: str) -> None:
    found = read(HEADS[what][0] + TEXT)
    assert found.body.startswith(HEADS[what][0].split("\n")[0])
    assert any(note.topic == "title" and note.confidence is Confidence.REVIEW for note in found.notes)


def test_a_date_at_the_end_above_a_signature() -> None:
    assert read(f"THE RENT{TEXT}\nHalifax, 4 May 1842\nThe Committee\n").date == "1842-05-04"


def test_a_russian_author_and_date() -> None:
    text = "В зале холодно, и люди, которые в нём сидят, мёрзнут дольше, чем он стоит. Приносите дрова."
    found = read(f"Две меры\n\nАвтор: Анна Петрова\n\n1 мая 1905 г.\n\n{text}\n")
    assert (found.date, found.lang, found.fields["author"]) == ("1905-05-01", "ru", ("Анна Петрова",))


def test_an_exclamation_above_another_line_is_not_sure() -> None:
    notes = read(f"To arms!\n\nThe bakers of the town{TEXT}").notes
    assert [note.confidence for note in notes if note.topic == "title"] == [Confidence.REVIEW]


@pytest.mark.parametrize(
    "line",
    [
        "by the river we sat",
        "By order of the committee",
        "by nine in the morning",
        "de Paris",
        "von hier an",
        "par la force",
        "by way of Leeds",
        "By the sweat of thy brow",
        "by 1911",
        "di notte",
        "By Hook and by Crook we shall win the day and the night too",
        "av alla krafter",
    ],
)
def test_lines_that_name_no_author(line: str) -> None:
    found = read_byline(line)
    assert found is None or not found.is_sure


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("by Ann Dunn", ("Ann Dunn",)),
        ("By ANN DUNN", ("ANN DUNN",)),
        ("by A. B. Dunn & John Marsh", ("A. B. Dunn", "John Marsh")),
        ("par Anne Dupont et Jean d'Albret", ("Anne Dupont", "Jean d'Albret")),
        ("von Rosa von Lind", ("Rosa von Lind",)),
        ("di Anna Rossi e Carlo Bianchi", ("Anna Rossi", "Carlo Bianchi")),
        ("por Ana Ruiz y Juan Paz", ("Ana Ruiz", "Juan Paz")),
        ("av Anna Berg och Karl Ek", ("Anna Berg", "Karl Ek")),
        ("door Anna de Wit en Jan Bos", ("Anna de Wit", "Jan Bos")),
        ("автор: Анна Петрова и Иван Мост", ("Анна Петрова", "Иван Мост")),
        ("Written by Ann Dunn.", ("Ann Dunn",)),
    ],
)
def test_lines_of_authors(line: str, names: tuple[str, ...]) -> None:
    found = read_byline(line)
    assert found is not None
    assert found.names == names
