"""Pictures from the content folder to the page, the feeds and the downloads."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import press.site.images
from press.build import build
from press.options import BuildOptions
from tests.conftest import ADDRESS, Project, tree_of
from tests.support.checks import find_in_stages
from tests.support.photos import FORMATS, SECRET, draw, photo

PAGE = "leaflets/bread/index.html"


def write_text(project: Project, body: str, more: str = "") -> None:
    project.write("content/a.md", f"Title: Bread\nDate: 1974\n{more}\n{body}\n")


def png(width: int, height: int) -> bytes:
    made = io.BytesIO()
    draw(width, height).save(made, "PNG")
    return made.getvalue()


def rebuild_clean(project: Project) -> dict[str, bytes]:
    build(BuildOptions(project.root / "testconf.py", project.content, project.root / "clean", ADDRESS))
    return tree_of(project.root / "clean")


def test_nothing_that_is_published_says_who_made_a_photo(project: Project) -> None:
    for suffix in FORMATS:
        project.write(f"content/images/shown{suffix}", photo(suffix, turn=6, size=(900, 600)))
        project.write(f"content/images/linked{suffix.upper()}", photo(suffix))
        project.write(f"content/files/download{suffix}", photo(suffix))
    shown = "\n\n".join(f"![Shown]({{static}}/images/shown{suffix})" for suffix in FORMATS)
    linked = " ".join(f"[one]({{static}}/images/linked{suffix.upper()})" for suffix in FORMATS)
    write_text(project, f"{shown}\n\nSee {linked}.")
    options = BuildOptions(project.root / "testconf.py", project.content, project.output, ADDRESS, formats="all")
    build(options)
    files = tree_of(project.output)
    assert [name for name, data in files.items() if SECRET in data] == []
    assert {f"files/download{suffix}" for suffix in FORMATS} <= files.keys()
    with zipfile.ZipFile(project.output / "leaflets" / "bread" / "bread.epub") as book:
        assert [name for name in book.namelist() if SECRET in book.read(name)] == []
        assert sum(name.startswith("EPUB/images/") for name in book.namelist()) == len(FORMATS)
    cached = [
        path.read_bytes()
        for path in (project.root / ".press").rglob("*")
        if "sqlite" not in path.name and path.is_file()
    ]
    assert not any(SECRET in data for data in cached)


def test_a_picture_has_its_size_its_smaller_versions_and_a_link_if_it_is_larger(project: Project) -> None:
    project.write("content/images/large one, two.jpg", photo(".jpg", turn=6, size=(2400, 1200)))
    project.write("content/images/small.png", png(300, 200))
    project.write("content/images/ratio.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30"/>')
    large, small = "{static}/images/large%20one,%20two.jpg", "{static}/images/small.png"
    body = f"![Large]({large})\n\n![]({large})\n\n[![Linked]({large})](https://x.example/)\n\n![Small]({small})"
    write_text(project, f"{body}\n\n![Ratio]({{static}}/images/ratio.svg)")
    project.build()
    page = project.page(PAGE)
    tags = re.findall(r"<img[^>]*>", page)
    sizes = [re.findall(r'(?:width|height)="(\d+)"', tag) for tag in tags]
    assert sizes == [["1200", "2400"], ["1200", "2400"], ["1200", "2400"], ["300", "200"], ["1600", "800"]]
    assert ["lazy" in tag for tag in tags] == [False, True, True, True, True]
    assert all('decoding="async"' in tag for tag in tags)
    assert ["srcset" in tag for tag in tags] == [True, True, True, False, False]
    offered = re.findall(r"(\.\./\.\./images/\S+) (\d+)w", tags[0])
    for place, width in offered:
        file = project.output / PAGE
        path = (file.parent / place.replace("%20", " ").replace("%2C", ",")).resolve()
        with Image.open(path) as made:
            assert made.size[0] == int(width) or made.size[1] == int(width)
    assert [width for _, width in offered] == ["480", "960", "1200"]
    assert page.count('<a href="../../images/') == 0


def test_a_picture_too_wide_for_a_page_is_behind_a_link(project: Project) -> None:
    project.write("content/images/wide.png", png(2400, 1200))
    write_text(project, "![Wide]({static}/images/wide.png)\n\n![]({static}/images/wide.png)")
    project.build()
    links = re.findall(
        r'<a href="(\S+)"( aria-label="[^"]+")?><img [^>]*src="(\S+)" width="1600" height="800"', project.page(PAGE)
    )
    assert [(bool(label), url.endswith(".png"), src.endswith("-1600.webp")) for url, label, src in links] == [
        (False, True, True),
        (True, True, True),
    ]


@pytest.mark.parametrize("name", ["images/a.png", "images/a.jpg", "files/a.gif", "files/a.webp", "images/a.avif"])
def test_a_damaged_picture_is_one_error(project: Project, name: str) -> None:
    project.write(f"content/{name}", b"no picture")
    write_text(project, f"Words.\n\n![A loaf]({{static}}/{name})\n\n[Again]({{static}}/{name})")
    (problem,) = project.refused()
    assert problem.startswith(f"content/{name}:1: error: [picture] the picture is damaged")


def test_a_picture_with_too_many_pixels_is_one_error(project: Project) -> None:
    made = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(made, "PNG")
    project.write("content/images/a.png", made.getvalue())
    write_text(project, "Words.\n\n![A loaf]({static}/images/a.png)")
    (problem,) = project.refused()
    assert problem.startswith("content/images/a.png:1: error: [picture] the picture has 10,000 × 6,000 pixels.")


def test_figures_have_their_captions_typeset_on_every_page_and_in_downloads(project: Project) -> None:
    project.write("content/images/a.png", png(300, 200))
    body = '![Docks]({static}/images/a.png "The \'docks\' -- 1974")\n\n![Mill]({static}/images/a.png)\n*The "mill"*'
    write_text(project, f"{body}\n\n![Alone]({{static}}/images/a.png)\n\nWords with ![one]({{static}}/images/a.png).")
    build(BuildOptions(project.root / "testconf.py", project.content, project.output, ADDRESS, formats="all"))
    page = project.page(PAGE)
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", html.unescape(page))
    assert captions[1] == "The “mill”"
    assert "‘docks’" in captions[0]
    assert page.count("<figure") == 3
    assert not re.search(r"<img[^>]* title=", page)
    text = project.page("leaflets/bread/bread.txt")
    assert "[Mill]\nThe “mill”\n" in text
    with zipfile.ZipFile(project.output / "leaflets" / "bread" / "bread.epub") as book:
        assert book.read("EPUB/text-1.xhtml").decode().count("<figcaption>") == 2


@pytest.mark.parametrize(
    ("body", "described"),
    [
        ("![Docks]({static}/images/a.png)\n\nFirst words.", "First words."),
        ('![Docks]({static}/images/a.png "A caption")\n\nFirst words.', "First words."),
        ("## Part\n\n> Quoted words.", "Quoted words."),
        ("- one\n- two\n\nFirst words.", "First words."),
        ("| a | b |\n|---|---|\n| c | d |\n\nFirst words.", "First words."),
        ("- one\n- two[^1]\n\n[^1]: A note.", ""),
        ("![Docks]({static}/images/a.png)", ""),
    ],
)
def test_a_description_is_of_words_or_left_out(project: Project, body: str, described: str) -> None:
    project.write("content/images/a.png", png(300, 200))
    write_text(project, body, "Added: 2020-01-01\n")
    project.build()
    page = project.page(PAGE)
    assert re.findall(r'"og:description" content="([^"]*)"', page) == ([described] if described else [])
    assert re.findall(r'name="description" content="([^"]*)"', page) == ([described] if described else [])
    assert ('"description"' in page) is bool(described)
    assert f"<summary>1974.{f' {described}' if described else ''}</summary>" in re.sub(
        r"<summary[^>]*>", "<summary>", project.page("feeds/all.atom.xml")
    )


def test_the_first_picture_stands_for_a_text_in_previews(project: Project) -> None:
    project.write("content/images/a b.png", png(2400, 1200))
    project.write("content/images/loaf.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    write_text(project, '![Loaf]({static}/images/loaf.svg)\n\n![The "docks"]({static}/images/a%20b.png)')
    project.leaflet("b.md", "Without")
    project.build()
    image = dict(re.findall(r'property="og:image(:\w+)?" content="([^"]*)"', project.page(PAGE)))
    assert re.fullmatch(rf"{ADDRESS}/images/a%20b\.[0-9a-f]{{8}}-1600\.webp", image[""])
    assert (image[":width"], image[":height"]) == ("1600", "800")
    assert "docks" in image[":alt"]
    assert f'"og:image" content="{ADDRESS}/icon-512.png"' in project.page("leaflets/without/index.html")


def test_an_edited_picture_renders_the_page_that_shows_it_and_makes_no_other_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("content/images/a.png", png(900, 600))
    project.write("content/images/b.jpg", photo(".jpg", size=(900, 600)))
    write_text(project, "![A]({static}/images/a.png)\n\n![B]({static}/images/b.jpg)")
    project.build()
    made: list[Any] = []
    small = press.site.images.make_smaller
    monkeypatch.setattr(press.site.images, "make_smaller", lambda *given: made.append(given[1]) or small(*given))
    project.leaflet("c.md", "Another")
    project.build()
    assert made == []
    project.write("content/images/a.png", png(1200, 600))
    project.build()
    assert made == [".png", ".png"]
    assert 'width="1200" height="600"' in project.page(PAGE)
    assert tree_of(project.output) == rebuild_clean(project)


def test_a_dry_run_makes_no_smaller_picture_and_finds_no_broken_link(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press.site.images, "make_smaller", None)
    project.write("content/images/a.png", png(900, 600))
    write_text(project, "![A]({static}/images/a.png)")
    problems = find_in_stages(BuildOptions(project.root / "testconf.py", project.content, project.output, ADDRESS))
    assert problems == []


def test_the_source_is_never_a_link_of_the_published_picture(project: Project) -> None:
    source = project.write("content/images/a.png", png(300, 200))
    write_text(project, "![A]({static}/images/a.png)")
    project.build()
    published = [path for path in (project.output / "images").iterdir() if path.is_file()]
    assert [Path(path).samefile(source) for path in published] == [False]
