"""Write the pages of the archive as the plan says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pelican.generators import Generator

from press.catalogue.plan import plan_pages
from press.plugins.leaflets.metadata import Site
from press.plugins.leaflets.reading import typeset_texts
from press.plugins.leaflets.text import make_text
from press.progress import watch


class ArchiveGenerator(Generator):
    """Read every published text, then write every planned page."""

    def generate_context(self) -> None:
        """Read and typeset; templates find each text by its source in `texts`."""
        archive = self.settings["PRESS_SURVEY"].archive
        entries = [*archive.leaflets, *archive.pages]
        jobs, memory = self.settings.get("PRESS_JOBS"), self.settings.get("PRESS_MEMORY")
        typeset = typeset_texts(self.readers, self.path, entries, jobs, memory)
        texts = {}
        for entry, parts in zip(watch(entries, "Typesetting"), typeset, strict=True):
            text = texts[entry.source] = make_text(entry, parts, self.settings, self.context)
            self.add_source_path(text)
        site = describe_site(self.settings)
        self.context.update(texts=texts, archive=archive, address=site.address, site=site)

    def generate_output(self, writer: Any) -> None:
        """Write every page; links are relative to the page, but on the one that may be shown anywhere."""
        for page in watch(list(plan_pages(self.context["archive"])), "Writing pages"):
            writer.write_file(
                page.path,
                self.get_template(page.template),
                self.context,
                relative_urls=page.path != "404.html",
                url=page.url,
                page_url=page.url,
                **page.shows,
            )


def describe_site(settings: Mapping[str, Any]) -> Site:
    """Gather from the settings what pages say of the archive itself."""
    return Site(
        name=settings["SITENAME"],
        address=settings["SITEURL"].rstrip("/"),
        lang=settings["DEFAULT_LANG"],
        summary=settings.get("SITESUBTITLE", ""),
        report_to=settings.get("LEAFLETS_REPORT_TO", ""),
    )
