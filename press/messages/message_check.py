"""What the language of a site lacks: no page may show words of another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from babel.support import NullTranslations

from press.diagnostics import Diagnostic, display_path, error
from press.messages.message_files import find_catalogues, is_own_language, list_interface_languages
from press.messages.message_list import list_ids, read_message_list
from press.messages.message_reader import MessageFile, MessageId, name_message, open_translations, read_message_file
from press.model.languages import has_month_names, name_language
from press.theme_folders import ThemeFolders

_MOST_ERRORS = 20
"""Of messages that lack a translation; a new catalogue lacks them all."""


def describe_wrong_interface(theme: ThemeFolders, lang: str) -> str:
    """Return why a site cannot be in a language, to follow `DEFAULT_LANG is “sv”`; "" if it can."""
    if not has_month_names(lang):
        return f", which has no names of months in CLDR, where the press has them from. Write {_list_known(theme)}."
    if is_own_language(lang) or find_catalogues(theme, lang):
        return ""
    name, listed = name_language(lang, "en"), _list_known(theme)
    return f", and the interface is not in {name}. Write {listed}; or translate it: inv translate {lang}."


def _list_known(theme: ThemeFolders) -> str:
    known = (tag for tag in list_interface_languages(theme) if has_month_names(tag))
    return ", ".join(f"{tag} ({name_language(tag, 'en')})" for tag in known)


def find_wrong_messages(theme: ThemeFolders, lang: str) -> list[Diagnostic]:
    """Return an error for each message that a site in this language would show in English, or not at all."""
    files = [read_message_file(path, tag) for tag, path in find_catalogues(theme, lang)]
    problems = [problem for file in files for problem in file.problems]
    if is_own_language(lang) or not all(file.is_readable for file in files):
        return problems
    return [*problems, *_find_missing(files, list_ids(read_message_list(theme)), lang)]


def load_translations(theme: ThemeFolders, lang: str) -> NullTranslations:
    """Return the sound messages of a language; the next catalogue has what one lacks, and English the rest.

    Nothing compiled is kept: reading 170 messages takes a few milliseconds, once a build.
    """
    opened = [open_translations(read_message_file(path, tag)) for tag, path in find_catalogues(theme, lang)]
    for one, following in pairwise(opened):
        one.add_fallback(following)
    return opened[0] if opened else NullTranslations()


def _find_missing(files: Sequence[MessageFile], wanted: Mapping[MessageId, str], lang: str) -> Iterator[Diagnostic]:
    """Yield an error for each message that no catalogue translates, at its line in the first catalogue."""
    if not files:
        return
    reported = {problem.line for problem in files[0].problems}
    lines, path = files[0].lines, display_path(files[0].path)
    missing = [key for key in wanted if not any(key in file.sound for file in files)]
    there = [key for key in missing if key in lines and lines[key] not in reported]
    for key in there[:_MOST_ERRORS]:
        yield error(path, lines[key], "messages", f"“{name_message(key)}” is not translated. Write it in its msgstr.")
    if rest := there[_MOST_ERRORS:]:
        message = f"from here on {len(rest)} more messages are not translated. Write each in its msgstr."
        yield error(path, lines[rest[0]], "messages", message)
    if absent := [key for key in missing if key not in lines]:
        others = f", nor are {len(absent) - 1} other messages" if absent[1:] else ""
        message = f"“{name_message(absent[0])}” of {wanted[absent[0]]} is not here{others}."
        yield error(path, 1, "messages", f"{message} To add what is new: inv translate {lang}.")
