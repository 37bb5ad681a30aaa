"""The plugins on a stock Pelican site of Markdown, reStructuredText and HTML, with nothing else installed."""

import ast
import logging
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any

import pelican_typeset
import pytest
from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.settings import configure_settings, read_settings
from pelican_typeset.adapter import converters_of, read_of

PACKAGE = Path(pelican_typeset.__file__).parent
SOURCES = {
    "en.md": "Title: The « calm »\nDate: 2006-10-24\nSummary: « In short »\n\n"
    "A « puppet » and a \"free\" press - the '90s of *Calm*'s.\n",
    "off.md": "Title: The « off »\nDate: 2006-10-24\nQuotes: Off\nDashes: off\n\nA « puppet » - so.\n",
    "de.rst": 'Die « Ruhe »\n############\n\n:date: 2006-10-24\n:lang: de\n:summary: « Kurz »\n\n« Ja » - "nein".\n',
    "fr.html": '<html><head><title>Le "calme"</title><meta name="date" content="2006-10-24">'
    '<meta name="lang" content="fr"></head><body><p class="x">Non ! «Oui» - non</p></body></html>',
    "lost.md": "Title: Lost\nDate: 2006-10-24\n\nThe « calm » ended.\n\nIt was « calm.\n",
    "folder/it.md": "Title: L'«olio»\nDate: 2006-10-24\n\nUn «altro».\n",
    "named «x».md": "Date: 2006-10-24\nSlug: named\n\n" + "« " + "word " * 60 + "»\n",
    "xx.md": "Title: « Unknown »\nDate: 2006-10-24\nLang: tlh\n\n« a »\n",
    "xx2.md": "Title: Unknown again\nDate: 2006-10-24\nLang: tlh\n\n« b »\n",
}


@contextmanager
def own_connections() -> Iterator[None]:
    """Disconnect afterwards what the plugins connect to Pelican's signals."""
    before = list(signals.generator_init.receivers_for(None))
    try:
        yield
    finally:
        for receiver in list(signals.generator_init.receivers_for(None)):
            if receiver not in before:
                signals.generator_init.disconnect(receiver)


def settings_for(folder: Path, **settings: Any) -> dict[str, Any]:
    content = folder / "content"
    content.mkdir(exist_ok=True)
    paths = {"PATH": str(content), "OUTPUT_PATH": str(folder / "output"), "CACHE_PATH": str(folder / "cache")}
    stock = {"SITEURL": "https://example.org", "TIMEZONE": "UTC", "THEME": "simple", "PLUGINS": ["pelican_typeset"]}
    found: dict[str, Any] = configure_settings(read_settings(override={**paths, **stock, **settings}))
    return found


def build_site(folder: Path, **settings: Any) -> dict[str, Any]:
    """Build a site of SOURCES as Pelican does, and return its articles by the names of their files."""
    for name, text in SOURCES.items():
        source = folder / "content" / name
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text, encoding="utf-8")
    articles: dict[str, Any] = {}

    def collect(generator: Any) -> None:
        for article in [*generator.articles, *generator.translations]:
            articles[Path(article.source_path).name] = article

    signals.article_generator_finalized.connect(collect)
    try:
        with own_connections():
            Pelican(settings_for(folder, **settings)).run()
    finally:
        signals.article_generator_finalized.disconnect(collect)
    return articles


def make_generator(folder: Path, plugins: list[str], **settings: Any) -> Any:
    """Make a generator of Pelican with these plugins."""
    with own_connections():
        for plugin in plugins:
            import_module(plugin).register()
        return Generator({}, settings_for(folder, **settings), str(folder / "content"), "simple", "output")


def read(generator: Any, header: Mapping[str, str], body: str) -> str:
    """Read a Markdown text as Pelican does, and return its body."""
    source = Path(generator.path, "text.md")
    lines = [f"{key}: {value}\n" for key, value in {"Title": "A", **header}.items()]
    source.write_text("".join([*lines, "\n", body]), encoding="utf-8")
    return unescape(generator.readers.readers["md"].read(str(source))[0])


