"""The source that readers can download is the archive's, byte for byte, without what an import keeps in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.model.header import read_header
from press.model.provenance import drop_provenance
from press.model.source_text import decode_source

FILE = f"a b.txt (sha256 {'0a' * 32})"
HEAD = "Title: A\nDate: 1974\n"
BODY = f"\nWords.\n\nImported: words\n    Source: {FILE}\n"


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("", ""),
        (f"Imported:\n    {FILE}\n    A line.\n", ""),
        (f"Imported: {FILE}\n", ""),
        (f"imported:\n\t{FILE}\nLang: en\n", "Lang: en\n"),
        (f"Lang: en\nImported:\n    {FILE}\nNotes: n\n", "Lang: en\nNotes: n\n"),
        (f"Source: {FILE}\n", ""),
        (f"Source:\n    A sheet;\n    {FILE}\nLang: en\n", "Source:\n    A sheet\nLang: en\n"),
        (f"Source: A sheet; {FILE}\n", "Source: A sheet\n"),
        (f"Source: {FILE}\n    of two\n", "Source:\n    of two\n"),
        (f"Source:\n    {FILE}\n    {FILE}\n", ""),
        (f"Source: A sheet\nImported:\n    {FILE}\n", "Source: A sheet\n"),
        (f"Notes: {FILE}\n", f"Notes: {FILE}\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("frame", [("", ""), ("\ufeff", ""), ("---\n", "---\n")])
def test_what_an_import_keeps_is_taken_out(kept: str, shown: str, end: str, frame: tuple[str, str]) -> None:
    written, wanted = (f"{frame[0]}{HEAD}{rows}{frame[1]}{BODY}".replace("\n", end) for rows in (kept, shown))
    assert drop_provenance(written.encode()) == wanted.encode()


@given(st.text("aI:\n\r \u2028;mported", max_size=60))
def test_a_source_without_it_is_untouched(text: str) -> None:
    data = f"Title: A\nDate: 1974\n{text}".encode()
    if "imported" not in read_header(decode_source(data), "").fields:
        assert drop_provenance(data) == data
