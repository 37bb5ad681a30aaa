"""The search documents, and their index: made once for the same texts, and never published in part."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from press.build import build
from press.cache.keys import index_key
from press.cache.store import open_store
from press.diagnostics import Refused
from press.model.entry import Entry
from press.options import BuildOptions
from press.search.documents import (
    SHARED,
    SPELLED,
    SearchDocument,
    list_names,
    name_indexes,
    page_path,
    tokenise_html,
    tokenise_text,
    write_document,
)
from press.search.engine import make_patch
from press.search.index_folder import IndexFolder, list_index
from press.search.pagefind import IndexFailed, run_pagefind
from press.search.suggestions import list_words
from press.site.hosting import write_headers
from press.site.machine_files import write_opensearch
from press.site.metadata import SiteMetadata
from press.site.search_page import name_scripts, read_scripts
from press.theme_folders import ThemeFolders
from tests.conftest import ADDRESS, ROOT, SEARCHED, SETTINGS, Project, make_project, survey_of, tree_of
from tests.support.pagefind_words import read_words
from tests.support.same_site import find_differences

SCRIPTS = [*read_scripts(ThemeFolders((ROOT / "theme",))).values()]


@pytest.fixture
def searched(tmp_path: Path) -> Project:
    project = make_project(tmp_path, SEARCHED)
    project.write("content/a.md", "Title: The harbour\nDate: 2006-10\nCategory: Work\n\nShips & “tides”.\n")
    project.write("content/b.md", "Title: Le port\nDate: 1974~\nLang: fr-CA\n\nDes bateaux.\n")
    project.write("content/c.md", "Title: Secret\nDate: 1974\nStatus: draft\n\nNot yet.\n")
    project.write("content/pages/about.md", "Title: About\n\nOf ourselves.\n")
    return project


def make_document(entry: Entry, place: int, title: str, display: tuple[str, str], text: str) -> SearchDocument:
    lang = entry.lang.partition("-")[0]
    return SearchDocument(lang, page_path(entry), place, write_document(entry, title, display, text, lang))


def make_index(place: Path, pages: dict[str, str]) -> dict[str, bytes]:
    """Make an English index of these pages in a new folder; return its files."""
    folder = IndexFolder(place, "en")
    for path, html in pages.items():
        folder.write(path, path, html)
    places = {path: number for number, path in enumerate(pages)}
    note = folder.make(places, pages.__getitem__)
    return {name: blob.read() for name, blob in list_index(place, note, places).items()}


def index_of(project: Project) -> dict[str, bytes]:
    return tree_of(project.output / "pagefind")


def fragments_of(project: Project) -> list[dict[str, object]]:
    files = [data for path, data in index_of(project).items() if path.endswith(".pf_fragment")]
    return [json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd")) for data in files]


@pytest.mark.parametrize(
    ("text", "tokenised"),
    [
        ("l’usine d'Arras, qu’on aujourd’hui", "l’ usine d' Arras, qu’ on aujourd’hui"),
        ("Lorsqu’il jusqu’à", "Lorsqu’ il jusqu’ à"),
        ("don’t, soldier’s, the workers’ strike", "don’t, soldier’s, the workers’ strike"),
        ("1968–1970, and/or, well…then", "1968– 1970, and/ or, well… then"),
        ("1968\u2060–\u20601970 soft\u00adhyphen", "1968– 1970 softhyphen"),
        ("Iraq – the «\u00a0calm\u00a0» !", "Iraq –the «calm»!"),
        ("bakery & news", "bakery &news"),
        ("a well-known. Then", "a well-known. Then"),
        ("« Oui »", "«Oui»"),
        ("", ""),
    ],
)
def test_words_are_separated_where_they_end(text: str, tokenised: str) -> None:
    assert tokenise_text(text) == tokenised
    assert tokenise_text(tokenised) == tokenised


def test_a_document_has_the_text_its_ids_and_its_filters(searched: Project) -> None:

    survey = survey_of(searched.content)
    entry = survey.archive.leaflets[0]
    note = '<sup id="fnref:1"><a class="footnote-ref">1</a></sup>'
    body = f'<p id="p-a"><a class="anchor" href="#p-a"></a>L’eau &lt;b&gt;{note}.</p>'
    document = make_document(entry, 7, '"<Le> port', ("c. 1974", "Work & pay"), tokenise_html(body))
    assert (document.lang, document.path) == ("fr", "leaflets/le-port/index.html")
    assert '<html lang="fr">' in document.html
    assert '<meta data-pagefind-meta="title[content]" content="&quot;&lt;Le&gt; port">' in document.html
    assert '<meta data-pagefind-meta="category[content]" content="Work &amp; pay">' in document.html
    assert '<meta data-pagefind-filter="language[content]" content="fr-ca">' in document.html
    assert '<i id="at.fr-CA"></i>' in document.html
    assert '<p id="p-a">L’ eau &lt;b&gt;.</p>' in document.html


def test_a_document_has_what_an_archive_is_searched_by(project: Project) -> None:
    project.write(
        "content/a.md",
        "Title: Harbour notes\nDate: 1981\nPlace: Leeds\nPublisher: Union Press\nIdentifier: HP-7\nSeries: Sheets\n"
        "Tags: anti-war, Rent & bread\nTranslator: Jane Doe\nAuthors: A; B\nSummary: Of cranes.\n\nWords.\n",
    )
    entry = survey_of(project.content).archive.leaflets[0]
    document = make_document(entry, 0, "Harbour notes", ("1981", "Work"), "<p>Words.</p>")
    fields = dict(re.findall(r'data-pagefind-meta="(\w+)\[content\]" content="([^"]*)"', document.html))
    assert fields == {
        "title": "Harbour notes", "date": "1981", "category": "Work", "author": "A; B", "translator": "Jane Doe",
        "series": "Sheets", "publisher": "Union Press", "place": "Leeds", "identifier": "HP-7",
        "tags": "anti-war; Rent &amp; bread", "summary": "Of cranes.",
    }  # fmt: skip
    assert re.findall(r'"tag\[content\]" content="([^"]*)"', document.html) == ["anti-war", "rent-bread"]
    names = list(list_names(entry, "Harbour notes", ("1981", "Work")))
    assert names[0] == "Harbour notes"
    assert {"Leeds", "Union Press", "anti-war; Rent & bread"} < set(names)
    assert "HP-7" not in names


@pytest.mark.parametrize(
    ("counts", "shared"),
    [
        ({"en": 9, "fr": 1}, set()),
        ({"en": 1, "fr": 90, "de": 80, "es": 70, "it": 60, "pt": 50}, set()),
        ({"en": 1, "fr": 90, "de": 80, "es": 70, "it": 6, "pt": 5, "nl": 25, "ja": 1}, {"it", "pt"}),
        ({"en": 1, "fr": 9, "de": 8, "es": 7, "it": 6}, set()),  # one alone shares with nobody
        ({}, set()),
    ],
)
def test_languages_with_few_leaflets_share_an_index(counts: dict[str, int], shared: set[str]) -> None:
    indexes = name_indexes(counts, "en")
    assert {lang for lang, index in indexes.items() if index == SHARED} == shared
    assert all(index in (lang, SHARED) for lang, index in indexes.items())


def test_the_words_to_suggest_are_few_and_the_same_each_time() -> None:
    assert list_words(["The Harbour", "harbour street", "Été à Leeds"]) == "harbour\nleeds\nstreet\n"
    names = [f"{chr(0x430 + n % 32)}{chr(0x430 + n // 32 % 32)}{chr(0x430 + n // 1024)}аа" for n in range(20_000)]
    words = list_words(names)
    assert 19_000 < len(words.encode()) <= 20_000
    assert list_words(reversed(names)) == words


def test_a_patch_turns_one_engine_into_another_and_is_small() -> None:
    chance = random.Random(1)
    old = chance.randbytes(50_000)
    new = b"<" + old[:20_000] + b"a stemmer" + old[20_100:40_000] + bytes([old[40_000] ^ 1]) + old[40_001:] + b">"
    for before, after in ((old, new), (new, old), (old, old), (b"", old), (old, b"")):
        patch = make_patch(gzip.compress(before), gzip.compress(after))
        assert mend(before, gzip.decompress(patch)) == after
        assert not (before and after) or len(patch) < 500


def mend(before: bytes, patch: bytes) -> bytes:
    """Apply a patch as asking.js does."""
    head, _, rest = patch.partition(b"\n")
    made, at, source = b"", 0, 0
    for fresh, kept, moved in zip(*json.loads(head), strict=True):
        source += fresh + moved
        made += rest[at : at + fresh] + before[source : source + kept]
        at, source = at + fresh, source + kept
    return made


@pytest.mark.parametrize(
    ("name", "short", "long"),
    [
        ("Leaflets", "Leaflets", ""),
        ("The Pamphlet Archive & Library", "The Pamphlet", "The Pamphlet Archive &amp; Library"),
        ("x" * 60, "x" * 16, "x" * 48),
    ],
)
def test_browsers_are_told_how_to_search(name: str, short: str, long: str) -> None:
    site = SiteMetadata(name=name, address="https://a.example/b", lang="en", summary="", report_to="")
    found = etree.fromstring(write_opensearch(site).encode())
    parts = {etree.QName(part).localname: part for part in found}
    assert parts["ShortName"].text == short
    assert ("LongName" in parts) == bool(long)
    assert not long or etree.tostring(parts["LongName"], encoding="unicode").split(">")[1].startswith(long[:20])
    templates = [part.get("template") for part in found if part.get("template")]
    assert templates == ["https://a.example/b/search/?q={searchTerms}", "https://a.example/b/opensearch.xml"]


def test_every_page_names_the_description_of_the_search_if_there_is_one(site: Project, project: Project) -> None:
    for path in site.output.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert ("opensearch.xml" in page) == ("<header" in page), path
    assert (site.output / "opensearch.xml").exists()
    project.leaflet("a.md")
    project.build()
    assert "opensearch.xml" not in project.page("index.html")
    assert not (project.output / "opensearch.xml").exists()


@pytest.mark.parametrize(
    ("date", "years"),
    [("2006-10-24", ["2006"]), ("1918/1920", ["1918", "1919", "1920"]), ("../1917", ["1917"]),
     ("1968-05/..", ["1968"]), ("undated", []),
     ("197X", [str(year) for year in range(1970, 1980)])],
)  # fmt: skip
def test_a_leaflet_is_found_in_every_year_that_it_may_be_from(project: Project, date: str, years: list[str]) -> None:

    project.write("content/a.md", f"Title: A\nDate: {date}\n\nWords.\n")
    entry = survey_of(project.content).archive.leaflets[0]
    html = make_document(entry, 0, "A", (date, "Work"), "<p>Words.</p>").html
    assert re.findall(r'"year\[content\]" content="(\d+)"', html) == years


def test_only_leaflets_are_searched_and_only_their_words(searched: Project) -> None:
    searched.build()
    content = {fragment["url"]: str(fragment["content"]) for fragment in fragments_of(searched)}
    assert content == {
        "/leaflets/the-harbour/": "The harbour. October 2006. Ships &“tides”.",
        "/leaflets/le-port/": "Le port. about 1974. Des bateaux.",
    }
    files = index_of(searched)
    assert [path for path in files if "/" not in path] == [
        "en.pack", "engine.pack", "fr.pack", "pagefind.js", "words.txt",
    ]  # fmt: skip
    assert {path.split("/")[1].split("_")[0] for path in files if "/" in path} == {"en", "fr"}
    assert {path.split("/")[2] for path in files if "/" in path} == {"filter", "fragment", "index"}


def test_results_are_named_by_their_position_by_date(searched: Project) -> None:
    searched.write("content/d.md", "Title: Another\nDate: undated\n\nShips.\n")
    searched.build()
    files = [path for path in index_of(searched) if "/fragment/" in path]
    assert sorted(path.rpartition("/")[2] for path in files) == [
        "en_0000001.pf_fragment", "en_0000002.pf_fragment", "fr_0000000.pf_fragment",
    ]  # fmt: skip
    listed = re.findall(rb"en_\w{7}", gzip.decompress(read_pack(index_of(searched)["en.pack"])[".pf_meta"]))
    assert {b"en_0000001", b"en_0000002"} < set(listed)
    assert 'data-dated="2"' in searched.page("search/index.html")


def read_pack(pack: bytes) -> dict[str, bytes]:
    """Return the files in a pack by the ends of their names."""
    head, _, rest = pack.partition(b"\n")
    files, at = {}, 0
    for name, size in json.loads(head)["files"]:
        files[Path(name).suffix] = rest[at : at + size]
        at += size
    return files


def test_the_same_texts_keep_the_same_index(searched: Project) -> None:
    searched.build()
    before = index_of(searched)
    searched.write("content/pages/about.md", "Title: About\n\nOf ourselves, and others.\n")
    assert not searched.build().unchanged
    assert index_of(searched) == before
    searched.write("content/a.md", "Title: The harbour\nDate: 2006-10\nCategory: Work\n\nNo ships.\n")
    searched.build()
    assert index_of(searched) != before
    assert "No ships." in " ".join(str(fragment["content"]) for fragment in fragments_of(searched))


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"",
                                    lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]])  # fmt: skip
@pytest.mark.parametrize("part", ["pages/leaflets/*/index.html", "raw/fragment/*", "raw/index/*", "made/*"])
def test_a_stored_index_that_was_damaged_is_made_again(
    searched: Project, damage: Callable[[bytes], bytes], part: str
) -> None:
    searched.build()
    shutil.copytree(searched.output, searched.root / "before")
    (stored, *_) = searched.root.glob(f".press/*/cache/search/en/{part}")
    stored.unlink() if not damage(b"123456789") else stored.write_bytes(damage(stored.read_bytes()))
    shutil.rmtree(searched.output)
    searched.build()
    assert find_differences(searched.root / "before", searched.output) == []


@contextmanager
def at_work_there(project: Project) -> Iterator[None]:
    """As if a process that a killed build has left behind were still making an index."""
    (lock,) = project.root.glob(".press/*/cache/search.lock")
    descriptor = os.open(lock, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def test_while_a_killed_build_still_makes_an_index_the_next_makes_it_elsewhere(searched: Project) -> None:
    """It published a page of the build before, or found Pagefind's files gone."""
    searched.build()
    stored = tree_of(next(searched.root.glob(".press/*/cache/search")))
    searched.write("content/a.md", "Title: The harbour\nDate: 2006-10\nCategory: Work\n\nCranes.\n")
    with at_work_there(searched):
        searched.build()
    assert tree_of(next(searched.root.glob(".press/*/cache/search"))) == stored
    for text in ("Quays.", "Cranes."):
        searched.write("content/a.md", f"Title: The harbour\nDate: 2006-10\nCategory: Work\n\n{text}\n")
        searched.build()
        build(BuildOptions(searched.root / "testconf.py", searched.content, searched.root / "clean", ADDRESS))
        assert find_differences(searched.output, searched.root / "clean") == []
        assert read_words(searched.output) == read_words(searched.root / "clean")


