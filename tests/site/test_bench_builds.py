"""What `inv dev.bench` does with a few leaflets: the press accepts every edit, and a comparison can be made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from press.build import build
from press.diagnostics import Refused
from press.options import BuildOptions
from tests.conftest import ADDRESS, ROOT, Project
from tools.bench.builders import BARE, BOTH, HUGO, PRESS, SEARCHED, make_builders
from tools.bench.compare import MODES, main, read_words
from tools.bench.edits import EDITS, edit_leaflet


def make_corpus(folder: Path, size: int, kind: str = "pelican") -> Path:
    script = ROOT / "tools" / "bench" / "make_corpus.py"
    subprocess.run([sys.executable, str(script), str(folder), str(size), "--format", kind], check=True)
    return folder


@pytest.mark.parametrize("kind", ["pelican", "yaml"])
@pytest.mark.parametrize("edit", EDITS)
def test_every_leaflet_can_be_edited(tmp_path: Path, edit: str, kind: str) -> None:
    corpus = make_corpus(tmp_path / "corpus", 40, kind)
    for number in range(40):
        before = sorted(corpus.rglob("*.md"))[number].read_text(encoding="utf-8")
        after = edit_leaflet(corpus, number, edit).read_text(encoding="utf-8")
        assert before.partition("\n\n")[2] in after
        assert (before.partition("\n\n")[0] == after.partition("\n\n")[0]) == (edit == "body")


def test_the_press_accepts_every_edit(project: Project) -> None:
    make_corpus(project.content, 8)
    assert project.build().problems == ()
    for edit in EDITS:
        for number in range(8):
            edit_leaflet(project.content, number, edit)
        report = project.build()
        assert (report.leaflets, report.problems, report.unchanged) == (8, (), False)
    page = build(BuildOptions(project.root / "testconf.py", project.content, project.output, ADDRESS))
    assert page.unchanged
    assert {path.name for path in (project.output / "category").iterdir()} <= {"history", "culture"}


def test_three_leaflets_are_compared_without_peers(tmp_path: Path) -> None:
    main([3], 1, ROOT, tmp_path, ["curve"], peers=False)
    table = (tmp_path / "results.md").read_text(encoding="utf-8")
    assert f"| 3 leaflets | {BARE} | {SEARCHED} |" in table
    assert "search index" in table
    assert (tmp_path / "searched-3-site" / "pagefind").is_dir()
    assert not (tmp_path / "bare-3-site" / "pagefind").exists()
    assert (tmp_path / "performance.svg").exists()


def test_each_program_has_leaflets_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "peers").mkdir()  # as if they were installed
    made = {builder.name: builder for builder in make_builders(tmp_path, 3, ROOT, ["everything"], peers=True)}
    assert list(made) == [PRESS, BOTH, HUGO]
    texts = {name: [path.name for path in sorted(builder.corpus.rglob("*.md"))] for name, builder in made.items()}
    assert len({str(names) for names in texts.values()}) == 1
    assert len({builder.corpus for builder in made.values()}) == 3
    assert made[BOTH].command[-1].count(" && ") == 1
    assert "-m pagefind" in made[BOTH].command[-1]


@pytest.mark.parametrize(("sizes", "sets"), [("", "bare"), ("0", "bare"), ("-3", "bare"), ("5", "all"), ("5", "")])
def test_wrong_sizes_and_sets_are_refused(sizes: str, sets: str) -> None:
    with pytest.raises(Refused):
        read_words(sizes, sets)


def test_sizes_and_sets_are_read() -> None:
    assert read_words("1000,5000", "bare,curve") == ([1000, 5000], ["bare", "curve"])
    assert MODES == ("cold", "unchanged", "first", "body", "title", "date", "category")
