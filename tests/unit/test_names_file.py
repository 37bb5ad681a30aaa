"""The file of names: forms that no rule knows, and spellings of one name."""

from __future__ import annotations

import pytest

from press.model.archive import arrange
from press.model.entry import Entry
from press.model.names_file import Names, read_names, write_out

FILE = """\
# Not a Frenchwoman.
Voltairine de Cleyre = de Cleyre, Voltairine
V. I. Lenin = Lenin, V. I.

Vladimir Ilyich Lenin = Lenin, V. I.
Tan Malaka = Tan Malaka
"""


def entry_by(*authors: str, lang: str = "en") -> Entry:
    return Entry(source="a.md", title="A", slug="-".join(authors), lang=lang, authors=authors)


def test_a_form_decides_how_a_name_is_sorted_and_the_first_spelling_is_shown() -> None:
    known, problems = read_names(FILE, "content/names.txt")
    assert problems == []
    assert known.split("Voltairine de Cleyre", "en").inverted == "de Cleyre, Voltairine"
    assert known.split("Tan Malaka").family == ""
    written = entry_by("Vladimir Ilyich Lenin", "V. I. Lenin", "Lenin, V. I.", "Emma Goldman")
    assert known.settle(written).authors == ("V. I. Lenin", "Emma Goldman")


def test_a_name_typed_with_a_straight_apostrophe_is_the_one_with_a_curly_one() -> None:
    known, _ = read_names("Tim O'Brien = O'Brien, Tim of Cork\n", "content/names.txt", groups=["Jack d'Arc"])
    assert known.split("Tim O’Brien").inverted == "O’Brien, Tim of Cork"
    assert known.split("Jack d’Arc").is_group


def test_a_name_with_the_family_name_first_in_a_header_is_a_form() -> None:
    known, _ = read_names(FILE, "content/names.txt")
    entries = [entry_by("Roland Holst, Henriette"), entry_by("Henriette Roland Holst"), entry_by("Lenin, V. I.")]
    known = known.learn(entries)
    archive = arrange(map(known.settle, entries), known)
    assert {name: len(group) for name, group in archive.authors.items()} == {
        "V. I. Lenin": 1, "Henriette Roland Holst": 2,
    }  # fmt: skip
    assert archive.names["Henriette Roland Holst"].inverted == "Roland Holst, Henriette"


def test_most_texts_of_an_author_decide_about_particles() -> None:
    texts = [entry_by("Jan de Vries", lang=lang) for lang in ("nl-BE", "en", "nl-BE")]
    assert Names().catalogue(texts)["Jan de Vries"].inverted == "de Vries, Jan"


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("Du Bois, W. E. B.", "W. E. B. Du Bois"),
        ("Goethe, Johann Wolfgang von", "Johann Wolfgang von Goethe"),
        ("Holbach, Paul-Henri d’", "Paul-Henri d’Holbach"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
        ("Mao, Zedong", "Mao Zedong"),
    ],
)
def test_a_form_is_written_out_in_natural_order(form: str, written: str) -> None:
    assert write_out(form, "en") == written


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("W. E. B. Du Bois", "is not a line of names. Write the name as in the headers"),
        ("= Du Bois, W. E. B.", "is not a line of names"),
        ("A = B = C", "is not a line of names"),
        ("Du Bois, W. E. B. = Du Bois, W. E. B.", "has more than one name before the “=”"),
        ("A; B = B, A", "has more than one name before the “=”"),
        ("Ada = Brennan,", "is not a form. Write the family name"),
        ("!!! = !!!", "has no letter or figure"),
    ],
)
def test_a_wrong_line_is_reported_with_its_number(line: str, said: str) -> None:
    _, (problem,) = read_names(f"# Names\n{line}\n", "content/names.txt")
    assert str(problem).startswith("content/names.txt:2: error: [names-line] ")
    assert said in problem.message


def test_a_name_with_two_lines_is_reported() -> None:
    _, (problem,) = read_names("Ada = Ada\nAda = Brennan, Ada\n", "content/names.txt")
    assert (problem.line, problem.message) == (2, "“Ada” has a line above already. Delete one of the two.")
