"""Run Pelican in this process, and turn everything it logs or raises into diagnostics."""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from blinker import ANY, Signal
from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from pelican.generators import PelicanTemplateNotFound
from pelican.log import LimitFilter, console
from pelican.plugins import signals
from pelican.settings import DEFAULT_CONFIG, read_settings

from press.diagnostics import Diagnostic, Level, Refused, display_path, error
from press.model.languages import canonical_tag
from press.model.source_text import find_line
from press.options import Settings
from press.runtime.blob import Altered
from press.runtime.mistakes import describe_mistake, find_own_line, is_own, message_of
from press.runtime.oserrors import describe_os_error
from press.runtime.signals import Stopped
from press.setting_problems import find_wrong_interface, find_wrong_settings
from press.settings import fill_defaults
from press.theme_folders import place_overrides, theme_folders

KNOWN_RECORDS: Mapping[str, tuple[str, Level] | None] = {
    "Unable to find '%s', skipping url replacement.": None,  # the check of the finished tree names the source
}
"""Pelican's messages that the press expects: None where a later stage reports it better, else rule and level."""

DISKS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE})
"""System errors that are not a mistake in any program."""


def load_settings(file: Path, overrides: Settings) -> dict[str, Any]:
    """Read a Pelican settings file and fill in the defaults of the press.

    Raises Refused if it cannot be read, or if a setting is wrong.
    """
    problems: list[Diagnostic] = []
    for name in (file.stem, "pelicanconf"):  # or Python would return one that was read before, perhaps from elsewhere
        sys.modules.pop(name, None)
    try:
        with _records_as_problems(problems, [file.parent]):
            settings: dict[str, Any] = read_settings(str(file), override=dict(overrides))
    except (KeyboardInterrupt, Stopped):
        raise
    except BaseException as wrong:  # the file is a program: anything may go wrong in it
        raise Refused([*problems, _problem_in_settings(file, wrong)]) from wrong
    settings["DEFAULT_LANG"] = _restore_case(settings["DEFAULT_LANG"])
    fill_defaults(settings)
    problems += find_wrong_settings(settings, DEFAULT_CONFIG, file)
    place_overrides(settings, file.parent)
    problems += find_wrong_interface(settings, file)
    if problems:
        raise Refused(problems)
    return settings


def _restore_case(lang: Any) -> Any:
    """Restore the capitals of a language tag: Pelican turns `fr-CA` into `fr-ca`. Anything else is unchanged."""
    tag = canonical_tag(lang) if isinstance(lang, str) else ""
    return tag if tag and tag.lower() == lang.lower() else lang


@contextmanager
def collect_problems(problems: list[Diagnostic], settings: Settings) -> Iterator[None]:
    """Add everything that Pelican, plugins and the theme log or raise in the block to `problems`. Raises Refused.

    An exception ends the block; the Refused carries everything found until then.
    """
    own = _list_own_folders(settings)
    try:
        with _records_as_problems(problems, own), _own_connections():
            yield
    except Refused as refused:
        raise Refused({*problems, *refused.problems}) from None
    except Altered:
        raise  # the build starts again
    except (Exception, SystemExit) as wrong:  # Pelican, plugins and theme are other people's programs
        if _is_system_error(wrong, own):
            raise  # the staging area reports it better
        raise Refused({*problems, problem_in_theme(wrong, settings)}) from wrong


def problem_in_theme(wrong: BaseException, settings: Settings) -> Diagnostic:
    """Return an error at the template's line, if a template is the cause; else at the line of the program."""
    return _problem_in_theme(wrong, settings) or describe_mistake(wrong, _list_own_folders(settings))


def _list_own_folders(settings: Settings) -> list[Path]:
    """List the folders of the maintainer's own code: the project folder, the theme and the plugins."""
    project = Path(settings["PATH"]).resolve().parent
    return [project, *theme_folders(settings).folders, *map(Path, settings.get("PLUGIN_PATHS", ()))]


def _is_system_error(wrong: BaseException, own: Sequence[Path]) -> bool:
    """Distinguish a failing disk from a plugin that opens a missing file."""
    if not isinstance(wrong, OSError) or not wrong.errno:
        return False
    return wrong.errno in DISKS or find_own_line(wrong, own) is None


