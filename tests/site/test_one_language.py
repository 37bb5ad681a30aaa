"""No page, feed or download of a site in one language holds a string of another.

The site is in a language that nobody writes (tests/support/pseudo_archive.py). Its words are in Greek letters, and
its texts and months in Greek and Cyrillic, so a Latin letter is a word that no catalogue has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import html

from press.build import run_stages
from press.context import open_context, without_cache
from press.messages.message_list import list_ids, read_message_list
from press.model.languages import locale_for, name_language
from press.options import BuildOptions
from press.package_files import PRESS_THEME
from press.publish.staged_tree import StagedTree
from press.theme_folders import ThemeFolders
from tests.conftest import ADDRESS, Project, make_project
from tests.support.pseudo_archive import LANG, make_large_archive, make_small_archive
from tests.support.pseudo_language import CLOSE, OPEN, translate_pseudo, write_pseudo_catalogue
from tests.support.spoken_strings import Spoken, list_spoken

ALLOWED = (
    r"(?:https?://|archive\.example)\S*",  # addresses
    r"\barchive\.(?:json|csv)\b",  # the names of two files, which are links to them
    r"(?<= )and(?= )",  # what BibTeX writes between the names of authors
)
"""What has Latin letters in any language, and why."""

NOT_SHOWN = {
    "MB": "no download of the archive is that large",
    "Draft": "only a preview shows drafts",
    "Draft: only this preview shows it. To publish it, remove the line “Status: draft” from its header.": "the same",
}
"""The messages that no published page of the archives shows, and why."""


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Project]:
    made = [
        make_small_archive(tmp_path_factory.mktemp("small")),
        make_large_archive(tmp_path_factory.mktemp("large")),
    ]
    for archive in made:
        archive.build()
    return made


@pytest.fixture(scope="module")
def spoken(archives: list[Project]) -> list[Spoken]:
    """Every string of both archives, with that the break of an address is nothing."""
    found = [string for archive in archives for string in list_spoken(archive.output)]
    return [(where, words.replace("\N{ZERO WIDTH SPACE}", "")) for where, words in found]


def in_another_language(spoken: Sequence[Spoken]) -> list[Spoken]:
    allowed = re.compile("|".join(ALLOWED))
    return [(where, words) for where, words in spoken if re.search(r"[A-Za-z]", allowed.sub("", words))]


def test_every_word_that_is_read_or_heard_comes_from_a_catalogue(spoken: list[Spoken]) -> None:
    assert in_another_language(spoken) == []


def test_the_archives_have_every_kind_of_file_and_show_every_message(spoken: list[Spoken]) -> None:
    kinds = {Path(where.split(" ")[0]).suffix for where, _ in spoken}
    assert kinds >= {".html", ".xml", ".webmanifest", ".epub", ".pdf", ".txt", ".bib", ".ris", ".json", ".csv"}
    every = " ".join(re.sub(r"\s+", " ", words) for _, words in spoken)
    messages = list_ids(read_message_list(ThemeFolders((PRESS_THEME,))))
    missing = [key for key in messages if not any(is_shown(words, every) for words in translate_pseudo(key, LANG))]
    assert {key if isinstance(key, str) else key[0] for key in missing} == NOT_SHOWN.keys()


def is_shown(words: str, every: str) -> bool:
    """Return whether all parts of a message are shown, between which values are."""
    parts = re.split(r"%\(\w+\)[a-z]|\{\}", words)
    return all(part.strip() in every for part in parts if part.strip(f"{OPEN}{CLOSE} "))


def test_a_plural_has_the_form_of_its_number(spoken: list[Spoken]) -> None:
    counted = re.findall(r"‹(\d+) λεεααφλεετσ(\d)›", " ".join(words for _, words in spoken))
    form_of = locale_for(LANG).plural_form
    names = {"one": "0", "few": "1", "many": "2"}
    assert {form for _, form in counted} == {"0", "1", "2"}
    assert [(number, form) for number, form in counted if names[form_of(int(number))] != form] == []


def test_results_of_a_search_are_in_the_language_of_the_site(archives: list[Project], tmp_path: Path) -> None:
    root = archives[0].root
    options = BuildOptions(root / "testconf.py", root / "content", root / "output", ADDRESS)
    context = open_context(
        options, without_cache(), lambda _: StagedTree(tmp_path), with_index=False, with_documents=True
    )
    spoken: list[Spoken] = []
    content = run_stages(context).search
    assert content is not None
    for document in content.documents:
        page = html.fromstring(document.html)
        fields = page.xpath("//meta[starts-with(@data-pagefind-meta, 'date') or "
                            "starts-with(@data-pagefind-meta, 'category')]/@content")  # fmt: skip
        spoken.extend((document.path, field) for field in fields)
    assert any(OPEN in words for _, words in spoken) and in_another_language(spoken) == []


def test_the_script_and_the_style_sheet_have_no_words_of_their_own() -> None:
    for script in (PRESS_THEME / "static" / "js").glob("*.js"):
        code = re.sub(r"^\s*(?://|/?\*).*$", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
        shown = re.findall(r"(?:textContent|title|innerText|placeholder)\s*=\s*[\"'`]([^\"'`$]*[A-Za-z])", code)
        assert shown == [], script
    for sheet in (PRESS_THEME / "static" / "css").glob("*.css"):
        written = re.findall(r"content:\s*\"([^\"]*)\"", sheet.read_text(encoding="utf-8"))
        assert not [words for words in written if re.search("[A-Za-z]{2}", re.sub(r"\\[0-9a-fA-F]+", "", words))]


# Languages for which CLDR lacks something


@pytest.mark.parametrize("tag", ["eo", "gv", "la", "vo"])
def test_a_site_has_no_english_where_cldr_lacks_names_of_languages_or_formats(tag: str, tmp_path: Path) -> None:
    """Manx has no names of other languages: the page then has their tags, which are not English."""
    project = make_project(tmp_path, f"DEFAULT_LANG, SITENAME = {tag!r}, 'Архіў'\n"
                                     'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]\n')  # fmt: skip
    (tmp_path / "theme" / "templates").mkdir(parents=True)
    project.write(f"theme/translations/{tag}/LC_MESSAGES/messages.po", write_pseudo_catalogue(tag))
    project.write("content/a.md", "Title: Хлеб\nDate: 1974-10-24\n\nСлова.\n")
    project.write("content/b.md", "Title: Ψωμί\nDate: 2006-03\nLang: el\n\nΛόγια.\n")
    project.build()
    shown = "\n".join(words for _, words in list_spoken(project.output))
    for name in ("March", "Greek"):
        assert not re.search(rf"\b{name}\b", shown)
    month = locale_for(tag).months["format"]["wide"][10]
    assert month in shown and name_language("el", tag) in shown.lower() + shown


def test_a_language_of_which_cldr_has_no_months_is_refused(project: Project) -> None:
    project.write("testconf.py", (project.root / "testconf.py").read_text("utf-8") + "DEFAULT_LANG = 'mdf'\n")
    project.leaflet("a.md")
    (problem,) = project.refused()
    line = (project.root / "testconf.py").read_text("utf-8").count("\n")
    assert problem.startswith(f"testconf.py:{line}: error: [settings] DEFAULT_LANG is “mdf”, which has no names of")


# What is wrong is reported with everything else


def test_an_unfinished_catalogue_is_reported_with_the_problems_of_the_texts(project: Project) -> None:
    (project.root / "theme" / "templates").mkdir(parents=True)
    settings = (project.root / "testconf.py").read_text("utf-8")
    own = f"{settings}DEFAULT_LANG, THEME_TEMPLATES_OVERRIDES = 'be', ['theme/templates']\n"
    project.write("testconf.py", own)
    project.leaflet("a.md")
    project.write("content/b.md", "Title: T\n\nWords.\n")
    (problem,) = project.refused()
    assert "[settings] DEFAULT_LANG is “be”, and the interface is not in Belarusian." in problem
    broken = write_pseudo_catalogue("be").replace("%(number)s λεεααφλεετσ1", "%(nomber)s λεεααφλεετσ1")
    project.write("theme/translations/be/LC_MESSAGES/messages.po", broken)
    catalogue, text = sorted(project.refused(), reverse=True)
    line = broken[: broken.index('msgid "%(number)s leaflet"')].count("\n") + 1
    assert catalogue == (
        f"theme/translations/be/LC_MESSAGES/messages.po:{line}: error: [messages] “%(number)s leaflet” has "
        "“%(nomber)s”, which the message does not. Write %(number)s."
    )
    assert text.startswith("content/b.md:1: error: [date-missing]")
