"""The search page, its scripts, and the index that they ask.

The adapter to Pelican: texts become documents, and the index comes from the shelf or is made. A preview takes the
making into its own hands: it gives a list as PRESS_LATER and finds the work in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, MutableMapping
from functools import reduce
from pathlib import Path
from typing import Any

from pelican import signals

from press.cache.imprint import take_imprints
from press.cache.search_shelf import fetch, key_of, put, write_files
from press.diagnostics import Refused, error
from press.runtime.parallel import WorkerDied, map_over_cores, problem_of_death
from press.search.documents import Document, make_document, part_text
from press.search.pagefind import IndexFailed, make_files
from press.site.page_text import Text
from press.site.search_page import describe_search

FOLDER = "pagefind"

MODULES = ("asking.js", "search.js")
"""The scripts of the search page; each may import those before it, and the page loads the last."""


class SearchGenerator:
    """Write the scripts and the index; made and called by Pelican as a generator."""

    def __init__(
        self, context: dict[str, Any], settings: dict[str, Any], theme: str, output_path: str, **_: Any
    ) -> None:
        self.context, self.settings, self.output = context, settings, Path(output_path)
        self.source = Path(theme, "static", "js")

    def generate_context(self) -> None:
        """Tell the templates where the scripts are and what can be chosen; None where search is off."""
        self.context["search"] = None
        if self.settings.get("SEARCH", False):
            self.scripts = name_scripts({name: (self.source / name).read_text(encoding="utf-8") for name in MODULES})
            names = [f"theme/{name}" for name in self.scripts]
            self.context["search"] = describe_search(self.context["archive"], self.settings, names)

    def generate_output(self, writer: Any) -> None:
        """Write the scripts; make the index, or leave it to the preview."""
        if self.context["search"] is None:
            return
        for name, text in self.scripts.items():
            path = self.output / "theme" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        documents = self._list_documents()
        shelf = Path(self.settings["PRESS_SHELF"]).with_name("search") if self.settings.get("PRESS_SHELF") else None
        later = self.settings.get("PRESS_LATER")
        if later is not None:
            later.append(documents)
        else:
            fetch_or_make(documents, shelf, self.output / FOLDER)

    def _list_documents(self) -> list[Document]:
        texts: Mapping[str, Text] = self.context["texts"]
        words = self.settings["PRESS_WORDING"]
        parted = self._part_texts(texts)
        return [
            make_document(
                entry,
                place,
                texts[entry.source].title_text,
                (words.say_date(entry.date), words.say_name(entry.category)),
                parted[entry.source],
            )
            for place, entry in enumerate(self.context["archive"].leaflets)
        ]

    def _part_texts(self, texts: Mapping[str, Text]) -> Mapping[str, str]:
        """Give the parted text of every leaflet; a preview remembers those of its last build, as PRESS_PARTED."""
        imprints = take_imprints(self.context, self.settings)
        keys = {entry.source: imprints.of_text(entry) for entry in self.context["archive"].leaflets}
        last: MutableMapping[str, tuple[str, str]] = self.settings.get("PRESS_PARTED", {})
        absent = [source for source, key in keys.items() if last.get(source, ("",))[0] != key]

        def part(source: str) -> str:
            return part_text(texts[source].page_body)

        try:
            for source, parted in zip(
                absent, map_over_cores(part, absent, self.settings.get("PRESS_JOBS")), strict=True
            ):
                last[source] = keys[source], parted
        except WorkerDied as died:
            raise Refused([problem_of_death(died, str(died.item), "reading this text for the search")]) from None
        for former in last.keys() - keys.keys():
            del last[former]
        return {source: text for source, (_, text) in last.items()}


def name_scripts(modules: Mapping[str, str]) -> dict[str, str]:
    """Name each script by its content, where a later one imports it too: `a.js` becomes `a.2c26b46b68ff.js`.

    A page and its scripts then always belong together, also in the moment of a swap.
    """
    named, names = {}, dict[str, str]()
    for plain, text in modules.items():
        bound = reduce(lambda said, name: said.replace(f'"./{name}"', f'"./{names[name]}"'), names, text)
        names[plain] = f"{Path(plain).stem}.{hashlib.sha256(bound.encode()).hexdigest()[:12]}.js"
        named[names[plain]] = bound
    return named


def fetch_or_make(documents: list[Document], shelf: Path | None, target: Path) -> None:
    """Write the index of `documents` into `target`, from the shelf or made. Raises Refused."""
    key = key_of(documents)
    files = fetch(shelf, key) if shelf else None
    if files is None:
        try:
            files = make_files(documents)
        except IndexFailed as failed:
            message = f"Pagefind could not make the index: {failed}. Build again, or with --no-search."
            raise Refused([error("pagefind", 0, "search-index", message)]) from failed
        if shelf:
            put(shelf, key, files)
    write_files(files, target)


def give_generator(pelican: Any) -> type[SearchGenerator]:
    """Name the generator of the search."""
    return SearchGenerator


def register() -> None:
    """Connect to Pelican's signals."""
    signals.get_generators.connect(give_generator)
