"""`inv build` and `inv publish`: for which address a site is built, what they say, and what cannot be published."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from tests.support.inv import make_inv_project

ADDRESS = "https://archive-of-tests.net"


def test_a_checkout_is_not_published_under_its_placeholder(tmp_path: Path) -> None:
    project = make_inv_project(tmp_path)
    project.fill(1)
    code, printed, reported = project.run("publish", "--allow-removal")
    lines = (ROOT / "publishconf.py").read_text(encoding="utf-8").splitlines()
    (line,) = (number for number, text in enumerate(lines, start=1) if text.startswith("SITEURL = "))
    refusal = f"publishconf.py:{line}: error: [public-address] SITEURL is “https://pamphlets.example”, a placeholder "
    assert (code, printed, reported[0].startswith(refusal)) == (1, "", True)
    assert not project.output.exists()


def test_a_build_says_what_it_was_built_for_and_does_not_speak_of_publishing(tmp_path: Path) -> None:
    project = make_inv_project(tmp_path)
    project.fill(1)
    address = "http://localhost:8000"
    for begin in (f"Built for {address} in output: ", f"Nothing has changed in output, built for {address}: "):
        code, printed, _ = project.run("build", "--formats", "none", "--no-search")
        assert (code, printed[: len(begin)]) == (0, begin)
        assert printed.endswith(" s. To publish, run inv publish.\n")


def test_publishing_says_for_which_address_and_that_reports_would_not_arrive(tmp_path: Path) -> None:
    project = make_inv_project(tmp_path)
    project.fill(1)
    project.run("ledger")
    for begin in (
        f"Published for {ADDRESS} in output: ",
        f"Nothing has changed in output, published for {ADDRESS}: ",
    ):
        code, printed, reported = project.run("publish", "--url", ADDRESS)
        assert (code, printed[: len(begin)]) == (0, begin)
        assert printed.endswith(" s.\n")
        assert [line for line in reported if "LEAFLETS_REPORT_TO is “mailto:archive@pamphlets.example”" in line]


def test_a_typed_address_is_checked_like_that_of_the_settings(tmp_path: Path) -> None:
    project = make_inv_project(tmp_path)
    project.fill(1)
    code, _, reported = project.run("publish", "--url", "http://192.168.1.10/")
    refusal = (
        "--url: error: [public-address] this is “http://192.168.1.10/”, an address that only your own network knows."
    )
    assert (code, [line.startswith(refusal) for line in reported]) == (1, [True])
    assert project.run("build", "--url", "http://192.168.1.10/", "--formats", "none", "--no-search")[0] == 0
