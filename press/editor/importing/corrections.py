"""What an import changed, as the leaflet's own `Corrections:` and as notes of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from press.editor.importing.paragraphs import Weaver
from press.editor.importing.recognised import Note, Opening, Removal, Seam, Sureness

_MOST = 20
"""Words that one line of `Corrections:` names; the report names all."""


def tell_corrections(
    opening: Opening, removals: Sequence[Removal], weaver: Weaver, joints: Sequence[Note]
) -> list[str]:
    """Say, one change on each line, what an import did to a text."""
    told = list(_tell_opening(opening))
    numbers = [removal.text for removal in removals if removal.kind == "page number"]
    if numbers:
        told.append(f"Page numbers taken out: {', '.join(numbers)}.")
    heads = Counter(removal.text for removal in removals if removal.kind == "running head")
    told += [f"Running head taken out: “{text}”{_times(count)}." for text, count in heads.items()]
    told += [f"A line drawn beside the title taken out: “{r.text}”." for r in removals if r.kind == "rule"]
    if weaver.joined_lines:
        told.append("Lines that the width of the page had broken joined into paragraphs.")
    told += _tell_seams(weaver.seams)
    told += [
        f"The paragraph broken after “{joint.said}” joined to its second half."
        for joint in joints
        if joint.topic == "joined"
    ]
    return told


def _tell_opening(opening: Opening) -> Iterator[str]:
    if opening.label:
        yield f"“{opening.label}” before the title taken out."
    if opening.date_words and len(opening.lines) == 1 and opening.between:
        yield f"The first line, title and date (“{opening.date_words}”), became metadata."
    elif opening.date_words and len(opening.lines) > 1:
        yield f"The title and the date (“{opening.date_words}”), the first lines of the source, became metadata."
    elif opening.date_words:
        yield f"The date (“{opening.date_words}”), in the first line of the source, became metadata."
    elif opening.lines:
        yield "The title, in the first line of the source, became metadata."


def _tell_seams(seams: Sequence[Seam]) -> Iterator[str]:
    one = [seam.joined for seam in seams if seam.joined != seam.left + seam.right]
    kept = [seam.joined for seam in seams if seam.joined == seam.left + seam.right]
    if one:
        yield f"Words divided at the ends of lines joined: {_name(one)}."
    if kept:
        yield f"Words divided at the ends of lines joined with their hyphen: {_name(kept)}."


def _name(words: Sequence[str]) -> str:
    more = f" and {len(words) - _MOST} more" if len(words) > _MOST else ""
    return ", ".join(f"“{word.strip('.,;:!?()«»“”')}”" for word in words[:_MOST]) + more


def tell_changes(removals: Sequence[Removal], weaver: Weaver, joints: Sequence[Note]) -> Iterator[Note]:
    """Yield a note for each change, for the report: what was taken out, joined, and left as it was."""
    for removal in removals:
        yield Note("pages", f"{removal.kind} “{removal.text}” taken out", Sureness.LIKELY, removal.line)
    if weaver.joined_lines:
        said = f"{weaver.joined_lines} lines joined to the line before, in paragraphs of a page {weaver.width} wide"
        yield Note("lines", said, Sureness.SURE)
    for seam in weaver.seams:
        kept = seam.joined == seam.left + seam.right
        said = f"“{seam.left}” and “{seam.right}” became “{seam.joined}”"
        sure = Sureness.LOOK if kept else Sureness.LIKELY
        yield Note("hyphens", said, sure, seam.line)
    for joint in joints:
        if joint.topic == "joined":
            said = f"the paragraph broken after “{joint.said}” joined to its second half"
            yield Note("lines", said, Sureness.LOOK, joint.line)
        else:
            yield joint


def _times(count: int) -> str:
    return f", {count} times" if count > 1 else ""
