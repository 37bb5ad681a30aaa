"""The public address of a site, and where readers report mistakes."""

from __future__ import annotations

import pytest

from press.model.site_address import (
    describe_private_address,
    describe_private_report,
    describe_wrong_address,
    describe_wrong_report,
)

PUBLIC = [
    "https://archive-of-tests.net",
    "https://www.archive-of-tests.net:8443/tracts/",
    "http://archive-of-tests.net",
    "https://name.github.io/archive",
    "https://éphémères.fr",
    "https://myexample.com",
    "https://8.8.8.8",
    "https://[2606:4700::1111]/",
    "https://localhost.archive-of-tests.net",
]

PRIVATE = {
    "http://localhost:8000": "this machine itself",
    "http://LOCALHOST.": "this machine itself",
    "https://tracts.localhost": "this machine itself",
    "http://127.0.0.1:8000": "this machine itself",
    "http://127.8.8.8": "this machine itself",
    "http://[::1]/": "this machine itself",
    "http://0.0.0.0": "this machine itself",
    "https://pamphlets.example": "a placeholder that nobody can own",
    "https://a.test/b": "a placeholder that nobody can own",
    "https://a.invalid": "a placeholder that nobody can own",
    "https://example.com": "a placeholder that nobody can own",
    "https://www.Example.ORG.": "a placeholder that nobody can own",
    "https://example.net/a/": "a placeholder that nobody can own",
    "http://192.168.1.10/": "an address that only your own network knows",
    "http://10.0.0.1": "an address that only your own network knows",
    "http://172.20.0.1": "an address that only your own network knows",
    "http://169.254.0.7": "an address that only your own network knows",
    "http://[fd00::1]": "an address that only your own network knows",
    "http://[fe80::1]": "an address that only your own network knows",
    "http://nas": "a name that only your own network knows",
    "http://archive.local": "a name that only your own network knows",
    "http://tracts.fritz.home.arpa": "a name that only your own network knows",
}

WRONG = {
    "": "is not an address",
    "pamphlets.org": "is not an address",
    "ftp://pamphlets.org": "is not an address",
    "javascript:alert(1)": "is not an address",
    "https://": "is not an address",
    "https://a b.org": "is not an address",
    'https://a.org/"><script>': "is not an address",
    "https://me@pamphlets.org": "has a user name in it",
    "https://me:secret@pamphlets.org/a": "has a user name in it",
    "https://pamphlets.org/?a=b": "has more than an address of pages can have",
    "https://pamphlets.org/#a": "has more than an address of pages can have",
    "https://pamphlets.org:port": "whose host is not one",
    "https://pamphlets.org:99999": "whose host is not one",
    "https://pamphlets..org": "whose host is not one",
    "https://[::1": "whose host is not one",
    "https://[pamphlets]/": "whose host is not one",
    "http://127.1": "whose host is not one",
    "http://2130706433": "whose host is not one",
    "http://0x7f.1": "whose host is not one",
    "http://256.256.256.256": "whose host is not one",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_that_readers_can_reach(address: str) -> None:
    assert (describe_wrong_address(address), describe_private_address(address)) == ("", "")


@pytest.mark.parametrize(("address", "why"), PRIVATE.items())
def test_an_address_that_readers_elsewhere_cannot_reach(address: str, why: str) -> None:
    assert (describe_wrong_address(address), describe_private_address(address)) == ("", why)


@pytest.mark.parametrize(("address", "why"), WRONG.items())
def test_what_is_no_address(address: str, why: str) -> None:
    assert why in describe_wrong_address(address)


@pytest.mark.parametrize(
    "report",
    [
        "",
        "mailto:archive@tracts.org",
        "mailto:the.archive+errors@mail.tracts.org",
        "https://tracts.org/new?title={title}&body={url}",
        "https://tracts.org/contact",
    ],
)
def test_where_readers_can_report_a_mistake(report: str) -> None:
    assert describe_wrong_report(report) == ""
    assert describe_private_report(report) == ""


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (None, "in quotation marks"),
        ("archive@tracts.org", "which is neither"),
        ("javascript:alert(1)", "which is neither"),
        ("//tracts.org/new", "which is neither"),
        ("https://", "which is neither"),
        ("https://tracts.org/new form", "which is neither"),
        ("mailto:", "not one mail address"),
        ("mailto:archive", "not one mail address"),
        ("mailto:archive@tracts", "not one mail address"),
        ("mailto:a@b@tracts.org", "not one mail address"),
        ("mailto:a@tracts..org", "not one mail address"),
        ("mailto:a@tracts.org,b@tracts.org", "not one mail address"),
        ("mailto:a@tracts.org?subject=Archive", "not one mail address"),
        ("https://tracts.org/new?title={titel}", "“{titel}” stands for nothing"),
        ("https://tracts.org/new?title={title", "“{” stands for nothing"),
    ],
)
def test_where_no_reader_can_report_a_mistake(report: object, why: str) -> None:
    assert why in describe_wrong_report(report)


def test_a_report_to_a_placeholder() -> None:
    assert describe_private_report("mailto:archive@pamphlets.example") == "a placeholder that nobody can own"
    assert describe_private_report("https://tracker.test/new?title={title}") == "a placeholder that nobody can own"
