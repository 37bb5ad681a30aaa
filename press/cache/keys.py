"""The keys of all steps: what each value depends on. Only page_keys.py beside it makes keys too, those of pages.

A key is a hash of everything that could change a value: the source, the settings, the code of the press, of the theme
and of what the settings import, the versions of the libraries, and for a page everything that it shows. Modification
times, the clock and the place of the project are not part of any key.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import runpy
import sys
import sysconfig
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from press.model.entry import Entry
from press.options import Settings
from press.runtime.files import hash_file
from press.runtime.signals import Stopped

OWN = Path(__file__).parents[2]
"""The folder that contains press/."""

DISTRIBUTION = "pamphlet-press"

_OF_PLACE = frozenset({"PATH", "OUTPUT_PATH", "SITEURL", "THEME", "THEME_TEMPLATES_OVERRIDES"})
"""Settings that name places. Pages that show SITEURL have it in their keys, and the theme is hashed as code is."""

_REQUIREMENT = re.compile(r"[\w.-]+")
"""The name at the start of a requirement: `pagefind` in `pagefind[extended]==1.5.2`."""


HashFiles = Callable[[Path, Iterable[str]], dict[str, str]]
"""Returns the SHA-256 of each named file of a folder: hash_files, or one that knows files by their marks."""


def make_key(*parts: str) -> str:
    """Return the hash of everything that a value depends on."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def hash_files(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of each file; one that cannot be read is left out, so that nothing is cached for it."""
    found = {}
    for name in names:
        try:
            found[name] = hash_file(os.path.join(folder, name))  # noqa: PTH118  # of thousands, Path is half the time
        except OSError:
            continue
    return found


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a build depends on: hashes by path, the options and the settings."""

    content: Mapping[str, str]
    """The sources and static files, by path below the content folder."""
    asked: str
    """The options, the names of the content folder and of the settings file, and what the walk reported."""
    imported: tuple[str, ...]
    """The theme, and the files that the settings and plugins import, by absolute path."""
    code: Mapping[str, str]
    """The press, the settings files, the theme and what the settings have imported, by absolute path."""
    settings: str
    """The values that the settings file sets, as text; empty if it fails."""

    @property
    def key(self) -> str:
        """The key of the whole build."""
        return make_key(_json([self.content, self.code]), self.asked, self.settings, _libraries())

    def environment(self, settings: Settings, root: Path, without: Iterable[Path] = ()) -> str:
        """Return a key of all that a text or a page depends on beyond the content; it is the same on any machine.

        `without` are folders whose files do not matter.
        """
        left_out = tuple(f"{folder}/" for folder in without)
        code = {}
        for path, sha256 in self.code.items():
            if not path.startswith(left_out):
                code[_name_place(path, root)] = sha256
        values = {
            name: spell_setting(value).replace(json.dumps(str(root))[1:-1], ".")
            for name, value in settings.items()
            if name not in _OF_PLACE
        }
        return make_key(_json([code, values]), _libraries())


def _name_place(path: str, root: Path) -> str:
    """Return a path in the press or in the archive without the rest of this machine; both have a theme/home.html."""
    for name, base in (("press", f"{OWN}/"), ("archive", f"{root}/")):
        if path.startswith(base):
            return f"{name}/{path.removeprefix(base)}"
    return path


def hash_code(root: Path, paths: Iterable[str], hash_files: HashFiles = hash_files) -> dict[str, str]:
    """Return the hashes of the press, of the settings files in `root`, and of these files and folders."""
    given = list(map(Path, paths))
    folders = [*_own_packages(), *(path for path in given if path.is_dir())]
    files = {*root.glob("*.py"), *(path for path in given if path.is_file())}
    files |= {path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    return hash_files(Path("/"), map(str, sorted(files)))


def list_imported() -> list[Path]:
    """Return the files of all loaded modules that are not installed: what settings and plugins have imported."""
    installed = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    covered = tuple(f"{folder}/" for folder in (*_own_packages(), *installed))
    loaded = {vars(module).get("__file__") for name, module in list(sys.modules.items()) if name != "__main__"}
    return [Path(file) for file in sorted(filter(None, loaded)) if not file.startswith(covered)]


def _own_packages() -> list[Path]:
    """Return the folders of the press and of pelican-typeset, whose code is always hashed."""
    typeset = find_spec("pelican_typeset")  # not imported: an unchanged archive is not typeset
    return [OWN / "press", *([Path(typeset.origin).parent] if typeset and typeset.origin else [])]


def run_settings(file: Path) -> str:
    """Run the settings file and return its values as text: it may read the clock, the environment or other files."""
    for name in (file.stem, "pelicanconf"):  # or Python would return one that was read before, perhaps from elsewhere
        sys.modules.pop(name, None)
    try:
        return spell_setting({name: value for name, value in runpy.run_path(str(file)).items() if name.isupper()})
    except (KeyboardInterrupt, Stopped):
        raise
    except BaseException:  # load_settings reports it
        return ""


def source_key(environment: str, path: str, sha256: str, lang: str) -> str:
    """Return the key of a source: its path, its hash, and the language of texts without `Lang:`."""
    return make_key("source", environment, path, sha256, lang) if sha256 else ""


def text_key(environment: str, entry: Entry, sha256: str) -> str:
    """Return the key of a typeset text."""
    return make_key("text", environment, entry.source, sha256) if sha256 else ""


def facts_key(page: str, sha256: str, address: str) -> str:
    """Return the key of what the check needs to know of a page: its path, its bytes, the site's address."""
    return make_key("facts", page, sha256, address, _name_check())


