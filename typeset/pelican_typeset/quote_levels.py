"""Find how deep in other quotations each mark of a passage is, which decides between outer and inner marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pelican_typeset.blocks import Block, primary
from pelican_typeset.marks import GUILLEMETS, STRAIGHT, Mark
from pelican_typeset.quote_pairs import Passage
from pelican_typeset.quote_styles import Marks

MarksOf = Callable[[str], Marks | None]
"""Language → its four marks, or None where they are unknown."""
BEGINS = ("open", "lead", "lone open")
OUTER_MARKS = f'{GUILLEMETS}"„“”'
NO_QUOTATION = ("", "none", "measure", "gershayim")


def set_levels(passage: Passage, marks_of: MarksOf) -> None:
    """Give each mark that is to be set its level: 1 is the outermost, and 0 leaves a mark alone."""
    marks = marks_of(passage.block.pieces[0].lang)
    is_own = marks is not None and marks[0].strip() in GUILLEMETS  # set already, where the levels cannot be known
    follows_on = any(keeps_lead(mark, marks_of) for mark in passage.marks)
    base = 0 if (is_own and passage.is_quiet) or follows_on else passage.base
    nests = list(_nests(passage, base, is_own=is_own))
    has_outer = any(nest[0].char in OUTER_MARKS and nest[0].role in BEGINS for nest in nests)
    for nest in nests:
        is_inside = nest[0] is passage.marks[0] and base > 0
        _level(nest, passage.block, marks_of(nest[0].element.lang), is_inside, has_outer)


def keeps_lead(mark: Mark, marks_of: MarksOf) -> bool:
    """Return whether it is a closing mark that begins a paragraph, as Spanish has it (RAE, comillas de seguir)."""
    lang = mark.element.lang
    marks = marks_of(lang) if mark.role == "lead" and primary(lang) == "es" else None
    return marks is not None and mark.char == marks[1]


def is_english(lang: str) -> bool:
    """Return whether a BCP 47 tag is English of any region."""
    return primary(lang) == "en"


def _nests(passage: Passage, base: int, *, is_own: bool) -> Iterator[list[Mark]]:
    """Yield the marks of each outermost quotation, with their depth as their level."""
    depth, nest = base, list[Mark]()
    for mark in passage.marks:
        if mark.role in NO_QUOTATION:
            continue
        if mark.role == "open" and (mark.partner or mark.ink == 0 or not is_own):
            depth += 1
        mark.level = max(1, depth) + mark.role.startswith("lone")
        nest.append(mark)
        depth = max(0, depth - (mark.role == "close"))
        if not depth:
            yield nest
            nest = []
    if nest:
        yield nest


def _level(nest: Sequence[Mark], block: Block, marks: Marks | None, is_inside: bool, has_outer: bool) -> None:
    """Let straight marks alone keep their kind; depth decides where there are guillemets, or other marks too.

    Curly marks, and the guillemets of a language that has them inside its own marks, are set already. In such a
    language singles are inner marks beside outer ones only (`has_outer`): alone, nobody could tell what `«so»` was.
    """
    if marks is None or any(mark.is_typed for mark in nest):
        return
    chars, english = {mark.char for mark in nest}, is_english(nest[0].element.lang)
    has_inner_guillemets = marks[2].strip() in GUILLEMETS
    is_inner = nest[0].char == "'" or (nest[0].char in "‹›" and marks[2].strip() == "‚")  # ›so‹ in German
    starts_inner = is_inner and not is_inside and not has_inner_guillemets
    if chars <= set(STRAIGHT) and (has_outer or not (has_inner_guillemets and nest[0].char == "'")):
        _level_straight(nest, by_depth="'" not in chars and not english, is_inside=is_inside)
    elif chars & set(GUILLEMETS) or (chars & set(STRAIGHT) and not english):
        is_set = has_inner_guillemets and marks[0] not in GUILLEMETS and marks[0] in block.text
        is_set &= chars <= set(GUILLEMETS)
        for mark in nest:
            mark.level = 0 if is_set and mark.is_closed_up else mark.level + starts_inner
    else:
        for mark in nest:
            mark.level = {'"': 1, "'": 2}.get(mark.char, 0)


def _level_straight(nest: Sequence[Mark], *, by_depth: bool, is_inside: bool) -> None:
    """Let doubles be outer marks and singles inner ones; doubles in doubles alternate where both have a partner."""
    unclosed = 0
    for mark in nest:
        unclosed += mark.role in ("open", "lead") and not mark.partner
        if by_depth and mark.partner:
            mark.level = max(1, mark.level - unclosed - is_inside)
        else:
            mark.level = 1 if mark.char == '"' else 2