def test_the_lock_of_an_index_outlives_a_killed_build(tmp_path: Path) -> None:
    """A process that the build has forked holds it."""
    with open_store(tmp_path / "one") as store:
        with store.own_folder("search") as (folder, stays):
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:  # as the process that makes the index: it goes on until the pipe is closed
                os.close(writer)
                os.read(reader, 1)
                os._exit(0)
        assert (folder, stays) == (tmp_path / "one" / "search", True)
        with store.own_folder("search") as (elsewhere, stays):
            assert (elsewhere == folder, stays) == (False, False)
        os.close(writer)
        os.waitpid(child, 0)
        with store.own_folder("search") as (again, stays):
            assert (again == folder, stays) == (True, True)


def test_the_index_of_a_language_that_is_gone_is_deleted(searched: Project) -> None:
    searched.build()
    assert {place.name for place in searched.root.glob(".press/*/cache/search/*")} == {"en", "fr"}
    (searched.content / "b.md").unlink()
    searched.write("content/d.md", "Title: Le port\nDate: 1974~\nSlug: le-port\n\nBoats.\n")
    searched.build()
    assert {place.name for place in searched.root.glob(".press/*/cache/search/*")} == {"en"}


def test_a_key_depends_on_every_document_and_on_nothing_else() -> None:
    made = [
        ("en", {0: "a"}),
        ("fr", {0: "a"}),
        ("en", {1: "a"}),
        ("en", {0: "b"}),
        ("en", {0: "a", 1: "a"}),
        ("en", {}),
    ]
    assert len({index_key(lang, documents) for lang, documents in made}) == len(made)
    assert index_key("en", {0: "a", 1: ""}) == ""  # nothing is kept of a text whose key is not known


