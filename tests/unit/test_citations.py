"""Citations contain all known metadata, and other programs can read them."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import bibtexparser
import pytest
import rispy

from press.exports.citations import cite, cite_bibtex, cite_csl, cite_ris, join_citations
from tests.support.export_inputs import PLACE, leaflet

FULL = leaflet(
    title="Bread & 50 % more_of {it} \\ “now”",
    authors=("Ada Brennan", "The Harbour Street Committee", "Vincent van Gogh"),
    translators=("Jo Müller",),
    publisher="Harbour Street Committee",
    place="Wexcombe",
    series="Bulletin",
    identifier="HSB 14",
    summary="A summary.",
    tags=("bread",),
)


@pytest.mark.parametrize(
    ("date", "bibtex", "ris", "csl"),
    [
        (
            "2006-10-24",
            {"year": "2006", "month": "oct", "day": "24"},
            ("2006", "2006/10/24/"),
            {"date-parts": [[2006, 10, 24]]},
        ),
        ("2006-10", {"year": "2006", "month": "oct"}, ("2006", "2006/10//"), {"date-parts": [[2006, 10]]}),
        ("2006", {"year": "2006"}, ("2006", "2006///"), {"date-parts": [[2006]]}),
        ("1974~", {"year": "about 1974"}, ("1974", "1974///about 1974"), {"date-parts": [[1974]], "circa": True}),
        ("1974?", {"year": "perhaps 1974"}, ("1974", "1974///perhaps 1974"), {"date-parts": [[1974]], "circa": True}),
        (
            "2006-21",
            {"year": "2006", "month": "spring"},
            ("2006", "2006///spring 2006"),
            {"date-parts": [[2006]], "season": 1},
        ),
        ("197X", {"year": "1970s"}, (None, "///1970s"), {"literal": "1970s"}),
        ("1918/1920", {"year": "1918--1920"}, (None, "///1918–1920"), {"date-parts": [[1918], [1920]]}),
        ("../1917", {"year": "1917 or earlier"}, (None, "///1917 or earlier"), {"literal": "1917 or earlier"}),
        (
            "1968-05~/..",
            {"year": "about May 1968 or later"},
            (None, "///about May 1968 or later"),
            {"literal": "about May 1968 or later"},
        ),
        ("undated", {"year": "undated"}, (None, None), None),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(
    date: str, bibtex: dict[str, str], ris: tuple[str | None, str | None], csl: dict[str, object] | None
) -> None:
    made = leaflet(date=date)
    (entry,) = bibtexparser.parse_string(cite_bibtex(made)).entries
    assert {name: entry[name] for name in ("year", "month", "day") if name in entry} == bibtex
    (record,) = rispy.loads(cite_ris(made))
    assert (record.get("year"), record.get("date")) == ris
    assert cite_csl(made).get("issued") == csl


def test_bibtex_is_read_back() -> None:
    library = bibtexparser.parse_string(cite_bibtex(FULL))
    (entry,) = library.entries
    assert library.failed_blocks == []
    assert (entry.key, entry.entry_type) == ("a", "booklet")
    assert entry["author"] == "Brennan, Ada and {The Harbour Street Committee} and Gogh, Vincent van"
    assert entry["title"] == (r"{Bread \& 50 \% more\_of \textbraceleft{}it\textbraceright{} \textbackslash{} “now”}")
    assert entry["url"] == PLACE


def test_ris_is_read_back() -> None:
    (record,) = rispy.loads(cite_ris(FULL))
    assert record["type_of_reference"] == "PAMP"
    assert record["authors"] == ["Brennan, Ada", "The Harbour Street Committee,", "Gogh, Vincent van"]
    assert record["title"] == FULL.title
    assert record["urls"] == [PLACE]
    assert (record["publisher"], record["place_published"]) == ("Harbour Street Committee", "Wexcombe")


def test_csl_keeps_groups_whole() -> None:
    item = cite_csl(FULL)
    assert item["type"] == "pamphlet"
    assert item["author"][0] == {"family": "Brennan", "given": "Ada"}
    assert item["author"][1] == {"literal": "The Harbour Street Committee"}
    assert item["author"][2] == {"family": "Gogh", "given": "Vincent", "dropping-particle": "van"}


def test_a_suffix_is_where_each_format_has_it_and_a_name_in_its_own_order_stays_whole() -> None:
    made = leaflet(authors=("Martin Luther King Jr.", "Mao Zedong"))
    assert "author = {King, Jr., Martin Luther and {Mao Zedong}}" in cite_bibtex(made)
    assert "AU  - King, Martin Luther, Jr.\nAU  - Mao Zedong,\n" in cite_ris(made)
    king = {"family": "King", "given": "Martin Luther", "suffix": "Jr."}
    assert cite_csl(made)["author"] == [king, {"literal": "Mao Zedong"}]


def test_a_space_that_keeps_a_title_together_is_removed_and_one_next_to_a_mark_is_kept() -> None:
    made = leaflet(title="Le «\N{NO-BREAK SPACE}calme\N{NO-BREAK SPACE}» du\N{NO-BREAK SPACE}port")
    assert "{{Le «~calme~» du port}}" in cite_bibtex(made)
    assert cite_csl(made)["title"] == "Le «\N{NO-BREAK SPACE}calme\N{NO-BREAK SPACE}» du port"


def test_the_files_of_the_archive_are_those_of_its_leaflets() -> None:
    cited = [{name: text.encode() for name, text in cite(made).items()} for made in (FULL, leaflet(title="B"))]
    joined = join_citations(cited)
    assert len(bibtexparser.parse_string(joined["bib"].decode()).blocks) == 2
    assert [record["title"] for record in rispy.loads(joined["ris"].decode())] == [FULL.title, "B"]
    assert [item["title"] for item in json.loads(joined["json"])] == [FULL.title, "B"]


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("pandoc"), reason="no pandoc: apt-get install pandoc")
@pytest.mark.parametrize(("kind", "form"), [("bib", "bibtex"), ("bib", "biblatex"), ("json", "csljson")])
def test_pandoc_reads_the_same(kind: str, form: str, tmp_path: Path) -> None:
    """Debian's pandoc cannot read RIS, which only rispy checks; pandoc drops braces from BibTeX."""
    made, file = replace(FULL, title=FULL.title.replace("{it}", "it")), tmp_path / f"a.{kind}"
    file.write_text(cite(made)[kind], encoding="utf-8")
    read = subprocess.run(["pandoc", "-f", form, "-t", "csljson", file], capture_output=True, text=True, check=True)
    (item,) = json.loads(read.stdout)
    first, second, third = item["author"]
    assert {"family": "Brennan", "given": "Ada"}.items() <= first.items()
    assert [*second.values()] == ["The Harbour Street Committee"]
    assert "Gogh" in third["family"]
    assert item["issued"]["date-parts"] == [[2006, 10, 24]]
    assert (item["title"], item["URL"]) == (made.title, PLACE)
