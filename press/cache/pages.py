"""What the pages of the standing tree were made of, so that a build may keep those that would come out the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from press.cache.sealed import read_sealed, write_sealed

VERSION = 1

Finding = tuple[str, str, str]
"""The words or the link to look for in the source, the rule, the message."""


@dataclass(frozen=True, slots=True)
class Made:
    """One page or feed: the imprint of all it shows, and what the check has to know of it while it stands."""

    imprint: str
    """Empty where it is not known, so that the page is rendered again."""
    wide: bool = False
    """Whether its template looked at more than the plan gives it, so that the imprint is one of the whole archive."""
    ways: tuple[str, ...] = ()
    """The places on other pages that it links to: `2006/10/index.html#d24`."""
    findings: tuple[Finding, ...] = ()
    """What the check has to say of it, short of errors."""


@dataclass(slots=True)
class Pages:
    """The pages of one build: `standing` are those of the last one that stand in the tree already, by path."""

    standing: Mapping[str, Made] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    """All files of that tree, pages or not."""
    made: dict[str, Made] = field(default_factory=dict)
    """Every page and feed of this build."""
    kept: set[str] = field(default_factory=set)
    """Those that were left as they stood."""

    def keep(self, path: str, imprint: str) -> bool:
        """Keep a page if it stands with this imprint; tell whether it does."""
        standing = self.standing.get(path)
        if standing is None or not imprint or standing.imprint != imprint:
            return False
        self.made[path] = standing
        self.kept.add(path)
        return True

    def left(self) -> Iterator[str]:
        """Give what stands in the tree and belongs to this build no more."""
        return (path for path in self.standing if path not in self.made)


def remember_pages(folder: Path, tree: str, pages: Mapping[str, Made]) -> None:
    """Write down what the pages of the tree with this key were made of. Raises OSError."""
    body = {path: [m.imprint, m.wide, m.ways, m.findings] for path, m in pages.items() if m.imprint}
    write_sealed(folder / "pages.json", {"version": VERSION, "tree": tree, "pages": body})


def recall_pages(folder: Path, tree: str) -> dict[str, Made]:
    """Read what the pages of the tree with this key were made of; nothing where there is nothing to be believed."""
    try:
        body = read_sealed(folder / "pages.json")
        if body["version"] != VERSION or body["tree"] != tree:
            return {}
        return {
            path: Made(imprint, bool(wide), _strings(ways), tuple((w, r, m) for w, r, m in map(_strings, findings)))
            for path, (imprint, wide, ways, findings) in body["pages"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _strings(values: list[str]) -> tuple[str, ...]:
    """Give a list of strings as a tuple. Raises TypeError for anything else."""
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(values)
    return tuple(values)


def make_room(file: Path) -> None:
    """Take away what stands where a file is to be written: it may be another name of a published one."""
    file.unlink(missing_ok=True)


def checked(made: Made, ways: tuple[str, ...], findings: tuple[Finding, ...]) -> Made:
    """Give what is known of a page once it was checked."""
    return dataclasses.replace(made, ways=ways, findings=findings)
