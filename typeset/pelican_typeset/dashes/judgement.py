"""Judge what a hyphen between spaces stands for: a dash, a range of years, a sum, or who knows."""

from __future__ import annotations

import enum
import re

from pelican_typeset.blocks import Block
from pelican_typeset.dashes import figures
from pelican_typeset.dashes.figures import APOSTROPHES, DASHES

# A hyphen with spaces on both sides, on the line of the word before it: `calm - the`.
SPACED = re.compile(r"(?P<before>[^\S\n](?<=\S\s)[^\S\n]*+)(?P<hyphen>-)(?P<after>\s+)(?=\S)")
# What no dash follows: a dash, an opening bracket or quotation mark, a sign, the backslash of \-.
NO_DASH_AFTER = re.compile(
    rf"""[{DASHES}(\[{{|=+*/\\<>~_&@\#¿¡]$ | (?<![^\s(\[{{{DASHES}])["'«‹„“\N{{LEFT SINGLE QUOTATION MARK}}‚]+$""",
    re.VERBOSE,
)
# What no dash goes before: a dash, a mark that ends something, a sign.
NO_DASH_BEFORE = re.compile(
    rf"""[{DASHES})\]}}|=+*/\\<>~_,;:!?] | \.(?!\.) | ["”{APOSTROPHES}]+(?=[\s.,;:!?)]|$)""", re.VERBOSE
)
# A figure or a single letter, as in a sum, next to the hyphen.
FIGURE = r"[0-9][0-9.,]*"
OPERAND = rf"(?:{FIGURE}|[^\W\d_])"
OPERAND_BEFORE = re.compile(rf"(?<![\w.,]){OPERAND}$")
OPERAND_AFTER = re.compile(rf"{OPERAND}(?!\w)")
# The rest of the sum, = 5 or 2 +, beyond the operand.
OPERATOR_BEFORE = re.compile(r"[=+×÷*/≤≥±\N{MINUS SIGN}]\s*[\w.,]+$")
OPERATOR_AFTER = re.compile(r"[\w.,]+\s*[=+×÷*/≤≥±\N{MINUS SIGN}]")
# A second hyphen or dash beyond a figure: 1 - 2 - 3.
CHAIN_BEFORE = re.compile(rf"[{DASHES}]\s*{FIGURE}$")
CHAIN_AFTER = re.compile(rf"{OPERAND}\s+-\s+{FIGURE}(?!\w)")
REACH = 24  # how far beside a hyphen its words are read, in characters


class Verdict(enum.Enum):
    """What a hyphen between spaces stands for."""

    DASH = enum.auto()
    YEARS = enum.auto()
    HYPHEN = enum.auto()
    DOUBTFUL = enum.auto()


def judge(text: str, start: int, end: int) -> Verdict:
    """Judge the spaced hyphen between these places: `x - y = 2` is a sum, `1914 - 1918` are years."""
    left, right = text[max(0, start - REACH) : start], text[end : end + REACH]
    if NO_DASH_AFTER.search(left) or NO_DASH_BEFORE.match(right):
        return Verdict.HYPHEN
    one, other = OPERAND_BEFORE.search(left), OPERAND_AFTER.match(right)
    if not one or not other:
        return Verdict.DASH
    if OPERATOR_BEFORE.search(left) or OPERATOR_AFTER.match(right):
        return Verdict.HYPHEN
    if CHAIN_BEFORE.search(left) or CHAIN_AFTER.match(right):
        return Verdict.DOUBTFUL
    if figures.are_years(left, right):
        return Verdict.YEARS
    return Verdict.DOUBTFUL if one[0][0].isdecimal() or other[0][0].isdecimal() else Verdict.DASH


def is_typed(block: Block, at: int) -> bool:
    """Tell a hyphen as typed from `&#45;`, the editor's way to keep one."""
    return block.piece(at).kind == "text"
