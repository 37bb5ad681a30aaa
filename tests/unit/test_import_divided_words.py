"""Hyphens at the ends of lines: a compound keeps its own, a divided word loses the printer's, in doubt it stays."""

from __future__ import annotations

import pytest

from press.editor.importing.data_model import Confidence, HyphenJoin, ImportSettings, Line
from press.editor.importing.plain.divided_words import Words, is_divided, join_words
from press.editor.importing.recognise_text import recognise_text

SOFT = "\N{SOFT HYPHEN}"


def join(lang: str, divided: str, text: str = "") -> tuple[str, HyphenJoin | None]:
    """Join what `/` divides; `text` is what else the text has."""
    first, second = divided.split("/")
    lines = [*text.split("\n"), first, second]
    words = Words([Line(number, line) for number, line in enumerate(lines, start=1) if line], lang)
    return join_words(first, second, len(lines) - 1, words)


COMPOUNDS = {
    "en": "twenty-/first well-/known long-/term price-/determining so-/called three-/year self-/taught half-/an-hour "
    "mother-in-/law Newcastle-under-/Lyme Anglo-/Irish class-/conscious working-/class two-/thirds ex-/president "
    "vice-/chairman hand-to-/mouth middle-/aged first-/rate trade-/unionist forty-/eight strike-/breakers "
    "rank-and-/file",
    "fr": "peut-/être Est-/ce c'est-/à-dire dit-/il a-t-/il a-/t-il vingt-/deux demanda-t-/elle allez-/vous là-/bas "
    "au-/dessus celui-/ci lui-/même avez-/vous quatre-vingt-/dix grand-/père demi-/heure avant-/garde donnez-/moi "
    "répondit-/elle quelques-/uns sous-/préfet Saint-/Denis m'écriai-/je",
    "ru": "кто-/то по-/русски что-/нибудь из-/за во-/первых кое-/как какой-/либо все-/таки социал-/демократ "
    "по-/прежнему по-/моему северо-/запад рабоче-/крестьянский",
    "de": "deutsch-/französische Nord-/Süd Arbeiter-/Bewegung SPD-/nahe",
    "pt": "fazê-/lo disse-/me guarda-/chuva segunda-/feira chamá-/la vê-/los dar-/lhe",
    "pl": "polsko-/niemiecki biało-/czerwony społeczno-/polityczny",
    "es": "franco-/prusiana político-/social",
    "it": "economico-/sociale Emilia-/Romagna",
    "uk": "хто-/небудь по-/українськи",
    "cs": "česko-/německý",
    "ca": "donar-/se fer-/lo",
    "ro": "într-/un s-/a",
}
DIVIDED = {
    "en": "de-/mand occu-/pation gov-/ernment some-/thing with-/out com-/mittee in-/form be-/come under-/stand "
    "im-/portant revolu-/tionary per-/sonally wor-/kers OCCU-/PATION strug-/gle ex-/claimed wel-/come self-/ish "
    "there-/fore man-/agement",
    "fr": "tra-/vail ou-/vriers cama-/rade mer-/ci nou-/velle l'usi-/ne par-/le cou-/leur natu-/relle rou-/ge "
    "dou-/ce dé-/cembre pa-/tronat organi-/sation syndi-/cat de-/dans",
    "de": "Ge-/werkschaft Arbeiter-/bewegung Frei-/heit Ver-/sammlung arbei-/ten Bundes-/regierung Tisch-/chen "
    "Klassen-/kampf sozial-/demokratische zurück-/kehren möglich-/keit freund-/lich Herzens-/angst",
    "es": "tra-/bajo obre-/ros huel-/ga vice-/presidente compa-/ñeros liber-/tad orga-/nización de-/bajo hallar-/se",
    "it": "lavo-/ratori scio-/pero compa-/gni liber-/tà orga-/nizzazione dice-/vano",
    "ru": "рабо-/чий сво-/бода по-/тому това-/рищ револю-/ция мес-/то боль-/шой",
    "pt": "traba-/lho liber-/dade compa-/nheiros",
    "pl": "robot-/nik wol-/ność",
    "nl": "arbei-/ders vrij-/heid",
    "sv": "arbe-/tare fri-/het",
    "el": "εργα-/τική ελευ-/θερία",
    "eu": "askata-/suna",
}


@pytest.mark.parametrize(
    ("lang", "divided"), [(lang, word) for lang in COMPOUNDS for word in COMPOUNDS[lang].split()]
)
def test_a_compound_keeps_its_hyphen(lang: str, divided: str) -> None:
    text, made = join(lang, divided)
    assert text == divided.replace("/", "")
    assert made is not None
    assert made.keeps_hyphen


