"""One run finds as many errors as possible: texts that pass are read, rendered and checked when others fail."""

from __future__ import annotations

import pytest

from press.diagnostics import Level
from press.options import BuildOptions
from tests.conftest import ADDRESS, ROOT, Project
from tests.site.test_build import with_theme
from tests.support.checks import find_in_stages

SOUND = "Title: {title}\nDate: 2006-10-24\nCategory: Letters\n\nSome words.{more}\n"


def places(project: Project) -> list[str]:
    """Build, and return where each error is and by which rule."""
    return [line.partition("]")[0].replace(": error: [", " ") for line in project.refused()]


@pytest.fixture
def mixed(project: Project) -> Project:
    """One text with a wrong header, one with a dead link, one with a lost word, one sound."""
    project.write("content/a.md", "Title: A\nDate: 1848-13\n\nSome words.\n")
    project.write("content/b.md", SOUND.format(title="B", more="\n\n[gone]({filename}gone.md)"))
    project.write("content/c.md", SOUND.format(title="C", more="\n\n7. seven\n7. seven"))
    project.leaflet("d.md", "D")
    return project


def test_errors_of_every_stage_come_in_one_run_in_order(mixed: Project) -> None:
    assert places(mixed) == ["content/a.md:2 date", "content/b.md:7 broken-link", "content/c.md:7 lost-word"]
    assert not mixed.output.exists()


def test_check_reports_them_too_and_the_style_of_the_sound_texts(mixed: Project) -> None:
    problems = find_in_stages(BuildOptions(mixed.root / "testconf.py", mixed.content, mixed.output, ADDRESS))
    errors = [problem.rule for problem in problems if problem.level is Level.ERROR]
    assert errors == ["date", "broken-link", "lost-word"]


@pytest.mark.parametrize(
    "link",
    [
        "{filename}a.md",
        "../a/",
        "../../leaflets/a/",
        "../../category/post/",
        "../../1848/",
        "../../2006/10/#d3",
        "../a/a.pdf",
    ],
)
def test_a_link_to_a_text_that_failed_is_not_an_error_of_its_own(project: Project, link: str) -> None:
    project.write("content/a.md", "Title: A\nDate: 1848-13\nCategory: Post\n\nSome words.\n")
    project.write("content/b.md", SOUND.format(title="B", more=f"\n\n[A]({link})"))
    assert places(project) == ["content/a.md:2 date"]


def test_a_translation_of_a_text_that_failed_is_not_an_error_of_its_own(project: Project) -> None:
    project.write("content/a.md", "Title: A\nDate: 1848-13\n\nSome words.\n")
    project.write(
        "content/b.md", SOUND.format(title="B", more="").replace("Date", "Lang: fr\nTranslation-of: a\nDate")
    )
    assert places(project) == ["content/a.md:2 date"]


def test_whether_an_address_vanishes_is_not_guessed_while_a_text_cannot_be_read(project: Project) -> None:
    project.write("content/a.md", "Title: A\nDate: 1848-13\n\nSome words.\n")
    project.leaflet("b.md", "B")
    project.write("content/ledger.txt", "/leaflets/a/\n/leaflets/gone/\nnot an address\n")
    assert places(project) == ["content/a.md:2 date", "content/ledger.txt:3 ledger-line"]


def test_a_broken_template_hides_no_dead_link(mixed: Project) -> None:
    with_theme(mixed, "dates.html", "{% extends", "{% oops %}{% extends")
    assert places(mixed) == [
        "content/a.md:2 date",
        "content/b.md:7 broken-link",
        "content/c.md:7 lost-word",
        "theme/templates/dates.html:1 template",
    ]


def test_two_broken_templates_are_two_errors_however_many_pages_they_have(project: Project) -> None:
    for n in range(8):
        project.leaflet(f"{n}.md", f"Leaflet {n}")
    with_theme(project, "dates.html", "{% extends", "{{ nothing.at.all }}{% extends")
    file = project.root / "theme" / "templates" / "leaflet.html"
    text = (ROOT / "theme" / "templates" / "leaflet.html").read_text(encoding="utf-8")
    file.write_text(text.replace("{% block main %}", "{% block main %}{{ nobody }}", 1), encoding="utf-8")
    found = places(project)
    assert [place.partition(":")[0] for place in found] == [
        "theme/templates/dates.html",
        "theme/templates/leaflet.html",
    ]


def test_two_texts_with_one_address_do_not_hide_what_is_wrong_elsewhere(mixed: Project) -> None:
    mixed.leaflet("e.md", "D")
    assert places(mixed) == [
        "content/a.md:2 date",
        "content/b.md:7 broken-link",
        "content/c.md:7 lost-word",
        "content/e.md:1 slug-twice",
    ]


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ("Category: All", "3 url-clash"),
        ("Redirect-from: /404.html", "3 url-clash"),
        ("Redirect-from: /Leaflets/D/", "3 url-clash"),
        ("Redirect-from: /leaflets/d/d.pdf/", "3 url-clash"),
    ],
)
def test_an_address_that_something_else_has_does_not_hide_what_is_wrong_elsewhere(
    mixed: Project, header: str, rule: str
) -> None:
    mixed.write("content/e.md", f"Title: E\nDate: 1974\n{header}\n\nSome words.\n")
    mixed.write("content/f.md", SOUND.format(title="F", more="\n\n[E]({filename}e.md), [E](../e/), [E](../e/e.epub)"))
    assert places(mixed) == [
        "content/a.md:2 date",
        "content/b.md:7 broken-link",
        "content/c.md:7 lost-word",
        f"content/e.md:{rule}",
    ]


