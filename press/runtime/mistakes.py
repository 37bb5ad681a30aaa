"""Find the line of a mistake: in the maintainer's own code if possible, else in the press or a library."""

from __future__ import annotations

import sysconfig
import traceback
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error


def _find_others() -> Iterator[Path]:
    """Yield the folders of Python and of the press, whose code is not the maintainer's."""
    yield from (Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib"))
    for package in ("press", "pelican_typeset"):
        spec = find_spec(package)
        yield from [Path(spec.origin).resolve().parent] if spec and spec.origin else []


_OTHERS = tuple(_find_others())
_LIBRARIES = frozenset({"site-packages", "dist-packages"})


def is_own(file: Path | str, own: Sequence[Path]) -> bool:
    """Return whether a file is the maintainer's: below `own`, and not part of the press, Python or a library."""
    try:
        path = Path(file).resolve()
        below = any(path.is_relative_to(folder.resolve()) for folder in own)
    except OSError:  # a relative path, and the current folder is gone
        return False
    if not below or not path.is_file():
        return False
    return not _LIBRARIES & set(path.parts) and not any(path.is_relative_to(other) for other in _OTHERS)


def find_own_line(wrong: BaseException, own: Sequence[Path]) -> tuple[str, int] | None:
    """Return the file and line of the maintainer's code that a mistake is in; None if it is not in that code.

    It is the place that a syntax error names, else the deepest frame below one of `own`, else that of the cause.
    """
    chain: list[BaseException] = []
    current: BaseException | None = wrong
    while current is not None and current not in chain:
        chain.append(current)
        file, line = getattr(current, "filename", None), getattr(current, "lineno", None)
        if isinstance(file, str) and isinstance(line, int) and is_own(file, own):
            return file, line
        for frame in reversed(traceback.extract_tb(current.__traceback__)):
            if is_own(frame.filename, own):
                return frame.filename, frame.lineno or 0
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return None


def describe_mistake(wrong: BaseException, own: Sequence[Path] = ()) -> Diagnostic:
    """Return an error at the maintainer's line that failed, or else at the line of the program."""
    if isinstance(wrong, MemoryError):
        return error("memory", 0, "memory-full", "the memory is full. Close other programs, or build with --jobs 1.")
    named = f"{type(wrong).__name__}: {message_of(wrong)}"
    place = find_own_line(wrong, own)
    if place:
        return error(display_path(place[0]), place[1], "plugin", f"{named}. Correct this line or its input.")
    if isinstance(wrong, ModuleNotFoundError):
        message = f"{wrong.name} is not installed. Run the README's install command."
        return error("python", 0, "not-installed", message)
    frames = traceback.extract_tb(wrong.__traceback__)
    file, line = (frames[-1].filename, frames[-1].lineno or 0) if frames else ("press", 0)
    if isinstance(wrong, SyntaxError) and wrong.filename:
        file, line = wrong.filename, wrong.lineno or 0
    message = f"{named}. This is a mistake in the press: report it with this line."
    return error(display_path(file), line, "program", message)


def message_of(wrong: BaseException) -> str:
    """Return the message of an exception, without the place that a syntax error repeats and without a full stop."""
    return str(wrong.msg if isinstance(wrong, SyntaxError) else wrong).strip().removesuffix(".")
