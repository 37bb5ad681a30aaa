"""A published address stays, redirects, or shows that its text was removed."""

from __future__ import annotations

import pytest

from press.build import list_addresses
from press.cli import run_ledger
from press.diagnostics import Level
from press.model.ledger import HEAD, extend_ledger, read_ledger, settle_addresses
from press.model.urls import is_address
from press.options import BuildOptions
from tests.conftest import Project


@pytest.mark.parametrize(
    "path", ["/", "/a/", "/leaflets/the-harbour/", "/2006/10/old.html", "/a_b/~c/d.e/", "/x.htm"]
)
def test_an_address_of_the_site(path: str) -> None:
    assert is_address(path)


NO_ADDRESSES = """a/ /a //a/ /../a/ /a/../ /./ /.git/ /é/ /a?b /a#b https://x/ /a/index.php /a\b/""".split()


@pytest.mark.parametrize("path", ["", "/a b/", *NO_ADDRESSES])
def test_what_is_not_an_address(path: str) -> None:
    assert not is_address(path)


def test_a_ledger_keeps_what_is_written_by_hand() -> None:
    by_hand = "# Ours.\n/b/ removed 2026-11-23 The author asked.\n/a/\n"
    text, new = extend_ledger(by_hand, ["a/", "c/", ""])
    assert text == "# Ours.\n/\n/a/\n/b/ removed 2026-11-23 The author asked.\n/c/\n"
    assert new == 2
    assert extend_ledger(text, ["a/", "c/", ""]) == (text, 0)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_ledger_keeps_its_line_ends(project: Project, end: str, mark: bytes) -> None:
    project.leaflet("a.md", "Stays")
    file = project.content / "ledger.txt"
    file.write_bytes(mark + f"# Ours.{end}/leaflets/stays/{end}/".encode())
    options = BuildOptions(project.root / "testconf.py", project.content, project.output)
    assert list_addresses(options) > 5
    written = file.read_bytes()
    assert written.startswith(mark + f"# Ours.{end}/{end}/".encode())
    lines = written.removeprefix(mark).decode().split(end)
    assert "/leaflets/stays/" in lines
    assert not any("\n" in line or "\r" in line for line in lines)
    assert list_addresses(options) == 0
    assert file.read_bytes() == written


def test_every_line_of_a_ledger_keeps_its_own_end() -> None:
    assert extend_ledger("# Ours.\r\n/b/\n/a/ removed 2026-11-23 So.\r\n", ["c/"]) == (
        "# Ours.\r\n/a/ removed 2026-11-23 So.\r\n/b/\n/c/\r\n",
        1,
    )


def test_a_ledger_that_cannot_be_extended_is_reported_unchanged(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.leaflet("a.md")
    project.write("content/ledger.txt", "nonsense\n")
    with pytest.raises(SystemExit):
        run_ledger(BuildOptions(project.root / "testconf.py", project.content, project.output))
    assert capsys.readouterr().err.splitlines()[1:] == ["1 error. The ledger is unchanged."]


def test_a_new_ledger_begins_with_an_explanation() -> None:
    assert extend_ledger("", ["a/"]) == (HEAD + "/a/\n", 1)


LEDGER = """# comment
/here/
/moved/
/gone/ removed 2026-11-23 The author asked.
/left/ moved /here/
/2006/10/
/2006/
/category/post/
/author/x/
"""


def test_each_address_gets_what_it_needs() -> None:
    addresses, problems = read_ledger(LEDGER, "ledger.txt")
    outcome = settle_addresses(
        addresses, {"", "here/", "dates/", "2006/", "categories/"}, {"moved/"}, "l", Level.ERROR
    )
    assert problems == []
    assert outcome.problems == ()
    assert outcome.redirects == {
        "left/": "here/",
        "2006/10/": "2006/",
        "category/post/": "categories/",
        "author/x/": "",
    }
    assert [(t.url, t.reason) for t in outcome.tombstones] == [("gone/", "The author asked.")]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("/leaflets/x/", "url-vanished"),
        ("/about/", "url-vanished"),
        ("/here/ removed 2026-11-23 Not so.", "ledger-line"),
        ("/x/ moved /nowhere/", "ledger-line"),
        ("/x/ moved /moved/", "ledger-line"),
    ],
)
def test_what_would_vanish_or_contradicts_the_site_is_a_problem(line: str, rule: str) -> None:
    addresses, _ = read_ledger(line, "ledger.txt")
    (problem,) = settle_addresses(addresses, {"here/"}, {"moved/"}, "ledger.txt", Level.ERROR).problems
    assert (problem.path, problem.line, problem.rule) == ("ledger.txt", 1, rule)


