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
import runpy
import sys
import sysconfig
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

from press.cache.sealed import read_sealed, write_sealed
from press.diagnostics import Diagnostic, Level, display_path
from press.publish.manifest import Manifest, carries
from press.publish.tree import agrees
from press.runtime.parallel import map_over_cores
from press.validate.paths import LEDGER, walk_content

VERSION = 1

NUMBERS = ("leaflets", "pages", "files", "drafts", "ignored")
"""What a build counts, for its report."""

_OF_PLACE = frozenset({"PATH", "OUTPUT_PATH", "SITEURL"})
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

        It is the same on another machine. `without` is a folder whose files are left out.
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
                plain[name] = _spell(value).replace(json.dumps(str(root))[1:-1], ".")
        parts = [code, plain, _library_versions(), sys.version_info[:2]]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def take_fingerprint(
    content: Path, settings_file: Path, wishes: Mapping[str, Any], also: Iterable[Path]
) -> Fingerprint:
    """Read everything that a build depends on: `wishes` is what it was asked for, `also` its theme and other plugins.

    Where a file cannot be read the fingerprint is empty, and equal to no other: the gate says what is wrong.
    """
    try:
        return _take(content, settings_file, wishes, list(also))
    except OSError:
        return Fingerprint("", {}, {})


def _take(content: Path, settings_file: Path, wishes: Mapping[str, Any], also: Sequence[Path]) -> Fingerprint:
    found = walk_content(content, "")
    named = [*found.texts, *found.statics, *([LEDGER] if (content / LEDGER).is_file() else [])]
    files = {path: _hash_file(content / path) for path in named}
    root = settings_file.parent
    folders = [Path(__file__).parent, *(path for path in also if path.is_dir())]
    code = [*root.glob("*.py"), *(path for path in also if path.is_file())]
    code += [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    parts: dict[str, Any] = {
        "content": files,
        "shown": display_path(content),
        "ignored": found.ignored,
        "problems": [str(problem) for problem in found.problems],
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
    problems: tuple[Diagnostic, ...]
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
            "problems": [dataclasses.asdict(problem) for problem in self.problems],
        }
        write_sealed(folder / "standing.json", body)


def recall_standing(folder: Path) -> Standing | None:
    """Read what the last build left; None where there is nothing that can be believed."""
    try:
        body = read_sealed(folder / "standing.json")
        if body["version"] != VERSION:
            return None
        problems = tuple(Diagnostic(**{**problem, "level": Level(problem["level"])}) for problem in body["problems"])
        if not all(
            isinstance(text, str) for problem in problems for text in (problem.path, problem.rule, problem.message)
        ):
            return None
        if not all(isinstance(problem.line, int) for problem in problems):
            return None
        numbers = {name: int(body["numbers"][name]) for name in NUMBERS}
        also = tuple(str(path) for path in body["also"])
        return Standing(str(body["fingerprint"]), str(body["tree"]), numbers, problems, also)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
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


def run_settings(file: Path) -> str:
    """Spell what the settings come to now: a program may ask the clock, the environment or other files.

    Empty where it fails: who reads it by Pelican says why.
    """
    for name in (file.stem, "pelicanconf"):  # Python would give one that was read before, from wherever it was
        sys.modules.pop(name, None)
    try:
        return _spell({name: value for name, value in runpy.run_path(str(file)).items() if name.isupper()})
    except (Exception, SystemExit):
        return ""


def list_modules() -> list[Path]:
    """Give the files of all modules that are loaded and not installed: what settings and plugins have imported."""
    installed = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    own = str(Path(__file__).parent)
    loaded = [vars(module).get("__file__") for name, module in list(sys.modules.items()) if name != "__main__"]
    files = {Path(file) for file in loaded if file}
    return sorted(file for file in files if not any(file.is_relative_to(path) for path in (own, *installed)))


def _spell(value: object) -> str:
    """Write a value of the settings down; of a function its name, since its code is hashed by itself."""
    try:
        return json.dumps(value, sort_keys=True, default=_name)
    except (TypeError, ValueError):
        return repr(value)


def _name(value: Any) -> Any:
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    return f"{value.__module__}.{value.__qualname__}" if hasattr(value, "__qualname__") else repr(value)


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _library_versions() -> dict[str, str]:
    """Give the versions of the libraries that the press asks for, without those for its tests."""
    wanted = [line for line in requires(DISTRIBUTION) or [] if "extra ==" not in line]
    return {name: version(name) for line in wanted for name in _NAME.findall(line)[:1]}
