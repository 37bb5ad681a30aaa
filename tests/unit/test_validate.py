"""Everything in the content folder is published, ignored or refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.diagnostics import Level
from press.model.header import read_header, split_source
from press.model.plan import list_lasting
from press.model.slugs import LONGEST_SLUG, is_slug, make_slug
from press.model.source_text import find_line_in
from press.validate import ValidationOptions, validate_content
from press.validate.paths import DEEPEST_FOLDER, find_suffix, walk_content
from press.validate.sources import Source, read_source
from press.validate.text import MOST_SOURCE_BYTES, check_text
from tests.conftest import Project, survey_of


def survey(project: Project) -> list[str]:
    problems = survey_of(project.content).problems
    return [f"{problem.path}:{problem.line} {problem.rule}" for problem in problems]


def test_a_folder_that_is_not_there(project: Project) -> None:
    assert survey(project) == ["content:0 no-content"]


def test_a_folder_without_a_text(project: Project) -> None:
    project.write("content/.gitkeep", "")
    assert survey(project) == ["content:0 no-leaflet"]


def test_drafts_alone_are_nothing_to_publish(project: Project) -> None:
    project.write("content/a.md", "Title: A\nDate: 1974\nStatus: draft\n\nWords.\n")
    assert survey(project) == ["content:0 no-leaflet"]


@pytest.mark.parametrize(("whole_ledger", "level"), [(False, Level.WARNING), (True, Level.ERROR)])
def test_an_archive_of_pages_alone_is_built_and_not_published(
    project: Project, whole_ledger: bool, level: Level
) -> None:
    project.write("content/pages/about.md", "Title: About\n\nWords.\n")
    content = project.content
    paths = walk_content(content, "content")
    sources = [read_source(content / path, path, f"content/{path}", lang="en") for path in paths.texts]
    first = validate_content(content, "content", paths, sources, ValidationOptions("en"))
    project.write("content/ledger.txt", "".join(f"/{url}\n" for url in list_lasting(first.archive)))
    options = ValidationOptions("en", whole_ledger=whole_ledger)
    problems = validate_content(content, "content", paths, sources, options).problems
    assert [(problem.rule, problem.level) for problem in problems] == [("no-leaflet", level)]


def test_all_problems_come_in_one_run_sorted(project: Project) -> None:
    project.write("content/b.md", "Titel: B\nDate: 12 May 48\n\nWords.\n")
    project.write("content/a.md", "Title: A\n\nWords.\n")
    assert survey(project) == [
        "content/a.md:1 date-missing",
        "content/b.md:1 title-missing",
        "content/b.md:1 unknown-key",
        "content/b.md:2 date",
    ]


def test_texts_are_not_compared_with_each_other(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing each with all takes 25 times as long for 5 times as many."""
    compared: list[object] = []
    monkeypatch.setattr(Source, "__eq__", lambda one, other: compared.append(other) or one is other)
    for number in range(4):
        project.leaflet(f"leaflet-{number}.md", f"Leaflet {number}")
    assert len(survey_of(project.content).entries) == 4
    assert not compared


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
def test_files_that_are_not_texts(project: Project, path: str, rule: str) -> None:
    project.leaflet("a.md")
    project.write(f"content/{path}", "x")
    assert survey(project) == [f"content/{path}:1 {rule}"]


def test_leftovers_of_editors_are_ignored_and_counted(project: Project) -> None:
    project.leaflet("a.md")
    for litter in (".DS_Store", "a.md~", ".a.md.swp", ".git/config", "images/Thumbs.db"):
        project.write(f"content/{litter}", "x")
    found = survey_of(project.content)
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


def test_folders_may_not_be_too_deep(project: Project) -> None:
    project.leaflet("/".join(["d"] * (DEEPEST_FOLDER + 1)) + "/a.md")
    assert survey(project)[0].endswith(" too-deep")


def test_bytes_that_are_not_utf_8_are_named_by_line() -> None:
    text, problems = check_text(b"Title: A\nDate: 1974\n\nCaf\xe9\n", "a.md")
    assert text == ""
    assert "a.md:4: error: [encoding] byte 24 (0xe9)" in str(problems[0])


def test_utf_16_is_named() -> None:
    assert "UTF-16" in check_text("Title: A\n".encode("utf-16"), "a.md")[1][0].message


def test_a_byte_order_mark_and_any_line_ends_are_fine() -> None:
    for end in ("\n", "\r\n", "\r"):
        text, problems = check_text(("\ufeffTitle: A" + end + "Date: 1974" + end).encode(), "a.md")
        assert (text, problems) == ("Title: A\nDate: 1974\n", [])


