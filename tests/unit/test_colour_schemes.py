"""An archive’s own colours: what passes can be read wherever the theme sets it, and what fails is told what would."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.model.colour_schemes import (
    TEXT_CONTRAST,
    THEME_SCHEMES,
    describe_wrong_schemes,
    make_scheme,
    make_schemes,
    write_schemes,
)
from press.model.colours import BACKGROUNDS, HUES, LEAST_CONTRAST, contrast
from press.stylesheet import write_colours
from tests.conftest import ROOT

TOKENS = (ROOT / "theme/static/css/tokens.css").read_text(encoding="utf-8")
NAMES = "paper ink link soft rule mark found".split()

colours = st.builds("#{:06x}".format, st.integers(0, 0xFFFFFF))
schemes = st.fixed_dictionaries({}, optional={"background": colours, "text": colours, "link": colours})


@pytest.mark.parametrize("name", NAMES)
def test_the_colours_here_are_those_of_the_theme(name: str) -> None:
    light, dark = (getattr(scheme, name) for scheme in THEME_SCHEMES.values())
    assert f"    --{name}: light-dark({light}, {dark});" in TOKENS


def test_the_theme_has_no_other_colour() -> None:
    assert set(re.findall(r"--([a-z]+): light-dark", TOKENS.partition("@media")[0])) == set(NAMES)


@pytest.mark.parametrize("name", THEME_SCHEMES)
@pytest.mark.parametrize("token", ["ink", "link", "soft"])
@pytest.mark.parametrize("ground", ["paper", "mark", "found"])
def test_every_pair_that_the_theme_sets_can_be_read(name: str, token: str, ground: str) -> None:
    scheme = THEME_SCHEMES[name]
    assert contrast(getattr(scheme, token), getattr(scheme, ground)) >= TEXT_CONTRAST


@settings(max_examples=40)
@given(st.sampled_from(list(THEME_SCHEMES)), schemes)
def test_colours_that_pass_can_be_read_on_every_ground(name: str, chosen: dict[str, str]) -> None:
    if not describe_wrong_schemes({name: chosen}):
        scheme = make_scheme(name, chosen)
        for ground in (scheme.paper, scheme.mark, scheme.found):
            assert min(contrast(each, ground) for each in (scheme.ink, scheme.link, scheme.soft)) >= TEXT_CONTRAST


@settings(max_examples=40)
@given(st.sampled_from(list(THEME_SCHEMES)), schemes)
def test_a_colour_that_is_proposed_passes(name: str, chosen: dict[str, str]) -> None:
    for _ in range(3):  # the text, the link, and the text again, whose ground may have changed
        proposed = re.search(r"Write '(text|link)': '(#[0-9a-f]{6})'", describe_wrong_schemes({name: chosen}))
        if not proposed:
            break
        before, chosen = describe_wrong_schemes({name: chosen}), {**chosen, proposed[1]: proposed[2]}
        assert f": the {proposed[1]} " not in describe_wrong_schemes({name: chosen}), before


@settings(max_examples=40)
@given(st.fixed_dictionaries({"light": schemes, "dark": schemes}))
def test_the_colour_of_every_category_is_seen_on_both_backgrounds(own: dict[str, dict[str, str]]) -> None:
    if not describe_wrong_schemes(own):
        papers = [scheme.paper for scheme in make_schemes(own).values()]
        rules = re.findall(r"--hue: (?:light-dark\((#.{6}), (#.{6})\)|(#.{6}));", write_colours(own, {}))
        assert len(rules) == len(HUES)
        for light, dark, both in rules:
            for colour, paper in zip((light or both, dark or both), papers, strict=True):
                assert contrast(colour, paper) >= LEAST_CONTRAST


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("red", ". Write colours for light, dark or both: "),
        ([], ". Write colours for light, dark or both: "),
        ({"sepia": {}}, ". Write colours for light, dark or both: "),
        ({"background": "#fff"}, ". Write colours for light, dark or both: "),
        ({"light": "#fff"}, ". Write colours for light, dark or both: "),
        (
            {"light": {"paper": "#fff"}},
            ": “paper” of “light” is not a colour of the theme. Write background, text or",
        ),
        ({"dark": {"link": "red"}}, ": “red” as the link of “dark” is not a colour. Write # and six digits"),
        ({"dark": {"link": "#12345"}}, ": “#12345” as the link of “dark” is not a colour."),
        ({"dark": {"link": "#fff; } body { display: none"}}, "is not a colour."),
        ({"dark": {"link": "#fff\n"}}, "is not a colour."),
        ({"dark": {"link": 7}}, ": “7” as the link of “dark” is not a colour."),
        ({"light": {"background": "#000"}}, ": the background “#000000” of “light” is not lighter than the text"),
        ({"dark": {"text": "#111"}}, ": the background “#191714” of “dark” is not darker than the text “#111111”."),
        (
            {"light": {"background": "#fff", "text": "#777"}},
            ": the text “#777777” of “light” has a contrast of 3.57 on the tint of found words “#f7e5ac”, and 4.5 is "
            "the least. Write 'text': '#666666', the nearest that passes.",
        ),
        (
            {"light": {"link": "#c00000", "background": "#ffd9a0"}},
            ": the link “#c00000” of “light” has a contrast of",
        ),
        ({"light": {"background": "#777"}}, "No text passes on this background. Write one such as '#ababab'."),
    ],
)
def test_what_is_wrong_is_one_sentence_with_what_to_write(value: object, fault: str) -> None:
    assert fault in describe_wrong_schemes(value)


def test_each_scheme_may_be_left_out() -> None:
    own = {"dark": {"background": "#101418", "text": "#eee", "link": "#8cf"}}
    assert describe_wrong_schemes(own) == ""
    sheet = write_schemes(own)
    assert f"--paper: light-dark({BACKGROUNDS[0]}, #101418);" in sheet
    assert "--link: light-dark(#8f1d14, #88ccff);" in sheet
    assert write_schemes({}) == write_schemes({"light": {}}) == ""


def test_a_link_alone_changes_nothing_else() -> None:
    assert make_scheme("light", {"link": "#00429d"}).mark == THEME_SCHEMES["light"].mark
