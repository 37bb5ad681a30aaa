"""What the commands of the desk say and how they end."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from press.build import Order, pass_the_gate, read_settings
from press.desk.importing import ImportOrder, import_texts, keep_report
from press.desk.importing.report import FEW, ImportReport, summarise, write_report
from press.desk.lint import examine
from press.desk.lint.formats import FORMATS
from press.desk.new import Wish, begin_leaflet
from press.desk.rename import carry_out, plan_renaming
from press.faults import Fault, Level, Refused, error
from press.naming import show_path
from press.stage import Stopped, stopping_signals


def run_import(order: Order, path: str, category: str, lang: str, dry: bool) -> None:
    """Import texts and say what was recognised. Raises SystemExit: 1 for faults, 130 and 143 for signals."""
    wish = ImportOrder(Path(path).absolute(), order.content, order.root, _today(), category, lang, dry)
    _run(lambda: _import(order, wish))


def run_check(order: Order, form: str) -> None:
    """Say all that can be said of a collection, advice too; publish nothing. Raises SystemExit: 1 for errors."""
    _run(lambda: _check(order, form))


def run_new(order: Order, title: str, date: str, category: str, lang: str) -> None:
    """Begin a leaflet. Raises SystemExit: 1 for a wrong value or a slug that is taken."""
    wish = Wish(title, date, category, lang, _today())
    _run(lambda: _say_begun(begin_leaflet(order.content, wish)))


def run_rename(order: Order, old: str, new: str) -> None:
    """Give a text another slug and say what was changed. Raises SystemExit: 1 where it cannot be done."""
    _run(lambda: _rename(order, old, new))


def _say_begun(path: Path) -> None:
    print(f"Begun: {show_path(path)}. Write the text, then delete the line “Status: draft”.")


def _rename(order: Order, old: str, new: str) -> None:
    settings = read_settings(order)
    survey = pass_the_gate(order, settings)
    changes = plan_renaming(order.content, survey.entries, old, new, settings["SITEURL"].rstrip("/"))
    faults = carry_out(changes)
    if faults:
        raise Refused(faults)
    for change in changes:
        print(change.diff, end="")
    files = "1 file" if len(changes) == 1 else f"{len(changes)} files"
    print(f"Renamed in {files}. The old address will lead to the new one.")


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _check(order: Order, form: str) -> None:
    if form not in FORMATS:
        message = f"“{form}” is no form of output. Write {', '.join(FORMATS)}."
        raise Refused([error("--format", 0, "choice", message)])
    try:
        faults = examine(order)
    except Refused as refused:
        faults = list(refused.faults)
    print(FORMATS[form](faults), end="", file=sys.stderr if form == "lines" else sys.stdout)
    if form == "lines":
        print(_count(faults))
    if any(fault.level is Level.ERROR for fault in faults):
        raise SystemExit(1)


def _count(faults: Sequence[Fault]) -> str:
    words = {
        Level.ERROR: ("error", "errors"),
        Level.WARNING: ("warning", "warnings"),
        Level.ADVICE: ("hint", "hints"),
    }
    numbers = [(level, sum(fault.level is level for fault in faults)) for level in Level]
    return ", ".join(f"{count:,} {words[level][count != 1]}" for level, count in numbers) + "."


def _import(order: Order, wish: ImportOrder) -> None:
    report = ImportReport(dry=wish.dry)
    try:
        import_texts(wish, read_settings(order), report)
    finally:  # what was done before a signal stopped it must be told as well
        if report.items or report.faults:
            _tell_import(wish, report)
    if any(fault.level is Level.ERROR for fault in report.all_faults):
        raise SystemExit(1)


def _tell_import(wish: ImportOrder, report: ImportReport) -> None:
    for fault in report.all_faults:
        print(fault, file=sys.stderr)
    told = write_report(report, whole=len(report.items) <= FEW) if report.items else f"{summarise(report)}\n"
    file = keep_report(wish, report)
    print(told, end="")
    if file:
        print(f"The whole report stands in {show_path(file)}.")


def _run(work: Callable[[], None]) -> None:
    try:
        with stopping_signals():
            work()
    except Refused as refused:
        for fault in refused.faults:
            print(fault, file=sys.stderr)
        raise SystemExit(1) from None
    except Stopped as stopped:
        print("Stopped. What was written stays; a second run goes on from there.", file=sys.stderr)
        raise SystemExit(stopped.code) from None
