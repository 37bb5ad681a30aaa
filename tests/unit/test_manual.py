"""The manual is whole where there is no repository: every link of its pages leads to a place that is there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from press.editor.manual import DOCS, PAGES, write_manual


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_manual(tmp_path_factory.mktemp("manual")).parent


@pytest.mark.parametrize("name", ["index", *PAGES])
def test_every_link_leads_to_a_place_that_is_there(manual: Path, name: str) -> None:
    page = html.parse(manual / f"{name}.html").getroot()
    for link in page.xpath("//a/@href"):
        address = urlsplit(link)
        if address.scheme:
            assert address.scheme == "https", link
            continue
        target = manual / (address.path or f"{name}.html")
        assert target.is_file(), link
        ids = html.parse(target).getroot().xpath("//@id")
        assert not address.fragment or address.fragment in ids, link


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_every_heading_of_its_source(manual: Path, name: str) -> None:
    page = html.parse(manual / f"{name}.html").getroot()
    source = re.sub(r"^```.*?^```$", "", (DOCS / f"{name}.md").read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^## (.+)$", source, re.MULTILINE)
    shown = [" ".join(heading.text_content().split()) for heading in page.xpath("//h2")]
    assert shown == [heading.replace("`", "") for heading in headings]


def test_it_loads_nothing_and_runs_nothing(manual: Path) -> None:
    for page in manual.iterdir():
        assert html.parse(page).getroot().xpath("//script | //link | //img | //@src | //@onclick") == []
