"""The published tree is complete at every instant: each failure here is made for real."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.diagnostics import Level, Refused
from press.publish import (
    MANIFEST_NAME,
    Manifest,
    Origin,
    Record,
    Staging,
    Stopped,
    clean_collection,
    collection_folder,
    describe_os_error,
    open_staging,
    parse_manifest,
    read_manifest,
    refuse_place,
    remove_old_stores,
    seal,
    staging_folder,
    stopping_signals,
    swap,
)
from press.runtime.files import exchange as by_kernel
from tests.support.mounting import mount

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
from publish_target import build, fill, tree_of

VICTIM = Path(__file__).parents[1] / "support" / "publish_target.py"
SYSTEM = pytest.mark.system
"""Mounts a file system; needs root on Linux, and is skipped elsewhere."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with content and nothing published."""
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    return root


def start(root: Path, *command: str, **more: Any) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    environment = {**os.environ, "PYTHONPATH": str(VICTIM.parent.parent)}
    return subprocess.Popen(
        [sys.executable, str(VICTIM), str(root), *command],
        **{"stdin": pipe, "stdout": pipe, "stderr": pipe, "text": True, "env": environment, **more},
    )


def read_line(victim: subprocess.Popen[str]) -> str:
    assert victim.stdout
    return victim.stdout.readline().strip()


def read(tree: Path) -> dict[str, str]:
    return {
        p.relative_to(tree).as_posix(): p.read_text(errors="surrogateescape") for p in tree.rglob("*") if p.is_file()
    }


def version_of(tree: Path) -> int:
    """Return the version of this tree, after checking that the tree is complete and its manifest is right."""
    found = read(tree)
    manifest = parse_manifest(found.pop(MANIFEST_NAME))
    assert manifest is not None
    assert set(manifest.files) == set(found)
    version = int(found["index.html"].split()[1])
    assert found == tree_of(version)
    return version


def leftovers(root: Path) -> set[str]:
    """Return the names of everything that a build should not leave in a project."""
    stored = collection_folder(root, root / "content", root / "output") / "stored-manifests"
    extra = sorted(path.name for path in stored.iterdir())[1:] if stored.exists() else []
    return {path.name for path in root.iterdir()} - {"content", "output", ".press"} | set(extra)


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    for problem in refused.value.problems:
        assert "\n" not in str(problem)
        assert "Traceback" not in str(problem)
    return [problem.rule for problem in refused.value.problems]


def in_two_steps(one: Path, other: Path) -> bool:
    return False


# ---- the way of a build


def test_a_build_replaces_the_tree_and_leaves_nothing_else(root: Path) -> None:
    for version in (1, 2, 3):
        staging = build(root, version)
        assert version_of(root / "output") == version
        assert not staging.problems
        assert not leftovers(root)


def test_an_unfinished_plan_does_not_lock_the_staging_folder(root: Path) -> None:
    """A kill during `write_atomic` leaves its temporary file; the former version left swap.json.new."""
    folder = root / ".output.press-staging"
    folder.mkdir()
    for name in ("lock", ".0123456789abcdef.tmp", "swap.json.new"):
        (folder / name).touch()
    build(root, 1)
    assert not leftovers(root)


def test_stores_of_the_former_version_are_deleted_and_nothing_else(root: Path, tmp_path: Path) -> None:
    build(root, 1)
    folder = collection_folder(root, root / "content", root / "output")
    before = read(folder)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("mine")
    for name in ("spare/leaflets/a", "manifests", "search/key"):
        (folder / name).mkdir(parents=True)
    for name in ("spare/leaflets/a/index.html", "manifests/0.json", "standing.json", "pages.json", "texts.sqlite3"):
        (folder / name).write_bytes(b"\x00not what it says")
    (folder / "copies").symlink_to(elsewhere)
    assert remove_old_stores(folder) == 6
    assert (folder / "copies").is_symlink()
    (folder / "copies").unlink()
    assert read(folder) == before
    assert read(elsewhere) == {"mine.txt": "mine"}
    assert remove_old_stores(folder) == 0
    assert remove_old_stores(root / "nowhere") == 0
    assert build(root, 2).published is not None


