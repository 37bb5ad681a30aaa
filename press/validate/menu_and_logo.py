"""What the settings name in the content folder: the entries of the menu, the logo and the wordmark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from press.diagnostics import Diagnostic, Level, display_path
from press.model.menu import MenuGround, find_menu_faults, make_menu
from press.model.plan import list_paths
from press.options import Settings
from press.pictures.boxes import Damaged
from press.pictures.measure import DAMAGED, Unfit, measure_picture
from press.pictures.strip import strip_picture
from press.setting_problems import locate_setting
from press.theme_folders import ThemeFolders
from press.validate import Survey
from press.validate.placeholders import find_in_values
from press.validate.svg import find_active_svg

ICON = "static/icons/icon.svg"

SHOWN = ("SITENAME", "SITESUBTITLE", "LEAFLETS_NOUN", "LEAFLETS_TITLE", "LEAFLETS_MENU", "SEARCH_ENGINES")
"""The settings whose words are on pages."""

MOST_LOGO_BYTES = 1_000_000
"""Every page shows the logo."""


def find_wrong_menu(settings: Settings, file: Path, survey: Survey) -> Iterator[Diagnostic]:
    """Yield a problem for each entry of the menu that a reader could not follow, at its line in the settings file.

    Where they lead is noted as left out, or the check of finished pages would report them again on every page.
    """
    if settings["LEAFLETS_MENU"]:
        files = {*list_paths(survey.archive), *survey.statics}
        ground = MenuGround(survey.archive, survey.entries, files, survey.unread)
        for entry, level, message in find_menu_faults(ground, settings["LEAFLETS_MENU"]):
            survey.left_out |= {item.path for item in make_menu(survey.archive, [entry])}
            yield locate_setting(file, "LEAFLETS_MENU", level, message)


def find_wrong_logos(settings: Settings, file: Path, content: Path, statics: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield an error for a logo or wordmark that is missing, unsafe, too large, or not a picture.

    `statics` are the paths of what the content folder publishes.
    """
    for name in ("LEAFLETS_LOGO", "LEAFLETS_WORDMARK"):
        path = settings[name]
        if path and (fault := _describe_wrong_logo(content / path, published=path in statics)):
            yield locate_setting(file, name, Level.ERROR, f"{name} is “{path}”, and {fault}")


def find_wrong_icon(theme: ThemeFolders) -> list[Diagnostic]:
    """Find what could run in an icon of the archive's own, which is published as any drawing."""
    file = theme.find(ICON)
    own = any(file.is_relative_to(folder) for folder in theme.own)
    return find_active_svg(file, display_path(file)) if own else []


def find_setting_placeholders(settings: Settings, file: Path, level: Level) -> Iterator[Diagnostic]:
    """Find what is still to be written in settings that readers see."""
    for name in SHOWN:
        for found in find_in_values(settings[name]):
            message = f"{name} has “{found}”, which is still to be written. Write it."
            yield locate_setting(file, name, level, message, "placeholder")


def _describe_wrong_logo(picture: Path, *, published: bool) -> str:
    if not picture.is_file():
        return "the content folder has no such picture. Correct the path."
    if not published:
        return "that file is not published. Put the picture itself there, under a plain name."
    if (size := picture.stat().st_size) > MOST_LOGO_BYTES:
        return (
            f"it has {size:,} bytes; {MOST_LOGO_BYTES:,} is the most, because every page shows it. Make it smaller."
        )
    if picture.suffix.lower() == ".svg":
        return next((f"on line {p.line} {p.message}" for p in find_active_svg(picture, "")), "")
    try:
        suffix = picture.suffix.lower()
        measure_picture(strip_picture(picture.read_bytes(), suffix), suffix)
    except Damaged:
        return f"the picture {DAMAGED}"
    except Unfit as unfit:
        return f"the picture {unfit}"
    return ""
