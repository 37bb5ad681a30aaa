"""Pelican as the stages use it: its settings, signals, readers, templates and writer, and other plugins' generators.

`inv build` runs Pelican in two halves (open_pelican), with the stages between them. Plain `pelican` calls
`generate_output` of the SiteGenerator, where press/plugin.py runs the same stages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from press.cache.page_keys import Spellings
from press.cache.steps import Cache
from press.model.archive import Archive
from press.model.entry import UNCATEGORISED
from press.options import Settings
from press.publish.staged_tree import StagedTree
from press.site.localise import Localiser
from press.site.metadata import SiteMetadata
from press.theme_folders import ThemeFolders, theme_folders


class SiteGenerator(Generator):
    """Gives the stages Pelican's readers, templates and context; writes nothing by itself."""


@dataclass(frozen=True)
class Site:
    """What the stages of one build share: Pelican, the archive, the cache and the tree to fill."""

    pelican: SiteGenerator
    writer: Writer
    archive: Archive
    cache: Cache
    tree: StagedTree
    hashes: Mapping[str, str]
    """The SHA-256 of each source and static file, by path below the content folder."""
    text_environment: str = ""
    """A key of all that a text depends on beyond its source; empty if nothing may be cached; so is the next."""
    page_environment: str = ""
    jobs: int = 0
    with_smaller: bool = True
    """Whether pages offer smaller versions of large pictures; a preview has none."""
    make_exports: bool = True
    """Whether exports that the cache does not have are made."""
    sheet_path: str = ""
    """Where the style sheet is, whatever its content; empty if its content names it."""
    spellings: Spellings | None = None
    """What pages show, as their keys spell it, if a preview keeps it."""

    @property
    def settings(self) -> dict[str, Any]:
        """Pelican's settings, with those of the press."""
        return self.pelican.settings  # type: ignore[no-any-return]

    @property
    def context(self) -> dict[str, Any]:
        """What Pelican and all generators share; templates get parts of it."""
        return self.pelican.context  # type: ignore[no-any-return]

    @property
    def content(self) -> Path:
        """The content folder."""
        return Path(self.settings["PATH"])

    @property
    def theme(self) -> ThemeFolders:
        """The folders of the theme."""
        return theme_folders(self.settings)

    @property
    def localiser(self) -> Localiser:
        """The formats and messages of the site's language."""
        localiser: Localiser = self.context["localiser"]
        return localiser

    @cached_property
    def metadata(self) -> SiteMetadata:
        """The facts about the archive for the metadata of pages."""
        # With 3, Polish, Czech and Arabic have the plural that a title has; the last of their forms is for 5 or 100.
        noun = self.localiser.noun_for(3)
        return SiteMetadata(
            name=self.settings["SITENAME"],
            address=self.settings["SITEURL"].rstrip("/"),
            lang=self.settings["DEFAULT_LANG"],
            summary=self.settings.get("SITESUBTITLE", ""),
            report_to=self.settings.get("LEAFLETS_REPORT_TO", ""),
            holdings=self.settings.get("LEAFLETS_TITLE") or noun[:1].upper() + noun[1:],
            uncategorised=self.localiser.format_term(UNCATEGORISED),
        )

    @property
    def address(self) -> str:
        """The site's own address, without a slash at its end."""
        return self.metadata.address


@contextmanager
def open_pelican(settings: Settings, output: Path) -> Iterator[tuple[SiteGenerator, Writer]]:
    """Start Pelican with these settings and run it as `pelican` does, with the block in place of its own pages.

    Before the block, plugins are loaded and generators have gathered their context; after it, other plugins'
    generators and Pelican's own have written. See Pelican.run in pelican/__init__.py of the pinned version.
    """
    pelican = Pelican({**settings, "OUTPUT_PATH": str(output)})
    context = {
        **pelican.settings,
        "generated_content": {},
        "static_links": set(),
        "static_content": {},
        "localsiteurl": pelican.settings["SITEURL"],
    }
    shared = {"context": context, "settings": pelican.settings, "path": pelican.path, "theme": pelican.theme}
    generators = [kind(**shared, output_path=pelican.output_path) for kind in pelican._get_generator_classes()]
    for generator in generators:
        for name in ("generate_context", "check_disabled_readers"):
            getattr(generator, name, _do_nothing)()
    signals.all_generators_finalized.send(generators)
    for generator in generators:
        getattr(generator, "refresh_metadata_intersite_links", _do_nothing)()
    writer = pelican._get_writer()
    site = next(each for each in generators if isinstance(each, SiteGenerator))
    yield site, writer
    for generator in generators:
        if generator is not site:
            getattr(generator, "generate_output", _do_nothing_with)(writer)
    signals.finalized.send(pelican)


def _do_nothing() -> None:
    """Replace a method that a generator lacks."""


def _do_nothing_with(writer: Writer) -> None:
    """Replace a missing `generate_output`."""
