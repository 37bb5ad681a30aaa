"""The booklet: the pages of the reading PDF imposed two to a side, so that the folded stack reads in order."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from press.model.formats import PAPERS

_POINTS = 72 / 25.4
"""Points in a millimetre."""

_BAR = (1.5 * _POINTS, 10 * _POINTS)
"""The width and height of the mark on a spine; half of the width is on each side of the fold."""


def order_pages(count: int, most: int = 10) -> Iterator[tuple[int | None, int | None]]:
    """Yield the numbers of the left and right page on each side of each sheet, front and back in turn.

    Blank pages (None) make `count` a multiple of four. They come before the last page, which is the back cover.
    Three pages become (3, 1), (2, None): folded, they read 1, 2, a blank, 3. More sheets than `most` are folded in
    several signatures, one after the other, whose numbers of sheets differ by no more than one.
    """
    blanks: list[int | None] = [None] * (-count % 4)
    pages: Sequence[int | None] = [*range(1, count), *blanks, count]
    for sheets in split_sheets(count, most):
        signature, pages = pages[: 4 * sheets], pages[4 * sheets :]
        for side in range(2 * sheets):
            outer, inner = signature[-1 - side], signature[side]
            yield (outer, inner) if side % 2 == 0 else (inner, outer)


def split_sheets(count: int, most: int) -> list[int]:
    """Return how many sheets each signature of `count` pages has."""
    sheets = -(-count // 4)
    signatures = -(-sheets // most)
    return [sheets // signatures + (place < sheets % signatures) for place in range(signatures)]


def impose(pages: bytes, paper: str, lang: str, *, most: int = 10, right_to_left: bool = False) -> bytes:
    """Impose a PDF of small pages on landscape sheets of `paper`, to be printed on both sides and folded once.

    `most` is how many sheets can be folded at once. A right-to-left text is folded at the other edge.
    """
    import pikepdf

    width, height = (side * _POINTS for side in reversed(PAPERS[paper][0]))
    source, target = pikepdf.open(io.BytesIO(pages)), pikepdf.new()
    marks = list(_mark_spines(split_sheets(len(source.pages), most), width, height))
    for sides, mark in zip(order_pages(len(source.pages), most), marks, strict=True):
        target.add_blank_page(page_size=(width, height))
        _fill(target, source, reversed(sides) if right_to_left else sides, width / 2, mark)
    _describe(target, source, lang)
    made = io.BytesIO()
    target.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def _mark_spines(signatures: Sequence[int], width: float, height: float) -> Iterator[str]:
    """Yield what is drawn on each side: on the outermost of each signature, if there are several, a bar on its fold.

    Each bar is a step lower than the one before, so that the spines of a gathered stack show a staircase.
    """
    step = min(_BAR[1], 0.8 * height / len(signatures))
    for place, sheets in enumerate(signatures):
        top = 0.9 * height - place * step
        bar = f"0 g {(width - _BAR[0]) / 2:.3f} {top - step:.3f} {_BAR[0]:.3f} {step:.3f} re f"
        yield bar if len(signatures) > 1 else ""
        yield from [""] * (2 * sheets - 1)


def _fill(target: Any, source: Any, sides: Any, half: float, mark: str) -> None:
    """Put two pages side by side on the last page of `target`, each centred in its half."""
    import pikepdf

    sheet, drawn = target.pages[-1], [f"q {mark} Q"] if mark else []
    for place, number in enumerate(sides):
        if number is None:
            continue
        page = source.pages[number - 1]
        form = target.copy_foreign(_as_form(page))
        # pikepdf would choose a random name
        name = sheet.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Page{number}"))
        shift = half * place + (half - float(page.mediabox[2])) / 2
        drawn.append(f"q 1 0 0 1 {shift:.3f} 0 cm {name} Do Q")
    sheet.Contents = target.make_stream("\n".join(drawn).encode())


def _as_form(page: Any) -> Any:
    """Return what is drawn on a page as something to draw. Its bytes stay compressed as they are."""
    import pikepdf

    page.contents_coalesce()
    form = page.Contents
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox, form.Resources = page.mediabox, page.Resources
    return form


def _describe(target: Any, source: Any, lang: str) -> None:
    """Set title and language, and ask the printer for both sides, flipped on the short edge, without scaling."""
    import pikepdf

    name = pikepdf.Name
    target.docinfo["/Title"] = source.docinfo["/Title"]
    target.Root.Lang = pikepdf.String(lang)
    target.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True, Duplex=name.DuplexFlipShortEdge, PrintScaling=name("/None"), PickTrayByPDFSize=True
    )
