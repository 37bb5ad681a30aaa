"""Which tree is ours: the lists a work folder remembers, and the list a tree carries itself.

A list is remembered under its key before its tree is exchanged in, the one before it is forgotten
after: at every instant the list of the tree that stands in output/ is among them, and nothing has
to be brought into step after a kill.
"""

from __future__ import annotations

from pathlib import Path

from press.stage.disk import write_whole
from press.stage.manifest import PUBLISHED, Manifest, read_manifest
from press.stage.tree import agrees, find_strangers, is_bare


def remember(folder: Path, manifest: Manifest) -> None:
    """Keep a list in the work folder, on the disk for good when this returns."""
    shelf = _shelf(folder)
    shelf.mkdir(parents=True, exist_ok=True)
    write_whole(shelf / f"{manifest.key}.json", manifest.written)


def forget_all_but(folder: Path, manifest: Manifest) -> None:
    """Drop the lists of trees that stand no more, and what damaged or half-written ones lie about."""
    for path in _shelf(folder).iterdir():
        if path.name != f"{manifest.key}.json":
            path.unlink(missing_ok=True)


def recall(folder: Path) -> dict[str, Manifest]:
    """Give the remembered lists by key, leaving out the damaged."""
    found = {path.stem: read_manifest(path) for path in sorted(_shelf(folder).glob("*.json"))}
    return {key: manifest for key, manifest in found.items() if manifest is not None and manifest.key == key}


def find_manifest(folder: Path, output: Path) -> Manifest | None:
    """Find the list of the tree that stands in output, or None where nothing shows that it is ours.

    Believed, in this order: the remembered list that the tree itself names; a remembered list that
    names every file there is (the tree's own is lost or damaged); the tree's own list (the work
    folder is lost, or the project moved) as far as the content of each file agrees with it.
    """
    if is_bare(output):
        return None
    carried = read_manifest(output / PUBLISHED)
    if carried is not None and carries(output, folder, carried):
        return carried
    remembered = recall(folder)
    if carried is not None and carried.key in remembered:
        return remembered[carried.key]
    for manifest in remembered.values():
        if not any(find_strangers(output, manifest.names)):
            return manifest
    if carried is None:
        return None
    return Manifest({name: r for name, r in carried.files.items() if agrees(output / name, r)})


def carries(output: Path, folder: Path, manifest: Manifest) -> bool:
    """Tell whether the list that a tree carries is, byte for byte, this one as it is remembered."""
    try:
        remembered = (_shelf(folder) / f"{manifest.key}.json").read_bytes()
        return (output / PUBLISHED).read_bytes() == remembered
    except OSError:
        return False


def _shelf(folder: Path) -> Path:
    return folder / "manifests"
