"""Check where output may be and what may be in it; nothing here writes."""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error
from press.publish.manifest import MANIFEST_NAME
from press.publish.tree import find_untracked
from press.runtime.files import hash_bytes

ELSEWHERE = "Give --output a folder of its own, such as output/ next to pelicanconf.py."
MOUNTS = Path("/proc/self/mountinfo")
OCTAL = re.compile(r"\\([0-7]{3})")
"""How the kernel writes a space in a mount point: a backslash and three octal digits."""


def refuse_place(root: Path, content: Path, output: Path, keep_out: Iterable[Path] = ()) -> list[Diagnostic]:
    """Find the first reason why this path cannot be the output; return it, or an empty list.

    `root` is the project folder: output may be in it, but may not contain it. `content`, the work folder and each of
    `keep_out` (theme, code) may neither contain output nor be in it.
    """
    place = settle_output(output)
    for rule, message in _find_wrong(place, root, [content, root / WORK, *keep_out]):
        return [error(display_path(place), 0, rule, message)]
    return []


def refuse_untracked(output: Path, names: Set[str]) -> list[Diagnostic]:
    """Find what is in output beyond these names: one problem, which names the first such file and counts all."""
    untracked = sorted(find_untracked(output, names))
    if not untracked:
        return []
    named = display_path(output)
    if MANIFEST_NAME in untracked:
        message = (
            "this manifest is damaged, or is not from a build, so nothing shows whose files are here. If they are "
            f"an old build, delete {named}; if not, choose another --output."
        )
        return [error(display_path(output / MANIFEST_NAME), 0, "manifest-damaged", message)]
    others = f", nor {len(untracked) - 1} more here," if len(untracked) > 1 else ""
    message = (
        f"no build wrote this{others} and builds delete only what they wrote. "
        f"Move it out of {named} (files to publish belong in content/), or choose another --output."
    )
    return [error(display_path(output / untracked[0]), 0, "foreign-file", message)]


def _find_wrong(place: Path, root: Path, keep_out: Iterable[Path]) -> Iterator[tuple[str, str]]:
    if place == place.parent:
        yield "output-precious", f"output is the root of the file system. {ELSEWHERE}"
    if place.is_symlink():
        yield "output-link", f"output is a link to {place.readlink()}. Give --output its target."
    elif place.exists() and not place.is_dir():
        yield "output-file", "output is not a folder. Move it elsewhere, or choose another --output."
    if any(_holds(place, home) for home in _homes()):
        yield "output-precious", f"output is a home folder, or contains one. {ELSEWHERE}"
    if _holds(place, root):
        yield "output-overlap", f"output is the project folder, or contains it. {ELSEWHERE}"
    for other in keep_out:
        if _holds(place, other) or _holds(other, place):
            named = display_path(other.resolve())
            yield "output-overlap", f"output and {named} are the same, or one is inside the other. {ELSEWHERE}"
    if os.path.ismount(place) or os.fsencode(place) in _mount_points():
        yield "output-mount", "output is a mount point. Give --output a folder below it."
    if not place.parent.is_dir():
        yield (
            "output-parent",
            f"there is no folder {display_path(place.parent)}. Make it, or correct --output.",
        )
    for written in (place.parent, place):
        if written.is_dir() and not os.access(written, os.W_OK | os.X_OK):
            yield "no-permission", f"{display_path(written)} cannot be written to. Check the file permissions."


def _holds(outer: Path, inner: Path) -> bool:
    """Return whether `inner` is `outer` or below it, even if its path is spelt or mounted differently."""
    outer, inner = settle_output(outer), settle_output(inner)
    for above in (inner, inner.resolve(), *inner.parents, *inner.resolve().parents):
        if above == outer or (outer.exists() and above.exists() and above.samefile(outer)):
            return True
    return False


def _homes() -> Iterator[Path]:
    """Yield the home that the shell names and the one the system knows; `/` has its own check."""
    homes = {os.environ.get("HOME", "/")}
    with suppress(KeyError):  # a container's user without an entry
        homes.add(pwd.getpwuid(os.getuid()).pw_dir)
    yield from (Path(home) for home in sorted(homes) if home.startswith("/") and home != "/")


def _mount_points() -> set[bytes]:
    """Read where file systems are mounted; `ismount` alone misses a folder bound within one of them."""
    try:
        lines = os.fsdecode(MOUNTS.read_bytes()).split("\n")
    except OSError:  # not Linux
        return set()
    places = (fields[4] for fields in map(str.split, lines) if len(fields) > 4)
    return {os.fsencode(OCTAL.sub(lambda found: chr(int(found[1], 8)), place)) for place in places}


WORK = ".press"


def collection_folder(root: Path, content: Path, output: Path) -> Path:
    """Return the work folder of one content and one output, `<root>/.press/<16 hex digits>`; make nothing.

    Its name has their paths as they are within `root`, so that it is found again after the archive has been moved.
    """
    places, above = (content.resolve(), settle_output(output)), root.resolve()
    named = (place.relative_to(above) if place.is_relative_to(above) else place for place in places)
    return above / WORK / hash_bytes(b"\0".join(map(os.fsencode, named)))[:16]


def settle_output(output: Path) -> Path:
    """Resolve every part of the path but the last, which may not exist yet, or be a link that is to be refused.

    `site/../output` becomes `/here/output`.
    """
    return output.resolve() if output.name in {"", ".."} else output.parent.resolve() / output.name
