"""Read a catalogue: its sound messages, and an error at its line for each that would show something wrong.

Babel guesses at what it cannot read, so the form of every line is checked before. The header of a catalogue decides
nothing: its encoding is UTF-8, and plural forms are Babel's for the language.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileParser
from babel.support import Translations

from press.diagnostics import Diagnostic, display_path, error
from press.model.languages import locale_for

MessageId = str | tuple[str, str]
"""A message in English; one that counts, in singular and plural."""

_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])\s+)?"(?:[^"\\]|\\.)*"')

_PLURAL_FORMS = re.compile(r'^"Plural-Forms:[^"]*"(?:\s*"(?![A-Za-z-]+:)[^"]*")*', re.MULTILINE)
"""The header's rule of plurals; editors break long ones into several lines."""

_BEFORE = {
    "msgctxt": ("", "msgstr"),
    "msgid": ("", "msgctxt", "msgstr"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid", "msgid_plural", "msgstr"),
}
"""What may come before each keyword; the first has nothing before it."""

_IGNORED = ("#:", "#|", "#~|")
"""Comments that say where a message is, and what it was."""

_NAME = re.compile(r"%\(\w+\)[a-z]|\{\}")
_OFFERED = {"%(year)ds": "%(last)d"}
"""Names that a translation may use, though the English does not: the last year of a decade (Polish `1970–1979`)."""

_MARKUP = frozenset('<>&"{}')


@dataclass(frozen=True, slots=True)
class MessageFile:
    """A catalogue as it was read."""

    path: Path
    tag: str
    """The language it is in."""
    sound: Mapping[MessageId, Message] = field(default_factory=dict)
    """The messages that a site may show."""
    lines: Mapping[MessageId, int] = field(default_factory=dict)
    """Where each message is, translated or not."""
    problems: tuple[Diagnostic, ...] = ()
    is_readable: bool = True


class _BareCatalog(Catalog):
    """A catalogue that takes nothing from its header, which may have any dates, languages and encodings."""

    mime_headers = property(lambda self: [], lambda self, given: None)


def plural_forms_of(tag: str) -> tuple[int, str]:
    """Return how many plural forms a language has, and the expression that chooses one, from Babel's table."""
    forms = get_plural(locale_for(tag))
    return forms.num_plurals, forms.plural_expr


@cache
def forms_of_one_number(tag: str) -> frozenset[int]:
    """Return the plural forms of a language that one number alone has: they may be without a figure, as Arabic's."""
    uses = Counter(map(c2py(plural_forms_of(tag)[1]), range(1000)))
    return frozenset(form for form, times in uses.items() if times == 1)


def read_message_file(path: Path, tag: str) -> MessageFile:
    """Read the catalogue of a language; what is wrong is in its problems, and not raised."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as damage:
        line = damage.object.count(b"\n", 0, damage.start) + 1
        return _unreadable(path, tag, line, "this line is not UTF-8. Save the file as UTF-8.")
    if wrong_form := _find_wrong_form(text, tag):
        return _unreadable(path, tag, *wrong_form)
    messages = {id_of(message): message for message in parse_catalogue(text, tag) if message.id}
    wrong = {key: _describe_wrong_message(message, tag) for key, message in messages.items()}
    return MessageFile(
        path,
        tag,
        {key: message for key, message in messages.items() if is_translated(message) and not wrong[key]},
        {key: message.lineno or 1 for key, message in messages.items()},
        tuple(
            error(display_path(path), message.lineno or 1, "messages", f"“{name_message(key)}” {wrong[key]}")
            for key, message in messages.items()
            if wrong[key]
        ),
    )


def parse_catalogue(text: str, tag: str) -> Catalog:
    """Read a catalogue whose form is right; without the places in the code, which come from a list."""
    catalogue = _BareCatalog(locale_for(tag))
    lines = ("" if line.lstrip().startswith(_IGNORED) else line for line in text.split("\n"))
    PoFileParser(catalogue).parse(lines)
    return catalogue


def open_translations(file: MessageFile) -> Translations:
    """Return the sound messages of a catalogue as gettext uses them."""
    catalogue = Catalog(locale_for(file.tag))
    for key, message in file.sound.items():
        catalogue.add(key, message.string)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def words_of_message(message: Message) -> list[str]:
    """Return the words of a message in its language: one for each plural form, or a single one."""
    return [message.string or ""] if isinstance(message.string, str | None) else list(message.string)


def is_translated(message: Message) -> bool:
    """Return whether a message has any words in its language."""
    return any(words_of_message(message))


def name_message(key: MessageId) -> str:
    """Return a message as an error names it."""
    return key if isinstance(key, str) else key[0]


def id_of(message: Message) -> MessageId:
    """Return the English words of a message, by which it is found."""
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _unreadable(path: Path, tag: str, line: int, message: str) -> MessageFile:
    return MessageFile(path, tag, problems=(error(display_path(path), line, "messages", message),), is_readable=False)


def _find_wrong_form(text: str, tag: str) -> tuple[int, str] | None:
    """Return the first line that has no place in a catalogue of this language, and what is wrong with it."""
    forms, expression = plural_forms_of(tag)
    if (header := _PLURAL_FORMS.search(text)) and not _counts_alike(header[0], forms, expression):
        wanted = f"Plural-Forms: nplurals={forms}; plural={expression};"
        return text.count("\n", 0, header.start()) + 1, f"this is not how the press counts in {tag}. Write {wanted}"
    before = ""
    for number, written in enumerate(text.split("\n"), start=1):
        line = written.strip()
        if not line or line.startswith(_IGNORED):
            continue
        if line.startswith("#") and not line.startswith("#~"):
            keyword, wrong = "", _wrong_comment(before)
        else:
            keyword, wrong = _read_keyword(line.removeprefix("#~").strip(), before, forms)
        if wrong:
            return number, wrong
        before = keyword or before
    if before in ("", "msgstr"):
        return None
    return text.rstrip().count("\n") + 1, f"the file ends after {before}. Write the msgstr too."


def _wrong_comment(before: str) -> str:
    """Return what is wrong with a comment after a keyword; empty if nothing is."""
    return "" if before in ("", "msgstr") else f"a comment is between {before} and its msgstr. Write it above both."


def _read_keyword(line: str, before: str, forms: int) -> tuple[str, str]:
    """Return the keyword of a line, if it has one, and what is wrong with the line, if anything is."""
    match = _LINE.fullmatch(line)
    if match is None:
        return "", f"“{line}” is not a line of a catalogue. Write msgid or msgstr, then words in quotation marks."
    keyword, _, place = (match[1] or "").partition("[")
    if not keyword and not before:
        return "", "words are here before the first msgid. Write msgid before them."
    if keyword and before not in _BEFORE[keyword]:
        return "", f"{keyword} cannot follow {before or 'nothing'}. Write msgid, then msgstr."
    if place and int(place[0]) >= forms:
        return "", f"{match[1]} is a plural form too many. Write msgstr[0] to msgstr[{forms - 1}]."
    return keyword, ""


def _counts_alike(header: str, forms: int, expression: str) -> bool:
    """Return whether a header counts as Babel does; other programs write the same rule in other ways."""
    joined = re.sub(r'"\s*"', "", header)
    given = re.search(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;\\\"]+)", joined)
    if given is None or int(given[1]) != forms:
        return False
    try:
        written, wanted = c2py(given[2]), c2py(expression)
        return all(written(n) == wanted(n) for n in range(1000))
    except (ValueError, ArithmeticError, RecursionError):
        return False


def _describe_wrong_message(message: Message, tag: str) -> str:
    """Return what is wrong with a translated message and what to write instead; empty if it is sound."""
    key, forms = id_of(message), words_of_message(message)
    if not any(forms):
        return ""
    if message.fuzzy:
        return "is marked as fuzzy, so its words are a guess. Correct them, and delete the word fuzzy."
    if not all(forms):
        return f"has {sum(map(bool, forms))} of {len(forms)} plural forms. Write every msgstr[…]."
    counted = forms_of_one_number(tag) if isinstance(key, tuple) else frozenset()
    for place, form in enumerate(forms):
        wrong = _find_wrong_name(key if isinstance(key, str) else key[1], form, may_lack=place in counted)
        if wrong:
            return wrong
        if marked := sorted(_MARKUP & set(_NAME.sub("", form)) - set(_NAME.sub("", name_message(key)))):
            return f"has “{marked[0]}”, which would be taken for code. Write a mark of your language, such as ”."
    return ""


def _find_wrong_name(wanted: str, form: str, *, may_lack: bool) -> str:
    """Return which name of a value, such as `%(number)s`, a translation has lost or has too many of."""
    names, given = (Counter(_NAME.findall(text)) for text in (wanted, form))
    if "%" in _NAME.sub("", form).replace("%%", ""):
        return "has a lone “%”. Write it twice, “%%”, or correct the name it begins."
    if strange := next((name for name in given - names if name != _OFFERED.get(wanted)), ""):
        return f"has “{strange}”, which the message does not. Write {' '.join(names) or 'no such name'}."
    if (lost := next(iter(names - given), "")) and not may_lack:
        return f"has lost “{lost}”, which stands for a value. Write it where the value belongs."
    return ""
