"""The words of the interface in the site's language: gettext catalogues, read as they are written."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

CATALOGUE = "messages.po"


def load_translations(folder: Path, lang: str) -> NullTranslations:
    """Read `<folder>/<lang>/LC_MESSAGES/messages.po`, for `fr-CA` else that of `fr`; else the words are English.

    Nothing compiled is kept: a catalogue of 150 messages takes some milliseconds, once in a build.
    """
    parts = lang.split("-")
    for length in range(len(parts), 0, -1):
        file = folder / "_".join(parts[:length]) / "LC_MESSAGES" / CATALOGUE
        if file.is_file():
            with file.open("rb") as source:
                catalogue = read_po(source, locale=parts[0])
            compiled = io.BytesIO()
            write_mo(compiled, catalogue)
            compiled.seek(0)
            return Translations(compiled)
    return NullTranslations()
