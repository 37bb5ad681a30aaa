"""Every address of the site is made in press/model/urls.py and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

SPELLED = re.compile(
    r"""
    (?<![\w-])(?: leaflets | dates | titles | categor(?:y|ies) | authors? | series | tags? | feeds | search | page )/
    | %0[24]d | \{0[24]d\}/ | \.atom | 404\.html | sitemap (?:-\{\})? \.xml | robots\.txt
    | archive\.(?:json|csv|bib|ris|csl)
    """,
    re.VERBOSE,
)

EXCEPTIONS = {
    "press/model/urls.py": "the one place",
    "press/model/ledger.py": "the head of a new ledger shows examples",
    "press/editor/new.py": "a folder of sources below content/",
    "press/editor/importing/placing.py": "a folder of sources below content/",
}
TEMPLATES = sorted((ROOT / "theme" / "templates").glob("*.html"))


def read_strings(path: Path) -> Iterator[str]:
    """Yield the strings of a module that are not docstrings; values in an f-string become {} or {04d}."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    parts |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(map(_write_part, node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.value


def _write_part(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    form = part.format_spec if isinstance(part, ast.FormattedValue) else None
    return f"{{{_write_part(form.values[0])}}}" if isinstance(form, ast.JoinedStr) else "{}"


def test_no_module_but_urls_spells_an_address() -> None:
    found = {}
    for path in sorted((ROOT / "press").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name not in EXCEPTIONS:
            spelled = [string for string in read_strings(path) if SPELLED.search(string)]
            found.update({name: spelled} if spelled else {})
    assert found == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_spells_an_address(path: Path) -> None:
    assert SPELLED.findall(path.read_text(encoding="utf-8")) == []