NO_LINES = """\
leaflets/x/
/x/ gone
/x/ removed
/x/ removed yesterday No.
/x/ removed 2026-02-30 No.
/x/ moved x
/a/../b/
/x/ moved https://x.example/"""


@pytest.mark.parametrize("line", NO_LINES.splitlines())
def test_a_line_that_cannot_be_read_is_a_problem(line: str) -> None:
    addresses, problems = read_ledger(f"# a\n{line}\n", "ledger.txt")
    assert addresses == []
    assert [(problem.line, problem.rule) for problem in problems] == [(2, "ledger-line")]


def test_an_address_twice_is_a_problem() -> None:
    assert [f.line for f in read_ledger("/a/\n/b/\n/a/\n", "ledger.txt")[1]] == [3]


def test_a_renamed_text_redirects_and_a_removed_one_leaves_a_tombstone(project: Project) -> None:
    project.write(
        "content/a.md", "Title: New name\nDate: 1974\nRedirect-from: /leaflets/old-name/\n    /1974/old.html\n\nW.\n"
    )
    project.write(
        "content/ledger.txt", "/leaflets/old-name/\n/leaflets/sad/ removed 2026-11-23 It was a <mistake>.\n"
    )
    project.build()
    for old in ("leaflets/old-name/index.html", "1974/old.html"):
        page = project.page(old)
        assert '<meta name="robots" content="noindex">' in page
        assert 'href="https://archive.example/leaflets/new-name/"' in page
    assert '<meta http-equiv="refresh" content="0; url=../../leaflets/new-name/">' in project.page(
        "leaflets/old-name/index.html"
    )
    assert '<meta http-equiv="refresh" content="0; url=../leaflets/new-name/">' in project.page("1974/old.html")
    assert "It was a &lt;mistake&gt;." in project.page("leaflets/sad/index.html")
    redirects = project.page("_redirects").splitlines()
    assert "/leaflets/old-name/old-name.pdf /leaflets/new-name/new-name.pdf 301" in redirects
    assert [line for line in redirects if line.endswith("/ 301")] == [
        "/1974/old.html /leaflets/new-name/ 301",
        "/leaflets/old-name/ /leaflets/new-name/ 301",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("/leaflets/b/", ""), ("/x/", "Redirect-from: /x/\n"), ("/dates/", ""), ("/", "")],
)
def test_an_old_address_that_is_taken_is_a_problem_with_its_line(project: Project, one: str, other: str) -> None:
    project.write("content/b.md", f"Title: B\nDate: 1974\nRedirect-from: {one}\n\nW.\n")
    project.write("content/a.md", f"Title: A\nDate: 1974\n{other}\nW.\n")
    (problem,) = project.refused()
    assert problem.startswith("content/b.md:3: error: [redirect-from]")


def test_a_text_that_vanishes_stops_the_build_and_names_its_address(project: Project) -> None:
    project.leaflet("a.md", "Stays")
    project.write("content/ledger.txt", "/leaflets/stays/\n/leaflets/goes/\n")
    (problem,) = project.refused()
    assert problem.startswith(
        "content/ledger.txt:2: error: [url-vanished] /leaflets/goes/ was published and would vanish"
    )


def test_an_index_that_lost_its_last_text_redirects_to_its_parent(project: Project) -> None:
    project.leaflet("a.md")
    project.write("content/ledger.txt", "/category/letters/\n/1999/\n/1999/12/\n/2006/09/\n")
    project.build()
    redirects = dict(line.split()[:2] for line in project.page("_redirects").splitlines())
    assert redirects == {
        "/1999/": "/dates/",
        "/1999/12/": "/dates/",
        "/2006/09/": "/2006/",
        "/category/letters/": "/categories/",
    }
