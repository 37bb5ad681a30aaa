"""Original dates keep the exactness they are known with."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.messages.message_check import load_translations
from press.model.dates import Precision, parse_date
from press.site.catalogue import describe_entry
from press.site.localise import Localiser
from press.site.metadata import SiteMetadata
from press.theme_folders import ThemeFolders
from tests.conftest import ROOT
from tests.support.export_inputs import leaflet


def words_of(lang: str) -> Localiser:
    return Localiser(lang, load_translations(ThemeFolders((ROOT / "theme",)), lang))


KNOWN = [
    # written, canonical, precision, in English, in French, machine-readable
    ("2006-10-24", "2006-10-24", Precision.DAY, "24 October 2006", "24 octobre 2006", "2006-10-24"),
    ("2006-10", "2006-10", Precision.MONTH, "October 2006", "octobre 2006", "2006-10"),
    ("2006-10-XX", "2006-10", Precision.MONTH, "October 2006", "octobre 2006", "2006-10"),
    ("2006-22", "2006-22", Precision.SEASON, "summer 2006", "été 2006", "2006"),
    ("1848", "1848", Precision.YEAR, "1848", "1848", "1848"),
    ("1848-XX", "1848", Precision.YEAR, "1848", "1848", "1848"),
    ("1974~", "1974~", Precision.YEAR, "about 1974", "vers 1974", "1974"),
    ("c. 1974", "1974~", Precision.YEAR, "about 1974", "vers 1974", "1974"),
    ("circa 1974-03", "1974-03~", Precision.MONTH, "about March 1974", "vers mars 1974", "1974-03"),
    ("1974?", "1974?", Precision.YEAR, "perhaps 1974", "peut-être 1974", "1974"),
    ("1974%", "1974%", Precision.YEAR, "perhaps about 1974", "peut-être vers 1974", "1974"),
    ("197X", "197X", Precision.DECADE, "1970s", "années 1970", ""),
    ("19XX", "19XX", Precision.CENTURY, "1900–1999", "1900–1999", ""),
    ("1918/1920", "1918/1920", Precision.INTERVAL, "1918–1920", "1918–1920", ""),
    ("1918-05/1920", "1918-05/1920", Precision.INTERVAL, "May 1918 – 1920", "mai 1918 – 1920", ""),
    ("../1917", "../1917", Precision.INTERVAL, "1917 or earlier", "1917 au plus tard", ""),
    ("/1917", "/1917", Precision.INTERVAL, "1917 or earlier", "1917 au plus tard", ""),
    ("1968-05-03/..", "1968-05-03/..", Precision.INTERVAL, "3 May 1968 or later", "3 mai 1968 au plus tôt", ""),
    ("1968/", "1968/", Precision.INTERVAL, "1968 or later", "1968 au plus tôt", ""),
    ("c. 1974 / ..", "1974~/..", Precision.INTERVAL, "about 1974 or later", "vers 1974 au plus tôt", ""),
    (
        "../1917-02?",
        "../1917-02?",
        Precision.INTERVAL,
        "perhaps February 1917 or earlier",
        "peut-être février 1917 au plus tard",
        "",
    ),
    ("../191X", "../191X", Precision.INTERVAL, "1910s or earlier", "années 1910 au plus tard", ""),
    ("Undated", "", Precision.UNDATED, "undated", "sans date", ""),
]


@pytest.mark.parametrize(("written", "edtf", "precision", "english", "french", "machine"), KNOWN)
def test_a_date_is_read_and_shown_as_exactly_as_it_is_known(
    written, edtf, precision, english, french, machine
) -> None:
    date = parse_date(written)
    assert (date.edtf, date.precision, date.machine) == (edtf, precision, machine)
    assert words_of("en").format_date(date) == english
    assert words_of("fr").format_date(date) == french


def test_english_of_the_united_states_puts_the_month_first() -> None:
    assert words_of("en-US").format_date(parse_date("2006-10-24")) == "October 24, 2006"


OTHER_FORMS = """
03/04/1917  1917-3-4  1917-13  1917-02-30  12.05.1948  1848-1849  0000  20061024  1920/1918  1918/1918  1918/1919/1920
２００６  197X-03  2006-XX-24  ..  ../..  /  /..  .. / ..  ...  1918/...  ../1918/..
..1918  ~2006  tomorrow  today  now  12 May 48  March 1848  2006 ~
"""


@pytest.mark.parametrize("written", ["", *re.split(r"\s\s+|\n", OTHER_FORMS.strip())])
def test_any_other_form_is_refused_and_the_right_forms_are_named(written: str) -> None:
    with pytest.raises(ValueError, match=r"Write .*\d{4}"):
        parse_date(written)


def test_dates_sort_by_their_first_day_the_vaguer_first_and_undated_last() -> None:
    in_order = [
        "1899",
        "19XX",
        "197X",
        "1970/1972",
        "1970",
        "1970-01",
        "1970-01-01",
        "1970/..",
        "1970-01-02",
        "../1971-03",
        "1971-03",
        "undated",
    ]
    shuffled = in_order[::2] + in_order[1::2]
    assert [
        date.edtf or "undated" for date in sorted(map(parse_date, shuffled), key=lambda date: date.sort_key)
    ] == in_order


@pytest.mark.parametrize(
    ("written", "year", "month", "day", "group"),
    [
        ("2006-10-24", 2006, 10, 24, ""),
        ("2006-10", 2006, 10, None, ""),
        ("2006-21", 2006, None, None, ""),
        ("1918/1920", 1918, None, None, ""),
        ("1918-05/1918-07", 1918, None, None, ""),
        ("../1917-05", 1917, None, None, ""),
        ("1968-05-03/..", 1968, None, None, ""),
        ("197X~", None, None, None, "197x"),
        ("19XX", None, None, None, "19xx"),
        ("undated", None, None, None, "undated"),
    ],
)
def test_a_date_is_listed_on_the_page_of_its_year_and_month(written, year, month, day, group) -> None:
    date = parse_date(written)
    assert (date.year, date.month, date.day, date.group) == (year, month, day, group)


@pytest.mark.parametrize(
    ("written", "temporal", "first", "last"),
    [
        ("../1917", "../1917", None, "1917-12-31"),
        ("/1917-05", "../1917", None, "1917-05-31"),
        ("1968~/..", "1968/..", "1968-01-01", None),
        ("191X/", "1910/..", "1910-01-01", None),
    ],
)
def test_machines_are_told_which_end_of_a_date_is_open(written, temporal, first, last) -> None:
    entry = leaflet(date=written).entry
    described = SiteMetadata("", "", "en", "").describe_leaflet(entry, "T", "", {}, [], [])
    assert json.loads(described)["@graph"][0]["temporal"] == temporal
    row = describe_entry(entry, "T", "")
    assert (row["date"], row["date_first"], row["date_last"]) == (written, first, last)


def test_a_date_open_at_both_ends_is_refused_with_what_to_write() -> None:
    with pytest.raises(
        ValueError, match=r"“\.\./\.\.” has no date.*Write \.\./1917 for 1917 or earlier, .* or undated"
    ):
        parse_date("../..")


@pytest.mark.parametrize(
    ("span", "reported"), [((1974, 1981), "1974–1981"), ((1974, 1974), "1974"), (None, "undated")]
)
def test_a_span_of_years_is_formatted(span, reported) -> None:
    assert words_of("en").format_span(span) == reported


def test_the_first_of_a_month_is_an_ordinal_in_french_alone() -> None:
    dates = [parse_date(date) for date in ("2007-05-01", "2011-11-11", "2001-01-01/2001-01-31")]
    assert [words_of("fr").format_date(date) for date in dates] == [
        "1er mai 2007", "11 novembre 2011", "1er janvier 2001 – 31 janvier 2001",
    ]  # fmt: skip
    assert words_of("en").format_date(dates[0]) == "1 May 2007"


def test_arabic_has_six_forms_of_the_plural() -> None:
    counted = [words_of("ar").count_leaflets(number) for number in (2, 3, 10, 11, 99, 100, 103)]
    assert counted == [
        "منشوران", "3 منشورات", "10 منشورات", "11 منشورًا", "99 منشورًا", "100 منشور", "103 منشورات",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "written", "shown"),
    [
        ("ru", "1974-05-01", "1 мая 1974"),
        ("ru", "1974-05", "май 1974"),
        ("ru", "c. 1974-05", "ок.\N{NO-BREAK SPACE}май 1974"),
        ("ru", "197X", "1970-е годы"),
        ("ru", "../1917-02", "февраль 1917 или ранее"),
        ("uk", "1974-05-01", "1 травня 1974"),
        ("tr", "1974-05-01", "1 Mayıs 1974"),
        ("tr", "197X", "1970’ler"),
        ("tr", "196X", "1960’lar"),
        ("tr", "200X", "2000’ler"),
        ("ar", "1974-05-01", "1 مايو 1974"),
        ("ar-EG", "1974-05", "مايو 1974"),
        ("fa", "1974-05-01", "1 مهٔ 1974"),
        ("ar", "197X", "عقد 1970"),
    ],
)
def test_a_date_is_as_its_language_writes_it_in_western_figures(lang: str, written: str, shown: str) -> None:
    assert words_of(lang).format_date(parse_date(written)) == shown


def test_a_heading_begins_with_a_capital_and_keeps_the_others() -> None:
    assert words_of("fr").capitalise("vers mai 2006 – Juin") == "Vers mai 2006 – Juin"
    assert words_of("tr").capitalise("ilkbahar 1974 – 1 Mayıs 1975") == "İlkbahar 1974 – 1 Mayıs 1975"
    assert words_of("tr").capitalise("ılık") == "Ilık"


def test_of_four_people_the_first_is_named_and_each_name_keeps_its_direction() -> None:
    assert words_of("ru").format_people(["A", "B"]) == "<bdi>A</bdi> и <bdi>B</bdi>"
    assert words_of("tr").format_people(["<A>", *"BCD"]) == "<bdi>&lt;A&gt;</bdi> vd."


@pytest.mark.parametrize(
    ("lang", "noun", "counted"),
    [
        ("en", ["poster", "posters"], ["0 posters", "1 poster", "2,100 posters"]),
        ("fr", ["affiche", "affiches"], ["0 affiche", "1 affiche", "2\N{NARROW NO-BREAK SPACE}100 affiches"]),
        ("en", [], ["0 leaflets", "1 leaflet", "2,100 leaflets"]),
        ("ru", [], ["0 листовок", "1 листовка", "2 100 листовок".replace(" ", "\N{NO-BREAK SPACE}", 1)]),
        ("tr", [], ["0 bildiri", "1 bildiri", "2.100 bildiri"]),
        ("ar", [], ["لا منشورات", "منشور واحد", "2,100 منشور"]),
    ],
)
def test_what_the_archive_has_is_counted_in_its_own_words(lang: str, noun: list[str], counted: list[str]) -> None:
    localiser = Localiser(lang, words_of(lang).translations, noun)
    assert [localiser.count_leaflets(number) for number in (0, 1, 2100)] == counted


ABROAD = [
    # written, in German, in Dutch, in Spanish
    ("1974-05-01", "1. Mai 1974", "1 mei 1974", "1 de mayo de 1974"),
    ("1974-05", "Mai 1974", "mei 1974", "mayo de 1974"),
    ("1974-21", "Frühjahr 1974", "voorjaar 1974", "primavera de 1974"),
    ("1974%", "vermutlich ca. 1974", "vermoedelijk circa 1974", "quizá ca. 1974"),
    ("197X", "1970er Jahre", "jaren 1970", "década de 1970"),
    ("19XX", "1900–1999", "1900-1999", "1900-1999"),
    ("1918/1920", "1918–1920", "1918-1920", "1918-1920"),
    ("1918-05/1920", "Mai 1918 – 1920", "mei 1918 – 1920", "mayo de 1918 a 1920"),
    ("../1917", "1917 oder früher", "1917 of eerder", "1917 o antes"),
    ("undated", "undatiert", "ongedateerd", "sin fecha"),
]


@pytest.mark.parametrize(("written", "german", "dutch", "spanish"), ABROAD)
def test_a_date_is_formatted_as_its_language_has_it(written: str, german: str, dutch: str, spanish: str) -> None:
    shown = [words_of(lang).format_date(parse_date(written)) for lang in ("de", "nl", "es")]
    assert [words.replace("\N{NO-BREAK SPACE}", " ") for words in shown] == [german, dutch, spanish]


def test_a_heading_begins_with_a_capital_and_keeps_its_others() -> None:
    decade = parse_date("197X")
    shown = [words_of(lang).capitalise(words_of(lang).format_without_year(decade)) for lang in ("de", "nl", "fr")]
    assert shown == ["1970er Jahre", "Jaren 1970", "Années 1970"]


def test_a_span_of_years_has_the_sign_of_its_language() -> None:
    assert [words_of(lang).format_span((1974, 1981)) for lang in ("de", "es")] == ["1974–1981", "1974-1981"]
    assert words_of("es").format_span((1974, 1974)) == "1974"


@pytest.mark.parametrize("lang", ["es", "it", "pl", "pt-PT"])
def test_some_languages_do_not_divide_four_figures(lang: str) -> None:
    assert [words_of(lang).format_number(number) for number in (999, 2100)] == ["999", "2100"]
    assert len(words_of(lang).format_number(12_100)) == len("12.100")


@pytest.mark.parametrize("lang", ["de", "pt", "pt-BR"])
def test_others_divide_them(lang: str) -> None:
    assert words_of(lang).format_number(2100) == "2.100"


SOUTH_AND_EAST = [
    ("1974-05-01", "1 maggio 1974", "1 de maio de 1974", "1 maja 1974"),
    ("1974-05", "maggio 1974", "maio de 1974", "maj 1974"),
    ("1974-24", "inverno 1974", "inverno de 1974", "zima 1974"),
    ("1974~", "1974 circa", "c. 1974", "ok. 1974"),
    ("197X", "anni 1970", "década de 1970", "1970–1979"),
    ("1974/1976", "1974-1976", "1974-1976", "1974–1976"),
    ("../1917", "1917 o prima", "1917 ou antes", "1917 lub wcześniej"),
    ("undated", "senza data", "sem data", "bez daty"),
]


@pytest.mark.parametrize(("written", "italian", "portuguese", "polish"), SOUTH_AND_EAST)
def test_italian_portuguese_and_polish_dates(written: str, italian: str, portuguese: str, polish: str) -> None:
    shown = [words_of(lang).format_date(parse_date(written)) for lang in ("it", "pt", "pl")]
    assert [words.replace("\N{NO-BREAK SPACE}", " ") for words in shown] == [italian, portuguese, polish]


@pytest.mark.parametrize(
    ("number", "polish"), [(1, "1 ulotka"), (2, "2 ulotki"), (5, "5 ulotek"), (12, "12 ulotek"), (22, "22 ulotki")]
)
def test_polish_counts_in_three_forms(number: int, polish: str) -> None:
    assert words_of("pl").count_leaflets(number) == polish


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (["Ada", "Inés"], "Ada e Inés"),
        (["Ada", "Tomás", "Hilario"], "Ada, Tomás e Hilario"),
        (["Ada", "Iosif"], "Ada y Iosif"),
        (["Inés", "Ada"], "Inés y Ada"),
        (["Pan y Rosas", "Ida y Vuelta"], "Pan y Rosas e Ida y Vuelta"),
        (["Inés"], "Inés"),
    ],
)
def test_spanish_writes_e_before_the_sound_of_i(names: list[str], joined: str) -> None:
    assert words_of("es").format_people(names).striptags() == joined


def test_one_of_many_people_stands_for_all() -> None:
    shown = [
        words_of(lang).format_people(["A", "B", "C", "D"]).striptags() for lang in ("en", "fr", "de", "nl", "es")
    ]
    words = [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown]
    assert words == ["A et al.", "A et al.", "A u. a.", "A e.a.", "A et al."]


@pytest.mark.parametrize(
    ("size", "english", "french"),
    [
        (0, "0.1 kB", "0,1 ko"),
        (14_300, "14 kB", "14 ko"),
        (999_499, "999 kB", "999 ko"),
        (1_500_000, "1.5 MB", "1,5 Mo"),
    ],
)
def test_a_size_is_formatted_in_the_language_of_the_site(size: int, english: str, french: str) -> None:
    reported = [words_of(lang).format_size(size).replace("\N{NO-BREAK SPACE}", " ") for lang in ("en", "fr")]
    assert reported == [english, french]


@given(st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 30)))
def test_every_day_is_a_date(day: datetime.date) -> None:
    date = parse_date(f"{day:%Y-%m-%d}".rjust(10, "0"))
    assert date.first == date.last == day
    assert parse_date(date.edtf) == date


@given(st.text(alphabet="0123456789X-/~?% c.", max_size=12))
def test_a_date_is_read_or_refused_and_the_canonical_form_reads_the_same(text: str) -> None:
    try:
        date = parse_date(text)
    except ValueError as refused:
        assert "Write" in str(refused)
    else:
        assert parse_date(date.edtf or "undated") == date
        assert date.first <= date.last
