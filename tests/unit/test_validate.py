"""What stands in the content folder is published, ignored or refused; nothing is passed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.model.header import read_header
from press.model.slugs import LONGEST, is_slug, make_slug
from press.validate import Rules, validate_content
from press.validate.locate import find_line_in
from press.validate.paths import DEEPEST
from press.validate.text import LARGEST, read_text
from tests.conftest import Project


def survey(project: Project) -> list[str]:
    problems = validate_content(project.content, "content", Rules("en")).problems
    return [f"{problem.path}:{problem.line} {problem.rule}" for problem in problems]


def test_a_folder_that_is_not_there(project: Project) -> None:
    assert survey(project) == ["content:0 no-content"]


def test_a_folder_without_a_text(project: Project) -> None:
    project.write("content/.gitkeep", "")
    assert survey(project) == ["content:0 no-leaflet"]


def test_drafts_alone_are_nothing_to_publish(project: Project) -> None:
    project.write("content/a.md", "Title: A\nDate: 1974\nStatus: draft\n\nWords.\n")
    assert survey(project) == ["content:0 no-leaflet"]


def test_all_problems_come_in_one_run_sorted(project: Project) -> None:
    project.write("content/b.md", "Titel: B\nDate: 12 May 48\n\nWords.\n")
    project.write("content/a.md", "Title: A\n\nWords.\n")
    assert survey(project) == [
        "content/a.md:1 date-missing",
        "content/b.md:1 title-missing",
        "content/b.md:1 unknown-key",
        "content/b.md:2 date",
    ]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("notes.txt", "file-type"),
        ("leaflet.docx", "file-type"),
        ("LEAFLET.MD", "file-type"),
        ("leaflet", "file-type"),
        ("files/program.exe", "file-type"),
        ("images/page.html", "file-type"),
        ("bell\x07.md", "file-name"),
    ],
)
def test_files_that_are_no_texts(project: Project, path: str, rule: str) -> None:
    project.leaflet("a.md")
    project.write(f"content/{path}", "x")
    assert survey(project) == [f"content/{path}:1 {rule}"]


def test_litter_of_editors_is_ignored_and_counted(project: Project) -> None:
    project.leaflet("a.md")
    for litter in (".DS_Store", "a.md~", ".a.md.swp", ".git/config", "images/Thumbs.db"):
        project.write(f"content/{litter}", "x")
    found = validate_content(project.content, "content", Rules("en"))
    assert found.problems == []
    assert found.ignored == [".DS_Store", ".a.md.swp", ".git", "a.md~", "images/Thumbs.db"]


def test_links_and_pipes_are_refused_and_not_opened(project: Project, tmp_path: Path) -> None:
    project.leaflet("a.md")
    (project.content / "b.md").symlink_to("/etc/hostname")
    (project.content / "loop").symlink_to(project.content)
    os.mkfifo(project.content / "c.md")
    assert survey(project) == [f"content/{name}:1 not-a-file" for name in ("b.md", "c.md", "loop")]


def test_a_content_folder_that_is_a_link_is_followed(project: Project) -> None:
    project.write("elsewhere/a.md", "Title: A\nDate: 1974\n\nWords.\n")
    project.content.symlink_to(project.root / "elsewhere")
    assert survey(project) == []


def test_folders_have_an_end(project: Project) -> None:
    project.leaflet("/".join(["d"] * (DEEPEST + 1)) + "/a.md")
    assert survey(project)[0].endswith(" too-deep")


def test_bytes_that_are_not_utf_8_are_named_by_line() -> None:
    text, problems = read_text(b"Title: A\nDate: 1974\n\nCaf\xe9\n", "a.md")
    assert text == ""
    assert "a.md:4: error: [encoding] byte 24 (0xe9)" in str(problems[0])


def test_utf_16_is_called_by_its_name() -> None:
    assert "UTF-16" in read_text("Title: A\n".encode("utf-16"), "a.md")[1][0].message


def test_a_byte_order_mark_and_any_line_ends_are_fine() -> None:
    for end in ("\n", "\r\n", "\r"):
        text, problems = read_text(("\ufeffTitle: A" + end + "Date: 1974" + end).encode(), "a.md")
        assert (text, problems) == ("Title: A\nDate: 1974\n", [])


def test_a_source_has_a_largest_size() -> None:
    assert read_text(b"x" * (LARGEST + 1), "a.md")[1][0].rule == "too-large"


def test_marks_that_scripts_need_may_stay() -> None:
    assert read_text("a\u200e\u200f\u061c\u200c\u200d\u2067b\u2069\tc\n".encode(), "a.md")[1] == []


def test_two_texts_on_one_slug_are_both_named(project: Project) -> None:
    project.leaflet("a.md", "The harbour")
    project.leaflet("b.md", "The Harbour!")
    (problem,) = validate_content(project.content, "content", Rules("en")).problems
    assert str(problem).startswith("content/b.md:1: error: [slug-twice] “the-harbour” is the slug of content/a.md")


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("Letters", "letters"), ("Été", "Ete")])
def test_two_categories_on_one_address(project: Project, one: str, other: str) -> None:
    for name, category in (("a", one), ("b", other)):
        project.write(f"content/{name}.md", f"Title: {name}\nDate: 1974\nCategory: {category}\n\nWords.\n")
    assert survey(project) == ["content/b.md:3 name-clash"]


def test_a_category_may_not_take_the_feed_of_the_archive(project: Project) -> None:
    project.write("content/a.md", "Title: A\nDate: 1974\nCategory: All\n\nWords.\n")
    assert survey(project) == ["content/a.md:3 url-clash"]


@pytest.mark.parametrize("slug", ["..", "a/b", "/etc", "A", "a--b", "-a", "a_b", "x" * 81, "é"])
def test_a_slug_that_could_leave_its_place_is_refused(project: Project, slug: str) -> None:
    project.write("content/a.md", f"Title: A\nDate: 1974\nSlug: {slug}\n\nWords.\n")
    assert survey(project) == ["content/a.md:3 slug"]


@given(st.text(max_size=200))
def test_a_slug_made_of_any_words_is_a_slug_or_nothing(words: str) -> None:
    slug = make_slug(words)
    assert slug == "" or is_slug(slug)
    assert make_slug(slug) == slug


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Iraq – The “calm” that hides the storm", "iraq-the-calm-that-hides-the-storm"),
        ("Iraq’s storm: don't wait", "iraqs-storm-dont-wait"),
        ("L’été d'avant", "l-ete-d-avant"),
        ("Dell'acqua", "dell-acqua"),
        ("O'Brien & Co.", "obrien-co"),
        ("Листовки", "listovki"),
        ("1848", "1848"),
        ("!!!", ""),
    ],
)
def test_words_become_a_slug(words: str, slug: str) -> None:
    assert make_slug(words) == slug


def test_a_long_slug_is_cut_at_a_word() -> None:
    slug = make_slug("word " * 40)
    assert len(slug) <= LONGEST
    assert slug.endswith("-word")


@given(st.text(max_size=300))
def test_any_header_is_read_or_refused_with_a_line(text: str) -> None:
    header = read_header(text.replace("\r", "\n"), "a.md")
    assert header.fields or header.problems
    assert all(problem.line >= 1 and "\n" not in str(problem) for problem in header.problems)


def test_a_hostile_value_cannot_forge_a_line_of_its_own(project: Project) -> None:
    project.write("content/a.md", "Title: A\nDate: 1974\nx\x1b[31m: 1\n\nWords.\n")
    problems = validate_content(project.content, "content", Rules("en")).problems
    assert all("\x1b" not in str(problem) for problem in problems)
    assert any("x\\x1b[31m" in str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("words", "line"),
    [("« calm »", 3), ("“calm” storm", 4), ("not there", 1), ("", 1), ("the «calm» storm", 4)],
)
def test_rendered_words_are_led_back_to_their_line(words: str, line: int) -> None:
    assert find_line_in('Title: A\n\nIt was « calm »,\nthe *"calm"* storm and the *« calm »* storm.\n', words) == line
