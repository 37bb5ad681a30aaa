"""Take a collection's output and stores away: the listed files, the work folder, nothing of anybody else."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from press.diagnostics import Diagnostic, refuse_if_any_error
from press.publish.lock import hold_lock
from press.publish.manifest import find_manifest
from press.publish.places import collection_folder, refuse_place, refuse_strangers, settle_output
from press.publish.recover import Plan, clear_staging, write_plan
from press.publish.staging import tell_os_errors
from press.runtime.signals import signals_held_back


def clean_collection(root: Path, content: Path, output: Path) -> list[Diagnostic]:
    """Delete what builds of this content wrote into this output, and their work folder; give warnings.

    The output is gone in one step, by a rename into the staging folder, and then deleted as a replaced tree is: a
    kill in between leaves that to the next build. Raises Refused, with nothing deleted, where output is no place of
    ours or holds a file that is not ours.
    """
    folder = collection_folder(root, content, output)
    problems: list[Diagnostic] = []
    if output.parent.is_dir():
        refuse_if_any_error(refuse_place(root, content, output))
        problems = _take_away(folder, settle_output(output))
    shutil.rmtree(folder, ignore_errors=True)
    return problems


def _take_away(folder: Path, output: Path) -> list[Diagnostic]:
    with tell_os_errors(output), hold_lock(output) as beside:
        problems = clear_staging(beside, output)
        standing = find_manifest(folder, output)
        refuse_if_any_error(refuse_strangers(output, standing))
        if not output.exists():
            return problems
        with signals_held_back():
            tree = f"tree-{secrets.token_hex(8)}"
            write_plan(beside, Plan(tree, standing.names if standing else frozenset()))
            output.rename(beside / tree)
            return problems + clear_staging(beside, output)