def test_cleaning_reports_what_it_deleted(root: Path) -> None:
    build(root, 1)
    count = len(read(root / "output"))
    report = clean_collection(root, root / "content", root / "output")
    assert (report.files, report.store, report.problems) == (count, True, [])
    assert {path.name for path in root.iterdir()} == {"content", ".press"}
    report = clean_collection(root, root / "content", root / "output")
    assert (report.files, report.store, report.problems) == (0, False, [])


def test_cleaning_without_a_content_folder_is_an_error(root: Path) -> None:
    build(root, 1)
    with pytest.raises(Refused) as refused:
        clean_collection(root, root / "contnet", root / "output")
    assert rules(refused) == ["no-content"]
    assert version_of(root / "output") == 1


def test_an_empty_output_folder_is_used(root: Path) -> None:
    (root / "output").mkdir()
    build(root, 1)
    assert version_of(root / "output") == 1


def test_a_build_that_fails_leaves_output_unchanged(root: Path) -> None:
    build(root, 1)
    with pytest.raises(ZeroDivisionError), staged(root) as staging:
        fill(staging.tree, 2)
        raise ZeroDivisionError
    assert version_of(root / "output") == 1
    assert not leftovers(root)


def test_the_manifest_has_the_address_of_each_source_and_no_path_of_the_machine(root: Path) -> None:
    build(root, 1)
    with staged(root) as staging:
        assert staging.published is not None
        assert staging.published.sources == {"1.md": Origin("/leaflets/only-1/", "0" * 64)}
    text = (root / "output" / MANIFEST_NAME).read_text()
    assert '"1.md"' in text
    assert str(root) not in text


def test_two_builds_of_the_same_are_the_same_byte_for_byte(root: Path, tmp_path: Path) -> None:
    build(root, 1)
    (tmp_path / "elsewhere" / "content").mkdir(parents=True)
    build(tmp_path / "elsewhere", 1)
    assert read(root / "output") == read(tmp_path / "elsewhere" / "output")


def test_empty_directories_are_not_published(root: Path) -> None:
    with staged(root) as staging:
        fill(staging.tree, 1)
        (staging.tree / "a" / "b").mkdir(parents=True)
        swap(staging, seal(staging, {}))
    assert not (root / "output" / "a").exists()
    assert build(root, 2).problems == []


