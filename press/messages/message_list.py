"""Every message that a site may show: the list that comes with the press, and those of an archive's own templates."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from jinja2 import TemplateError

from press.messages.message_files import list_message_folders
from press.messages.message_reader import MessageId, id_of
from press.theme_folders import PRESS_THEME, TEMPLATES, ThemeFolders

LIST_FILE = "translations/messages.pot"
"""The messages of the press, in its theme; `inv dev.messages` writes it, and a test compares it with the code."""


def read_message_list(theme: ThemeFolders) -> Catalog:
    """Return the messages of the press, and those of the templates in an archive's own theme."""
    with (PRESS_THEME / LIST_FILE).open(encoding="utf-8") as source:
        listed = read_po(source)
    for folder in list_message_folders(theme)[:-1]:
        add_messages(listed, "jinja2", sorted((folder / TEMPLATES).glob("*.html")), folder.parent)
    return listed


def add_messages(listed: Catalog, method: str, files: Iterable[Path], above: Path) -> None:
    """Add the messages of files to a list, with the path of each below a folder.

    A template that is not one is left out: the build reports it.
    """
    for file in files:
        try:
            found = list(extract_from_file(method, file))
        except (TemplateError, UnicodeDecodeError):
            continue
        for _, message, comments, context in found:
            place = (file.relative_to(above).as_posix(), 0)
            listed.add(message, locations=[place], auto_comments=comments, context=context)


def list_ids(listed: Catalog) -> dict[MessageId, str]:
    """Return every message with the first file that shows it."""
    return {id_of(message): next((path for path, _ in message.locations), "") for message in listed if message.id}
