"""What the CI recipes keep from run to run: an edit is an edit elsewhere too, and the result is a clean build."""

from __future__ import annotations

import shlex
import shutil
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from press.build import build
from press.cache.steps import Cache
from press.editor.begin import STARTER
from press.options import BuildOptions
from tests.conftest import ADDRESS, PAGEFINDS, ROOT, SEARCHED, Project, make_project, tree_of

HOMES = {"the press": ROOT, "a new archive": STARTER / "archive"}
SETTINGS = f"{SEARCHED}DOWNLOADS_FORMATS = 'all'\n"
TEXTS = {"a.md": "The bakery", "b.md": "The harbour", "c.md": "The mill"}

of_each = pytest.mark.parametrize("home", HOMES)


def read_github(home: str) -> dict[str, Any]:
    text = (HOMES[home] / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def read_gitlab(home: str) -> dict[str, Any]:
    return dict(yaml.safe_load((HOMES[home] / ".gitlab-ci.yml").read_text(encoding="utf-8")))


def steps_of(home: str, job: str, action: str) -> list[dict[str, Any]]:
    """Return the steps of a job that use one action: `restore` or `save`."""
    steps = read_github(home)["jobs"][job]["steps"]
    return [step for step in steps if step.get("uses", "").startswith(f"actions/cache/{action}@")]


def what_is_kept(home: str, host: str) -> tuple[list[str], str]:
    """Return the patterns that a recipe keeps when it publishes, and the name of its output folder."""
    if host == "github":
        job = read_github(home)["jobs"]["publish"]
        lines = [step["run"] for step in job["steps"] if "publish" in step.get("run", "")]
        patterns = steps_of(home, "publish", "save")[0]["with"]["path"].split()
    else:
        job = read_gitlab(home)["pages"]
        lines, patterns = [line for line in job["script"] if " publish " in line], job["cache"]["paths"]
    (words,) = map(shlex.split, lines)
    return patterns, words[words.index("--output") + 1] if "--output" in words else "output"


def carry(old: Path, new: Path, patterns: Sequence[str], host: str) -> None:
    """Copy what matches the patterns: GitHub packs it with tar, which keeps hard links; GitLab in a zip archive."""
    found = [path for pattern in patterns for path in sorted(old.glob(pattern.rstrip("/")))]
    if host == "gitlab":
        for path in found:
            copy = new / path.relative_to(old)
            copy.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if path.is_dir() else shutil.copyfile)(path, copy)
        return
    with tarfile.open(new / "kept.tar", "w") as packed:
        for path in found:
            packed.add(path, path.relative_to(old))
    with tarfile.open(new / "kept.tar") as packed:
        packed.extractall(new, filter="data")
    (new / "kept.tar").unlink()


def write_texts(project: Project, edited: str = "") -> None:
    for path, title in TEXTS.items():
        words = "Other words." if path == edited else "Some words."
        project.write(f"content/{path}", f"Title: {title}\nDate: 2006-10-24\nAuthor: Ada Brennan\n\n{words}\n")


def build_into(project: Project, output: str) -> Path:
    build(BuildOptions(project.root / "testconf.py", project.content, project.root / output, ADDRESS))
    return project.root / output


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many values each step makes because the cache has none."""
    counts, plain = Counter[str](), Cache.recall_or_make

    def count(self: Cache, step: Any, items: Any, key_of: Any, make: Any, *more: Any) -> Iterator[Any]:
        def make_and_count(absent: Sequence[Any]) -> Any:
            counts[step.name] += len(absent)
            return make(absent)

        return plain(self, step, items, key_of, make_and_count, *more)

    monkeypatch.setattr(Cache, "recall_or_make", count)
    return counts


@of_each
@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_an_edit_is_an_edit_on_a_fresh_checkout_at_another_path(
    home: str, host: str, tmp_path: Path, made: Counter[str]
) -> None:
    patterns, output = what_is_kept(home, host)
    first, second, clean = (make_project(tmp_path / name, SETTINGS) for name in ("one", "deep/er/two", "clean"))
    write_texts(first)
    build_into(first, output)
    assert made["text"] == made["exports"] == len(TEXTS)
    carry(first.root, second.root, patterns, host)
    edits = []
    for project in (first, second):
        made.clear()
        write_texts(project, edited="c.md")
        published = tree_of(build_into(project, output))
        del made["code"]  # the paths of what settings import, in this place
        del made["citations"], made["copy"]  # written again where the published files are not kept
        edits.append(made.copy())
    here, there = edits
    assert here == there
    assert [there[step] for step in ("source", "text", "exports", "document", "index")] == [1, 1, 1, 1, 1]
    write_texts(clean, edited="c.md")
    anew = tree_of(build_into(clean, "output"))
    for tree in (published, anew):
        for path in [path for path in tree if path.startswith(PAGEFINDS)]:
            del tree[path]
    assert published == anew


@of_each
def test_what_is_fetched_is_what_was_kept(home: str) -> None:
    """GitHub finds a cache only under the same list of paths, so that the two lists must be the same."""
    for job in ("check", "publish"):
        (restore,), (save,) = steps_of(home, job, "restore"), steps_of(home, job, "save")
        assert set(restore["with"]) == {"path", "key", "restore-keys"}
        assert set(save["with"]) == {"path", "key"}
        assert (restore["with"]["path"], restore["with"]["key"]) == (save["with"]["path"], save["with"]["key"])
        (fallback,) = restore["with"]["restore-keys"].split("\n")[:-1]
        assert save["with"]["key"].startswith(fallback)
        assert fallback.startswith(f"{job}-") and fallback.endswith("-") and "month" in fallback
        assert restore["if"] == "${{ !inputs.clean }}"


@of_each
def test_only_the_main_branch_writes_what_publishing_reads(home: str) -> None:
    triggers = read_github(home)[True]  # YAML takes the word “on” for a truth value
    assert set(triggers) == {"push", "pull_request", "workflow_dispatch"}  # never pull_request_target
    assert triggers["push"] == {"branches": ["main"]}
    main = "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"
    jobs = read_github(home)["jobs"]
    assert jobs["publish"]["if"] == main
    assert [step["if"] for step in steps_of(home, "check", "save")] == [main]
    gitlab = read_gitlab(home)
    assert gitlab["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert gitlab["check"]["cache"]["key"] != gitlab["pages"]["cache"]["key"]
    assert not any("unprotect" in gitlab[job]["cache"] for job in ("check", "pages"))


@of_each
def test_each_month_begins_with_nothing_kept_on_gitlab_too(home: str) -> None:
    pages = read_gitlab(home)["pages"]
    before, publish, after = pages["script"]
    assert "rm -rf .press public" in before and '"$(cat .press/month)" != "$(date +%Y-%m)"' in before
    assert after == "date +%Y-%m > .press/month" and " publish " in publish
    assert ".press/month" in pages["cache"]["paths"]
