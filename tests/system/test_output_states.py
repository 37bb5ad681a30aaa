"""Output is known by the state of its files: what is as it was recorded is not read, and no change goes unnoticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.diagnostics import Refused
from press.publish import Altered, Staging, collection_folder, file_states, listing, open_staging, seal, staging, swap
from press.publish import tree_records as records
from press.publish.file_states import BY_CONTENT, read_clock, state_of, take_state
from press.publish.manifest import MANIFEST_NAME, Manifest, read_manifest
from press.publish.tree import agrees, find_untracked
from press.publish.tree_records import OUTPUT_STATE, PREVIOUS_STATE, load_record
from tests.support.mounting import mount

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
from publish_target import tree_of

PAGE = "leaflets/always/index.html"
NAMES = sorted(tree_of(1))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with version 1 published, its files older than their record."""
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    publish(root, tree_of(1))
    return root


@pytest.fixture
def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all files of trees that are read, as they are read."""
    names: list[str] = []

    def watched(read: Callable[..., object]) -> Callable[..., object]:
        def note(path: str, *more: object) -> object:
            names.append("/".join(str(path).partition("/output/" if "/output/" in str(path) else "/tree-")[2:]))
            return read(path, *more)

        return note

    monkeypatch.setattr(staging, "agrees", watched(staging.agrees))
    monkeypatch.setattr(listing, "_read", watched(listing._read))
    return names


def publish(root: Path, tree: dict[str, str]) -> Staging:
    """Publish these files as a build does, keeping what is the same; the clock ticks before they are listed."""
    with staged(root) as build:
        files = build.open_tree(frozenset(tree))
        for name, text in tree.items():
            if not files.keep(name, records.hashlib.sha256(text.encode()).hexdigest()):
                files.write(name, text)
        files.drop_leftovers()
        wait_for_a_tick(root)
        swap(build, seal(build, {}, files.files))
    return build


@contextmanager
def staged(root: Path) -> Iterator[Staging]:
    with open_staging(root, root / "content", root / "output") as opened:
        yield opened


def wait_for_a_tick(root: Path) -> None:
    begun = read_clock(root)
    while begun == read_clock(root):
        pass


def work_folder(root: Path) -> Path:
    return collection_folder(root, root / "content", root / "output")


def manifest_of(root: Path) -> Manifest:
    (stored,) = (work_folder(root) / "stored-manifests").iterdir()
    manifest = read_manifest(stored)
    assert manifest is not None
    return manifest


def holds(root: Path) -> bool:
    with staged(root) as build:
        return build.holds(manifest_of(root).key)


def holds_by_content(root: Path, manifest: Manifest) -> bool:
    """Return the same by reading every file."""
    output = root / "output"
    foreign = find_untracked(output, manifest.names)
    if foreign or not all(agrees(output / name, record) for name, record in manifest.files.items()):
        return False
    return (output / MANIFEST_NAME).is_file() and (output / MANIFEST_NAME).read_text() == manifest.written


def rewrite(path: Path, text: str) -> None:
    """Write a file in place, and give it back its modification time."""
    before = path.stat()
    path.write_text(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path, text: str) -> None:
    """Put another file in the place of one, with its times."""
    other = path.with_name("other")
    shutil.copy2(path, other)
    rewrite(other, text)
    other.replace(path)


def exchange_folders(output: Path) -> None:
    """Give two folders with a file of the same name each other's."""
    (output / "leaflets" / "always").rename(output / "leaflets" / "aside")
    (output / "leaflets" / "only-1").rename(output / "leaflets" / "always")
    (output / "leaflets" / "aside").rename(output / "leaflets" / "only-1")


# ---- nothing has changed


def test_an_output_as_it_was_recorded_is_not_read(root: Path, files_read: list[str]) -> None:
    assert holds(root)
    assert files_read == []


def test_another_tree_is_not_held(root: Path) -> None:
    with staged(root) as build:
        assert not build.holds("0" * 64)


