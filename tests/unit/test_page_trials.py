"""The trials of layouts of the reading PDF, with a printer that only counts."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.exports import page_trials, pdf
from press.exports.export_input import Toolchain
from press.exports.page_trials import PageLayout, PageTrials

SIZES = (9.9, 10.05, 10.2, 10.35, 10.5, 10.65, 10.8, 10.95, 11.1)
TOOLS = Toolchain("")


class Printer:
    """Prints the name of a layout; a text takes more pages in larger type, and its record up to one."""

    def __init__(self, patched: pytest.MonkeyPatch, text: float, record: float, step: float) -> None:
        self.text, self.record, self.step = text, record, step
        self.printed: list[str] = []
        patched.setattr(page_trials, "run_typst", self.run)
        patched.setattr(page_trials, "count_pages", lambda made: int(made.split()[-1]))

    def run(
        self, toolchain: Toolchain, layout: str, data: dict[str, float | bool], *, for_archives: bool = False
    ) -> bytes:
        wanted = PageLayout(data["size"], bool(data["cover"]), bool(data["apart"]))
        self.printed.append(f"{wanted}")
        return f"{wanted} {data['notes-at-end']} {self.count(wanted)}".encode()

    def count(self, layout: PageLayout) -> int:
        room = self.text + self.step * SIZES.index(layout.size)
        return layout.cover + (int(room) + 2 if layout.apart else int(room + self.record) + 1)


def described(*, notes: bool = False) -> dict[str, object]:
    return {"paper": "a4", "length": 5000, "headings": 0, "long-record": False, "notes": notes, "links": []}


texts = st.tuples(st.floats(0, 30), st.floats(0.01, 0.9), st.floats(0, 0.2))


@given(texts, st.permutations([PageLayout(*each) for each in product(SIZES, (False, True), (False, True))]))
def test_what_is_known_without_a_trial_is_so(text: tuple[float, float, float], layouts: list[PageLayout]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        printer = Printer(patched, *text)
        trials = PageTrials(TOOLS, described())
        assert [trials.count(layout) for layout in layouts] == [printer.count(layout) for layout in layouts]
        assert len(printer.printed) <= len(layouts)


@given(texts)
def test_no_layout_is_set_twice_and_the_last_set_or_known_is_taken(text: tuple[float, float, float]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        printer = Printer(patched, *text)
        made = pdf.set_pages(described(), TOOLS)
        assert len(printer.printed) == len(set(printer.printed))
        assert made.decode().split(" False ")[0] in printer.printed


def test_of_many_sizes_only_those_are_tried_that_nothing_is_known_of() -> None:
    with pytest.MonkeyPatch.context() as patched:
        printer = Printer(patched, 0.99, 0.5, 0.0)
        trials = PageTrials(TOOLS, described())
        assert {trials.count(PageLayout(size, cover=False, apart=True)) for size in (9.9, 11.1, *SIZES)} == {2}
        assert len(printer.printed) == 2


@pytest.mark.parametrize("notes", [False, True])
def test_what_is_one_page_is_set_once(notes: bool) -> None:
    with pytest.MonkeyPatch.context() as patched:
        printer = Printer(patched, 0.1, 0.2, 0.0)
        made = pdf.set_pages(described(notes=notes) | {"length": 10}, TOOLS)
        assert made.endswith(f" {notes} 1".encode())
        assert len(printer.printed) == 1
