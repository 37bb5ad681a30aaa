"""Lines of a block → Markdown: italics, bold, marks of notes and pages; divided words are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from press.editor.importing.data_model import HyphenJoin
from press.editor.importing.escaping import escape_line
from press.editor.importing.pdf.page_lines import PageChange, PageLine, PdfRun, RunStyle, merge_runs
from press.editor.importing.pdf.page_measures import PageMeasures
from press.editor.importing.pdf.page_notes import ANY_NOTE_MARK
from press.editor.importing.plain.divided_words import Words, join_words

HIDDEN_PAGE_MARK = "\ue0f3{}\ue0f4"
"""How the beginning of a page is written in a line until its text is Markdown; no text has these characters."""
ANY_PAGE_MARK = re.compile("\ue0f3([^\ue0f4]*)\ue0f4")
_ANY_MARK = re.compile(f"({ANY_NOTE_MARK.pattern.replace('(', '(?:')}|{ANY_PAGE_MARK.pattern.replace('(', '(?:')})")
_LONGEST_END = 200
"""Letters of the end of a line that are looked at."""


@dataclass(slots=True)
class LineJoiner:
    """Joins lines, and records the words it made of two halves."""

    words: Words
    labels: dict[int, str]
    """What each page is called; empty where it has no name."""
    joins: list[HyphenJoin] = field(default_factory=list)
    changes: list[PageChange] = field(default_factory=list)
    joined_lines: int = 0

    def join(self, lines: Sequence[PageLine]) -> list[PdfRun]:
        """Join the lines of a paragraph; where it runs on to another page, that page's mark stands between words."""
        runs = list(lines[0].runs)
        page, mark = lines[0].page, ""
        for line in lines[1:]:
            after = list(line.runs)
            if line.page != page:
                page, mark = line.page, HIDDEN_PAGE_MARK.format(self.labels.get(line.page, ""))
            runs = self._join_two(runs, after, line.page, mark)
            mark = ""
            self.joined_lines += 1
        return merge_runs(runs)

    def _join_two(self, runs: list[PdfRun], after: list[PdfRun], page: int, mark: str) -> list[PdfRun]:
        before, next_ = "".join(run.text for run in runs[-4:])[-_LONGEST_END:], "".join(run.text for run in after)
        clean = ANY_PAGE_MARK.sub("", before).rstrip()
        has_words = bool(clean and next_.strip()) and not clean[-1].isalnum()
        join = join_words(clean, next_, page, self.words)[1] if has_words else None
        if join is None:
            between = f" {mark} " if mark else " "
            return [*runs, PdfRun(between, _plain(runs[-1].style, after[0].style)), *after]
        left, right, joined = (ANY_NOTE_MARK.sub("", part) for part in (join.left, join.right, join.joined))
        self.joins.append(replace(join, left=left, right=right, joined=joined))
        self.changes.append(
            PageChange(page, "hyphen", (self.joins[-1].left, self.joins[-1].right), (self.joins[-1].joined,))
        )
        if not join.keeps_hyphen:
            runs = [*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip()[:-1])]
        return [*runs, *(_mark_after_word(after, mark) if mark else after)]


def _plain(first: RunStyle, second: RunStyle) -> RunStyle:
    """Return the style of a space between two runs: that of both if it is the same."""
    return (
        first if first == second else replace(first, italic=first.italic and second.italic, bold=False, raised=False)
    )


def _mark_after_word(runs: Sequence[PdfRun], mark: str) -> Iterator[PdfRun]:
    """Put a page mark behind the first word, since none may stand within one."""
    done = False
    for run in runs:
        at = run.text.find(" ")
        if done or at < 0:
            yield run
            continue
        done = True
        yield replace(run, text=f"{run.text[:at]} {mark}{run.text[at:]}")
    if not done:
        yield PdfRun(f" {mark}", runs[-1].style)


def write_pdf_runs(runs: Sequence[PdfRun], measures: PageMeasures, *, with_emphasis: bool = True) -> str:
    """Write runs as Markdown; `measures` say what the text is set in, which is not emphasised."""
    pieces: list[tuple[str, str]] = []
    for run in runs:
        mark = _emphasis_of(run.style, measures) if with_emphasis else ""
        if pieces and (pieces[-1][0] == mark or not run.text.strip(" .,;:!?")):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + run.text)
        elif run.text:
            pieces.append((mark, run.text))
    return _set_marks_in("".join(_emphasise(mark, text) for mark, text in pieces).strip())


def _emphasis_of(style: RunStyle, measures: PageMeasures) -> str:
    bold = style.bold and not measures.is_bold
    italic = style.italic and not measures.is_italic
    return "*" * (2 * bold + italic)


def _emphasise(mark: str, text: str) -> str:
    """Write text between marks of emphasis, which stand at its letters; marks of notes and pages are outside them."""
    written = ""
    for part in _ANY_MARK.split(text):
        inner = part.strip()
        if not inner or _ANY_MARK.fullmatch(part):
            written += part
        elif not mark or not any(map(str.isalnum, inner)):
            written += _escape(part)
        else:
            start, end = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
            written += f"{start}{mark}{_escape(inner)}{mark}{end}"
    return written


def _escape(text: str) -> str:
    start = text[: len(text) - len(text.lstrip())]
    return start + escape_line(text[len(start) :])


def _set_marks_in(text: str) -> str:
    text = ANY_NOTE_MARK.sub(r"[^\1]", text)
    return ANY_PAGE_MARK.sub(lambda mark: write_page_mark(mark[1]), text)


def write_page_mark(label: str) -> str:
    """Write the beginning of a page as the house Markdown has it."""
    return f"{{page {label}}}" if label else "{page}"
