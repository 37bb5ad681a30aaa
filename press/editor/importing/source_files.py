"""Source files: find them below a path, read them, and decode them as UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

import codecs
import fnmatch
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error, warning
from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.lines import make_printable
from press.model.source_text import decode_source
from press.validate.paths import DEEPEST_FOLDER, IGNORED, STATIC_TYPES
from press.validate.text import MOST_SOURCE_BYTES, check_text

SOURCE_TYPES = (".txt", ".text", ".md", ".markdown")
_COMPANIONS = STATIC_TYPES - {".txt", ".pdf", ".epub", ".zip"}
"""Pictures, sounds and tables: left where they are with a warning, since nobody meant them as texts."""

# Control characters that plain text never has. Tab, line feed, vertical tab, form feed, carriage return and the end
# mark of DOS are allowed.
_BINARY = re.compile(b"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_OTHER_NEWLINES = re.compile("[\x0b\x85\u2028\u2029]")
_MARKDOWN_HEADER = re.compile(
    r"""[ \t\n]* (?: ---[ \t]*\n .*? ^(?:---|\.\.\.)[ \t]*$      # YAML
                 | \+\+\+[ \t]*\n .*? ^\+\+\+[ \t]*$               # TOML
                 | .*? (?:^[ \t]*$ | \Z) )                          # to the first blank line""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_IN_HEADER = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""What ends a line for other programs, and not in a header: it may not begin a new key."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True)
class FoundSources:
    """The texts to import, in order: the path of each, and its name below the path that was given."""

    texts: list[tuple[Path, str]] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def find_sources(path: Path, content: Path) -> FoundSources:
    """Find the texts of a file or a folder; links are not followed, and the files that editors leave are ignored."""
    found = FoundSources()
    try:
        message = _find_wrong_path(path, content)
        if message:
            found.problems.append(error(display_path(path), 0, "import-path", message))
        elif path.is_dir():
            _walk(path, "", found)
            if not found.texts and not found.problems:
                message = f"the folder has no texts. Texts end in {', '.join(SOURCE_TYPES)}."
                found.problems.append(error(display_path(path), 0, "import-path", message))
        else:
            _add_file(path, make_printable(path.name), path.stat().st_mode, found)
    except (OSError, RuntimeError) as wrong:  # resolve() raises RuntimeError for links in a circle
        found.problems.append(_unreadable(path, wrong))
    return found


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
        if any(fnmatch.fnmatchcase(child.name, pattern) for pattern in IGNORED):
            continue
        try:
            _add_child(child, f"{below}/{make_printable(child.name)}".lstrip("/"), found)
        except OSError as wrong:
            found.problems.append(_unreadable(Path(child.path), wrong))


def _add_child(child: os.DirEntry[str], name: str, found: FoundSources) -> None:
    if not child.is_dir(follow_symlinks=False):
        _add_file(Path(child.path), name, child.stat(follow_symlinks=False).st_mode, found)
    elif name.count("/") < DEEPEST_FOLDER:
        _walk(Path(child.path), name, found)
    else:
        message = f"the folder is more than {DEEPEST_FOLDER} folders deep. Import it by itself."
        found.problems.append(error(display_path(child.path), 0, "too-deep", message))


def _add_file(path: Path, name: str, mode: int, found: FoundSources) -> None:
    problems = list(_find_problems(path, mode))
    found.problems += problems
    if not problems:
        found.texts.append((path, name))


def _find_problems(path: Path, mode: int) -> Iterator[Diagnostic]:
    suffix, shown = path.suffix.lower(), display_path(path)
    if not stat.S_ISREG(mode):
        kind = "a link" if stat.S_ISLNK(mode) else "not a regular file"
        yield error(shown, 0, "not-a-file", f"it is {kind}. Import the file itself.")
    elif suffix in SOURCE_TYPES:
        return
    elif suffix in _COMPANIONS:
        yield warning(shown, 0, "import-type", f"a “{suffix}” file is not a text. It was left where it is.")
    else:
        kind = f"a “{suffix}” file" if suffix else "a file without an extension"
        message = f"{kind} is neither plain text nor Markdown. Save it as plain text (.txt) in UTF-8."
        yield error(shown, 0, "import-type", message)


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


def decode_import(data: bytes, name: str) -> tuple[str, list[Note], list[Diagnostic]]:
    """Decode a source of unknown encoding; return the text with its form feeds, notes on the encoding, and problems.

    UTF-16 is recognised by its byte order mark. The text is empty if there are problems.
    """
    if len(data) > MOST_SOURCE_BYTES:
        return "", [], check_text(data, name)[1]
    if not data.strip(b" \t\r\n\f\v\x1a\xef\xbb\xbf"):
        return "", [], [error(name, 1, "empty", "the file is empty. Write a text, or leave the file out.")]
    if data.startswith(_UTF16):
        return _decode_utf16(data, name)
    binary = _BINARY.search(data)
    if binary:
        message = f"the file has a byte 0x{binary[0][0]:02x}, which no text has. Save it as plain text in UTF-8, "
        return "", [], [error(name, 0, "binary", f"{message}or leave it out.")]
    try:
        return _clean(data.decode("utf-8"), name, Note("encoding", "UTF-8", Confidence.SURE))
    except UnicodeDecodeError:
        return _decode_windows_1252(data, name)


def _decode_utf16(data: bytes, name: str) -> tuple[str, list[Note], list[Diagnostic]]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return "", [], [error(name, 1, "encoding", "the file is damaged UTF-16. Save it as UTF-8.")]
    return _clean(text, name, Note("encoding", "UTF-16, by its first bytes", Confidence.SURE))


def _decode_windows_1252(data: bytes, name: str) -> tuple[str, list[Note], list[Diagnostic]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        message = f"byte {wrong.start} (0x{data[wrong.start]:02x}) is neither UTF-8 nor Windows-1252. "
        return "", [], [error(name, line, "encoding", f"{message}Save the file as UTF-8.")]
    at = next(i for i, c in enumerate(text) if c > "\x7f")
    shown = " ".join(text[max(0, at - 12) : at + 12].split())
    message = f"guessed to be Windows-1252, since it is not UTF-8: is “{shown}” right?"
    return _clean(text, name, Note("encoding", message, Confidence.REVIEW, text.count("\n", 0, at) + 1))


def _clean(text: str, name: str, note: Note) -> tuple[str, list[Note], list[Diagnostic]]:
    """Return the text with LF line ends; report characters that no text may have."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    if name.lower().endswith((".md", ".markdown")):
        text = _MARKDOWN_HEADER.sub(lambda header: _IN_HEADER.sub(" ", header[0]), text, count=1)
    text = decode_source(_OTHER_NEWLINES.sub("\n", text).encode())
    problems = check_text(text.replace("\f", " ").encode("utf-8"), name)[1]
    return ("", [], problems) if problems else (text, [note], [])
