"""What a worker receives and what it returns. Only Python's own modules are imported here (see worker.py)."""

from __future__ import annotations

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
