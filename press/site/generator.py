"""Write the pages of the archive as the plan says: those that show something new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pelican.generators import Generator

from press.cache.imprint import list_frame, take_imprints
from press.cache.text_memory import Memory
from press.model.plan import PlannedPage, list_pages, plan_navigation
from press.runtime.progress import watch
from press.site.metadata import Site
from press.site.page_text import Texts
from press.site.render import Renderer
from press.site.typeset import Reading


class ArchiveGenerator(Generator):
    """Read every published text, then write every planned page."""

    def generate_context(self) -> None:
        """Read and typeset; templates find each text by its source in `texts`."""
        archive = self.settings["PRESS_SURVEY"].archive
        entries = [*archive.leaflets, *archive.pages]
        memory = Memory(self.settings.get("PRESS_STORE"), self.settings.get("PRESS_TEXT_ENVIRONMENT", ""), self.path)
        reading = Reading(self.readers, self.path, memory, self.settings.get("PRESS_JOBS"))
        read = reading.read_heads(entries)
        heads = {entry.source: head for entry, head in zip(watch(entries, "Typesetting"), read, strict=True)}
        self.context["generated_content"].update({entry.source: entry for entry in entries})  # what links lead to
        site = describe_site(self.settings)
        texts = Texts(entries, heads, reading.read_body, self.context)
        self.context.update(
            texts=texts, archive=archive, address=site.address, site=site, navigation=plan_navigation(archive)
        )

    def generate_output(self, writer: Any) -> None:
        """Write every page that does not stand already as it would be written."""
        renderer = Renderer(writer, self.get_template, self.context, list_frame(self.context))
        renderer.write(list(self._plan()), take_imprints(self.context, self.settings))

    def _plan(self) -> Iterator[PlannedPage]:
        """Yield the planned pages; a leaflet's page shows its copies too, that of the search what to choose from."""
        copies, search = self.context.get("copies", {}), self.context.get("search")
        for page in list_pages(self.context["archive"]):
            entry = page.shows.get("entry")
            own = {entry.slug: copies[entry.slug]} if entry and entry.slug in copies else {}
            more = {"copies": own, "search": search if page.template == "search" else bool(search)}
            if page.template == "everything":
                more["descriptions"] = {
                    source: head.description for source, head in self.context["texts"].heads.items()
                }
            yield page.showing(**more)


def describe_site(settings: Mapping[str, Any]) -> Site:
    """Gather from the settings what pages say of the archive itself."""
    return Site(
        name=settings["SITENAME"],
        address=settings["SITEURL"].rstrip("/"),
        lang=settings["DEFAULT_LANG"],
        summary=settings.get("SITESUBTITLE", ""),
        report_to=settings.get("LEAFLETS_REPORT_TO", ""),
    )
