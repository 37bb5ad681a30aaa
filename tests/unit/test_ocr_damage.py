"""Words that a scanner misread are pointed at one by one; names, dialect, figures and foreign words are not."""

from __future__ import annotations

import unicodedata

import pytest

from press.editor.importing.composing import compose_letters
from press.editor.importing.data_model import ImportSettings
from press.editor.importing.escaping import render_markdown
from press.editor.importing.recognise_text import recognise_text
from press.editor.lint import make_subject
from press.editor.lint.misreadings import MOST_MISREADINGS
from press.editor.lint.rules import lint
from press.model.entry import make_entry
from press.model.header import read_header


def check(lang: str, body: str) -> dict[str, list[str]]:
    """Return the messages of the rules that a text breaks."""
    text = f"Title: A case\nDate: 1974\nCategory: Cases\nSummary: What is tried.\nLang: {lang}\n\n{body}\n"
    header = read_header(text, "a.md")
    known = {"source": "a.md", "is_page": False, "body_line": header.body_line}
    entry, problems = make_entry(header.fields, "a.md", lang="en", known=known)
    assert problems == []
    found: dict[str, list[str]] = {}
    for problem in lint(make_subject(text, entry), "a.md"):
        found.setdefault(problem.rule, []).append(problem.message)
    return found


@pytest.mark.parametrize(
    ("lang", "body", "words"),
    [
        ("fr", "Nous v^us appelons à la D^^cnse, où la discus_3ion a commencé.", "v^us D^^cnse discus_3ion"),
        ("en", "The l1berty to w0rk and to str1ke, as the c0mmittee said.", "l1berty w0rk str1ke c0mmittee"),
        ("en", "1iberty 0f the press, t0 be had.", "1iberty 0f t0"),
        ("en", "It was tlie opinion of tbe men wliich had come.", "tlie tbe wliich"),
        ("en", "The men aud their cornrades frorn the town.", "aud cornrades frorn"),
        ("en", "They said ofthe strike that it was lost for them.", "ofthe"),
        ("en", "The dis~cussion of the pro|gramme, and of the gov£rnment.", "dis~cussion pro|gramme gov£rnment"),
        ("en", "The secre■tary of the un•ion, and the com§rades.", "secre■tary un•ion com§rades"),
        ("en", "the l;berty of the w!rkers", "l;berty w!rkers"),
        ("en", "\\Ve will not go back", "\\Ve"),
        ("fr", "Les ouvriers onl décidé qne la grève continue.", "qne"),
        ("fr", "d'uue assemblée", "uue"),
        ("de", "Die Genossen nnd die Arbeiter iu der Fabrik.", "nnd"),
        ("de", "die Ge=werkschaft und die Arbe1ter", "Ge=werkschaft Arbe1ter"),
        ("es", "Los obreros cou sus compañeros y uua huelga.", "cou uua"),
        ("it", "gli opera1 e i l^voratori", "l^voratori"),
        ("ru", "Рабочие педеля и всшли в дом", "педеля всшли"),
        ("el", "οι εργ^τες και οι εργ4τριες", "εργ^τες εργ4τριες"),
        ("eu", "langile^ak eta askat4suna", "langile^ak askat4suna"),
        ("mul", "The w^rkers und die Arbe1ter", "w^rkers Arbe1ter"),
        ("en", "In l945 and 19O5 it rained.", "l945 19O5"),
    ],
)
def test_a_misread_word_is_named(lang: str, body: str, words: str) -> None:
    messages = "\n".join(check(lang, body).get("misreading", []))
    assert [word for word in words.split() if f"“{word}”" not in messages] == []


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "The 1st of May, the 2nd, 3d. a pound, the 1920s, A4, B52, H2O, MI5, 4th, 10am, 1kg, 5th-rate."),
        ("en", "Mary Macarthur, Ben Tillett, O'Brien, McDonald and Llywelyn ap Gruffydd; Zinoviev, Yezhov."),
        ("en", "Ah canna gang the noo, ye ken, and thou hast nae bairns; 'tis an auld sang o' the puir."),
        ("en", "He said c'est la vie, Weltanschauung, sine qua non, mutatis mutandis, and went home."),
        ("en", "Write to a.b@example.org, or see www.example.org/a?b=c, or @somebody, or #strike, AT&T, R&D."),
        ("en", "Use `a_b^c` and [this](http://x.example/a__b?c=d). And/or both; W.E.B. Du Bois; M^r Smith; 5*6."),
        ("en", "To-day the labour of the connexion shew'd gaol and publick waggons, as it was then spelt."),
        ("en", "|a|b|\n|-|-|\n|c|d|"),
        ("en", "Words end with a note,[^1] and so on.[^n2]\n\n[^1]: One.\n[^n2]: Two."),
        ("fr", "Le XIVe congrès, le 1er mai, la 2e, n^o 5, M^me Michel, V^ve Dupont, 10°C, aujourd'hui, 1re."),
        ("fr", "Les étudiant·e·s et les ouvrier-ère-s sont venu(e)s : « Non ! » dit-elle ; pourquoi ?"),
        (
            "de",
            "Die Arbeiter*innen, Arbeiter:innen, Arbeiter_innen und ArbeiterInnen; Mitgliederversammlungsbeschluß.",
        ),
        ("de", "Daß die Thäter gethan, was sie seyn wollten, in der Noth."),
        ("es", "¿Qué pasa? ¡Nada! Todos y todas, compañer@s, 1.º de mayo, 2a edición."),
        ("it", "I lavoratori dell'officina, nel 1º maggio, ne' campi, de' padroni, perciocché."),
        ("ru", "Товарищи! В 1917-м году, 8-го марта, 1-й съезд, РСДРП(б), г-н Милюков."),
        ("el", "Οι εργάτες της Αθήνας, το 1936, στη Θεσσαλονίκη."),
        ("hi", "हम सामाजिक की बात करते हैं, और हर नागरिक को रोटी चाहिए।"),
        ("eu", "Langileak eta askatasuna, 1936ko uztailaren 19an."),
        ("mul", "Workers of the world. Arbeiter aller Länder. Travailleurs du monde."),
    ],
)
def test_what_is_right_is_not_named(lang: str, body: str) -> None:
    assert check(lang, body).get("misreading", []) == []


