"""One style sheet and its fonts, named by their content: browsers may keep `theme/style.3f2a….css` forever."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from press.model.colour_schemes import make_schemes, write_schemes
from press.model.colours import write_hues
from press.model.urls import THEME
from press.theme_folders import ThemeFolders

_FIRST_FACES = ("text", "title")
"""The faces that every page begins with: `text.latin.woff2` is one for the Latin script."""


_COMMENT = re.compile(r"""(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
_INDENT = re.compile(r"[ \t]*(?<!\\)\n\s*")
"""A line feed in a string of CSS has a backslash before it."""


def read_fonts(theme: ThemeFolders) -> dict[str, tuple[str, bytes]]:
    """Read the fonts of a theme and their licences; return the path and the bytes of each by its name."""
    found = {}
    for file in theme.list_files("static/fonts"):
        data = file.read_bytes()
        found[file.name] = f"{THEME}{file.stem}.{hashlib.sha256(data).hexdigest()[:12]}{file.suffix}", data
    return found


def list_first_fonts(fonts: Mapping[str, str], scripts: Iterable[str]) -> list[str]:
    """Return the paths of the fonts that a page begins with, in `scripts` such as `latin` and `cyrillic`.

    `fonts` maps the name of each font of the theme, `text.latin.woff2`, to its path.
    """
    wanted = [f"{face}.{script}.woff2" for script in dict.fromkeys(scripts) for face in _FIRST_FACES]
    return [fonts[name] for name in wanted if name in fonts]


def make_stylesheet(
    theme: ThemeFolders, name: str, fonts: Mapping[str, tuple[str, bytes]], colours: str
) -> tuple[str, str]:
    """Join theme/static/css/*.css in the order of their names; return the sheet and its path.

    The archive’s name and the rules of its `colours` (`write_colours`) come last.

    A sheet names a font as `url("text.latin.woff2")`; the address with its hash takes the place of that.
    """
    sources = theme.list_files("static/css", "*.css")
    sheet = join_sheets([*(source.read_text(encoding="utf-8") for source in sources), name_archive(name), colours])
    sheet = address_fonts(sheet, ((plain, path) for plain, (path, _) in fonts.items()))
    return sheet, f"{THEME}style.{hashlib.sha256(sheet.encode()).hexdigest()[:12]}.css"


def write_colours(schemes: Mapping[str, Mapping[str, str]], hues: Mapping[str, str]) -> str:
    """Write the rules of an archive’s colours, given the settings LEAFLETS_COLOURS and CATEGORY_COLOURS."""
    light, dark = (scheme.paper for scheme in make_schemes(schemes).values())
    return "\n".join(filter(None, [write_schemes(schemes), write_hues(hues, (light, dark))]))


def address_fonts(sheet: str, paths: Iterable[tuple[str, str]]) -> str:
    """Write the addresses of fonts into a style sheet, relative to its own folder."""
    for plain, path in paths:
        sheet = sheet.replace(f'url("{plain}")', f'url("{path.removeprefix(THEME)}")')
    return sheet


def join_sheets(sheets: list[str]) -> str:
    """Join style sheets into one, without their comments and the spaces that lines begin with: a quarter of them."""
    bare = (_COMMENT.sub(lambda found: found["string"] or "", sheet) for sheet in sheets)
    return _INDENT.sub("\n", "\n".join(bare)).strip() + "\n"


def name_archive(name: str) -> str:
    """Write the archive's name as a property, for the running head of a printed page: `:root { --archive: "…"; }`."""
    escaped = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in name)
    return f':root {{ --archive: "{escaped}"; }}'
