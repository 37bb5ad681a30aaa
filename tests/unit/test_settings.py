"""The settings of the press: each has a default that passes its own check, and slips are found."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import StrictUndefined

from press.context import read_settings
from press.model.colours import BACKGROUNDS, HUES, hue_of, write_hues
from press.options import BuildOptions
from press.setting_problems import IGNORED_SETTINGS, find_doubtful_settings, find_private_address, find_wrong_settings
from press.settings import DEFAULTS, SETTINGS, Setting, fill_defaults
from tests.conftest import ROOT, Project

SAFE = {"autoescape": True, "undefined": StrictUndefined}
REQUIRED = {"SITEURL": "https://a.example", "JINJA_ENVIRONMENT": SAFE}
"""Settings without a usable default."""


def wrong(settings: dict[str, Any], file: Path = Path("nowhere/gone.py")) -> list[str]:
    return [str(problem) for problem in find_wrong_settings({**REQUIRED, **settings}, {"THEME"}, file)]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_default_is_right_unless_the_setting_must_be_set(setting: Setting) -> None:
    assert (setting.check(setting.default) == "") is (setting.name not in REQUIRED)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_value_of_another_type_is_refused_in_a_sentence(setting: Setting) -> None:
    (problem,) = wrong({setting.name: object})
    assert problem.startswith(f"nowhere/gone.py: error: [settings] {setting.name} is “<class 'object'>”")
    assert problem.endswith((".", "}."))


def test_an_address_may_be_given_with_a_slash_at_its_end(project: Project) -> None:
    project.leaflet("a.md")
    options = BuildOptions(project.root / "testconf.py", project.content, project.output, "https://a.example/")
    assert read_settings(options)["SITEURL"] == "https://a.example"


def test_names_are_declared_once() -> None:
    assert len(DEFAULTS) == len(SETTINGS)


def test_defaults_fill_what_is_not_set_and_are_not_shared() -> None:
    one: dict[str, Any] = {"SEARCH": False}
    two: dict[str, Any] = {}
    fill_defaults(one)
    fill_defaults(two)
    one["DOWNLOADS_GROUPS"].append("Big Flame")
    assert (one["SEARCH"], two["SEARCH"], two["DOWNLOADS_GROUPS"]) == (False, True, [])


@pytest.mark.parametrize(
    ("lang", "noun", "needed"),
    [
        ("en", ["poster"], "2 forms, those for 1 and 2. Write as many, in this order: ['poster', 'posters']."),
        (
            "ru",
            ["плакат", "плакаты"],
            "3 forms, those for 1, 2 and 5. Write as many, in this order: ['плакат', 'плаката', 'плакатов'].",
        ),
        ("ja", ["ポスター"] * 2, "one form, for every number. Write as many, in this order: ['ポスター']."),
        ("lv", ["plakāts"], "3 forms, those for 1, 2 and 0. Write as many, in this order."),
        ("fr-CA", ["affiche", "affiches"], ""),
    ],
)
def test_a_noun_has_as_many_forms_as_its_language_counts(lang: str, noun: list[str], needed: str) -> None:
    message = f"nowhere/gone.py: error: [settings] LEAFLETS_NOUN has {len(noun)}, and “{lang}” needs {needed}"
    problems = wrong({"DEFAULT_LANG": lang, "LEAFLETS_NOUN": noun})
    assert problems == ([message] if needed else [])


@pytest.mark.parametrize("lang", "ar de en es fr it nl pl pt ru tr ja".split())
def test_the_example_of_a_noun_is_one_that_would_be_accepted(lang: str) -> None:
    (problem,) = wrong({"DEFAULT_LANG": lang, "LEAFLETS_NOUN": ["x"] * 7})
    noun = ast.literal_eval(problem.partition("in this order: ")[2].removesuffix("."))
    assert wrong({"DEFAULT_LANG": lang, "LEAFLETS_NOUN": noun}) == []


@pytest.mark.parametrize("colour", HUES)
def test_a_colour_that_the_press_chooses_is_seen_on_both_papers(colour: str) -> None:
    assert wrong({"CATEGORY_COLOURS": {"Letters": colour}}) == []
    tokens = (ROOT / "theme/static/css/tokens.css").read_text(encoding="utf-8")
    assert f"--paper: light-dark({', '.join(BACKGROUNDS)});" in tokens


@pytest.mark.parametrize(
    ("colour", "remedy"),
    [
        ("#ffee00", "has a contrast of 1.1 on one of the two backgrounds"),
        ("#000000", "has a contrast of 1.2 on one of the two backgrounds"),
        ("red; }", "is not a colour. Write # and six digits"),
        (7, "is not a colour. Write # and six digits"),
    ],
)
def test_a_colour_that_cannot_be_seen_is_one_error(colour: object, remedy: str) -> None:
    (problem,) = wrong({"CATEGORY_COLOURS": {"Letters": colour}})
    assert f"“{colour}” of “Letters” {remedy}" in problem


@pytest.mark.parametrize(
    "path",
    ["logo.svg", "images/../../logo.svg", "images/logo.pdf", "images/.logo.svg", "images/~$a.svg", "/images/a.svg"],
)
def test_a_logo_is_a_picture_in_images(path: str) -> None:
    assert wrong({"LEAFLETS_LOGO": "images/sub folder/logo.svg"}) == []
    (problem,) = wrong({"LEAFLETS_LOGO": path})
    remedy = ", which is not a picture in images/. Write a path such as images/logo.svg."
    assert problem == f"nowhere/gone.py: error: [settings] LEAFLETS_LOGO is “{path}”{remedy}"


def test_the_colour_of_a_category_is_checked_on_the_backgrounds_of_the_archive() -> None:
    pale, own = {"Letters": "#b8a05c"}, {"light": {"background": "#fff", "text": "#000"}}
    assert "has a contrast of 2.4 on one of the two backgrounds" in wrong({"CATEGORY_COLOURS": pale})[0]
    dark = {"light": {"background": "#2b2b2b", "text": "#000"}}
    assert len(wrong({"CATEGORY_COLOURS": pale, "LEAFLETS_COLOURS": dark})) == 1, "the colours alone are reported"
    grey = {"dark": {"background": "#3a3a3a", "link": "#fff"}}
    (problem,) = wrong({"CATEGORY_COLOURS": {"A": "#96650f"}, "LEAFLETS_COLOURS": grey})
    assert "“#96650f” of “A” has a contrast of 2.3" in problem
    assert wrong({"CATEGORY_COLOURS": {"A": "#96650f"}, "LEAFLETS_COLOURS": own}) == []


@pytest.mark.parametrize(
    ("menu", "fault"),
    [
        ("dates", ". Write a list: "),
        ({"Dates": "dates"}, ". Write a list: "),
        (["dates", 7], ", and 7 is neither a name nor a label with an address."),
        ([("About",)], ", and ('About',) is neither a name nor a label with an address."),
        ([("", "about")], ", and ('', 'about') is neither a name nor a label with an address."),
        ([("A\nb", "about")], ", and ('A\\nb', 'about') is neither a name nor a label with an address."),
    ],
)
def test_a_menu_is_a_list_of_names_and_of_labels_with_addresses(menu: object, fault: str) -> None:
    assert wrong({"LEAFLETS_MENU": ["dates", ("About us", "about"), ["Library", "https://l.example/"]]}) == []
    (problem,) = wrong({"LEAFLETS_MENU": menu})
    assert fault in problem


def test_a_category_keeps_its_colour_whatever_else_there_is() -> None:
    assert hue_of("Letters", {}) == hue_of("letters", {"Songs": "#2f7a57"}) != ""
    assert hue_of("Songs", {"Songs": "#2f7a57"}) == "songs"
    assert write_hues({"Songs": "#2f7a57"}).endswith('[data-hue="songs"] { --hue: #2f7a57; }')


def test_a_slip_in_a_name_is_reported_and_a_new_name_is_not() -> None:
    assert wrong({"THEEM": "x", "MY_OWN": 1}) == [
        "nowhere/gone.py: error: [settings] “THEEM” is not a setting. Did you mean “THEME”?"
    ]


def doubts(settings: dict[str, Any], file: Path = Path("nowhere/gone.py"), *, public: bool = True) -> list[str]:
    filled = {"SITEURL": "https://archive-of-tests.net", "LEAFLETS_REPORT_TO": "", **settings}
    return [str(problem) for problem in find_doubtful_settings(filled, file, public=public)]


def test_a_setting_of_another_theme_is_a_warning_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "pelicanconf.py"
    file.write_bytes("# caf\xe9\nLINKS = ()\nMENUITEMS = (('A', '/a/'),)\n".encode("latin-1"))
    (warning,) = doubts({"LINKS": (), "MENUITEMS": (("A", "/a/"),)}, file)
    instead = "Write its links into LEAFLETS_MENU (docs/settings.md)."
    assert warning == f"{file}:3: warning: [settings] the theme does not use MENUITEMS. {instead}"


@pytest.mark.parametrize("name", IGNORED_SETTINGS)
def test_a_setting_of_another_theme_is_told_what_to_do_instead(name: str) -> None:
    (warning,) = doubts({name: "x"}, public=False)
    assert re.search(rf"the theme does not use {name}\. (?:Delete|Put|Write) .+\.$", warning)


@pytest.mark.parametrize("report", ["mailto:archive@pamphlets.example", "https://localhost/new?title={title}"])
def test_where_no_report_would_arrive_is_a_warning_when_the_site_is_published(report: str) -> None:
    (warning,) = doubts({"LEAFLETS_REPORT_TO": report})
    assert warning.startswith(f"nowhere/gone.py: warning: [public-address] LEAFLETS_REPORT_TO is “{report}”, ")
    assert doubts({"LEAFLETS_REPORT_TO": report}, public=False) == []


def test_an_address_without_encryption_is_a_warning_when_the_site_is_published() -> None:
    (warning,) = doubts({"SITEURL": "http://archive-of-tests.net"})
    assert warning.endswith("is not encrypted. Write https:// if the server offers it.")
    assert doubts({"SITEURL": "http://archive-of-tests.net"}, public=False) == []
    assert doubts({"SITEURL": f"http://{'a' * 56}.onion"}) == []


def test_a_placeholder_of_an_address_is_an_error_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "publishconf.py"
    file.write_text('"""The public address."""\nSITEURL = "https://pamphlets.example"\n')
    (problem,) = find_private_address({"SITEURL": "https://pamphlets.example"}, file)
    assert str(problem).startswith(f"{file}:2: error: [public-address] SITEURL is “https://pamphlets.example”, a ")
    assert find_private_address({"SITEURL": "https://archive-of-tests.net"}, file) == []
