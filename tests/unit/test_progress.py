"""The line that shows how far a long command is: its words, its estimate, and that it is gone at the end."""

from __future__ import annotations

import io
import itertools
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from press.diagnostics import Refused
from press.runtime import progress
from press.runtime.progress import Meter, Stage, can_rewrite, compose_line, show_progress, watch
from press.runtime.signals import Stopped
from press.runtime.wording import approximate, count_off

WIDTHS = [40, 60, 80, 200]


class Terminal(io.StringIO):
    """A terminal that only knows the carriage return, as the plainest one does."""

    def isatty(self) -> bool:
        return True

    @property
    def screen(self) -> str:
        """What can be read on the line now."""
        cells: list[str] = []
        for part in self.getvalue().split("\r"):
            cells[: len(part)] = part
        return "".join(cells).rstrip()


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def stages(texts: int) -> dict[str, Stage]:
    return {
        "text": Stage("Typesetting", 6.0, texts, leads=True),
        "exports": Stage("Making downloads", 80.0, texts),
        "index": Stage("Making the search index", 4.0, texts, counted=False),
    }


def run(texts: int, speed: float = 1.0, absent: int | None = None, width: int = 80) -> Iterator[tuple[float, str]]:
    """Run a build on a machine that needs `speed` times the costs; yield the time and the screen after each item."""
    clock, terminal, made = Clock(), Terminal(), texts if absent is None else absent
    meter = Meter(stages(texts), terminal, clock, lambda: width)
    for name in ("text", "exports"):
        meter.begin(name, made, texts)
        for _ in range(made):
            clock.now += meter.stages[name].cost * speed / 1000
            meter.advance(name)
            yield clock.now - 100, terminal.screen
    meter.begin("index", 1, 1)
    yield clock.now - 100, terminal.screen
    clock.now += texts * 4.0 * speed / 1000
    meter.advance("index")
    meter.clear()
    yield clock.now - 100, terminal.screen


def seconds_shown(screen: str) -> float | None:
    """Return the time left that a line shows, in seconds."""
    if found := re.search(r"about (\d+) (s|min) left", screen):
        return float(found[1]) * (60 if found[2] == "min" else 1)
    return 5.0 if "a few seconds left" in screen else None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a few seconds left"),
        (9.9, "a few seconds left"),
        (10, "about 10 s left"),
        (54, "about 50 s left"),
        (55, "about 1 min left"),
        (89, "about 1 min left"),
        (130, "about 2 min left"),
        (3590, "about 1 h left"),
        (5400, "about 1 h 30 min left"),
        (7200, "about 2 h left"),
    ],
)
def test_time_left_is_as_exact_as_an_estimate(seconds: float, words: str) -> None:
    assert approximate(seconds) == words


def test_numbers_do_not_move_while_they_grow() -> None:
    assert count_off(1240, 5000) == "1,240 of 5,000"
    assert len({len(count_off(done, 5000)) for done in (0, 9, 999, 1000, 5000)}) == 1


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (199, "Making downloads  1,240 of 5,000  about 2 min left"),
        (79, "Making downloads  1,240 of 5,000  about 2 min left"),
        (39, "Making downloads  about 2 min left"),
        (20, "Making downloads"),
        (6, "Making"),
        (0, ""),
    ],
)
def test_the_line_has_what_there_is_room_for(width: int, line: str) -> None:
    assert compose_line(Stage("Making downloads", 1.0, 5000, done=1240), 130, width) == line


def test_a_stage_that_cannot_be_counted_has_no_number_and_never_says_that_it_is_nearly_done() -> None:
    index = Stage("Making the search index", 4.0, 5000, counted=False)
    assert compose_line(index, 22, 79) == "Making the search index  about 20 s left"
    assert compose_line(index, 3, 79) == "Making the search index"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_as_wide_as_the_terminal(width: int) -> None:
    lines = [screen for _, screen in run(1000, width=width)]
    assert max(map(len, lines)) < width
    assert any("Making downloads" in line for line in lines)


@pytest.mark.parametrize("speed", [0.4, 1.0, 3.0])
def test_the_estimate_is_near_the_truth_and_does_not_jump(speed: float) -> None:
    shown = list(run(2000, speed))
    end = shown[-1][0]
    estimates = [(now, left) for now, screen in shown if (left := seconds_shown(screen)) is not None]
    assert len(estimates) > 1000
    assert all(now >= 3 for now, _ in estimates)
    late = [(now, left) for now, left in estimates if now > end / 10]
    assert all(abs(left - (end - now)) <= max(0.3 * (end - now), 31) for now, left in late)
    assert all(after <= before + 1 for (_, before), (_, after) in itertools.pairwise(late))


