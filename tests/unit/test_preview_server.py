"""The server answers from the tree that is shown, even while another takes its place; the search is beside it."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from press.preview.hint_desk import HintDesk
from press.preview.indexing import Indexer
from press.preview.routes import find_file, root_of
from press.preview.screen import Screen, View
from press.preview.server import PreviewServer, open_server
from press.search.documents import SearchContent, SearchDocument
from press.search.pagefind import run_pagefind


class LateScreen(Screen):
    """A screen that is asked just before a tree goes away."""

    def __init__(self, former: Path) -> None:
        super().__init__()
        self.first: View | None = View(former, "former", addresses={"/a/": "a.md"}, former={"/a/": "a.md"})

    @property
    def view(self) -> View:
        """The former view at first, and the present one after that."""
        late, self.first = self.first, None
        return late or super().view


@contextmanager
def answering(screen: Screen) -> Iterator[PreviewServer]:
    server = open_server(screen, HintDesk(), 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(server: PreviewServer, address: str) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)) as connection:
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, answer.read()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("/a/", 200, b"present"), ("/b.txt", 200, b"present"), ("/a", 302, b""), ("/nothing/", 404, b"no such page")],
)
def test_a_tree_that_goes_away_under_a_request_is_not_missed(
    tmp_path: Path, address: str, status: int, words: bytes
) -> None:
    present = tmp_path / "present"
    (present / "a").mkdir(parents=True)
    (present / "a" / "index.html").write_text("<head></head>present", encoding="utf-8")
    (present / "b.txt").write_text("present", encoding="utf-8")
    (present / "404.html").write_text("<head></head>no such page", encoding="utf-8")
    screen = LateScreen(tmp_path / "gone")
    screen.show_site(present, "present", {"/a/": "a.md"})
    with answering(screen) as server:
        found, body = ask(server, address)
    assert (found, words in body) == (status, True)


def test_the_index_of_the_search_is_beside_the_trees_and_made_once_for_the_same_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def run(source: Path, target: Path, scratch: Path) -> None:
        made.append(sum(1 for _ in source.rglob("*.html")))
        run_pagefind(source, target, scratch)

    monkeypatch.setattr("press.search.index_folder.run_pagefind", run)
    page = '<!doctype html><html lang="en"><body data-pagefind-body><p>Words of {}.</p></body></html>'
    one, other = (
        SearchDocument("en", f"{name}/index.html", place, page.format(name))
        for place, name in enumerate(("one", "other"))
    )
    indexer, tree = Indexer(tmp_path), tmp_path / "tree"
    tree.mkdir()
    for documents in ([one], [one], [one, other]):
        indexer._put(SearchContent(tuple(documents), "words"))
        found = find_file(root_of(tree, "/pagefind/en.pack"), "/pagefind/en.pack")
        assert found is not None
        parts = json.loads(found.read_bytes().partition(b"\n")[0])["folder"]
        assert (found.parent / "index" / parts / "fragment").is_dir()
    assert made == [1, 2]
    assert root_of(tree, "/leaflets/pagefind/") == tree
    assert {path.name for path in (tmp_path / "search").iterdir()} == {"making", "pagefind"}
