"""Emphasis that a page has by its style sheet alone, as Google Docs and LibreOffice write it, made into elements."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import html as lxml_html

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"(?:span|font|a)?\.([\w-]+)")
_MARKS = {
    "em": re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE),
    "strong": re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE),
    "u": re.compile(r"text-decoration[\w-]*\s*:[^;]*underline", re.IGNORECASE),
    "s": re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE),
    "sup": re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE),
    "sub": re.compile(r"vertical-align\s*:\s*sub(?!\w|per)", re.IGNORECASE),
}
_PLAIN_INSIDE = ("u", "sup")
"""Marks that a link, or a reference to a note, has by custom."""


def mark_styled_words(body: lxml_html.HtmlElement, sheets: Iterable[str]) -> None:
    """Put `em`, `strong` and the like into the spans of a page whose style is one of these, in place."""
    classes = _read_classes("\n".join(sheets))
    for span in list(body.iter("span", "font")):
        styles = [span.get("style", ""), *(classes.get(name, "") for name in span.get("class", "").split())]
        marks = [mark for mark, pattern in _MARKS.items() if any(map(pattern.search, styles))]
        has_link = span.find(".//a") is not None or next(span.iterancestors("a"), None) is not None
        for mark in marks:
            if (span.text or len(span)) and not (has_link and mark in _PLAIN_INSIDE):
                _wrap(span, mark)


def _read_classes(sheet: str) -> dict[str, str]:
    """Return the style of each class, of rules on nothing but a class."""
    classes: dict[str, str] = {}
    for rule in _RULE.finditer(_COMMENT.sub("", sheet)):
        for selector in rule[1].split(","):
            found = _CLASS.fullmatch(selector.strip())
            if found:
                classes[found[1]] = f"{classes.get(found[1], '')};{rule[2]}"
    return classes


def _wrap(span: lxml_html.HtmlElement, tag: str) -> None:
    inner = lxml_html.Element(tag)
    inner.text, span.text = span.text, None
    for child in list(span):
        inner.append(child)
    span.append(inner)
