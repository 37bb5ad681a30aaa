"""A tall picture in the browser's print is on one page, with its caption."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests.conftest import Project
from tests.support.browser import CHROMIUM

pytestmark = [pytest.mark.system, pytest.mark.skipif(not CHROMIUM, reason="no Chromium")]


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
