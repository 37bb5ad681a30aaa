"""pandoc's tree → the Markdown of this archive. Text stays text: whatever is not a mark of the tree is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.office.list_figures import write_figure
from press.editor.importing.office.pandoc_tree import MARKED, TreeNode, inlines_within, join_lists, read_table
from press.editor.importing.office.runs import Render, Run, encode_url, is_safe_url, join_runs, plain_text, write_runs
from press.editor.importing.office.tables import write_table
from press.editor.importing.plain.lines import shorten

_FORMS = {
    "LowerAlpha": "lowerLetter",
    "UpperAlpha": "upperLetter",
    "LowerRoman": "lowerRoman",
    "UpperRoman": "upperRoman",
}
_DELIMITERS = {"OneParen": "{})", "TwoParens": "({})"}
_STRONG_ALONE = 80
"""Characters of a paragraph in bold that may be a heading."""

TakePicture = Callable[[str, str], str]
"""Address and description of a picture in, the name that its leaflet has for it out; empty if it has none."""


class MarkdownWriter:
    """Writes the blocks of one document, and gathers what a person should know of it."""

    def __init__(self, render: Render, take_picture: TakePicture) -> None:
        self.render, self.take_picture = render, take_picture
        self.footnotes: list[str] = []
        self._numbers: dict[int, int] = {}
        self.added: list[str] = []
        """Words that the result has and the source has not: the printed marks of lists."""
        self.changes: dict[str, list[str]] = {}
        """Passages by what became of them."""
        self._levels: list[int] = []

    def write_document(self, blocks: Sequence[TreeNode]) -> str:
        """Return the whole text with its notes below."""
        parts = [part for part in self.write_blocks(blocks) if part]
        return "\n\n".join([*parts, *(note for note in self.footnotes if note)]) + "\n"

    def list_notes(self) -> list[Note]:
        """Return what was written otherwise than it was printed, one note for each kind."""
        notes = []
        for message, passages in self.changes.items():
            shown = "; ".join(f"“{shorten(' '.join(passage.split()))}”" for passage in passages[:3])
            more = f" and {len(passages) - 3} more" if len(passages) > 3 else ""
            sure = Confidence.REVIEW if message.endswith("?") else Confidence.LIKELY
            notes.append(Note("marks", f"{shown}{more}: {message}", sure))
        return notes

    def record(self, message: str, passage: str) -> None:
        """Remember a passage that was written otherwise than it was printed; a question is for a person."""
        if passage.strip():
            self.changes.setdefault(message, []).append(passage)

    def write_blocks(self, blocks: Sequence[TreeNode]) -> list[str]:
        """Write blocks, each as lines of Markdown without a blank line around them."""
        written: list[str] = []
        before = ""
        for block in join_lists(blocks):
            kind = block["t"]
            parts = [part for part in self._write_block(block, before) if part]
            written += parts
            before = kind if parts else before
        return written

    def _write_block(self, block: TreeNode, before: str) -> list[str]:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind in ("Para", "Plain"):
            return [self._write_paragraph(content)]
        if kind == "Header":
            return [self._write_heading(content[0], content[2])]
        if kind == "LineBlock":
            return [self.write_inlines([part for line in content for part in (*line, {"t": "LineBreak"})])]
        if kind == "BlockQuote":
            return [_prefix("\n\n".join(self.write_blocks(content)), "> ", "> ")]
        if kind == "BulletList":
            return [self._write_list(content, ["*"] * len(content))]
        if kind == "OrderedList":
            return self._write_numbered(content, is_plain=_is_plain(block) and before != kind)
        if kind == "DefinitionList":
            return [self._write_definition(term, definitions) for term, definitions in content]
        if kind == "Table":
            return write_table(read_table(content), self)
        if kind == "CodeBlock":
            return [self._write_code(content[1])]
        if kind == "Figure":
            return self._write_figure(content)
        if kind == "Div":
            return self.write_blocks(content[1])
        return ["- - -"] if kind == "HorizontalRule" else []

    def _write_paragraph(self, inlines: Sequence[TreeNode]) -> str:
        if len(inlines) == 1 and inlines[0]["t"] == "Image":
            _, alt, (source, title) = inlines[0]["c"]
            caption = alt if title.startswith("fig:") else []  # pandoc before 3.0
            return self._write_captioned(source, "" if caption else self._words(alt) or title, caption)
        runs = join_runs(self.make_runs(inlines))
        words = plain_text(runs)
        marked = [run for run in runs if run.kind == "text" and run.text.strip()]
        if marked and all("strong" in run.marks for run in marked) and len(words) <= _STRONG_ALONE:
            self.record("a paragraph in bold. Is it a heading? Then write “## ” before it. Is it?", words)
        if re.match(r"[-–—•·*]\s", words):
            self.record("a typed list, or speech: it was left as it is typed", words)
        return "\n\n".join(filter(None, map(self._finish, _split_stanzas(runs))))

    def write_inlines(self, inlines: Sequence[TreeNode]) -> str:
        """Write the inlines of one paragraph."""
        return self._finish(self.make_runs(inlines))

    def _finish(self, runs: Sequence[Run]) -> str:
        text, lost = write_runs(runs, self.render)
        for words in lost:
            self.record("its marks could not be written in Markdown: is it right without them?", words)
        return text

    def _write_heading(self, level: int, inlines: Sequence[TreeNode]) -> str:
        runs = join_runs(self.make_runs([{"t": "Space"} if node["t"] == "LineBreak" else node for node in inlines]))
        if all("strong" in run.marks for run in runs if run.kind == "text" and run.text.strip()):
            runs = [Run(run.text, run.marks - {"strong"}, run.url, run.kind) for run in runs]
        text = self._finish(runs).replace("<br>\n", " ")
        if not text:
            return ""
        self._levels = [*(above for above in self._levels if above < level), level]
        return f"{'#' * min(len(self._levels) + 1, 6)} {re.sub(r'#+$', _escape_hashes, text)}"

    def _write_list(self, items: Sequence[Sequence[TreeNode]], marks: Sequence[str]) -> str:
        written = [self.write_blocks(item) for item in items]
        simple = [all(block["t"] in ("Para", "Plain") for block in item[:1]) for item in items]
        tight = all(len(item) == 1 or _is_nested(item) for item in items) and all(simple)
        rows = []
        for mark, parts in zip(marks, written, strict=True):
            if mark == "*" and not parts:
                continue
            text = ("\n" if tight else "\n\n").join(parts) or "&nbsp;"
            rows.append(_prefix(text, f"{mark} ", "    "))
        return ("\n" if tight else "\n\n").join(rows)

    def _write_numbered(self, content: Sequence[Any], *, is_plain: bool) -> list[str]:
        (start, style, delimiter), items = content[0], content[1]
        kind, between = style["t"], delimiter["t"]
        numbers = range(start, start + len(items))
        if is_plain:
            return [self._write_list(items, [f"{number}." for number in numbers])]
        marks = [
            _DELIMITERS.get(between, "{}.").format(write_figure(_FORMS.get(kind, "decimal"), number))
            for number in numbers
        ]
        self.record("a list with marks of its own, written as paragraphs", ", ".join(marks))
        self.added += marks
        return [
            part for mark, item in zip(marks, items, strict=True) for part in self.write_blocks(_marked(mark, item))
        ]

    def _write_definition(self, term: Sequence[TreeNode], definitions: Sequence[Sequence[TreeNode]]) -> str:
        bodies = [_prefix("\n\n".join(self.write_blocks(blocks)), ": ", "    ") for blocks in definitions]
        return "\n".join([self.write_inlines(term), *bodies])

    def _write_code(self, text: str) -> str:
        lines: list[TreeNode] = []
        for line in text.rstrip("\n").split("\n"):
            lines += [{"t": "Str", "c": line}, {"t": "LineBreak"}]
        return self.write_inlines(lines)

    def _write_figure(self, content: Sequence[Any]) -> list[str]:
        _, (_, caption), blocks = content
        inlines = [node for block in caption for node in [*block.get("c", []), {"t": "Space"}] if block["t"] != "Div"]
        images = [node for block in blocks for node in (block.get("c") or []) if isinstance(node, dict)]
        if len(images) == 1 and images[0]["t"] == "Image":
            _, alt, (source, title) = images[0]["c"]
            return [self._write_captioned(source, self._words(alt) or title, inlines)]
        return [*self.write_blocks(blocks), self.write_inlines(inlines)]

    def _write_captioned(self, source: str, alt: str, caption: Sequence[TreeNode]) -> str:
        picture, words = self.take_picture(source, alt), self.write_inlines(caption)
        if picture and words:
            lines = [{"t": "Emph", "c": list(caption)}]
            return f"{picture}\n{self.write_inlines(lines)}"
        return picture or words

    def _words(self, inlines: Sequence[TreeNode]) -> str:
        return " ".join(plain_text(self.make_runs(inlines)).split())

    def make_runs(self, inlines: Sequence[TreeNode], marks: frozenset[str] = frozenset(), url: str = "") -> list[Run]:
        """Lay nested marks flat."""
        runs: list[Run] = []
        for node in inlines:
            runs += self._make_run(node, marks, url)
        return runs

    def _make_run(self, node: TreeNode, marks: frozenset[str], url: str) -> list[Run]:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            return [Run(content, marks, url)]
        if kind in ("Space", "SoftBreak"):
            return [Run(" ", marks, url)]
        if kind == "LineBreak":
            return [Run("\n", kind="break")]
        if kind in ("Code", "Math"):
            return [Run(content[1], marks | {"code"} if kind == "Code" else marks, url)]
        if kind == "Note":
            return [Run(self._write_note(content), kind="note")]
        if kind == "Image":
            return [Run(self.take_picture(content[2][0], self._words(content[1])), kind="picture")]
        inner = inlines_within(node)
        if kind == "Link":
            return self._make_link(inner, content[2][0].strip().replace(" ", "%20"), marks)
        if kind == "Quoted":
            return self.make_runs(inner, marks | {"q"}, url)
        added = {MARKED[kind]} if kind in MARKED else {"em"} if kind == "Underline" and not url else set()
        runs = self.make_runs(inner, marks | added, url)
        self._record_mark(kind, runs)
        return runs

    def _record_mark(self, kind: str, runs: Sequence[Run]) -> None:
        messages = {
            "Underline": "underlined, written as emphasis",
            "Strikeout": "struck out, written as plain words. Does the text mean to keep them?",
            "SmallCaps": "small capitals, written as plain letters",
        }
        if kind in messages:
            self.record(messages[kind], plain_text(runs))

    def _make_link(self, inner: Sequence[TreeNode], target: str, marks: frozenset[str]) -> list[Run]:
        if is_safe_url(target):
            return self.make_runs(inner, marks | {"link"}, encode_url(target))
        runs = self.make_runs(inner, marks)
        if target and not target.startswith("#"):
            message = f"a link to {shorten(target)}, which is no page of the web: its words were kept. Is that right?"
            self.record(message, plain_text(runs))
        return runs

    def _write_note(self, blocks: Sequence[TreeNode]) -> str:
        known = self._numbers.get(id(blocks))  # two references to one note have the same list of blocks
        if known:
            return f"[^{known}]"
        number = len(self.footnotes) + 1
        self._numbers[id(blocks)] = number
        self.footnotes.append("")
        text = "\n\n".join(self.write_blocks(blocks)) or "…"
        is_paragraph = not blocks or blocks[0]["t"] in ("Para", "Plain")
        self.footnotes[number - 1] = _prefix(text if is_paragraph else f"\n{text}", f"[^{number}]: ", "    ")
        return f"[^{number}]"


def _split_stanzas(runs: Sequence[Run]) -> list[list[Run]]:
    """Split a paragraph where two line breaks follow each other."""
    parts: list[list[Run]] = [[]]
    for run in runs:
        if run.kind == "break" and parts[-1] and parts[-1][-1].kind == "break":
            parts.append([])
        elif run.kind != "break" or parts[-1]:
            parts[-1].append(run)
    return parts


def _is_nested(item: Sequence[TreeNode]) -> bool:
    return len(item) == 2 and (item[1]["t"] == "BulletList" or _is_plain(item[1]))


def _is_plain(block: TreeNode) -> bool:
    """Return whether a list has the marks that Markdown has: `1.`."""
    if block["t"] != "OrderedList":
        return False
    _, style, delimiter = block["c"][0]
    return style["t"] in ("Decimal", "DefaultStyle", "Example") and delimiter["t"] in ("Period", "DefaultDelim")


def _escape_hashes(match: re.Match[str]) -> str:
    return "\\#" * len(match[0])


def _prefix(text: str, first: str, others: str) -> str:
    """Write marks before the lines of a block; an empty line gets none but that of a quotation."""
    lines = text.split("\n")
    rest = [f"{others}{line}" if line else others.rstrip() for line in lines[1:]]
    return "\n".join([f"{first}{lines[0]}".rstrip(" ") if len(lines) > 1 else f"{first}{lines[0]}", *rest])


def _marked(mark: str, item: Sequence[TreeNode]) -> list[TreeNode]:
    """Write the mark of an item before its first words."""
    head: list[TreeNode] = [{"t": "Str", "c": mark}, {"t": "Space"}]
    if item and item[0]["t"] in ("Para", "Plain"):
        return [{"t": "Para", "c": [*head, *item[0]["c"]]}, *item[1:]]
    return [{"t": "Para", "c": head}, *item]
