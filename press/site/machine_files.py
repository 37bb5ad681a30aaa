"""Files for machines: sitemap, robots.txt, the whole catalogue as JSON and CSV, the web manifest and the icons."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pelican import signals

from press.cache.imprint import take_imprints
from press.cache.pages import Made, Pages, make_room
from press.model.plan import ICONS, SITEMAP_LENGTH, list_pages
from press.site.catalogue import describe_entry, write_csv, write_json

CATALOGUE = ("archive.json", "archive.csv")


class MachineFileGenerator:
    """Write every file that press/model/plan.py plans for machines; made and called by Pelican as a generator."""

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


_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def write_sitemaps(pages: Sequence[tuple[str, datetime.date | None]], address: str, length: int) -> list[str]:
    """Write pages and their dates into sitemaps of `length` pages; a page without a date says none."""
    lines = [_write_page(f"{address}/{url}", changed) for url, changed in pages]
    parts = [lines[start : start + length] for start in range(0, len(lines), length)]
    return [f"{_HEAD}<urlset {_SPACE}>\n{''.join(part)}</urlset>\n" for part in parts]


def write_sitemap_index(count: int, address: str) -> str:
    """Write the sitemap that lists the others."""
    lines = [f"<sitemap><loc>{escape(address)}/sitemap-{n}.xml</loc></sitemap>\n" for n in range(1, count + 1)]
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{''.join(lines)}</sitemapindex>\n"


def write_robots(address: str) -> str:
    """Write robots.txt: everything may be read, and the sitemap says what there is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {address}/sitemap.xml\n"


def _write_page(url: str, changed: datetime.date | None) -> str:
    date = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(url)}</loc>{date}</url>\n"


PAPER = "#fbf9f4"
"""The paper of the theme in light, theme/static/css/tokens.css."""


def write_webmanifest(name: str, lang: str) -> str:
    """Write the manifest; its addresses are relative, so that the site may stand below any path."""
    icons = [{"src": f"icon-{n}.png", "sizes": f"{n}x{n}", "type": "image/png"} for n in (192, 512)]
    manifest = {
        "name": name,
        "lang": lang,
        "start_url": ".",
        "scope": ".",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [{"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"}, *icons],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
