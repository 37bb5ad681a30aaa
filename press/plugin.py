"""The Pelican plugin: `pelican -s pelicanconf.py` runs the stages of press/build.py and fills OUTPUT_PATH.

There is then no staging and no swap, and nothing is cached.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.writers import Writer

import press.site
from press.build import run_stages
from press.context import BuildContext, Built, take_inputs, without_cache
from press.diagnostics import Refused, display_path
from press.options import BuildOptions, Settings
from press.publish.staged_tree import StagedTree
from press.settings import fill_defaults
from press.site.pelican_site import SiteGenerator
from press.theme_folders import place_overrides
from press.validate.paths import walk_content

_others: list[Any] = []
"""All generators of this run; Pelican only passes them to a signal."""


class StagesGenerator(SiteGenerator):
    """Runs the stages when Pelican writes; `inv build` starts Pelican itself and does not call this method."""

    def generate_output(self, writer: Writer) -> None:
        """Fill OUTPUT_PATH with the whole site. Raises SystemExit, with one line for each error."""
        options = BuildOptions(
            Path(self.settings["PATH"]).parent / "pelicanconf.py", Path(self.path), Path(self.output_path)
        )
        cache = without_cache()
        fill_defaults(self.settings)
        paths, inputs = take_inputs(options, cache)
        tree = StagedTree(Path(self.output_path))
        context = BuildContext(options, self.settings, paths, inputs, cache, lambda _: tree, self._open)
        try:
            built = run_stages(context)
        except Refused as refused:
            context.problems[:] = refused.problems
            raise SystemExit(1) from None
        finally:
            print(*context.problems, sep="\n", end="\n" if context.problems else "", file=sys.stderr)
        self._count(built)

    @contextmanager
    def _open(self, settings: Settings, output: Path) -> Iterator[tuple[SiteGenerator, Writer]]:
        """Lend this run of Pelican to the stages; other generators write before the check."""
        yield self, Writer(self.output_path, self.settings)
        for generator in _others:
            if generator is not self and hasattr(generator, "generate_output"):
                generator.generate_output(Writer(self.output_path, self.settings))
                generator.generate_output = _do_nothing

    def _count(self, built: Built) -> None:
        """Make Pelican's closing line count what was published."""
        archive = built.survey.archive
        for generator in _others:
            if isinstance(generator, ArticlesGenerator):
                generator.articles = list(archive.leaflets)
                generator.drafts = [entry for entry in built.survey.entries if entry.draft]
            elif isinstance(generator, PagesGenerator):
                generator.pages = list(archive.pages)


def remember_generators(generators: list[Any]) -> None:
    """Note which generators Pelican runs."""
    _others[:] = generators


def choose_static_files(pelican: Any) -> None:
    """Let Pelican copy the static files that are valid, and open nothing else."""
    content = Path(pelican.settings["PATH"])
    place_overrides(pelican.settings, content.parent)
    pelican.settings["STATIC_PATHS"] = walk_content(content, display_path(content)).statics


def get_generator(pelican: Any) -> type[StagesGenerator]:
    """Name the generator that runs the stages."""
    return StagesGenerator


def register() -> None:
    """Connect to Pelican's signals."""
    press.site.register()
    signals.initialized.connect(choose_static_files)
    signals.get_generators.connect(get_generator)
    signals.all_generators_finalized.connect(remember_generators)


def _do_nothing(writer: Writer) -> None:
    """Replace `generate_output` once a generator has written."""
