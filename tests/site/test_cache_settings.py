"""Everything that settings depend on is part of the keys: other modules, the environment, a theme elsewhere."""

from __future__ import annotations

import shutil

import pytest

from press.build import build
from press.options import BuildOptions
from press.publish import collection_folder
from tests.conftest import ADDRESS, ROOT, Project, tree_of


def build_both(project: Project) -> None:
    """Build with the cache and without: the results must be equal."""
    project.build()
    clean = project.root / "clean"
    build(BuildOptions(project.root / "testconf.py", project.content, clean, ADDRESS))
    assert tree_of(project.output) == tree_of(clean)
    shutil.rmtree(clean)
    shutil.rmtree(collection_folder(project.root, project.content, clean))


@pytest.fixture
def one(project: Project) -> Project:
    project.leaflet("a.md")
    return project


def add(project: Project, settings: str) -> None:
    text = (project.root / "testconf.py").read_text()
    project.write("testconf.py", f"{text}import os\nsys.path.insert(0, {str(project.root)!r})\n{settings}\n")


def test_a_module_that_settings_import_is_part_of_the_key(one: Project) -> None:
    add(one, "sys.modules.pop('parts.names', None); sys.modules.pop('parts', None); from parts.names import *")
    for name in ("One", "Another"):
        one.write("parts/names.py", f"SITENAME = {name!r}\n")
        build_both(one)
        assert f"<p>{name}." in one.page("index.html")


def test_an_environment_variable_in_the_settings_is_part_of_the_key(
    one: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(one, "SITENAME = os.environ.get('PRESS_TEST_NAME', 'One')")
    build_both(one)
    monkeypatch.setenv("PRESS_TEST_NAME", "Another")
    build_both(one)
    assert not build(BuildOptions(one.root / "testconf.py", one.content, one.output, "https://b.example")).unchanged


def test_a_theme_elsewhere_is_found_when_the_cache_is_lost(one: Project) -> None:
    shutil.copytree(ROOT / "theme", one.root / "else" / "where")
    add(one, f"THEME = {str(one.root / 'else' / 'where')!r}")
    build_both(one)
    shutil.rmtree(collection_folder(one.root, one.content, one.output) / "cache")
    home = one.root / "else" / "where" / "templates" / "home.html"
    home.write_text(home.read_text(encoding="utf-8").replace("</h2>", "Other</h2>"), encoding="utf-8")
    build_both(one)
    assert "Other</h2>" in one.page("index.html")


def test_a_module_of_a_plugin_is_part_of_the_key(one: Project) -> None:
    one.write("apart/core.py", "WORDS = 'one'\n")
    one.write("apart/__init__.py", "from apart.core import WORDS\n\ndef register():\n    pass\n")
    add(one, "PLUGINS = [*PLUGINS, 'apart']")
    one.build()
    assert one.build().unchanged
    one.write("apart/core.py", "WORDS = 'another'\n")
    assert not one.build().unchanged
