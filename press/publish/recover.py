"""Clear a staging folder: after a build, and before one what a killed build left."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, error, warning
from press.publish.tree import delete_listed, is_bare
from press.runtime.files import flush_folder, write_whole

PLAN = "swap.json"
OLD = "old"
"""Where the published tree stands for a moment, on a system that cannot exchange two directories."""
TREE = re.compile(r"old|tree-[0-9a-f]{16}")


@dataclass(frozen=True)
class Plan:
    """A swap under way: the new tree's name, and every file listed for the old tree or the new.

    While a plan stands on the disk, a tree in the staging folder may be the one that was public
    until now: then somebody else's file may be in it, and only listed files are deleted.
    """

    tree: str
    names: frozenset[str]


def write_plan(folder: Path, plan: Plan) -> None:
    """Put the plan on the disk for good: after this the two trees may change places."""
    write_whole(folder / PLAN, json.dumps({"names": sorted(plan.names), "tree": plan.tree}))


def clear_staging(folder: Path, output: Path) -> list[Diagnostic]:
    """Finish a swap that was cut in two, and delete every tree of ours in the staging folder.

    Called with the lock held. A tree with somebody else's file in it is moved out beside output,
    which a problem tells. Raises Refused if the plan cannot be read, OSError if the disk fails.
    """
    plan = _read_plan(folder)
    problems = _finish(folder, output, plan) if plan else []
    for tree in sorted(path for path in folder.iterdir() if TREE.fullmatch(path.name)):
        if plan is None:
            shutil.rmtree(tree)
        elif not delete_listed(tree, plan.names):
            problems.append(_set_aside(tree, output))
    for name in (PLAN, PLAN + ".new"):
        (folder / name).unlink(missing_ok=True)
    return problems


def _finish(folder: Path, output: Path, plan: Plan) -> list[Diagnostic]:
    """Put the new tree in its place if a build died in the middle of a swap in two steps."""
    if not (folder / OLD).exists() or not is_bare(output):
        return []
    new = folder / plan.tree
    (new if new.exists() else folder / OLD).rename(output)
    flush_folder(output.parent)
    message = "a build was killed in the middle of its swap; its whole tree now stands here. Build again."
    return [warning(display_path(output), 0, "swap-finished", message)]


def _set_aside(tree: Path, output: Path) -> Diagnostic:
    kept = output.with_name(f"{output.name}.kept-{secrets.token_hex(4)}")
    tree.rename(kept)
    message = (
        f"files that the press did not write came into {display_path(output)} during the swap and were "
        f"set aside here. Move them where they belong, and delete {display_path(kept)}."
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
            f"the plan of a swap is damaged, so whose files stand in {display_path(folder)} is not known. "
            f"Take out what you need, delete {display_path(folder)}, build again."
        )
        raise Refused([error(display_path(folder / PLAN), 0, "plan-damaged", message)]) from None
