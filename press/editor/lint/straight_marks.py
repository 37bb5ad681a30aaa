"""What only the finished page shows: straight marks that typesetting left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from press.editor.lint.subject import Finding
from press.validate.locate import find_line_in

_TEXTS = etree.XPath("//*[@class='text']//text()[not(ancestor::code or ancestor::kbd or ancestor::pre)]")
_STRAIGHT = re.compile(r"""(?<!\d)["']|["'](?=[^\W\d_])""")
"""Not behind a figure, where it is a foot or an inch."""
_KEPT = re.compile(r"&(?:#0*3[49]|#x0*2[27]|quot|apos);", re.IGNORECASE)


def find_straight_marks(page: bytes, source: str, body_line: int) -> Iterator[Finding]:
    """Find straight marks on a leaflet's page, but those that its source keeps by a reference (`&#39;`)."""
    root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    lines = source.split("\n")
    for text in _TEXTS(root) if root is not None else ():
        for match in _STRAIGHT.finditer(text):
            words = " ".join(text[max(0, match.start() - 24) : match.end() + 24].split())
            line = find_line_in("\n".join(lines[body_line - 1 :]), words) + body_line - 1
            if not _KEPT.search(lines[line - 1]):
                yield Finding(line, f"a straight {match[0]} stayed in “{words}”")
