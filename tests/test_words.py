"""Words are found quickly, and as the regular expression would find them."""

from __future__ import annotations

import re
import sys

from hypothesis import example, given
from hypothesis import strategies as st

from press.plugins.leaflets.words import letters_of, split_words

EVERY_CHARACTER = " ".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)


@given(st.text() | st.text("aB1_ -.’“é²\N{NO-BREAK SPACE}\n\x1c"))
@example(EVERY_CHARACTER)
@example(EVERY_CHARACTER[:256])
@example("It’s 5 % – a_b")
def test_words_are_runs_of_letters_and_figures(text: str) -> None:
    assert split_words(text) == re.findall(r"[^\W_]+", text)


def test_letters_are_those_that_a_reader_sees() -> None:
    assert letters_of('<em title="no">It’s</em> 5&nbsp;% &amp; caf&eacute;') == "Its5café"
