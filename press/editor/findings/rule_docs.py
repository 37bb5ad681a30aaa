"""What docs/diagnostics.md and docs/style.md say of each rule. They are part of the package, and the only source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from press.package_files import DOCS

_PAGES = {"diagnostics.md": "###", "style.md": "##"}
"""The pages that explain rules, and the level of their headings."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_CLAUSE = re.compile(r"[.,:;](?=\s|$)")


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """The explanation of one rule, in Markdown, without its examples and without links to other pages."""

    name: str
    text: str

    @property
    def about(self) -> str:
        """The first clause without markup, in a few words: `two spaces between words`."""
        clause = _CLAUSE.split(self.text, maxsplit=1)[0].translate({ord(mark): None for mark in "`*"}).strip()
        return clause[:1].lower() + clause[1:] if clause[1:2].islower() or clause[1:2] == " " else clause


@cache
def load_rule_docs() -> Mapping[str, RuleDoc]:
    """Return the explanation of every rule, by its name."""
    found = {}
    for page, marks in _PAGES.items():
        text = (DOCS / page).read_text(encoding="utf-8")
        for name, body in re.findall(rf"^{marks} ([a-z-]+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL):
            found[name] = RuleDoc(name, _LINK.sub(r"\1", _without_example(body)))
    return found


def _without_example(body: str) -> str:
    return re.split(r"^(?:Wrong:|```|`content/)", body, maxsplit=1, flags=re.MULTILINE)[0].strip()