def test_separators_of_word_processors_end_lines_of_the_text() -> None:
    text, problems = check_text("Title: A\nDate: 1974\n\nOne\u2028two\u2029three\n".encode(), "a.md")
    assert (text, problems) == ("Title: A\nDate: 1974\n\nOne\ntwo\nthree\n", [])


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\f", "\v", "\x1c", "\x1d", "\x1e"])
@pytest.mark.parametrize("fence", ["", "---\n"])
def test_no_other_line_end_begins_a_key(character: str, fence: str) -> None:
    source = f"{fence}Title: One{character}Status: draft\nDate: 1974\n{fence}\nWords.\n"
    text, problems = check_text(source.encode(), "a.md")
    assert [(problem.line, problem.rule) for problem in problems] == [(2 if fence else 1, "character")]
    assert set(read_header(text, "a.md").fields) == {"title", "date"}


@given(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), st.sampled_from(["\n", "\r", "\r\n"]))
def test_only_line_feed_and_carriage_return_begin_a_key(character: str, end: str) -> None:
    lines = ["---", f"Title: One{character}Status: draft", "Date: 1974", "---", "Words.", ""]
    for rows in (lines, [*lines[1:3], "", *lines[4:]]):
        text, _ = check_text(end.join(rows).encode(), "a.md")
        header = read_header(text, "a.md")
        assert not text or (set(header.fields), split_source(text, header.body_line)) == (
            {"title", "date"},
            "Words.\n",
        )


FIELDS = st.sampled_from(["Title: A", "Date: 1974", "Tags:\n    a\n    b", "Place: Here: or there", "Notes: --- x"])


@given(st.lists(FIELDS, min_size=1, unique=True), st.text(st.sampled_from("a \n-:"), max_size=40))
def test_a_header_between_fences_is_read_as_one_without(fields: list[str], body: str) -> None:
    header = "\n".join(fields)
    plain, fenced = f"{header}\n\n{body}", f"---\n{header}\n---\n\n{body}"
    bare, framed = read_header(plain, "a.md"), read_header(fenced, "a.md")
    assert not framed.problems
    assert {key: item.values for key, item in framed.fields.items()} == {k: v.values for k, v in bare.fields.items()}
    assert [item.line - 1 for item in framed.fields.values()] == [item.line for item in bare.fields.values()]
    assert split_source(fenced, framed.body_line) == split_source(plain, bare.body_line) == body


def test_the_blank_line_after_a_closing_fence_is_optional() -> None:
    for source in ("---\nTitle: A\n---\nWords.\n", "---  \nTitle: A\n---\t\n\nWords.\n"):
        header = read_header(source, "a.md")
        assert (header.problems, split_source(source, header.body_line)) == ([], "Words.\n")


@pytest.mark.parametrize(
    ("source", "line", "rule"),
    [
        ("---\nTitle: A\n\nWords.\n", 3, "header-end"),
        ("---\nTitle: A\n\nDate: 1974\n---\n\nWords.\n", 3, "header-end"),
        ("---\nTitle: A", 2, "header-end"),
        ("---\n---\n\nWords.\n", 1, "header-missing"),
        ("---\nTitle: A\nWords.\n---\n", 3, "header-form"),
        ("---\ntitle: A\ntags:\n  - a\n---\n", 4, "header-form"),
        ("---\ntitle: A\ntags:\n- a\n---\n", 4, "header-form"),
        ('---\ntitle: "A"\n---\n', 2, "header-form"),
        ("---\ntitle: A\ntags: [a, b]\n---\n", 3, "header-form"),
        ("---\ntitle: A\nsummary: >-\n  Words.\n---\n", 3, "header-form"),
        (" ---\nTitle: A\n---\n", 1, "header-form"),
        ("+++\ntitle = 1\n+++\n", 1, "header-form"),
        (";;;\n", 1, "header-form"),
        ("{\n", 1, "header-form"),
    ],
)
def test_a_header_between_fences_that_is_not_ours(source: str, line: int, rule: str) -> None:
    assert [(problem.line, problem.rule) for problem in read_header(source, "a.md").problems] == [(line, rule)]


@pytest.mark.parametrize(
    "inside", ["\nTitle: A\nDate: 1974\n", "Title: A\n \nDate: 1974\n", "Title: A\nDate: 1974\n\n"]
)
def test_a_blank_line_between_fences_is_named_as_one(project: Project, inside: str) -> None:
    project.write("content/a.md", f"---\n{inside}---\n\nWords.\n")
    (problem,) = survey_of(project.content).problems
    line = 2 + [row.strip() for row in inside.split("\n")].index("")
    message = "this blank line is between the two “---” lines of the header. Delete it."
    assert str(problem) == f"content/a.md:{line}: error: [header-end] {message}"


