"""Guillemets: every example, the marks of every language, what holds for any text, and a plain Pelican site."""

import logging
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import smartypants
from docutils.utils.smartquotes import smartchars
from hypothesis import given
from hypothesis import strategies as st
from pelican import Pelican, signals
from pelican.readers import Readers
from pelican.settings import configure_settings, read_settings
from pelican_typeset.guillemets import wrap
from pelican_typeset.guillemets.quote_styles import TABLE, Marks, check_styles, marks_for
from pelican_typeset.guillemets.quotes import Typesetter, convert_quotes, find_unmatched
from typogrify.filters import typogrify

from tests.support.examples_file import Example, read_examples
from tests.support.grammar import html

EXAMPLES = read_examples("guillemets")
LANGS = st.sampled_from([*TABLE, "en-GB", "fr_BE", "tlh", ""])
DECODED = re.compile(r"&(?!(?:lt|gt|amp|quot);)#?\w+;")
TAG = re.compile(r"""</?[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
SPACES = str.maketrans({"_": "\N{NO-BREAK SPACE}", "~": "\N{NARROW NO-BREAK SPACE}"})


def decode(text: str) -> str:
    return DECODED.sub(lambda reference: unescape(reference[0]), text)


def options(example: Example) -> dict[str, Any]:
    found: dict[str, Any] = {"french_punctuation": "French punctuation" in example.remark}
    if marks := re.search(r"marks (\S+ \S+ \S+ \S+)", example.remark):
        found["style"] = tuple(marks[1].translate(SPACES).split(" "))
    return found


def smart(text: str) -> str:
    return smartypants.smartypants(text, smartypants.Attr.set1 | smartypants.Attr.w)


def typogrified(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(smartypants.Attr, "default", smartypants.Attr.set1 | smartypants.Attr.w)
    return str(typogrify(text))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    made = convert_quotes(example.before, example.lang, **options(example))
    if "final" in example.remark:
        made = smart(made)
    elif "typogrify" in example.remark:
        made = typogrified(made, monkeypatch)
    assert decode(made) == decode(example.after)


@pytest.mark.parametrize("lang", [*TABLE, "en-GB", "fr-BE"])
def test_what_is_converted_stays_in_every_language(lang: str) -> None:
    for example in EXAMPLES:
        once = convert_quotes(example.before, lang, french_punctuation=True)
        assert convert_quotes(once, lang, french_punctuation=True) == once


def letters_and_figures(text: str) -> list[str]:
    return [char for char in unescape(text) if char.isalnum()]


@given(html(), LANGS, st.booleans())
def test_converting_twice_changes_nothing(text: str, lang: str, spaced: bool) -> None:
    once = convert_quotes(text, lang, french_punctuation=spaced)
    assert convert_quotes(once, lang, french_punctuation=spaced) == once


@given(html(), LANGS, st.booleans())
def test_letters_and_tags_stay(text: str, lang: str, spaced: bool) -> None:
    made = convert_quotes(text, lang, french_punctuation=spaced)
    assert letters_and_figures(made) == letters_and_figures(text)
    assert TAG.findall(made) == TAG.findall(text)


@given(html(), st.sampled_from(["en", "de", "sv", "cs", "nl"]))
def test_a_mark_without_its_partner_stays(text: str, lang: str) -> None:
    """In languages without guillemets whatever is reported is still there, as it was."""
    lost = [mark.mark for mark in find_unmatched(text, lang)]
    left = [c for c in decode(convert_quotes(text, lang)) if c in "«»‹›"]
    assert all(left.count(mark) >= lost.count(mark) for mark in lost)


@given(st.text(), LANGS)
def test_any_text_is_taken_and_settles(text: str, lang: str) -> None:
    made = convert_quotes(text, lang, french_punctuation=True)
    assert convert_quotes(made, lang, french_punctuation=True) == made


@pytest.mark.parametrize(
    "text",
    [
        "<p " * 100_000,
        "«a " * 10_000 + "»" * 10_000,
        "<!--" * 50_000 + "« a »",
        "a » " * 20_000,
        "<b>" * 10_000 + "« a »",
    ],
    ids=["tags that never end", "nested", "comments that never end", "closing marks", "deep"],
)
def test_large_broken_texts_are_taken(text: str) -> None:
    assert convert_quotes(text, "en").count("a") == text.count("a")


def test_unmatched_marks_say_what_and_where() -> None:
    text = "<p>The <b>«&nbsp;calm</b> ended.</p>"
    [lost] = find_unmatched(text, "en")
    assert (lost.mark, lost.offset, lost.words) == ("«", text.index("«"), "The « calm ended.")


@pytest.mark.parametrize(
    "text", ["<p>Next »</p>", "<p>Home » Iraq</p>", "<p>« Previous</p>", "<p>See: <a>more »</a></p>", "<p>«»</p>"]
)
def test_signs_are_not_reported(text: str) -> None:
    assert list(find_unmatched(text, "en")) == []
    assert convert_quotes(text, "en") == text


@pytest.mark.parametrize(
    "text",
    [
        "<p>« The calm of Maysan</p>",
        "<p>The calm » ended.</p>",
        "<h2>« Calm.</h2>",
        "<p>the«calm</p>",
        "<p><i>« a « b » c</i></p>",
        "<p>« One.</p><h2>Two</h2>",
    ],
)
def test_marks_without_a_partner_are_reported(text: str) -> None:
    assert [lost.mark for lost in find_unmatched(text, "en")] == [next(c for c in text if c in "«»")]


def test_the_words_of_a_problem_hold_nothing_that_is_not_in_the_source() -> None:
    [lost] = find_unmatched("<p>The <code>x</code><sup>1</sup> « calm&shy;ness<br>ended.</p>", "en")
    assert lost.words == "The …1 « calmness ended."


def test_typogrify_s_ignored_tags_are_left_alone() -> None:
    text = '<div class="verse x">« a »</div><span id="s">« b »</span><i>« c »</i>'
    assert Typesetter("en", ignore_tags=["div.verse", "#s", "i"]).set_quotes(text) == (text, [])
    assert "“" in decode(Typesetter("en", ignore_tags=["p.verse"]).set_quotes(text)[0])


# CLDR 48.2, common/main: the delimiters of the languages we have a row for.
CLDR = {
    "“ ” ‘ ’": "en en-GB en-CA en-AU es es-419 es-MX pt da lv tr gl cy ga sq zh ko vi az",
    "« » « »": "fr fr-BE hy oc",
    "« » ” “": "fr-CA",
    "« » ‹ ›": "fr-CH fa rm",
    "„ “ ‚ ‘": "de de-CH de-AT de-LI is et cs sk sl hr mk lb",
    "« » “ ”": "it it-CH pt-PT el ca eu br kk",
    "‘ ’ ‘ ’": "nl nl-BE",
    "” ” ’ ’": "sv fi he",
    "« » ‘ ’": "nb nn no",
    "„ “ „ “": "lt bg",
    "„ ” « »": "pl ro",
    "„ ” ’ ’": "sr sr-Latn",
    "„ ” ‘ ’": "bs",
    "„ ” » «": "hu",
    "« » „ “": "ru uk be",
    "„ “ « »": "ka",
    "” “ ’ ‘": "ar",
    "「 」 『 』": "ja zh-Hant",
    "“ ” « »": "eo",
}
# Every language in which we do not follow CLDR, or docutils; styles.py says whom we follow instead.
NOT_CLDR = "fr fr-CA fr-CH fr-BE de-CH de-LI it-CH es nl nl-BE da lt hr bg eu"
NOT_DOCUTILS = "eo fr-ch gl he hu lv nb nn no pt sq"
NOT_OURS = "af hsb sh"  # languages that only docutils knows


def test_every_difference_from_cldr_is_meant() -> None:
    theirs = {tag: tuple(marks.split()) for marks, tags in CLDR.items() for tag in tags.split()}
    assert {tag for tag, marks in theirs.items() if marks_for(tag) != marks} == set(NOT_CLDR.split())
    assert len(theirs) == 71


def test_every_difference_from_docutils_is_meant() -> None:
    theirs = {tag: tuple(marks) for tag, marks in smartchars.quotes.items() if "-x-" not in tag}
    assert {tag for tag in theirs if marks_for(tag) is None} == set(NOT_OURS.split())
    different = {tag for tag, marks in theirs.items() if marks_for(tag) not in (None, marks)}
    assert different == set(NOT_DOCUTILS.split())


def test_a_tag_falls_back_to_shorter_ones() -> None:
    assert marks_for("fr_be") == marks_for("FR") != marks_for("fr-CH") == marks_for("fr-ch-1990")
    assert marks_for("tlh") is None and marks_for("") is None and marks_for("frx") is None
    mine: dict[str, Marks] = {"de_CH": ("»", "«", "›", "‹")}
    assert marks_for("de-ch", mine) == ("»", "«", "›", "‹") and marks_for("de", mine) == marks_for("de")


@pytest.mark.parametrize("row", ["«»", ("«", "»"), ("«", "»", "“", ""), ("«", "»", "“", None)])
def test_a_row_that_is_not_four_marks_is_refused(row: Any) -> None:
    check_styles({"de": ("»", "«", "›", "‹"), "en": "“”‘’"})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match=r"GUILLEMETS_STYLES\['de'\]: .* is not four marks"):
        check_styles({"de": row})


# --- a plain Pelican site

SOURCES = {
    "en.md": 'Title: The « calm »\nDate: 2006-10-24\nSummary: « In short »\n\nA « puppet » and a "free" press.\n',
    "off.md": "Title: The « off »\nDate: 2006-10-24\nQuotes: Off\n\nA « puppet ».\n",
    "de.rst": 'Die « Ruhe »\n############\n\n:date: 2006-10-24\n:lang: de\n:summary: « Kurz »\n\n« Ja », "nein".\n',
    "fr.html": '<html><head><title>Le "calme"</title><meta name="date" content="2006-10-24">'
    '<meta name="lang" content="fr"></head><body><p class="x">Non ! «Oui»</p></body></html>',
    "lost.md": "Title: Lost\nDate: 2006-10-24\n\nThe « calm » ended.\n\nIt was « calm.\n",
    "folder/it.md": "Title: L'«olio»\nDate: 2006-10-24\n\nUn «altro».\n",
    "named «x».md": "Date: 2006-10-24\nSlug: named\n\n" + "« " + "word " * 60 + "»\n",
    "xx.md": "Title: « Unknown »\nDate: 2006-10-24\nLang: tlh\n\n« a »\n",
    "xx2.md": "Title: Unknown again\nDate: 2006-10-24\nLang: tlh\n\n« b »\n",
}


@pytest.fixture
def plain_site(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Build a site that has nothing of ours but this plugin, and give its articles by source."""
    for name, text in SOURCES.items():
        source = tmp_path / "content" / name
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text, encoding="utf-8")
    settings = configure_settings(read_settings(override={
        "PATH": str(tmp_path / "content"), "OUTPUT_PATH": str(tmp_path / "output"), "CACHE_PATH": str(tmp_path),
        "PLUGINS": ["pelican_typeset.guillemets"], "SITEURL": "https://example.org", "TIMEZONE": "UTC",
        "TYPOGRIFY": True, "TYPOGRIFY_OMIT_FILTERS": ["widont", "caps", "initial_quotes"], "THEME": "simple",
        "GUILLEMETS_STYLES": {"it": ("“", "”", "‘", "’")}, "GUILLEMETS_FRENCH_PUNCTUATION": True,
        "EXTRA_PATH_METADATA": {"folder": {"lang": "it"}}, "FILENAME_METADATA": "(?P<title>named .*)",
        "SUMMARY_MAX_LENGTH": 5,
    }))  # fmt: skip
    articles: dict[str, Any] = {}

    def collect(generator: Any) -> None:
        for article in [*generator.articles, *generator.translations]:
            articles[Path(article.source_path).name] = article

    signals.article_generator_finalized.connect(collect)
    try:
        Pelican(settings).run()
    finally:
        signals.article_generator_finalized.disconnect(collect)
        signals.generator_init.disconnect(wrap)
    yield articles


