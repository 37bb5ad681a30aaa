"""Export inputs for tests: the Markdown of a leaflet, read and typeset as the press does it, without a site."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from markdown import Markdown

from pelicanconf import MARKDOWN
from press.exports.document import Document
from press.exports.export_input import ExportInput, Picture, Toolchain
from press.exports.from_html import read_body
from press.exports.typst_runs import place_layouts
from press.messages.message_check import load_translations
from press.model.dates import parse_date
from press.model.entry import Entry
from press.model.names_file import Names
from press.runtime.parallel import map_over_cores
from press.site.localise import Localiser
from press.site.markdown.dialect import HouseMarkdown
from press.theme_folders import ThemeFolders
from tests.conftest import ROOT

PLACE = "https://archive.example/leaflets/a/"


def render(markdown: str) -> str:
    extensions = [*MARKDOWN["extensions"], HouseMarkdown()]
    return Markdown(extensions=extensions, extension_configs=MARKDOWN["extension_configs"]).convert(markdown)


@functools.cache
def _words() -> Localiser:
    return Localiser("en", load_translations(ThemeFolders((ROOT / "theme",)), "en"))


def leaflet(markdown: str = "Some words.", *, pictures: tuple[Picture, ...] = (), **facts: Any) -> ExportInput:
    """Make an export input; `facts` belong to the entry, unless ExportInput has a field of that name."""
    own = {name: facts.pop(name) for name in ("paper", "columns", "formats", "right_to_left", "summary")
           if name in facts}  # fmt: skip
    date = parse_date(facts.pop("date", "2006-10-24"))
    title = facts.pop("title", "A leaflet")
    entry = Entry(source="a.md", title=title, slug="a", date=date, **{"lang": "en", **facts})
    known = Names().catalogue([entry])
    own |= {"authors": tuple(map(known.get, entry.authors)), "translators": tuple(map(known.get, entry.translators))}
    values: dict[str, Any] = {"summary": "", "archive": "The Archive", "archive_lang": "en", **own}
    return ExportInput(entry=entry, title=title, display_date=_words().format_date(date), body=render(markdown),
                  address=PLACE, pictures=pictures, **values)  # fmt: skip


def document(made: ExportInput) -> Document:
    return read_body(made.body, made.address)


_FOLDER = TemporaryDirectory(prefix="press-tests-")


@functools.cache
def toolchain(content: str = "", fonts: str = "") -> Toolchain:
    """Return a toolchain that reads pictures from `content`, where its layouts are then too."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(ROOT, "theme", "print").iterdir()}
    made = Toolchain(content or _FOLDER.name, sources, fonts)
    place_layouts(made)
    return made


def elsewhere(work: Callable[..., Any], *arguments: Any) -> Any:
    """Run work that needs Typst in another process: Typst starts threads, and later tests fork this process."""
    return next(map_over_cores(lambda _: work(*arguments), [None], jobs=2, few=1))
