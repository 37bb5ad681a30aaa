"""The notes of a plain text: marks in the text, texts of notes, and which belong together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from press.editor.importing.data_model import Confidence, Note, Paragraph
from press.editor.importing.plain.emphasis_marks import EmphasisSpan
from press.editor.importing.plain.lines import shorten

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LABEL = r"(?:\d{1,3}|[a-zA-Z]|\*{1,4})"
_STARS = r"(?:\*{1,4}|[†‡§¶‖]{1,3})"
_ATTACHED = r"(?<=[^\s(\[*†‡§¶‖])"
_CLOSES = r"(?=[\s.,;:!?)\]»”’\"'–—-]|$)"
_MARKS = {
    "square": re.compile(rf"(?<=\S)[ ]?\[(?P<label>{_LABEL})\](?!\()"),
    "round": re.compile(r"(?<=\S)[ ]?\((?P<label>\d{1,3}|\*{1,4})\)" + _CLOSES),
    "half": re.compile(r"(?<=[\w.,;:!?»”\"'’])[ ]?(?<![\d(.,-])(?P<label>\d{1,2}|[*†‡]{1,4})\)" + _CLOSES),
    "star": re.compile(
        rf"{_ATTACHED}(?P<label>{_STARS})(?![\w*)]){_CLOSES}|(?<=\w)[ ](?P<apart>{_STARS})(?=[.,;:]|$)"
    ),
    "raised": re.compile(rf"(?<=\S)(?P<label>[{_RAISED}]{{1,3}}){_CLOSES}"),
    "caret": re.compile(r"(?<=\S)\^(?:\{(?P<label>\d{1,3})\}|(?P<apart>\d{1,3}))" + _CLOSES),
}
"""What a mark in the text looks like; never at the head of a line."""
_TEXTS = {
    "square": re.compile(rf"\[(?:(?:foot)?note |fn\. ?)?(?P<label>{_LABEL})(?:\][.:]?\s+|:\s+)(?=\S)", re.IGNORECASE),
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
    r"(?:end|foot)?notes?|anmerkungen|fu(?:ß|ss)noten|noten|notes? de bas de page|notas?(?: al pie)?|note|voetnoten|przypisy|"
    r"noter|fotnoter|примечани[яе]|сноски|poznámky|jegyzetek|dipnotlar|σημειώσεις|הערות|notoj",
    re.IGNORECASE,
)
_CERTAIN = frozenset({"square", "raised", "caret"})
"""Forms that are rarely anything but notes: one without the other is named."""
_UNITS = re.compile(r"(?:\d|\b[kcdm]?m)[²³]")


@dataclass(frozen=True, slots=True)
class PairedMark:
    """A mark in the text, with the space before it, and the name of its note."""

    paragraph: int
    line: int
    start: int
    end: int
    text: str
    name: str
    source_line: int


@dataclass(frozen=True, slots=True)
class NoteText:
    """The text of a note: of each paragraph its index, its lines, and where on the first line the words begin."""

    name: str
    parts: tuple[tuple[int, tuple[int, ...], int], ...]
    ends: tuple[tuple[int, int, int], ...] = ()
    """Paragraph, line and column before which the note ends, where that is not the end of a line."""

    def end_of(self, paragraph: int, line: int) -> int | None:
        """Return the column before which the note ends on a line, None for the whole line."""
        return next((column for at, number, column in self.ends if (at, number) == (paragraph, line)), None)


@dataclass(slots=True)
class NotePairs:
    """The pairs of a text, the paragraphs that are now in notes, and notes on what has no partner."""

    marks: list[PairedMark] = field(default_factory=list)
    texts: list[NoteText] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)
    heading: str = ""
    heading_line: int = 0
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
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
        return self.paragraph, self.line, self.start


def pair_notes(paragraphs: Sequence[Paragraph], spans: Sequence[EmphasisSpan]) -> NotePairs:
    """Pair marks with notes: of each label as many marks as notes, each mark before its note."""
    heading = _find_heading(paragraphs)
    texts = list(_find_texts(paragraphs, heading))
    starts = {(text.paragraph, text.line) for text in texts}
    marks = [mark for mark in _find_marks(paragraphs, spans) if mark.place not in {text.place for text in texts}]
    marks = [mark for mark in marks if not _is_text_start(mark, starts, texts)]
    matched = _match(marks, texts)
    pairs = NotePairs(notes=list(_note_unmatched(marks, texts, matched)))
    whole = _drop_partial(paragraphs, texts, matched)
    for number, (mark, text) in enumerate(sorted(whole, key=lambda pair: pair[0].place), start=1):
        shown = paragraphs[mark.paragraph].lines[mark.line][mark.start : mark.end]
        place = (mark.paragraph, mark.line, mark.start, mark.end)
        pairs.marks.append(PairedMark(*place, shown, str(number), mark.source_line))
        pairs.texts.append(_gather(paragraphs, str(number), text, mark, texts, marks))
    pairs.left_out = {at for text in pairs.texts for at, _, _ in text.parts}
    _leave_out_heading(paragraphs, heading, pairs)
    return pairs


def _find_heading(paragraphs: Sequence[Paragraph]) -> int:
    """Return the index of the last paragraph that is a heading of notes, -1 if there is none."""
    for at in range(len(paragraphs) - 1, 0, -1):
        lines = paragraphs[at].lines
        if len(lines) == 1 and _HEADING.fullmatch(lines[0].strip(" .:*_=-")):
            return at
    return -1


def _find_marks(paragraphs: Sequence[Paragraph], spans: Sequence[EmphasisSpan]) -> Iterator[_Found]:
    """Yield what looks like a mark, except where it numbers the parts of a sentence or closes emphasis."""
    inside = {(s.paragraph, s.line, at) for s in spans for at in (*range(s.start, s.start + 2), s.end - 1, s.end - 2)}
    for at, paragraph in enumerate(paragraphs):
        for form, pattern in _MARKS.items():
            found = []
            for number, line in enumerate(paragraph.lines):
                for match in pattern.finditer(line):
                    groups = match.groupdict()
                    label = groups["label"] or groups.get("apart") or ""
                    sign = match.end() - 1
                    if (at, number, sign) in inside and form == "star":
                        continue
                    if form == "raised" and _UNITS.search(line[max(0, match.start() - 3) : match.end()]):
                        continue
                    found.append(_Found(at, number, match.start(), match.end(), form, label, paragraph.first))
            if not (form in ("round", "half") and _is_enumeration(paragraph, found)):
                yield from found


def _is_enumeration(paragraph: Paragraph, found: Sequence[_Found]) -> bool:
    """Recognise `(1) bread, (2) peace`: two figures in order, each before a word that it numbers."""
    numbered = [
        mark.label
        for mark in found
        if re.match(r"\s+\w", paragraph.lines[mark.line][mark.end :]) and mark.label.isdigit()
    ]
    return any(int(b) == int(a) + 1 for a, b in pairwise(numbered))


def _find_texts(paragraphs: Sequence[Paragraph], heading: int) -> Iterator[_Found]:
    """Yield the beginnings of notes: at the head of a paragraph, of each line of one, or after a sentence of a note."""
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
                yield _Found(at, number, start, end, form, label, paragraph.first + (number if paragraph.kept else 0))
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
    if not _value(label).isdigit() or form in ("half", "listed"):
        return -1
    for end in re.finditer(r"(?<=[.!?…»”\"'’)\]])\s+", line[start:]):
        at = start + end.end()
        match = pattern.match(line, at)
        if match and _value(match.groupdict()["label"] or match.groupdict().get("apart") or "") == str(
            int(_value(label)) + 1
        ):
            return at
    return -1


def _value(label: str) -> str:
    """Return a label with raised figures as plain ones, and small letters."""
    return "".join(str(_RAISED.index(sign)) if sign in _RAISED else sign for sign in label).lower()


def _is_text_start(mark: _Found, starts: set[tuple[int, int]], texts: Sequence[_Found]) -> bool:
    """Return whether what looks like a mark begins a note, or is the label of one."""
    if (mark.paragraph, mark.line) not in starts:
        return False
    return any(
        (text.paragraph, text.line) == (mark.paragraph, mark.line) and text.start <= mark.end - 1 < text.end
        for text in texts
    )


def _match(marks: Sequence[_Found], texts: Sequence[_Found]) -> list[tuple[_Found, _Found]]:
    """Pair the marks of a label with the notes of that label, in order."""
    found: list[tuple[_Found, _Found]] = []
    by_text: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    for text in texts:
        by_text[text.form, _value(text.label)].append(text)
    by_mark: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    for mark in marks:
        by_mark[mark.form, _value(mark.label)].append(mark)
    listed = [label for form, label in by_text if form == "listed"]
    in_list = max(_MARKS, key=lambda form: sum(len(by_mark[form, label]) == 1 for label in listed))
    for (form, label), there in by_text.items():
        of_form = by_mark[in_list if form == "listed" else form, label]
        if len(of_form) == len(there) and all(m.place < t.place for m, t in zip(of_form, there, strict=True)):
            found += zip(of_form, there, strict=True)
    return found


def _drop_partial(
    paragraphs: Sequence[Paragraph], texts: Sequence[_Found], matched: Sequence[tuple[_Found, _Found]]
) -> list[tuple[_Found, _Found]]:
    """Drop pairs whose paragraph has other text as well: a line that is no note, or a note that has no mark."""
    paired = {text.place for _, text in matched}
    partial = {text.paragraph for text in texts if text.place not in paired}
    return [(mark, text) for mark, text in matched if text.paragraph not in partial]


def _gather(
    paragraphs: Sequence[Paragraph],
    name: str,
    text: _Found,
    mark: _Found,
    texts: Sequence[_Found],
    marks: Sequence[_Found],
) -> NoteText:
    """Return the whole of a note: up to the next one, and paragraphs before that one whose mark came before this."""
    later = sorted((other for other in texts if other.place > text.place), key=lambda other: other.place)
    following = later[0] if later else None
    here = paragraphs[text.paragraph]
    last = len(here.lines) - 1
    ends: tuple[tuple[int, int, int], ...] = ()
    if following and following.paragraph == text.paragraph:
        if following.line == text.line:
            last, ends = text.line, ((text.paragraph, text.line, following.start),)
        else:
            last = following.line - 1
    parts = [(text.paragraph, tuple(range(text.line, last + 1)), text.end)]
    if here.lines[text.line][text.start : text.end].rstrip().endswith(":"):  # [Footnote 1: …]
        return _gather_bracketed(paragraphs, name, text, parts)
    if following and following.paragraph > text.paragraph + 1:
        between = range(text.paragraph + 1, following.paragraph)
        marked = any(text.paragraph < other.paragraph < following.paragraph for other in marks)
        its_mark = [other for other in marks if _value(other.label) == _value(following.label)]
        if not marked and its_mark and its_mark[-1].paragraph < text.paragraph and len(between) <= 3:
            parts += [(at, tuple(range(len(paragraphs[at].lines))), 0) for at in between]
    return NoteText(name, tuple(parts), ends)


def _gather_bracketed(
    paragraphs: Sequence[Paragraph], name: str, text: _Found, parts: list[tuple[int, tuple[int, ...], int]]
) -> NoteText:
    """Return a note in brackets, `[Footnote 1: …]`, which may have several paragraphs, without its closing bracket."""
    for at in range(text.paragraph, min(text.paragraph + 8, len(paragraphs))):
        lines = paragraphs[at].lines
        if at > text.paragraph:
            parts.append((at, tuple(range(len(lines))), 0))
        depth = "\n".join(
            line for number, rows, _ in parts for line in [paragraphs[number].lines[row] for row in rows]
        )
        if lines[-1].rstrip().endswith("]") and depth.count("[") == depth.count("]"):
            return NoteText(name, tuple(parts), ((at, len(lines) - 1, len(lines[-1].rstrip()) - 1),))
    return NoteText(name, tuple(parts[:1]))


def _leave_out_heading(paragraphs: Sequence[Paragraph], heading: int, pairs: NotePairs) -> None:
    """Leave out a heading of notes, and a rule above notes, if all that came below it are notes now."""
    if 0 < heading and pairs.left_out and all(at in pairs.left_out for at in range(heading + 1, len(paragraphs))):
        pairs.heading, pairs.heading_line = paragraphs[heading].lines[0], paragraphs[heading].first
        pairs.left_out.add(heading)


def _note_unmatched(
    marks: Sequence[_Found], texts: Sequence[_Found], matched: Sequence[tuple[_Found, _Found]]
) -> Iterator[Note]:
    """Yield notes on marks without a note and notes without a mark, where they are hardly anything else."""
    paired = {item.place for pair in matched for item in pair}
    loose_marks = [mark for mark in marks if mark.place not in paired]
    loose_texts = [text for text in texts if text.place not in paired]
    in_text = {(mark.form, _value(mark.label)) for mark in loose_marks}
    in_notes = {(text.form, _value(text.label)) for text in loose_texts}
    both = in_text & in_notes
    for found, kind in ((loose_marks, "mark"), (loose_texts, "note")):
        named = [
            item
            for item in found
            if (item.form, _value(item.label)) in both
            or (item.form in _CERTAIN and not item.label.isalpha())
            or (item.form == "star" and (kind == "mark" or "*" not in item.label or len(loose_texts) == 1))
        ]
        if named:
            labels = ", ".join(dict.fromkeys(f"“{_show(item)}”" for item in named))
            what = (
                "look like marks of notes, but their notes" if kind == "mark" else "may begin notes, but their marks"
            )
            message = f"{shorten(labels, 100)} {what} were not found one to one; they stay as typed"
            yield Note("notes", message, Confidence.REVIEW, named[0].source_line)


def _show(item: _Found) -> str:
    frames = {"square": "[{}]", "round": "({})", "half": "{})", "listed": "{}."}
    return frames.get(item.form, "{}").format(item.label)
