"""A project in a temporary folder, and the test site, built once for all tests that read its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from press.build import build
from press.diagnostics import Refused
from press.options import BuildOptions, BuildReport
from press.validate import Survey, ValidationOptions, find_missing_content, validate_content
from press.validate.paths import walk_content
from press.validate.sources import read_source

ROOT = Path(__file__).parent.parent
ADDRESS = "https://archive.example"

SETTINGS = f"""
import sys
sys.path.insert(0, {str(ROOT)!r}); sys.modules.pop("pelicanconf", None)  # it may be another project's
from pelicanconf import *
DOWNLOADS_FORMATS, SEARCH = "none", False
"""

settings.register_profile("without-deadline", deadline=None)  # machines that are busy are slow
settings.load_profile("without-deadline")

SEARCHED = "SEARCH = True\n"

PAGEFINDS = ("pagefind/", "manifest.json")
"""What differs between clean builds: Pagefind's own files, and the manifest, which has their hashes."""

LEAFLET = "Title: {title}\nDate: 2006-10-24\n\nSome words.\n"


@dataclass(frozen=True)
class Project:
    """A project with this repository's settings and theme, its own content and its own stores."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def output(self) -> Path:
        return self.root / "output"

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def leaflet(self, path: str, title: str = "A leaflet") -> Path:
        return self.write(f"content/{path}", LEAFLET.format(title=title))

    def build(self, content: Path | None = None) -> BuildReport:
        return build(BuildOptions(self.root / "testconf.py", content or self.content, self.output, ADDRESS))

    def refused(self) -> list[str]:
        """Build what must be refused; return the problems as printed, with paths relative to the project."""
        with pytest.raises(Refused) as refused:
            self.build()
        return [str(problem).replace(f"{self.root}/", "") for problem in refused.value.problems]

    def origins(self) -> dict[str, str]:
        """Return the address of each published source, from the manifest."""
        listed = json.loads((self.output / "manifest.json").read_text(encoding="utf-8"))
        return {source: origin["url"] for source, origin in listed["sources"].items()}

    def page(self, path: str) -> str:
        return (self.output / path).read_text(encoding="utf-8")


def make_project(root: Path, settings: str = "") -> Project:
    project = Project(root)
    project.write("testconf.py", SETTINGS + settings)
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The test site, built once; tests must not change it."""
    project = make_project(tmp_path_factory.mktemp("site"), SEARCHED)
    project.build(ROOT / "tests" / "sample")
    return project


def tree_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by path; without the bytecode that Python keeps of settings."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.parent.name != "__pycache__")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, one for all tests: Playwright cannot run twice in one process."""
    from playwright.sync_api import sync_playwright

    from tests.support.browser import launch

    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


def survey_of(content: Path, shown: str = "content") -> Survey:
    """Validate a content folder as a build does."""
    if missing := find_missing_content(content, shown):
        return Survey(problems=missing)
    paths = walk_content(content, shown)
    sources = [read_source(content / path, path, f"{shown}/{path}", lang="en") for path in paths.texts]
    return validate_content(content, shown, paths, sources, ValidationOptions("en"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case after its argument if that is bytes: what is compressed holds the time, and workers must agree."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what builds a site as slow: `pytest -m "not slow and not system"` is for while you work."""
    folders = [ROOT / "tests" / name for name in ("site", "system")]
    for item in items:
        builds = {"project", "site"} & set(getattr(item, "fixturenames", ()))
        if builds or any(item.path.is_relative_to(folder) for folder in folders):
            item.add_marker(pytest.mark.slow)