def test_a_word_is_named_once_with_how_often_it_is_there() -> None:
    (message,) = check("en", "tbe one and tbe other\n\nand tbe third")["misreading"]
    assert message.startswith("“tbe”, perhaps “the” (3 times).")


def test_a_damaged_text_is_named_by_its_first_words_and_counted() -> None:
    heads, tails = "bcdfghklmn", ("trike", "orker", "ansom", "ovember")
    words = " ".join(f"{head}^{tail}" for head in heads for tail in tails)
    messages = check("en", words)["misreading"]
    assert len(messages) == MOST_MISREADINGS + 1
    assert messages[-1].startswith("20 more words from here on look misread")


def test_in_a_damaged_text_words_that_no_list_has_are_named_too() -> None:
    unlisted = "The brangumity of the men"
    assert "misreading" not in check("en", unlisted)
    messages = "\n".join(check("en", f"{unlisted}, tlie w^rkers aud tbe l1berty")["misreading"])
    assert "“brangumity” is in no list of words" in messages


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hi", "हम सामाजिक की बात, और हर नागरिक को अधिक की रोटी।"),
        ("mr", "आणि णिआ को कोण"),
        ("bn", "আমরা রাজনীতি তি নিয়ে"),
        ("ta", "தொழிலாளி ளி வருகிறார்"),
        ("ne", "हामी मी"),
        ("th", "กรรมกร ที่ ที่นี่"),
        ("ar", "كِتَاب ب"),
        ("he", "שָׁלוֹם ם"),
        ("hi", "धीरे धीरे चलो"),
        ("vi", "xa xa có người"),
        ("tr", "yavaş yavaş geldi"),
        ("en", unicodedata.normalize("NFD", "café é")),
        ("yi", "אַרבעטער ער"),
        ("sa", "कर्मणि णि"),
    ],
)
def test_a_vowel_sign_parts_no_word(lang: str, text: str) -> None:
    assert "repeated-word" not in check(lang, text)


