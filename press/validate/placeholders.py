"""Find what is still to be written: `[[a name for the archive]]`, as a new archive’s own texts have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from press.model.header import Field

_PLACEHOLDER = re.compile(r"(?<!\\)\[\[(?:[^\[\]\n]|\n(?![ \t]*\n))+\]\](?![(\[])")
"""Not the text of a link: `[[1]](https://…)`."""

_CODE = re.compile(
    r"""^(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^(?P=fence)[^\n]*$|\Z)
    | (?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)""",
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
    words = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), body)
    for found in _PLACEHOLDER.finditer(words):
        yield first_line + words.count("\n", 0, found.start()), " ".join(found[0].split())
