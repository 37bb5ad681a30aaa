"""Gather the messages to translate into the theme's list and its catalogues: `inv dev.messages`."""

from __future__ import annotations

import io
import sys

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from press.diagnostics import error, refuse_if_any_error
from press.editor.translate import update_catalogue
from press.exports.export_input import LABELS
from press.messages.message_check import find_wrong_messages
from press.messages.message_files import catalogue_name, list_interface_languages
from press.messages.message_list import LIST_FILE, add_messages
from press.model.languages import canonical_tag
from press.runtime.files import write_atomic
from press.theme_folders import PRESS_THEME, TEMPLATES, ThemeFolders
from tests.conftest import ROOT

THEME = ThemeFolders((PRESS_THEME,))


HINTS = {
    ": ": "Between a label and its value. French has a space before it.",
    ", ": "Between the parts of a list.",
    "; ": "Between the parts of a list that have commas of their own.",
    "%(year)ds": "A decade: 1970s. %(last)d is its last year, 1979, if you need it.",
    "%(name)s et al.": "The first of four or more authors, and others.",
    "Any": "The choice of a filter that leaves out nothing.",
    "Error in": "The subject of a letter to the archive, followed by a colon and the title of a text.",
    "It is now at": "Followed by an address.",
    "Moved": "The title of a page whose text has another address now.",
    "On this day": "The heading of texts by the day of the year, whatever the year.",
    "Original date": "The label of the date on which a text was first printed or handed out.",
    "Source": "The label of where the archive has a text from.",
    "kB": "1,000 bytes.",
    "MB": "1,000,000 bytes.",
}
"""What a translator cannot tell from the English; it is written above the message in every catalogue."""


def gather_messages() -> Catalog:
    """Return every message of press/site/, of the templates and of the exports, with the files it is in."""
    listed = Catalog(charset="utf-8")
    add_messages(listed, "python", sorted((ROOT / "press" / "site").glob("*.py")), ROOT)
    add_messages(listed, "jinja2", sorted((PRESS_THEME / TEMPLATES).glob("*.html")), ROOT)
    for label in LABELS:
        listed.add(label, locations=[("press/exports/export_input.py", 0)])
    for message, hint in HINTS.items():
        listed[message].auto_comments.append(hint)
    return listed


def write_list(listed: Catalog) -> bytes:
    """Return the list of messages as a file; an installed press has no other."""
    written = io.BytesIO()
    write_po(written, listed, omit_header=True, include_lineno=False, width=118)
    return written.getvalue()


def main(new: list[str]) -> None:
    """Write the list, and bring each catalogue up to date; begin those of new languages."""
    refuse_if_any_error(
        error("--lang", 0, "choice", f"“{lang}” is not a language tag. Write one, such as sv.")
        for lang in new
        if not canonical_tag(lang)
    )
    listed = gather_messages()
    write_atomic(PRESS_THEME / LIST_FILE, write_list(listed))
    for tag in sorted({*list_interface_languages(THEME), *map(canonical_tag, new)} - {"en"}):
        path = PRESS_THEME / catalogue_name(tag)
        file = update_catalogue(path, tag, listed)
        print(f"{path.relative_to(ROOT)}: {len(file.lines)} messages, {len(file.sound)} translated.")
    problems = [problem for tag in list_interface_languages(THEME) for problem in find_wrong_messages(THEME, tag)]
    refuse_if_any_error(problems)


if __name__ == "__main__":
    main(sys.argv[1:])
