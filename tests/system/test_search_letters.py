"""Letters such as ł and œ are found by their plain spelling, and the plain spelling by them, in every language."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from press.build import build
from press.options import BuildOptions
from tests.conftest import SEARCHED, make_project
from tests.site.test_headers import Host
from tests.support.browser import needs_chromium
from tests.system.test_search_browser import search

pytestmark = [
    pytest.mark.system,
    needs_chromium,
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
    "Chant": ("fr", "Bat le cœur des sœurs; il a la parole, il va là-bas, et à la pêche."),
    "Chants": ("fr", "Bat le coeur des soeurs, la grève générale et les grèves."),
    "Le coeur": ("fr", "Des coeurs, et des soeurs de la ville."),
    "Pochód": ("pl", "Robotnicy Łodzi poszli na słomę, a słoma płonie."),
    "Wioska": ("pl", "Na słomę poszli robotnicy z Łodzi."),
    "Frokost": ("da", "De spiste de smorrebrod, og de drak øl."),
    "Middag": ("da", "Alle spiste de smørrebrød i parken."),
    "Spiste de smorrebrod": ("da", "De spiste de smorrebrod."),
}
QUERIES = {
    "Łódź": {"Strajk", "The Polish strike", "Pochód", "Wioska"},
    "lodz": {"Strajk", "The Polish strike", "Pochód", "Wioska"},
    "œuvres": {"La manne", "Les oeuvres"},
    "oeuvres": {"La manne", "Les oeuvres"},
    "coeur": {"La manne", "Chant", "Chants", "Le coeur"},
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
    '"coeur des soeurs"': {"Chant", "Chants"},
    '"cœur des sœurs"': {"Chant", "Chants"},
    '"cœur des soeurs"': {"Chant", "Chants"},
    '"coeur des" parole': {"Chant"},
    '"coeur soeurs"': set(),
    '"robotnicy lodzi"': {"Pochód"},
    '"Robotnicy Łodzi"': {"Pochód"},
    '"poszli na slome"': {"Pochód"},
    '"spiste de smørrebrød"': {"Frokost", "Middag", "Spiste de smorrebrod"},
    '"spiste de smorrebrod"': {"Frokost", "Middag", "Spiste de smorrebrod"},
    '"il a la parole"': {"Chant"},
    '"à la pêche"': {"Chant"},
    '"a la peche"': {"Chant"},
    '"la greve generale"': {"Chants"},
    '"la parole, il va"': {"Chant"},
    '"parole va"': set(),
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


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    opened = browser.new_page(base_url=f"{address}/")
    yield opened
    opened.close()


@pytest.mark.parametrize("query", QUERIES)
def test_both_spellings_find_both(page: Page, query: str) -> None:
    assert set(search(page, query)) == QUERIES[query]


@pytest.mark.parametrize(
    ("query", "excerpt", "marks"),
    [
        ('"coeur des soeurs"', "Bat le cœur des sœurs", ["cœur", "des", "sœurs"]),
        ('"poszli na slome"', "Robotnicy Łodzi poszli na słomę,", ["poszli", "na", "słomę"]),
        ('"a la peche"', "et à la pêche.", ["à", "la", "pêche"]),
    ],
)
def test_the_words_of_a_phrase_are_marked_as_the_text_has_them(
    page: Page, query: str, excerpt: str, marks: list[str]
) -> None:
    search(page, query)
    shown = page.locator("#results .excerpt").filter(has_text=excerpt)
    assert shown.locator("mark").all_inner_texts() == marks


@pytest.mark.parametrize(
    ("query", "first"),
    [('"spiste de smørrebrød"', "Middag"), ('"cœur des sœurs"', "Chant"), ('"coeur des soeurs"', "Chants")],
)
def test_a_phrase_as_it_was_typed_comes_before_its_other_spellings(page: Page, query: str, first: str) -> None:
    assert search(page, query)[0] == first


def test_no_further_text_is_fetched_for_a_phrase_without_such_words(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    assert search(page, '"mills stand"') == ["The Polish strike"]
    assert len([url for url in fetched if url.endswith(".pf_fragment")]) == 1
