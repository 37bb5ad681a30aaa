"""What the commands say and how they end: problems on stderr, one line each, and the exit code."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from press.build import BuildOptions, BuildReport, build, list_addresses
from press.diagnostics import Diagnostic, Level, Refused, display_path
from press.publish import Stopped, clean_collection, describe_os_error, stopping_signals
from press.validate.paths import LEDGER


def run_build(order: BuildOptions) -> None:
    """Build and say what was done. Raises SystemExit: 1 for problems, 130 and 143 for signals."""
    _run(lambda: _say_built(order, build(order)), order)


def run_ledger(order: BuildOptions) -> None:
    """Write every address of the site into the ledger, say how many are new. Raises SystemExit as run_build does."""
    _run(lambda: _say_listed(order, list_addresses(order)), order)


def run_clean(order: BuildOptions) -> None:
    """Delete the output and every store of a collection. Raises SystemExit as run_build does."""
    _run(lambda: _say(clean_collection(order.root, order.content, order.output)), order)


def run_serve(order: BuildOptions, port: int, *, drafts: bool) -> None:
    """Show a collection in a browser on this machine. Raises SystemExit: 1 for problems, 130 and 143 for signals."""
    from press.preview.loop import serve  # its libraries are of no use to the other commands

    try:
        with stopping_signals():
            serve(order, port, drafts=drafts)
    except Refused as refused:
        _say(refused.problems)
        raise SystemExit(1) from None
    except Stopped as stopped:
        raise SystemExit(stopped.code) from None


def _run(work: Callable[[], None], order: BuildOptions) -> None:
    gc.set_threshold(100_000, 50, 100)  # there are few cycles and many objects: looking for some costs a tenth
    try:
        with stopping_signals():
            work()
    except Refused as refused:
        _end_refused(refused.problems, order)
    except Stopped as stopped:
        print(f"Stopped. {display_path(order.output)} is as it was.", file=sys.stderr)
        raise SystemExit(stopped.code) from None
    except OSError as failure:
        _end_refused([describe_os_error(failure, display_path(failure.filename or order.root))], order)
    except Exception as wrong:  # whatever it is, a maintainer reads one line and never a traceback
        from press.pelican_run import problem_in_code

        _end_refused([problem_in_code(wrong)], order)


def _end_refused(problems: Sequence[Diagnostic], order: BuildOptions) -> NoReturn:
    _say(problems)
    print(f"{_count(len(problems), 'error', 'errors')}. {display_path(order.output)} is as it was.", file=sys.stderr)
    raise SystemExit(1) from None


def _say_built(order: BuildOptions, report: BuildReport) -> None:
    _say(problem for problem in report.problems if problem.level is not Level.ADVICE)
    done = [
        _count(report.leaflets, "leaflet", "leaflets"),
        _count(report.pages, "page", "pages"),
        _count(report.files, "file", "files"),
        _count(report.drafts, "draft held back", "drafts held back"),
        _count(report.ignored, "file ignored", "files ignored"),
    ]
    how = "Nothing has changed" if report.unchanged else "Published"
    print(f"{how} in {display_path(order.output)}: {', '.join(done)}; {report.seconds:.1f} s.")


def _say_listed(order: BuildOptions, new: int) -> None:
    print(f"{_count(new, 'address is', 'addresses are')} new in {display_path(order.content / LEDGER)}.")


def _say(problems: Iterable[Diagnostic]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def order_for(settings: str, content: str, output: str, **wishes: Any) -> BuildOptions:
    """Make an order of what was typed: paths are relative to where the command runs, `wishes` are its fields."""
    return BuildOptions(Path(settings).resolve(), Path(content).absolute(), Path(output).absolute(), **wishes)
