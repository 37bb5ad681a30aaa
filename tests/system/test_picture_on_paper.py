"""What the browser prints: a tall picture on one page, tables of any width, long lines of code, and notes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests.conftest import Project
from tests.support.browser import needs_chromium

pytestmark = [pytest.mark.system, needs_chromium]


@pytest.mark.parametrize("size", [(900, 1400), (40, 4000), (1000, 1000)])
def test_a_picture_is_never_cut_by_print(project: Project, browser: Any, size: tuple[int, int]) -> None:
    made = io.BytesIO()
    Image.effect_noise(size, 60).save(made, "PNG")
    project.write("content/images/a.png", made.getvalue())
    words = "Words before the picture, so that it does not begin a page. " * 6
    body = f'{words}\n\n![A cover]({{static}}/images/a.png "Its caption")\n\n{words}'
    project.write("content/a.md", f"Title: Bread\nDate: 1974\n\n{body}\n")
    project.build()
    page = browser.new_page()
    page.goto((project.output / "leaflets" / "bread" / "index.html").as_uri())
    for paper in ("A4", "A5", "Letter"):
        with pikepdf.open(io.BytesIO(page.pdf(format=paper))) as printed:
            assert sum(bool(each.get_images()) for each in printed.pages) == 1, paper
    page.close()


POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext: apt-get install poppler-utils")


@POPPLER
def test_a_table_that_is_too_wide_for_paper_is_printed_to_its_last_cell(project: Project, browser: Any) -> None:
    """Its last columns used to be cut off, and the whole page was shrunk."""
    row = "| " + " | ".join(f"c{n}.{n}s" for n in range(30)) + " |\n"
    project.write(
        "content/a.md", f"Title: Bread\nDate: 1974\n\nWords.\n\n{row}{'|---' * 30}|\n{row.replace('c', 'd')}"
    )
    project.write("content/b.md", "Title: Roses\nDate: 1974\n\nWords.\n\n| a | b |\n|---|---|\n| c | d |\n")
    project.build()
    page = browser.new_page()
    printed = {}
    for slug in ("bread", "roses"):
        page.goto((project.output / "leaflets" / slug / "index.html").as_uri())
        command = ["pdftotext", "-bbox", "-", "-"]
        printed[slug] = subprocess.run(
            command, input=page.pdf(format="A4"), capture_output=True, check=True
        ).stdout.decode()
    page.close()
    assert all(f">{letter}{n}.{n}s" in printed["bread"] for letter in "cd" for n in range(30))
    heights = {slug: next(_heights(text)) for slug, text in printed.items()}
    assert heights["bread"] == pytest.approx(heights["roses"], abs=0.2)


def print_text(project: Project, browser: Any, text: str, *options: str) -> str:
    """Publish a leaflet, print it, and return what can be read on the paper."""
    project.write("content/a.md", f"Title: Bread\nDate: 1974\n\nWords.\n\n{text}\n")
    project.build()
    page = browser.new_page()
    page.goto((project.output / "leaflets" / "bread" / "index.html").as_uri())
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=printed, capture_output=True, check=True).stdout.decode()


def table_of(columns: int, amount: str = "{n}s. 11d.") -> str:
    heads = "".join(f" Year {1900 + n} |" for n in range(columns))
    amounts = "".join(f" {amount.format(n=n + 20)} |" for n in range(columns))
    return f"| Item |{heads}\n|---|{'---:|' * columns}\n| Milk for the children |{amounts}\n"


@POPPLER
def test_amounts_in_a_table_of_nine_columns_stay_on_one_line(project: Project, browser: Any) -> None:
    printed = print_text(project, browser, table_of(8), "-layout")
    (row,) = [line for line in printed.split("\n") if "20s." in line]
    assert row.split("children")[1].split() == [word for n in range(20, 28) for word in (f"{n}s.", "11d.")]
    (heads,) = [line for line in printed.split("\n") if "Year 1900" in line]
    assert "Year 1907" in heads


@POPPLER
def test_each_cell_of_a_table_too_wide_for_paper_is_after_the_head_of_its_column(
    project: Project, browser: Any
) -> None:
    printed = print_text(project, browser, table_of(30), "-layout")
    for n in range(30):
        assert f"Year {1900 + n}: {n + 20}s. 11d." in printed
    assert printed.count("Year 1900") == 1


@POPPLER
def test_a_head_with_a_note_is_printed_with_its_mark_and_named_without_it(project: Project, browser: Any) -> None:
    table = table_of(30).replace("1905", '1905 "B" & <[^a]')
    printed = "".join(print_text(project, browser, f"{table}\n\n[^a]: The note.").split())
    assert "Year1905“B”&<1;" in printed
    assert "Year1905“B”&<:25s.11d." in printed


@POPPLER
def test_an_amount_longer_than_a_line_is_printed_whole(project: Project, browser: Any) -> None:
    long = " ".join(f"word{n}" for n in range(60))
    printed = print_text(project, browser, f"| a | b |\n|---|---:|\n| c | {long} |", "-bbox")
    placed = re.findall(r'<word xMin="[\d.]+" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(word\d+)', printed)
    assert len({word for _, word in placed}) == 60
    assert max(float(edge) for edge, _ in placed) < 540
    assert next(_heights(printed)) > 10


@POPPLER
def test_a_long_line_of_code_is_printed_whole(project: Project, browser: Any) -> None:
    run = "/a.b" * 60
    printed = print_text(project, browser, f"```\nNAME {run}\n```")
    assert f"NAME{run}" in re.sub(r"\s", "", printed)


@POPPLER
def test_the_gaps_between_notes_are_even(project: Project, browser: Any) -> None:
    """Notes of one paragraph were closer together than those of two."""
    text = "A[^1], b[^2].\n\nC[^3].\n\n> D[^4].\n\nE[^5], f[^6].\n\n" + "\n".join(
        f"[^{n}]: Note{n}" for n in range(1, 7)
    )
    placed = re.findall(r'yMin="([\d.]+)"[^>]*>Note\d', print_text(project, browser, text, "-bbox"))
    tops = [float(place) for place in placed]
    gaps = [below - above for above, below in pairwise(tops)]
    assert len(gaps) == 5
    assert max(gaps) - min(gaps) < 1


def _heights(printed: str) -> Iterator[float]:
    for top, bottom in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">Words\.', printed):
        yield float(bottom) - float(top)
