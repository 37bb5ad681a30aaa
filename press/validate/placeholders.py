"""Find what is still to be written: `[[a name for the archive]]`, as a new archive’s own texts have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from press.model.header import Field

_PLACEHOLDER = re.compile(r"\[\[(?:(?!\]\]|\n[ \t]*\n).)*\]*", re.DOTALL)
_IN_MARKDOWN = re.compile(rf"(?<!(?<!\\)\\){_PLACEHOLDER.pattern}", re.DOTALL)
"""A backslash makes brackets of them, unless it is itself behind one."""
_LINK = re.compile(r"\[\[[^\[\]\n]*\]\](?:\([^()\s]+\)|\[[^\[\]\n]+\])")
"""The text of a link may be in brackets of its own: `[[1]](https://…)`."""

_CODE = re.compile(
    r"""^(?P<fence>```+|~~~+)[^\n]*\n.*?^(?P=fence)[ \t]*$
    | (?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)

_PRIVATE = ("accept", "imported")
"""Keys that readers never see: an import may quote brackets of the original."""

Placeholder = tuple[int, str]
"""The line, and what stands there."""


def find_in_header(fields: Mapping[str, Field]) -> Iterator[Placeholder]:
    """Yield the placeholders in the values of a header."""
    for key, item in fields.items():
        for at, value in enumerate(item.values if key not in _PRIVATE else ()):
            yield from ((item.line_at(at), found) for found in _PLACEHOLDER.findall(value))


def find_in_page(body: str, first_line: int) -> Iterator[Placeholder]:
    """Yield the placeholders in a body that begins on line `first_line`, but for fenced code and code spans."""
    if "[[" not in body:
        return
    words = body
    for passage in (_CODE, _LINK):
        words = passage.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), words)
    for found in _IN_MARKDOWN.finditer(words):
        yield first_line + words.count("\n", 0, found.start()), " ".join(found[0].split())


def find_in_values(value: object) -> Iterator[str]:
    """Yield the placeholders in a setting: a text, or a list or dictionary of texts."""
    if isinstance(value, str):
        yield from _PLACEHOLDER.findall(value)
    elif isinstance(value, dict):
        yield from find_in_values([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from find_in_values(item)
