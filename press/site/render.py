"""Render the pages that are not kept, over the cores there are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican.utils import get_relative_path, path_to_url

from press.cache.imprint import Imprints, Watched, find_named
from press.cache.pages import Made, Pages, make_room
from press.diagnostics import Refused
from press.model.plan import PlannedPage
from press.runtime.parallel import WorkerDied, map_over_cores, problem_of_death
from press.runtime.progress import watch
from press.site.typeset import listening

Rendered = tuple[bool, list[dict[str, Any]]]
"""Whether the template looked at more than the plan gives it, and what was logged."""


class Renderer:
    """Writes pages by Pelican's `writer`; templates see `frame`, what the plan gives the page, and texts by name."""

    def __init__(
        self, writer: Any, get_template: Callable[[str], Any], context: dict[str, Any], frame: Mapping[str, Any]
    ) -> None:
        self._writer, self._get_template, self._context, self._frame = writer, get_template, context, frame
        self._pages: Pages = context.get("PRESS_PAGES") or Pages()
        self._named = frozenset(find_named(context["navigation"]))

    def write(self, plan: Sequence[PlannedPage], imprints: Imprints) -> None:
        """Write each page of the plan, but those that stand with the same imprint. Raises Refused."""
        bare = {page.path: imprints.of_page(page) for page in plan}
        fresh = [page for page in plan if not self._keeps(page.path, bare[page.path], imprints)]
        for name in sorted({page.template for page in fresh}):
            self._get_template(name)  # compiled once, before there are several processes
        try:
            rendered = map_over_cores(self._render, fresh, self._context.get("PRESS_JOBS"))
            for page, (wide, said) in zip(watch(fresh, "Writing pages"), rendered, strict=True):
                for record in said:
                    logging.getLogger(record["name"]).handle(logging.makeLogRecord(record))
                imprint = bare[page.path]
                self._pages.made[page.path] = Made(imprints.widen(imprint) if imprint and wide else imprint, wide)
        except WorkerDied as died:
            path = f"output/{getattr(died.item, 'path', '')}"
            raise Refused([problem_of_death(died, path, "writing this page")]) from None

    def _keeps(self, path: str, imprint: str, imprints: Imprints) -> bool:
        standing = self._pages.standing.get(path)
        wide = imprint and standing and standing.wide
        return self._pages.keep(path, imprints.widen(imprint) if wide else imprint)

    def _render(self, page: PlannedPage) -> Rendered:
        """Write one page; links are relative to it, but on the one that may be shown anywhere."""
        relative = page.path != "404.html"
        if relative:
            self._context["localsiteurl"] = path_to_url(get_relative_path(page.path))
        named = self._named | frozenset(find_named(page.shows))
        texts = Watched(self._context["texts"], self._context["archive"], page.source, named)
        if page.path in self._pages.standing:
            make_room(Path(self._context["OUTPUT_PATH"], page.path))
        with listening() as said:
            self._writer.write_file(
                page.path,
                self._get_template(page.template),
                {**self._frame},
                relative_urls=relative,
                url=page.url,
                page_url=page.url,
                texts=texts,
                archive=texts.archive,
                **page.shows,
            )
        return texts.wide, said
