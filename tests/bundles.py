"""Bundles for tests: the Markdown of a leaflet, read and typeset as the press does, without a site around it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markdown import Markdown

from pelicanconf import MARKDOWN
from press.bind.body import read_body
from press.bind.bundle import Bundle, Picture, Workshop
from press.bind.tree import Document
from press.catalogue.dates import parse_date
from press.catalogue.entry import Entry
from press.parallel import map_over_cores
from press.plugins.leaflets.house_markdown import HouseMarkdown
from press.plugins.leaflets.translations import load_translations
from press.plugins.leaflets.wording import Wording
from tests.conftest import ROOT

PLACE = "https://archive.example/leaflets/a/"


def render(markdown: str) -> str:
    extensions = [*MARKDOWN["extensions"], HouseMarkdown()]
    return Markdown(extensions=extensions, extension_configs=MARKDOWN["extension_configs"]).convert(markdown)


@functools.cache
def _words() -> Wording:
    return Wording("en", load_translations(ROOT / "theme" / "translations", "en"))


def bundle(markdown: str = "Some words.", *, pictures: tuple[Picture, ...] = (), **facts: Any) -> Bundle:
    """Make a bundle; `facts` are the entry's, but for those that are the bundle's own."""
    own = {name: facts.pop(name) for name in ("paper", "columns", "formats", "groups", "right_to_left", "summary")
           if name in facts}  # fmt: skip
    date = parse_date(facts.pop("date", "2006-10-24"))
    title = facts.pop("title", "A leaflet")
    entry = Entry(source="a.md", title=title, slug="a", date=date, **{"lang": "en", **facts})
    values: dict[str, Any] = {"summary": "", "archive": "The Archive", "archive_lang": "en", **own}
    return Bundle(entry=entry, title=title, said_date=_words().say_date(date), body=render(markdown), address=PLACE,
                  pictures=pictures, workshop="w", **values)  # fmt: skip


def document(made: Bundle) -> Document:
    return read_body(made.body, made.address)


@functools.cache
def workshop(content: str = str(ROOT / "tests" / "site"), fonts: str = "") -> Workshop:
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(ROOT, "theme", "print").iterdir()}
    return Workshop(content, sources, fonts, "w")


def elsewhere(work: Callable[..., Any], *arguments: Any) -> Any:
    """Do work that needs Typst in another process: it starts threads, and builds of later tests copy this one."""
    return next(map_over_cores(lambda _: work(*arguments), [None], jobs=2, few=1))