def test_a_machine_whose_speed_changes_is_followed_without_a_jump() -> None:
    clock, terminal, chance = Clock(), Terminal(), random.Random(7)
    meter = Meter(stages(3000), terminal, clock, lambda: 80)
    meter.begin("text", 3000, 3000)
    before = None
    for number in range(3000):
        clock.now += chance.choice([1, 5, 40]) / 1000 * (5 if number > 1500 else 1)
        meter.advance("text")
        left = seconds_shown(terminal.screen)
        if before and left and clock.now > 115:
            assert left <= 1.5 * before + 10
        before = left


@pytest.mark.parametrize("absent", [0, 1, 15])
def test_short_work_shows_nothing(absent: int) -> None:
    """An edit of one text in a thousand too: the stages after typesetting have as little to do."""
    lines = [screen for now, screen in run(1000, absent=absent, speed=0.5) if now < 1.5]
    assert not any("Making downloads" in line for line in lines)
    assert {screen for _, screen in run(10)} == {""}


def test_the_line_is_gone_at_the_end() -> None:
    shown = list(run(1000))
    assert shown[-2][1].startswith("Making the search index")
    assert shown[-1][1] == ""


def use_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make stderr a terminal; in the test itself, because pytest replaces stderr after each fixture."""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "SHORTEST", 0.0)
    return screen


@pytest.mark.parametrize("wrong", [None, Refused([]), Stopped(130), KeyboardInterrupt(), RuntimeError()])
def test_the_line_is_gone_however_the_work_ends(wrong: BaseException | None, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = use_terminal(monkeypatch)

    def work() -> None:
        with show_progress():
            for item in watch(range(300), "Importing"):
                if wrong and item == 100:
                    raise wrong

    if wrong:
        with pytest.raises(type(wrong)):
            work()
    else:
        work()
    assert "Importing" in terminal.getvalue()
    assert terminal.screen == ""
    assert terminal.getvalue().endswith("\r")


def test_what_a_terminal_writes_for_ctrl_c_is_taken_away_too() -> None:
    terminal = Terminal()
    meter = Meter(stages(1000), terminal, Clock(), lambda: 80)
    meter.begin("text", 1000, 1000)
    terminal.write("^C")
    meter.clear()
    assert terminal.screen == ""


def test_few_items_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = use_terminal(monkeypatch)
    assert list(watch(range(5), "Importing")) == list(range(5))
    assert terminal.getvalue() == ""


def test_only_a_terminal_that_can_rewrite_a_line_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_rewrite(Terminal(), {"TERM": "xterm-256color"})
    assert not can_rewrite(Terminal(), {"TERM": "dumb"})
    assert not can_rewrite(io.StringIO(), {"TERM": "xterm"})
    plain = io.StringIO()
    monkeypatch.setattr("sys.stderr", plain)
    assert len(list(watch(range(300), "Importing"))) == 300
    assert plain.getvalue() == ""


def test_the_line_has_no_colours_and_only_plain_characters() -> None:
    """So NO_COLOR has nothing to take away, and an old Windows terminal nothing to misread."""
    terminal = Terminal()
    meter = Meter(stages(1000), terminal, Clock(), lambda: 80)
    meter.begin("text", 1000, 1000)
    assert "Typesetting" in terminal.getvalue()
    assert terminal.getvalue().isascii() and "\x1b" not in terminal.getvalue()


def test_a_terminal_that_has_gone_does_not_end_the_work() -> None:
    closed = Terminal()
    closed.close()
    meter = Meter(stages(1000), closed, Clock(), lambda: 80)
    meter.begin("text", 1000, 1000)
    meter.advance("text")
    meter.clear()
    assert meter.stages["text"].done == 1


def test_a_worker_writes_nothing() -> None:
    terminal = Terminal()
    meter = Meter(stages(1000), terminal, Clock(), lambda: 80, _owner=os.getpid() + 1)
    meter.begin("text", 1000, 1000)
    meter.advance("text")
    meter.clear()
    assert terminal.getvalue() == ""
