"""Sort the paths below content/: each is a text, a static file, ignored, or a problem."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from press.diagnostics import Diagnostic, error

TEXT_TYPES = (".md", ".markdown")
STATIC_FOLDERS = ("images", "files")
STATIC_TYPES = frozenset(
    ".avif .csv .epub .flac .gif .jpeg .jpg .m4a .mp3 .ogg .opus .pdf .png .svg .txt .webp .zip".split()
)
IGNORED = (
    *(".git", ".gitignore", ".gitattributes", ".gitkeep", ".keep", ".hg", ".svn", ".DS_Store", "._*", "Thumbs.db"),
    *("desktop.ini", "*~", "#*#", ".#*", "*.sw?", "*.tmp", "*.bak", "*.orig", ".idea", ".vscode", ".obsidian"),
    *(".~lock.*#", "~$*", "*.kate-swp", ".directory", ".fuse_hidden*", ".nfs*", ".Trash-*", ".Trashes", "*.part"),
)
"""What editors, file managers and version control leave behind: never published, counted once."""

_IS_IGNORED = re.compile("|".join(map(fnmatch.translate, IGNORED)))

LEDGER = "ledger.txt"
NAME_FORMS = "names.txt"
RECORDS = (LEDGER, NAME_FORMS)
"""Files of the archive's own, at the top of the content folder, that are neither texts nor published."""

DEEPEST_FOLDER = 20
"""Folders within folders: more is a loop or a slip."""

MOST_PATH_PROBLEMS = 1000
"""With more, this is probably not the content folder, and walking a whole disk would take too long."""


@dataclass(slots=True)
class ContentPaths:
    """What is in content/, as sorted paths below it with / between their parts."""

    texts: list[str] = field(default_factory=list)
    statics: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def walk_content(content: Path, shown: str) -> ContentPaths:
    """Sort every path below `content`; `shown` is the path of that folder in problems."""
    paths = ContentPaths()
    _walk(content, "", shown, 0, paths)
    for found in (paths.texts, paths.statics, paths.ignored):
        found.sort()
    return paths


def _walk(content: Path, below: str, shown: str, depth: int, paths: ContentPaths) -> None:
    try:
        children = sorted(os.scandir(content / below), key=lambda child: child.name)
    except OSError as wrong:
        paths.problems.append(
            error(
                f"{shown}/{below}".rstrip("/"),
                1,
                "unreadable",
                f"the folder cannot be read ({wrong.strerror}). Check the file permissions.",
            )
        )
        return
    for child in children:
        if len(paths.problems) >= MOST_PATH_PROBLEMS:
            return
        path = f"{below}/{child.name}".lstrip("/")
        if _IS_IGNORED.match(child.name):
            paths.ignored.append(path)
        elif child.is_dir(follow_symlinks=False) and path not in RECORDS:
            problems = list(_find_folder_problems(child.name, f"{shown}/{path}", depth + 1))
            paths.problems += problems
            if not problems:
                _walk(content, path, shown, depth + 1, paths)
        else:
            _sort_file(child, path, shown, paths)


def _find_folder_problems(name: str, shown: str, depth: int) -> Iterator[Diagnostic]:
    yield from _find_name_problems(name, shown)
    if depth > DEEPEST_FOLDER:
        message = f"the folder is {depth} folders deep; {DEEPEST_FOLDER} is the most. Move it up."
        yield error(shown, 1, "too-deep", message)


def _find_name_problems(name: str, shown: str) -> Iterator[Diagnostic]:
    if not name.isprintable():
        yield error(shown, 1, "file-name", "the name has characters that cannot be printed. Rename it.")
    elif name.startswith("."):
        message = "the name begins with a dot, which hides the file. Rename it to publish it, or move it elsewhere."
        yield error(shown, 1, "file-name", message)


def _sort_file(child: os.DirEntry[str], path: str, shown: str, paths: ContentPaths) -> None:
    problems = list(_find_path_problems(child, path, f"{shown}/{path}"))
    paths.problems += problems
    if not problems and path not in RECORDS:
        (paths.texts if path.endswith(TEXT_TYPES) else paths.statics).append(path)


def _find_path_problems(child: os.DirEntry[str], path: str, shown: str) -> Iterator[Diagnostic]:
    if not child.is_file(follow_symlinks=False):
        kind = "a link" if child.is_symlink() else "not a regular file"
        yield error(shown, 1, "not-a-file", f"it is {kind}. Put the file itself into the content folder.")
        return
    yield from _find_name_problems(child.name, shown)
    suffix = find_suffix(child.name)
    if path in RECORDS or suffix in TEXT_TYPES:
        return
    elif suffix.lower() in TEXT_TYPES:
        yield error(
            shown, 1, "file-type", f"the name ends in “{suffix}”. Rename the file to end in {suffix.lower()}."
        )
    elif path.split("/")[0] not in STATIC_FOLDERS:
        yield error(
            shown,
            1,
            "file-type",
            f"a “{suffix}” file is not a text of this archive. Make it a Markdown file with a header "
            "(docs/editing.md), or move images to images/ and other files to files/.",
        )
    elif suffix.lower() not in STATIC_TYPES:
        yield error(
            shown,
            1,
            "file-type",
            (f"“{suffix}” files are not published" if suffix else "the name has no ending")
            + f". Convert the file to one of {' '.join(sorted(STATIC_TYPES))}.",
        )
    elif not os.access(child.path, os.R_OK):
        yield error(shown, 1, "unreadable", "the file cannot be read. Check the file permissions.")


def find_suffix(name: str) -> str:
    """Return what `Path(name).suffix` is for the name of a file; every file of the archive is asked each time."""
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""
