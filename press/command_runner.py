"""How every command ends, whatever the disk, a library or a plugin raises.

One line for each problem on stderr, and an exit code. 0 is success, 1 an error, 130 and 143 are SIGINT and SIGTERM,
and 141 is a reader that has gone (`inv check | head`). There is never a traceback.
"""

from __future__ import annotations

import gc
import os
import select
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TypeVar

from press.diagnostics import Diagnostic, Refused, display_path
from press.runtime.mistakes import describe_mistake
from press.runtime.oserrors import describe_os_error
from press.runtime.signals import Stopped, stopping_signals
from press.runtime.wording import count

Result = TypeVar("Result")


def run_command(work: Callable[[], Result], root: Path, unfinished: str | None = "") -> Result:
    """Do a command's work and return its result. Raises SystemExit if anything goes wrong.

    `root` is the project's folder, named if a system error names no file. `unfinished` is printed when a command
    fails or is stopped: the state it leaves. None is for a command that only a signal ends: nothing is printed then.
    """
    gc.set_threshold(100_000, 50, 100)  # many objects, few cycles: the default collection costs a tenth of the time
    try:
        with stopping_signals():
            result = work()
            sys.stdout.flush()
            gc.freeze()  # or Python would look for cycles once more before it exits: a quarter of a second
            return result
    except (Stopped, KeyboardInterrupt) as stopped:
        code = stopped.code if isinstance(stopped, Stopped) else 130
        _end([] if unfinished is None else [f"Stopped. {unfinished}".rstrip()], code)
    except Exception as wrong:
        end_badly(wrong, root, unfinished or "")


def end_badly(wrong: Exception, root: Path = Path(), unfinished: str = "") -> NoReturn:
    """Print what an exception is, as lines, and exit. Raises SystemExit."""
    if isinstance(wrong, BrokenPipeError) and _nobody_reads():
        _end([], 141)
    problems = _problems_of(wrong, root)
    closing = [f"{count(len(problems), 'error', 'errors')}. {unfinished}"] if unfinished else []
    _end([*getattr(wrong, "__notes__", ()), *map(str, problems), *closing], 1)


def _problems_of(wrong: Exception, root: Path) -> Sequence[Diagnostic]:
    """Return the diagnostics for the exception that ended a command."""
    if isinstance(wrong, Refused):
        return wrong.problems
    if isinstance(wrong, OSError) and wrong.errno:
        return [describe_os_error(wrong, display_path(wrong.filename or root))]
    return [describe_mistake(wrong, [root])]


def _end(lines: Iterable[str], code: int) -> NoReturn:
    """Print the last lines and exit. What can no longer be written, to a full disk or a closed pipe, is dropped."""
    for stream, last in ((sys.stdout, ()), (sys.stderr, lines)):
        try:
            for line in last:
                print(line, file=stream)
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):  # or Python would try again when it exits, and complain
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    raise SystemExit(code) from None


def _nobody_reads() -> bool:
    """Return whether stdout or stderr is a pipe whose reader has gone."""
    poller = select.poll()
    for number in (1, 2):
        poller.register(number, 0)
    return any(event & select.POLLERR for _, event in poller.poll(0))


def print_problems(problems: Iterable[Diagnostic]) -> None:
    """Print each problem as a line on stderr."""
    for problem in problems:
        print(problem, file=sys.stderr)
