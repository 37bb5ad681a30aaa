"""The ledger: every address that was ever published, so that none of them vanishes unnoticed.

One address on each line. Only a person can add what became of it, after the address:

    /leaflets/the-harbour/
    /leaflets/old-news/ removed 2026-11-23 The author asked for it.
    /category/post/ moved /category/letters/
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from press.diagnostics import Diagnostic, Level, error
from press.model.urls import find_parents, is_address

HEAD = """\
# Every address that was ever published. `inv ledger` adds new ones; you write what became of an address:
# /leaflets/name/ removed 2026-11-23 The reason, which visitors see.
# /leaflets/name/ moved /leaflets/other-name/
"""

_LINE = re.compile(r"(?P<url>\S+)(?:\s+(?P<fate>removed|moved)\s+(?P<rest>\S.*))?")
_LINE_AND_END = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_REMOVED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)\s+(?P<reason>\S.*)")


@dataclass(frozen=True, slots=True)
class Address:
    """One line of the ledger; `url` has no leading slash, as everywhere in the plan."""

    url: str
    line: int
    removed: datetime.date | None = None
    reason: str = ""
    moved_to: str | None = None

    @property
    def has_fate(self) -> bool:
        """Whether the ledger says what became of it."""
        return self.removed is not None or self.moved_to is not None


@dataclass(frozen=True, slots=True)
class LedgerOutcome:
    """What the site does about the published addresses."""

    redirects: Mapping[str, str]
    """From an old address to the one that replaced it."""
    tombstones: tuple[Address, ...]
    problems: tuple[Diagnostic, ...]
    dropped: tuple[str, ...] = ()
    """Addresses that cannot redirect, because the page they moved to does not exist or its text has an error."""

    @property
    def kept(self) -> frozenset[str]:
        """The addresses that have a page because of the ledger."""
        return frozenset([*self.redirects, *(address.url for address in self.tombstones)])


def read_ledger(text: str, path: str) -> tuple[list[Address], list[Diagnostic]]:
    """Read a ledger; a line that cannot be read is a problem of the file `path`."""
    addresses: dict[str, Address] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        address = _read_line(line.strip(), number)
        if address is None:
            problems.append(
                error(
                    path,
                    number,
                    "ledger-line",
                    f"“{line.strip()[:80]}” is not a ledger entry. Write an address of this site, alone or followed "
                    "by “removed 2026-11-23 reason” or “moved /new/address/”.",
                )
            )
        elif address.url in addresses:
            message = f"/{address.url} is already in line {addresses[address.url].line}. Delete one of the two."
            problems.append(error(path, number, "ledger-line", message))
        else:
            addresses[address.url] = address
    return list(addresses.values()), problems


def extend_ledger(text: str, urls: Iterable[str]) -> tuple[str, int]:
    """Add addresses to a ledger in order; return the text and the number of new ones.

    Every existing line is kept, with its own end; new ones end as the first line does.
    """
    rows = [(line.rstrip(), end) for line, end in _LINE_AND_END.findall(text) if line.strip()]
    newline = next((end for _, end in rows if end), "\n")
    comments = [row for row in rows if row[0].startswith("#")] or [(line, newline) for line in HEAD.splitlines()]
    kept = [row for row in rows if not row[0].startswith("#")]
    known = {line.split()[0] for line, _ in kept}
    new = [(f"/{url}", newline) for url in urls if f"/{url}" not in known]
    return "".join(line + (end or newline) for line, end in [*comments, *sorted(kept + new)]), len(new)


def settle_addresses(
    addresses: Iterable[Address],
    pages: Collection[str],
    moved: Collection[str],
    path: str,
    level: Level,
    *,
    complete: bool = True,
) -> LedgerOutcome:
    """Find what each published address needs, given the pages of the site and the addresses that texts moved from.

    An index that has lost its last text redirects to its parent; any other address that would vanish is a problem of
    the given level. If the pages are not `complete` because a text has an error, it may have any address, so nothing
    is guessed about pages that are not there.
    """
    redirects: dict[str, str] = {}
    tombstones, dropped = [], []
    problems: list[Diagnostic] = []
    for address in addresses:
        target = address.moved_to if address.has_fate else _find_parent(address.url, pages)
        if address.url in pages or address.url in moved:
            problems += [_still_here(address, path)] if address.has_fate else []
        elif address.removed:
            tombstones.append(address)
        elif target is not None and target in pages:
            redirects[address.url] = target
        elif target is not None:
            dropped.append(address.url)
            problems += [_leads_nowhere(address, path)] if complete else []
        elif complete:
            problems.append(_vanished(address, path, level))
    return LedgerOutcome(redirects, tuple(tombstones), tuple(problems), tuple(dropped))


def find_unlisted(addresses: Iterable[Address], urls: Iterable[str], path: str) -> Iterator[Diagnostic]:
    """Find addresses that would be published but are not in the ledger: one problem for all of them."""
    known = {address.url for address in addresses}
    missing = sorted(url for url in urls if url not in known)
    if missing:
        count = "1 address is" if len(missing) == 1 else f"{len(missing)} addresses are"
        message = f"{count} not in the ledger, such as /{missing[0]}. Run inv ledger, and keep that file."
        yield error(path, 1, "ledger-lacks", message)


def _read_line(line: str, number: int) -> Address | None:
    match = _LINE.fullmatch(line)
    if match is None or not is_address(match["url"]):
        return None
    url, rest = match["url"][1:], match["rest"]
    if match["fate"] == "moved":
        return Address(url, number, moved_to=rest[1:]) if is_address(rest) else None
    if match["fate"] == "removed":
        removed = _REMOVED.fullmatch(rest)
        try:
            day = datetime.date.fromisoformat(removed["day"]) if removed else None
        except ValueError:
            return None
        return Address(url, number, removed=day, reason=removed["reason"]) if removed else None
    return Address(url, number)


def _find_parent(url: str, pages: Collection[str]) -> str | None:
    """Return the nearest page that can replace a vanished index; None if there is none."""
    return next((above for above in find_parents(url) if above in pages), None)


def _still_here(address: Address, path: str) -> Diagnostic:
    message = f"/{address.url} is on the site again. Delete what follows the address."
    return error(path, address.line, "ledger-line", message)


def _leads_nowhere(address: Address, path: str) -> Diagnostic:
    message = f"/{address.moved_to} is not a page of this site, so nothing can move there. Name a page that exists."
    return error(path, address.line, "ledger-line", message)


def _vanished(address: Address, path: str, level: Level) -> Diagnostic:
    message = (
        f"/{address.url} was published and would vanish. Add “Redirect-from: /{address.url}” to the text that "
        "replaces it, add “removed 2026-11-23 reason” after the address in the ledger, or build with --allow-removal."
    )
    return Diagnostic(path, address.line, level, "url-vanished", message)