@pytest.mark.parametrize(
    ("lang", "text"), [("fr", unicodedata.normalize("NFD", "été été")), ("sa", "कर्मणि कर्मणि"), ("en", "the the")]
)
def test_a_word_that_stands_twice_is_found_with_its_marks(lang: str, text: str) -> None:
    assert "repeated-word" in check(lang, text)


@pytest.mark.parametrize(
    "text",
    [
        "It cost 5*6 and 7*8 pence.",
        "12*12 and 3*4",
        "1*2*3*4",
        "2**3 and 4**5",
        "٥*٦ و ٧*٨",
        "5*6, 7*8 and 9*10",
        "1.5*2 and 2*3.5",
        "at 5*6",
    ],
)
def test_stars_between_figures_are_printed(text: str) -> None:
    assert render_markdown(text, (), "{}") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("text", "html"), [("*5* and **6**", "<em>5</em> and <strong>6</strong>"), ("*5*6*", "<em>5*6</em>")]
)
def test_figures_can_still_be_emphasised(text: str, html: str) -> None:
    assert render_markdown(text, (), "{}") == f"<p>{html}</p>"


WORDS = [
    "délégués été reçus",
    "Tiếng Việt của người lao động",
    "노동자 만세",
    "Γιὰ τὴν ἐλευθερία καὶ τὸν ἄνθρωπον",
    "Čeští dělníci",
    "für die Größe",
    "й и ё в одном слове",
    "Łódź i Kraków",
    "ação dos operários",
    "İşçi çağrısı",
    "বোধ কোনো",
    "ガギグゲゴ パピプペポ",
]


@pytest.mark.parametrize("words", WORDS)
def test_letters_in_parts_are_composed_and_noted(words: str) -> None:
    parted = unicodedata.normalize("NFD", words)
    assert parted != words
    text, notes = compose_letters(f"One line.\n{parted} and ½ ﬁve²")
    assert text == f"One line.\n{words} and ½ ﬁve²"
    assert [(note.line, "composed" in note.message) for note in notes] == [(2, True)]


def test_what_is_composed_is_left_alone() -> None:
    assert compose_letters("délégués ½ ﬁve² हिन्दी") == ("délégués ½ ﬁve² हिन्दी", [])


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_an_import_composes_title_and_text_and_loses_no_word(name: str) -> None:
    paragraph = "Les délégués ont été reçus à midi, et la grève a été décidée à une heure, sur la même place."
    header = (
        "Title: La grève générale\nDate: 1936-06-03\n\n" if name == "a.md" else "La grève générale\n\n3 juin 1936\n\n"
    )
    source = unicodedata.normalize("NFD", f"{header}{paragraph}\n")
    recognised = recognise_text(source.encode(), name, ImportSettings("fr", "2024-01-01"))
    assert recognised.problems == []
    assert (recognised.title, recognised.body.strip()) == ("La grève générale", paragraph)
    assert [note for note in recognised.notes if "composed" in note.message]


def test_the_check_points_at_letters_in_parts() -> None:
    text = unicodedata.normalize("NFD", "Les délégués ont été reçus")
    (message,) = check("fr", text)["letter-in-parts"]
    assert "the first of 6" in message
    assert "letter-in-parts" not in check("hi", "क़िताब ज़िन्दगी हिन्दी")


@pytest.mark.parametrize(
    "part", ["a1", "l", "rn", "1", "a^", "\\", "e\N{COMBINING ACUTE ACCENT}", "a;", "0a", "_a", "a|"]
)
def test_the_words_beside_a_token_without_end_are_still_judged(part: str) -> None:
    found = check("en", f"{part * 20_000}\n\nTbe strike was called for the morning of the third.")
    assert any("Tbe" in message for message in found["misreading"])
