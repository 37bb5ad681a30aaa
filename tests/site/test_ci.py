"""The CI configuration: the commands that it runs exist, and all its versions are pinned."""

from __future__ import annotations

import re

import pytest

from press.editor.begin import STARTER
from tests.conftest import ROOT

HOMES = {"the press": ROOT, "a new archive": STARTER / "archive"}
GITHUB = {name: (home / ".github" / "workflows" / "publish.yml").read_text("utf-8") for name, home in HOMES.items()}
GITLAB = {name: (home / ".gitlab-ci.yml").read_text("utf-8") for name, home in HOMES.items()}

of_each = pytest.mark.parametrize("home", HOMES)


@of_each
def test_every_action_is_pinned_by_commit_and_names_its_version(home: str) -> None:
    uses = re.findall(r"uses: (.*)", GITHUB[home])
    assert uses
    assert [line for line in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d[\d.]*", line)] == []


def test_one_action_is_one_commit_in_all_places() -> None:
    pinned = {pin for text in GITHUB.values() for pin in re.findall(r"uses: (\S+)@([0-9a-f]{40})", text)}
    assert len({name for name, _ in pinned}) == len(pinned)


@of_each
def test_both_check_before_they_publish(home: str) -> None:
    assert re.search(r"^  publish:\n(?:    .*\n)*?    needs: check\n", GITHUB[home], re.MULTILINE)
    assert GITLAB[home].index("stage: test") < GITLAB[home].index("stage: deploy")
    for text in (GITHUB[home], GITLAB[home]):
        assert re.search(r"(?:inv|press) check(?:.|\n)*(?:inv|press) publish", text)


@of_each
def test_a_value_from_elsewhere_never_becomes_part_of_a_command(home: str) -> None:
    assert [line for line in re.findall(r"run: (.*)", GITHUB[home]) if "${{" in line] == []


@of_each
def test_a_pull_request_may_read_and_nothing_else(home: str) -> None:
    before_the_jobs = GITHUB[home].partition("\njobs:")[0]
    assert re.search(r"^permissions:\n  contents: read\n", before_the_jobs, re.MULTILINE)
    check = GITHUB[home].partition("\n  check:")[2].partition("\n  publish:")[0]
    assert "permissions" not in check
    assert "if: github.event_name != 'pull_request'" in GITHUB[home]
