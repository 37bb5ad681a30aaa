"""What `inv check` shows: the choice of findings, the table of advice, the page to work through, rules explained."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from press.diagnostics import Diagnostic, advice, error, warning
from press.editor.findings.advice_table import as_table
from press.editor.findings.choice import FindingChoice, choose_findings, find_wrong_choice_of_findings
from press.editor.findings.rule_docs import load_rule_docs
from press.editor.findings.work_page import MOST_OF_A_RULE, list_sections, render_page, show_passage, split_message
from press.editor.lint.rules import RULES
from press.package_files import DOCS
from tests.conftest import ROOT

ERROR = error("content/a.md", 3, "date", "no")
WARNING = warning("content/a.md", 4, "lost-letter", "no")
ADVICE = advice("content/b.md", 5, "double-space", "no")
ALL = [ERROR, WARNING, ADVICE]

FEW_WORDS = 7
TYPESETTING_ADVICE = {"accept-unused", "doubtful-dash", "empty-alt"}


# The docs of the rules.


def test_every_rule_of_style_and_of_the_build_is_explained() -> None:
    docs = load_rule_docs()
    assert RULES.keys() < docs.keys()
    assert all(doc.text and "```" not in doc.text and "](" not in doc.text for doc in docs.values())


def test_what_a_rule_advises_is_said_in_a_few_words() -> None:
    docs = load_rule_docs()
    advising = {name for name, doc in docs.items() if re.search(r"(^|\s)Advice\.", doc.text)}
    assert advising >= TYPESETTING_ADVICE
    assert {name: docs[name].about for name in advising if len(docs[name].about.split()) > FEW_WORDS} == {}
    assert docs["double-space"].about == "two spaces between words"


def test_a_wheel_has_the_docs_that_are_read() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert DOCS == ROOT / "docs"
    assert included["docs"] == "press/docs"
    assert "/docs" in settings["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]


# Which findings are shown.


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        (FindingChoice(), ALL),
        (FindingChoice(level="error"), [ERROR]),
        (FindingChoice(level="warning"), [ERROR, WARNING]),
        (FindingChoice(level="advice"), ALL),
        (FindingChoice(rule="double-space"), [ADVICE]),
        (FindingChoice(rule=" date, double-space,"), [ERROR, ADVICE]),
        (FindingChoice(rule="double-space", level="warning"), []),
    ],
)
def test_rules_and_levels_choose_findings(choice: FindingChoice, shown: list[Diagnostic]) -> None:
    assert choose_findings(ALL, choice) == shown


def test_an_error_in_an_unchanged_file_is_shown_since_something_else_must_have_caused_it() -> None:
    assert choose_findings(ALL, FindingChoice(changed=True), {"content/a.md"}) == [ERROR, ADVICE]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (FindingChoice(rule="double-space,misreading"), []),
        (FindingChoice(rule="double-spaces"), ["“double-spaces” is not a rule. Did you mean “double-space”?"]),
        (FindingChoice(rule="xyzzy"), ["“xyzzy” is not a rule. inv check names the rules that it reports."]),
        (FindingChoice(level="all"), ["“all” is not a choice. Write error, warning, advice."]),
    ],
)
def test_a_wrong_name_is_refused_with_the_nearest(choice: FindingChoice, said: list[str]) -> None:
    assert [problem.message for problem in find_wrong_choice_of_findings(choice)] == said


# The table.


def test_the_table_has_a_line_for_each_rule_the_most_frequent_first() -> None:
    found = [advice("content/a.md", n, "summary-missing", "no") for n in range(1, 1001)]
    assert as_table([ADVICE, *found, advice("content/c.md", 0, "new-rule", "no")]) == (
        "1,000  summary-missing  no summary                content/a.md:1\n"
        "    1  double-space     two spaces between words  content/b.md:5\n"
        "    1  new-rule                                   content/c.md\n"
    )
    assert as_table([]) == ""


# The page to work through.


class Reader(HTMLParser):
    """Gathers what a page would load or run, its ids, and its marked words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.loads: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.loads += [found[name] for name in ("src", "srcset", "poster", "data") if name in found]
        self.loads += [found["href"]] if tag == "link" else []


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    text = "Title: A\nDate: 1974\n\nThe  winter </pre><script>alert(1)</script> was long.\n"
    (tmp_path / "content" / "a.md").write_text(text, encoding="utf-8")
    return tmp_path


