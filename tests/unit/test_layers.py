"""The packages of press/ import only those below them, and the order of the stages is the same everywhere."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

LAYERS: tuple[set[str], ...] = (
    {"__main__"},
    {"commands", "defaults"},
    {"developer_commands"},
    {"cli", "plugin", "program"},
    {"command_options"},
    {"command_runner"},
    {"preview"},
    {"editor"},
    {"dry_run"},
    {"build"},
    {"build_record", "expected_stages", "finished_tree"},
    {"context"},
    {"site"},
    {"placed_exports"},
    {"cache", "check", "exports", "search", "publish", "validate", "pelican_run"},
    {"setting_problems"},
    {"settings", "pictures", "overrides", "stylesheet"},
    {"setting_checks"},
    {"messages"},
    {"model"},
    {"runtime"},
    {"options", "theme_folders"},
    {"package_files"},
    {"diagnostics"},
)
"""Each package may import those below it, and no other."""

FILES = sorted((ROOT / "press").rglob("*.py"))
STAGES = "validate read typeset index export render check publish".split()


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(file) for file in FILES}


@functools.cache
def imports_of(file: Path) -> tuple[str, ...]:
    """Return the modules that a file imports, in its functions too."""
    return tuple(_find_imports(file))


def _find_imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [name for name in inner if name in MODULES]
            yield from found or [node.module]


def room_of(module: str) -> str:
    return module.split(".")[1] if module.startswith("press.") else ""


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_package_imports_only_those_below_it(file: Path) -> None:
    depth = {room: n for n, rooms in enumerate(LAYERS) for room in rooms}
    room = room_of(name_of(file))
    if room:
        above = [m for m in imports_of(file) if room_of(m) not in ("", room) and depth[room_of(m)] <= depth[room]]
        assert above == []


def test_only_the_build_the_site_and_the_preview_use_the_cache() -> None:
    users = {room_of(name_of(file)) for file in FILES if any(m.startswith("press.cache") for m in imports_of(file))}
    assert users <= {
        "dry_run",
        "build",
        "build_record",
        "finished_tree",
        "context",
        "site",
        "preview",
        "cache",
        "placed_exports",
    }


def test_only_the_site_and_its_entry_points_import_pelican() -> None:
    users = {room_of(name_of(file)) for file in FILES if any(m.split(".")[0] == "pelican" for m in imports_of(file))}
    assert users <= {"site", "pelican_run", "plugin"}


def test_there_are_no_import_cycles() -> None:
    imports = {name_of(file): {m for m in imports_of(file) if m in MODULES} for file in FILES}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " → ".join([*way, module])
        if module not in done:
            for other in sorted(imports[module]):
                visit(other, (*way, module))
            done.add(module)

    for module in sorted(imports):
        visit(module, ())


def test_no_two_files_have_one_name() -> None:
    names = [file.name for file in FILES if file.name != "__init__.py"]
    names += [file.name for file in (ROOT / "typeset" / "pelican_typeset").glob("*.py") if file.name != "__init__.py"]
    assert sorted({name for name in names if names.count(name) > 1}) == []


NAMED_BY_OTHERS = {"commands.py", "developer_commands.py", "defaults.py"}
"""The names in them are those of the commands and of Pelican's settings."""


def test_no_public_name_means_two_things() -> None:
    places: dict[str, set[str]] = {}
    own = [file for file in FILES if file.name not in NAMED_BY_OTHERS]
    for file in [*own, *(ROOT / "typeset" / "pelican_typeset").glob("*.py")]:
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            names = [getattr(node, "name", ""), *(target.id for target in targets if isinstance(target, ast.Name))]
            for name in names:
                if name and not name.startswith("_"):
                    places.setdefault(name, set()).add(str(file.relative_to(ROOT)))
    assert {
        name: where for name, where in places.items() if len(where) > 1 and name not in ("register", "typeset")
    } == {}


def test_the_docs_the_docstring_and_the_code_give_one_order_of_stages() -> None:
    source = (ROOT / "press" / "build.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    (body,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "run_stages"]
    calls = [node for node in ast.walk(body) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    called = [call.func.id for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset))]  # type: ignore[attr-defined]
    assert [name for name in called if name in STAGES] == STAGES
    assert " → ".join(STAGES) in (ast.get_docstring(tree) or "").partition("\n")[0]
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\w+) \|", table, re.MULTILINE)[: len(STAGES)] == STAGES
