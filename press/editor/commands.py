"""What the commands of the desk say and how they end."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from press.build import BuildOptions, pass_the_gate, read_settings
from press.diagnostics import Diagnostic, Level, Refused, display_path, error
from press.editor.importing import ImportOptions, import_texts, keep_report
from press.editor.importing.report import FEW, ImportReport, summarise, write_report
from press.editor.lint import examine
from press.editor.lint.output_formats import FORMATS
from press.editor.new import NewLeafletOptions, begin_leaflet
from press.editor.rename import carry_out, plan_renaming
from press.publish import Stopped, stopping_signals


def run_import(order: BuildOptions, path: str, category: str, lang: str, dry: bool) -> None:
    """Import texts and say what was recognised. Raises SystemExit: 1 for problems, 130 and 143 for signals."""
    wish = ImportOptions(Path(path).absolute(), order.content, order.root, _today(), category, lang, dry)
    _run(lambda: _import(order, wish))


def run_check(order: BuildOptions, form: str) -> None:
    """Say all that can be said of a collection, advice too; publish nothing. Raises SystemExit: 1 for errors."""
    _run(lambda: _check(order, form))


def run_new(order: BuildOptions, title: str, date: str, category: str, lang: str) -> None:
    """Begin a leaflet. Raises SystemExit: 1 for a wrong value or a slug that is taken."""
    wish = NewLeafletOptions(title, date, category, lang, _today())
    _run(lambda: _say_begun(begin_leaflet(order.content, wish)))


def run_rename(order: BuildOptions, old: str, new: str) -> None:
    """Give a text another slug and say what was changed. Raises SystemExit: 1 where it cannot be done."""
    _run(lambda: _rename(order, old, new))


def _say_begun(path: Path) -> None:
    print(f"Begun: {display_path(path)}. Write the text, then delete the line “Status: draft”.")


def _rename(order: BuildOptions, old: str, new: str) -> None:
    settings = read_settings(order)
    survey = pass_the_gate(order, settings)
    changes = plan_renaming(order.content, survey.entries, old, new, settings["SITEURL"].rstrip("/"))
    problems = carry_out(changes)
    if problems:
        raise Refused(problems)
    for change in changes:
        print(change.diff, end="")
    files = "1 file" if len(changes) == 1 else f"{len(changes)} files"
    print(f"Renamed in {files}. The old address will lead to the new one.")


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _check(order: BuildOptions, form: str) -> None:
    if form not in FORMATS:
        message = f"“{form}” is no form of output. Write {', '.join(FORMATS)}."
        raise Refused([error("--format", 0, "choice", message)])
    try:
        problems = examine(order)
    except Refused as refused:
        problems = list(refused.problems)
    print(FORMATS[form](problems), end="", file=sys.stderr if form == "lines" else sys.stdout)
    if form == "lines":
        print(_count(problems))
    if any(problem.level is Level.ERROR for problem in problems):
        raise SystemExit(1)


def _count(problems: Sequence[Diagnostic]) -> str:
    words = {
        Level.ERROR: ("error", "errors"),
        Level.WARNING: ("warning", "warnings"),
        Level.ADVICE: ("hint", "hints"),
    }
    numbers = [(level, sum(problem.level is level for problem in problems)) for level in Level]
    return ", ".join(f"{count:,} {words[level][count != 1]}" for level, count in numbers) + "."


def _import(order: BuildOptions, wish: ImportOptions) -> None:
    report = ImportReport(dry=wish.dry)
    try:
        import_texts(wish, read_settings(order), report)
    finally:  # what was done before a signal stopped it must be told as well
        if report.items or report.problems:
            _tell_import(wish, report)
    if any(problem.level is Level.ERROR for problem in report.all_problems):
        raise SystemExit(1)


def _tell_import(wish: ImportOptions, report: ImportReport) -> None:
    for problem in report.all_problems:
        print(problem, file=sys.stderr)
    told = write_report(report, whole=len(report.items) <= FEW) if report.items else f"{summarise(report)}\n"
    file = keep_report(wish, report)
    print(told, end="")
    if file:
        print(f"The whole report stands in {display_path(file)}.")


def _run(work: Callable[[], None]) -> None:
    try:
        with stopping_signals():
            work()
    except Refused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        raise SystemExit(1) from None
    except Stopped as stopped:
        print("Stopped. What was written stays; a second run goes on from there.", file=sys.stderr)
        raise SystemExit(stopped.code) from None