def targets_key(tree: str, address: str) -> str:
    """Return the key of what the pages of a tree lead to; `tree` is the key of its manifest."""
    return make_key("targets", tree, address, _name_check())


def placed_key(tree: str) -> str:
    """Return the key of what is known of the exports in a tree; `tree` is the key of its manifest."""
    return make_key("placed", tree)


def document_key(environment: str, text: str, entry: str, *shown: str) -> str:
    """Return the key of a leaflet as the search has it; `text` and `entry` are those of TextKeys."""
    return make_key("document", environment, text, entry, *shown) if environment else ""


def imported_key(settings_file: Path) -> str:
    """Return the key under which a build notes what its settings import."""
    return make_key("imported", str(settings_file))


def style_key(environment: str, shown: str, sha256: str) -> str:
    """Return the key of what the house style finds in a source; `shown` is how diagnostics name it."""
    return make_key("style", environment, shown, sha256) if environment and sha256 else ""


def check_key(whole: str, here: str) -> str:
    """Return the key of all that a check finds: what a build depends on (`whole`), and the current folder."""
    return make_key("check", whole, here)


def last_check_key(settings_file: Path, formats: str, *, make_exports: bool) -> str:
    """Return the key under which the last check with these settings is kept; its value names what it depends on."""
    return make_key("last check", str(settings_file), formats, str(make_exports))


def options_key(options: Mapping[str, object], *names: str) -> str:
    """Name what a build is asked for; `names` are those that its diagnostics show."""
    return make_key("options", repr(sorted(options.items())), *names)


def picture_key(path: str, sha256: str) -> str:
    """Return the key of a published picture: its bytes, its path, the code that strips and shrinks it, and Pillow."""
    return make_key("picture", path, sha256, _hash_pictures(), _libraries()) if sha256 else ""


def toolchain_key(templates: Iterable[Path], fonts: str) -> str:
    """Return a key of what all exports depend on: the print templates, fonts, the code and its libraries."""
    own = [OWN / "press" / name for name in ("exports", "model", "pictures")]
    folders = [*own, *([Path(fonts)] if fonts else [])]
    printing = {path.name: hash_files(path.parent, [path.name]) for path in templates}
    libraries = "EbookLib fonttools lxml pikepdf pillow segno typst".split()
    return make_key(_json([list(map(_hash_below, folders)), printing, [(name, version(name)) for name in libraries]]))


def index_key(lang: str, documents: Mapping[int, str]) -> str:
    """Return the key of a search index: its language, Pagefind, the code that runs it, and the keys of its documents.

    `documents` has them by their position among all leaflets; the key is empty if one of them is.
    """
    return make_key("index", index_note_key(lang), repr(documents)) if all(documents.values()) else ""


def index_note_key(lang: str) -> str:
    """Return the key under which a build notes what the folder of an index holds."""
    libraries = [(name, version(name)) for name in ("pagefind", "pagefind_bin_extended")]
    return make_key("index folder", _json([_hash_below(OWN / "press" / "search"), libraries]), lang)


def _hash_below(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return hash_files(folder, sorted(path.relative_to(folder).as_posix() for path in found))


def export_key(environment: str, leaflet: object) -> str:
    """Return the key of a leaflet's exports; the repr of `leaflet` has everything that they show."""
    return make_key("exports", environment, repr(leaflet))


def copy_key(environment: str, sha256: str) -> str:
    """Return the key of a source as readers can download it."""
    return make_key("copy", environment, sha256) if environment and sha256 else ""


def citations_key(hashes: Iterable[str]) -> str:
    """Return the key of the citations of a whole archive: those of its leaflets, and the code that joins them."""
    return make_key("citations", _json(_hash_below(OWN / "press" / "exports")), *hashes)


def spell_setting(value: object) -> str:
    """Return a setting as text; a function as its name, since its code is hashed separately."""
    try:
        return json.dumps(value, sort_keys=True, default=_name)
    except (TypeError, ValueError):
        return repr(value)


def _name(value: Any) -> Any:
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    return f"{value.__module__}.{value.__qualname__}" if hasattr(value, "__qualname__") else repr(value)


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=dict)


@functools.cache
def _name_check() -> str:
    """Return a key of the code of the check and its libraries, once in a process: none is ever reloaded."""
    return _json([_hash_below(OWN / "press" / "check"), _libraries()])


@functools.cache
def _hash_pictures() -> str:
    return _json(_hash_below(OWN / "press" / "pictures"))


@functools.cache
def _libraries() -> str:
    """Return the versions of Python and of the libraries that the press requires, without those for its tests."""
    wanted = [line for line in requires(DISTRIBUTION) or [] if "extra ==" not in line]
    names = [name for line in wanted for name in _REQUIREMENT.findall(line)[:1]]
    return _json([sys.version_info[:2], {name: version(name) for name in names}])
