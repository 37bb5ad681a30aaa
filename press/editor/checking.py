"""`inv check`: find everything, choose what was asked for, show it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from press.context import BuildContext
from press.diagnostics import Diagnostic, Level, Refused, display_path, error, refuse_if_any_error
from press.dry_run import CheckReport, recall_or_check
from press.editor.findings.advice_table import FEW_PIECES, as_table
from press.editor.findings.choice import (
    FindingChoice,
    Unchanged,
    choose_findings,
    compare_with_output,
    find_wrong_choice_of_findings,
)
from press.editor.findings.output_formats import OUTPUT_FORMATS, as_lines
from press.options import BuildOptions
from press.runtime.wording import count

CHECK_FORMS = ("lines", "html", *OUTPUT_FORMATS)
"""What --format may be."""


def check_collection(options: BuildOptions, form: str, choice: FindingChoice) -> bool:
    """Check a collection and print what was asked for; return whether there is an error among it.

    Raises Refused for wrong options. Downloads are made only if `options.formats` names some; otherwise those that
    builds have kept are reported on, and the closing lines count the texts without any.
    """
    refuse_if_any_error([*_find_wrong_form(form), *find_wrong_choice_of_findings(choice)])
    try:
        report = recall_or_check(options, _examine, make_exports=bool(options.formats))
    except Refused as refused:
        report = CheckReport(tuple(refused.problems))
    compared = compare_with_output(options, report.hashes) if choice.changed else Unchanged()
    shown = choose_findings(report.problems, choice, compared.paths)
    notes = list(_list_notes(report, shown, choice, compared, display_path(options.output)))
    if form == "lines":
        _print_lines(shown, choice, notes)
    elif form == "html":
        _print_page(options, shown, notes)
    else:
        print(OUTPUT_FORMATS[form](shown), end="")
        print(*notes, sep="\n", end="\n" if notes else "", file=sys.stderr)
    return any(problem.level is Level.ERROR for problem in shown)


def _examine(context: BuildContext) -> list[Diagnostic]:
    from press.editor.lint import examine_texts  # imports the rules, which an unchanged archive does not need

    return examine_texts(context)


def _find_wrong_form(form: str) -> list[Diagnostic]:
    message = f"“{form}” is not a choice. Write {', '.join(CHECK_FORMS)}."
    return [] if form in CHECK_FORMS else [error("--format", 0, "choice", message)]


def _print_lines(shown: Sequence[Diagnostic], choice: FindingChoice, notes: Sequence[str]) -> None:
    """Print a table of advice, if there is much of it, then the lines, and last what helps and the counts.

    What stops a build is so at the end, where a terminal is.
    """
    advice = [problem for problem in shown if problem.level is Level.ADVICE]
    if len(advice) > FEW_PIECES and not choice.wants_advice:
        print(as_table(advice), end="", flush=True)
        shown = [problem for problem in shown if problem.level is not Level.ADVICE]
        notes = ["inv check --rule NAME lists the places; inv check --format html is a page to work through.", *notes]
        print(as_lines(shown), end="", file=sys.stderr, flush=True)
        shown = [*shown, *advice]
    else:
        print(as_lines(shown), end="", file=sys.stderr, flush=True)
    print(*notes, count_by_level(shown), sep="\n")


def _print_page(options: BuildOptions, shown: Sequence[Diagnostic], notes: Sequence[str]) -> None:
    from press.editor.findings.work_page import write_page

    file = write_page(options, shown, [*notes, count_by_level(shown)])
    print(*notes, count_by_level(shown), sep="\n")
    print(f"The page is {display_path(file)}: open it in a browser.")


def _list_notes(
    report: CheckReport, shown: Sequence[Diagnostic], choice: FindingChoice, compared: Unchanged, output: str
) -> Iterator[str]:
    """Yield what was compared, what is not shown, and what was not checked, each as a sentence."""
    if choice.changed and not compared.published:
        yield f"There is nothing in {output} to compare with, so every file counts as changed."
    elif choice.changed:
        different = count(compared.different, "file differs", "files differ")
        yield f"{different} from what is published in {output}, or new there; {len(compared.paths):,} as published."
    chosen = set(shown)
    left_out = [problem for problem in report.problems if problem not in chosen]
    if left_out:
        yield f"Not shown: {count_by_level(left_out)}"
    if report.unmade:
        texts = count(len(report.unmade), "text", "texts")
        yield f"Downloads of {texts} not checked: inv build makes them, or inv check --formats all."


def count_by_level(problems: Sequence[Diagnostic]) -> str:
    """Return `1 error, 2 warnings, 0 pieces of advice.`."""
    words = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "piece"}
    numbers = [count(sum(p.level is level for p in problems), word, f"{word}s") for level, word in words.items()]
    return f"{', '.join(numbers)} of advice."
