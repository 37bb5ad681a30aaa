"""A real browser visits every page of the test site, served with its `_headers`, and refuses nothing."""

from __future__ import annotations

import fnmatch
import functools
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from press.build import build
from press.options import BuildOptions
from tests.conftest import ROOT, SEARCHED, Project, make_project
from tests.support.browser import needs_chromium

Rules = list[tuple[str, str, str]]
"""Pattern of paths, name of the header, its value."""

pytestmark = [
    pytest.mark.system,
    needs_chromium,
]


def read_headers(text: str) -> Rules:
    """Read a `_headers` file: a path, then its headers, indented."""
    rules, path = [], ""
    for line in text.splitlines():
        if line.startswith("/"):
            path = line
        elif line.strip():
            name, _, value = line.strip().partition(": ")
            rules.append((path, name, value))
    return rules


class Host(SimpleHTTPRequestHandler):
    """A host that sends the headers in `_headers`."""

    rules: Rules = []  # noqa: RUF012  # set once for the one site

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":  # browsers ask for it, whatever the page says
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        for pattern, name, value in self.rules:
            if fnmatch.fnmatchcase(self.path, pattern):
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, str]]:
    """The test site, built for the address on this machine that it is served at."""
    project = make_project(tmp_path_factory.mktemp("served"), SEARCHED)
    handler = functools.partial(Host, directory=str(project.output))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        build(BuildOptions(project.root / "testconf.py", ROOT / "tests" / "sample", project.output, address))
        Host.rules = read_headers((project.output / "_headers").read_text(encoding="utf-8"))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield project, address
        server.shutdown()


def visit(browser: Any, address: str) -> tuple[int, list[str], set[str]]:
    """Open a page; return its status, the messages of the console, and the hosts that received requests."""
    page = browser.new_page()
    reported: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: reported.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda wrong: reported.append(str(wrong)))
    page.on("requestfailed", lambda request: reported.append(f"failed: {request.url}"))
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    status = page.goto(address, wait_until="load").status
    styled = page.evaluate("getComputedStyle(document.body).maxInlineSize || document.styleSheets.length")
    reported += [] if styled else ["no style sheet was taken"]
    page.close()
    return status, reported, asked


def test_the_headers_forbid_all_but_our_own_files(site: Project) -> None:
    rules = {name: value for _, name, value in read_headers((site.output / "_headers").read_text(encoding="utf-8"))}
    assert "default-src 'none'" in rules["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'" in rules["Content-Security-Policy"]
    assert not re.search("'unsafe-(inline|eval|hashes)'", rules["Content-Security-Policy"])
    assert {"Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"} <= set(
        rules
    )


def test_every_page_loads_silently_and_only_from_this_host(served: tuple[Project, str], browser: Any) -> None:
    site, address = served
    pages = sorted(path.relative_to(site.output).as_posix() for path in site.output.rglob("*.html"))
    assert len(pages) > 15
    found = {page: visit(browser, f"{address}/{page.removesuffix('index.html')}") for page in pages}
    host = address.removeprefix("http://")
    assert {page: seen for page, seen in found.items() if seen != (200, [], {host})} == {}


def test_the_browser_would_report_a_script(project: Project, browser: Any, site: Project) -> None:
    """This shows that the test above can fail: a page with a script, under the same policy."""
    headers = read_headers((site.output / "_headers").read_text(encoding="utf-8"))
    policy = next(value for _, name, value in headers if name == "Content-Security-Policy")
    page = browser.new_page()
    reported: list[str] = []
    page.on("console", lambda message: reported.append(message.text))
    body = "<!doctype html><title>A</title><script>document.title = 'B'</script><p style='color:red'>a"
    page.route(
        "**/*",
        lambda route: route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": policy}),
    )
    page.goto("http://127.0.0.1/", wait_until="load")
    assert page.title() == "A"
    assert len([text for text in reported if "Content Security Policy" in text]) == 2
    page.close()
