"""The public address of a site: whether it is one, and whether readers elsewhere can know it."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

_PLAIN = re.compile(r"https?://[^\s/?#\"'<>\\]+(?:/[^\s?#\"'<>\\]*)?")
_NUMBER = re.compile(r"\d+|0[xX][0-9A-Fa-f]*")
"""The last part of a host that browsers read as an IPv4 address: https://url.spec.whatwg.org/#ends-in-a-number-checker"""

PLACEHOLDERS = ("example", "test", "invalid", "example.com", "example.net", "example.org")
"""Domains that nobody can own: RFC 2606 and RFC 6761."""

_OWN_NETWORK = ("local", "localdomain", "internal", "home.arpa", "lan", "intranet")
"""Domains of a network of one’s own: RFC 6762, ICANN’s .internal, RFC 8375, and two that routers use."""

NOT_PUBLIC = "is “{}”, {}. Write the address that your readers will know, or build for this machine with inv build."
"""What is wrong with an address that readers elsewhere cannot reach: the address, and why."""


def describe_wrong_address(value: object) -> str:
    """Return what is wrong with the address of a site: `, which is not an address. Write …`; "" if it is one."""
    if not isinstance(value, str) or not _PLAIN.fullmatch(value):
        return _describe_extra(value) or ", which is not an address. Write one that begins with https://."
    if "@" in value.split("/")[2]:
        return ", which has a user name in it. Write the address without it."
    if set(value) & set("{}") or ".." in value.split("/"):
        return ", which has parts that are not those of an address. Write it as readers know it."
    return "" if has_sound_host(value) else ", whose host is not one. Correct it."


def _describe_extra(value: object) -> str:
    """Return what to leave out if an address is right but for a query or fragment."""
    if isinstance(value, str) and _PLAIN.fullmatch(re.split(r"[?#]", value)[0]):
        return ", which has more than an address of pages can have. Write it without “?”, “#” and what follows."
    return ""


def has_sound_host(address: str) -> bool:
    """Return whether an address has a host that is a name or a whole IP address, and a port that is a number."""
    try:
        parts = urlsplit(address)
        host = _host_of(parts)
        parts.port  # noqa: B018  # raises ValueError if it is not one
        if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]):
            ipaddress.ip_address(host)
    except ValueError:
        return False
    return bool(host) and all(part and len(part) < 64 and not set(part) & set("@%[]") for part in host.split("."))


def describe_private_address(address: str) -> str:
    """Return why readers elsewhere cannot reach a sound address: `a placeholder, …`; "" if they can."""
    host = _host_of(urlsplit(address))
    if _is_below(host, PLACEHOLDERS):
        return "a placeholder that nobody can own"
    if _is_below(host, ("localhost",)):
        return "this machine itself"
    if _is_below(host, _OWN_NETWORK) or ("." not in host and ":" not in host):
        return "a name that only your own network knows"
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return ""
    if number.is_loopback or number.is_unspecified:
        return "this machine itself"
    return "" if number.is_global else "an address that only your own network knows"


def is_unencrypted(address: str) -> bool:
    """Return whether an address is plain http; an onion address is encrypted all the same."""
    return address.startswith("http:") and not _is_below(_host_of(urlsplit(address)), ("onion",))


def _host_of(parts: SplitResult) -> str:
    """Return the host in lower case, without the dot that may end it. Raises ValueError if brackets are wrong."""
    return unicodedata.normalize("NFKC", parts.hostname or "").removesuffix(".")


def _is_below(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


_MAIL = re.compile(r"[^\s@?&<>\"',;:/]+@(?P<host>[^\s@?&<>\"',;:/]+)")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def describe_wrong_report(value: object) -> str:
    """Return what is wrong with LEAFLETS_REPORT_TO, to follow `… is “value”`; "" if it is empty or right."""
    if not isinstance(value, str):
        return ". Write it in quotation marks."
    if value.startswith("mailto:"):
        mail = _MAIL.fullmatch(value.removeprefix("mailto:"))
        right = mail and "." in mail["host"] and has_sound_host(f"https://{mail['host']}")
        return "" if right else ", which is not one mail address. Write it alone after mailto:, as name@domain."
    if not value:
        return ""
    if not re.fullmatch(r"https?://[^\s\"'<>\\]+", value) or not has_sound_host(value):
        return ", which is neither. Write mailto: and a mail address, or the https:// address of a form."
    other = next((part for part in _BRACES.findall(value) if part not in ("{title}", "{url}")), "")
    return f", and “{other}” stands for nothing. Write {{title}} and {{url}}, or neither." if other else ""


def describe_private_report(value: str) -> str:
    """Return why readers elsewhere cannot reach a sound LEAFLETS_REPORT_TO; "" if they can, or if it is empty."""
    mail = _MAIL.fullmatch(value.removeprefix("mailto:"))
    address = f"https://{mail['host']}" if mail else value
    return describe_private_address(address) if value else ""
