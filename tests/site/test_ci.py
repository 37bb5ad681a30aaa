"""The CI configuration: the commands that it runs exist, and all its versions are pinned."""

from __future__ import annotations

import re

from tests.conftest import ROOT

GITHUB = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
GITLAB = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")


def test_every_action_is_pinned_by_commit_and_names_its_version() -> None:
    uses = re.findall(r"uses: (.*)", GITHUB)
    assert uses
    assert [line for line in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d[\d.]*", line)] == []


def test_one_action_is_one_commit_in_all_places() -> None:
    pinned = set(re.findall(r"uses: (\S+)@([0-9a-f]{40})", GITHUB))
    assert len({name for name, _ in pinned}) == len(pinned)


def test_both_check_before_they_publish() -> None:
    assert re.search(r"^  publish:\n(?:    .*\n)*?    needs: check\n", GITHUB, re.MULTILINE)
    assert GITLAB.index("stage: test") < GITLAB.index("stage: deploy")
    for text in (GITHUB, GITLAB):
        assert text.index("inv check") < text.index("inv publish")


def test_a_value_from_elsewhere_never_becomes_part_of_a_command() -> None:
    assert [line for line in re.findall(r"run: (.*)", GITHUB) if "${{" in line] == []


def test_a_pull_request_may_read_and_nothing_else() -> None:
    before_the_jobs = GITHUB.partition("\njobs:")[0]
    assert re.search(r"^permissions:\n  contents: read\n", before_the_jobs, re.MULTILINE)
    check = GITHUB.partition("\n  check:")[2].partition("\n  publish:")[0]
    assert "permissions" not in check
    assert "if: github.event_name != 'pull_request'" in GITHUB
