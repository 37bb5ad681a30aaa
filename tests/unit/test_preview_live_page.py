"""What the preview sends: its script in every page and nowhere else, and no file from outside the site."""

from __future__ import annotations

import html
import threading
from pathlib import Path

import pytest

from press.preview.live_page import loosen_policy, make_live
from press.preview.routes import add_slash, content_type, find_file, follow
from press.preview.screen import Screen, View

SCRIPT = (
    '<script src="/.preview/live.js" data-build="3a" data-sheet="7f"></script>\n'
    '<script src="/.preview/hints.js"></script>\n'
)


@pytest.mark.parametrize(
    ("page", "live"),
    [
        ("<html><head><title>A</title></head><body>", f"<html><head><title>A</title>{SCRIPT}</head><body>"),
        ("<HEAD>\n</HEAD>\n</head>", f"<HEAD>\n{SCRIPT}</HEAD>\n</head>"),
        ("<head><!-- </head> -->\n</head>", f"<head><!-- </head> -->\n{SCRIPT}</head>"),
        ("<head>é\n–</head><p>&lt;/head></p>", f"<head>é\n–{SCRIPT}</head><p>&lt;/head></p>"),
        ("<head>\r\n\x0b\u2028\n</head>\r\n", f"<head>\r\n\x0b\u2028\n{SCRIPT}</head>\r\n"),
        ("no head at all", f"{SCRIPT}no head at all"),
        ("", SCRIPT),
    ],
)
def test_the_script_is_added_at_the_end_of_the_head_and_nothing_else_changes(page: str, live: str) -> None:
    assert make_live(page, "3a", "7f") == live


def test_a_policy_in_the_page_lets_the_script_work_and_keeps_the_rest() -> None:
    later = """<body><meta http-equiv="Content-Security-Policy" content="script-src 'none'">"""
    page = (
        "<head>\n<meta charset=utf-8>\n<meta http-equiv='content-security-policy'\n"
        f""" content="default-src 'none'; script-src 'none'; style-src 'self'">\n</head>\n{later}"""
    )
    policy = html.escape("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    assert make_live(page, "3a", "7f") == (
        f'<head>\n<meta charset=utf-8>\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"{SCRIPT}</head>\n{later}"
    )