def test_an_edit_makes_the_index_of_its_language_again_and_no_other(
    searched: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every text was cut into words again, and every language indexed, after an edit of one text."""
    ran, written = tmp_path / "ran", tmp_path / "written"

    def noted(file: Path, function: Callable[..., Any], name: Callable[..., str]) -> Callable[..., Any]:
        def note(*given: Any) -> Any:
            with file.open("a") as lines:  # a file, since this runs in another process
                lines.write(f"{name(*given)}\n")
            return function(*given)

        return note

    monkeypatch.setattr("press.search.index_folder.run_pagefind", noted(ran, run_pagefind, lambda *g: g[2].name))
    monkeypatch.setattr(
        "press.site.index.write_document", noted(written, write_document, lambda entry, *_: entry.slug)
    )
    searched.build()
    assert sorted(ran.read_text().split()) == ["en", "fr"]
    assert sorted(written.read_text().split()) == ["le-port", "the-harbour"]
    french = {path: data for path, data in index_of(searched).items() if path.startswith(("fr", "index/fr"))}
    for file in (ran, written):
        file.unlink()
    searched.write("content/a.md", "Title: The harbour\nDate: 2006-10\nCategory: Work\n\nCranes.\n")
    searched.build()
    assert (ran.read_text(), written.read_text()) == ("en\n", "the-harbour\n")
    assert french
    assert french.items() <= index_of(searched).items()
    assert {str(fragment["content"]) for fragment in fragments_of(searched)} == {
        "The harbour. October 2006. Cranes.",
        "Le port. about 1974. Des bateaux.",
    }


def test_settings_of_the_machine_do_not_reach_pagefind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pagefind.yml").write_text("exclude_selectors: ['p']\n")
    (tmp_path / "pagefind.py").write_text("raise SystemExit('not this one')\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    page = '<!doctype html><html lang="en"><body data-pagefind-body><i id="at.en"></i><p>Words.</p></body></html>'
    files = make_index(tmp_path / "made", {"leaflets/a/index.html": page})
    (fragment,) = (data for path, data in files.items() if path.endswith(".pf_fragment"))
    assert b"Words." in gzip.decompress(fragment)


def test_an_index_that_cannot_be_made_is_one_problem_and_nothing_is_published(
    searched: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho first\necho the disk is full\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr("press.search.pagefind.sys.executable", str(broken))
    with pytest.raises(Refused) as refused:
        searched.build()
    assert [str(problem) for problem in refused.value.problems] == [
        "pagefind: error: [search-index] Pagefind could not make the index: the disk is full. Build again, or with "
        "--no-search."
    ]
    assert not searched.output.exists()


def test_success_without_an_index_is_a_failure_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("press.search.pagefind.sys.executable", "/bin/true")
    with pytest.raises(IndexFailed, match="such as “a/index"):
        make_index(tmp_path, {"a/index.html": ""})


def test_without_search_there_is_neither_box_nor_script_nor_index_and_the_page_stays(searched: Project) -> None:
    build(BuildOptions(searched.root / "testconf.py", searched.content, searched.output, ADDRESS, search=False))
    files = tree_of(searched.output)
    assert not [path for path in files if path.startswith("pagefind/") or path.endswith(".js")]
    page = files["search/index.html"].decode()
    assert "<form" not in page
    assert "<script" not in page
    assert "script-src &#39;none&#39;" in page
    assert "titles/all/" in page


def test_the_hundred_authors_with_the_most_leaflets_can_be_chosen(searched: Project) -> None:
    names = [f"Author N{number}" for number in range(101)]
    searched.write("content/a.md", f"Title: A\nDate: 2006\nAuthors: {'; '.join(names[:51])}\n\nWords.\n")
    searched.write("content/b.md", f"Title: B\nDate: 2006\nAuthors: {'; '.join(names[51:])}\n\nWords.\n")
    searched.write("content/d.md", f"Title: D\nDate: 2006\nAuthors: {'; '.join(names[1:51])}\n\nWords.\n")
    searched.write("content/e.md", f"Title: E\nDate: 2006\nAuthors: {'; '.join(names[51:])}\n\nWords.\n")
    searched.build()
    page = searched.page("search/index.html")
    assert re.findall(r'<option value="author-n(\d+)">', page) == sorted(map(str, range(1, 101)))
    assert '<a href="../authors/">Authors</a>' in page
    assert '<a href="../categories/">Categories</a></span>' not in page


def test_only_the_search_page_may_run_a_script(site: Project) -> None:
    pages = {path.relative_to(site.output).as_posix(): path for path in site.output.rglob("*.html")}
    policies = {
        name: re.findall(r"script-src ([^;\"]*)", unescape(path.read_text(encoding="utf-8")))[:1]
        for name, path in pages.items()
    }
    assert policies.pop("search/index.html") == ["'self' 'wasm-unsafe-eval'"]
    assert all(re.fullmatch(r"'(none|sha256-[\w+/=]+)'", policy) for (policy,) in policies.values())


def test_files_named_by_content_are_cached_forever_and_others_are_not() -> None:
    headers = write_headers()
    assert "/pagefind/index/*\n  Cache-Control: public, max-age=31536000, immutable" in headers
    assert "pack" not in headers
    assert "/pagefind/*" not in headers


def test_a_script_is_named_by_its_content_also_in_imports() -> None:
    first, second = name_scripts({"a.js": "export const a = 1;", "b.js": 'import { a } from "./a.js";'}).items()
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.js", first[0])
    assert second[1] == f'import {{ a }} from "./{first[0]}";'
    other = name_scripts({"a.js": "export const a = 2;", "b.js": 'import { a } from "./a.js";'})
    assert not {first[0], second[0]} & other.keys()


def test_the_page_and_the_index_spell_letters_alike() -> None:
    (table,) = re.findall(
        r"const SPELLED = \{(.*?)\}", (ROOT / "theme/static/js/words.js").read_text("utf-8"), re.DOTALL
    )
    assert dict(re.findall(r'(\w): "(\w+)"', table)) == SPELLED


def test_a_document_lists_plain_spellings_and_words_with_other_accents(project: Project) -> None:
    project.write(
        "content/a.md",
        "Title: La manne\nDate: 1981\nLang: fr\nPlace: Łódź\n\nWords.\n",
    )
    entry = survey_of(project.content).archive.leaflets[0]
    text = '<p id="p-x" class="là">Les œuvres, là-bas; la grève et les grèves à Paris, où elle a été.</p>'
    document = make_document(entry, 0, "La manne", ("1981", "Work"), text)
    fields = dict(re.findall(r'data-pagefind-meta="(\w+)\[content\]" content="([^"]*)"', document.html))
    assert fields["spelled"] == "lódź · oeuvres"  # Pagefind knows the accents
    assert fields["accents"] == "la · greve · greves · a"


def test_the_scripts_are_small_and_read_nothing_as_html() -> None:
    assert sum(len(gzip.compress(script.encode())) for script in SCRIPTS) < 8_000
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|\beval\b"
                         r"|new Function|DOMParser|setAttribute", "".join(SCRIPTS))  # fmt: skip


@pytest.mark.parametrize(
    ("line", "reported"),
    [
        ("SEARCH = 'yes'", "SEARCH is “yes”. Write True or False."),
        ("SEARCH_ENGINES = {'A': 'javascript:alert(1)'}", "SEARCH_ENGINES is “{'A': 'javascript:alert(1)'}”."),
        ("SEARCH_ENGINES = 'https://a.example'", "SEARCH_ENGINES is “https://a.example”."),
        ("SEARHC = True", "“SEARHC” is not a setting. Did you mean “SEARCH”?"),
    ],
)
def test_a_wrong_setting_is_named_by_its_line(project: Project, line: str, reported: str) -> None:
    project.leaflet("a.md")
    project.write("testconf.py", f"{SETTINGS}{line}\n")
    (problem,) = project.refused()
    assert problem.startswith("testconf.py:6: error: [settings] ")
    assert reported in problem
