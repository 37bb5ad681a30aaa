"""Take a collection's output and stores away: the listed files, the work folder, and nothing of anybody else."""

from __future__ import annotations

import shutil
from pathlib import Path

from press.faults import Fault, refuse_if_any_error
from press.stage.lock import hold_lock
from press.stage.memory import find_manifest
from press.stage.naming import collection_folder, settle_output
from press.stage.recovery import clear_staging
from press.stage.refusals import refuse_place, refuse_strangers
from press.stage.tree import delete_listed


def clean_collection(root: Path, content: Path, output: Path) -> list[Fault]:
    """Delete what builds of this content wrote into this output, and their work folder; give warnings.

    Raises Refused, with nothing deleted, where output is no place of ours or holds a file that is not ours.
    """
    if output.parent.is_dir():
        refuse_if_any_error(refuse_place(root, content, output))
        output = settle_output(output)
        with hold_lock(output) as beside:
            faults = clear_staging(beside, output)
            standing = find_manifest(collection_folder(root, content, output), output)
            refuse_if_any_error(refuse_strangers(output, standing))
            delete_listed(output, standing.names if standing else frozenset())
    else:
        faults = []
    shutil.rmtree(collection_folder(root, content, output), ignore_errors=True)
    return faults
