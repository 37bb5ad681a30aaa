"""Clear a staging folder after a build, clear before one what a killed build left, and remove old stores."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, error, warning
from press.publish.tree import delete_listed, is_bare
from press.runtime.files import TEMPORARY, flush_folder, write_atomic

PLAN = "swap.json"
OLD = "old"
"""Place of the published tree for a moment, on a system that cannot exchange two folders."""
TREE = re.compile(r"old|tree-[0-9a-f]{16}")


@dataclass(frozen=True)
class Plan:
    """A swap under way: the new tree's name, and every file listed for the old tree or the new.

    While there is a plan on the disk, a tree in the staging folder may be the one that was public until now: it may
    hold somebody else's file, so only listed files are deleted.
    """

    tree: str
    names: frozenset[str]


def write_plan(folder: Path, plan: Plan) -> None:
    """Write the plan; once it is safely on the disk, the two trees may be exchanged."""
    write_atomic(folder / PLAN, json.dumps({"names": sorted(plan.names), "tree": plan.tree}))


def clear_staging(folder: Path, output: Path) -> list[Diagnostic]:
    """Finish a swap that was interrupted, and delete every tree of ours in the staging folder.

    Called with the lock held. A tree that has somebody else's file is moved next to output, and reported. Raises
    Refused if the plan cannot be read, OSError if the disk fails.
    """
    plan = _read_plan(folder)
    problems = _finish(folder, output, plan) if plan else []
    for tree in sorted(path for path in folder.iterdir() if TREE.fullmatch(path.name)):
        if plan is None:
            _delete_unfinished(tree)
        elif not delete_listed(tree, plan.names):
            problems.append(_move_out(tree, output))
    for path in list(folder.iterdir()):
        if path.name in (PLAN, f"{PLAN}.new") or TEMPORARY.fullmatch(path.name):
            path.unlink()
    return problems


def _delete_unfinished(tree: Path) -> None:
    """Delete a tree under another name: for a moment, workers of a killed build may still write under its own."""
    gone = tree.with_name(f"tree-{secrets.token_hex(8)}")
    tree.rename(gone)
    shutil.rmtree(gone)


def _finish(folder: Path, output: Path, plan: Plan) -> list[Diagnostic]:
    """Put the new tree in its place if a build died during a swap in two steps."""
    if not (folder / OLD).exists() or not is_bare(output):
        return []
    new = folder / plan.tree
    (new if new.exists() else folder / OLD).rename(output)
    flush_folder(output.parent)
    message = "a build was killed during its swap. Its complete tree has been put here. Build again."
    return [warning(display_path(output), 0, "swap-finished", message)]


def _move_out(tree: Path, output: Path) -> Diagnostic:
    kept = output.with_name(f"{output.name}.kept-{secrets.token_hex(4)}")
    tree.rename(kept)
    message = (
        f"files that the press did not write appeared in {display_path(output)} during the swap and were moved "
        "here. Move them where they belong, and delete this folder."
    )
    return warning(display_path(kept), 0, "files-kept", message)


def _read_plan(folder: Path) -> Plan | None:
    try:
        found = json.loads((folder / PLAN).read_text(encoding="utf-8"))
        if not TREE.fullmatch(found["tree"]):
            raise ValueError(found["tree"])
        return Plan(found["tree"], frozenset(found["names"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, RecursionError):
        message = (
            f"the plan of a swap is damaged, so it is not known whose files are in {display_path(folder)}. "
            "Take out what you need, delete that folder, and build again."
        )
        raise Refused([error(display_path(folder / PLAN), 0, "plan-damaged", message)]) from None


OLD_STORES = tuple(
    "spare manifests copies search standing.json standing.json.new pages.json pages.json.new "
    "texts.sqlite3 texts.sqlite3-journal texts.sqlite3-wal texts.sqlite3-shm".split()
)
"""Every name that the former version gave in the work folder of a collection."""


def remove_old_stores(folder: Path) -> int:
    """Delete what the former version stored in a collection's work folder; return how many names were deleted.

    Nothing of it is read. Links are neither followed nor deleted; what cannot be deleted stays, and is ignored.
    """
    if folder.is_symlink():
        return 0
    found = [folder / name for name in OLD_STORES if os.path.lexists(folder / name)]
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file() and not path.is_symlink():
            with suppress(OSError):
                path.unlink()
    return sum(not os.path.lexists(path) for path in found)
