"""Title, author, date and the other lines of a header: from styles and marks of a document, else from its opening."""

from __future__ import annotations

import re
from collections.abc import Sequence

from press.editor.importing.data_model import Confidence, ImportSettings, Note, RecognisedText
from press.editor.importing.office.opening_blocks import (
    TEXT_BLOCKS,
    TakenOpening,
    count_leading,
    drop_lines,
    list_opening,
    take_lines,
    words_of_block,
)
from press.editor.importing.office.pandoc_tree import (
    TreeNode,
    plain_words,
    walk_blocks,
)
from press.editor.importing.office.prepared import Prepared, squeeze
from press.editor.importing.plain.date_search import TextHead
from press.editor.importing.plain.lines import make_printable
from press.editor.importing.plain.opening import list_fields, read_head
from press.editor.importing.printed_dates import read_printed_date
from press.model.entry import READ
from press.model.header import KEYS, Field
from press.model.values import WrongValue

_BY = re.compile(r"(?:written by|by|par|por)\s+(?=\S)", re.IGNORECASE)


def take_document_header(
    blocks: Sequence[TreeNode], prepared: Prepared, recognised: RecognisedText, settings: ImportSettings
) -> TakenOpening:
    """Enter title, date and further fields in the recognised text; return the text without what was taken."""
    taken = TakenOpening(list(blocks))
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
        if value not in known and not (key == "title" and recognised.title.startswith(f"{value}:")):
            what = {"author": "the author? It may be who typed it", "title": "the title?"}.get(key, f"the {key}?")
            recognised.notes.append(
                Note(key, f"the file’s properties say “{value}”: is it {what}", Confidence.REVIEW)
            )
    return taken


def _settle_fields(
    stated: dict[str, tuple[str, ...]], authors: Sequence[str], taken: TakenOpening, recognised: RecognisedText
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


def _put_back(words: str, taken: TakenOpening) -> None:
    """Leave words in the text that cannot be a line of the header."""
    nodes = [node for word in words.split() for node in ({"t": "Str", "c": word}, {"t": "Space"})]
    taken.blocks.insert(0, {"t": "Para", "c": nodes})
    taken.words = [passage for passage in taken.words if squeeze(passage) != squeeze(words)]


def _settle_title(
    marked: dict[str, str], stated: dict[str, tuple[str, ...]], taken: TakenOpening, recognised: RecognisedText
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


def _take_heading(taken: TakenOpening) -> str:
    """Take the first heading, if the text begins with it and no other is as high."""
    first = next((block for block in taken.blocks if words_of_block(block)), None)
    if first is None or first["t"] != "Header":
        return ""
    level = first["c"][0]
    others = [block for block in walk_blocks(taken.blocks) if block["t"] == "Header" and block is not first]
    if any(block["c"][0] <= level for block in others):
        return ""
    words = plain_words(first["c"][2])
    drop_lines(first, len(words.split("\n")), taken)
    taken.words.append(words)
    return words


def _drop_repeated(title: str, taken: TakenOpening) -> None:
    """Drop the title above the text if the header of the file says it as well."""
    first = next((block for block in taken.blocks if words_of_block(block)), None)
    if first is not None and title and first["t"] in TEXT_BLOCKS and _fold(words_of_block(first)) == _fold(title):
        taken.words.append(words_of_block(first))
        drop_lines(first, 1000, taken)


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _settle_date(
    printed: str, stated: dict[str, tuple[str, ...]], taken: TakenOpening, recognised: RecognisedText,
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


def _read_opening(
    title: str,
    date: str,
    taken: TakenOpening,
    prepared: Prepared,
    recognised: RecognisedText,
    settings: ImportSettings,
) -> None:
    """Read title and date from the first lines, as those of a plain text, where nothing else says them."""
    lines, blocks = list_opening(taken.blocks, title)
    if not lines or (title and date):
        recognised.title = title
        return
    head = read_head(lines, recognised.name, recognised.lang, settings.today)
    if title:
        _take_date_only(head, date, taken, blocks, recognised, title)
        return
    used = [line.number for line in head.opening.lines]
    reach = count_leading(taken.blocks)
    if all(blocks[number] < reach for number in used):
        blocks_before, first = list(taken.blocks), next(block for block in taken.blocks if words_of_block(block))
        take_lines(head, taken, blocks)
        recognised.title = head.opening.title
        is_heading = bool(used) and taken.blocks != blocks_before and first["t"] == "Header"
        notes = [note for note in _without_lines(head.notes) if not (date and note.topic == "date")]
        if is_heading:
            message = "the first heading, though others are as high: is it the title?"
            notes = [Note("title", message, Confidence.REVIEW) if note.topic == "title" else note for note in notes]
        recognised.notes += notes
        recognised.fields = {**list_fields(head.opening), **recognised.fields}
    if not used and prepared.candidates.get("title"):
        recognised.title = prepared.candidates["title"]
        recognised.notes = [note for note in recognised.notes if note.topic != "title"]
        message = "from the file’s properties, because the text begins without one: is it right?"
        recognised.notes.append(Note("title", message, Confidence.REVIEW))
    recognised.date = date or head.opening.date or "undated"


def _take_date_only(
    head: TextHead, date: str, taken: TakenOpening, blocks: Sequence[int], recognised: RecognisedText, title: str
) -> None:
    recognised.title = title
    if date:
        return
    recognised.date = head.opening.date or "undated"
    recognised.notes += [note for note in _without_lines(head.notes) if note.topic == "date"]
    used = [line for line in head.opening.lines if line.number > 0]
    if [line.text for line in used] == [head.opening.date_words] and len(head.opening.lines) == 2:
        take_lines(head, taken, blocks)
        recognised.fields = {**list_fields(head.opening), **recognised.fields}


def _without_lines(notes: Sequence[Note]) -> list[Note]:
    return [Note(note.topic, note.message, note.confidence) for note in notes]
