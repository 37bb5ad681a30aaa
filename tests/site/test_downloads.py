"""Downloads in a build: at their addresses, listed on the pages, made once."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rispy
from lxml import html

import press.exports.make_exports
from press.build import build
from press.diagnostics import Refused
from press.model.entry import Entry
from press.model.formats import EXPORT_KINDS, redirect_exports
from press.model.provenance import drop_provenance
from press.options import BuildOptions, BuildReport
from press.site.export import _place
from press.site.pelican_site import Site
from tests.conftest import ADDRESS, ROOT, Project, make_project, tree_of
from tests.support.checks import find_in_stages

SLUG = "the-bakery-that-would-not-close-other-news"


def options_for(project: Project, formats: str = "all", content: Path | None = None) -> BuildOptions:
    return BuildOptions(
        project.root / "testconf.py", content or project.content, project.output, ADDRESS, formats=formats
    )


def build_with(project: Project, formats: str = "all") -> BuildReport:
    return build(options_for(project, formats))


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The test site with all downloads; tests must not change it."""
    project = make_project(tmp_path_factory.mktemp("exported"))
    report = build(options_for(project, content=ROOT / "tests" / "sample"))
    assert report.problems == ()
    return project


def copies_of(project: Project, slug: str) -> set[str]:
    return {path.name for path in (project.output / "leaflets" / slug).iterdir()} - {"index.html"}


def test_every_leaflet_has_every_download_next_to_its_page(exported: Project) -> None:
    for folder in (exported.output / "leaflets").iterdir():
        page = exported.page(f"leaflets/{folder.name}/index.html")
        listed = {Path(link).name for link in re.findall(rf'href="[^"]*/({folder.name}[.-][^"/]*)" download', page)}
        kinds = {kind.name for kind in EXPORT_KINDS if f"{folder.name}{kind.ending}" in listed}
        assert {kind.name for kind in EXPORT_KINDS} - kinds <= {"booklet"}
        unlisted = {f"{folder.name}-booklet.pdf"} if "pdf" in kinds else set()
        assert copies_of(exported, folder.name) == listed | unlisted, (
            "a page without folds is at the booklet's address"
        )
    assert not (exported.output / "about-this-archive" / "about-this-archive.pdf").exists()


def test_the_page_lists_kind_and_size(exported: Project) -> None:
    page = html.document_fromstring(exported.page(f"leaflets/{SLUG}/index.html"))
    listed = {
        link.text: (link.get("href"), link.getnext().text)
        for link in page.xpath("//section[@class='downloads']//li/a")
    }
    assert [*listed][:4] == ["PDF", "Booklet to print and fold", "Handout", "EPUB"]
    assert len(listed) == len(EXPORT_KINDS)
    assert listed["EPUB"][0] == f"../../leaflets/{SLUG}/{SLUG}.epub"
    size = (exported.output / "leaflets" / SLUG / f"{SLUG}.pdf").stat().st_size
    assert listed["PDF"][1] == f"{size / 1000:.0f}\N{NO-BREAK SPACE}kB"


def test_the_markdown_is_the_source_to_the_byte(exported: Project) -> None:
    source = ROOT / "tests" / "sample" / "leaflets" / "2006" / "the-bakery-that-would-not-close.md"
    assert (exported.output / "leaflets" / SLUG / f"{SLUG}.md").read_bytes() == drop_provenance(source.read_bytes())


def test_downloads_are_typeset_like_the_page_and_have_absolute_links(exported: Project) -> None:
    text = exported.page(f"leaflets/{SLUG}/{SLUG}.txt")
    assert "“closed until further notice”" in " ".join(text.split())
    assert f"the harbour <{ADDRESS}/leaflets/the-harbour/>" in " ".join(text.split())
    assert "2006, Ada Brennan, The Harbour Street Committee\nSource: One folded sheet, scanned " in text
    assert f"\n{ADDRESS}/leaflets/{SLUG}/\n\n" in text


