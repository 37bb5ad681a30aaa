"""Title, author, date and the other lines of a header: from styles and marks of a document, else from its opening."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from press.editor.importing.data_model import Confidence, Gap, ImportSettings, Line, Note, RecognisedText
from press.editor.importing.office.prepared import Prepared, squeeze
from press.editor.importing.office.tree import Node, find_notes, inlines_of, inlines_within, plain_words, walk_blocks
from press.editor.importing.plain.lines import make_printable
from press.editor.importing.plain.opening import TextHead, read_head
from press.editor.importing.printed_dates import read_printed_date
from press.model.entry import READ
from press.model.header import KEYS, Field
from press.model.values import WrongValue

_BY = re.compile(r"(?:written by|by|par|por)\s+(?=\S)", re.IGNORECASE)
_TEXTS = ("Para", "Plain", "LineBlock", "Header")


@dataclass(slots=True)
class TakenHeader:
    """What became of the beginning of a document."""

    blocks: list[Node]
    """The text that remains."""
    words: list[str] = field(default_factory=list)
    """Passages of the text that became lines of the header."""
    removed: list[tuple[str, str]] = field(default_factory=list)


def take_header(
    blocks: Sequence[Node], prepared: Prepared, recognised: RecognisedText, settings: ImportSettings
) -> TakenHeader:
    """Enter title, date and further fields in the recognised text; return the text without what was taken."""
    taken = TakenHeader(list(blocks))
    marked = {key: squeeze(" ".join(lines)) for key, lines in prepared.header.items()}
    taken.words += marked.values()
    stated = {key: values for key, values in prepared.stated.items() if any(values)}
    recognised.fields = _settle_fields(stated, prepared.header.get("author", []), taken, recognised)
    title = _settle_title(marked, stated, taken, recognised)
    _drop_repeated(title, taken)
    date = _settle_date(marked.get("date", ""), stated, taken, recognised, settings)
    _read_opening(title, date, taken, prepared, recognised, settings)
    for key, value in prepared.candidates.items():
        known = [recognised.title, *recognised.fields.get("author", ())]
        if value not in known:
            what = {"author": "the author? It may be who typed it", "title": "the title?"}.get(key, f"the {key}?")
            recognised.notes.append(
                Note(key, f"the file’s properties say “{value}”: is it {what}", Confidence.REVIEW)
            )
    return taken


def _settle_fields(
    stated: dict[str, tuple[str, ...]], authors: Sequence[str], taken: TakenHeader, recognised: RecognisedText
) -> dict[str, tuple[str, ...]]:
    fields = {key: values for key, values in stated.items() if key not in ("title", "subtitle", "date", "lang")}
    if authors and "author" not in fields:
        names = [_BY.sub("", name, count=1) for name in authors]
        taken.removed += [("word before a name", name[: len(name) - len(bare)])
                          for name, bare in zip(authors, names, strict=True) if name != bare]  # fmt: skip
        fields["author"] = ("; ".join(names),)
        recognised.notes.append(Note("author", f"{fields['author'][0]}, by its style", Confidence.LIKELY))
    good = {}
    for key, values in fields.items():
        try:
            READ[key][1](Field(KEYS[key], 1, tuple(map(make_printable, values))))
        except WrongValue as wrong:
            message = f"“{'; '.join(values)}” was not used: {wrong}"
            recognised.notes.append(Note(key, message, Confidence.REVIEW))
            if values == fields.get("author") and authors:
                _put_back(" ".join(authors), taken)
            continue
        good[key] = values
    return good


def _put_back(words: str, taken: TakenHeader) -> None:
    """Leave words in the text that cannot be a line of the header."""
    nodes = [node for word in words.split() for node in ({"t": "Str", "c": word}, {"t": "Space"})]
    taken.blocks.insert(0, {"t": "Para", "c": nodes})
    taken.words = [passage for passage in taken.words if squeeze(passage) != squeeze(words)]


def _settle_title(
    marked: dict[str, str], stated: dict[str, tuple[str, ...]], taken: TakenHeader, recognised: RecognisedText
) -> str:
    title = marked.get("title", "") or squeeze(" ".join(stated.get("title", ())))
    below = marked.get("subtitle", "") or squeeze(" ".join(stated.get("subtitle", ())))
    where = "by its style" if "title" in marked else "from the header of the file"
    if not title:
        title = squeeze(_take_heading(taken))
        where = "the heading above the text"
    if title and below:
        title = f"{title}{'' if title[-1] in '.:!?…' else ':'} {below}"
        where += "; title and subtitle are one line"
        recognised.corrections.append(f"The subtitle “{below}” joined to the title.")
    elif below:
        title, where = below, "the subtitle, since there is no other"
    if title:
        recognised.notes.append(
            Note("title", where, Confidence.SURE if "heading" not in where else Confidence.LIKELY)
        )
    return title


def _take_heading(taken: TakenHeader) -> str:
    """Take the first heading, if the text begins with it and no other is as high."""
    first = next((block for block in taken.blocks if _words_of(block)), None)
    if first is None or first["t"] != "Header":
        return ""
    level = first["c"][0]
    others = [block for block in walk_blocks(taken.blocks) if block["t"] == "Header" and block is not first]
    if any(block["c"][0] <= level for block in others):
        return ""
    words = plain_words(first["c"][2])
    _drop_lines_of(first, len(words.split("\n")), taken)
    taken.words.append(words)
    return words


def _drop_repeated(title: str, taken: TakenHeader) -> None:
    """Drop the title above the text if the header of the file says it as well."""
    first = next((block for block in taken.blocks if _words_of(block)), None)
    if first is not None and title and first["t"] in _TEXTS and _fold(_words_of(first)) == _fold(title):
        taken.words.append(_words_of(first))
        _drop_lines_of(first, 1000, taken)


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _settle_date(
    printed: str, stated: dict[str, tuple[str, ...]], taken: TakenHeader, recognised: RecognisedText,
    settings: ImportSettings,
) -> str:  # fmt: skip
    words = printed or squeeze(" ".join(stated.get("date", ())))
    if not words:
        return ""
    where = "its style" if printed else "the header of the file"
    found = read_printed_date(re.sub(r"T\d\d:\d\d.*$", "", words), recognised.lang, settings.today)
    if found is None:
        message = f"“{words}” is the date by {where}, and could not be read; write it in the header"
        recognised.notes.append(Note("date", message, Confidence.REVIEW))
        if printed:
            _put_back(printed, taken)
        return ""
    recognised.date = found.edtf
    remark = f": {found.remark}" if found.remark else ""
    recognised.notes.append(Note("date", f"{found.edtf}, from “{words}”, by {where}{remark}", found.confidence))
    return found.edtf


def _words_of(block: Node) -> str:
    return squeeze(" ".join(plain_words(inlines) for inlines in inlines_of(block)))


def _read_opening(
    title: str,
    date: str,
    taken: TakenHeader,
    prepared: Prepared,
    recognised: RecognisedText,
    settings: ImportSettings,
) -> None:
    """Read title and date from the first lines, as those of a plain text, where nothing else says them."""
    lines, blocks = _list_lines(taken.blocks, title)
    if not lines or (title and date):
        recognised.title = title
        return
    head = read_head(lines, recognised.name, recognised.lang, settings.today)
    if title:
        _take_date_only(head, date, taken, blocks, recognised, title)
        return
    used = [line.number for line in head.opening.lines]
    reach = _count_leading(taken.blocks)
    if all(blocks[number] < reach for number in used):
        blocks_before, first = list(taken.blocks), next(block for block in taken.blocks if _words_of(block))
        _take_lines(head, taken, blocks)
        recognised.title = head.opening.title
        is_heading = bool(used) and taken.blocks != blocks_before and first["t"] == "Header"
        notes = [note for note in _without_lines(head.notes) if not (date and note.topic == "date")]
        if is_heading:
            message = "the first heading, though others are as high: is it the title?"
            notes = [Note("title", message, Confidence.REVIEW) if note.topic == "title" else note for note in notes]
        recognised.notes += notes
        if head.opening.place:
            recognised.fields = {**recognised.fields, "place": (head.opening.place,)}
    if not used and prepared.candidates.get("title"):
        recognised.title = prepared.candidates["title"]
        recognised.notes = [note for note in recognised.notes if note.topic != "title"]
        message = "from the file’s properties, because the text begins without one: is it right?"
        recognised.notes.append(Note("title", message, Confidence.REVIEW))
    recognised.date = date or head.opening.date or "undated"


def _take_date_only(
    head: TextHead, date: str, taken: TakenHeader, blocks: Sequence[int], recognised: RecognisedText, title: str
) -> None:
    recognised.title = title
    if date:
        return
    recognised.date = head.opening.date or "undated"
    recognised.notes += [note for note in _without_lines(head.notes) if note.topic == "date"]
    used = [line for line in head.opening.lines if line.number > 0]
    if [line.text for line in used] == [head.opening.date_words] and len(head.opening.lines) == 2:
        _take_lines(head, taken, blocks)
        if head.opening.place:
            recognised.fields = {**recognised.fields, "place": (head.opening.place,)}


def _without_lines(notes: Sequence[Note]) -> list[Note]:
    return [Note(note.topic, note.message, note.confidence) for note in notes]


def _list_lines(blocks: Sequence[Node], title: str) -> tuple[list[Line], list[int]]:
    """Return the lines of the paragraphs, numbered from 1 (0 is a title known already), and the block of each."""
    lines = [Line(0, title)] if title else []
    places = [-1]
    for at, block in enumerate(blocks):
        if block["t"] not in _TEXTS or not _words_of(block):
            continue
        texts = "\n".join(map(plain_words, inlines_of(block))).split("\n")
        for number, text in enumerate(texts):
            places.append(at)
            if squeeze(text):
                gap = Gap.NONE if number or not lines else Gap.BLANK
                lines.append(Line(len(places) - 1, squeeze(text), gap=gap, blanks=int(gap is Gap.BLANK)))
    return lines, places


def _count_leading(blocks: Sequence[Node]) -> int:
    return next((at for at, block in enumerate(blocks) if block["t"] not in _TEXTS), len(blocks))


def _take_lines(head: TextHead, taken: TakenHeader, places: Sequence[int]) -> None:
    """Take the lines of an opening out of the text."""
    numbers = {line.number for line in head.opening.lines if line.number} | {rule.line for rule in head.removals}
    taken.words += [line.text for line in head.opening.lines if line.number]
    taken.removed += [(rule.kind, rule.text) for rule in head.removals]
    blocks = [*taken.blocks]
    for at in sorted({places[number] for number in numbers}):
        count = max(number for number in numbers if places[number] == at) - places.index(at) + 1
        _drop_lines_of(blocks[at], count, taken)


def _drop_lines_of(block: Node, count: int, taken: TakenHeader) -> None:
    """Drop the first lines of a block; a note or a picture on them moves to the first paragraph that remains."""
    at = next(number for number, other in enumerate(taken.blocks) if other is block)
    if block["t"] == "LineBlock":
        dropped, rest = block["c"][:count], block["c"][count:]
        moved = [node for line in dropped for node in _find_kept(line)]
        remaining: list[Node] = [{"t": "LineBlock", "c": rest}] if rest else []
    else:
        inlines = inlines_of(block)[0]
        rest, _ = _after_lines(inlines, count)
        moved = _find_kept(inlines)
        kept = _find_kept(rest)
        moved = [node for node in moved if not any(node is other for other in kept)]
        remaining = [{"t": "Para", "c": rest}] if squeeze(plain_words(rest)) else []
    taken.blocks[at : at + 1] = remaining
    if not moved:
        return
    paragraph = next((b for b in taken.blocks[at:] if b["t"] in ("Para", "Plain") and _words_of(b)), None)
    if paragraph is None:
        taken.blocks.insert(at, {"t": "Para", "c": moved})
    else:
        paragraph["c"] = [*paragraph["c"], *moved]


def _find_kept(inlines: Sequence[Node]) -> list[Node]:
    pictures = [node for node in inlines if node["t"] == "Image"]
    inner = [found for node in inlines if node["t"] != "Image" for found in _find_pictures(inlines_within(node))]
    return [*find_notes(inlines), *pictures, *inner]


def _find_pictures(inlines: Sequence[Node]) -> list[Node]:
    return [n for node in inlines for n in ([node] if node["t"] == "Image" else _find_pictures(inlines_within(node)))]


def _after_lines(inlines: Sequence[Node], count: int) -> tuple[list[Node], int]:
    """Return what comes after so many line breaks, and how many are still to come."""
    for at, node in enumerate(inlines):
        if count == 0:
            return list(inlines[at:]), 0
        if node["t"] == "LineBreak":
            count -= 1
        elif inner := inlines_within(node):
            rest, left = _after_lines(inner, count)
            if left == 0:
                wrapped = {"t": node["t"], "c": rest if isinstance(node["c"][0], dict) else [node["c"][0], rest]}
                return [*([wrapped] if rest else []), *inlines[at + 1 :]], 0
            count = left
    return [], count
