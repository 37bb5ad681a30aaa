"""Where the theme is: an archive's own `theme/` first, then the press's own, file by file.

A template, style sheet, script, font, icon, print template or catalogue in an archive's `theme/` takes the place of
the file of the same name in the press. In this repository both are the same folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TEMPLATES = "templates"


@dataclass(frozen=True, slots=True)
class ThemeFolders:
    """The folders of a theme; a file of an earlier folder takes the place of one of the same name in a later."""

    folders: tuple[Path, ...]

    @property
    def own(self) -> tuple[Path, ...]:
        """The archive's own folders, without that of the whole theme, which is the last."""
        return self.folders[:-1]

    def find(self, name: str) -> Path:
        """Return the file of this name; if there is none, where the last folder should have it."""
        return next((folder / name for folder in self.folders if (folder / name).is_file()), self.folders[-1] / name)

    def list_files(self, folder: str, pattern: str = "*") -> list[Path]:
        """Return the files of a folder of the theme, one for each name, in the order of their names."""
        found: dict[str, Path] = {}
        for each in reversed(self.folders):
            found |= {path.name: path for path in (each / folder).glob(pattern) if path.is_file()}
        return [found[name] for name in sorted(found)]

    def contains(self, file: str | Path) -> bool:
        """Return whether a file is in one of the folders."""
        return any(Path(file).resolve().is_relative_to(folder.resolve()) for folder in self.folders)


def place_overrides(settings: dict[str, Any], root: Path) -> None:
    """Make THEME_TEMPLATES_OVERRIDES absolute: Pelican would look for them in the current folder."""
    settings["THEME_TEMPLATES_OVERRIDES"] = [str(root / templates) for templates in _read_overrides(settings)]


def _read_overrides(settings: Mapping[str, Any]) -> list[str]:
    """Return the setting, or nothing if it is not a list of texts."""
    value = settings.get("THEME_TEMPLATES_OVERRIDES", ())
    return [each for each in value if isinstance(each, str)] if isinstance(value, list | tuple) else []


def theme_folders(settings: Mapping[str, Any]) -> ThemeFolders:
    """Return the folders of the theme that the settings name: the parents of THEME_TEMPLATES_OVERRIDES, then THEME.

    Overrides that do not exist are left out, and a folder that is named twice is there once.
    """
    *own, whole = list_theme_places(settings)
    return ThemeFolders((*(folder for folder in own if folder.is_dir()), whole))


def list_theme_places(settings: Mapping[str, Any]) -> list[Path]:
    """Return the folders of the theme as theme_folders does, and those of overrides that do not exist yet."""
    overrides = [Path(templates).parent.resolve() for templates in _read_overrides(settings)]
    whole = Path(settings["THEME"]).resolve()
    return [*(folder for folder in dict.fromkeys(overrides) if folder != whole), whole]
