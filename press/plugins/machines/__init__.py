"""Files for machines: sitemap, robots.txt, the whole catalogue as JSON and CSV, the web manifest and the icons."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican import signals

from press.catalogue.plan import ICONS, SITEMAP_LENGTH, list_pages
from press.pages import Made, Pages, make_room
from press.plugins.leaflets.imprint import take_imprints
from press.plugins.machines.catalogue import describe_entry, write_csv, write_json
from press.plugins.machines.sitemap import write_robots, write_sitemap_index, write_sitemaps
from press.plugins.machines.webmanifest import write_webmanifest

CATALOGUE = ("archive.json", "archive.csv")


class MachineFileGenerator:
    """Write every file that press/catalogue/plan.py plans for machines; made and called by Pelican as a generator."""

    def __init__(
        self, context: dict[str, Any], settings: dict[str, Any], theme: str, output_path: str, **_: Any
    ) -> None:
        self.context, self.settings, self.output = context, settings, Path(output_path)
        self.icons = Path(theme, "static", "icons")

    def generate_output(self, writer: Any) -> None:
        """Write the files."""
        for path, text in [*self._write_sitemaps(), *self._write_catalogue(), *self._write_small_ones()]:
            file = self.output / path
            make_room(file)
            file.write_text(text, encoding="utf-8")
        for path in ICONS:
            shutil.copyfile(self.icons / path, self.output / path)

    def _write_sitemaps(self) -> Iterator[tuple[str, str]]:
        address = self.context["address"]
        pages = [page for page in list_pages(self.context["archive"]) if page.url != "404.html"]
        parts = write_sitemaps([(page.url, page.changed) for page in pages], address, SITEMAP_LENGTH)
        if len(parts) == 1:
            yield "sitemap.xml", parts[0]
            return
        yield "sitemap.xml", write_sitemap_index(len(parts), address)
        yield from ((f"sitemap-{number}.xml", part) for number, part in enumerate(parts, start=1))

    def _write_catalogue(self) -> Iterator[tuple[str, str]]:
        pages: Pages = self.context.get("PRESS_PAGES") or Pages()
        imprint = take_imprints(self.context, self.settings).of_catalogue
        if all(pages.keep(path, imprint) for path in CATALOGUE):
            return
        pages.made.update((path, Made(imprint)) for path in CATALOGUE)
        address, texts = self.context["address"], self.context["texts"]
        entries = [describe_entry(e, texts[e.source].title_text, address) for e in self.context["archive"].leaflets]
        yield CATALOGUE[0], write_json(self.settings["SITENAME"], address, entries)
        yield CATALOGUE[1], write_csv(entries)

    def _write_small_ones(self) -> Iterator[tuple[str, str]]:
        yield "robots.txt", write_robots(self.context["address"])
        yield "site.webmanifest", write_webmanifest(self.settings["SITENAME"], self.settings["DEFAULT_LANG"])


def give_generator(pelican: Any) -> type[MachineFileGenerator]:
    """Name the generator of the files for machines."""
    return MachineFileGenerator


def register() -> None:
    """Connect to Pelican's signals."""
    signals.get_generators.connect(give_generator)
