"""Keep the published tree whole at every instant.

    with stopping_signals(), open_staging(root, content, output) as staging:
        ...                                  # build into staging.tree, check it
        swap(staging, seal(staging, sources))

What stands on the disk, moment by moment, for an output named `output`:

    .output.press-staging/          beside output, while a build runs, and after a killed one
        lock                        who builds; flock tells a living build from a dead one
        tree-0123456789abcdef/      the new tree; after the exchange, the old one
        swap.json                   the plan: from just before the exchange until the old tree is deleted
        old/                        the old tree, on a system that cannot exchange
    output/manifest.json            the list of all files of the tree it stands in, and of their sources
    .press/<collection>/manifests/  the same lists, named by key
    .press/<collection>/spare/      the tree that was public before the last swap (keeping)

1. Refuse. Paths alone are judged: nothing is written (refusals).
2. Lock. The staging folder is made and locked; a second build stops here, naming the first (lock).
3. Recover. What a killed build left is dealt with by what stands there (recovery):
   no plan: any tree is an unfinished new one, and all of it is deleted;
   a plan: a tree is the new one (killed before the exchange) or the old one (killed after);
   in either, listed files are deleted, and somebody else's are moved out and told of;
   a plan, `old`, and no output: killed between two renames; the new tree goes into its place.
4. Know. Which list describes output? (memory) Whatever it does not name is somebody else's: refuse.
5. Build. The caller fills the tree, beginning with what it keeps of output (keeping): the spare tree becomes
   the staging tree and is brought into step with output. Kill, signal, full disk: output has not been touched.
6. Seal. Every file is hashed, given mode 644 (directories 755), and listed in manifest.json. A kept file that
   is not what was published is told: the caller begins anew.
7. Swap. One syncfs puts the whole tree on the disk: a power cut after the exchange must not find empty
   files. Then, signals held back, output is looked through once more for what is not ours; the list is
   remembered in the work folder; the plan is written; tree and output change places in one step of
   the kernel. There is no instant at which output is missing, mixed or half, and since each tree
   carries its own list, none at which tree and list disagree. A first build, or an empty output,
   needs only a rename and no plan.
8. Close. The old tree becomes the spare, or is deleted as far as it is listed where that cannot be: it holds
   somebody else's file, or the work folder is on another file system. Then the plan, lock and folder go.

A kill in 2 to 7 leaves the old tree in output, a kill after the exchange the new one; the next build's
step 3 removes the rest. The package knows nothing of Pelican.
"""

from press.publish.clean import clean_collection
from press.publish.lock import hold_lock, staging_folder
from press.publish.manifest import PUBLISHED, Manifest, Origin, find_manifest, parse_manifest, read_manifest
from press.publish.places import collection_folder, refuse_place, refuse_strangers
from press.publish.staging import Staging, open_staging
from press.publish.swap import Altered, seal, swap
from press.publish.tree import Record
from press.runtime.oserrors import describe_os_error
from press.runtime.signals import Stopped, raise_if_stopped, signals_held_back, stopping_signals

__all__ = [
    "PUBLISHED",
    "Altered",
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
    "refuse_strangers",
    "seal",
    "signals_held_back",
    "staging_folder",
    "stopping_signals",
    "swap",
]