def test_a_rule_in_the_text_closes_no_header(project: Project) -> None:
    project.write("content/a.md", "---\nTitle: A\nDate: 1974\n\nWords.\n\n---\n\nWords.\n")
    (problem,) = survey_of(project.content).problems
    assert str(problem).startswith("content/a.md:4: error: [header-end] the header has no closing “---” before this")


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("Redirect-from: /a/\n    /b c/", "redirect-from"),
        ("Redirect-from:\n    /b/\n    b", "redirect-from"),
        ("Redirect-from: /x/\n    /dates/", "redirect-from"),
        ("Tags: a\n    !!!", "no-slug"),
        ("Tags: a\n    b, a", "name-twice"),
        ("Tags: a\n    C", "name-clash"),
        ("Authors: Ann\n    Ada Brennan, Tom Hill", "author-comma"),
        ("Authors: Ann\n    Ned; ned", "name-clash"),
        ("Translator: Ann\n    Ann", "name-twice"),
        ("Accept: repeated-word (so)\n    dash", "accept"),
        ("Category:\n    !!!", "no-slug"),
        ("Slug:\n    A b", "slug"),
        ("Place: A\nStatus: draft\n    published", "too-many-values"),
    ],
)
def test_a_wrong_value_is_located_on_its_own_line(project: Project, field: str, rule: str) -> None:
    project.write("content/a.md", "Title: C\nDate: 1974\nTags: C++\n\nWords.\n")
    project.write("content/b.md", f"Title: B\nDate: 1974\n{field}\n\nWords.\n")
    assert survey(project) == [f"content/b.md:{3 + field.count(chr(10))} {rule}"]


def test_line_numbers_of_a_fenced_source_are_right(project: Project) -> None:
    project.write("content/a.md", "---\nTitle: A\nDate: 12 May 48\n---\nWords.\n\n" + "> " * 21 + "deep\n")
    assert survey(project) == ["content/a.md:3 date", "content/a.md:7 too-nested"]


def test_a_source_has_a_size_limit() -> None:
    assert check_text(b"x" * (MOST_SOURCE_BYTES + 1), "a.md")[1][0].rule == "too-large"


def test_marks_that_scripts_need_may_stay() -> None:
    assert check_text("a\u200e\u200f\u061c\u200c\u200d\u2067b\u2069\tc\n".encode(), "a.md")[1] == []


def test_two_texts_on_one_slug_are_both_named(project: Project) -> None:
    project.leaflet("a.md", "The harbour")
    project.leaflet("b.md", "The Harbour!")
    (problem,) = survey_of(project.content).problems
    assert str(problem).startswith(
        "content/b.md:1: error: [slug-twice] “the-harbour” is already the slug of content/a.md"
    )


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
    assert len(slug) <= LONGEST_SLUG
    assert slug.endswith("-word")


@given(st.text(max_size=300))
def test_any_header_is_read_or_refused_with_a_line(text: str) -> None:
    header = read_header(text.replace("\r", "\n"), "a.md")
    assert header.fields or header.problems
    assert all(problem.line >= 1 and "\n" not in str(problem) for problem in header.problems)


def test_a_hostile_value_cannot_forge_a_line_of_its_own(project: Project) -> None:
    project.write("content/a.md", "Title: A\nDate: 1974\nx\x1b[31m: 1\n\nWords.\n")
    problems = survey_of(project.content).problems
    assert all("\x1b" not in str(problem) for problem in problems)
    assert any("x\\x1b[31m" in str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("words", "line"),
    [("« calm »", 3), ("“calm” storm", 4), ("not there", 1), ("", 1), ("the «calm» storm", 4)],
)
def test_rendered_words_are_found_on_their_line(words: str, line: int) -> None:
    assert find_line_in('Title: A\n\nIt was « calm »,\nthe *"calm"* storm and the *« calm »* storm.\n', words) == line


@pytest.mark.parametrize("name", ["b", "1", "Pravda, 1917", "*", "*a"])
def test_rendered_words_are_found_on_both_sides_of_a_reference_to_a_note(name: str) -> None:
    assert find_line_in(f"Title: A\n\nIn Pravda[^{name}] and[^{name}][^{name}] « calm.\n", "Pravda and « calm") == 3


def test_words_are_looked_for_in_linear_time_among_references_to_notes() -> None:
    assert find_line_in(f"calm{'[^*][^a' * 20_000}{'[^*]' * 20_000} storm", "calm ended") == 1


@given(st.text(st.sampled_from(".ab é"), min_size=1).filter(lambda name: name not in {".", ".."}))
def test_the_ending_of_a_name_is_that_of_its_path(name: str) -> None:
    assert find_suffix(name) == Path(name).suffix
