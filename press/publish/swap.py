"""Exchange the finished tree with the published one."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from press.diagnostics import display_path, error, refuse_if_any_error, warning
from press.publish.listing import list_tree
from press.publish.manifest import MANIFEST_NAME, Manifest, Origin, drop_other_manifests, store_manifest
from press.publish.places import refuse_untracked
from press.publish.recover import OLD, Plan, write_plan
from press.publish.recycle import store_previous
from press.publish.staging import Staging
from press.publish.tree import is_bare
from press.publish.tree_records import record_tree
from press.runtime import files as disk
from press.runtime.blob import Altered
from press.runtime.signals import raise_if_stopped, signals_held_back

Exchange = Callable[[Path, Path], bool]


def seal(staging: Staging, sources: Mapping[str, Origin], expected: Mapping[str, str] | None = None) -> Manifest:
    """List the finished tree in a manifest, and write the manifest into it.

    `sources` has the address of each source, and is published too; `expected` has the SHA-256 of files by path.
    Raises Refused if the tree has anything but plain files, Altered if a file is not as expected, OSError if the disk
    fails.
    """
    path = staging.tree / MANIFEST_NAME
    taken = os.path.lexists(path)
    if not taken:
        path.touch()
    listing = list_tree(staging.tree, staging.output, staging.known.list_known)
    files, problems = listing.files, listing.problems
    if taken:
        message = "the build writes its manifest here. Publish this file under another name."
        problems.append(error(display_path(staging.output / MANIFEST_NAME), 0, "manifest-taken", message))
    refuse_if_any_error(problems)
    for name, sha256 in (expected or {}).items():
        if name not in files or files[name].sha256 != sha256:
            raise Altered(name)
    manifest = Manifest(files, sources)
    path.write_text(manifest.written, encoding="utf-8", newline="\n")
    if listing.clock is not None:
        staging.known.sealed = record_tree(manifest, listing.clock, listing.seen)
    return manifest


def swap(staging: Staging, manifest: Manifest, exchange: Exchange = disk.exchange) -> None:
    """Exchange the staged tree, which was sealed with this manifest, with output in one step.

    Raises Refused, with output as it was, if output has files that are not ours; OSError if the disk fails. The old
    tree becomes the previous tree, or is deleted when the staging closes.
    """
    disk.flush_file_system(staging.tree)
    raise_if_stopped()
    names = staging.names
    with signals_held_back():
        refuse_if_any_error(refuse_untracked(staging.output, names))
        store_manifest(staging.folder, manifest)
        _put_in_place(staging, names | manifest.names, exchange)
        disk.flush_folder(staging.output.parent)
        disk.flush_folder(staging.tree.parent)
        with suppress(OSError):  # one manifest too many does no harm: the tree itself names the right one
            drop_other_manifests(staging.folder, manifest)
        if names:
            store_previous(staging.tree, staging.previous, names)
        staging.known.exchange()


def _put_in_place(staging: Staging, either: frozenset[str], exchange: Exchange) -> None:
    if is_bare(staging.output):
        staging.tree.rename(staging.output)  # replaces an empty folder too, but never a full one
        return
    write_plan(staging.tree.parent, Plan(staging.tree.name, either))
    if not exchange(staging.tree, staging.output):
        _put_in_two_steps(staging)


def _put_in_two_steps(staging: Staging) -> None:
    """Move the old tree out, then the new one in; after a kill in between, the next build finishes this."""
    old = staging.tree.parent / OLD
    staging.output.rename(old)
    try:
        staging.tree.rename(staging.output)
    except OSError:
        old.rename(staging.output)
        raise
    message = (
        "this system cannot exchange two folders in one step, so this was missing for an instant. "
        "Put output on a local Linux file system."
    )
    staging.problems.append(warning(display_path(staging.output), 0, "swap-in-two-steps", message))