def test_the_manifest_of_an_output_as_it_was_recorded_is_not_parsed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = manifest_of(root).key
    monkeypatch.setattr(staging, "find_manifest", lambda *_: pytest.fail("the manifest was parsed"))
    with staged(root) as build:
        assert build.holds(key)
        assert set(build.hashes) == set(NAMES)
        assert build.names == {*NAMES, MANIFEST_NAME}


CHANGES: dict[str, tuple[bool, Callable[[Path], object]]] = {
    "same-length": (False, lambda output: rewrite(output / PAGE, "LEAFLET 1")),
    "same-content": (True, lambda output: rewrite(output / PAGE, "leaflet 1")),
    "longer": (False, lambda output: rewrite(output / PAGE, "leaflet 1 and more")),
    "replaced": (False, lambda output: replace(output / PAGE, "LEAFLET 1")),
    "replaced-by-the-same": (True, lambda output: replace(output / PAGE, "leaflet 1")),
    "times": (True, lambda output: os.utime(output / PAGE, (0, 0))),
    "mode": (True, lambda output: (output / PAGE).chmod(0o600)),
    "mode-of-a-folder": (True, lambda output: (output / "leaflets").chmod(0o700)),
    "linked": (True, lambda output: os.link(output / PAGE, output.parent / "link.html")),
    "deleted": (False, lambda output: (output / PAGE).unlink()),
    "folders-exchanged": (False, exchange_folders),
    "manifest": (False, lambda output: (output / MANIFEST_NAME).write_text("{}")),
    "manifest-deleted": (False, lambda output: (output / MANIFEST_NAME).unlink()),
}


