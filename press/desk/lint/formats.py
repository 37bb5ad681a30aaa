"""Faults as lines, as JSON, and as annotations of GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from press.faults import Fault, Level

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "notice"}


def as_lines(faults: Iterable[Fault]) -> str:
    """Give each fault on a line of its own."""
    return "".join(f"{fault}\n" for fault in faults)


def as_json(faults: Iterable[Fault]) -> str:
    """Give a list of objects with path, line, level, rule and message."""
    rows = [
        {"path": f.path, "line": f.line, "level": f.level.name.lower(), "rule": f.rule, "message": f.message}
        for f in faults
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(faults: Iterable[Fault]) -> str:
    """Give a workflow command for each fault: GitHub shows it beside the line of the change."""
    return "".join(
        f"::{_COMMANDS[f.level]} file={_property(f.path)},line={f.line or 1},title={_property(f.rule)}"
        f"::{_data(f.message)}\n"
        for f in faults
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Iterable[Fault]], str]] = {"lines": as_lines, "json": as_json, "github": as_github}
