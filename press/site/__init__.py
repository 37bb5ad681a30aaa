"""Read the archive's sources with their checked metadata, and write its pages as the plan says.

The adapter to Pelican: `register` gives Pelican our reader and our generator. `inv build` passes the gate first and
hands over what it found; a plain `pelican` run passes the gate here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican import signals

from press.diagnostics import display_path, refuse_if_any_error
from press.model.languages import canonical_tag
from press.site.generator import ArchiveGenerator
from press.site.localise import Wording, load_translations
from press.site.read import SourceReader
from press.validate import Rules, validate_content


def find_words(pelican: Any) -> None:
    """Find the words for what the archive shows in the language of the site, for templates, feeds and the reader."""
    settings = pelican.settings
    lang = settings["DEFAULT_LANG"] = canonical_tag(settings["DEFAULT_LANG"]) or settings["DEFAULT_LANG"]
    wording = Wording(lang, load_translations(Path(settings["THEME"], "translations"), lang))
    settings["PRESS_WORDING"] = wording
    settings["JINJA_FILTERS"] = {**wording.filters, **settings["JINJA_FILTERS"]}


def give_words(generator: Any) -> None:
    """Let every template of a generator translate its messages."""
    generator.env.install_gettext_translations(generator.settings["PRESS_WORDING"].translations, newstyle=True)


def pass_the_gate(pelican: Any) -> None:
    """Survey the content folder, unless the build has done so. Raises Refused."""
    settings = pelican.settings
    if settings.get("PRESS_SURVEY") is None:
        content = Path(settings["PATH"])
        survey = validate_content(content, display_path(content), Rules(settings["DEFAULT_LANG"]))
        refuse_if_any_error(survey.problems)
        settings["PRESS_SURVEY"] = survey
    settings["PRESS_ENTRIES"] = {entry.source: entry for entry in settings["PRESS_SURVEY"].entries}


def use_our_reader(readers: Any) -> None:
    """Read Markdown by our reader, and nothing else by any."""
    readers.reader_classes = {
        "static": readers.reader_classes["static"],
        "md": SourceReader,
        "markdown": SourceReader,
    }


def give_generator(pelican: Any) -> type[ArchiveGenerator]:
    """Name the generator of the archive's pages."""
    return ArchiveGenerator


def register() -> None:
    """Connect to Pelican's signals."""
    signals.initialized.connect(find_words)
    signals.initialized.connect(pass_the_gate)
    signals.readers_init.connect(use_our_reader)
    signals.generator_init.connect(give_words)
    signals.get_generators.connect(give_generator)
