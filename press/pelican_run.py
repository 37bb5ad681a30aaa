"""Run Pelican in this process, and turn whatever it says or raises into problems."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from blinker import ANY, Signal
from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from pelican import Pelican
from pelican.generators import PelicanTemplateNotFound
from pelican.log import LimitFilter, console
from pelican.plugins import signals
from pelican.settings import DEFAULT_CONFIG, read_settings

from press.diagnostics import Diagnostic, Level, Refused, display_path, error
from press.model.languages import canonical_tag
from press.settings import find_wrong_settings
from press.validate.locate import find_line

KNOWN_RECORDS: Mapping[str, tuple[str, Level] | None] = {
    "Unable to find '%s', skipping url replacement.": None,  # the check of the finished tree names the source
}
"""What Pelican says that this house expects: None where a later stage says it better, else a rule and its level."""


def load_settings(file: Path, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Read a Pelican settings file. Raises Refused where it cannot be read or Pelican finds problem with it."""
    problems: list[Diagnostic] = []
    for name in (file.stem, "pelicanconf"):  # Python would give one that was read before, from wherever it was
        sys.modules.pop(name, None)
    try:
        with _records_as_problems(problems):
            settings: dict[str, Any] = read_settings(str(file), override=dict(overrides))
    except (Exception, SystemExit) as wrong:  # the file is a program: anything may go wrong in it
        raise Refused([*problems, _problem_in_file(file, wrong)]) from wrong
    settings["DEFAULT_LANG"] = _restore_case(settings["DEFAULT_LANG"])
    problems += find_wrong_settings(settings, DEFAULT_CONFIG, file)
    if problems:
        raise Refused(problems)
    return settings


def _restore_case(lang: Any) -> Any:
    """Write a language tag as it is written: Pelican makes `fr-ca` of `fr-CA`. Anything else stays as it is."""
    tag = canonical_tag(lang) if isinstance(lang, str) else ""
    return tag if tag and tag.lower() == lang.lower() else lang


def run_pelican(settings: dict[str, Any]) -> list[Diagnostic]:
    """Write the site into settings["OUTPUT_PATH"]; give the warnings and advice. Raises Refused on any error."""
    problems: list[Diagnostic] = []
    try:
        with _records_as_problems(problems), _own_connections():
            Pelican(settings).run()
    except Refused:
        raise
    except (
        Exception,
        SystemExit,
    ) as wrong:  # Pelican, plugins and theme are programs of others: no traceback gets out
        if isinstance(wrong, OSError) and wrong.errno:
            raise  # the disk, not a program: the staging area says it better
        problems.append(_problem_in_theme(wrong, settings) or problem_in_code(wrong))
    if any(problem.level is Level.ERROR for problem in problems):
        raise Refused(problem for problem in problems if problem.level is Level.ERROR)
    return problems


@contextmanager
def _records_as_problems(problems: list[Diagnostic]) -> Iterator[None]:
    """Collect Pelican's log, each message as often as it is said, and keep Pelican from printing."""
    root, handler = logging.getLogger(), _DiagnosticHandler(problems)
    kept = root.handlers[:], root.level, LimitFilter.LOGS_DEDUP_MIN_LEVEL, console.quiet
    root.handlers[:], LimitFilter.LOGS_DEDUP_MIN_LEVEL, console.quiet = [handler], logging.NOTSET, True
    root.setLevel(logging.WARNING)
    try:
        yield
    finally:
        root.handlers[:], level, LimitFilter.LOGS_DEDUP_MIN_LEVEL, console.quiet = kept
        root.setLevel(level)


@contextmanager
def _own_connections() -> Iterator[None]:
    """Let the plugins of one run connect to Pelican's signals for that run only."""
    every = [signal for signal in vars(signals).values() if isinstance(signal, Signal)]
    before = {signal: list(signal.receivers_for(ANY)) for signal in every}
    try:
        yield
    finally:
        for signal, known in before.items():
            for receiver in list(signal.receivers_for(ANY)):
                if receiver not in known:
                    signal.disconnect(receiver)


class _DiagnosticHandler(logging.Handler):
    """Make each record a problem: by the rule it carries, else by the table of known ones, else an error."""

    def __init__(self, problems: list[Diagnostic]) -> None:
        super().__init__(logging.WARNING)
        self.problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        if hasattr(record, "press_rule"):
            self.problems.append(_problem_of_plugin(record))
            return
        for told in record.args if isinstance(record.args, tuple) else ():
            if isinstance(told, OSError) and told.errno:
                raise told  # the disk, not a program: the staging area says it better
        known = KNOWN_RECORDS.get(str(record.msg), ("pelican", Level.ERROR))
        if known is not None:
            rule, level = known
            cause = f" ({record.exc_info[1]})" if record.exc_info and record.exc_info[1] else ""
            self.problems.append(Diagnostic("pelican", 0, level, rule, f"{record.getMessage()}{cause}"))


def _problem_of_plugin(record: logging.LogRecord) -> Diagnostic:
    """Lead what a plugin said of a rendered text back to the line of its source."""
    said = record.__dict__
    path = said.get("press_path", "")
    level = Level[said.get("press_level", record.levelname).upper()]
    line = find_line(Path(path), said.get("press_words", ""), said.get("press_line", 1)) if path else 0
    message = record.getMessage().removeprefix(f"{path}: ")
    return Diagnostic(display_path(path), line, level, said["press_rule"], message)


def _problem_in_theme(wrong: BaseException, settings: Mapping[str, Any]) -> Diagnostic | None:
    """Name the template and the line, where a template is what went wrong."""
    theme = str(settings["THEME"])
    if isinstance(wrong, UnicodeDecodeError):
        files = (file for file in sorted(Path(theme).rglob("*")) if file.is_file())
        damaged = next((file for file in files if file.read_bytes() == wrong.object), Path(theme))
        return error(display_path(damaged), 0, "template", "the file is not UTF-8. Save it as UTF-8.")
    if isinstance(wrong, TemplateSyntaxError):
        return error(
            display_path(wrong.filename or theme), wrong.lineno, "template", f"{wrong.message}. Mend the template."
        )
    if isinstance(wrong, TemplateNotFound | PelicanTemplateNotFound):
        return error(display_path(theme), 0, "template", f"{wrong}. Add the template, or mend the name.")
    frames = [f for f in traceback.extract_tb(wrong.__traceback__) if f.filename.startswith(theme)]
    if frames:
        line = frames[-1].lineno or 0
        return error(
            display_path(frames[-1].filename), line, "template", f"{wrong}. Mend the name, or what it is given."
        )
    if isinstance(wrong, TemplateError):
        return error(display_path(theme), 0, "template", f"{wrong}. Mend the template.")
    return None


def problem_in_code(wrong: BaseException) -> Diagnostic:
    """Name the line of the program that went wrong."""
    frame = traceback.extract_tb(wrong.__traceback__)[-1]
    return error(
        display_path(frame.filename),
        frame.lineno or 0,
        "program",
        f"{type(wrong).__name__}: {wrong}. This is a mistake in the program or a plugin: report it with this line.",
    )


def _problem_in_file(file: Path, wrong: BaseException) -> Diagnostic:
    """Name the line of a settings file that went wrong."""
    lines = [f.lineno for f in traceback.extract_tb(wrong.__traceback__) if f.filename == str(file)]
    line = wrong.lineno if isinstance(wrong, SyntaxError) else lines[-1] if lines else 0
    return error(
        display_path(str(file)), line or 0, "settings", f"{type(wrong).__name__}: {wrong}. Mend the settings."
    )
