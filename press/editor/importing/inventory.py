"""What the archive already has: slugs, paths, categories, and the sources imported before."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from press.model.header import read_header, split_source
from press.model.slugs import make_slug
from press.model.source_text import decode_source
from press.model.urls import LEAFLETS
from press.site.markdown.page_marks import drop_page_marks
from press.validate.paths import walk_content

_SHA256 = re.compile(r"sha256 ([0-9a-f]{64})")
_WORDS = re.compile(r"\w+")
_MARKUP = re.compile(r"</?[a-z]+[^<>\n]*>|\[\^[^\]\s]+\]:?|[*\\]|^(?:#+|>|-|\d+\.)(?=\s)", re.MULTILINE)
"""Markup that has letters or figures, or parts a word: tags, names of notes, emphasis, numbers of items."""
_OLD_LEAFLET = re.compile(rf"/{LEAFLETS}([a-z0-9-]+)/")


Identity = tuple[str, str, str]
"""The hash of a text's words, the slug of its title, its date. Two texts with the same identity are the same."""


@dataclass(slots=True)
class Inventory:
    """What is taken. A text with problems counts too, as far as it can be read."""

    slugs: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    """Below the content folder."""
    statics: set[str] = field(default_factory=set)
    """The pictures and other files, by their paths below the content folder."""
    sources: dict[str, str] = field(default_factory=dict)
    """The path of the text that came from a source, by the source's sha256."""
    words: dict[str, str] = field(default_factory=dict)
    """The path of a text by the hash of its words."""
    texts: dict[Identity, str] = field(default_factory=dict)
    """The path of a text by its identity."""
    forms: dict[Identity, str] = field(default_factory=dict)
    """The format that a text of this import came in, by its identity."""
    names: dict[str, str] = field(default_factory=dict)
    """The name of a source of this import, by the source's sha256."""
    categories: dict[str, str] = field(default_factory=dict)
    """The name of each category by its slug."""


def read_inventory(content: Path) -> Inventory:
    """Read a content folder. Whatever is wrong in it is passed over: validation reports it."""
    paths = walk_content(content, str(content))
    inventory = Inventory(statics=set(paths.statics))
    for path in paths.texts:
        inventory.paths.add(path)
        try:
            text = decode_source((content / path).read_bytes())
        except (OSError, UnicodeDecodeError):
            continue
        _add_text(inventory, path, text)
    return inventory


def _add_text(inventory: Inventory, path: str, text: str) -> None:
    header = read_header(text, path, page=path.startswith("pages/"))
    values = {key: item.values for key, item in header.fields.items() if item.values}
    if path.startswith("pages/"):
        return
    slug = values.get("slug", (make_slug(values["title"][0]),) if "title" in values else ("",))[0]
    inventory.slugs |= {slug, *find_old_slugs(values.get("redirect-from", ()))} - {""}
    for name in values.get("category", ()):
        inventory.categories.setdefault(make_slug(name), name)
    for sha256 in _SHA256.findall(" ".join([*values.get("imported", ()), *values.get("source", ())])):
        inventory.sources.setdefault(sha256, path)
    words = hash_body(split_source(text, header.body_line))
    inventory.words.setdefault(words, path)
    title, date = (values.get(key, ("",))[0] for key in ("title", "date"))
    inventory.texts.setdefault((words, make_slug(title), date), path)


def find_old_slugs(addresses: Iterable[str]) -> list[str]:
    """Return the slugs in addresses that leaflets had before."""
    return _OLD_LEAFLET.findall(" ".join(addresses))


def hash_body(body: str) -> str:
    """Hash the words of a leaflet, ignoring marks, markup and case, to find the same text in a file of any format."""
    shown = html.unescape(_MARKUP.sub("", drop_page_marks(body).replace("<br>", " ")))
    return hashlib.sha256(" ".join(_WORDS.findall(shown)).casefold().encode()).hexdigest()
