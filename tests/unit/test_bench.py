"""What `inv dev.bench` changes, and the tables and the picture that it makes of its figures."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tools.bench.axes import Axis, choose_ticks
from tools.bench.builders import BARE, BOTH, HUGO, PRESS, SEARCHED, STOCK
from tools.bench.chart import LETTERS, draw_chart, width_of
from tools.bench.compare import write_results
from tools.bench.edits import EDITS, change_text, edit_leaflet
from tools.bench.goals import GOALS, Results, extrapolate, write_tables
from tools.bench.measure import Run, find_memory, measure, take_medians

PELICAN = "Title: A date: kept\nDate: 1970-02-28\nCategory: War\nSlug: a\nLang: en\n\nTitle: words\n"
YAML = (
    '---\ntitle: "A date: kept"\ndate: 1970-02-28\ncategory: [War]\ncategories: [War]\nyears: ["1970"]\n'
    'months: ["1970-02"]\nslug: a\n---\n\nTitle: words\n'
)
CHANGED = {
    ("pelican", "title"): ["Title: New A date: kept"],
    ("pelican", "date"): ["Date: 1969-02-28"],
    ("pelican", "category"): ["Category: History"],
    ("pelican", "body"): ["", "An added line, number 3."],
    ("yaml", "title"): ['title: "New A date: kept"'],
    ("yaml", "date"): ["date: 1969-02-28", 'years: ["1969"]', 'months: ["1969-02"]'],
    ("yaml", "category"): ["category: [History]", "categories: [History]"],
    ("yaml", "body"): ["", "An added line, number 3."],
}
TIMES = {"cold": 12.0, "unchanged": 0.4, "body": 1.5, "title": 1.6, "date": 1.7, "category": 1.8}
SIZES = (1000, 5000, 20_000, 50_000)


def made_up(*sizes: int) -> Results:
    """Return figures of all programs: at 5,000 the press takes the TIMES, the others ten times as long."""
    ours = (PRESS, BARE, SEARCHED)

    def run(name: str, seconds: float, part: float) -> Run:
        taken, processor = seconds * part * (1 if name in ours else 10), 20 * seconds * part
        return Run(taken, processor, 200, 700 * part, 300, 9 * part, 14 * part)

    return {
        size: {
            mode: {name: run(name, seconds, size / 5000) for name in (*ours, HUGO, BOTH, STOCK)}
            for mode, seconds in TIMES.items()
        }
        for size in sizes
    }


@pytest.mark.parametrize(("kind", "edit"), CHANGED)
def test_an_edit_changes_what_it_says_and_nothing_else(kind: str, edit: str) -> None:
    text = {"pelican": PELICAN, "yaml": YAML}[kind]
    before, after = text.split("\n"), change_text(text, edit, 3).split("\n")
    if edit == "body":
        assert after[: len(before) - 1] == before[:-1]
        before += ["", ""]
    differing = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line for line in differing if line] == [line for line in CHANGED[kind, edit] if line]


@pytest.mark.parametrize("text", [PELICAN, YAML])
def test_every_edit_can_be_made_again(text: str) -> None:
    for edit in EDITS:
        once = change_text(text, edit, 1)
        assert change_text(once, edit, 2) != once


def test_a_leaflet_without_what_is_to_be_changed_is_no_edit(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Title: A\n\nWords.\n")
    with pytest.raises(ValueError, match="no date to change"):
        edit_leaflet(tmp_path, 0, "date")


def test_a_command_is_measured_with_its_children(tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.mkdir()
    (index / "a").write_bytes(b"x" * 2_000_000)
    busy = "sum(range(10 ** 7))"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    run = measure([sys.executable, "-c", nested], tmp_path, {}, index)
    assert run.processor > measure([sys.executable, "-c", ""], tmp_path, {}).processor
    assert (run.index, run.pagefind, run.indexing) == (2.0, 0, 0)
    assert run.megabytes > 0 or sys.platform != "linux"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux only")
def test_pagefind_is_counted_apart(tmp_path: Path) -> None:
    program = tmp_path / "pagefind_extended"
    program.symlink_to(sys.executable)
    words = "import sys; held = bytearray(b'x' * 20_000_000); print(); sys.stdin.read()"
    pipe = subprocess.PIPE
    with subprocess.Popen([program, "-c", words], stdin=pipe, stdout=pipe) as started:
        assert started.stdout and started.stdout.readline()
        ours, theirs = find_memory(os.getpid())
        started.communicate()
    assert theirs > 19
    assert ours > 0
    assert find_memory(os.getpid())[1] == 0


def test_a_command_that_fails_ends_the_comparison_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="not today"):
        measure([sys.executable, "-c", "raise SystemExit('not today')"], tmp_path, {})


def test_the_median_of_each_figure_counts() -> None:
    runs = [Run(*(float(figure) for figure in range(n, n + 7))) for n in (1, 9, 3)]
    assert take_medians(runs) == runs[2]


def test_the_goals_are_judged() -> None:
    rows = [line.split(" | ") for line in write_tables(made_up(*SIZES)).splitlines()[2 : 2 + len(GOALS)]]
    met = {cells[0].removeprefix("| "): (cells[1], cells[-1].removesuffix(" |")) for cells in rows}
    assert met["one body changed"] == ("0.10 × Hugo and Pagefind (1.50 s)", "yes")
    assert met["cold, processor time a leaflet"] == ("48 ms", "yes")
    assert met["memory of all processes, beside Pagefind’s own"] == ("200 MB, Pagefind 700 MB", "yes")
    assert met["50,000 in 5,000, copies and search off: cold"] == ("10.00 × (120.0 s)", "yes")
    assert met["the same: one body changed"] == ("10.00 × (15.0 s)", "**no**")
    assert met["preview: from saving to the new page"] == ("not measured", "–")
    assert len(rows) == len(GOALS)


def test_what_was_not_measured_is_not_judged() -> None:
    alone = {1000: {mode: {BARE: found[BARE]} for mode, found in made_up(1000)[1000].items()}}
    rows = write_tables(alone).splitlines()[2 : 2 + len(GOALS)]
    assert all("| not measured |" in row and row.endswith("| – |") for row in rows)


def test_the_tables_are_whole_and_have_ratios() -> None:
    tables = [table.splitlines() for table in write_tables(made_up(1000, 5000)).strip().split("\n\n")]
    assert len(tables) == 1 + 2 * 3
    for table in tables:
        assert len({line.count("|") for line in table}) == 1
    assert "| one title changed | 0.32 s | 3.20 s (0.10 ×) | 3.20 s (0.10 ×) |" in tables[1]


def test_a_million_leaflets_are_computed_from_the_slope() -> None:
    said = extrapolate(made_up(1000, 5000))
    assert "cold build 13.3 h (48.00 ms a leaflet), one body changed 1.7 h (6.00 ms a leaflet)" in said


def test_a_single_size_has_a_slope_from_nothing() -> None:
    assert "cold build 13.3 h" in extrapolate(made_up(5000))


@given(st.lists(st.floats(0.001, 1e6), min_size=1, max_size=6))
def test_an_axis_holds_every_value(values: list[float]) -> None:
    ticks = choose_ticks(values)
    axis = Axis(ticks[0], ticks[-1], 100, 0)
    assert len(ticks) >= 2
    assert all(-0.01 <= axis.place(value) <= 100.01 for value in values)


def boxes_of(drawing: etree._Element) -> list[tuple[str, float, float, float, float]]:
    """Return the words of each text of a picture, and where they are: left, top, right, bottom."""
    found = []
    for text in drawing.iterfind(".//{*}text"):
        words, x, y = text.text or "", float(text.get("x")), float(text.get("y"))
        wide = width_of(words)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.get("text-anchor")]
        found.append((words, left, y - 0.8 * LETTERS, left + wide, y + 0.2 * LETTERS))
    return found


@pytest.mark.parametrize("sizes", [SIZES, (3,), (1000, 1001, 1002), (10, 1_000_000)])
def test_the_picture_has_room_for_everything(sizes: tuple[int, ...]) -> None:
    drawing = etree.fromstring(draw_chart(made_up(*sizes)).encode())
    width, height = float(drawing.get("width")), float(drawing.get("height"))
    assert drawing.get("viewBox") == f"0 0 {width:g} {height:g}"
    boxes = boxes_of(drawing)
    for _, left, top, right, bottom in boxes:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
    for (_, *one), (_, *other) in itertools.combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for line in drawing.iterfind(".//{*}polyline"):
        points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
        assert len(points) == len(sizes)
        assert all(0 <= x <= width and 0 <= y <= height for x, y in points)


def test_the_picture_names_its_lines_its_sizes_and_its_units() -> None:
    drawing = etree.fromstring(draw_chart(made_up(*SIZES)).encode())
    words = [words for words, *_ in boxes_of(drawing)]
    assert {"1,000", "5,000", "20,000", "50,000", "cold build: 120 s at 50,000"} <= set(words)
    assert {"making the search index: 90 s at 50,000", "the finished search index: 140 MB at 50,000"} <= set(words)
    assert len(list(drawing.iterfind(".//{*}polyline"))) == 7
    marks = [mark for mark in drawing.iter() if mark.get("class", "").startswith("mark")]
    assert len(marks) == 7 * (len(SIZES) + 1)


def test_colours_differ_in_the_dark() -> None:
    style = draw_chart(made_up(*SIZES)).partition("<style>")[2].partition("</style>")[0]
    light, _, dark = style.partition("@media (prefers-color-scheme: dark)")
    found = [re.findall(r"#[0-9a-f]{6}", each) for each in (light, dark)]
    assert len(found[0]) == len(found[1]) == 7
    assert not set(found[0]) & set(found[1])


def test_three_files_are_written(tmp_path: Path) -> None:
    write_results(made_up(5000), {"cores": 2}, tmp_path)
    written = json.loads((tmp_path / "results.json").read_text())
    assert written["machine"] == {"cores": 2}
    assert written["results"]["5000"]["cold"][PRESS]["seconds"] == 12
    assert (tmp_path / "results.md").read_text(encoding="utf-8").startswith("| at 5,000 leaflets |")
    etree.parse(tmp_path / "performance.svg")
