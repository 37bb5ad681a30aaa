"""Read the examples of a plugin: a heading `### name (language)`, the text, a dot, the text as typeset, a dot."""

import re
from pathlib import Path
from typing import NamedTuple

EXAMPLES = Path(__file__).with_name("examples")
# ### name (en), or ### name (en, remark); then lines up to a dot alone on a line, twice.
EXAMPLE = re.compile(r"^### (\S+) \(([^,)]*)(?:, ([^)]*))?\)\n(.*?)\n\.\n(.*?)\n\.$", re.MULTILINE | re.DOTALL)
SAME = "(the same)"


class Example(NamedTuple):
    name: str
    lang: str
    remark: str
    before: str
    after: str


def read_examples(plugin: str) -> list[Example]:
    text = (EXAMPLES / f"{plugin}.md").read_text(encoding="utf-8")
    found = [Example(m[1], m[2], m[3] or "", m[4], m[4] if m[5] == SAME else m[5]) for m in EXAMPLE.finditer(text)]
    names = [example.name for example in found]
    assert len(found) == len(re.findall(r"^###", text, re.MULTILINE)), f"{plugin}.md: an example lacks a dot"
    assert len(names) == len(set(names)), f"{plugin}.md: two examples have the same name"
    return found