@contextmanager
def _records_as_problems(problems: list[Diagnostic], own: Sequence[Path]) -> Iterator[None]:
    """Turn every record of Pelican's log into a problem, repeated ones too; Pelican itself prints nothing."""
    root, handler = logging.getLogger(), _DiagnosticHandler(problems, own)
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
    """Disconnect from Pelican's signals, after the block, what connected to them in it."""
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
    """Turns each record into a problem: by the rule it carries, or by KNOWN_RECORDS, or else an error."""

    def __init__(self, problems: list[Diagnostic], own: Sequence[Path]) -> None:
        super().__init__(logging.WARNING)
        self.problems, self.own = problems, own

    def emit(self, record: logging.LogRecord) -> None:
        if hasattr(record, "press_rule") or hasattr(record, "typeset_rule"):
            self.problems.append(_problem_of_plugin(record))
            return
        cause = _find_cause(record)
        if cause is not None and _is_system_error(cause, self.own):
            raise cause
        known = KNOWN_RECORDS.get(str(record.msg), ("pelican", Level.ERROR))
        if known is not None:
            self.problems.append(self._describe(record, cause, *known))

    def _describe(
        self, record: logging.LogRecord, cause: BaseException | None, rule: str, level: Level
    ) -> Diagnostic:
        """Return a problem at the maintainer's line that caused or logged it if there is one, else at `pelican`."""
        place = find_own_line(cause, self.own) if cause else None
        if cause and place:
            problem = describe_mistake(cause, self.own)
            logged = record.getMessage().partition("\n")[0]
            return Diagnostic(problem.path, problem.line, level, problem.rule, f"{logged}: {problem.message}")
        logged = ": ".join(record.getMessage().split("\n"))
        if cause and message_of(cause) not in logged:
            logged = f"{logged}: {type(cause).__name__}: {message_of(cause)}"
        if is_own(record.pathname, self.own):
            return Diagnostic(display_path(record.pathname), record.lineno, level, rule, logged)
        return Diagnostic("pelican", 0, level, rule, logged)


def _find_cause(record: logging.LogRecord) -> BaseException | None:
    """Return the exception that a record carries, or that its message quotes."""
    values = record.args if isinstance(record.args, tuple) else ()
    logged = record.exc_info[1] if record.exc_info else None
    return logged or next((value for value in values if isinstance(value, BaseException)), None)


def _problem_of_plugin(record: logging.LogRecord) -> Diagnostic:
    """Return what a plugin reported of a text as a problem at the line of its source."""
    given = {name.removeprefix("typeset_").removeprefix("press_"): value for name, value in vars(record).items()}
    path = given.get("path", "")
    level = Level[given.get("level", record.levelname).upper()]
    line = find_line(Path(path), given.get("words", ""), given.get("line", 1)) if path else 0
    message = record.getMessage().removeprefix(f"{path}: ")
    return Diagnostic(display_path(path), line, level, given["rule"], message)


def _problem_in_theme(wrong: BaseException, settings: Settings) -> Diagnostic | None:
    """Return an error at the line of the template, if the maintainer's deepest line is in one."""
    theme = theme_folders(settings)
    if isinstance(wrong, UnicodeDecodeError):
        files = (file for folder in theme.folders for file in sorted(folder.rglob("*")) if file.is_file())
        damaged = next((file for file in files if file.read_bytes() == wrong.object), None)
        if damaged:
            return error(display_path(damaged), 0, "template", "the file is not UTF-8. Save it as UTF-8.")
    file, line = find_own_line(wrong, _list_own_folders(settings)) or (str(theme.folders[0]), 0)
    if not theme.contains(file):
        return None
    if isinstance(wrong, TemplateNotFound | PelicanTemplateNotFound):
        message = f"the template “{message_of(wrong)}” is missing. Add it, or correct the name."
    elif line or isinstance(wrong, TemplateError):
        where = "the template here" if isinstance(wrong, TemplateSyntaxError) else "the name or its value"
        message = f"{_prefix_type(wrong)}{message_of(wrong)}. Correct {where}."
    else:
        return None
    return error(display_path(file), line, "template", message)


def _prefix_type(wrong: BaseException) -> str:
    """Return the type of an exception and a colon; nothing for Jinja's errors, whose messages suffice."""
    return "" if isinstance(wrong, TemplateError) else f"{type(wrong).__name__}: "


def _problem_in_settings(file: Path, wrong: BaseException) -> Diagnostic:
    """Return an error at the line that failed, in a settings file or in a module that it imports."""
    place = find_own_line(wrong, [file.parent])
    if isinstance(wrong, OSError) and wrong.errno and (not place or wrong.errno in DISKS):
        return describe_os_error(wrong, display_path(wrong.filename or file))
    name, line = place or (str(file), 0)
    message = f"{type(wrong).__name__}: {message_of(wrong)}. Correct the settings."
    return error(display_path(name), line, "settings", message)
