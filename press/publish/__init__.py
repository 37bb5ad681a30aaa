"""Keep the published tree complete at every instant.

    with stopping_signals(), open_staging(root, content, output) as staging:
        ...                                  # build into staging.tree, check it
        swap(staging, seal(staging, sources))

What is on the disk, moment by moment, for an output named `output`:

    .output.press-staging/          next to output, while a build runs and after a killed one
        lock                        who is building; flock tells a running build from a dead one
        tree-0123456789abcdef/      the new tree; after the exchange, the old one
        swap.json                   the plan: from just before the exchange until the old tree is deleted
        old/                        the old tree, on a system that cannot exchange
    output/manifest.json            the manifest: all files of its tree, and their sources
    .press/<collection>/stored-manifests/   copies of manifests, named by key
    .press/<collection>/previous-tree/      the tree that was public before the last swap
    .press/<collection>/leaving/            what of it is to be deleted
    .press/<collection>/output-state        the state and hash of each file of output, previous-state those of
                                            previous-tree: what is as recorded is not read

1. Refuse. Only paths are checked, and nothing is written (places).
2. Lock. The staging folder is made and locked. A second build stops here and names the first (lock).
3. Recover. What is on the disk shows what a killed build left (recover):
   no plan: any tree is an unfinished new one, and is deleted completely;
   a plan: a tree is the new one (killed before the exchange) or the old one (killed after it);
   in either, listed files are deleted, and anybody else's files are moved out and reported;
   a plan, `old`, and no output: killed between two renames; the new tree is put in its place.
4. Identify. Is everything in output as it was recorded? (tree_records, file_states) Then it is known. If not, which
   manifest describes it? (manifest) Whatever that does not list is somebody else's: refuse.
5. Build. The caller fills the tree, starting with the files of output that it can reuse (recycle): the previous
   tree becomes the staging tree and is brought into step with output. Until now, a
   kill, a signal or a full disk cannot have changed output.
6. Seal. Every file gets mode 644 (folders 755), is hashed unless its state is recorded (listing), and is listed in
   manifest.json. If a reused file is not what was published, this raises Altered, and the caller starts again with an
   empty tree.
7. Swap. One syncfs puts the whole tree on the disk, so that a power cut after the exchange finds no empty files.
   Then, with signals held back, output is searched once more for files that are not ours; the manifest is stored in
   the work folder; the plan is written; tree and output are exchanged in one step of the kernel. There is no instant
   at which output is missing, mixed or incomplete, and because each tree has its own manifest, none at which tree
   and manifest disagree. A first build, or an empty output, needs only a rename and no plan.
8. Close. The old tree becomes the previous tree, and both are recorded. If the old one cannot, because it has
   somebody else's file or the work folder is on another file system, its listed files are deleted. Then the plan, the
   lock and the folder are removed.

A kill in steps 2 to 7 leaves the old tree in output, a kill after the exchange the new one; step 3 of the next build
removes the rest. This package does not depend on Pelican.
"""

from press.publish.clean import CleanReport, clean_collection
from press.publish.lock import hold_lock, staging_folder
from press.publish.manifest import MANIFEST_NAME, Manifest, Origin, find_manifest, parse_manifest, read_manifest
from press.publish.places import collection_folder, refuse_place, refuse_untracked
from press.publish.recover import remove_old_stores
from press.publish.staging import Staging, open_staging
from press.publish.swap import seal, swap
from press.publish.tree import Record
from press.runtime.blob import Altered
from press.runtime.oserrors import describe_os_error
from press.runtime.signals import Stopped, raise_if_stopped, signals_held_back, stopping_signals

__all__ = [
    "MANIFEST_NAME",
    "Altered",
    "CleanReport",
    "Manifest",
    "Origin",
    "Record",
    "Staging",
    "Stopped",
    "clean_collection",
    "collection_folder",
    "describe_os_error",
    "find_manifest",
    "hold_lock",
    "open_staging",
    "parse_manifest",
    "raise_if_stopped",
    "read_manifest",
    "refuse_place",
    "refuse_untracked",
    "remove_old_stores",
    "seal",
    "signals_held_back",
    "staging_folder",
    "stopping_signals",
    "swap",
]