def test_modes_are_644_and_755_under_umask_077(root: Path) -> None:
    build(root, 1)
    for version in (2, 3):
        with subprocess_of(root, "contend", str(version), umask=0o077) as victim:
            assert victim.wait() == 0, victim.communicate()
    for path in (root / "output", *(root / "output").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/etc/hostname")])
def test_only_plain_files_are_published(root: Path, make: Callable[[Path], object]) -> None:
    build(root, 1)
    with pytest.raises(Refused) as refused, staged(root) as staging:
        fill(staging.tree, 2)
        make(staging.tree / "odd")
        swap(staging, seal(staging, {}))
    assert rules(refused) == ["odd-file"]
    assert refused.value.problems[0].path == str(root / "output" / "odd")
    assert version_of(root / "output") == 1


def test_the_name_of_the_manifest_is_reserved(root: Path) -> None:
    with pytest.raises(Refused) as refused, staged(root) as staging:
        (staging.tree / MANIFEST_NAME).write_text("{}")
        swap(staging, seal(staging, {}))
    assert rules(refused) == ["manifest-taken"]
    assert not (root / "output").exists()


@contextmanager
def staged(root: Path) -> Iterator[Staging]:
    with open_staging(root, root / "content", root / "output") as staging:
        yield staging


@contextmanager
def subprocess_of(root: Path, *command: str, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """Run a victim, and make sure that it is dead afterwards."""
    with start(root, *command, **more) as victim:
        try:
            yield victim
        finally:
            victim.kill()


# ---- whose files


FOREIGN: dict[str, Callable[[Path], object]] = {
    "file": lambda output: (output / "notes.txt").write_text("mine"),
    "deep": lambda output: (output / "leaflets" / "mine.txt").write_text("mine"),
    "empty-directory": lambda output: (output / "mine").mkdir(),
    "git": lambda output: (output / ".git" / "refs").mkdir(parents=True),
    "link-for-a-page": lambda output: _replace_by_link(output / "index.html"),
    "link-for-a-directory": lambda output: (output / "mine").symlink_to("leaflets"),
    "pipe": lambda output: os.mkfifo(output / "pipe"),
}


def _replace_by_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


@pytest.mark.parametrize("make", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_foreign_file_is_refused_at_the_start_and_kept(root: Path, make: Callable[[Path], object]) -> None:
    build(root, 1)
    make(root / "output")
    before = names_below(root)
    with pytest.raises(Refused) as refused:
        build(root, 2)
    assert rules(refused) == ["foreign-file"]
    assert os.path.lexists(refused.value.problems[0].path)
    assert names_below(root) == before


@pytest.mark.parametrize("make", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_foreign_file_that_comes_during_the_build_stops_the_swap(
    root: Path, make: Callable[[Path], object]
) -> None:
    build(root, 1)
    with pytest.raises(Refused) as refused, staged(root) as staging:
        fill(staging.tree, 2)
        make(root / "output")
        before = names_below(root / "output")
        swap(staging, seal(staging, {}))
    assert rules(refused) == ["foreign-file"]
    assert names_below(root / "output") == before
    assert not staging_folder(root / "output").exists()


@pytest.mark.parametrize("exchange", [by_kernel, in_two_steps])
def test_a_foreign_file_that_comes_during_the_swap_itself_is_set_aside(
    root: Path, exchange: Callable[[Path, Path], bool]
) -> None:
    build(root, 1)

    def too_late_to_notice(one: Path, other: Path) -> bool:
        (other / "leaflets" / "always" / "mine.txt").write_text("mine")
        return exchange(one, other)

    staging = build(root, 2, too_late_to_notice)
    kept = [problem for problem in staging.problems if problem.rule == "files-kept"]
    assert read(Path(kept[0].path)) == {"leaflets/always/mine.txt": "mine"}
    assert version_of(root / "output") == 2
    assert not staging_folder(root / "output").exists()
    build(root, 3)
    assert read(Path(kept[0].path)) == {"leaflets/always/mine.txt": "mine"}


def test_an_output_that_no_build_made_is_refused(root: Path) -> None:
    (root / "output").mkdir()
    (root / "output" / "thesis.txt").write_text("mine")
    with pytest.raises(Refused) as refused:
        build(root, 1)
    assert rules(refused) == ["foreign-file"]
    assert str(refused.value).startswith(str(root / "output" / "thesis.txt"))
    assert read(root / "output") == {"thesis.txt": "mine"}


def test_a_page_that_was_edited_or_deleted_in_output_is_built_again(root: Path) -> None:
    build(root, 1)
    (root / "output" / "index.html").write_text("by hand")
    (root / "output" / "leaflets" / "always" / "index.html").unlink()
    build(root, 1)
    assert version_of(root / "output") == 1


def test_an_output_that_was_deleted_is_built_again(root: Path) -> None:
    build(root, 1)
    (root / "output").rename(root.parent / "away")
    assert build(root, 2).published is None
    assert version_of(root / "output") == 2


def names_below(root: Path) -> list[str]:
    return sorted(str(path) for path in root.rglob("*"))


# ---- lists that are lost, damaged, or lie


def test_without_the_work_folder_the_published_manifest_is_proof(root: Path) -> None:
    build(root, 1)
    (root / ".press").rename(root.parent / "lost")
    build(root, 2)
    assert version_of(root / "output") == 2


def test_without_the_work_folder_a_changed_file_is_not_known_to_be_ours(root: Path) -> None:
    build(root, 1)
    (root / ".press").rename(root.parent / "lost")
    (root / "output" / "index.html").write_text("by hand")
    with pytest.raises(Refused) as refused:
        build(root, 2)
    assert rules(refused) == ["foreign-file"]
    assert (root / "output" / "index.html").read_text() == "by hand"


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"checksum": 1}', "\N{WHITE SMILING FACE}", "[" * 99999])
def test_one_damaged_manifest_does_no_harm(root: Path, damage: str) -> None:
    for path in ("output/" + MANIFEST_NAME, ".press"):
        build(root, 1)
        for found in [root / path, *(root / path).rglob("*.json")]:
            if found.is_file():
                found.write_text(damage)
        build(root, 2)
        assert version_of(root / "output") == 2
        assert not leftovers(root)


def test_with_both_manifests_damaged_nothing_is_ours(root: Path) -> None:
    build(root, 1)
    for path in [root / "output" / MANIFEST_NAME, *(root / ".press").rglob("*.json")]:
        path.write_text("{")
    before = read(root / "output")
    with pytest.raises(Refused) as refused:
        build(root, 2)
    assert rules(refused) == ["manifest-damaged"]
    assert read(root / "output") == before


@pytest.mark.parametrize("name", ["../thesis.txt", "/etc/passwd", "a/../../b", "a//b", "./a", "", "a\0b"])
def test_a_manifest_with_a_path_outside_is_not_trusted(name: str) -> None:
    lying = Manifest({name: Record(1, "0" * 64)})
    assert parse_manifest(lying.written) is None


NAMES = st.text(st.characters(exclude_characters="/\0"), min_size=1).filter(lambda name: name not in {".", ".."})
MANIFESTS = st.builds(
    Manifest,
    st.dictionaries(NAMES, st.builds(Record, st.integers(0), st.text("0123456789abcdef", min_size=64, max_size=64))),
    st.dictionaries(NAMES, st.builds(Origin, NAMES, st.text("0123456789abcdef", min_size=64, max_size=64))),
)


@given(MANIFESTS)
def test_a_manifest_reads_back_as_written(manifest: Manifest) -> None:
    assert parse_manifest(manifest.written) == manifest


@given(MANIFESTS, st.data())
def test_a_manifest_with_one_character_changed_is_refused_or_means_the_same(
    manifest: Manifest, data: st.DataObject
) -> None:
    text = manifest.written
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.characters()) + text[at + 1 :]
    assert parse_manifest(changed) in (None, manifest)


# ---- places


def places(root: Path) -> dict[str, tuple[Path, str]]:
    (root / "linked").symlink_to(root / "content")
    (root / "file").write_text("")
    return {
        "content itself": (root / "content", "output-overlap"),
        "in content": (root / "content" / "output", "output-overlap"),
        "in content by a link": (root / "linked" / "output", "output-overlap"),
        "in content by dots": (root / "output" / ".." / "content" / "x", "output-overlap"),
        "around content": (root, "output-overlap"),
        "around the project": (root.parent, "output-overlap"),
        "the work folder": (root / ".press" / "x", "output-overlap"),
        "the theme": (root / "theme" / "static", "output-overlap"),
        "around the theme": (root / "theme", "output-overlap"),
        "a link": (root / "linked", "output-link"),
        "a file": (root / "file", "output-file"),
        "root": (Path("/"), "output-precious"),
        "home": (Path.home(), "output-precious"),
        "no parent": (root / "nowhere" / "output", "output-parent"),
        "below a file": (root / "file" / "output", "output-parent"),
        "a mount point": (Path("/proc"), "output-mount"),
    }


PLACES = ["content itself", "in content", "in content by a link", "in content by dots", "around content"]
PLACES += ["around the project", "the work folder", "the theme", "around the theme", "a link", "a file", "root"]
PLACES += ["home", "no parent", "below a file", "a mount point"]


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_output_must_not_be_is_refused_before_a_byte_is_written(root: Path, place: str) -> None:
    output, rule = places(root)[place]
    before = names_below(root)
    with pytest.raises(Refused) as refused, open_staging(root, root / "content", output, [root / "theme"]):
        raise AssertionError("opened")
    assert rules(refused) == [rule]
    assert names_below(root) == before


def test_a_link_above_output_is_followed_and_names_one_lock(root: Path) -> None:
    (root / "real").mkdir()
    (root / "way").symlink_to("real")
    with open_staging(root, root / "content", root / "way" / "output"):
        with pytest.raises(Refused) as refused, open_staging(root, root / "content", root / "real" / "output"):
            raise AssertionError("opened twice")
        assert rules(refused) == ["build-running"]


def test_a_directory_that_only_has_the_name_of_staging_is_not_touched(root: Path) -> None:
    taken = staging_folder(root / "output")
    taken.mkdir()
    (taken / "thesis.txt").write_text("mine")
    with pytest.raises(Refused) as refused:
        build(root, 1)
    assert rules(refused) == ["staging-taken"]
    assert read(taken) == {"thesis.txt": "mine"}


# ---- the lock


def test_a_second_build_names_the_holder_of_the_lock_and_a_killed_one_holds_none(root: Path) -> None:
    with subprocess_of(root, "wait") as victim:
        assert read_line(victim) == "ready"
        with pytest.raises(Refused) as refused:
            build(root, 1)
        assert rules(refused) == ["build-running"]
        assert f"process {victim.pid} on " in str(refused.value)
        assert ", since 2" in str(refused.value)
        victim.kill()
        victim.wait()
        build(root, 1)
    assert version_of(root / "output") == 1
    assert not leftovers(root)


def test_a_worker_that_outlives_a_killed_build_does_not_hold_its_lock(root: Path) -> None:
    with subprocess_of(root, "wait", "with-worker") as victim:
        lines = {read_line(victim), read_line(victim)}
        worker = int((lines - {"ready"}).pop().split()[1])
        try:
            victim.kill()
            victim.wait()
            build(root, 1)
            os.kill(worker, 0)  # the worker was alive all the time
        finally:
            os.kill(worker, signal.SIGKILL)
    assert version_of(root / "output") == 1


def test_a_worker_that_outlives_a_killed_build_may_write_while_its_tree_is_deleted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next build was refused, since the folder was not empty when all that was in it had been deleted."""
    tree, remove = root / ".output.press-staging" / "tree-0123456789abcdef", os.rmdir
    (tree / "leaflets").mkdir(parents=True)
    (tree.parent / "lock").touch()
    late = []

    def remove_later(path: str, **more: Any) -> None:
        with suppress(FileNotFoundError):
            late.append(0)
            (tree / "late.html").write_text("late")
        remove(path, **more)

    monkeypatch.setattr(os, "rmdir", remove_later)
    build(root, 1)
    assert late
    assert version_of(root / "output") == 1
    assert not leftovers(root)


def test_of_builds_that_contend_one_works_at_a_time(root: Path) -> None:
    victims = [start(root, "contend", "25", stdin=subprocess.DEVNULL) for _ in range(3)]
    ends = [victim.communicate() for victim in victims]
    assert [victim.returncode for victim in victims] == [0, 0, 0], ends
    assert version_of(root / "output") == 1
    assert not leftovers(root)


# ---- kill -9


@pytest.mark.parametrize("exchange", ["exchange", "in-two-steps"])
@pytest.mark.parametrize("start_from", ["published", "empty", "nothing"])
def test_killed_at_any_line_output_is_whole_and_the_next_build_recovers(
    root: Path, exchange: str, start_from: str
) -> None:
    """The victim dies before line `step` of the package, for steps drawn by a fixed seed until none is left."""
    draw = random.Random(f"{exchange} {start_from}")
    with subprocess_of(root, "on-command") as victim:
        step, killed = draw.randint(1, 100), 0
        while True:
            prepare(root, start_from, version=1)
            if command_build(victim, 2, step, exchange) != -signal.SIGKILL:
                break
            killed += 1
            check_after_kill(root, start_from, exchange)
            assert command_build(victim, 3, 0, "exchange") in {0, 1}  # at most the warning that a swap was finished
            assert version_of(root / "output") == 3
            assert not leftovers(root), step
            step += draw.randint(1, 100)
    assert killed > 3


def test_killed_again_and_again_output_is_always_some_whole_tree(root: Path) -> None:
    draw = random.Random(4)
    build(root, 1)
    seen = {1}
    with subprocess_of(root, "on-command") as victim:
        for version in range(2, 120):
            command_build(victim, version, draw.randint(1, 2200), "exchange")
            seen.add(version_of(root / "output"))
            assert max(seen) == version_of(root / "output")
        assert command_build(victim, 120, 0, "exchange") == 0
    assert len(seen) > 10
    assert version_of(root / "output") == 120
    assert not leftovers(root)


def test_killed_at_random_moments_under_the_eyes_of_a_reader(root: Path) -> None:
    """The kill comes from outside, after a drawn number of looks; every look sees one whole tree."""
    draw = random.Random(9)
    looks = 0
    for _ in range(12):
        with subprocess_of(root, "on-and-on") as victim:
            read_line(victim)
            for _ in range(draw.randint(1, 40)):
                looks += look_once(root / "output")
            victim.kill()
            victim.wait()
        version_of(root / "output")
    assert looks
    build(root, 7)
    assert version_of(root / "output") == 7
    assert not leftovers(root)


def prepare(root: Path, start_from: str, version: int) -> None:
    if start_from == "published":
        build(root, version)
        return
    if (root / "output").exists():
        subprocess.run(["rm", "-r", str(root / "output")], check=True)
    if start_from == "empty":
        (root / "output").mkdir()


def check_after_kill(root: Path, start_from: str, exchange: str) -> None:
    output = root / "output"
    if not output.exists() or not any(output.iterdir()):
        between = exchange == "in-two-steps" and (staging_folder(output) / "old").exists()
        assert between or start_from == ("empty" if output.exists() else "nothing")
    else:
        assert version_of(output) in ({1, 2} if start_from == "published" else {2})


def command_build(victim: subprocess.Popen[str], version: int, step: int | str, exchange: str) -> int:
    assert victim.stdin
    victim.stdin.write(f"{version} {step} {exchange}\n")
    victim.stdin.flush()
    return int(read_line(victim))


def look_once(output: Path) -> bool:
    """Read the tree through one open folder; count the look if the tree was there from first to last."""
    descriptor = os.open(output, os.O_RDONLY | os.O_DIRECTORY)  # never missing
    try:
        through = Path(f"/proc/self/fd/{descriptor}")
        try:
            names = [(here, name) for here, _, files, _ in os.fwalk(".", dir_fd=descriptor) for name in files]
            found = {os.path.normpath(f"{here}/{name}"): (through / here / name).read_text() for here, name in names}
        except FileNotFoundError:
            found = {}
        if not os.path.samestat(os.fstat(descriptor), output.stat()):
            return False
    finally:
        os.close(descriptor)
    assert found.pop(MANIFEST_NAME)
    assert found == tree_of(int(found["index.html"].split()[1]))
    return True


# ---- recovery by hand


def test_a_swap_cut_in_two_is_finished_and_reported(root: Path) -> None:
    build(root, 1)
    folder = cut_in_two(root)
    with staged(root) as staging:
        assert [(problem.rule, problem.level) for problem in staging.problems] == [("swap-finished", Level.WARNING)]
        assert version_of(root / "output") == 2
    assert not folder.exists()
    build(root, 3)
    assert not leftovers(root)


def test_a_swap_cut_in_two_whose_new_tree_is_gone_is_undone(root: Path) -> None:
    build(root, 1)
    folder = cut_in_two(root)
    new = json.loads((folder / "swap.json").read_text())["tree"]
    (folder / new).rename(root.parent / "gone")
    with staged(root):
        assert version_of(root / "output") == 1


@pytest.mark.parametrize("damage", ["", "{}", '{"tree": "../content", "names": []}', '{"tree": 1, "names": 2}'])
def test_a_damaged_plan_deletes_nothing(root: Path, damage: str) -> None:
    build(root, 1)
    folder = cut_in_two(root)
    (folder / "swap.json").write_text(damage)
    before = names_below(folder)
    with pytest.raises(Refused) as refused:
        build(root, 3)
    assert rules(refused) == ["plan-damaged"]
    assert names_below(folder) == before


def test_a_system_without_exchange_is_reported(root: Path) -> None:
    build(root, 1)
    staging = build(root, 2, in_two_steps)
    assert [(problem.rule, problem.level) for problem in staging.problems] == [("swap-in-two-steps", Level.WARNING)]
    assert version_of(root / "output") == 2
    assert not leftovers(root)


def test_the_system_exchanges_two_directories_in_one_step(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if not by_kernel(tmp_path / "a", tmp_path / "b"):
        pytest.skip("this file system does not exchange")
    assert (tmp_path / "a" / "b").exists()
    assert (tmp_path / "b" / "a").exists()
    with pytest.raises(FileNotFoundError):
        by_kernel(tmp_path / "a", tmp_path / "nowhere")


def cut_in_two(root: Path) -> Path:
    """Make what a kill between the two renames of version 2 leaves; return the staging folder."""
    with subprocess_of(root, "on-command") as victim:
        assert command_build(victim, 2, "_put_in_two_steps:4", "in-two-steps") == -signal.SIGKILL
    assert not (root / "output").exists()
    return staging_folder(root / "output")


# ---- signals


@pytest.mark.parametrize("manner", ["plainly", "swallowing"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_the_build_and_leaves_output_unchanged(
    root: Path, number: signal.Signals, code: int, manner: str
) -> None:
    build(root, 1)
    with subprocess_of(root, "wait", manner) as victim:
        assert read_line(victim) == "ready"
        victim.send_signal(number)
        assert victim.wait() == code
        assert victim.communicate() == ("", "")
    assert version_of(root / "output") == 1
    assert not leftovers(root)


def test_a_signal_during_the_swap_waits_until_it_is_done(root: Path) -> None:
    build(root, 1)
    with subprocess_of(root, "signal-in-swap") as victim:
        assert (victim.wait(), victim.communicate()) == (143, ("", ""))
    assert version_of(root / "output") == 99
    assert not leftovers(root)


def test_a_worker_stopped_by_a_signal_dies_silently(root: Path) -> None:
    with subprocess_of(root, "wait", "with-worker") as victim:
        lines = {read_line(victim), read_line(victim)}
        os.kill(int((lines - {"ready"}).pop().split()[1]), signal.SIGINT)
        assert victim.communicate("")[1] == ""
        assert victim.returncode == 0
    assert version_of(root / "output") == 99


def test_handlers_are_as_before_after_the_block() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with pytest.raises(Stopped) as stopped, stopping_signals():
        signal.raise_signal(signal.SIGTERM)
    assert stopped.value.code == 143
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


# ---- the disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A project on a disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount(["-t", "tmpfs", "-o", "size=1m", "press-test", str(disk)])
    try:
        (disk / "content").mkdir()
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@SYSTEM
def test_a_disk_that_fills_during_the_build_is_one_line(small_disk: Path) -> None:
    build(small_disk, 1)
    with pytest.raises(Refused) as refused, staged(small_disk) as staging:
        fill(staging.tree, 2)
        copy_without_end(staging.tree / "leaflets" / "big.pdf")
    assert rules(refused) == ["disk-full"]
    assert str(refused.value).startswith(f"{small_disk}/output")
    assert version_of(small_disk / "output") == 1
    assert not leftovers(small_disk)


@SYSTEM
@pytest.mark.parametrize("pages", range(10))
def test_a_disk_that_fills_during_the_swap_leaves_a_whole_tree(small_disk: Path, pages: int) -> None:
    """With no free page the manifest cannot be written, with one page the plan cannot, and so on until all fits."""
    build(small_disk, 1)
    ballast = small_disk / "content" / "ballast"
    version = 2
    try:
        with staged(small_disk) as staging:
            fill(staging.tree, 2)
            with pytest.raises(OSError, match="No space"):
                copy_without_end(ballast)
            os.truncate(ballast, ballast.stat().st_size - 4096 * pages)
            swap(staging, seal(staging, {}))
    except Refused as refused:
        assert [problem.rule for problem in refused.problems] == ["disk-full"]
        version = 1
    assert pages > 0 or version == 1
    assert pages < 9 or version == 2
    assert version_of(small_disk / "output") == version
    assert not staging_folder(small_disk / "output").exists()


@SYSTEM
def test_a_mount_point_and_a_read_only_disk_are_refused(small_disk: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "content").mkdir(parents=True)
    assert [f.rule for f in refuse_place(outside, outside / "content", small_disk)] == ["output-mount"]
    mount(["-o", "remount,ro", str(small_disk)])
    output = small_disk / "output"
    assert [f.rule for f in refuse_place(outside, outside / "content", output)] == ["no-permission"]


@SYSTEM
def test_a_directory_bound_to_another_of_the_same_disk_is_a_mount_point(small_disk: Path) -> None:
    for name in ("real", "out put"):
        (small_disk / name).mkdir()
    mount(["--bind", str(small_disk / "real"), str(small_disk / "out put")])
    try:
        problems = refuse_place(small_disk, small_disk / "content", small_disk / "out put")
    finally:
        subprocess.run(["umount", str(small_disk / "out put")], check=True)
    assert [problem.rule for problem in problems] == ["output-mount"]


@SYSTEM
def test_content_bound_to_another_name_is_still_content(small_disk: Path) -> None:
    (small_disk / "alias").mkdir()
    mount(["--bind", str(small_disk / "content"), str(small_disk / "alias")])
    try:
        problems = refuse_place(small_disk, small_disk / "content", small_disk / "alias" / "output")
    finally:
        subprocess.run(["umount", str(small_disk / "alias")], check=True)
    assert [problem.rule for problem in problems] == ["output-overlap"]


def test_a_staging_tree_that_vanishes_is_one_line(root: Path) -> None:
    build(root, 1)
    with pytest.raises(Refused) as refused, staged(root) as staging:
        subprocess.run(["rm", "-r", str(staging.tree)], check=True)
        (staging.tree / "index.html").write_text("home 2")
    assert rules(refused) == ["vanished"]
    assert str(refused.value).startswith(f"{root}/output")
    assert version_of(root / "output") == 1


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EACCES, "no-permission"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "disk-error"),
        (errno.ENOENT, "vanished"),
        (errno.EXDEV, "system-error"),
    ],
)
def test_an_error_of_the_system_is_one_line(number: int, rule: str) -> None:
    problem = describe_os_error(OSError(number, os.strerror(number)), "output/a.html")
    assert str(problem).startswith(f"output/a.html: error: [{rule}] ")
    assert "\n" not in str(problem)


def test_a_manifest_that_is_not_text_is_ignored(tmp_path: Path) -> None:
    (tmp_path / MANIFEST_NAME).write_bytes(b"\xff\xfe\0")
    assert read_manifest(tmp_path / MANIFEST_NAME) is None
    assert read_manifest(tmp_path) is None


def copy_without_end(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass
