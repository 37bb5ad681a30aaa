"""The files of an archive's own theme/: each must still take the place of a file of the press, and of the same one.

`inv theme templates/home.html` copies a file and writes the hash of the original into its first line. When an
update of the press changes the original, the build says so: the copy may no longer fit.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error, warning
from press.options import Settings
from press.package_files import PRESS_THEME
from press.theme_folders import theme_folders

COMMENTS = {".html": "{{# {} #}}", ".css": "/* {} */", ".js": "/* {} */", ".typ": "// {}"}
"""How a comment is written in each kind of file; other kinds, such as fonts, cannot carry the hash."""

ORIGIN_MARK = "From {name} of the press ({sha256}). Change what you like below this line."

_MARK = re.compile(r"From \S+ of the press \(([0-9a-f]{12})\)")

_ADDED = re.compile(r"static/css/[^/]+\.css|static/fonts/[^/]+|translations/.+|README\.md")
"""What an archive may add beside the files of the press: style sheets, fonts, catalogues."""


def hash_original(name: str) -> str:
    """Return the start of the SHA-256 of a file of the press's own theme, in hexadecimal."""
    return hashlib.sha256((PRESS_THEME / name).read_bytes()).hexdigest()[:12]


def list_originals() -> list[str]:
    """Return the names of all files of the press's own theme, such as `templates/home.html`."""
    return _list_names(PRESS_THEME)


def find_unfitting_overrides(settings: Settings) -> Iterator[Diagnostic]:
    """Yield a problem for each own file that is elsewhere, replaces nothing, or whose original has changed."""
    originals = set(list_originals())
    for folder in theme_folders(settings).own:
        names = _list_names(folder)
        for name in names:
            if not (folder / name).resolve().is_relative_to(folder):
                message = "this leads out of the folder. Put the file itself here."
                yield error(display_path(folder / name), 0, "theme", message)
            elif name in originals:
                yield from _find_change(folder / name, name)
            elif not _ADDED.fullmatch(name) and not _is_used(folder, name, names):
                near = difflib.get_close_matches(name, originals, n=1, cutoff=0.7)
                instead = f"Did you mean “{near[0]}”?" if near else "Delete it, or give it the name of one."
                message = f"the press has no “{name}”, so nothing uses this file. {instead}"
                yield warning(display_path(folder / name), 0, "theme", message)


def _list_names(folder: Path) -> list[str]:
    files = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.as_posix() for path in files if not any(part.startswith((".", "__")) for part in path.parts)]


def _find_change(file: Path, name: str) -> Iterator[Diagnostic]:
    if file.suffix not in COMMENTS:
        return
    first = file.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    marked = _MARK.search(first)
    if marked and marked[1] != hash_original(name):
        message = (
            f"this was made from an earlier {name} of the press, and the present one differs. Compare them with "
            f"inv theme {name} --diff, then write {hash_original(name)} for {marked[1]} in this line."
        )
        yield warning(display_path(file), 1, "theme", message)


def _is_used(folder: Path, name: str, names: list[str]) -> bool:
    """Return whether another of the archive's own files names this one, as a template includes its parts."""
    last = name.rpartition("/")[2].encode()
    texts = (folder / other for other in names if other != name and Path(other).suffix in COMMENTS)
    return any(last in text.read_bytes() for text in texts)
