"""Places that output/ must not be, and things that must not stand in it; nothing here writes."""

from __future__ import annotations

import hashlib
import os
import pwd
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error
from press.publish.manifest import PUBLISHED, Manifest
from press.publish.tree import find_strangers

ELSEWHERE = "Set OUTPUT_PATH to a directory of its own, such as output/ beside pelicanconf.py."
MOUNTS = Path("/proc/self/mountinfo")
OCTAL = re.compile(r"\\([0-7]{3})")
"""How the kernel writes a blank in a mount point: a backslash and three octal digits."""


def refuse_place(root: Path, content: Path, output: Path, keep_out: Iterable[Path] = ()) -> list[Diagnostic]:
    """Find why this path cannot be the output, at most one problem: the first that is met.

    `root` is the project's directory: output may stand in it, not around it. `content`, the work
    folder and each of `keep_out` (theme, code) must neither hold output nor stand in it.
    """
    place = settle_output(output)
    for rule, message in _find_wrong(place, root, [content, root / WORK, *keep_out]):
        return [error(display_path(place), 0, rule, message)]
    return []


def refuse_strangers(output: Path, manifest: Manifest | None) -> list[Diagnostic]:
    """Find what stands in output and is not in our list: one problem, which names the first and counts all."""
    strangers = sorted(find_strangers(output, manifest.names if manifest else frozenset()))
    if not strangers:
        return []
    named = display_path(output)
    if PUBLISHED in strangers:
        message = (
            "this list of the press's files is damaged, or not the press's, so nothing shows whose files are "
            f"here. If they are an old build, delete {named}; else choose another OUTPUT_PATH."
        )
        return [error(display_path(output / PUBLISHED), 0, "manifest-damaged", message)]
    others = f" (nor {len(strangers) - 1} more here)" if len(strangers) > 1 else ""
    message = (
        f"the press did not write this{others}, and never deletes what it did not write. "
        f"Move it out of {named} (a file to publish belongs in content/), or choose another OUTPUT_PATH."
    )
    return [error(display_path(output / strangers[0]), 0, "foreign-file", message)]


def _find_wrong(place: Path, root: Path, keep_out: Iterable[Path]) -> Iterator[tuple[str, str]]:
    if place == place.parent:
        yield "output-precious", f"output is the root of the file system. {ELSEWHERE}"
    if place.is_symlink():
        yield "output-link", f"output is a link to {place.readlink()}. Set OUTPUT_PATH to what it leads to."
    elif place.exists() and not place.is_dir():
        yield "output-file", "output is not a directory. Move it away, or choose another OUTPUT_PATH."
    if any(_holds(place, home) for home in _homes()):
        yield "output-precious", f"output is a home directory, or around it. {ELSEWHERE}"
    if _holds(place, root):
        yield "output-overlap", f"output is the project's directory, or around it. {ELSEWHERE}"
    for other in keep_out:
        if _holds(place, other) or _holds(other, place):
            named = display_path(other.resolve())
            yield "output-overlap", f"output and {named} are the same or one inside the other. {ELSEWHERE}"
    if os.path.ismount(place) or os.fsencode(place) in _mount_points():
        yield "output-mount", "output is a mount point. Set OUTPUT_PATH to a directory below it."
    if not place.parent.is_dir():
        yield (
            "output-parent",
            f"there is no directory {display_path(place.parent)}. Make it or correct OUTPUT_PATH.",
        )
    for written in (place.parent, place):
        if written.is_dir() and not os.access(written, os.W_OK | os.X_OK):
            yield "no-permission", f"{display_path(written)} cannot be written to. Give this user the permission."


def _holds(outer: Path, inner: Path) -> bool:
    """Tell whether `inner` is `outer` or below it, also by a path that is spelt or mounted otherwise."""
    outer, inner = settle_output(outer), settle_output(inner)
    for above in (inner, inner.resolve(), *inner.parents, *inner.resolve().parents):
        if above == outer or (outer.exists() and above.exists() and above.samefile(outer)):
            return True
    return False


def _homes() -> Iterator[Path]:
    """Give the home that the shell names and the one the system knows; `/` is judged by itself."""
    homes = {os.environ.get("HOME", "/")}
    with suppress(KeyError):  # a container's user without an entry
        homes.add(pwd.getpwuid(os.getuid()).pw_dir)
    yield from (Path(home) for home in sorted(homes) if home.startswith("/") and home != "/")


def _mount_points() -> set[bytes]:
    """Read where file systems are mounted; `ismount` alone misses a directory bound within one of them."""
    try:
        lines = os.fsdecode(MOUNTS.read_bytes()).splitlines()
    except OSError:  # not Linux
        return set()
    places = (fields[4] for fields in map(str.split, lines) if len(fields) > 4)
    return {os.fsencode(OCTAL.sub(lambda found: chr(int(found[1], 8)), place)) for place in places}


WORK = ".press"


def collection_folder(root: Path, content: Path, output: Path) -> Path:
    """Give the work folder of one content and one output, `<root>/.press/<16 hex digits>`; make nothing."""
    key = b"\0".join(os.fsencode(path) for path in (content.resolve(), settle_output(output)))
    return root.resolve() / WORK / hashlib.sha256(key).hexdigest()[:16]


def settle_output(output: Path) -> Path:
    """Resolve every part of the path but the last, which may be a link to be refused or not exist yet.

    `site/../output` becomes `/here/output`.
    """
    return output.resolve() if output.name in {"", ".."} else output.parent.resolve() / output.name
