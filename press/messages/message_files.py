"""Where the catalogues of the interface are: `translations/<language>/LC_MESSAGES/messages.po` in a theme folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from press.model.languages import canonical_tag, script_subtag
from press.theme_folders import PRESS_THEME, ThemeFolders

OWN_LANGUAGE = "en"
"""The language that messages are written in; it needs no catalogue, but an archive may have one to change words."""


def catalogue_name(tag: str) -> str:
    """Return where a theme folder has the catalogue of a language: `pt-BR` is in `translations/pt_BR/…`."""
    return f"translations/{tag.replace('-', '_')}/LC_MESSAGES/messages.po"


def list_message_folders(theme: ThemeFolders) -> list[Path]:
    """Return the folders that may have catalogues: those of the theme, and that of the press after them."""
    return list(dict.fromkeys([*theme.folders, PRESS_THEME.resolve()]))


def find_catalogues(theme: ThemeFolders, lang: str) -> list[tuple[str, Path]]:
    """Return the catalogues that serve a language, each with its own tag: for `fr-CA` those of `fr-CA`, then of `fr`.

    Within a language, an archive's own comes before that of the press.
    """
    by_folder = [_list_catalogues(folder) for folder in list_message_folders(theme)]
    return [(tag, found[tag]) for tag in _list_serving(lang) for found in by_folder if tag in found]


def list_interface_languages(theme: ThemeFolders) -> list[str]:
    """Return the tags of all languages that the interface has."""
    found = {tag for folder in list_message_folders(theme) for tag in _list_catalogues(folder)}
    return sorted({*found, OWN_LANGUAGE})


def is_own_language(lang: str) -> bool:
    """Return whether the messages are in this language without a catalogue: `en`, `en-GB`."""
    return OWN_LANGUAGE in _list_serving(lang)


def _list_catalogues(folder: Path) -> dict[str, Path]:
    """Return the catalogues of a theme folder by language."""
    found = sorted(folder.glob("translations/*/LC_MESSAGES/messages.po"))
    tagged = ((canonical_tag(path.parents[1].name), path) for path in found if path.is_file())
    return {tag: path for tag, path in tagged if tag}


def _list_serving(lang: str) -> Iterator[str]:
    """Yield the languages whose words serve a site, the nearest first.

    `pt-BR` is served by `pt`, and `zh-TW` by `zh-Hant`, but not by `zh`, which is written in another script.
    """
    tag = canonical_tag(lang)
    language, script = tag.partition("-")[0], script_subtag(tag)
    nearest = [tag, f"{language}-{script}" if script else ""]
    yield from dict.fromkeys(filter(None, [*nearest, language if script_subtag(language) == script else ""]))
