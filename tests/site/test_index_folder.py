"""The folder of an index: what it holds is used again, and whatever is wrong with it is made again."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from press.search.index_folder import IndexFolder, IndexNote, list_index, load_index_note
from press.search.pagefind import IndexFailed, run_pagefind

PAGE = '<!doctype html><html lang="en"><body data-pagefind-body><h1>{0}</h1><p>{1}</p></body></html>'
TEXTS = {f"leaflets/{name}/index.html": PAGE.format(name, f"Words of {name}.") for name in ("a", "b", "c")}
Told = dict[str, tuple[str, str]]
"""What an index says: the number and the words of each text by its address."""


def make(
    place: Path,
    texts: Mapping[str, str],
    note: IndexNote | None = None,
    first: int = 0,
) -> tuple[IndexNote, dict[str, bytes]]:
    """Make the index of these texts as a build does; return the note, and the files."""
    folder = IndexFolder(place, "en", note)
    for path, html in texts.items():
        if folder.lacks(path, html):
            folder.write(path, html, html)
    places = {path: number for number, path in enumerate(texts, first)}
    made = folder.make(places, texts.__getitem__)
    return load_index_note(json.loads(json.dumps(made.dump()))), {
        name: blob.read() for name, blob in list_index(place, made, places).items()
    }


def tell(files: Mapping[str, bytes]) -> Told:
    """Return what an index says; its table must name every fragment, and no other."""
    told, names = Told(), set()
    for path, data in files.items():
        if path.endswith(".pf_fragment"):
            names.add(Path(path).stem)
            fragment = json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
            told[fragment["url"]] = Path(path).stem, fragment["content"]
    head, _, parts = files["en.pack"].partition(b"\n")
    listed = dict(json.loads(head)["files"])
    table = gzip.decompress(parts[listed["pagefind-entry.json"] :][: list(listed.values())[1]])
    assert all(name.encode() in table for name in names)
    assert json.loads(parts[: listed["pagefind-entry.json"]])["languages"]["en"]["page_count"] == len(names)
    return told


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The fragments that were there when Pagefind ran, for each run."""
    found: list[set[str]] = []

    def run(source: Path, target: Path, scratch: Path) -> None:
        found.append({file.name for file in (target / "fragment").glob("*")})
        run_pagefind(source, target, scratch)

    monkeypatch.setattr("press.search.index_folder.run_pagefind", run)
    return found


def test_after_an_edit_the_records_of_other_texts_are_kept(tmp_path: Path, runs: list[set[str]]) -> None:
    note, _ = make(tmp_path / "one", TEXTS)
    edited = {**TEXTS, "leaflets/b/index.html": PAGE.format("b", "Other words.")}
    _, files = make(tmp_path / "one", edited, note)
    assert tell(files) == tell(make(tmp_path / "other", edited)[1])
    assert [len(kept) for kept in runs] == [0, 2, 0]


def test_a_folder_that_stays_open_knows_what_it_has_made(tmp_path: Path, runs: list[set[str]]) -> None:
    """As in a preview, which keeps no note."""
    folder = IndexFolder(tmp_path, "en")
    places = {path: number for number, path in enumerate(TEXTS)}
    for key in ("first", "second"):
        for path, html in TEXTS.items():
            if "/b/" in path or folder.lacks(path, "any"):
                folder.write(path, "any", html.replace("Words", key))
        folder.make(places, TEXTS.__getitem__)
    assert [len(kept) for kept in runs] == [0, 2]


def test_a_text_that_goes_or_comes_changes_the_numbers_of_those_after_it(
    tmp_path: Path, runs: list[set[str]]
) -> None:
    note, before = make(tmp_path, TEXTS)
    fewer = {path: html for path, html in TEXTS.items() if "/a/" not in path}
    note, files = make(tmp_path, fewer, note)
    assert tell(files) == {
        "/leaflets/b/": ("en_0000000", "b. Words of b."),
        "/leaflets/c/": ("en_0000001", "c. Words of c."),
    }
    _, files = make(tmp_path, TEXTS, note)
    assert tell(files) == tell(before)
    assert [len(kept) for kept in runs] == [0, 2, 2]