@pytest.mark.parametrize(("same", "change"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_found_as_by_reading_every_file(
    root: Path, files_read: list[str], same: bool, change: Callable[[Path], object]
) -> None:
    manifest = manifest_of(root)
    change(root / "output")
    assert holds(root) is same is holds_by_content(root, manifest)
    assert set(files_read) <= {PAGE, "leaflets/only-1/index.html"}


@pytest.mark.parametrize("change", [change for same, change in CHANGES.values() if same])
def test_what_was_read_and_found_right_is_recorded_anew(
    root: Path, files_read: list[str], change: Callable[[Path], object]
) -> None:
    change(root / "output")
    wait_for_a_tick(root)
    assert holds(root)
    files_read.clear()
    assert holds(root)
    assert files_read == []


FOREIGN: dict[str, Callable[[Path], object]] = {
    "file": lambda output: (output / "leaflets" / "mine.txt").write_text("mine"),
    "folder": lambda output: (output / "mine").mkdir(),
    "link-for-a-page": lambda output: ((output / PAGE).rename(output.parent / "x"), (output / PAGE).symlink_to("x")),
    "link-for-the-manifest": lambda output: (
        (output / MANIFEST_NAME).rename(output.parent / "x"),
        (output / MANIFEST_NAME).symlink_to(output.parent / "x"),
    ),
    "pipe-for-a-page": lambda output: ((output / PAGE).unlink(), os.mkfifo(output / PAGE)),
    "folder-for-a-page": lambda output: ((output / PAGE).unlink(), (output / PAGE).mkdir()),
}


@pytest.mark.parametrize("add", FOREIGN.values(), ids=FOREIGN.keys())
def test_what_no_build_wrote_is_refused_as_ever(root: Path, add: Callable[[Path], object]) -> None:
    add(root / "output")
    with pytest.raises(Refused) as refused:
        holds(root)
    assert [problem.rule for problem in refused.value.problems] in (["foreign-file"], ["manifest-damaged"])


def test_a_damaged_copy_of_the_manifest_is_found(root: Path) -> None:
    key = manifest_of(root).key
    (work_folder(root) / "stored-manifests" / f"{key}.json").write_text("{}")
    with staged(root) as build:
        assert not build.holds(key)


@pytest.mark.system
def test_a_folder_mounted_over_one_of_output_is_refused(root: Path) -> None:
    """Mounts a file system; needs root on Linux, and is skipped elsewhere."""
    place = root / "output" / "leaflets"
    mount(["-t", "tmpfs", "-o", "size=1m", "press-test", str(place)])
    try:
        with pytest.raises(Refused) as refused:
            holds(root)
    finally:
        subprocess.run(["umount", str(place)], check=True)
    assert [problem.rule for problem in refused.value.problems] == ["foreign-file"]
    assert holds(root)


@pytest.mark.system
@pytest.mark.parametrize(("text", "same"), [("leaflet 1", True), ("LEAFLET 1", False)])
def test_a_file_bound_over_one_of_output_is_read(root: Path, files_read: list[str], text: str, same: bool) -> None:
    """Mounts a file; needs root on Linux, and is skipped elsewhere."""
    (root / "other").write_text(text)
    mount(["--bind", str(root / "other"), str(root / "output" / PAGE)])
    try:
        assert holds(root) is same
    finally:
        subprocess.run(["umount", str(root / "output" / PAGE)], check=True)
    assert files_read == [PAGE]


# ---- when states mean nothing


def test_what_is_too_fresh_is_read_once_more(
    root: Path, files_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as early:
        early.setattr(listing, "read_clock", lambda _: 2)
        publish(root, tree_of(2))
    wait_for_a_tick(root)
    files_read.clear()
    assert holds(root)
    assert sorted(files_read) == sorted(tree_of(2))
    files_read.clear()
    assert holds(root)
    assert files_read == []


def test_a_change_in_the_same_tick_as_the_record_is_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The change bears a time that the file might have had before: made up here, as no test can hit one tick."""
    tree = dict.fromkeys(NAMES, "a page")
    changed = Path(root / "output" / PAGE)
    with monkeypatch.context() as one_tick:
        states = take_state
        one_tick.setattr(listing, "read_clock", lambda _: 10**9)
        one_tick.setattr(listing, "take_state", lambda *of: at_one_time(states(*of), 10**9))
        one_tick.setattr(listing, "state_of", lambda of, device: (*state_of(of, device)[:3], 10**9))
        publish(root, tree)
    rewrite(changed, "A PAGE")
    monkeypatch.setattr(records, "take_state", lambda *of: at_one_time(states(*of), 10**9))
    assert not holds(root)


def test_two_files_of_one_length_and_one_time_are_told_apart(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A moved folder does not change its files, and one tick may have written both: only their inodes differ."""
    states = take_state
    monkeypatch.setattr(listing, "read_clock", lambda _: 10**9 + 1)
    monkeypatch.setattr(listing, "take_state", lambda *of: at_one_time(states(*of), 10**9))
    monkeypatch.setattr(listing, "state_of", lambda of, device: (*state_of(of, device)[:3], 10**9))
    monkeypatch.setattr(records, "take_state", lambda *of: at_one_time(states(*of), 10**9))
    publish(root, {name: f"page {n}" for n, name in enumerate(NAMES)})
    assert holds(root)
    exchange_folders(root / "output")
    assert not holds(root)


def at_one_time(state: file_states.TreeState, time: int) -> file_states.TreeState:
    """Return a state with the same time for every file."""
    packed = file_states.pack_states((*each[:3], time if each[1] else 0) for each in state.states)
    return file_states.TreeState(state.device, state.root, state.listed, packed)


def test_a_record_from_a_time_to_come_is_not_trusted(
    root: Path, files_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "read_clock", lambda _: 10**9)
    assert holds(root)
    assert sorted(files_read) == NAMES


def test_without_a_clock_every_file_is_read_and_nothing_recorded(
    root: Path, files_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (records, listing):
        monkeypatch.setattr(module, "read_clock", lambda _: None)
    publish(root, tree_of(2))
    files_read.clear()
    for _ in range(2):
        assert holds(root)
        assert sorted(files_read) == sorted(tree_of(2))
        files_read.clear()
    assert not (work_folder(root) / OUTPUT_STATE).exists()


def test_a_copy_of_the_project_is_read_once(root: Path, files_read: list[str]) -> None:
    shutil.copytree(root, root.with_name("backup"), symlinks=True)
    shutil.rmtree(root)
    shutil.copytree(root.with_name("backup"), root, symlinks=True)
    wait_for_a_tick(root)
    assert holds(root)
    assert sorted(files_read) == NAMES
    assert holds(root)
    assert sorted(files_read) == NAMES


def test_the_clock_never_stands_before_a_change_that_was_made(tmp_path: Path) -> None:
    file = tmp_path / "file"
    for n in range(200):
        file.write_text(str(n))
        clock = read_clock(tmp_path)
        assert clock is not None
        assert file.stat().st_ctime_ns <= clock
        file.write_text(str(-n))
        assert file.stat().st_ctime_ns >= clock
    assert list(tmp_path.iterdir()) == [file]


def test_there_is_no_clock_without_links_or_where_it_cannot_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_clock(tmp_path / "nowhere") is None

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert read_clock(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_there_is_no_clock_where_the_change_follows_the_modification(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Path.stat

    class Followed:
        def __init__(self, of: os.stat_result) -> None:
            self.st_ino, self.st_mtime_ns, self.st_ctime_ns = of.st_ino, of.st_mtime_ns, of.st_mtime_ns

    monkeypatch.setattr(Path, "stat", lambda path: Followed(found(path)))
    assert read_clock(tmp_path) is None


def test_a_file_elsewhere_or_without_an_inode_is_known_by_its_content_only(root: Path) -> None:
    found = (root / "output" / PAGE).stat()
    assert state_of(found, found.st_dev)[3] == found.st_ctime_ns
    assert state_of(found, found.st_dev + 1)[3] == BY_CONTENT
    for inode in (0, 2**64 - 1):
        assert state_of(os.stat_result((found.st_mode, inode, *found[2:])), found.st_dev)[3] == BY_CONTENT
    seen = take_state(root / "output")
    nowhere = file_states.TreeState(
        seen.device, seen.root, seen.listed, file_states.pack_states((mode, 0, 0, BY_CONTENT) for mode in seen.modes)
    )
    record = records.record_tree(manifest_of(root), 10**19, nowhere)
    assert record.state != nowhere
    assert record.unchanged(nowhere) == {}


# ---- the record


@pytest.mark.parametrize("damage", [b"", b"\0", b"\0" * 40, b"\xff" * 4000])
def test_a_damaged_record_is_none_and_is_replaced(root: Path, files_read: list[str], damage: bytes) -> None:
    path = work_folder(root) / OUTPUT_STATE
    whole = path.read_bytes()
    for spoilt in (damage, whole[: len(whole) // 2], whole[:-1], whole[:-1] + damage[:1], damage + whole):
        if spoilt == whole:
            continue
        path.write_bytes(spoilt)
        files_read.clear()
        assert holds(root)
        assert sorted(files_read) == NAMES
    files_read.clear()
    assert holds(root)
    assert files_read == []


@given(st.binary(), st.data())
def test_no_record_can_do_harm(noise: bytes, data: st.DataObject) -> None:
    head = data.draw(
        st.sampled_from([b"", b"1 little key 0 1 2 64\n", b"1 little key 0 1 2 -9\n", b"2 x 1 1 1 1 1\n"])
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record"
        path.write_bytes(records.hashlib.sha256(head + noise).digest() + head + noise)
        load_record(path, 10)
        path.write_bytes(noise)
        assert load_record(path, 10) is None


def test_a_record_is_read_as_it_was_written(root: Path) -> None:
    manifest, seen = manifest_of(root), take_state(root / "output", MANIFEST_NAME)
    record = records.record_tree(manifest, 10**19, seen)
    records.write_record(root / "record", record)
    assert load_record(root / "record", 10**19) == record
    assert load_record(root / "record", 10**19 - 1) is None
    assert record.state == seen
    assert record.list_files() == record.unchanged(seen) == {n: r.sha256 for n, r in manifest.files.items()}
    records.write_record(root / "record", None)
    assert not (root / "record").exists()


def test_the_record_is_not_published(root: Path) -> None:
    assert {path.name for path in (root / "output").rglob("*") if path.is_file()} == {"index.html", MANIFEST_NAME}
    assert "st" not in (root / "output" / MANIFEST_NAME).read_text().split('"sources"')[1].replace("version", "")


# ---- an edit


def test_after_an_edit_only_what_is_new_is_read(root: Path, files_read: list[str]) -> None:
    tree = {**tree_of(1), "more.html": "more"}
    for n in range(5):
        files_read.clear()
        tree[PAGE] = f"edit {n}"
        publish(root, tree)
        fresh = {name.partition("/")[2] for name in files_read}
        linked = {0: {*tree}, 1: {"more.html"}}  # what the previous tree does not have; a link changes the state
        assert fresh == linked.get(n, set()) | {PAGE}, n
        assert holds(root)
        assert manifest_of(root).files.keys() == tree.keys()


def test_a_page_that_stays_after_an_edit_is_linked_and_read_once(root: Path, files_read: list[str]) -> None:
    tree = dict(tree_of(1))
    publish(root, {**tree, PAGE: "edited"})
    publish(root, {**tree, PAGE: "edited", "index.html": "second"})  # PAGE is linked from output
    files_read.clear()
    publish(root, {**tree, PAGE: "edited", "index.html": "third"})
    assert {name.partition("/")[2] for name in files_read} == {"index.html"}
    assert holds(root)


@pytest.mark.parametrize("change", [lambda page: rewrite(page, "LEAFLET 1"), lambda page: replace(page, "LEAFLET 1")])
def test_a_change_of_the_previous_tree_is_found(root: Path, change: Callable[[Path], object]) -> None:
    publish(root, {**tree_of(1), "index.html": "second"})
    previous = work_folder(root) / "previous-tree"
    replace(previous / PAGE, "leaflet 1")  # no longer a link to the published one
    change(previous / PAGE)
    with pytest.raises(Altered):
        publish(root, {**tree_of(1), "index.html": "third"})


def test_a_kept_file_gets_back_its_mode(root: Path) -> None:
    publish(root, {**tree_of(1), "index.html": "second"})
    for tree in (work_folder(root) / "previous-tree", root / "output"):
        (tree / PAGE).chmod(0o600)
    assert holds(root)
    publish(root, {**tree_of(1), "index.html": "third"})
    assert (root / "output" / PAGE).stat().st_mode & 0o777 == 0o644


def test_the_record_of_another_tree_is_not_that_of_the_previous_one(root: Path) -> None:
    publish(root, {**tree_of(1), "index.html": "second"})
    folder = work_folder(root)
    shutil.copy2(folder / OUTPUT_STATE, folder / PREVIOUS_STATE)
    publish(root, {**tree_of(1), "index.html": "third"})
    assert (root / "output" / "index.html").read_text() == "third"
    assert holds(root)


# ---- whatever happens


STEPS: dict[str, Callable[[Path, str], object]] = {
    "same-length": lambda path, text: rewrite(path, text.upper()),
    "back": rewrite,
    "replaced": lambda path, text: replace(path, text.upper()),
    "replaced-by-the-same": replace,
    "touched": lambda path, _: os.utime(path, (0, 0)),
    "mode": lambda path, _: path.chmod(0o640),
    "deleted": lambda path, _: path.unlink(),
    "appended": lambda path, text: path.write_text(f"{text}."),
    "another": lambda path, text: path.with_name("another.html").write_text(text),
    "moved-there-and-back": lambda path, _: path.rename(path.with_name("x")).rename(path),
    "folder-renamed": lambda path, _: path.parent.rename(path.parent.with_name("moved")),
    "link": lambda path, _: (path.rename(path.with_name("x")), path.symlink_to("x")),
    "exchanged": lambda path, _: exchange_folders(path.parents[path.parts[::-1].index("output") - 1]),
}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(NAMES)), max_size=4), st.booleans())
def test_whatever_is_done_states_say_what_reading_says(steps: list[tuple[str, str]], ticks: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "site"
        (root / "content").mkdir(parents=True)
        publish(root, tree_of(1))
        manifest = manifest_of(root)
        for step, name in steps:
            path = root / "output" / name
            if step == "folder-renamed" and name == "index.html":
                continue  # that would move output itself
            with suppress(OSError):  # an earlier step has moved or deleted it
                STEPS[step](path, tree_of(1)[name])
            if ticks:
                wait_for_a_tick(root)
            try:
                held = holds(root)
            except Refused:
                held = False
            assert held == holds_by_content(root, manifest), step