def test_a_plain_site_is_typeset_in_every_format(plain_site: dict[str, Any], tmp_path: Path) -> None:
    text = {name: decode(article._content) for name, article in plain_site.items()}
    title = {name: decode(article.title) for name, article in plain_site.items()}
    assert (title["en.md"], text["en.md"]) == ("The “calm”", "<p>A “puppet” and a “free” press.</p>")
    assert "“In short”" in decode(plain_site["en.md"].summary)
    assert plain_site["en.md"].slug == "the-calm"
    assert (title["off.md"], "« puppet »" in text["off.md"]) == ("The « off »", True)
    assert (title["de.rst"], "„Ja“, „nein“" in text["de.rst"]) == ("Die „Ruhe“", True)
    assert "„Kurz“" in decode(plain_site["de.rst"].summary)
    assert title["fr.html"] == "Le «\N{NO-BREAK SPACE}calme\N{NO-BREAK SPACE}»"
    assert "Non\N{NARROW NO-BREAK SPACE}! «\N{NO-BREAK SPACE}Oui\N{NO-BREAK SPACE}»" in text["fr.html"]
    assert (title["it.md"], "“altro”" in text["it.md"]) == ("L’“olio”", True)
    assert title["named «x».md"] == "named “x”"
    assert "“calm”" in decode((tmp_path / "output" / "the-calm.html").read_text(encoding="utf-8"))


