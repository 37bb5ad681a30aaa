"""`inv translate`: the catalogue of a language, with every message of the interface, to be filled in by hand."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from press.diagnostics import Diagnostic, Refused, error, refuse_if_any_error
from press.messages.message_files import catalogue_name, find_catalogues, is_own_language
from press.messages.message_list import list_ids, read_message_list
from press.messages.message_reader import (
    MessageFile,
    MessageId,
    id_of,
    parse_catalogue,
    plural_forms_of,
    read_message_file,
    words_of_message,
)
from press.model.languages import canonical_tag, has_month_names, name_language
from press.runtime.files import write_atomic
from press.theme_folders import PRESS_THEME, ThemeFolders

_FEW_NUMBERS = 3
"""How many numbers show when a plural form is used."""

_HEADER = re.compile(r'\A(?:#.*\n)*msgid ""\nmsgstr ""\n(?:".*\n)*')


@dataclass(frozen=True, slots=True)
class TranslationReport:
    """A catalogue that was written: how many messages it has, and where their words come from."""

    path: Path
    messages: int
    own: int
    """Those that the catalogue has words for."""
    missing: int
    """Those that nothing has words for."""
    problems: tuple[Diagnostic, ...] = ()
    """What is wrong with its words."""


def translate_interface(root: Path, lang: str) -> TranslationReport:
    """Write the catalogue of a language in an archive's own theme, or bring it up to date.

    Raises Refused for what is not a language that a site can be in, and if the catalogue is there and cannot be read.
    """
    tag = canonical_tag(lang)
    if not tag or not has_month_names(tag):
        wrong = "has no names of months in CLDR" if tag else "is not a language tag"
        raise Refused([error("lang", 0, "choice", f"“{lang}” {wrong}. Write one that has, such as sv, el or pt-BR.")])
    own = (root / "theme").resolve()
    theme = ThemeFolders(tuple(dict.fromkeys([own, PRESS_THEME.resolve()])))
    found = find_catalogues(theme, tag)
    path = next((path for at, path in found if at == tag and path.is_relative_to(own)), own / catalogue_name(tag))
    others = [read_message_file(other, at) for at, other in found if other != path]
    return _report(update_catalogue(path, tag, read_message_list(theme), others), others, theme)


def update_catalogue(path: Path, tag: str, listed: Catalog, others: Sequence[MessageFile] = ()) -> MessageFile:
    """Write every listed message into a catalogue, with the words that it has already, and return what it then has.

    `others` are catalogues whose words are used where this one has none. Raises Refused if it cannot be read.
    """
    before = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    if path.is_file():
        read = read_message_file(path, tag)
        refuse_if_any_error(() if read.is_readable else read.problems)
    catalogue = parse_catalogue(before, tag)
    catalogue.update(listed, no_fuzzy_matching=True)
    known = {key: message for other in reversed(others) for key, message in other.sound.items()}
    for message in catalogue:
        _comment(message, tag, known)
    written = io.BytesIO()
    write_po(written, catalogue, omit_header=True, include_lineno=False, width=118)
    header = match[0].rstrip() if (match := _HEADER.match(before)) else "" if before else _write_header(tag)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, (f"{header}\n\n" if header else "").encode() + written.getvalue())
    return read_message_file(path, tag)


def _comment(message: Message, tag: str, known: Mapping[MessageId, Message]) -> None:
    """Add comments for the translator: what other catalogues have, and for which numbers each plural form is."""
    if not message.id:
        return
    if same := known.get(id_of(message)):
        message.auto_comments.append(f"Without words here: “{'” / “'.join(words_of_message(same))}”")
    if message.pluralizable:
        message.auto_comments.append(_list_uses(tag))


def _list_uses(tag: str) -> str:
    """Return for which numbers each plural form of a language is: `msgstr[0] is for 1, 21, 31; …`."""
    forms, expression = plural_forms_of(tag)
    form_of = c2py(expression)
    uses = {form: [str(n) for n in range(1000) if form_of(n) == form][:_FEW_NUMBERS] for form in range(forms)}
    return "; ".join(f"msgstr[{form}] is for {', '.join(numbers) or 'fractions'}" for form, numbers in uses.items())


def _write_header(tag: str) -> str:
    """Return the header of a new catalogue, with what a translator has to know."""
    forms, expression = plural_forms_of(tag)
    return f"""\
# The words of the interface in {name_language(tag, "en")}. Write each message in its msgstr.
# Keep what is in %(…)s or {{}} as it is: a value takes its place. A message with several msgstr counts something.
msgid ""
msgstr ""
"Language: {tag.replace("-", "_")}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={forms}; plural={expression};\\n\""""


def _report(file: MessageFile, others: Sequence[MessageFile], theme: ThemeFolders) -> TranslationReport:
    wanted = list_ids(read_message_list(theme))
    missing = [key for key in wanted if not any(key in each.sound for each in (file, *others))]
    lacking = 0 if is_own_language(file.tag) else len(missing)
    return TranslationReport(file.path, len(wanted), len(file.sound), lacking, file.problems)
