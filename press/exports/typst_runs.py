"""Typst runs: a layout of theme/print/ sets a text, which is data to it."""

from __future__ import annotations

import functools
import io
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from press.exports.export_input import Toolchain
from press.exports.printable import PRESS_FONTS

_FOLDER, _SHARED, _LAYOUTS = "print", "tree.typ", ("pages.typ", "sheet.typ")
_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)


class Unprintable(Exception):
    """Typst refused the text; `characters` are the ones that no font has, if that is the reason."""

    def __init__(self, message: str, characters: str = "") -> None:
        self.characters = characters
        super().__init__(message)


def place_layouts(toolchain: Toolchain) -> None:
    """Write the layouts next to the pictures: Typst reads a file once in a process, and a string each time."""
    folder = Path(toolchain.content, _FOLDER)
    folder.mkdir(exist_ok=True)
    for name in _LAYOUTS:
        source = f"{toolchain.sources[_SHARED]}\n{toolchain.sources[name]}"
        (folder / name).write_text(source, encoding="utf-8", newline="\n")


def run_typst(toolchain: Toolchain, layout: str, data: Mapping[str, Any], *, for_archives: bool = False) -> bytes:
    """Set a text in a layout, such as `pages.typ`, as PDF/UA-1. Raises Unprintable.

    `for_archives` makes it PDF/A-2a too, unless a picture has inks instead of colours, which PDF/A allows only with
    a description of the printing press.
    """
    import typst

    run = partial(
        _open_compiler(toolchain.content, toolchain.fonts).compile,
        Path(toolchain.content, _FOLDER, layout),
        sys_inputs={"leaflet": json.dumps(data, ensure_ascii=False)},
    )
    try:
        if for_archives:
            with suppress(typst.TypstError):
                return bytes(run(pdf_standards=["ua-1", "a-2a"]))
        return bytes(run(pdf_standards="ua-1"))
    except typst.TypstError as wrong:
        unseen = _NO_GLYPH.search(str(wrong))
        raise Unprintable(wrong.message, unseen[1] if unseen else "") from None


@functools.lru_cache(maxsize=1)
def count_pages(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


@functools.cache
def _open_compiler(content: str, fonts: str) -> Any:
    import typst

    folders = [str(PRESS_FONTS), *([fonts] if fonts else [])]
    return typst.Compiler(root=content, font_paths=folders, ignore_system_fonts=True)
