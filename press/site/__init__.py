"""The site: everything that uses Pelican, by stage.

    read.py       one source → HTML            markdown/       the archive's own rules for Markdown
    typeset.py    its marks, by the plugins    page_text.py    a text as templates see it
    export.py     the exports of each leaflet
    render.py     pages, feeds, other files    feeds, machine_files, hosting, search_page, metadata
    index.py      the full-text search         localise.py     dates, counts and names in the site's language

press/build.py calls the stages; pelican_site.py starts Pelican for them. `register` connects what Pelican
itself needs for this site, whichever command starts it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from pelican import signals

from press.messages.message_check import load_translations
from press.model.colours import hue_of
from press.model.languages import canonical_tag
from press.site.fast_templates import hasten
from press.site.hosting import allow_data
from press.site.images import name_images
from press.site.localise import Localiser
from press.site.read import SourceReader
from press.theme_folders import theme_folders


def localise(generator: Any) -> None:
    """Give the templates of a generator the filters for dates and counts, and the messages in the site's language."""
    settings = generator.settings
    lang = settings["DEFAULT_LANG"] = canonical_tag(settings["DEFAULT_LANG"]) or settings["DEFAULT_LANG"]
    localiser = generator.context.get("localiser")
    if localiser is None:
        noun = settings.get("LEAFLETS_NOUN", ())
        localiser = Localiser(lang, load_translations(theme_folders(settings), lang), noun)
        generator.context["localiser"] = localiser
    hue = partial(hue_of, own=settings.get("CATEGORY_COLOURS", {}))
    generator.env.filters.update(
        {**localiser.filters, "allow_data": allow_data, "category_hue": hue, **settings["JINJA_FILTERS"]}
    )
    generator.env.install_gettext_translations(localiser.translations, newstyle=True)
    hasten(generator.env, localiser.translations)


def use_our_reader(readers: Any) -> None:
    """Read Markdown with our reader, and no other format with any."""
    static = readers.reader_classes["static"]
    readers.reader_classes = {"static": static, "md": SourceReader, "markdown": SourceReader}


def register() -> None:
    """Connect to Pelican's signals."""
    signals.readers_init.connect(use_our_reader)
    signals.generator_init.connect(localise)
    signals.static_generator_finalized.connect(name_images)
