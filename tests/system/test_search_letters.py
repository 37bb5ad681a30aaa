"""Letters such as ł and œ are found by their plain spelling, and the plain spelling by them, in every language."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from press.build import build
from press.options import BuildOptions
from tests.conftest import SEARCHED, make_project
from tests.site.test_headers import Host
from tests.support.browser import CHROMIUM
from tests.system.test_search_browser import found

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium: apt-get install chromium, or set PRESS_CHROMIUM"),
]

TEXTS = {
    "Strajk": ("pl", "Strajk trwa, a Łódź stoi. Wojna o węgiel."),
    "The Polish strike": ("en", "In Lodz the mills stand still."),
    "La manne": ("fr", "Les œuvres du comité, et le cœur des ouvriers."),
    "Les oeuvres": ("fr", "Le comité paie les oeuvres sociales."),
    "Strejken": ("da", "Søren og Åse strejker; ærlig løn."),
    "A letter": ("en", "Soren wrote from the harbour about aerlig lon."),
    "Die Straße": ("de", "Auf die Straße! Heißt es."),
    "Strasse": ("de", "Alle auf die Strasse."),
    "Grev": ("tr", "Fabrikada ışık yandı."),
    "Verkfall": ("is", "Það er verkfall í Þórshöfn, sagði Guðrún."),
    "Dom": ("hr", "Đorđe je došao kući."),
}
QUERIES = {
    "Łódź": {"Strajk", "The Polish strike"},
    "lodz": {"Strajk", "The Polish strike"},
    "œuvres": {"La manne", "Les oeuvres"},
    "oeuvres": {"La manne", "Les oeuvres"},
    "coeur": {"La manne"},
    "soren": {"Strejken", "A letter"},
    "Søren": {"Strejken", "A letter"},
    "aerlig": {"Strejken", "A letter"},
    "strasse": {"Die Straße", "Strasse"},
    "Straße": {"Die Straße", "Strasse"},
    "isik": {"Grev"},
    "thorshofn": {"Verkfall"},
    "gudrun": {"Verkfall"},
    "dorde": {"Dom"},
    "łódź strajk": {"Strajk"},
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    project = make_project(tmp_path_factory.mktemp("letters"), SEARCHED)
    for number, (title, (lang, text)) in enumerate(TEXTS.items()):
        head = f"Title: {title}\nDate: 19{number + 10}\nCategory: War\nLang: {lang}\n"
        project.write(f"content/{number}.md", f"{head}\n{text}\n")
    output = Path(project.root, "host")
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(output))) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        build(BuildOptions(project.root / "testconf.py", project.content, output, address))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


@pytest.mark.parametrize("query", QUERIES)
def test_both_spellings_find_both(browser: Browser, address: str, query: str) -> None:
    page = browser.new_page(base_url=f"{address}/")
    page.goto(f"search/?q={quote(query, safe='')}")
    assert set(found(page)) == QUERIES[query]
    page.close()