def test_the_archive_has_the_citations_of_all(exported: Project) -> None:
    records = rispy.loads(exported.page("archive.ris"))
    assert len(records) > 7
    assert {record["urls"][0] for record in records} == {
        f"{ADDRESS}/leaflets/{folder.name}/" for folder in (exported.output / "leaflets").iterdir()
    }


@pytest.mark.parametrize(("formats", "left"), [("none", set()), ("text", {"txt", "md", "bib", "ris", "json"})])
def test_fewer_formats_leave_downloads_out(project: Project, formats: str, left: set[str]) -> None:
    project.leaflet("a.md", "The harbour")
    build_with(project, formats)
    assert copies_of(project, "the-harbour") == {f"the-harbour.{ending}" for ending in left}
    assert (project.output / "archive.bib").exists() == bool(left)
    assert ('class="downloads"' in project.page("leaflets/the-harbour/index.html")) == bool(left)


def test_an_unknown_format_is_refused(project: Project) -> None:
    project.leaflet("a.md", "The harbour")
    with pytest.raises(Refused, match=r"\[settings\] DOWNLOADS_FORMATS"):
        build_with(project, "pdf")


@pytest.mark.parametrize("environment", [{"PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "LC_ALL": "C"}])
def test_another_process_another_time_another_place_make_the_same_files(
    exported: Project, environment: dict[str, str], tmp_path: Path
) -> None:
    command = [str(Path(sys.executable).parent / "inv"), "build", "--no-search", "--url", ADDRESS, "--jobs", "1"]
    command += ["--output", str(tmp_path / "site"), "--content", str(ROOT / "tests" / "sample")]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True)
    assert tree_of(tmp_path / "site") == tree_of(exported.output)
    subprocess.run([*command[:1], "clean", *command[-4:]], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("line", "reported"),
    [
        ("DOWNLOADS_COLUMNS = '72'", "DOWNLOADS_COLUMNS is “72”. Write a number of characters"),
        ("DOWNLOADS_COLUMNS = -1", "DOWNLOADS_COLUMNS is “-1”. Write a number of characters"),
        ("DOWNLOADS_GROUPS = 'Big Flame'", "DOWNLOADS_GROUPS is “Big Flame”. Write a list of names"),
        ("DOWNLOADS_SIGNATURE = 0", "DOWNLOADS_SIGNATURE is “0”. Write a number of sheets, 1 or more."),
        ("DOWNLOADS_PAPER = 'A4'", "DOWNLOADS_PAPER is “A4”. Write a4, letter."),
        ("DOWNLOADS_FONTS = 'gone'", "DOWNLOADS_FONTS is “gone”, which is not a folder."),
    ],
)
def test_a_wrong_setting_is_reported_with_its_line(project: Project, line: str, reported: str) -> None:
    project.leaflet("a.md")
    with (project.root / "testconf.py").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{line}\n")
    with pytest.raises(Refused) as wrong:
        build_with(project)
    (problem,) = wrong.value.problems
    assert problem.line > 1
    assert problem.message.startswith(reported)


# What is made, and what is not made again.


def forbid(monkeypatch: pytest.MonkeyPatch, allowed: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    """Fail if the exports of any other leaflet than those allowed are made; workers are forks of this process."""
    make = press.exports.make_exports.make_exports

    def refuse(leaflet, toolchain):
        if leaflet.entry.slug not in allowed:
            raise RuntimeError(f"{leaflet.entry.slug} was made again")
        return make(leaflet, toolchain)

    monkeypatch.setattr(press.exports.make_exports, "make_exports", refuse)


def test_only_what_changed_is_made(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.leaflet("a.md", "The harbour")
    project.leaflet("b.md", "The bakery")
    build_with(project)
    before = tree_of(project.output)
    forbid(monkeypatch, {"the-bakery"})
    project.write("content/b.md", "Title: The bakery\nDate: 2006\n\nOther words.\n")
    build_with(project)
    after = tree_of(project.output)
    changed = {path for path in before if path.startswith("leaflets/") and before[path] != after[path]}
    assert "leaflets/the-bakery/the-bakery.pdf" in changed
    assert not any("the-harbour." in path or "the-harbour-" in path for path in changed)


def test_an_edit_looks_at_the_downloads_of_its_own_text_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every source was read again for want of a full stop, and what is kept of every download fetched."""
    for name in "abc":
        project.leaflet(f"{name}.md", f"The {name}")
    build_with(project)
    read, placed = list[bytes](), list[str]()

    def drop(source: bytes) -> bytes:
        read.append(source)
        return drop_provenance(source)

    def place(site: Site, entry: Entry, *others: Any) -> dict[str, int]:
        placed.append(entry.source)
        return _place(site, entry, *others)

    monkeypatch.setattr("press.site.export.drop_provenance", drop)
    monkeypatch.setattr("press.site.export._place", place)
    file = project.write("content/b.md", "Title: The b\nDate: 2006\n\nOther words.\n")
    build_with(project)
    assert (read, placed) == ([file.read_bytes()], ["b.md"])
    published = tree_of(project.output)
    build(replace(options_for(project), output=project.root / "clean"))
    assert tree_of(project.root / "clean") == published


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: b'{"\xef"'])
@pytest.mark.parametrize("everywhere", [False, True])
def test_a_damaged_citation_is_made_again(
    project: Project, damage: Callable[[bytes], bytes], everywhere: bool
) -> None:
    """It was joined with the others before sealing could find it, and was called a mistake in the press."""
    for number in range(3):
        project.leaflet(f"{number}.md", f"T {number}")
    build_with(project, "text")
    project.write("content/0.md", "Title: T 0\nDate: 2006\n\nOther words.\n")
    build_with(project, "text")
    places = ["previous-tree/leaflets/t-1/t-1.json", *(["cache/files/*/json"] if everywhere else [])]
    for file in [file for place in places for file in project.root.glob(f".press/*/{place}")]:
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(damage(data))
    project.write("content/2.md", "Title: T 2, again\nDate: 2006\nSlug: t-2\n\nWords.\n")
    build_with(project, "text")
    published = tree_of(project.output)
    build(replace(options_for(project, "text"), output=project.root / "clean"))
    assert tree_of(project.root / "clean") == published


@pytest.mark.parametrize("damage", ["cut", "altered", "gone", "no links"])
def test_exports_are_the_same_whatever_happened_to_the_cache(
    project: Project, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.leaflet("a.md", "The harbour")
    build_with(project)
    before = tree_of(project.output / "leaflets" / "the-harbour")
    stored = list(project.root.glob(".press/*/cache/files/*/*"))
    assert stored
    for file in stored:
        data = file.read_bytes()
        file.unlink()  # never in place: the published file may be the same
        if damage != "gone":
            file.write_bytes({"cut": data[:100], "altered": data[:-1] + b"?", "no links": data}[damage])
    if damage == "no links":
        monkeypatch.setattr(os, "link", refuse_links)
    project.leaflet("b.md", "The bakery")
    build_with(project)
    after = tree_of(project.output / "leaflets" / "the-harbour")
    assert {path: after[path] for path in before if path != "index.html"} == {
        path: data for path, data in before.items() if path != "index.html"
    }


def refuse_links(source: Path, target: Path) -> None:
    raise OSError(errno.EXDEV, "another disk")


def test_an_export_that_somebody_changed_in_the_output_is_not_published_again(project: Project) -> None:
    project.leaflet("a.md", "The harbour")
    build_with(project)
    file = project.output / "leaflets" / "the-harbour" / "the-harbour.pdf"
    before = file.read_bytes()
    with file.open("r+b") as opened:
        opened.write(b"changed in place, and in the cache too")
    build_with(project)
    assert file.read_bytes() == before


def test_a_build_changes_no_file_in_place(project: Project) -> None:
    """A cached file may be the published one: opening it to write would change both."""
    project.leaflet("a.md", "The harbour")
    build_with(project)
    kept = {path: path.read_bytes() for path in project.root.glob(".press/*/cache/files/*/*")}
    assert kept
    for name in ("b", "c"):
        project.leaflet(f"{name}.md", f"The {name}")
        build_with(project)
    assert {path: path.read_bytes() for path in kept} == kept


def test_clean_deletes_the_cache(project: Project) -> None:
    from press.publish import clean_collection

    project.leaflet("a.md", "The harbour")
    build_with(project)
    clean_collection(project.root, project.content, project.output)
    assert list(project.root.glob(".press/*")) == []


# What goes wrong.


def refused(project: Project) -> list[str]:
    with pytest.raises(Refused) as wrong:
        build_with(project)
    assert not project.output.exists()
    return [str(problem).replace(f"{project.root}/", "") for problem in wrong.value.problems]


def test_a_missing_glyph_is_a_warning_with_its_line_and_the_page_says_so(project: Project) -> None:
    project.write("content/a.md", "Title: Bread\nDate: 1974\n\nWords.\n\n麵包麵包麵包 is bread.\n")
    (problem,) = build_with(project).problems
    assert str(problem).replace(f"{project.root}/", "").startswith("content/a.md:6: warning: [glyph] “麵” (U+9EB5 ")
    page = project.page("leaflets/bread/index.html")
    assert "This text has no PDF" in page
    assert "bread.epub" in page
    assert not (project.output / "leaflets" / "bread" / "bread.pdf").exists()
    project.leaflet("b.md", "Another")
    assert build_with(project).problems == (problem,), "a stored export reports the same"


def test_a_failure_of_the_program_names_the_leaflet(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.leaflet("a.md", "The harbour")
    project.leaflet("b.md", "The bakery")
    forbid(monkeypatch, {"the-harbour"})
    (problem,) = refused(project)
    assert problem.startswith("content/b.md:1: error: [copy-failed] the downloads could not be made (RuntimeError: ")


def test_a_worker_that_dies_names_the_leaflet(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for letter in "abcd":
        project.leaflet(f"{letter}.md", f"Leaflet {letter}")
    make, here = press.exports.make_exports.make_exports, os.getpid()

    def die(leaflet, toolchain):
        assert os.getpid() != here, "a test has loaded Typst into this process"
        if leaflet.entry.slug == "leaflet-c":
            os.kill(os.getpid(), signal.SIGKILL)
        return make(leaflet, toolchain)

    monkeypatch.setattr(press.exports.make_exports, "make_exports", die)
    monkeypatch.setattr("press.runtime.parallel.count_cores", lambda: 2)
    (problem,) = refused(project)
    assert problem.startswith("content/c.md:1: error: [copy-failed] the process that made its downloads died.")


def test_a_broken_picture_is_reported_once_with_its_own_path(project: Project) -> None:
    project.write("content/images/loaf.png", b"no picture")
    project.write("content/a.md", "Title: Bread\nDate: 1974\n\nWords.\n\n![A loaf]({static}/images/loaf.png)\n")
    (problem,) = refused(project)
    assert problem.startswith("content/images/loaf.png:1: error: [picture] the picture is damaged")


def test_a_missing_picture_is_a_broken_link(project: Project) -> None:
    project.write("content/a.md", "Title: Bread\nDate: 1974\n\n![A loaf]({static}/images/gone.png)\n")
    (problem,) = refused(project)
    assert problem.startswith("content/a.md:4: error: [broken-link]")


def test_a_dry_run_reports_what_cannot_be_printed(project: Project) -> None:
    project.write("content/a.md", "Title: Bread\nDate: 1974\n\n麵\n")
    assert [problem.rule for problem in find_in_stages(options_for(project))] == ["glyph"]


# Addresses.


def test_the_address_of_a_download_is_reserved(project: Project) -> None:
    project.leaflet("a.md", "The harbour")
    project.write("content/files/archive.bib.txt", b"x")
    build_with(project, "none")
    text = (project.content / "a.md").read_text()
    project.write("content/a.md", text.replace("\n\n", "\nRedirect-from: /archive.bib\n\n", 1))
    with pytest.raises(Refused, match=r"archive\.bib"):
        build_with(project, "none")


def test_the_citations_of_the_archive_belong_in_the_ledger(project: Project) -> None:
    from press.build import list_addresses

    project.leaflet("a.md", "The harbour")
    list_addresses(replace(options_for(project), formats="none"))
    ledger = (project.content / "ledger.txt").read_text()
    assert re.findall(r"^/archive\S+", ledger, re.MULTILINE) == ["/archive.bib", "/archive.csl.json", "/archive.ris"]
    assert "/leaflets/the-harbour/\n" in ledger
    assert ".pdf" not in ledger


def test_a_booklet_or_handout_that_is_no_longer_made_leaves_no_dead_link(project: Project) -> None:
    from press.build import list_addresses

    words, paths = "It is no coincidence that the bakers stood there. ", ("a-booklet.pdf", "a-sheet.pdf", "a.pdf")
    folder = project.output / "leaflets" / "a"

    def build_of(paragraphs: int) -> list[bool]:
        project.write("content/a.md", "Title: A\nDate: 1974\n\n" + "\n\n".join([words * 8] * paragraphs) + "\n")
        build_with(project)
        page = project.page("leaflets/a/index.html")
        return [(f"a/{path}" in page) for path in paths]

    assert build_of(1) == [False, True, True]
    assert (folder / paths[0]).read_bytes() == (folder / paths[2]).read_bytes(), "one page needs no folding"
    assert build_of(60) == [True, False, True]
    assert not (folder / paths[1]).exists(), "nobody can have linked it: the ledger does not list the leaflet"
    list_addresses(options_for(project))
    assert build_of(60) == [True, False, True]
    assert (folder / paths[1]).read_bytes() == (folder / paths[2]).read_bytes() != (folder / paths[0]).read_bytes()
    before = tree_of(project.output)
    shutil.rmtree(project.root / ".press")
    shutil.rmtree(project.output)
    build_of(60)
    assert tree_of(project.output) == before


def test_the_downloads_of_a_leaflet_move_with_it() -> None:
    moved = dict(redirect_exports("leaflets/a/", "leaflets/b/"))
    assert moved["leaflets/a/a-booklet.pdf"] == "leaflets/b/b-booklet.pdf"
    assert len(moved) == len(EXPORT_KINDS)
    assert list(redirect_exports("1974/old.html", "leaflets/b/")) == []


def test_a_plain_text_has_the_spaces_before_french_marks_that_its_page_has(tmp_path: Path) -> None:
    project = make_project(tmp_path, 'DOWNLOADS_FORMATS, GUILLEMETS_FRENCH_PUNCTUATION = "text", True\n')
    words = "Il dit : « Qui vient ? » Moi ; toi ! Fin"
    project.write("content/a.md", f"Title: {words}\nDate: 1974\nLang: fr\nSlug: a\nSummary: {words}\n\n{words}\n")
    project.build()
    text = (project.output / "leaflets/a/a.txt").read_text(encoding="utf-8")
    page = html.fromstring(project.page("leaflets/a/index.html"))
    shown = [page.xpath(f"string({path})") for path in ("//h1", "//p[@class='lead']", "//div[@class='text']/p")]
    full, narrow = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
    assert shown == [f"Il dit{full}: «{full}Qui vient{narrow}?{full}» Moi{narrow}; toi{narrow}!{full}Fin"] * 3
    assert [line for line in text.split("\n") if line.startswith("Il dit")] == shown
