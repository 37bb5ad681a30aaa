"""`inv theme`: copy a file of the press's theme into the archive's own, or compare the two."""

from __future__ import annotations

import difflib
from pathlib import Path

from press.diagnostics import Refused, display_path, error
from press.overrides import COMMENTS, ORIGIN_MARK, hash_original, list_originals
from press.package_files import PRESS_THEME
from press.runtime.files import write_atomic, write_new


def copy_original(root: Path, name: str) -> Path:
    """Copy a file of the press's theme into the archive's and return its path.

    Raises Refused for a name that the press does not have, or that the archive has already.
    """
    name = _find_original(name)
    target, original = root / "theme" / name, PRESS_THEME / name
    if PRESS_THEME.resolve() == (root / "theme").resolve():
        raise Refused([error(display_path(target), 0, "theme", "this is the press's own theme. Change it here.")])
    if not target.parent.resolve().is_relative_to((root / "theme").resolve()):
        raise Refused([error(display_path(target.parent), 0, "theme", "this leads out of theme/. Make it a folder.")])
    if target.exists():
        message = f"the archive has this file already. Delete it first, or compare: inv theme {name} --diff."
        raise Refused([error(display_path(target), 0, "theme", message)])
    if original.suffix in COMMENTS:
        mark = COMMENTS[original.suffix].format(ORIGIN_MARK.format(name=name, sha256=hash_original(name)))
        problems = write_new(target, f"{mark}\n{original.read_text(encoding='utf-8')}")
        if problems:
            raise Refused(problems)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, original.read_bytes())
    return target


def compare_with_original(root: Path, name: str) -> str:
    """Return how the archive's file differs from that of the press, as a unified diff; empty if it does not."""
    name = _find_original(name)
    target = root / "theme" / name
    if not target.is_file():
        message = f"the archive has no such file. inv theme {name} copies that of the press."
        raise Refused([error(display_path(target), 0, "theme", message)])
    if target.suffix not in COMMENTS:
        raise Refused([error(display_path(target), 0, "theme", "only texts can be compared. Look at both.")])
    texts = (
        (folder / name).read_text(encoding="utf-8", errors="replace") for folder in (PRESS_THEME, root / "theme")
    )
    before, after = (text.splitlines(keepends=True) for text in texts)
    return "".join(difflib.unified_diff(before, after, f"press/{name}", display_path(target)))


def _find_original(name: str) -> str:
    """Return the name of a file of the press's theme: `home.html` is enough if there is only one."""
    names = list_originals()
    found = [each for each in names if each == name or each.endswith(f"/{name}")]
    if len(found) == 1:
        return found[0]
    last = {each.rpartition("/")[2]: each for each in names}
    alike = difflib.get_close_matches(name.rpartition("/")[2], last, n=2, cutoff=0.5)
    near = found or [last[each] for each in alike]
    instead = f"Did you mean {', '.join(near)}?" if near else f"Its files are in {PRESS_THEME}."
    raise Refused([error("inv theme", 0, "theme", f"the press has no one file “{name}”. {instead}")])
