"""Bundles for tests: the Markdown of a leaflet, read and typeset as the press does, without a site around it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markdown import Markdown

from pelicanconf import MARKDOWN
from press.exports.document import Document
from press.exports.export_input import ExportInput, Picture, Toolchain
from press.exports.from_html import read_body
from press.model.dates import parse_date
from press.model.entry import Entry
from press.runtime.parallel import map_over_cores
from press.site.localise import Wording, load_translations
from press.site.markdown.dialect import HouseMarkdown
from tests.conftest import ROOT

PLACE = "https://archive.example/leaflets/a/"


def render(markdown: str) -> str:
    extensions = [*MARKDOWN["extensions"], HouseMarkdown()]
    return Markdown(extensions=extensions, extension_configs=MARKDOWN["extension_configs"]).convert(markdown)


@functools.cache
def _words() -> Wording:
    return Wording("en", load_translations(ROOT / "theme" / "translations", "en"))


def leaflet(markdown: str = "Some words.", *, pictures: tuple[Picture, ...] = (), **facts: Any) -> ExportInput:
    """Make a leaflet; `facts` are the entry's, but for those that are the leaflet's own."""
    own = {name: facts.pop(name) for name in ("paper", "columns", "formats", "groups", "right_to_left", "summary")
           if name in facts}  # fmt: skip
    date = parse_date(facts.pop("date", "2006-10-24"))
    title = facts.pop("title", "A leaflet")
    entry = Entry(source="a.md", title=title, slug="a", date=date, **{"lang": "en", **facts})
    values: dict[str, Any] = {"summary": "", "archive": "The Archive", "archive_lang": "en", **own}
    return ExportInput(entry=entry, title=title, said_date=_words().say_date(date), body=render(markdown),
                  address=PLACE, pictures=pictures, toolchain="w", **values)  # fmt: skip


def document(made: ExportInput) -> Document:
    return read_body(made.body, made.address)


@functools.cache
def toolchain(content: str = str(ROOT / "tests" / "sample"), fonts: str = "") -> Toolchain:
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(ROOT, "theme", "print").iterdir()}
    return Toolchain(content, sources, fonts, "w")


def elsewhere(work: Callable[..., Any], *arguments: Any) -> Any:
    """Do work that needs Typst in another process: it starts threads, and builds of later tests copy this one."""
    return next(map_over_cores(lambda _: work(*arguments), [None], jobs=2, few=1))
