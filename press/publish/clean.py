"""Delete the output and the stores of a collection: the listed files and the work folder, nothing else."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, error, refuse_if_any_error
from press.publish.lock import hold_lock
from press.publish.manifest import find_manifest
from press.publish.places import collection_folder, refuse_place, refuse_untracked, settle_output
from press.publish.recover import Plan, clear_staging, write_plan
from press.publish.staging import report_os_errors
from press.runtime.signals import signals_held_back


@dataclass(slots=True)
class CleanReport:
    """What `inv clean` deleted."""

    files: int = 0
    """Files of the output, with its manifest."""
    store: bool = False
    """Whether the collection had a work folder."""
    problems: list[Diagnostic] = field(default_factory=list)
    """Warnings."""


def clean_collection(root: Path, content: Path, output: Path) -> CleanReport:
    """Delete what builds of this content wrote into this output, and their work folder.

    The output is gone in one step, by a rename into the staging folder, and is then deleted as a replaced tree is:
    after a kill in between, the next build deletes it. Raises Refused, with nothing deleted, if there is no content
    folder, if output is not a place of ours, or if it has a file that is not ours.
    """
    if not content.is_dir():
        raise Refused(
            [
                error(
                    display_path(content),
                    0,
                    "no-content",
                    "there is no such folder. Check the path of the content folder.",
                )
            ]
        )
    folder = collection_folder(root, content, output)
    report = CleanReport()
    if output.parent.is_dir():
        refuse_if_any_error(refuse_place(root, content, output))
        _delete_output(folder, settle_output(output), report)
    report.store = os.path.lexists(folder)
    shutil.rmtree(folder, ignore_errors=True)
    return report


def _delete_output(folder: Path, output: Path, report: CleanReport) -> None:
    with report_os_errors(output), hold_lock(output) as staging:
        report.problems += clear_staging(staging, output)
        published = find_manifest(folder, output)
        names = published.names if published else frozenset()
        refuse_if_any_error(refuse_untracked(output, names))
        if not output.exists():
            return
        report.files = sum((output / name).is_file() for name in names)
        with signals_held_back():
            tree = f"tree-{secrets.token_hex(8)}"
            write_plan(staging, Plan(tree, names))
            output.rename(staging / tree)
            report.problems += clear_staging(staging, output)