# --- a stock site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the articles of a site with all of our settings, and its output folder."""
    folder = tmp_path_factory.mktemp("site")
    articles = build_site(
        folder,
        TYPOGRIFY=True,
        TYPOGRIFY_OMIT_FILTERS=["widont", "caps", "initial_quotes"],
        GUILLEMETS_STYLES={"it": ("“", "”", "‘", "’")},
        GUILLEMETS_FRENCH_PUNCTUATION=True,
        EXTRA_PATH_METADATA={"folder": {"lang": "it"}},
        FILENAME_METADATA="(?P<title>named .*)",
        SUMMARY_MAX_LENGTH=5,
    )
    return articles, folder / "output"


def test_every_format_is_typeset(site: Any) -> None:
    articles, output = site
    text = {name: unescape(article._content) for name, article in articles.items()}
    title = {name: unescape(article.title) for name, article in articles.items()}
    english = "<p>A “puppet” and a “free” press\N{NO-BREAK SPACE}– the ’90s of <em>Calm</em>’s.</p>"
    assert (title["en.md"], text["en.md"]) == ("The “calm”", english)
    assert "“In short”" in unescape(articles["en.md"].summary)
    assert articles["en.md"].slug == "the-calm"
    assert (title["off.md"], "« puppet » - so" in text["off.md"]) == ("The « off »", True)
    assert (title["de.rst"], "„Ja“\N{NO-BREAK SPACE}– „nein“" in text["de.rst"]) == ("Die „Ruhe“", True)
    assert "„Kurz“" in unescape(articles["de.rst"].summary)
    assert title["fr.html"] == "Le «\N{NO-BREAK SPACE}calme\N{NO-BREAK SPACE}»"
    spaced = "Non\N{NARROW NO-BREAK SPACE}! «\N{NO-BREAK SPACE}Oui\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}— non"
    assert spaced in text["fr.html"]
    assert (title["it.md"], "“altro”" in text["it.md"]) == ("L’“olio”", True)
    assert title["named «x».md"] == "named “x”"
    assert title["xx.md"] == "« Unknown »"
    assert "“calm”" in unescape((output / "the-calm.html").read_text(encoding="utf-8"))


def test_an_automatic_summary_is_cut_from_the_converted_body(site: Any) -> None:
    """If it were cut first, its « would never find the »."""
    assert unescape(site[0]["named «x».md"].summary).startswith("<p>“word word")


@pytest.mark.parametrize("typogrify", [True, False])
def test_one_line_in_plugins_is_enough(tmp_path: Path, typogrify: bool) -> None:
    articles = build_site(tmp_path, TYPOGRIFY=typogrify)
    shown = unescape("".join(f"{article.title}{article._content}" for article in articles.values()))
    expected = ("“calm”", "“puppet”", "„Ruhe“", "«\N{NO-BREAK SPACE}Oui")
    assert [words for words in expected if words not in shown] == []


def test_typeset_makes_what_pelican_makes(tmp_path: Path) -> None:
    generator = make_generator(tmp_path, ["pelican_typeset"], TYPOGRIFY=True)
    source = Path(generator.path, "a.md")
    source.write_text("Title: A\n\n« It's » the '90s - \"AT&T & NATO\" - pp. 10-12, *Times*'s `« a » - b` end")
    html, _ = read_of(generator.readers.readers["md"])(str(source))
    made = generator.readers.read_file(base_path=generator.path, path=source.name)._content
    assert pelican_typeset.typeset(str(html), "en") == made


# --- what is logged


def test_lost_marks_and_unknown_languages_are_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    build_site(tmp_path)
    logged = [record.__dict__ for record in caplog.records if hasattr(record, "typeset_rule")]
    rules = {r["typeset_words"]: (r["typeset_rule"], Path(r["typeset_path"]).name) for r in logged}
    assert rules.pop("tlh")[0] == "unknown-language"
    assert rules == {"It was « calm.": ("unmatched-mark", "lost.md")}
    assert len(logged) == 2
    assert {(r["levelno"], r["typeset_level"]) for r in logged} == {(logging.WARNING, "warning")}