HOSTILE = advice("content/a.md", 4, "double-space", "two spaces in “The winter </pre><script>”. Write one space.")


def test_the_page_loads_nothing_runs_only_its_own_script_and_escapes_what_it_shows(archive: Path) -> None:
    page = render_page([HOSTILE, ERROR], ["1 < 2."], archive)
    read = Reader(page)
    assert read.loads == []
    assert (read.tags.count("script"), read.tags.count("style")) == (1, 1)
    assert "<script>alert" not in page
    assert "<mark>The  winter &lt;/pre&gt;&lt;script&gt;</mark>alert(1)" in page
    assert "default-src &#39;none&#39;" in page
    assert "1 &lt; 2." in page


def test_the_page_links_each_rule_to_its_section_and_each_finding_to_its_file(archive: Path) -> None:
    page = render_page([HOSTILE, HOSTILE, ERROR], [], archive)
    assert len(set(Reader(page).ids)) == len(Reader(page).ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) - {"top"} <= set(Reader(page).ids)
    assert f'<a href="{(archive / "content/a.md").as_uri()}">content/a.md:4</a>' in page
    assert "left over from a typewriter" in page
    assert page.index('<section id="error-date"') < page.index('<section id="advice-double-space"')


def test_a_file_outside_the_archive_is_not_read(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.md"
    outside.write_text("Secret.\n", encoding="utf-8")
    (archive / "content" / "link.md").symlink_to(outside)
    problems = [error("content/link.md", 1, "not-a-file", "no"), error(str(outside), 1, "date", "no")]
    assert [item.passage for section in list_sections(problems, archive) for item in section.items] == [[], []]


def test_a_finding_keeps_its_id_when_lines_move_and_another_gets_another(archive: Path) -> None:
    def ids(*lines: int) -> list[str]:
        found = [advice("content/a.md", line, "double-space", "two spaces. Write one.") for line in lines]
        return [item.id for item in list_sections(found, archive)[0].items]

    assert ids(4, 9) == ids(7, 12)
    assert len(set(ids(4, 9))) == 2


def test_more_findings_than_a_page_has_room_for_are_counted(archive: Path) -> None:
    found = [advice("content/a.md", n, "double-space", "no") for n in range(MOST_OF_A_RULE + 7)]
    (section,) = list_sections(found, archive)
    assert (len(section.items), section.number) == (MOST_OF_A_RULE, MOST_OF_A_RULE + 7)
    assert "7 more are not on this page" in render_page(found, [], archive)


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("two spaces in “no. Two”. Write one space.", ("two spaces in “no. Two”.", "Write one space.")),
        ("no template (p. 3). Add it. Then build.", ("no template (p. 3).", "Add it. Then build.")),
        ("nothing to write", ("nothing to write", "")),
    ],
)
def test_a_message_is_what_is_wrong_and_what_to_write_instead(message: str, parts: tuple[str, str]) -> None:
    assert split_message(message) == parts


def test_a_passage_is_the_line_with_the_nearest_words_around_it() -> None:
    passage = show_passage(["One.", "", "It was the the end.", "", "", "", "", "Far."], 3, "“the the” is there twice")
    assert [(line.number, line.before, line.marked, line.after) for line in passage] == [
        (1, "One.", "", ""),
        (3, "It was ", "the the", " end."),
    ]


def test_a_long_line_is_cut_around_what_is_marked() -> None:
    line = f"{'words ' * 200}the the{' words' * 200}"
    (shown,) = show_passage([line], 1, "“the the”")
    assert shown.marked == "the the"
    assert shown.before.startswith("… ")
    assert shown.after.endswith(" …")
    assert len(shown.before + shown.marked + shown.after) < 300
