"""Fewer downloads for who is in a hurry, and all of them again: nothing is made twice, and nothing dead is listed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from press.build import build
from press.model.formats import EXPORT_GROUPS
from press.options import BuildOptions
from press.settings import SETTINGS
from press.site import export
from tests.conftest import ADDRESS, ROOT, Project, tree_of

MOVED = "Redirect-from: /leaflets/the-old-mill/\n"


@pytest.fixture
def three(project: Project) -> Project:
    for path, title, more in (("a.md", "The bakery", ""), ("b.md", "The harbour", ""), ("c.md", "The mill", MOVED)):
        project.write(f"content/{path}", f"Title: {title}\nDate: 2006-10-24\n{more}\nSome words.\n")
    project.write("content/ledger.txt", "/leaflets/the-old-mill/\n")
    return project


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the leaflets whose downloads are made."""
    slugs, plain = list[str](), export._make_all

    def note(site, toolchain, leaflets):  # type: ignore[no-untyped-def]
        slugs.extend(leaflet.entry.slug for leaflet in leaflets)
        return plain(site, toolchain, leaflets)

    monkeypatch.setattr(export, "_make_all", note)
    return slugs


def build_with(project: Project, formats: str) -> dict[str, bytes]:
    """Build, and return the site."""
    whole = BuildOptions(project.root / "testconf.py", project.content, project.output, ADDRESS)
    build(replace(whole, formats=formats))
    return tree_of(project.output)


@pytest.mark.parametrize("fewer", ["text", "none"])
def test_all_downloads_come_back_from_the_cache(three: Project, made: list[str], fewer: str) -> None:
    everything = build_with(three, "all")
    assert len(made) == 3
    assert build_with(three, fewer) != everything
    made.clear()
    assert build_with(three, "all") == everything
    assert made == []


def test_the_text_downloads_are_kept_too(three: Project, made: list[str]) -> None:
    quick = build_with(three, "text")
    build_with(three, "all")
    made.clear()
    assert build_with(three, "text") == quick
    assert made == []


@pytest.mark.parametrize("formats", ["text", "none"])
def test_nothing_leads_to_a_download_that_is_not_made(three: Project, formats: str) -> None:
    build_with(three, "all")
    tree = build_with(three, formats)
    names = re.compile(rb"the-(?:old-)?mill(?:-booklet|-sheet)?\.(?:pdf|epub)")
    assert not any(path.endswith((".pdf", ".epub")) for path in tree)
    found = {path for path, data in tree.items() if names.search(data)}
    assert found == {"_redirects"}, "the address of a download moves with its leaflet, even if it is not made"


def test_quick_downloads_need_no_typst(three: Project) -> None:
    """Typst, fonts and EPUB are what takes time."""
    whole = set(build_with(three, "all")) - set(build_with(three, "text"))
    assert whole
    assert {path.rpartition(".")[2] for path in whole} == {"pdf", "epub"}


def test_the_choices_are_the_same_everywhere() -> None:
    (setting,) = [each for each in SETTINGS if each.name == "DOWNLOADS_FORMATS"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for choice in EXPORT_GROUPS:
        assert f"`{choice}`" in setting.help
    assert "`--formats none`" in readme and "`--formats text`" in readme
