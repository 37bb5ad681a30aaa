"""Tell paragraphs of speech that begin with a hyphen from lists, before Markdown reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from press.site.markdown.page_marks import drop_page_marks

SPEECH_MARK = re.compile(r"-{1,2}[ \t]+(?=\S)")
CODE_FENCE = re.compile(r"```|~~~")
SPOKEN = re.compile(r"[\"'«“„¡¿(*_…]*[^\W\d_]")
"""How a speech begins; the letter is a capital."""
ENDED = re.compile(r"[.?!…:;,][\"'»”“)*_\]]*$")
ASKED = re.compile(r"\?|\s-{1,2}[ \t]+[^\W\d_A-Z]")
"""What a list seldom has: a question, or words such as `- dit-elle` that a hyphen parts from the speech."""


@dataclass
class _Item:
    """A paragraph, or a line of one, that begins with a hyphen."""

    lines: list[int]
    text: str

    @property
    def is_sentence(self) -> bool:
        """Whether it begins with a capital and ends with a sign."""
        words = SPEECH_MARK.sub("", self.text, count=1)
        begins = SPOKEN.match(words)
        return begins is not None and not begins[0][-1].islower() and ENDED.search(words) is not None


def mark_speech(body: str, lang: str) -> str:
    r"""Put a backslash before the hyphen of every paragraph of speech: `- Oui, dit-il.` becomes `\- Oui, dit-il.`.

    English books use quotation marks, so in English a hyphen begins a list. In other languages neighbouring items are
    speech if all are sentences and one is a question or has a hyphen between spaces; so is a single sentence between
    paragraphs. Speeches in lines of one paragraph keep their lines.
    """
    if lang.lower().startswith("en") or not ("\n-" in body or body.startswith("-")):
        return body
    lines = body.split("\n")
    for group in _groups(drop_page_marks(body).split("\n")):
        if all(item.is_sentence for item in group) and _is_spoken(group):
            _mark(lines, group)
    return "\n".join(lines)


def _is_spoken(group: Sequence[_Item]) -> bool:
    return len(group) == 1 or any(ASKED.search(item.text[2:]) for item in group)


def _groups(lines: Sequence[str]) -> list[list[_Item]]:
    """Return the neighbouring items that begin with a hyphen, parted at every other paragraph."""
    groups: list[list[_Item]] = [[]]
    is_new = True  # whether a paragraph may begin on this line
    is_fenced = False  # whether it is in a block of code
    for number, line in enumerate(lines):
        if CODE_FENCE.match(line):
            is_fenced = not is_fenced
        if is_fenced:
            groups += [[]] if groups[-1] else []
        elif SPEECH_MARK.match(line) and (is_new or (groups[-1] and number - 1 in groups[-1][-1].lines)):
            groups[-1].append(_Item([number], line.strip()))
        elif line.strip() and not is_new and groups[-1] and number - 1 in groups[-1][-1].lines:
            groups[-1][-1].lines.append(number)
            groups[-1][-1].text += f" {line.strip()}"
        elif line.strip() and groups[-1]:
            groups.append([])
        is_new = not line.strip()
    return [group for group in groups if group]


def _mark(lines: list[str], group: Sequence[_Item]) -> None:
    """Escape the hyphens; a speech on the next line after another keeps its line by two spaces."""
    for item in group:
        first = item.lines[0]
        lines[first] = f"\\{lines[first]}"
        if first and lines[first - 1].strip():
            lines[first - 1] = f"{lines[first - 1].rstrip()}  "
