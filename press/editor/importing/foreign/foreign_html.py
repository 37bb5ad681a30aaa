"""HTML within Markdown → the Markdown of this archive; what has no form there loses its tags and keeps its words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from press.editor.importing.foreign.conversion import HOLE, LINE_END, NEW_LINE, Conversion, show
from press.editor.importing.foreign.html_tables import write_html_table
from press.editor.importing.foreign.html_tree import BLOCKS, VOID, HtmlElement, parse_html
from press.editor.importing.foreign.linked_notes import LinkedNotes
from press.editor.importing.foreign.markdown_pieces import (
    PARAGRAPH_END,
    as_block,
    dedent_markdown,
    is_live,
    keep_prefix,
    on_one_line,
    prefix_lines,
    prefix_of_line,
    wrap_words,
    write_address,
)
from press.site.markdown.dialect import ATTRIBUTES, INLINE_TAGS

_EMPHASIS = {"i": "*", "em": "*", "var": "*", "dfn": "*", "b": "**", "strong": "**"}
_NO_TEXT = " \t\n\ufdde" + LINE_END + HOLE
"""White space, and the signs of a conversion that stand for none."""
_SILENT = re.compile(r"<(script|style|noscript|template)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_STYLES = (("italic", "*"), ("oblique", "*"), ("bold", "**"))
_LIKE_MARKDOWN = frozenset(
    "p br blockquote hr ul ol li i em b strong h1 h2 h3 h4 h5 h6 table thead tbody tr td th".split()
)
"""Elements that Markdown has by marks: nothing is lost with their tags."""


def convert_html(conversion: Conversion) -> None:
    """Convert the tags of a text in place, and note which of them were taken out without a mark in their place."""
    conversion.exchange(_SILENT, lambda match: _take_silent(conversion, match))
    writer = _Writer(conversion)
    root = parse_html(conversion.text)
    linked = LinkedNotes(conversion, root)
    linked.take_out()
    text = writer.write_root(root) + linked.write(writer.write_child)
    for name in sorted({element.tag for element in writer.lost}):
        found = [element for element in writer.lost if element.tag == name]
        more = f" and {len(found) - 1} more like it" if len(found) > 1 else ""
        message = f"the tags {show(found[0].start)}{more} were taken out; the words in them stay"
        conversion.note(message, conversion.line_of(found[0].position))
    conversion.text = text


def _take_silent(conversion: Conversion, match: re.Match[str]) -> str:
    line = conversion.line_of(match.start())
    conversion.note(f"“{show(match[0])}” was left out: no reader sees it", line)
    return conversion.take("program", match[0]) + HOLE


class _Writer:
    """Writes elements as Markdown, and counts the tags that it has no form for."""

    def __init__(self, conversion: Conversion) -> None:
        self.conversion = conversion
        self.lost: list[HtmlElement] = []
        self.forms: dict[str, Callable[[HtmlElement], str]] = {
            "br": lambda _: self.conversion.write("<br>"),
            "hr": lambda _: as_block("- - -"),
            "a": self._link,
            "img": self._picture,
            "pre": self._preformatted,
            "code": self._code,
            "tt": self._code,
            "blockquote": lambda element: as_block(prefix_lines(self._inside(element), "> ")),
            "ul": self._list,
            "ol": self._list,
            "dl": self._definitions,
            "table": self._table,
            **dict.fromkeys(_EMPHASIS, self._emphasis),
            **{f"h{level}": self._heading for level in range(1, 7)},
            **dict.fromkeys(INLINE_TAGS, self._house_tag),
        }

    def write_root(self, root: HtmlElement) -> str:
        """Return the Markdown of a whole text; blocks within a quotation or an item stay in it."""
        parts: list[str] = []
        line = ""
        for child in root.children:
            written = self.write_child(child)
            prefix = "" if isinstance(child, str) else prefix_of_line(line)
            if prefix and "\n" in written:
                written = keep_prefix(written, prefix, at_start=not line[len(prefix) :].strip())
            parts.append(written)
            line = (line + written).rpartition("\n")[2]
        return "".join(parts)

    def write_child(self, child: str | HtmlElement) -> str:
        """Return text as it is, an element as Markdown."""
        return child if isinstance(child, str) else self.write(child)

    def write(self, element: HtmlElement) -> str:
        """Return an element as Markdown."""
        if element.start == "[":  # a link of Markdown that is no mark of a note
            return f"[{self._inside(element)}{element.end}"
        self._take_tags(element)
        if element.tag == "/":
            return self._lose(element, "")
        closed = element.closed or element.tag in VOID or element.tag in ("p", "li", "td", "th", "tr", "dt", "dd")
        form = self.forms.get(element.tag) if closed else None
        if form:
            self._note_attributes(element)
            return form(element)
        inside = self._inside(element)
        if element.tag not in ("p", "li", "dt", "dd") or "align" in element.attributes:
            self._lose(element, inside)
        if not closed and element.tag not in BLOCKS:
            return inside
        return as_block(inside) if element.tag in BLOCKS else inside

    def _take_tags(self, element: HtmlElement) -> None:
        self.conversion.take(f"<{element.tag.strip('/')}>", element.start)
        self.conversion.take(f"<{element.tag.strip('/')}>", element.end)

    def _inside_taken(self, element: HtmlElement) -> str:
        self._take_tags(element)
        return self._inside(element)

    def _table(self, element: HtmlElement) -> str:
        self.conversion.moved = True  # a caption comes before its table
        return as_block(write_html_table(element, self._inside_taken, self._take_tags, self.lost))

    def _inside(self, element: HtmlElement) -> str:
        return "".join(map(self.write_child, element.children))

    def _lose(self, element: HtmlElement, inside: str) -> str:
        self.lost.append(element)
        return inside or HOLE

    def _note_attributes(self, element: HtmlElement) -> None:
        """Count a tag as lost if it said how its words look: centred, in a colour, of a class."""
        if element.tag in _LIKE_MARKDOWN and {"align", "class", "style"} & element.attributes.keys():
            self._lose(element, "")

    def _emphasis(self, element: HtmlElement) -> str:
        return wrap_words(self._inside(element), _EMPHASIS[element.tag])

    def _house_tag(self, element: HtmlElement) -> str:
        """Keep a tag of this archive's own, with the attributes that it may have; `<span>` alone says nothing."""
        inside = self._inside(element)
        style = element.attributes.get("style", "").lower() if element.tag == "span" else ""
        for word, mark in _STYLES:
            if word in style:
                inside = wrap_words(inside, mark)
        kept = {
            name: value
            for name, value in element.attributes.items()
            if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value) and not set('"<>') & set(value)
        }
        if len(kept) < len(element.attributes) or (element.tag == "span" and not kept):
            self._lose(element, "")
        if not inside.strip(_NO_TEXT) or (element.tag == "span" and not kept):
            return inside
        start = "".join([f"<{element.tag}", *(f' {name}="{value}"' for name, value in kept.items()), ">"])
        return _wrap_each(inside, self.conversion.write(start), self.conversion.write(f"</{element.tag}>"), self)

    def write_again(self, markup: str) -> None:
        """Record markup that is written once more, around a further paragraph."""
        self.conversion.write(markup)

    def _link(self, element: HtmlElement) -> str:
        inside, address = self._inside(element), element.attributes.get("href", "").strip()
        if not address or address.startswith("#") or is_live(address) or not inside.strip() or "](" in inside:
            return self._lose(element, inside)
        title = self._title(element)
        self.conversion.write(address)
        return f"[{on_one_line(inside)}]({self.conversion.protect(write_address(address))}{title})"

    def _picture(self, element: HtmlElement) -> str:
        address, words = element.attributes.get("src", "").strip(), element.attributes.get("alt", "")
        if is_live(address):
            self.lost.append(element)
            address = ""
        title = self._title(element)
        self.conversion.write(words)
        self.conversion.write(address)
        words = on_one_line(re.sub(r"([\[\]])", r"\\\1", words))
        return f"![{words}]({self.conversion.protect(write_address(address))}{title})" if address else words

    def _title(self, element: HtmlElement) -> str:
        title = on_one_line(element.attributes.get("title", "")).replace('"', "”")
        return f' "{self.conversion.write(title)}"' if title else ""

    def _heading(self, element: HtmlElement) -> str:
        return as_block(f"{'#' * int(element.tag[1])} {on_one_line(self._inside(element))}")

    def _preformatted(self, element: HtmlElement) -> str:
        inside = html.unescape(self.conversion.restore(self._inside(element))).replace(LINE_END, "").strip("\n")
        inside = inside.replace(NEW_LINE, "\n")
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", inside))])
        return as_block(self.conversion.protect(f"{fence}\n{inside}\n{fence}"))

    def _code(self, element: HtmlElement) -> str:
        inside = self._inside(element)
        if not inside.strip() or "`" in inside or "<" in inside or "\ufdd0" in inside:
            return inside
        return self.conversion.protect(f"`{html.unescape(on_one_line(inside))}`")

    def _list(self, element: HtmlElement) -> str:
        """Write a list; text beside its items becomes a paragraph before them."""
        number = int(element.attributes.get("start", "1")) if element.attributes.get("start", "1").isdigit() else 1
        items: list[str] = []
        for child in element.children:
            if isinstance(child, str) and not child.strip(" \t\n\ufdde\ufddf>"):
                continue
            words = child if isinstance(child, str) else self.write(child)
            mark = "-" if element.tag == "ul" else self.conversion.write(f"{number + len(items)}.")
            lines = dedent_markdown(words)
            items.append(mark.ljust(4) + prefix_lines(lines, "    ").lstrip(" "))
        return as_block(NEW_LINE.join(items))

    def _definitions(self, element: HtmlElement) -> str:
        parts: list[str] = []
        for child in element.children:
            words = dedent_markdown(child if isinstance(child, str) else self.write(child))
            if words and not isinstance(child, str) and child.tag == "dd":
                parts.append(NEW_LINE + ":   " + prefix_lines(words, "    ").lstrip(" "))
            elif words:
                parts.append(NEW_LINE * 2 + on_one_line(words))
        return as_block("".join(parts))


def _wrap_each(text: str, start: str, end: str, writer: _Writer) -> str:
    """Put a tag around each paragraph by itself."""
    parts: Sequence[str] = PARAGRAPH_END.split(text)
    found = 0
    result = []
    for at, part in enumerate(parts):
        if at % 2 or not part.strip(_NO_TEXT):
            result.append(part)
            continue
        found += 1
        if found > 1:
            writer.write_again(start + end)
        words = part.strip(" \t\n")
        where = part.index(words)
        result.append(f"{part[:where]}{start}{words}{end}{part[where + len(words) :]}")
    return "".join(result)
