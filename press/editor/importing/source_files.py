"""Source files: find them below a path, and read them."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error, warning
from press.editor.importing.plain.lines import make_printable
from press.validate.paths import DEEPEST_FOLDER, IGNORED, STATIC_TYPES

PLAIN_TYPES = (".txt", ".text", ".md", ".markdown")
"""Files that are text as they are."""
SOURCE_TYPES = (
    *PLAIN_TYPES,
    ".docx",
    ".docm",
    ".odt",
    ".rtf",
    ".html",
    ".htm",
    ".xhtml",
    ".epub",
    ".muse",
    ".pdf",
)
_OTHER_PROGRAMS = {
    ".doc": "Open it in Word or LibreOffice, and save it as .docx.",
    ".dot": "Open it in Word or LibreOffice, and save it as .docx.",
    ".docb": "Open it in Word, and save it as .docx.",
    ".wpd": "Open it in LibreOffice, and save it as .docx.",
    ".wps": "Open it in LibreOffice, and save it as .docx.",
    ".wri": "Open it in LibreOffice, and save it as .docx.",
    ".sxw": "Open it in LibreOffice, and save it as .odt.",
    ".pages": "Open it in Pages, and export it to Word (.docx).",
    ".pub": "Open it in Publisher or LibreOffice, and save it as .docx or .pdf.",
    ".indd": "Open it in InDesign, and export it to RTF (.rtf).",
    ".qxd": "Open it in QuarkXPress, and export its text to RTF (.rtf).",
    ".odg": "It is a drawing. Type its words into a .txt file.",
    ".odp": "It is a presentation. Save its text as .txt.",
    ".pptx": "It is a presentation. Save its text as .txt.",
    ".ods": "It is a table. Save its text as .txt.",
    ".xlsx": "It is a table. Save its text as .txt.",
    ".mobi": "Convert it to .epub with Calibre.",
    ".azw": "Convert it to .epub with Calibre.",
    ".azw3": "Convert it to .epub with Calibre.",
    ".tex": "Convert it with pandoc: pandoc -o text.docx text.tex.",
    ".mht": "Open it in a browser, and save the page as .html.",
    ".mhtml": "Open it in a browser, and save the page as .html.",
    ".zip": "Unpack it, and import the folder.",
}
"""What to do with files that other programs can read."""
SCAN_TYPES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
    ".webp",
    ".bmp",
)
"""Pictures: scans of pages where the archivist says so."""
MOST_BYTES_READ = 500_000_000
"""Of a source of any kind: more would not fit into the memory of a small machine."""
_HIDDEN = (".*", "~$*", "__MACOSX", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r", "$RECYCLE.BIN")
"""What systems and office programs leave beside the files of people, compared without regard to capitals."""
_COMPANIONS = STATIC_TYPES - {".txt", ".pdf", ".epub", ".zip"}
"""Pictures, sounds and tables: left where they are with a warning, since nobody meant them as texts."""


_NUMBERED = re.compile(r"(?P<before>.*?)(?P<number>\d+)(?P<after>[^\d]*)\.\w+")


@dataclass(slots=True)
class FoundSources:
    """The texts to import, in order: the path of each, and its name below the path that was given."""

    texts: list[tuple[Path, str]] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    pages: dict[Path, tuple[Path, ...]] = field(default_factory=dict)
    """Of a text that is several pictures, by the first of them: all of them, in order."""
    ocr: bool = False
    """Whether pictures in a folder are scans to be read."""


def find_sources(path: Path, content: Path, *, ocr: bool = False) -> FoundSources:
    """Find the texts of a file or a folder; links are not followed, and the files that editors leave are ignored.

    With `ocr` the pictures of a folder are texts too; those whose names differ in a number alone are one.
    """
    found = FoundSources(ocr=ocr or not path.is_dir())
    try:
        message = _find_wrong_path(path, content)
        if message:
            found.problems.append(error(display_path(path), 0, "import-path", message))
        elif path.is_dir():
            _walk(path, "", found)
            _gather_pictures(found)
            if not found.texts and not found.problems:
                message = f"the folder has no texts. Texts end in {', '.join(SOURCE_TYPES)}."
                found.problems.append(error(display_path(path), 0, "import-path", message))
        else:
            _add_file(path, make_printable(path.name), path.stat().st_mode, found)
    except (OSError, RuntimeError) as wrong:  # resolve() raises RuntimeError for links in a circle
        found.problems.append(_unreadable(path, wrong))
    return found


def _gather_pictures(found: FoundSources) -> None:
    """Make one text of the pictures of a folder whose names differ in their last number alone."""
    groups: dict[tuple[str, str], list[tuple[int, Path, str]]] = {}
    for path, name in found.texts:
        numbered = _NUMBERED.fullmatch(path.name)
        if numbered and path.suffix.lower() in SCAN_TYPES:
            key = f"{name.rpartition('/')[0]}/{numbered['before']}", f"{numbered['after']}{path.suffix.lower()}"
            groups.setdefault(key, []).append((int(numbered["number"]), path, name))
    for (before, after), group in groups.items():
        if len(group) > 1:
            ordered = sorted(group)
            taken = {path for _, path, _ in ordered[1:]}
            first = ordered[0][1]
            found.pages[first] = tuple(path for _, path, _ in ordered)
            name = f"{before}*{after}".lstrip("/")
            found.texts = [(p, name if p == first else n) for p, n in found.texts if p not in taken]


def _find_wrong_path(path: Path, content: Path) -> str:
    """Return why nothing at this path can be imported, or an empty string."""
    if not path.exists():
        return "there is no such file or folder. Check the path."
    source, archive = path.resolve(), content.resolve()
    if source.is_relative_to(archive) or archive.is_relative_to(source):
        return "it is in the content folder, or contains it. Name the folder that the texts come from."
    return ""


def _walk(folder: Path, below: str, found: FoundSources) -> None:
    try:
        children = sorted(os.scandir(folder), key=lambda child: child.name)
    except OSError as wrong:
        found.problems.append(_unreadable(folder, wrong))
        return
    for child in children:
        if _is_hidden(child.name):
            continue
        try:
            _add_child(child, f"{below}/{make_printable(child.name)}".lstrip("/"), found)
        except OSError as wrong:
            found.problems.append(_unreadable(Path(child.path), wrong))


def _is_hidden(name: str) -> bool:
    if any(fnmatch.fnmatchcase(name.casefold(), pattern.casefold()) for pattern in _HIDDEN):
        return True
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in IGNORED)


def _add_child(child: os.DirEntry[str], name: str, found: FoundSources) -> None:
    if not child.is_dir(follow_symlinks=False):
        _add_file(Path(child.path), name, child.stat(follow_symlinks=False).st_mode, found)
    elif name.count("/") < DEEPEST_FOLDER:
        _walk(Path(child.path), name, found)
    else:
        message = f"the folder is more than {DEEPEST_FOLDER} folders deep. Import it by itself."
        found.problems.append(error(display_path(child.path), 0, "too-deep", message))


def _add_file(path: Path, name: str, mode: int, found: FoundSources) -> None:
    problems = list(_find_problems(path, mode, found.ocr))
    found.problems += problems
    if not problems:
        found.texts.append((path, name))


def _find_problems(path: Path, mode: int, ocr: bool) -> Iterator[Diagnostic]:
    suffix, shown = path.suffix.lower(), display_path(path)
    if not stat.S_ISREG(mode):
        kind = "a link" if stat.S_ISLNK(mode) else "not a regular file"
        yield error(shown, 0, "not-a-file", f"it is {kind}. Import the file itself.")
    elif suffix in SOURCE_TYPES or (ocr and suffix in SCAN_TYPES):
        return
    elif suffix in SCAN_TYPES:
        message = f"a “{suffix}” file is not a text. It was left where it is; if it is a scan, import it with --ocr."
        yield warning(shown, 0, "import-type", message)
    elif suffix in _COMPANIONS:
        yield warning(shown, 0, "import-type", f"a “{suffix}” file is not a text. It was left where it is.")
    else:
        kind = f"a “{suffix}” file" if suffix else "a file without an extension"
        advice = _OTHER_PROGRAMS.get(suffix, "Save it as .docx, .odt or plain text (.txt).")
        message = f"{kind} cannot be read. {advice}"
        yield error(shown, 0, "import-type", message)


def hash_source(*paths: Path) -> str | Diagnostic:
    """Return the SHA-256 of a source, of one file or of all its files in order, in hexadecimal.

    Returns the problem if it is too large or cannot be read.
    """
    sha256 = hashlib.sha256()
    size = 0
    for path in paths:
        try:
            size += path.stat().st_size
            if size > MOST_BYTES_READ:
                message = f"the file has {size:,} bytes. Split it: {MOST_BYTES_READ:,} is the most."
                return error(display_path(path), 0, "too-large", message)
            with path.open("rb") as file:
                while part := file.read(1 << 20):
                    sha256.update(part)
        except OSError as wrong:
            return _unreadable(path, wrong)
    return sha256.hexdigest()


def read_bytes(path: Path) -> bytes | Diagnostic:
    """Read a source; return the problem if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as wrong:
        return _unreadable(path, wrong)


def _unreadable(path: Path, wrong: OSError | RuntimeError) -> Diagnostic:
    reason = getattr(wrong, "strerror", "") or wrong
    message = f"it cannot be read ({reason}). Check the file permissions, or leave it out."
    return error(display_path(path), 0, "unreadable", message)
