"""The menu: what each entry names, and one sentence for each that a reader could not follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.diagnostics import Level
from press.model.menu import MENU_INDEXES, MenuGround, MenuItem, find_menu_faults, make_menu
from press.model.plan import list_paths, plan_navigation
from press.model.urls import RESERVED_SLUGS
from press.validate import Survey
from tests.conftest import survey_of

TEXTS = {
    "harbour.md": "Title: The harbour\nDate: 1974-05-03\nTags: docks",
    "about.md": "Title: About\nSlug: about\nDate: 1975",
    "draft.md": "Title: A draft\nDate: 1974\nStatus: draft",
    "moved.md": "Title: Moved\nDate: 1974\nRedirect-from: /leaflets/old/",
    "pages/about.md": "Title: About us\nSlug: about",
    "pages/contact.md": "Title: Contact",
    "pages/home.md": "Title: Welcome",
    "pages/late.md": "Title: Late\nStatus: draft",
    "files/list.pdf": "%PDF",
    "ledger.txt": "",
}


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    content = tmp_path_factory.mktemp("content")
    for path, header in TEXTS.items():
        (content / path).parent.mkdir(exist_ok=True)
        (content / path).write_text(f"{header}\n\nSome words.\n" if path.endswith(".md") else header)
    (content / "ledger.txt").write_text("/leaflets/gone/ removed 2026-11-23 The author asked for it.\n")
    found = survey_of(content)
    assert found.problems == []
    return found


def faults(survey: Survey, *menu: str | tuple[str, str]) -> list[str]:
    files = {*list_paths(survey.archive), *survey.statics}
    ground = MenuGround(survey.archive, survey.entries, files, survey.unread)
    return [message for _, _, message in find_menu_faults(ground, menu)]


def addresses(survey: Survey, *menu: str | tuple[str, str]) -> list[str]:
    return [item.url for item in make_menu(survey.archive, menu)]


def test_without_a_setting_the_menu_has_the_lists_that_there_are_and_every_page(survey: Survey) -> None:
    assert addresses(survey) == ["dates/", "categories/", "tags/", "titles/", "about/", "contact/"]
    assert plan_navigation(survey.archive).others == ()


def test_an_entry_is_a_list_a_slug_a_file_or_an_address(survey: Survey) -> None:
    menu = (
        "tags",
        "contact",
        "the-harbour",
        "harbour.md",
        "/1974/05/",
        "/",
        "/files/list.pdf",
        "https://l.org/?a=b#c",
    )
    assert faults(survey, *menu) == ["“harbour.md” in the menu is there twice. Delete one."]
    assert addresses(survey, *menu[:3]) == ["tags/", "contact/", "leaflets/the-harbour/"]
    assert addresses(survey, "harbour.md", *menu[4:]) == [
        "leaflets/the-harbour/",
        "1974/05/",
        "",
        "files/list.pdf",
        "https://l.org/?a=b#c",
    ]


def test_a_label_takes_the_place_of_a_name(survey: Survey) -> None:
    by_year, us = make_menu(survey.archive, [("By year", "dates"), ("Who we are", "pages/about.md")])
    assert by_year == MenuItem("dates/", "By year", "date")
    assert (us.url, us.label, us.entry and us.entry.title) == ("about/", "Who we are", "About us")


def test_a_slug_that_a_page_and_a_leaflet_share_is_that_of_the_page(survey: Survey) -> None:
    assert addresses(survey, "about", "about.md") == ["about/", "leaflets/about/"]
    assert addresses(survey, "home") == [""], "that of the home text"


def test_pages_stands_for_every_page_that_the_menu_does_not_name(survey: Survey) -> None:
    assert addresses(survey, "contact", "pages", "dates") == ["contact/", "about/", "dates/"]


def test_a_page_that_the_menu_leaves_out_is_listed_elsewhere(survey: Survey) -> None:
    assert [page.slug for page in plan_navigation(survey.archive, ["dates", "contact"]).others] == ["about"]


def test_no_page_can_have_the_name_of_a_list() -> None:
    assert set(MENU_INDEXES) <= RESERVED_SLUGS


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("authors", "is a list that the archive does not have: no text has an author. Leave it out."),
        ("series", "is a list that the archive does not have: no text has a series. Leave it out."),
        ("languages", "is a list that the archive does not have: no text has another language than the rest. Leave"),
        ("a-draft", "is a draft. Publish the text, or delete it here."),
        ("draft.md", "is a draft. Publish the text, or delete it here."),
        ("pages/late.md", "is a draft. Publish the text, or delete it here."),
        ("old", "has moved. Write /leaflets/moved/."),
        ("/leaflets/old/", "has moved. Write /leaflets/moved/."),
        ("gone", "was removed. Delete it."),
        ("/leaflets/gone/", "was removed. Delete it."),
        ("contcat", "names no list and no text of the archive. Did you mean “contact”?"),
        ("Dates", "names no list and no text of the archive. Did you mean “dates”?"),
        ("pages/contacts.md", "names no list and no text of the archive. Did you mean “pages/contact.md”?"),
        ("../pelicanconf.py", "names no list and no text of the archive. Correct it, or delete it."),
        ("/1975/05/", "is not an address of this site. Correct it, or delete it."),
        ("/contact", "lacks the “/” at its end. Write /contact/."),
        ("//evil.org/", "cannot be checked. Write an address of this site"),
        ("/dates/#1970s", "cannot be checked. Write an address of this site"),
        ("/../secret", "is not an address of this site. Correct it, or delete it."),
        ("http://l.org/", "is not an address. Write one that begins with https://"),
        ("https://", "is not an address. Write one that begins with https://"),
        ("https://l.org/a b", "is not an address. Write one that begins with https://"),
        ("javascript:alert(1)", "is not an address. Write one that begins with https://"),
        ("data:text/html,x", "is not an address. Write one that begins with https://"),
        (("Pages", "pages"), "stands for several pages and cannot have a label. Write it without one."),
    ],
)
def test_an_entry_that_leads_nowhere_is_one_sentence(survey: Survey, entry: str, fault: str) -> None:
    (message,) = faults(survey, entry)
    assert message.startswith(f"“{entry if isinstance(entry, str) else entry[1]}” in the menu {fault}")
    assert message.endswith((".", "?"))


def test_an_empty_list_is_left_out_with_a_warning(survey: Survey) -> None:
    ground = MenuGround(survey.archive, survey.entries, frozenset(), survey.unread)
    levels = [level for _, level, _ in find_menu_faults(ground, ["authors", "nothing"])]
    assert levels == [Level.WARNING, Level.ERROR]
    assert addresses(survey, "authors", "dates") == ["dates/"]


def test_what_may_be_missing_because_of_another_error_is_reported_once_that_is_fixed(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "a.md").write_text("Title: A\nDate: 1974\n\nSome words.\n")
    (tmp_path / "pages" / "contact.md").write_text("Title: Contact\nColour: red\n\nSome words.\n")
    broken = survey_of(tmp_path)
    assert broken.unread
    assert faults(broken, "contact", "pages/contact.md", "/contact/", "authors") == []
    assert len(faults(broken, "nothing")) == 1
