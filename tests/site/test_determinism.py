"""The site depends only on content, settings, theme and code, and not on the machine's clock, paths or language."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PAGEFINDS, ROOT, tree_of

BUILD = """
import sys
from pathlib import Path
from press.build import build
from press.options import BuildOptions
root = Path(sys.argv[1])
build(BuildOptions(root / "pelicanconf.py", root / "content", root / "output", "https://archive.example"))
"""

MACHINES: dict[str, dict[str, str | None]] = {
    "hash-seed-1": {"PYTHONHASHSEED": "1"},
    "hash-seed-2": {"PYTHONHASHSEED": "2"},
    "hash-seed-3": {"PYTHONHASHSEED": "3"},
    "time-zone-east": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    "time-zone-west": {"TZ": "Pacific/Niue", "LC_ALL": "C"},
    "nothing-set": {"TZ": None, "LANG": None, "LC_ALL": None, "HOME": None},
}


def check_out(root: Path, seed: int) -> Path:
    """Copy the project and the test site, file by file in an order and with times that depend on the seed."""
    parts = {"press": ROOT / "press", "theme": ROOT / "theme", "content": ROOT / "tests" / "sample"}
    files = [(root / part / f.relative_to(of), f) for part, of in parts.items() for f in of.rglob("*") if f.is_file()]
    files.append((root / "pelicanconf.py", ROOT / "pelicanconf.py"))
    shuffled = random.Random(seed)
    shuffled.shuffle(files)
    for new, old in files:
        if "__pycache__" in old.parts:
            continue
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(old, new)
        moment = shuffled.randrange(2_000_000_000)
        os.utime(new, (moment, moment))
    return root


def start_build(root: Path, cwd: Path, settings: dict[str, str | None]) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", **settings}
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(root)],
        cwd=cwd,
        env={name: value for name, value in environment.items() if value is not None},
        text=True,
        stderr=subprocess.PIPE,
    )


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The site as each machine builds it, each from its own checkout and its own folder."""
    builds = {}
    for seed, (name, settings) in enumerate(MACHINES.items()):
        root = check_out(tmp_path_factory.mktemp(name) / ("deep/" * seed) / "archive", seed)
        builds[name] = root, start_build(root, Path("/") if seed % 2 else root, settings)
    trees = {}
    for name, (root, build) in builds.items():
        reported = build.communicate(timeout=300)[1]
        assert (build.returncode, reported) == (0, "")
        files = tree_of(root / "output")
        assert any(path.startswith("pagefind/") for path in files)
        trees[name] = {path: data for path, data in files.items() if not path.startswith(PAGEFINDS)}
    return trees


@pytest.mark.parametrize("machine", MACHINES)
def test_every_machine_builds_the_same_site_byte_for_byte(trees: dict[str, dict[str, bytes]], machine: str) -> None:
    first = trees["hash-seed-1"]
    assert len(first) > 30
    assert [path for path in {**first, **trees[machine]} if first.get(path) != trees[machine].get(path)] == []


def test_no_file_names_a_path_of_the_machine(trees: dict[str, dict[str, bytes]]) -> None:
    assert [
        path for path, data in trees["nothing-set"].items() if b"archive/content" in data or b"/tmp/" in data
    ] == []
