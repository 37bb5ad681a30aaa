"""Notes of a web page: a link to a passage that links back to it is a note, whatever its marks are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from lxml import html as lxml_html

from press.editor.importing.office.pandoc_tree import TreeNode, blocks_within, flatten_divisions, inlines_of
from press.editor.importing.office.prepared import squeeze

_Element: TypeAlias = lxml_html.HtmlElement
_HOLDERS = ("li", "aside", "dd", "p", "div", "section", "td")
WEB_NOTE_MARK = "press-note"
_NOTE_TEXT = "press-note-text"


class _Pair(NamedTuple):
    """A reference, the passage it refers to, and the links back."""

    reference: _Element
    holder: _Element
    back: list[_Element]


def mark_notes(root: _Element) -> list[tuple[str, str]]:
    """Mark references and notes for `resolve_notes`, in place; return the words of their marks, which go."""
    removed: list[tuple[str, str]] = []
    notes = lxml_html.Element("div")
    done: dict[_Element, str] = {}
    for pair in list(_find_pairs(root)):
        number = done.get(pair.holder, str(len(done) + 1))
        label = squeeze(pair.reference.text_content())
        removed.append(("mark of a note", label))
        if pair.holder not in done:
            done[pair.holder] = number
            removed += _clear_marks(pair, label)
            notes.append(_move(pair.holder, number))
        _replace_reference(pair.reference, number)
    if len(notes):
        root.append(notes)
        removed += _drop_empty(root)
    return [(kind, words) for kind, words in removed if words]


def _find_pairs(root: _Element) -> Iterator[_Pair]:
    targets = {name: element for element in root.iter() for name in _names(element)}
    order = {element: at for at, element in enumerate(root.iter())}
    for link in root.iter("a"):
        target = targets.get(link.get("href", "").removeprefix("#")) if link.get("href", "").startswith("#") else None
        if target is None:
            continue
        holder = next((e for e in (target, *target.iterancestors()) if e.tag in _HOLDERS), None)
        if holder is None or order[holder] < order[link] or holder in link.iterancestors():
            continue
        around = [link, *link.iterancestors()][:4]
        names = {name for element in (*around, *link.iter()) for name in _names(element)}
        names |= {name for element in (link.getprevious(), link.getnext()) if element is not None
                  for name in _names(element) if element.tag == "a"}  # fmt: skip
        back = [a for a in holder.iter("a") if a.get("href", "").removeprefix("#") in names and a.get("href")]
        is_note = "noteref" in (link.get("data-epub-type") or link.get("epub:type") or link.get("role") or "")
        if (back or is_note) and len(squeeze(link.text_content())) <= 12:
            yield _Pair(link, holder, back)


def _names(element: _Element) -> Iterator[str]:
    if isinstance(element.tag, str):
        yield from filter(None, (element.get("id"), element.get("name") if element.tag == "a" else None))


def _clear_marks(pair: _Pair, label: str) -> Iterator[tuple[str, str]]:
    """Take the links back out of a note, and its number, if that is typed again before or after them."""
    for link in pair.back:
        outer = link.getparent()
        alone = (
            outer is not None and outer.tag == "sup" and squeeze(outer.text_content()) == squeeze(link.text_content())
        )
        gone = outer if alone and outer is not None else link
        yield "mark of a note", squeeze(gone.text_content())
        gone.drop_tree()
    bare = re.escape(label.strip("[](){}.* "))
    again = re.compile(rf"\s*[\[(]?{bare}[\])]?[.:)]?(?=\s|$)|\s*[.:)\]]+(?=\s)") if bare else None
    first = next((e for e in pair.holder.iter() if e.text and e.text.strip()), None)
    found = again.match(first.text) if again and first is not None else None
    if found and first is not None and first.text:
        first.text = first.text[found.end() :].lstrip()
        yield "mark of a note", squeeze(found[0])


def _move(holder: _Element, number: str) -> _Element:
    moved = lxml_html.Element("div", {"class": _NOTE_TEXT, "data-note": number})
    inner = lxml_html.Element("p" if holder.tag == "p" else "div")
    inner.text = holder.text
    for child in list(holder):
        inner.append(child)
    moved.append(inner)
    holder.text = None
    holder.drop_tree()
    return moved


def _replace_reference(link: _Element, number: str) -> None:
    outer = link.getparent()
    alone = outer is not None and outer.tag == "sup" and squeeze(outer.text_content()) == squeeze(link.text_content())
    gone = outer if alone and outer is not None else link
    mark = lxml_html.Element("span", {"class": WEB_NOTE_MARK, "data-note": number})
    mark.text, mark.tail = "x", gone.tail
    gone.tail = None
    gone.getparent().replace(gone, mark)


def _drop_empty(root: _Element) -> Iterator[tuple[str, str]]:
    """Drop what is left empty where the notes were, and the heading above it."""
    for element in reversed(list(root.iter("ol", "ul", "section", "aside", "dl", "div"))):
        if not squeeze(element.text_content()) and element.find(".//img") is None and element is not root:
            before = element.getprevious()
            is_last = not squeeze("".join(following.text_content() for following in element.itersiblings()
                                          if following.find(f".//*[@class='{_NOTE_TEXT}']") is None))  # fmt: skip
            if is_last and before is not None and before.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                yield "heading above the notes", squeeze(before.text_content())
                before.drop_tree()
            element.drop_tree()


def resolve_notes(blocks: list[TreeNode]) -> list[TreeNode]:
    """Put the notes that `mark_notes` marked where the tree refers to them."""
    texts: dict[str, list[TreeNode]] = {}
    kept = _gather(blocks, texts)
    if texts:
        _resolve_blocks(kept, texts)
    while kept and kept[-1]["t"] == "HorizontalRule" and texts:
        kept.pop()
    return kept


def _gather(blocks: list[TreeNode], texts: dict[str, list[TreeNode]]) -> list[TreeNode]:
    kept = []
    for block in blocks:
        if block["t"] == "Div":
            (_, classes, pairs), inner = block["c"]
            if _NOTE_TEXT in classes:
                texts[dict(pairs).get("note", "")] = list(flatten_divisions(inner))
                continue
            block["c"][1] = _gather(inner, texts)
            if not block["c"][1]:
                continue
        kept.append(block)
    return kept


def _resolve_blocks(blocks: list[TreeNode], texts: dict[str, list[TreeNode]]) -> None:
    for block in blocks:
        for inlines in inlines_of(block):
            _resolve_inlines(inlines, texts)
        for inner in blocks_within(block):
            _resolve_blocks(inner, texts)


def _resolve_inlines(inlines: list[TreeNode], texts: dict[str, list[TreeNode]]) -> None:
    for at, node in enumerate(inlines):
        content: Any = node.get("c")
        if node["t"] == "Span" and WEB_NOTE_MARK in content[0][1]:
            number = dict(content[0][2]).get("note", "")
            inlines[at] = {"t": "Note", "c": texts.get(number, [])}
        elif isinstance(content, list):
            inner = content if content and isinstance(content[0], dict) else content[1] if len(content) > 1 else []
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                _resolve_inlines(inner, texts)