def test_with_advice_every_text_reports_its_unknown_language(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build_site(tmp_path, TYPESET_ADVICE=True)
    logged = [record.__dict__ for record in caplog.records if hasattr(record, "typeset_rule")]
    unknown = [Path(r["typeset_path"]).name for r in logged if r["typeset_rule"] == "unknown-language"]
    assert sorted(unknown) == ["xx.md", "xx2.md"]


def test_doubtful_hyphens_are_logged_where_advice_is_wanted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = "Iraq -The calm"
    assert read(make_generator(tmp_path, ["pelican_typeset"]), {}, text) == f"<p>{text}</p>"
    assert not caplog.records
    advised = make_generator(tmp_path, ["pelican_typeset"], TYPESET_ADVICE=True)
    assert read(advised, {"Dashes": "off"}, text) == f"<p>{text}</p>"
    assert not caplog.records
    assert read(advised, {}, text) == f"<p>{text}</p>"
    (record,) = caplog.records
    logged = record.__dict__
    assert (logged["typeset_rule"], logged["typeset_level"]) == ("doubtful-dash", "advice")
    assert (logged["typeset_path"], logged["typeset_words"]) == (str(Path(advised.path, "text.md")), text)


@pytest.mark.parametrize(
    "settings",
    [{"GUILLEMETS_STYLES": {"en": ("«", "»")}}, {"DASHES_STYLES": {"en": "long"}}],
    ids=["quotes", "dashes"],
)
def test_a_wrong_style_is_refused_when_pelican_starts(tmp_path: Path, settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=rf"{next(iter(settings))}\['en'\]: .* Write "):
        make_generator(tmp_path, ["pelican_typeset"], **settings)


# --- the adapter


@pytest.mark.parametrize(
    ("plugin", "made"),
    [
        ("pelican_typeset.quotes_plugin", "“Calm” - <em>x</em>'s"),
        ("pelican_typeset.dashes_plugin", "« Calm »\N{NO-BREAK SPACE}– <em>x</em>'s"),
        ("pelican_typeset.apostrophes_plugin", "« Calm » - <em>x</em>’s"),
    ],
)
def test_a_plugin_works_alone(tmp_path: Path, plugin: str, made: str) -> None:
    assert read(make_generator(tmp_path, [plugin]), {}, "« Calm » - *x*'s") == f"<p>{made}</p>"


def test_converters_are_listed_in_order_and_the_plain_read_is_left(tmp_path: Path) -> None:
    generator = make_generator(tmp_path, ["pelican_typeset", "pelican_typeset.dashes_plugin"])
    text = "« Calm » - *x*'s"
    typeset = read(generator, {}, text)
    reader, path = generator.readers.readers["md"], str(Path(generator.path, "text.md"))
    html, metadata = read_of(reader)(path)
    assert html == "<p>« Calm » - <em>x</em>'s</p>"
    converters = converters_of(reader)
    for convert in converters:
        html = convert(html, "en", metadata, generator.settings, path)
    assert (unescape(html), len(converters)) == (typeset, 4)


def test_a_reader_without_plugins_has_no_converters(tmp_path: Path) -> None:
    reader = make_generator(tmp_path, []).readers.readers["md"]
    assert converters_of(reader) == []
    assert read_of(reader) == reader.read


def test_readers_are_wrapped_once(tmp_path: Path) -> None:
    generator = make_generator(tmp_path, ["pelican_typeset"])
    wrapped = {name: reader.read for name, reader in generator.readers.readers.items()}
    with own_connections():
        pelican_typeset.register()
        signals.generator_init.send(generator)
    assert {name: reader.read for name, reader in generator.readers.readers.items()} == wrapped
    assert wrapped["static"](str(tmp_path / "« a ».png")) == (None, {})


# --- what is imported


def test_the_pure_functions_do_not_import_pelican() -> None:
    program = "import sys, pelican_typeset; sys.exit('pelican' in sys.modules or 'press' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_only_the_adapters_import_pelican_and_nothing_imports_more() -> None:
    imported: dict[str, set[str]] = {}
    for file in PACKAGE.glob("*.py"):
        tree = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        names = [alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names]
        names += [node.module or "." for node in tree if isinstance(node, ast.ImportFrom)]
        imported[file.stem] = {name.partition(".")[0] for name in names}
    assert {name for name, roots in imported.items() if "pelican" in roots} == {
        "adapter",
        *(name for name in imported if name.endswith("_plugin")),
    }
    foreign = set().union(*imported.values()) - set(sys.stdlib_module_names)
    assert foreign == {"pelican", "pelican_typeset", "smartypants", "typogrify"}