def test_numbers_alone_change_without_pagefind_and_the_folder_has_another_name(
    tmp_path: Path, runs: list[set[str]]
) -> None:
    note, before = make(tmp_path, TEXTS)
    again, same = make(tmp_path, TEXTS, note)
    _, files = make(tmp_path, TEXTS, again, first=5)
    assert same == before
    assert {number for number, _ in tell(files).values()} == {"en_0000005", "en_0000006", "en_0000007"}
    assert not {path for path in before if "/fragment/" in path} & files.keys()
    assert len(runs) == 1


def make_long(place: Path, edited: str = "", note: IndexNote | None = None) -> tuple[IndexNote, dict[str, bytes]]:
    """Make the index of three long texts, one with more at its end; return where the words are, by part."""
    chosen = random.Random(0)
    words = ["".join(chosen.choices("aeioubcdlmnrst", k=6)) for _ in range(3_000)]
    bodies = [" ".join(chosen.choices(words, k=9_000)) for _ in "abc"]
    texts = {
        f"leaflets/{name}/index.html": PAGE.format(name, body)
        for name, body in zip("abc", [*bodies[:2], f"{bodies[2]} {edited}"], strict=True)
    }
    note, files = make(place, texts, note)
    return note, {Path(name).name: data for name, data in files.items() if name.endswith(".pf_index")}


def test_after_an_edit_the_parts_of_other_words_are_kept(tmp_path: Path) -> None:
    note, _ = make_long(tmp_path / "one")
    stored = tmp_path / "one" / "raw" / "index"
    before = {file.name: file.stat().st_ino for file in stored.iterdir()}
    again, parts = make_long(tmp_path / "one", "Harbour.", note)
    kept = {file.name for file in stored.iterdir() if file.stat().st_ino == before.get(file.name)}
    assert 2 <= len(kept) < len(before)
    assert parts == make_long(tmp_path / "other", "Harbour.")[1]
    assert {file.name for file in stored.iterdir()} == parts.keys()
    assert make_long(tmp_path / "one", "", again)[1] == make_long(tmp_path / "third")[1]


def test_a_part_that_is_for_other_words_than_before_is_written_anew(tmp_path: Path) -> None:
    """Pagefind does not write a part whose name is there, though that may have other content by chance."""
    note, _ = make_long(tmp_path / "one")
    path = max(path for path, (_, words) in note.raw.items() if words)
    stored = tmp_path / "one" / "raw" / path
    stored.write_bytes(b"of other words")
    changed = {**note.raw, path: (hashlib.sha256(b"of other words").hexdigest(), "00")}
    parts = make_long(tmp_path / "one", "aaaaaa", replace(note, raw=changed))[1]
    assert parts == make_long(tmp_path / "other", "aaaaaa")[1]


def remove(file: Path) -> None:
    file.unlink()


def change(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])


def add(file: Path) -> None:
    file.with_name(f"en_more{file.suffix}").write_bytes(file.read_bytes())


@pytest.mark.parametrize("damage", [remove, change, add])
@pytest.mark.parametrize("part", ["pages/leaflets/b/index.html", "raw/fragment/*", "raw/index/*", "made/en.pack"])
def test_whatever_is_damaged_is_made_again(tmp_path: Path, part: str, damage: Callable[[Path], None]) -> None:
    note, before = make(tmp_path, TEXTS)
    (file, *_) = tmp_path.glob(part)
    damage(file)
    assert tell(make(tmp_path, TEXTS, note)[1]) == tell(before)


def test_a_page_that_is_gone_with_its_record_is_made_again(tmp_path: Path) -> None:
    note, before = make(tmp_path, TEXTS)
    (tmp_path / "pages/leaflets/b/index.html").unlink()
    (tmp_path / f"raw/fragment/{note.pages['leaflets/b/index.html'].fragment}.pf_fragment").unlink()
    assert tell(make(tmp_path, TEXTS, note)[1]) == tell(before)
    edited = {**TEXTS, "leaflets/a/index.html": PAGE.format("a", "Other words.")}
    assert tell(make(tmp_path, edited, note)[1]) == tell(make(tmp_path / "other", edited)[1])