def test_two_texts_in_a_category_that_cannot_be_are_one_error(project: Project) -> None:
    for name in "abc":
        project.write(f"content/{name}.md", f"Title: {name}\nDate: 1974\nCategory: All\n\nSome words.\n")
    project.write("content/d.md", SOUND.format(title="D", more="\n\n[A](../../category/all/), [gone](gone.html)"))
    assert places(project) == ["content/a.md:3 url-clash", "content/d.md:7 broken-link"]


def test_two_pictures_with_one_address_do_not_hide_what_is_wrong_elsewhere(mixed: Project) -> None:
    mixed.write("content/files/a.txt", "A.")
    mixed.write("content/files/A.txt", "A.")
    mixed.write(
        "content/e.md", SOUND.format(title="E", more="\n\n[a]({static}/files/a.txt) [A]({static}/files/A.txt)")
    )
    assert places(mixed) == [
        "content/a.md:2 date",
        "content/b.md:7 broken-link",
        "content/c.md:7 lost-word",
        "content/files/a.txt:1 url-clash",
    ]


LEDGER_ERRORS = [
    ("/leaflets/d/ removed 2026-11-23 Not so.", ["content/ledger.txt:1 ledger-line"]),
    ("/leaflets/d/ moved /leaflets/b/", ["content/ledger.txt:1 ledger-line"]),
    ("/leaflets/d/ moved /leaflets/nowhere/", ["content/ledger.txt:1 ledger-line"]),
    ("/leaflets/x/ moved /leaflets/nowhere/", ["content/ledger.txt:1 ledger-line"]),
    ("/Leaflets/D/ removed 2026-11-23 Not so.", ["content/ledger.txt:1 url-clash"]),
    ("/Leaflets/D/ moved /leaflets/b/", ["content/ledger.txt:1 url-clash"]),
    ("/leaflets/d/d.txt/ moved /leaflets/b/", ["content/ledger.txt:1 url-clash"]),
]


@pytest.mark.parametrize(("line", "expected"), LEDGER_ERRORS)
def test_a_line_of_the_ledger_that_is_wrong_is_one_mistake(project: Project, line: str, expected: list[str]) -> None:
    project.leaflet("d.md", "D")
    project.write("content/b.md", SOUND.format(title="B", more="\n\n[old](../x/) [D](../d/)"))
    project.write("content/ledger.txt", line + "\n/leaflets/x/ moved /leaflets/b/\n" * ("/x/" not in line))
    assert places(project) == expected


@pytest.mark.parametrize(("line", "expected"), LEDGER_ERRORS)
def test_a_line_of_the_ledger_is_wrong_or_not_guessed_at_while_a_text_cannot_be_read(
    mixed: Project, line: str, expected: list[str]
) -> None:
    mixed.write("content/e.md", SOUND.format(title="E", more="\n\n[old](../x/) [D](../d/)"))
    mixed.write("content/ledger.txt", line + "\n/leaflets/x/ moved /leaflets/e/\n" * ("/x/" not in line))
    certain = [] if line.startswith("/leaflets/x/") else expected
    elsewhere = ["content/a.md:2 date", "content/b.md:7 broken-link", "content/c.md:7 lost-word"]
    assert places(mixed) == [*elsewhere, *certain]


def test_if_nothing_can_be_built_only_validation_reports(project: Project) -> None:
    project.write("content/a.md", "Title: A\n\nSome words.\n")
    project.write("content/b.md", "Date: 1974\n\nSome words.\n")
    assert places(project) == ["content/a.md:1 date-missing", "content/b.md:1 title-missing"]


def test_a_text_that_markdown_cannot_read_spoils_no_other(project: Project) -> None:
    project.write("content/a.md", SOUND.format(title="A", more="\n\nA[^1] B[^2]\n\n[^1]: [^2]: Words."))
    project.write("content/b.md", SOUND.format(title="B", more="\n\nOne note.[^1]\n\n[^1]: Its words."))
    assert {place.partition(":")[0] for place in places(project)} == {"content/a.md"}


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Words.[^1]\n\n[^1]: A note.\n[^2]: One that nothing refers to.", 8),
        ("Words.[^1]\n\n[^1]: A note.\n[^2]: One with two paragraphs.\n\n    The second.", 8),
        ("Words.\n\n[^1]: A note.[^2]\n\n[^2]: A note of the note.", 7),
        ("Words.\n\n[^2]: A note of the note.\n[^1]: A note.[^2]", 8),
        ("Words.\n\n[^1]: A note of itself.[^1]", 7),
        ("Words.\n\n[^1]: A note.[^2]\n[^2]: One that leads back.[^1]", 7),
        ("Words.[^a b]\n\n[^a b]: A note.", 7),
    ],
)
def test_a_note_that_cannot_be_linked_is_one_mistake(project: Project, body: str, line: int) -> None:
    project.write("content/a.md", f"Title: A\nDate: 1974\nCategory: Letters\n\n{body}\n")
    assert places(project) == [f"content/a.md:{line} footnote"]
