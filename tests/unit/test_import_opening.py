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
    "a subtitle above the date": (
        "THE HAMMER AND THE HAND\n\nA WORD TO THE SMITHS\n\n14 March 1889",
        "THE HAMMER AND THE HAND",
        "1889-03-14",
        "",
    ),
    "French lines above the date": (
        "LE PAIN CHER\n\nAUX OUVRIERS\n\nDU FAUBOURG\n\nParis, le 12 juin 1848.",
        "LE PAIN CHER",
        "1848-06-12",
        "",
    ),
    "a Spanish subtitle": (
        "TIERRA\n\nManifiesto a los campesinos\n\nAyala, noviembre 28 de 1911",
        "TIERRA",
        "1911-11-28",
        "",
    ),
    "by on a line of its own": (
        "THE RIGHT TO BREAD\n\nby\n\nANN DUNN\n\n1883",
        "THE RIGHT TO BREAD",
        "1883",
        "ANN DUNN",
    ),
    "German, von on a line of its own": (
        "DAS BROT\n\nVon\nRosa Lind und Karl Berg\n\nLeipzig, im März 1848",
        "DAS BROT",
        "1848-03",
        "Rosa Lind; Karl Berg",
    ),
    "marks of emphasis": ("_THE RENT_\n\nby Ann Dunn\n\nMay 1911", "THE RENT", "1911-05", "Ann Dunn"),
    "a press release": ("Press release\n\n8 May 1976", "Press release", "1976-05-08", ""),
    "the release of prisoners": (
        "For the release of the seven\n\n8 May 1976",
        "For the release of the seven",
        "1976-05-08",
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


@pytest.mark.parametrize("what", ["a subtitle above the date", "French lines above the date", "a Spanish subtitle"])
def test_a_date_on_the_title_page_becomes_metadata_and_what_is_above_it_stays(what: str) -> None:
    head = HEADS[what][0]
    found = read(head + TEXT)
    subtitle, *_, date = head.split("\n\n")[1:]
    assert found.body.startswith(subtitle)
    assert date not in found.body
    assert any(date in line and "metadata" in line for line in found.corrections)
    assert not [note for note in found.notes if "another leaflet" in note.message]


def test_a_second_leaflet_below_a_text_is_asked_about() -> None:
    found = read(f"THE RENT\n\nA WORD\n\n4 May 1842{TEXT}\nTHE BREAD\n\n5 June 1843{TEXT}")
    assert [note.message for note in found.notes if "another leaflet" in note.message] != []


@pytest.mark.parametrize(
    ("ending", "date"),
    [
        ("Flugblatt vom 9. November 1918", "1918-11-09?"),
        ("Praha 21. 8. 1968", "1968-08-21?"),
        ("(Tract distribué le 4 juin 1968)", "1968-06-04?"),
        ("We shall meet at the hall on 4 May 1926.", "undated"),
        ("Mouvement du 22 mars - 12 mai 1968", "undated"),
    ],
)
def test_a_date_among_other_words_at_the_end_is_doubtful(ending: str, date: str) -> None:
    assert read(f"THE RENT{TEXT}\n{ending}\n").date == date


def test_the_days_of_a_diary_are_to_be_reviewed() -> None:
    notes = read(f"THE STRIKE{TEXT}\n4 May 1926{TEXT}\n5 May 1926{TEXT}").notes
    assert [note.confidence for note in notes if note.topic == "date"] == [Confidence.REVIEW]


@pytest.mark.parametrize(
    ("head", "least"),
    [
        ("THE RENT", Confidence.SURE),
        ("THE RENT\n\n4 May 1842", Confidence.SURE),
        ("ANN DUNN\n\nTHE RENT", Confidence.LIKELY),
        ("C.N.T.\n\nA TODOS LOS TRABAJADORES", Confidence.LIKELY),
        ("Action committee of the town\n\nTHE FIGHT GOES ON", Confidence.REVIEW),
        ("The Workers’ Party\n\nWorkers, unite!\n\nTO ALL WHO WORK\n\nComrades!", Confidence.REVIEW),
        ("I. MASTERS AND MEN", Confidence.REVIEW),
        ("Chapter One", Confidence.REVIEW),
        ("LE 18 MARS 1871", Confidence.REVIEW),
    ],
)
def test_how_sure_a_title_is(head: str, least: Confidence) -> None:
    assert [note.confidence for note in read(head + TEXT).notes if note.topic == "title"] == [least]


@pytest.mark.parametrize(
    "line",
    [
        *("By Authority", "By an Englishman", "By Direct Action", "Par un Ami du Peuple", "von einem Arbeiter"),
        *("Von der Maas bis an die Memel", "por Orden del Comité", "Por Tierra y Libertad", "Od Varšavy do Prahy"),
        *("By Popular Demand", "By Spartacus", "door Strijd tot Zege", "Per Aspera ad Astra", "του Λαού"),
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
        ("By W. E. B. Du Bois", ("W. E. B. Du Bois",)),
        ("Par J.-J. Rousseau", ("J.-J. Rousseau",)),
        ("di Carlo Cafiero ed Emilio Covelli", ("Carlo Cafiero", "Emilio Covelli")),
        ("написал Михаил Бакунин", ("Михаил Бакунин",)),
        ("yazan: Nâzım Hikmet", ("Nâzım Hikmet",)),
    ],
)
def test_lines_of_authors(line: str, names: tuple[str, ...]) -> None:
    found = read_byline(line)
    assert found is not None
    assert found.names == names
