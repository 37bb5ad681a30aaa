"""What stands in the output, and of what it was made: an archive that has not changed is not built again.

The fingerprint is a hash of everything that a build depends on: the content, the settings, the theme, the press
itself, and the versions of the libraries that shape the output. It is taken before Pelican is loaded. Modification
times decide nothing.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

from press.faults import Fault, Level
from press.gate.paths import LEDGER, walk_content
from press.parallel import map_over_cores
from press.sealed import read_sealed, write_sealed
from press.stage.manifest import Manifest
from press.stage.memory import carries
from press.stage.tree import agrees

VERSION = 1

_OF_PLACE = frozenset({"PATH", "OUTPUT_PATH", "SITEURL", "PLUGINS"})
"""Settings that say where things stand. Pages that show SITEURL have it in their imprint."""
_PART = 500
"""Files that a worker looks at in one go."""

DISTRIBUTION = "pamphlet-press"
_NAME = re.compile(r"[\w.-]+")
"""What a requirement begins with: the name of `pagefind[extended]==1.5.2` is `pagefind`."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The hash of all that a build depends on, and the hash of each content file and each file of code."""

    whole: str
    content: Mapping[str, str]
    code: Mapping[str, str]
    """The press, the settings, the theme and other plugins, by absolute path."""

    def name_environment(self, settings: Mapping[str, Any], root: Path, without: Path | None = None) -> str:
        """Give a name to all that a page depends on beside the content: other code or settings, another name.

        It is the same on another machine. `without` is a folder whose files are left out. Settings that are no plain
        values stand in the code.
        """
        own = Path(__file__).parent.parent
        code = {}
        for path, sha256 in self.code.items():
            near = next((above for above in (root, own) if Path(path).is_relative_to(above)), None)
            if without is None or not Path(path).is_relative_to(without):
                code[str(Path(path).relative_to(near)) if near else path] = sha256
        plain = {}
        for name, value in settings.items():
            if name not in _OF_PLACE and not name.startswith("PRESS_"):
                with suppress(TypeError, ValueError):
                    plain[name] = json.dumps(value, sort_keys=True).replace(json.dumps(str(root))[1:-1], ".")
        parts = [code, plain, _library_versions(), sys.version_info[:2]]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def take_fingerprint(
    content: Path, settings_file: Path, wishes: Mapping[str, Any], also: Iterable[Path]
) -> Fingerprint:
    """Read everything that a build depends on: `wishes` is what it was asked for, `also` its theme and other plugins.

    Where a file cannot be read the fingerprint is empty, and equal to no other: the gate says what is wrong.
    """
    try:
        return _take(content, settings_file, wishes, also)
    except OSError:
        return Fingerprint("", {}, {})


def _take(content: Path, settings_file: Path, wishes: Mapping[str, Any], also: Iterable[Path]) -> Fingerprint:
    found = walk_content(content, "")
    named = [*found.texts, *found.statics, *([LEDGER] if (content / LEDGER).is_file() else [])]
    files = {path: _hash_file(content / path) for path in named}
    root = settings_file.parent
    folders = [Path(__file__).parent, *(path for path in also if path.is_dir())]
    code = [*root.glob("*.py"), *(path for path in also if path.is_file())]
    code += [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    parts: dict[str, Any] = {
        "content": files,
        "ignored": found.ignored,
        "faults": [str(fault) for fault in found.faults],
        "code": {str(path): _hash_file(path) for path in code},
        "settings": settings_file.name,
        "wishes": dict(wishes),
        "libraries": _library_versions(),
        "python": sys.version_info[:2],
    }
    whole = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    return Fingerprint(whole, files, parts["code"])


@dataclass(frozen=True, slots=True)
class Standing:
    """The last build: its fingerprint, the key of the tree that it made, and what it said."""

    fingerprint: str
    tree: str
    numbers: Mapping[str, int]
    faults: tuple[Fault, ...]
    also: tuple[str, ...]
    """The theme's folder and the plugins that are not of the press, which the fingerprint covers."""

    def remember(self, folder: Path) -> None:
        """Write it into the work folder of the collection, whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        body = {
            "version": VERSION,
            "fingerprint": self.fingerprint,
            "tree": self.tree,
            "numbers": dict(self.numbers),
            "also": list(self.also),
            "faults": [dataclasses.asdict(fault) for fault in self.faults],
        }
        write_sealed(folder / "standing.json", body)


def recall_standing(folder: Path) -> Standing | None:
    """Read what the last build left; None where there is nothing that can be believed."""
    try:
        body = read_sealed(folder / "standing.json")
        if body["version"] != VERSION:
            return None
        faults = tuple(Fault(**{**fault, "level": Level(fault["level"])}) for fault in body["faults"])
        numbers = {str(name): int(number) for name, number in body["numbers"].items()}
        also = tuple(str(path) for path in body["also"])
        return Standing(str(body["fingerprint"]), str(body["tree"]), numbers, faults, also)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def still_stands(output: Path, folder: Path, manifest: Manifest) -> bool:
    """Tell whether the list and every listed file are in the output as they were written.

    `folder` is the work folder, where the list is remembered.
    """
    if not carries(output, folder, manifest):
        return False
    records = list(manifest.files.items())
    parts = [records[at : at + _PART] for at in range(0, len(records), _PART)]
    return all(
        map_over_cores(lambda part: all(agrees(f"{output}/{name}", record) for name, record in part), parts, few=4)
    )


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _library_versions() -> dict[str, str]:
    """Give the versions of the libraries that the press asks for, without those for its tests."""
    wanted = [line for line in requires(DISTRIBUTION) or [] if "extra ==" not in line]
    return {name: version(name) for line in wanted for name in _NAME.findall(line)[:1]}
