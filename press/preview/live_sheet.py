"""The style sheet as its files are now: it is shown before, and often without, the next build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from press.preview.job import SheetInputs
from press.stylesheet import SHEETS, make_stylesheet
from press.theme_folders import ThemeFolders


@dataclass(frozen=True, slots=True)
class LiveSheet:
    """A style sheet, and its name: an open page takes it when its version is another."""

    path: str = ""
    """Where the pages look for it, without a slash before; empty if there is no site yet."""
    version: str = ""
    data: bytes = b""


def make_live_sheet(inputs: SheetInputs) -> LiveSheet | None:
    """Make the sheet from the files of the theme; None if they cannot be read: a build then reports why."""
    theme = ThemeFolders(tuple(map(Path, inputs.folders)))
    try:
        sheet, _ = make_stylesheet(theme, inputs.name, inputs.fonts, inputs.colours)
    except (OSError, UnicodeDecodeError):
        return None
    data = sheet.encode()
    return LiveSheet(inputs.path, hashlib.sha256(data).hexdigest()[:12], data)


def are_sheets(changed: Iterable[str], inputs: SheetInputs) -> bool:
    """Return whether all changed files are style sheets of the theme, so that no page is another."""
    folders = {Path(folder) / SHEETS for folder in inputs.folders}
    paths = list(map(Path, changed))
    return bool(paths) and all(path.suffix == ".css" and path.parent in folders for path in paths)
