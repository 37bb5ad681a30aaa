"""The proof that notes and emphasis changed nothing else: the page, with the marks put back, is the paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import html as lxml_html

from press.editor.importing.data_model import Paragraph
from press.editor.importing.plain.emphasis_marks import EmphasisSpan
from press.editor.importing.plain.note_pairs import NotePairs


def find_changed_words(
    html: str, paragraphs: Sequence[Paragraph], pairs: NotePairs, spans: Sequence[EmphasisSpan]
) -> str:
    """Compare a page with the paragraphs it was made from, letter by letter.

    The marks of notes and of emphasis, which the page does not have, are left out of the paragraphs. Returns the
    first line that differs, or an empty string.
    """
    shown = list(_read_page(html))
    wanted: list[list[str]] = []
    for at, paragraph in enumerate(paragraphs):
        shown_lines = [
            _without_marks(paragraphs, at, line, 0, pairs, spans, None) for line in range(len(paragraph.lines))
        ]
        if at in pairs.joined:
            wanted[-1][-1] += f" {shown_lines[0]}"
        elif at not in pairs.left_out:
            wanted.append(shown_lines)
    for note in pairs.texts:
        for at, lines, start in note.parts:
            wanted.append(
                [
                    _without_marks(
                        paragraphs, at, line, start if line == lines[0] else 0, pairs, spans, note.end_of(at, line)
                    )
                    for line in lines
                ]
            )
    for was, is_ in zip(wanted, shown, strict=False):
        if was != is_:
            return " ".join(was)[:80]
    if len(wanted) != len(shown):
        return "the number of paragraphs"
    return _find_lost_paragraph(paragraphs, pairs)


def _without_marks(
    paragraphs: Sequence[Paragraph],
    at: int,
    line: int,
    start: int,
    pairs: NotePairs,
    spans: Sequence[EmphasisSpan],
    end: int | None,
) -> str:
    """Return a line as the page is to show it: `{name}` for the mark of a note, words in emphasis between U+0002."""
    text = paragraphs[at].lines[line]
    end = len(text) if end is None else end
    result, last = [], start
    changes = [(m.start, m.end, f"{{{m.name}}}") for m in pairs.marks if (m.paragraph, m.line) == (at, line)]
    for span in spans:
        if (span.paragraph, span.line) == (at, line):
            width = len(span.mark)
            changes += [(span.start, span.start + width, "\2" * min(width, 2))]
            changes += [(span.end - width, span.end, "\2" * min(width, 2))]
    for first, after, sign in sorted(changes):
        if first >= start and after <= end:
            result += [text[last:first], sign]
            last = after
    return "".join([*result, text[last:end]]).strip()


def _read_page(html: str) -> Iterator[list[str]]:
    """Yield the lines of each paragraph, those of the notes last; None of any other element is expected."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in root.iter("p", "h2", "h3", "li", "blockquote", "pre", "td"):
        if element.tag == "li" and str(element.get("id", "")).startswith("fn:"):
            continue
        if element.tag == "blockquote" and len(element):
            continue
        lines = "".join(_read_out(element)).split("\n")
        yield [line.strip() for line in lines if line.strip()] or [""]


def _read_out(element: lxml_html.HtmlElement) -> Iterator[str]:
    """Yield the text of a paragraph with signs for its marks."""
    yield (element.text or "").strip("\n")
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif child.tag == "sup":
            yield f"{{{str(child.get('id', '')).partition(':')[2]}}}"
        elif child.tag in ("em", "strong"):
            sign = "\2" * (2 if child.tag == "strong" else 1)
            yield sign
            yield from _read_out(child)
            yield sign
        elif "footnote-backref" not in str(child.get("class", "")):
            yield from _read_out(child)
        yield (child.tail or "").strip("\n").removesuffix("\N{NO-BREAK SPACE}" if _is_before_back(child) else "")


def _is_before_back(child: lxml_html.HtmlElement) -> bool:
    following = child.getnext()
    return following is not None and "footnote-backref" in str(following.get("class", ""))


def _find_lost_paragraph(paragraphs: Sequence[Paragraph], pairs: NotePairs) -> str:
    """Return the first line of a paragraph that is in no note and not in the text, headings of notes aside."""
    in_notes = {(at, line) for note in pairs.texts for at, lines, _ in note.parts for line in lines}
    for at in pairs.left_out:
        for line, text in enumerate(paragraphs[at].lines):
            if (at, line) not in in_notes and at not in pairs.headings:
                return text[:80]
    return ""
