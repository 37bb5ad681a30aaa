"""What the archive has already: addresses, categories, and the sources that were imported before."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass, field
from pathlib import Path

from press.model.header import read_header, split_source
from press.model.slugs import make_slug
from press.validate.paths import walk_content
from press.validate.text import decode

_SHA256 = re.compile(r"sha256 ([0-9a-f]{64})")
_WORDS = re.compile(r"\w+")
_OLD_LEAFLET = re.compile(r"/leaflets/([a-z0-9-]+)/")


Identity = tuple[str, str, str]
"""The hash of a text's words, the slug of its title, its date: where all three are the same, so is the text."""


@dataclass(slots=True)
class Shelf:
    """What may not be taken twice; texts with problems count as well, by what can be read of them."""

    slugs: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    """Below the content folder."""
    sources: dict[str, str] = field(default_factory=dict)
    """The path of the text that came from a source, by the source's sha256."""
    words: dict[str, str] = field(default_factory=dict)
    """The path of a text by the hash of its words."""
    texts: dict[Identity, str] = field(default_factory=dict)
    """The path of a text by what makes it the same as another."""
    categories: dict[str, str] = field(default_factory=dict)
    """The name of each category by its slug."""


def read_shelf(content: Path) -> Shelf:
    """Read what stands in a content folder; raises nothing for what is wrong there, which the gate says."""
    shelf = Shelf()
    for path in walk_content(content, str(content)).texts:
        shelf.paths.add(path)
        try:
            text = decode((content / path).read_bytes())
        except (OSError, UnicodeDecodeError):
            continue
        _add_text(shelf, path, text)
    return shelf


def _add_text(shelf: Shelf, path: str, text: str) -> None:
    header = read_header(text, path, page=path.startswith("pages/"))
    values = {key: item.values for key, item in header.fields.items() if item.values}
    if path.startswith("pages/"):
        return
    slug = values.get("slug", (make_slug(values["title"][0]),) if "title" in values else ("",))[0]
    shelf.slugs |= {slug, *_OLD_LEAFLET.findall(" ".join(values.get("redirect-from", ())))} - {""}
    for name in values.get("category", ()):
        shelf.categories.setdefault(make_slug(name), name)
    for sha256 in _SHA256.findall(" ".join(values.get("source", ()))):
        shelf.sources.setdefault(sha256, path)
    words = hash_words(html.unescape(split_source(text, header.body_line)).replace("<br>", " "))
    shelf.words.setdefault(words, path)
    title, date = (values.get(key, ("",))[0] for key in ("title", "date"))
    shelf.texts.setdefault((words, make_slug(title), date), path)


def hash_words(text: str) -> str:
    """Hash the words of a text without marks and case: the same text in another file has the same."""
    words = " ".join(_WORDS.findall(text.replace("\\_", "_"))).casefold()
    return hashlib.sha256(words.encode()).hexdigest()
