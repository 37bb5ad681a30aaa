"""Exchange the finished tree with the published one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from pathlib import Path

from press.diagnostics import display_path, error, refuse_if_any_error, warning
from press.publish.manifest import PUBLISHED, Manifest, Origin, forget_all_but, remember
from press.publish.places import refuse_strangers
from press.publish.recover import OLD, Plan, write_plan
from press.publish.recycle import set_aside
from press.publish.staging import Staging
from press.publish.tree import is_bare, list_tree
from press.runtime import files as disk
from press.runtime.signals import raise_if_stopped, signals_held_back

Exchange = Callable[[Path, Path], bool]


class Altered(Exception):
    """A file that was to be kept is not what the list of the published tree says; carries its name."""


def seal(staging: Staging, sources: Mapping[str, Origin], kept: Set[str] = frozenset()) -> Manifest:
    """List the finished tree, and put the list into it.

    `sources` says what each source became, and is published with the list; `kept` are the files that were not
    written anew. Raises Refused if the tree holds what is not a plain file, Altered if a kept file is not what was
    published; OSError if the disk fails.
    """
    files, problems = list_tree(staging.tree, staging.output)
    if PUBLISHED in files:
        message = "the press writes its list of all files here. Publish this file under another name."
        problems.append(error(display_path(staging.output / PUBLISHED), 0, "manifest-taken", message))
    refuse_if_any_error(problems)
    for name in sorted(kept):
        if staging.standing is None or files.get(name) != staging.standing.files.get(name):
            raise Altered(name)
    manifest = Manifest(files, sources)
    path = staging.tree / PUBLISHED
    path.write_text(manifest.written, encoding="utf-8", newline="\n")
    path.chmod(0o644)
    return manifest


def swap(staging: Staging, manifest: Manifest, exchange: Exchange = disk.exchange) -> None:
    """Let the staged tree, which was sealed with this list, take the place of output in one step.

    Raises Refused, with output as it was, if output holds what is not ours; OSError if the disk fails. The old tree
    becomes the spare, or is deleted when the staging closes.
    """
    disk.flush_file_system(staging.tree)
    raise_if_stopped()
    with signals_held_back():
        refuse_if_any_error(refuse_strangers(staging.output, staging.standing))
        remember(staging.folder, manifest)
        _put_in_place(staging, manifest, exchange)
        disk.flush_folder(staging.output.parent)
        disk.flush_folder(staging.tree.parent)
        with suppress(OSError):  # one list too many does no harm: the tree itself names the right one
            forget_all_but(staging.folder, manifest)
        if staging.standing:
            set_aside(staging.tree, staging.spare, staging.standing.names)


def _put_in_place(staging: Staging, manifest: Manifest, exchange: Exchange) -> None:
    if is_bare(staging.output):
        staging.tree.rename(staging.output)  # takes an empty directory's place too, never a full one's
        return
    old = staging.standing.names if staging.standing else frozenset()
    write_plan(staging.tree.parent, Plan(staging.tree.name, old | manifest.names))
    if not exchange(staging.tree, staging.output):
        _put_in_two_steps(staging)


def _put_in_two_steps(staging: Staging) -> None:
    """Move the old tree out, then the new one in; what a kill cuts in two, the next build finishes."""
    old = staging.tree.parent / OLD
    staging.output.rename(old)
    try:
        staging.tree.rename(staging.output)
    except OSError:
        old.rename(staging.output)
        raise
    message = (
        "this system cannot exchange two directories, so for an instant nothing stood here. "
        "Keep output on a local disk under Linux."
    )
    staging.problems.append(warning(display_path(staging.output), 0, "swap-in-two-steps", message))