def test_a_run_that_was_killed_leaves_nothing_wrong(tmp_path: Path) -> None:
    note, _ = make(tmp_path, TEXTS)
    edited = {**TEXTS, "leaflets/b/index.html": PAGE.format("b", "Other words.")}
    make(tmp_path, edited, note)  # and its note was never kept
    assert tell(make(tmp_path, TEXTS, note)[1]) == tell(make(tmp_path / "other", TEXTS)[1])
    assert tell(make(tmp_path, edited)[1])["/leaflets/b/"] == ("en_0000001", "b. Other words.")


def test_a_name_that_two_texts_have_in_common_loses_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record of a new text is not written if that of another has its name: seven figures may be the same."""
    note, _ = make(tmp_path, TEXTS)
    runs = list[int]()

    def run(source: Path, target: Path, scratch: Path) -> None:
        kept = set((target / "fragment").glob("*"))
        run_pagefind(source, target, scratch)
        runs.append(len(kept))
        if kept:
            (new,) = {*(target / "fragment").glob("*")} - kept
            new.unlink()

    monkeypatch.setattr("press.search.index_folder.run_pagefind", run)
    edited = {**TEXTS, "leaflets/b/index.html": PAGE.format("b", "Other words.")}
    _, files = make(tmp_path, edited, note)
    assert tell(files)["/leaflets/b/"] == ("en_0000001", "b. Other words.")
    assert runs == [2, 0]


def test_a_page_that_pagefind_leaves_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexFailed, match="such as “leaflets/b/"):
        make(tmp_path, {**TEXTS, "leaflets/b/index.html": "<p>No body."})


def test_what_was_published_is_not_changed_by_the_next_run(tmp_path: Path) -> None:
    """Published files are links to those of the folder."""
    note, _ = make(tmp_path, TEXTS)
    places = {path: number for number, path in enumerate(TEXTS)}
    links = {}
    for number, (name, blob) in enumerate(list_index(tmp_path, note, places).items()):
        blob.place_at(tmp_path / f"link{number}")
        links[name] = tmp_path / f"link{number}", blob.sha256
    make(tmp_path, {**TEXTS, "leaflets/b/index.html": PAGE.format("b", "Other words.")}, note)
    assert {name: hashlib.sha256(link.read_bytes()).hexdigest() for name, (link, _) in links.items()} == {
        name: sha256 for name, (_, sha256) in links.items()
    }


def test_addresses_in_other_letters_are_found_again(tmp_path: Path) -> None:
    texts = {
        "leaflets/café-日本/index.html": PAGE.format("a", "Words."),
        "leaflets/b/index.html": PAGE.format("b", ""),
    }
    note, files = make(tmp_path, texts)
    assert {number for number, _ in tell(files).values()} == {"en_0000000", "en_0000001"}
    assert set(note.pages) == set(texts)


@pytest.mark.parametrize(
    "written",
    [
        None,
        [],
        [{}, "a"],
        [{}, "en_1", {}, {"../../secret": ["s", ""]}],
        [{"../../secret": ["k", "h", "en_1", 1, "s"]}, "en_1", {}, {}],
        [{"a/index.html": ["k", "h", "../../secret", 1, "s"]}, "en_1", {}, {}],
        [{"a/index.html": ["k", "h", "en_1", "x", "s"]}, "en_1", {}, {}],
        [{}, "../en", {}, {}],
        [{}, "en_1", {"en.pack": ["/etc/passwd", 1, "s"]}, {}],
        [{}, "en_1", {"../en.pack": ["made/en.pack", 1, "s"]}, {}],
        [{}, "en_1", {"en.pack": ["made/en.pack"]}, {}],
    ],
)
def test_a_note_that_names_another_place_is_none(written: Any) -> None:
    with pytest.raises((ValueError, TypeError, IndexError, AttributeError)):
        load_index_note(written)
