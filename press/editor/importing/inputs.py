"""What stands at the path that is to be imported: texts, things left out, problems."""

from __future__ import annotations

import fnmatch
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error, warning
from press.validate.paths import DEEPEST, IGNORED, STATIC_TYPES

TEXT_TYPES = (".txt", ".text", ".md", ".markdown")
_BESIDE = STATIC_TYPES - {".txt", ".pdf", ".epub", ".zip"}
"""Pictures, sounds and tables: they may stand beside texts, and are no texts that could have been meant."""


@dataclass(slots=True)
class Found:
    """The texts to import, in order: the path of each, and its name below the path that was given."""

    texts: list[tuple[Path, str]] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def find_sources(path: Path, content: Path) -> Found:
    """Look at a file, or at everything below a folder; links are not followed, litter of editors is passed over."""
    found = Found()
    shown = display_path(path)
    if not path.exists():
        found.problems.append(
            error(shown, 0, "import-path", "there is no such file or folder. Name one that is there.")
        )
    elif path.resolve().is_relative_to(content.resolve()) or content.resolve().is_relative_to(path.resolve()):
        message = "it stands in the content folder, or around it. Name the folder that the texts come from."
        found.problems.append(error(shown, 0, "import-path", message))
    elif path.is_dir():
        _walk(path, "", found)
        if not found.texts and not found.problems:
            message = f"the folder has no text. Texts end in {', '.join(TEXT_TYPES)}."
            found.problems.append(error(shown, 0, "import-path", message))
    else:
        _sort(path, path.name, path.stat().st_mode, found)
    return found


def _walk(folder: Path, below: str, found: Found) -> None:
    try:
        children = sorted(os.scandir(folder), key=lambda child: child.name)
    except OSError as wrong:
        message = f"the folder cannot be read ({wrong.strerror}). Give yourself the right to read it."
        found.problems.append(error(display_path(folder), 0, "unreadable", message))
        return
    for child in children:
        if any(fnmatch.fnmatchcase(child.name, pattern) for pattern in IGNORED):
            continue
        name = f"{below}/{child.name}".lstrip("/")
        if not child.is_dir(follow_symlinks=False):
            _sort(Path(child.path), name, child.stat(follow_symlinks=False).st_mode, found)
        elif name.count("/") < DEEPEST:
            _walk(Path(child.path), name, found)
        else:
            message = f"the folder stands more than {DEEPEST} folders down. Import it by itself."
            found.problems.append(error(display_path(child.path), 0, "too-deep", message))


def _sort(path: Path, name: str, mode: int, found: Found) -> None:
    problems = list(_find_problems(path, mode))
    found.problems += problems
    if not problems:
        found.texts.append((path, name))


def _find_problems(path: Path, mode: int) -> Iterator[Diagnostic]:
    suffix = path.suffix.lower()
    if not stat.S_ISREG(mode):
        kind = "a link" if stat.S_ISLNK(mode) else "no regular file"
        yield error(display_path(path), 0, "not-a-file", f"it is {kind}. Import the file itself.")
    elif suffix in TEXT_TYPES:
        return
    elif suffix in _BESIDE:
        yield warning(
            display_path(path), 0, "import-type", f"a “{suffix}” file is no text, and was left where it is."
        )
    else:
        kind = f"a “{suffix}” file" if suffix else "a file without an ending"
        message = f"{kind} is neither plain text nor Markdown. Save it as plain text (.txt) in UTF-8."
        yield error(display_path(path), 0, "import-type", message)


def read_bytes(path: Path) -> bytes | Diagnostic:
    """Read a source, or say why it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as wrong:
        message = f"the file cannot be read ({wrong.strerror}). Give yourself the right to read it."
        return error(display_path(path), 0, "unreadable", message)
