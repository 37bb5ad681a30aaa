"""What marks and texts of notes look like in plain text: `[1]`, `(1)`, `1)`, `*`, `†`, `¹`, `^1`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from press.editor.importing.data_model import Paragraph
from press.editor.importing.plain.emphasis_marks import EmphasisSpan

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LABEL = r"(?:\d{1,3}|[a-zA-Z]|\*{1,4})"
_STARS = r"(?:\*{1,4}|[†‡§¶‖]{1,3})"
_ATTACHED = r"(?<=[^\s(\[*†‡§¶‖])"
_CLOSES = r"(?=[\s.,;:!?)\]»”’\"'–—-]|$)"
MARK_FORMS = {
    "square": re.compile(rf"(?<=\S)[ ]?\[\^?(?P<label>{_LABEL})\](?!\()"),
    "curly": re.compile(rf"(?<=\S)[ ]?\{{(?P<label>{_LABEL})\}}"),
    "angle": re.compile(r"(?<=\S)[ ]?<(?P<label>\d{1,3})>"),
    "round": re.compile(r"(?<=\S)[ ]?\((?P<label>\d{1,3}|\*{1,4})\)" + _CLOSES),
    "half": re.compile(r"(?<=[\w.,;:!?»”\"'’])[ ]?(?<![\d(.,-])(?P<label>\d{1,2}|[*†‡]{1,4})\)" + _CLOSES),
    "star": re.compile(
        rf"{_ATTACHED}(?P<label>{_STARS})(?![\w*)]){_CLOSES}|(?<=\w)[ ](?P<apart>{_STARS})(?=[.,;:]|$)"
    ),
    "raised": re.compile(rf"(?<=\S)[ ]?(?P<label>[{_RAISED}]{{1,3}}){_CLOSES}"),
    "caret": re.compile(r"(?<=[^\s\[])\^(?:\{(?P<label>\d{1,3})\}|(?P<apart>\d{1,3}))" + _CLOSES),
    "bare": re.compile(r"(?<=[^\W\d_])[,.;:!?»”\"'’]{0,2}(?P<label>\d{1,3})(?=[\s.,;:!?)»”]|$)"),
}
"""What a mark in the text looks like; never at the head of a line. A bare figure is one only of listed notes."""
_TEXTS = {
    "square": re.compile(
        rf"\[(?:(?:foot)?note |fn\. ?|\^)?(?P<label>{_LABEL})(?:\][.:]?\s+|:\s+)(?=\S)", re.IGNORECASE
    ),
    "curly": re.compile(rf"\{{(?P<label>{_LABEL})\}}[.:]?\s+(?=\S)"),
    "angle": re.compile(r"<(?P<label>\d{1,3})>[.:]?\s+(?=\S)"),
    "round": re.compile(r"\((?P<label>\d{1,3}|\*{1,4})\)[.:]?\s+(?=\S)"),
    "half": re.compile(r"(?P<label>\d{1,2}|[*†‡]{1,4})\)\s+(?=\S)"),
    "star": re.compile(rf"(?P<label>{_STARS})[ ]?(?=[^\s*)])"),
    "raised": re.compile(rf"(?P<label>[{_RAISED}]{{1,3}})[.:]?\s*(?=\S)"),
    "caret": re.compile(r"\^(?:\{(?P<label>\d{1,3})\}|(?P<apart>\d{1,3}))\s+(?=\S)"),
}
"""What a note begins with."""
_LISTED = re.compile(r"(?P<label>\d{1,3})(?:[.:]|(?=\s))\s+(?=\S)")
"""What a note begins with below a heading that says so: `1. See …`."""
_HEADING = re.compile(
    r"(?:end|foot)?notes?|(?:end|foot) notes|notes and references|"
    r"anmerkungen|fu(?:ß|ss)noten|noten|notes? de bas de page|"
    r"notas?(?: al pie| de rodapé)?|note(?: a piè di pagina)?|voetnoten|"
    r"przypisy|noter|fotnoter|slutnoter|viitteet|alaviitteet|bilješke|opombe|примечани[яе]|сноски|poznámky|jegyzetek|dipnotlar|σημειώσεις|הערות|notoj",
    re.IGNORECASE,
)
CERTAIN_FORMS = frozenset({"square", "curly", "angle", "raised", "caret", "listed"})
"""Forms that are rarely anything but notes: one without the other is named."""
_UNITS = re.compile(r"(?:\d|\b[kcdm]?m)[²³]")


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A mark or the beginning of a note: where it is and its label."""

    paragraph: int
    line: int
    start: int
    end: int
    form: str
    label: str
    source_line: int

    @property
    def place(self) -> tuple[int, int, int]:
        """Return the paragraph, the line and the column."""
        return self.paragraph, self.line, self.start


