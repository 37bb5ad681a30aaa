"""Comments and template code of other programs: taken out and named; words in them that readers saw are kept."""

from __future__ import annotations

import html
import re

from press.editor.importing.foreign.conversion import HOLE, LINE_END, NEW_LINE, Conversion, show
from press.editor.importing.foreign.find_code import find_set_apart

_ESCAPED_ELSEWHERE = frozenset("<&~^$=%@:;,?/\"'")
"""Marks that a backslash hides in other dialects, and not in this archive's."""

_OBSIDIAN = re.compile(r"%%(?!\s*$)(?:[^%\n]|%(?!%))+%%|^%%[ \t]*\n(?:.*\n)*?%%[ \t]*$", re.MULTILINE)
_CRITIC_COMMENT = re.compile(r"\{>>(?:(?!\{>>).)*?<<\}", re.DOTALL)
_LIQUID = r"\{%%-?[ \t]*%s[ \t]*-?%%\}"
_LIQUID_COMMENT = re.compile(
    rf"{_LIQUID % 'comment'}(?:(?!{_LIQUID % 'comment'}).)*?{_LIQUID % 'endcomment'}"
    r"|\{#[\s-](?:(?!\{#).)*?[\s-]#\}",
    re.DOTALL,
)
_COMMENT_LINE = re.compile(r"^\[(?://|_?comment_?|#)\]:[ ]*(?:#|<>)[ ]*(?:\(.*\)|\".*\")[ \t]*$", re.MULTILINE)

_SHORTCODE = re.compile(
    r"""\{\{[<%]-?(?P<hugo>(?:(?!\{\{).)*?)-?[>%]\}\} | \{%-?(?P<liquid>(?:(?!\{%).)*?)-?%\}
    | \{\{(?P<value>[^{}<>%\n]*)\}\}""",
    re.VERBOSE | re.DOTALL,
)
_EXPRESSION = re.compile(
    r"\s*[.$]?[a-z_]\w*(?:\.[\w-]+)+(?:\s*\|\s*\w+(?:\s*:[^|]*)?)*\s*|\s*[.$][\w.]+\s*|\s*[a-z_]+\s*"
)
_ARGUMENT = re.compile(r"(?:([\w-]+)\s*=\s*)?(\"(?:[^\"\\]|\\.)*\"|'[^']*'|`[^`]*`|[^\s\"'`]+)")
_PICTURES = frozenset({"figure", "img", "image", "picture", "photo"})
_ADDRESSES = ("src", "link", "image_path", "image", "url", "file", "path")
_REFERENCES = frozenset({"ref", "relref", "post_url", "link", "filename", "static"})
_WORDED = ("title", "caption", "text", "attr", "attribution", "author", "quote", "label", "source", "summary")
"""Arguments that readers see."""


def take_comments(conversion: Conversion) -> None:
    """Take out comments, and set aside what is code, an escaped mark or an address in angle brackets."""
    parts, last = [], 0
    for kind, start, end in find_set_apart(conversion.text):
        parts += [conversion.text[last:start], _take_or_protect(conversion, kind, start, end)]
        last = end
    conversion.text = "".join([*parts, conversion.text[last:]])
    for pattern in (_OBSIDIAN, _CRITIC_COMMENT, _LIQUID_COMMENT, _COMMENT_LINE):
        conversion.exchange(pattern, lambda match: _take_comment(conversion, match[0], match.start()))


def _take_or_protect(conversion: Conversion, kind: str, start: int, end: int) -> str:
    """Return what stands for a passage: a backslash at the end of a line, which breaks it, becomes `<br>`."""
    passage = conversion.text[start:end]
    if kind in ("comment", "declaration"):
        return _take_comment(conversion, passage, start)
    if kind == "line_break":
        return conversion.write("<br>")
    if kind == "fence" and re.match(r"(?:[ ]{2,}|\t)", passage):
        return _indent_code(conversion, passage)
    if kind == "escape" and passage[1] in _ESCAPED_ELSEWHERE:
        return conversion.protect(html.escape(passage[1], quote=False))
    return conversion.protect(passage)


def _indent_code(conversion: Conversion, fenced: str) -> str:
    """Write a block of code within an item, whose fence Markdown does not know there, as indented lines."""
    first, *lines, _ = fenced.split("\n")
    indent = len(first.expandtabs(4)) - len(first.expandtabs(4).lstrip(" "))
    conversion.take("fence", first)
    inside = [line.expandtabs(4) for line in lines]
    cut = [line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in inside]
    spaces = " " * (indent + 4)
    return NEW_LINE + "\n".join(["", *(spaces + conversion.protect(line) if line else "" for line in cut), ""])


def _take_comment(conversion: Conversion, text: str, position: int) -> str:
    plain = conversion.restore(text)
    conversion.note(f"the comment “{show(plain)}” was left out", conversion.line_of(position))
    return conversion.take("comment", text) + HOLE


def convert_shortcodes(conversion: Conversion) -> None:
    """Replace template code by the words and pictures in it, and name each piece in the report."""
    conversion.exchange(_SHORTCODE, lambda match: _convert_shortcode(conversion, match))


def _convert_shortcode(conversion: Conversion, match: re.Match[str]) -> str:
    if not _is_program(match):
        return match[0]
    inside = (match["hugo"] or match["liquid"] or match["value"] or "").strip()
    name, *_ = [*re.findall(r"/?[\w.-]+", inside), ""]
    arguments = [(key.lower(), value.strip("\"'`")) for key, value in _ARGUMENT.findall(inside)]
    conversion.take("shortcode", match[0])
    new = _write_words(conversion, name.strip("/"), arguments)
    became = f", and “{show(conversion.restore(new))}” was kept of it" if new else ""
    message = f"the shortcode “{show(conversion.restore(match[0]))}” was left out{became}"
    conversion.note(message, conversion.line_of(match.start()))
    text = conversion.text
    if new and text[match.end() : match.end() + 1].strip():
        new += " "
    if new and text[max(0, match.start() - 1) : match.start()].isalnum():
        new = f" {new}"
    return (new or HOLE) + LINE_END * match[0].count("\n")


def _is_program(match: re.Match[str]) -> bool:
    """Tell template code from words in braces, such as a template of a wiki: those are left as they are."""
    if match["value"] is not None:
        return _EXPRESSION.fullmatch(match["value"]) is not None
    return re.match(r"\s*/?[a-z_]", match["hugo"] or match["liquid"] or "") is not None


def _write_words(conversion: Conversion, name: str, arguments: list[tuple[str, str]]) -> str:
    """Return the picture or the words of a shortcode: arguments that readers see, and whatever is a phrase."""
    values = dict(arguments)
    included = name == "include" and len(arguments) > 1 and _PICTURES & set(re.findall("[a-z]+", arguments[1][1]))
    address = next((values[key] for key in _ADDRESSES if values.get(key)), "")
    if address and (name in _PICTURES or included):
        words = values.get("alt", "") or values.get("caption", "")
        further = [values[key] for key in ("title", "caption", "attr") if values.get(key, words) != words]
        title = ' "' + " ".join(further).replace('"', "”") + '"' if further else ""
        return conversion.write(f"![{words}]({conversion.protect(address)}{title})")
    if name in _REFERENCES and len(arguments) > 1:
        return conversion.write(arguments[1][1])
    shown = [value for key, value in arguments[1:] if value and (key in _WORDED or key == "alt" or " " in value)]
    return conversion.write(" ".join(shown))
