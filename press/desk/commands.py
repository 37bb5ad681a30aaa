"""What the commands of the desk say and how they end."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from pathlib import Path

from press.build import Order, read_settings
from press.desk.importing import ImportOrder, import_texts, keep_report
from press.desk.importing.report import FEW, summarise, write_report
from press.faults import Level, Refused
from press.naming import show_path
from press.stage import Stopped, stopping_signals


def run_import(order: Order, path: str, category: str, lang: str, dry: bool) -> None:
    """Import texts and say what was recognised. Raises SystemExit: 1 for faults, 130 and 143 for signals."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    wish = ImportOrder(Path(path).absolute(), order.content, order.root, today, category, lang, dry)
    _run(lambda: _import(order, wish))


def _import(order: Order, wish: ImportOrder) -> None:
    report = import_texts(wish, read_settings(order))
    for fault in report.all_faults:
        print(fault, file=sys.stderr)
    told = write_report(report, whole=len(report.items) <= FEW) if report.items else f"{summarise(report)}\n"
    file = keep_report(wish, report)
    print(told, end="")
    if file:
        print(f"The whole report stands in {show_path(file)}.")
    if any(fault.level is Level.ERROR for fault in report.all_faults):
        raise SystemExit(1)


def _run(work: Callable[[], None]) -> None:
    try:
        with stopping_signals():
            work()
    except Refused as refused:
        for fault in refused.faults:
            print(fault, file=sys.stderr)
        raise SystemExit(1) from None
    except Stopped as stopped:
        print("Stopped. What was written so far stays, and a second run goes on.", file=sys.stderr)
        raise SystemExit(stopped.code) from None