def test_an_automatic_summary_is_cut_from_what_is_converted(plain_site: dict[str, Any]) -> None:
    """Were it the other way round, « would stand alone and never find its partner."""
    assert decode(plain_site["named «x».md"].summary).startswith("<p>“word word")


def test_lost_marks_and_unknown_languages_are_said(
    plain_site: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    said = [record for record in caplog.get_records("setup") if hasattr(record, "press_rule")]
    lost = [(Path(r.press_path).name, r.press_words) for r in said if r.press_rule == "unmatched-mark"]
    assert lost == [("lost.md", "It was « calm.")]
    assert [r.press_words for r in said if r.press_rule == "unknown-language"] == ["tlh"]
    assert {r.levelno for r in said} == {logging.WARNING}
    assert plain_site["xx.md"].title == "« Unknown »"


def test_readers_are_wrapped_once(tmp_path: Path) -> None:
    settings = read_settings(override={"PATH": str(tmp_path)})
    generator = SimpleNamespace(readers=Readers(settings), settings=settings, path=str(tmp_path))
    wrap(generator)
    wrapped = {name: reader.read for name, reader in generator.readers.readers.items()}
    wrap(generator)
    assert {name: reader.read for name, reader in generator.readers.readers.items()} == wrapped
    assert wrapped["static"](str(tmp_path / "« a ».png")) == (None, {})