@pytest.mark.parametrize(
    ("policy", "directives"),
    [
        ("", set()),
        ("img-src 'self'", {"img-src 'self'"}),
        ("script-src 'none'", {"script-src 'self'"}),
        ("default-src 'none'", {"default-src 'none'", "script-src 'self'", "connect-src 'self'"}),
        ("default-src 'self'; base-uri 'none'", {"default-src 'self'", "base-uri 'none'"}),
        (
            "SCRIPT-SRC 'wasm-unsafe-eval'; connect-src https://a.example",
            {"script-src 'wasm-unsafe-eval' 'self'", "connect-src https://a.example 'self'"},
        ),
        (
            "script-src-elem 'none'; script-src 'none'; upgrade-insecure-requests;;",
            {"script-src-elem 'self'", "script-src 'none'", "upgrade-insecure-requests"},
        ),
        ("script-src 'none'; script-src *", {"script-src 'self'"}),
    ],
)
def test_a_policy_is_loosened_only_for_what_the_script_needs(policy: str, directives: set[str]) -> None:
    loosened = loosen_policy(policy)
    assert {part.strip() for part in loosened.split(";") if part} == directives
    assert set(loosen_policy(loosened).split("; ")) == set(loosened.split("; "))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A site, and next to it files that must not be served."""
    site = tmp_path / "site"
    for path in ("index.html", "2006/10/index.html", "404.html", "images/é b.svg", "empty/a.txt", "..a/b.txt"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text("seen")
    (tmp_path / "secret.txt").write_text("secret")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    (site / "folder").symlink_to(tmp_path)
    (site / "loop").symlink_to(site / "loop")
    (site / "inside.txt").symlink_to(site / "index.html")
    return site


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/2006/10/", "2006/10/index.html"),
        ("/2006/10/?q=a/../b", "2006/10/index.html"),
        ("/404.html", "404.html"),
        ("/images/%C3%A9%20b.svg", "images/é b.svg"),
        ("/..a/b.txt", "..a/b.txt"),
        ("/inside.txt", "inside.txt"),
    ],
)
def test_an_address_leads_to_its_file(tree: Path, address: str, path: str) -> None:
    assert find_file(tree, address) == tree / path


OUTSIDE = [
    "/../secret.txt",
    "/2006/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%252e%252e/secret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "//secret.txt",
    "//[::1/secret.txt",
    "/2006//10/",
    "/./index.html",
    "/link.txt",
    "/folder/secret.txt",
    "/loop",
    "/index.html%00.txt",
    "/%ff",
    "/etc/passwd",
    "//etc/passwd",
    "/empty/",
    "/2006",
    "/index.html/",
    "secret.txt",
    "http://127.0.0.1/secret.txt",
    "*",
    "?",
    "/" + "a/" * 5000,
    "/" + "a" * 5000,
]


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_never_leads_outside_or_to_a_folder_listing(tree: Path, address: str) -> None:
    found = find_file(tree, address)
    assert found is None or (address == "?" and found == tree / "index.html")


def test_a_page_without_its_slash_is_redirected(tree: Path) -> None:
    assert add_slash(tree, "/2006/10") == "/2006/10/"
    assert [add_slash(tree, address) for address in ("/2006", "/2006/10/", "/404.html", "//2006/10", "/nothing")] == [
        None
    ] * 5


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("style.3f.css", "text/css; charset=utf-8"),
        ("live.js", "text/javascript; charset=utf-8"),
        ("all.atom.xml", "application/xml; charset=utf-8"),
        ("loaf.svg", "image/svg+xml; charset=utf-8"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("loaf.webp", "image/webp"),
        ("loaf.JPG", "image/jpeg"),
        ("harbour.epub", "application/epub+zip"),
        ("harbour.pdf", "application/pdf"),
        ("manifest.json", "application/json"),
        ("a.txt.gz", "application/octet-stream"),
        ("nothing", "application/octet-stream"),
    ],
)
def test_a_file_has_the_type_of_its_ending(name: str, kind: str) -> None:
    assert content_type(name) == kind


def test_a_text_that_moved_is_followed_to_its_present_address() -> None:
    former = {"/leaflets/har/": "a.md", "/leaflets/harbour/": "a.md", "/leaflets/gone/": "b.md"}
    now = {"/leaflets/harbour/": "a.md"}
    assert follow("/leaflets/har/?print", former, now) == "/leaflets/harbour/"
    assert follow("/leaflets/gone/", former, now) is None
    assert follow("/leaflets/never/", former, now) is None


def test_problems_keep_the_site_and_a_new_site_clears_them(tmp_path: Path) -> None:
    screen = Screen()
    screen.show_problems(("a.md:1: error: [date] no",))
    assert "there is no page yet" in screen.view.as_event()
    screen.show_site(tmp_path, "1", {"/leaflets/a/": "a.md"})
    screen.show_problems(("a.md:1: error: [date] no",))
    assert (screen.view.site, screen.view.build, len(screen.view.problems)) == (tmp_path, "1", 1)
    screen.show_site(tmp_path, "2", {"/leaflets/b/": "a.md"})
    assert screen.view.problems == ()
    assert screen.view.former == {"/leaflets/a/": "a.md", "/leaflets/b/": "a.md"}


def test_only_a_change_wakes_those_who_wait_for_the_screen() -> None:
    screen = Screen()
    before = screen.view
    assert screen.wait_for_another(before, 0) is before
    seen: list[View] = []
    waiting = threading.Thread(target=lambda: seen.append(screen.wait_for_another(before, 60)))
    waiting.start()
    screen.show_problems(("wrong",))
    waiting.join(60)
    assert [view.problems for view in seen] == [("wrong",)]
