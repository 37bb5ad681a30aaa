"""The style rules: each example of docs/style.md, waivers, output formats."""

from __future__ import annotations

import json
import re

import pytest

from press.diagnostics import advice, error
from press.editor.findings.output_formats import as_github, as_json, as_lines
from press.editor.lint import make_subject
from press.editor.lint.rules import RULES, lint
from press.editor.lint.subject import MASK, Subject, mask_markup
from press.model.entry import Entry, make_entry
from press.model.header import read_header
from press.options import BuildOptions
from tests.conftest import ROOT, Project, make_project
from tests.support.checks import find_all

STYLE = (ROOT / "docs" / "style.md").read_text(encoding="utf-8")
HEADINGS = dict(re.findall(r"^## ([a-z-]+)\n(.*?)(?=^## [a-z-]+\n|\Z)", STYLE, re.MULTILINE | re.DOTALL))
_BLOCK = re.compile(r"```(?:markdown|text)\n(.*?)```", re.DOTALL)
HEADER = "Title: The harbour\nDate: 1974-03\nCategory: Letters\nSummary: A winter.\n"


def check(project: Project) -> list[str]:
    problems = find_all(BuildOptions(project.root / "testconf.py", project.content, project.output, future=True))
    return [str(problem).replace(f"{project.root}/", "") for problem in problems]