def is_notes_heading(line: str) -> bool:
    """Tell whether the words of a line are a heading of notes: `Notes`, `Anmerkungen:`."""
    return _HEADING.fullmatch(line.strip(" .:*_=-")) is not None


def find_notes_headings(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Return the indices of the paragraphs that are headings of notes."""
    return [
        at
        for at, paragraph in enumerate(paragraphs)
        if at and len(paragraph.lines) == 1 and is_notes_heading(paragraph.lines[0])
    ]


def find_note_marks(paragraphs: Sequence[Paragraph], spans: Sequence[EmphasisSpan]) -> Iterator[FoundMark]:
    """Yield what looks like a mark, except where it numbers the parts of a sentence or closes emphasis."""
    inside = {(s.paragraph, s.line, at) for s in spans for at in (*range(s.start, s.start + 2), s.end - 1, s.end - 2)}
    for at, paragraph in enumerate(paragraphs):
        for form, pattern in MARK_FORMS.items():
            found = []
            for number, line in enumerate(paragraph.lines):
                for match in pattern.finditer(line):
                    groups = match.groupdict()
                    label = groups["label"] or groups.get("apart") or ""
                    start = match.start("label") if form == "bare" else match.start()
                    sign = match.end() - 1
                    if (at, number, sign) in inside and form == "star":
                        continue
                    if form == "raised" and _UNITS.search(line[max(0, match.start() - 3) : match.end()]):
                        continue
                    found.append(FoundMark(at, number, start, match.end(), form, label, paragraph.first))
            if not (form in ("round", "half") and _is_enumeration(paragraph, found)):
                yield from found


def _is_enumeration(paragraph: Paragraph, found: Sequence[FoundMark]) -> bool:
    """Recognise `(1) bread, (2) peace`: two figures in order, each before a word that it numbers."""
    numbered = [
        mark.label
        for mark in found
        if re.match(r"\s+\w", paragraph.lines[mark.line][mark.end :]) and mark.label.isdigit()
    ]
    return any(int(b) == int(a) + 1 for a, b in pairwise(numbered))


def find_note_texts(paragraphs: Sequence[Paragraph], heading: int) -> Iterator[FoundMark]:
    """Yield the beginnings of notes: at the head of a paragraph or a line, or after a sentence of a note."""
    for at, paragraph in enumerate(paragraphs):
        if at == 0 and heading != 0:
            continue
        forms = {**_TEXTS, **({"listed": _LISTED} if 0 <= heading < at else {})}
        first = _match_text(forms, paragraph.lines[0], 0)
        if first is None:
            continue
        form = first[0]
        for number, line in enumerate(paragraph.lines):
            start = 0
            while (found := _match_text({form: forms[form]}, line, start)) is not None:
                _, label, end = found
                yield FoundMark(
                    at, number, start, end, form, label, paragraph.first + (number if paragraph.kept else 0)
                )
                start = _find_next(forms[form], form, line, end, label)
                if start < 0:
                    break


def _match_text(forms: dict[str, re.Pattern[str]], line: str, start: int) -> tuple[str, str, int] | None:
    for form, pattern in forms.items():
        match = pattern.match(line, start)
        if match:
            groups = match.groupdict()
            return form, groups["label"] or groups.get("apart") or "", match.end()
    return None


def _find_next(pattern: re.Pattern[str], form: str, line: str, start: int, label: str) -> int:
    """Return where on the same line the next note begins, after the end of a sentence; -1 if none does."""
    if not label_value(label).isdigit() or form in ("half", "listed"):
        return -1
    for end in re.finditer(r"(?<=[.!?…»”\"'’)\]])\s+", line[start:]):
        at = start + end.end()
        match = pattern.match(line, at)
        if match and label_value(match.groupdict()["label"] or match.groupdict().get("apart") or "") == str(
            int(label_value(label)) + 1
        ):
            return at
    return -1


def label_value(label: str) -> str:
    """Return a label with raised figures as plain ones, and small letters."""
    return "".join(str(_RAISED.index(sign)) if sign in _RAISED else sign for sign in label).lower()
