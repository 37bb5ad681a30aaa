"""Gather the messages to translate into the catalogues of theme/translations: `inv dev.messages`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from press.exports.export_input import LABELS
from press.runtime.files import write_atomic
from tests.conftest import ROOT

TRANSLATIONS = ROOT / "theme" / "translations"


def gather_messages() -> Catalog:
    """Return every message of the templates, of press/site/ and of the exports, with the files it is in."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    template = Catalog(charset="utf-8")
    for path, _, message, comments, context in extract_from_dir(ROOT, methods, options):
        template.add(message, locations=[(path, 0)], auto_comments=comments, context=context)
    for label in LABELS:
        template.add(label, locations=[("press/exports/export_input.py", 0)])
    return template


def read_catalogue(path: Path) -> Catalog:
    """Read a catalogue; its folder is named by the language."""
    with path.open("rb") as source:
        return read_po(source, locale=path.parent.parent.name)


if __name__ == "__main__":
    for lang in sys.argv[1:]:
        new = TRANSLATIONS / lang / "LC_MESSAGES" / "messages.po"
        new.parent.mkdir(parents=True, exist_ok=True)
        new.touch()
    for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        catalogue = read_catalogue(path)
        catalogue.update(gather_messages(), no_fuzzy_matching=True)
        written = io.BytesIO()
        write_po(written, catalogue, omit_header=True, include_lineno=False, ignore_obsolete=True, width=118)
        write_atomic(path, written.getvalue())
        missing = [message.id for message in catalogue if message.id and not message.string]
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {len(missing)} to translate.")