@pytest.mark.parametrize(("lang", "divided"), [(lang, word) for lang in DIVIDED for word in DIVIDED[lang].split()])
def test_a_divided_word_loses_it(lang: str, divided: str) -> None:
    text, made = join(lang, divided)
    assert text == divided.replace("-/", "")
    assert made is not None
    assert not made.keeps_hyphen


SURE = "twenty-/first well-/known long-/term price-/determining so-/called mother-in-/law Newcastle-under-/Lyme"
ASKED = "co-/operation to-/morrow north-/west anti-/war good-/bye strike-/breakers"


@pytest.mark.parametrize("divided", SURE.split())
def test_what_is_surely_a_compound_needs_no_question(divided: str) -> None:
    _, made = join("en", divided)
    assert made is not None
    assert not made.is_doubtful


@pytest.mark.parametrize(("lang", "divided"), [*(("en", word) for word in ASKED.split()), ("de", "Zuk-/ker")])
def test_in_doubt_the_hyphen_stays_and_a_person_is_asked(lang: str, divided: str) -> None:
    text, made = join(lang, divided)
    assert text == divided.replace("/", "")
    assert made is not None
    assert made.is_doubtful


@pytest.mark.parametrize(
    ("lang", "divided", "text", "wanted"),
    [
        ("en", "co-/operation", "the co-operation of all", "co-operation"),
        ("en", "co-/operation", "the cooperation of all", "cooperation"),
        ("en", "co-/operation", "our co-operative shop", "co-operation"),
        ("en", "to-/morrow", "not to-day", "to-morrow"),
        ("en", "to-/day", "bread today", "today"),
        ("en", "on-/going", "it is on-going", "on-going"),
        ("en", "stand-/still", "a standstill", "standstill"),
        ("fr", "mal-/heureux", "les malheureux", "malheureux"),
        ("de", "U-/boot", "das U-boot", "U-boot"),
        ("br", "labour-/erien", "al labourerien", "labourerien"),
        ("br", "deiz-/mat", "deiz mat", "deiz-mat"),
    ],
)
def test_the_text_itself_says_how_it_spells_a_word(lang: str, divided: str, text: str, wanted: str) -> None:
    joined, made = join(lang, divided, text)
    assert joined == wanted
    assert made is not None
    assert made.is_doubtful is (lang == "br" and "-" in wanted)


@pytest.mark.parametrize(
    ("lang", "first", "second", "wanted"),
    [
        ("de", "die Arbeiter-", "und Bauernräte", "die Arbeiter- und Bauernräte"),
        ("en", "a two-", "or three-year paper", "a two- or three-year paper"),
        ("fr", "les avant-", "et après-guerres", "les avant- et après-guerres"),
        ("nl", "land-", "en tuinbouw", "land- en tuinbouw"),
        ("", "in-", "and outdoor relief", "in- and outdoor relief"),
        ("en", "they came -", "and went", "they came - and went"),
        ("en", "they came --", "and went", "they came -- and went"),
    ],
)
def test_a_suspended_hyphen_and_a_dash_are_left_alone(lang: str, first: str, second: str, wanted: str) -> None:
    assert join(lang, f"{first}/{second}") == (wanted, None)


@pytest.mark.parametrize(
    ("first", "wanted"),
    [
        (f"well{SOFT}", "wellknown"),
        ("well¬", "wellknown"),
        ("well=", "wellknown"),
        ("well\N{DOUBLE OBLIQUE HYPHEN}", "wellknown"),
        ("well\N{HYPHEN}", "well\N{HYPHEN}known"),
    ],
)
def test_each_sign_of_a_division_is_known(first: str, wanted: str) -> None:
    assert is_divided(first)
    assert join("en", f"{first}/known")[0] == wanted


def test_a_vowel_sign_at_the_end_does_not_hide_a_division() -> None:
    text, made = join("hi", "आज़ा-/दी")
    assert text == "आज़ादी"
    assert made is not None


def test_the_report_asks_only_where_there_is_doubt() -> None:
    source = (
        "The coal wharf\n\n12 May 1931\n\n"
        "The men of the coal wharf came out this morning for the twenty-\n"
        "first time since the war, and they came out against the de-\n"
        "mand that was signed above their heads, without any co-\n"
        "operation of those whom the agreement was made for at all."
    )
    recognised = recognise_text(source.encode(), "a.txt", ImportSettings("en", "2024-01-01"))
    assert recognised.problems == []
    notes = {note.message: note.confidence for note in recognised.notes if note.topic == "hyphens"}
    assert notes == {
        "“twenty-” and “first” became “twenty-first”": Confidence.LIKELY,
        "“de-” and “mand” became “demand”": Confidence.LIKELY,
        "“co-” and “operation” became “co-operation”": Confidence.REVIEW,
    }
