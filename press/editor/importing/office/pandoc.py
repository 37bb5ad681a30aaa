"""pandoc: find it, and let it read a document, without the network, within limits of time and memory."""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

_LONGEST = 120
"""Seconds for one document: a book of 1,000 pages takes ten."""
_MEMORY = "1500M"
_OPTIONS = ("--to=json", "--track-changes=accept", "--wrap=none", "--sandbox")
HOW_TO_GET_IT = (
    "Word files and the like are read by pandoc, which is not installed. Run pip install -e '.[office]', or install "
    "the package pandoc of your system."
)


class PandocFailed(Exception):
    """pandoc is missing, failed, or took too long; carries what to tell the archivist."""


class Reading(NamedTuple):
    """What pandoc makes of a document: its tree, and what it warned of."""

    blocks: list[dict[str, Any]]
    meta: dict[str, Any]
    warnings: list[str]


@functools.cache
def find_pandoc() -> str:
    """Return the path of pandoc: that of the extra `office`, else that of the system, else an empty string."""
    spec = importlib.util.find_spec("pypandoc")  # finds it without importing it
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        program = Path(folder) / "files" / "pandoc"
        if program.is_file() and os.access(program, os.X_OK):
            return str(program)
    return shutil.which("pandoc") or ""


def run_pandoc(data: bytes, form: str) -> Reading:
    """Read a document of a format that pandoc knows. Raises PandocFailed."""
    program = find_pandoc()
    if not program:
        raise PandocFailed(HOW_TO_GET_IT)
    command = [program, f"--from={form}", *_OPTIONS, "+RTS", f"-M{_MEMORY}", "-RTS"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_LONGEST, check=False)
    except subprocess.TimeoutExpired:
        raise PandocFailed(f"pandoc took more than {_LONGEST} seconds. Split the file, or save it anew.") from None
    except OSError as wrong:
        raise PandocFailed(f"pandoc cannot be started ({wrong.strerror}). {HOW_TO_GET_IT}") from None
    said = [line.strip() for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    if done.returncode != 0:
        reason = f" ({said[0][:120]})" if said else ""
        raise PandocFailed(f"pandoc cannot read the file{reason}. Open it in its program, and save it anew.")
    try:
        tree = json.loads(done.stdout)
        return Reading(tree["blocks"], tree["meta"], [line.removeprefix("[WARNING] ") for line in said])
    except (ValueError, KeyError, RecursionError):
        raise PandocFailed("what pandoc made of the file cannot be read. Save the file anew.") from None
