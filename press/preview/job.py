"""What a worker receives and what it returns. Only Python's own modules are imported here (see worker.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker builds; it stays the same while the worker lives."""

    settings_file: str
    content: str
    output: str
    """Where `inv build` publishes: the preview does not read it, but shares its cache."""
    url: str
    drafts: bool


@dataclass(frozen=True, slots=True)
class Order:
    """Asks for a build."""

    tree: str
    """The empty folder to build into."""
    changed: tuple[str, ...] | None = None
    """The files that were saved since the last order to this worker; None if some may not have been noticed."""


@dataclass(frozen=True, slots=True)
class SheetInputs:
    """What the style sheet is made of beside the files in `static/css`, for the loop to make it when they change."""

    path: str
    """Where the pages look for it: `theme/style.3f2a….css`."""
    folders: tuple[str, ...]
    """The folders of the theme, the archive's own first."""
    name: str
    """The setting SITENAME."""
    colours: str
    """The rules of the archive's own colours."""
    fonts: Mapping[str, str]
    """The paths of the theme's fonts by their names."""


@dataclass(frozen=True, slots=True)
class PreviewResult:
    """The result of a build."""

    errors: tuple[str, ...] = ()
    """Errors as lines; if there are any, there is no new site."""
    warnings: tuple[str, ...] = ()
    addresses: dict[str, str] = field(default_factory=dict)
    """From the address of each text's page to its source."""
    leaflets: int = 0
    drafts: int = 0
    """Drafts that are shown, and would not be published."""
    folders: tuple[str, ...] = ()
    """Folders to watch as well as the content: the theme and the maintainer's plugins; empty if not known."""
    sheet: SheetInputs | None = None
    """What the style sheet of the new site was made of; None if the build failed."""


@dataclass(frozen=True, slots=True)
class Question:
    """Asks for the hints for a source, such as `leaflets/harbour.md`: its page has been opened."""

    source: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A warning or a piece of advice, for the panel on the page."""

    place: str
    """The file and the line: `content/leaflets/harbour.md:7`."""
    level: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Hints:
    """The answer to a Question: the hints for a source, or None if it is not as the last good build read it."""

    source: str
    found: tuple[Hint, ...] | None