@pytest.fixture(scope="module")
def message(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What `inv check` reports for the examples, wrong and right, by file; all are checked in one run."""
    project = make_project(tmp_path_factory.mktemp("lint"))
    for rule, text in HEADINGS.items():
        wrong, _, right = _BLOCK.findall(text)
        project.write(f"content/{rule}.md", f"Slug: {rule}\n{wrong}")
        project.write(f"content/{rule}-right.md", f"Slug: {rule}-right\n{right}")
    problems: dict[str, list[str]] = {}
    for problem in check(project):
        problems.setdefault(problem.partition(":")[0], []).append(problem)
    return problems


def test_every_rule_has_a_heading_with_an_example() -> None:
    assert sorted(HEADINGS) == sorted(RULES)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_the_example_of_a_rule_shows_what_inv_check_prints(rule: str, message: dict[str, list[str]]) -> None:
    _, wanted, _ = _BLOCK.findall(HEADINGS[rule])
    place, _, rest = wanted.strip().partition(": ")
    line = 1 if rule.endswith("-missing") else int(place.rpartition(":")[2]) + 1  # the test's own Slug: line
    assert f"content/{rule}.md:{line}: {rest}" in message[f"content/{rule}.md"]
    assert f"content/{rule}-right.md" not in message


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Code `a  b ,c` and [a link](http://x.example/a__b?the=the) are left alone."),
        ("en", "He waited ... and costs .5 more, or 1 : 2 as they say (no doubt)."),
        ("fr", "Quoi ? Nous nous levons ; ils savent : « non » !"),
        ("de", "Die, die die Arbeit tun, gehen."),
        ("en", "The 1st of May, the 1970s, A4 and B52, in 1945 and 2001."),
        ("en", "Alles «gut» μm Ελλάδα Москва."),
        ("en", "Feet 6'2 and it's &#39;so&#39;."),
        ("en", "| a  | b |\n|----|---|\n| c  | d |"),
        ("en", "## One\n\ntext\n\n### Two\n\ntext\n\n## Three\n\ntext"),
        ("en", "```\nthe the  double ,\n```\n\nAfter."),
        ("en", "It ended.\n\nended it did not."),
        ("en", "{page 1} The men {page 2} stood{page [iv]} at the {page} gate{page}.\n\n{page 2r}\n\nThey sang."),
        ("en", "Write \\{page 12} or \\{page: 12}, or `{page: 12}`; {pageant}, {pagefind} and {a page} are words."),
    ],
)
def test_what_is_right_is_left_alone(project: Project, lang: str, text: str) -> None:
    project.write("content/a.md", f"{HEADER}Lang: {lang}\n\n{text}\n")
    assert check(project) == []


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("One.\n\nTwo the the two.", "repeated-word", 8),
        ("The The end.", "repeated-word", 6),
        ("It cost 1O0 in 19O5.", "misreading", 6),
        ("A\n\n# One\n\nx\n\n### Three\n\nx", "heading-order", 12),
        ("### One\n\nx\n\n## Higher\n\nx", "heading-order", 10),
        ("No , never.", "space-before-mark", 6),
        ("Never !", "space-before-mark", 6),
    ],
)
def test_a_finding_is_reported_on_its_line(project: Project, text: str, rule: str, line: int) -> None:
    project.write("content/a.md", f"{HEADER}\n{text}\n")
    assert f"content/a.md:{line}" in [
        problem.partition(": ")[0] for problem in check(project) if f"[{rule}]" in problem
    ]


def test_a_waiver_with_a_reason_silences_its_rule(project: Project) -> None:
    project.write("content/a.md", f"{HEADER}Accept: repeated-word (had had is right)\n\nThey had had no ice.\n")
    assert check(project) == []


def test_waivers_silence_warnings_of_the_build_too(project: Project) -> None:
    project.write("content/a.md", f"{HEADER}Accept:\n    unmatched-mark (so in the original)\n\nIt was « calm.\n")
    assert check(project) == []
    assert project.build().problems == ()


def test_waivers_that_nothing_needs_are_reported(project: Project) -> None:
    project.write("content/a.md", f"{HEADER}Accept:\n    no-such (why)\n    double-space (why)\n\nWords.\n")
    assert [problem.partition("]")[0] for problem in check(project)] == [
        "content/a.md:6: warning: [accept-unknown",
        "content/a.md:7: advice: [accept-unused",
    ]


def test_errors_do_not_hide_the_style_of_other_texts(project: Project) -> None:
    project.write("content/a.md", f"{HEADER}\nThe the end.\n")
    project.write("content/b.md", "Title: B\n\nWords.\n")
    assert [re.search(r"\[(.*)\]", problem)[1] for problem in check(project)] == ["repeated-word", "date-missing"]


def test_a_mask_covers_markup_and_keeps_every_place() -> None:
    body = "a `x  y` [b](c,d) <e> &amp; \\*\n\n~~~\nf\n~~~\ng"
    masked = mask_markup(body)
    assert len(masked) == len(body)
    assert masked.replace(MASK, "") == "a  [b]   *\n\n\n\n\ng"


def test_output_formats() -> None:
    problems = [error("a,b.md", 3, "date", "50% “x”.\nNo."), advice("c.md", 0, "double-space", "two.")]
    assert as_lines(problems).splitlines()[1] == "c.md: advice: [double-space] two."
    assert json.loads(as_json(problems))[0] == {
        "path": "a,b.md", "line": 3, "level": "error", "rule": "date", "message": "50% “x”.\nNo."
    }  # fmt: skip
    assert as_github(problems) == (
        "::error file=a%2Cb.md,line=3,title=date::50%25 “x”.%0ANo.\n"
        "::notice file=c.md,line=1,title=double-space::two.\n"
    )


@pytest.mark.parametrize("part", ["a ", "`", "<", "[", " ,", "\\", "](", "  ", "~~~\n", "#\n", "а", "&a", "a\n"])
def test_no_rule_fails_on_a_hostile_text(part: str) -> None:
    text = f"{HEADER}\n{part * 3_000}x"
    header = read_header(text, "a.md")
    known = {"source": "a.md", "is_page": False, "body_line": header.body_line}
    entry, problems = make_entry(header.fields, "a.md", lang="en", known=known)
    assert problems == []
    assert all(problem.line > 0 for problem in lint(make_subject(text, entry), "a.md"))


@pytest.mark.parametrize(
    ("author", "found"),
    [
        ("Ada Brennan & Tom Hill", True),
        ("Jeanne Labourbe et Louise Michel", True),
        ("Bread and Roses", False),
        ("José Ortega y Gasset", False),
        ("The Bakers and the Carters", False),
        ("O’Brien & Sons", False),
    ],
)
def test_two_people_in_one_name_are_told_from_a_group(author: str, found: bool) -> None:
    entry = Entry(source="a.md", title="A", slug="a", lang="en", authors=(author,))
    findings = RULES["joined-authors"].find(Subject(entry, "", {"author": 3}))
    assert [finding.line for finding in findings] == ([3] if found else [])


@pytest.mark.parametrize(
    "mark",
    ["{page: 12}", "{page 12-13}", "{Page 12}", "{page12}", "{page  12}", "{ page 12}", "{page 12 }", "{pages 3-4}",
     "{page []}", "{page 1234567890123}", "{page “12”}", "{page", "{page 12"],
)  # fmt: skip
def test_what_looks_like_the_mark_of_a_page_is_reported(project: Project, mark: str) -> None:
    project.write("content/a.md", f"{HEADER}\nThe men stood.\n\nThey sang {mark}\n")
    (problem,) = [problem for problem in check(project) if "[page-mark]" in problem]
    assert problem.startswith(f"content/a.md:8: advice: [page-mark] “{mark}” is shown as text.")
