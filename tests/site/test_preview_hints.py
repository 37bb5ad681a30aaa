"""The hints for one text are what `inv check` reports for it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from press.options import BuildOptions
from press.preview import hints
from press.preview.hint_desk import HintDesk
from press.preview.hints import find_hints
from press.preview.job import Hint, Hints, Job, PreviewResult, Question
from press.preview.memory import GoodBuild, Memory
from press.preview.stages import fill_tree
from press.preview.worker import _answer
from tests.conftest import ADDRESS, Project
from tests.support.checks import find_all

DOUBTFUL = """Title: THE HARBOUR
Date: 2006-10-24
Accept: repeated-word (had had is right)
    double-space (there is none)

A lone « mark, and had had a word.

### Too deep

##### Deeper
"""


def built(project: Project) -> Memory:
    memory = Memory()
    tree = project.root / "tree"
    tree.mkdir()
    job = Job(str(project.root / "testconf.py"), str(project.content), str(project.output), ADDRESS, drafts=True)
    assert fill_tree(job, tree, memory).errors == ()
    return memory


def good_build(project: Project) -> GoodBuild:
    good = built(project).good
    assert good is not None
    return good


@pytest.mark.parametrize("more", ["", "Status: draft\n"], ids=["published", "draft"])
def test_a_text_has_the_hints_that_a_check_reports(project: Project, more: str) -> None:
    project.leaflet("a.md")
    project.write("content/b.md", DOUBTFUL.replace("Accept:", f"{more}Accept:"))
    options = BuildOptions(project.root / "testconf.py", project.content, project.output, ADDRESS)
    checked = [problem for problem in find_all(options) if problem.path.endswith("b.md")]
    found = find_hints(good_build(project), "b.md")
    assert found is not None
    written = {f"{hint.place}: {hint.level}: [{hint.rule}] {hint.message}" for hint in found}
    assert {str(problem) for problem in checked} <= written
    assert {hint.rule for hint in found} >= {"capital-title", "unmatched-mark", "heading-order", "accept-unused"}
    assert not {hint.rule for hint in found} & {"repeated-word", "double-space"}
    lines = [int(hint.place.rpartition(":")[2]) for hint in found]
    assert lines == sorted(lines)


def test_a_text_that_has_changed_since_it_was_built_has_none(project: Project) -> None:
    file = project.leaflet("a.md")
    last = good_build(project)
    assert find_hints(last, "gone.md") is None
    assert find_hints(last, "a.md") is not None
    file.write_text("Title: A\n\nOther lines.\n", encoding="utf-8")
    assert find_hints(last, "a.md") is None
    file.unlink()
    assert find_hints(last, "a.md") is None


def test_a_worker_without_a_good_build_knows_no_hints() -> None:
    assert _answer(Question("a.md"), []) == Hints("a.md", None)


def test_a_rule_that_fails_is_named_by_its_line(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.leaflet("a.md")
    memory = built(project)
    monkeypatch.setattr(hints, "lint", lambda *_: 1 / 0)
    outcome = _answer(Question("a.md"), [memory])
    assert isinstance(outcome, PreviewResult)
    assert f"{Path(__file__).name}:" in outcome.errors[0]
    assert "[program] ZeroDivisionError" in outcome.errors[0]


def test_a_question_waits_for_its_answer_and_is_dropped_by_the_next_build() -> None:
    desk, hint = HintDesk(), Hint("content/a.md:3", "advice", "double-space", "…")
    answers: list[object] = []

    def ask(build: str, source: str) -> threading.Thread:
        thread = threading.Thread(target=lambda: answers.append(desk.ask(build, source, 60)))
        thread.start()
        assert desk.asked.poll(60)
        return thread

    desk.open("1")
    asking = ask("1", "a.md")
    assert desk.next() == "a.md"
    desk.answer("a.md", (hint,))
    asking.join(60)
    assert desk.next() is None
    assert desk.ask("1", "a.md", 0) == (hint,)  # answered already
    asking = ask("1", "b.md")
    desk.open("2")
    asking.join(60)
    assert (answers, desk.next()) == ([(hint,), None], None)
    assert desk.ask("1", "a.md", 60) is None  # a page of a build that is over
