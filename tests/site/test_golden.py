"""The pages of the test site are, byte for byte, those in tests/golden/, which a person has read."""

from __future__ import annotations

import difflib

from tests.conftest import ROOT, Project
from tests.support.golden_site import golden_files

ACCEPT = "Read the difference; if it is what was meant, run: inv dev.accept"


def test_the_site_is_the_golden_site(site: Project) -> None:
    built, golden = golden_files(site.output), golden_files(ROOT / "tests" / "golden")
    changes = [_compare(path, golden.get(path, b""), built.get(path, b"")) for path in sorted({*golden, *built})]
    assert not any(changes), "\n".join([*filter(None, changes), ACCEPT])


def _compare(path: str, golden: bytes, built: bytes) -> str:
    if golden == built:
        return ""
    lines = [data.decode("utf-8", "backslashreplace").splitlines() for data in (golden, built)]
    return "\n".join(difflib.unified_diff(*lines, f"golden/{path}", f"built/{path}", lineterm="", n=1))
