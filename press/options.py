"""The options of a build, and its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from press.diagnostics import Diagnostic

Settings = Mapping[str, Any]
"""Pelican's settings with those of the press, as press/pelican_run.py loads them."""

Json = Any
"""A value that JSON can hold, as json.loads returns it."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What to build, with which settings, and into which folder."""

    settings_file: Path
    content: Path
    output: Path
    url: str = ""
    """The site's address, in place of the settings' SITEURL."""
    future: bool = False
    """Whether dates may be in the future."""
    allow_removal: bool = False
    """Whether addresses of the ledger may vanish."""
    public: bool = False
    """Whether the site is for its readers, as `inv publish` makes it: then its address must be one that they can
    reach, every address must be in the ledger, and nothing may be left to write."""
    formats: str = ""
    """Which downloads to make, in place of the settings' DOWNLOADS_FORMATS: none, text or all."""
    search: bool = True
    """Whether to build the search index, if the settings ask for one."""
    jobs: int = 0
    """How many processes work at once; 0 means one for each core."""

    @property
    def deciding(self) -> dict[str, object]:
        """The options that affect what is published, by name."""
        others = ("settings_file", "content", "output", "jobs")
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name not in others}

    @property
    def root(self) -> Path:
        """The project's folder, where the settings file and the work folder are."""
        return self.settings_file.parent


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    leaflets: int = 0
    pages: int = 0
    files: int = 0
    drafts: int = 0
    """Drafts held back; in a preview, drafts shown."""
    ignored: int = 0
    problems: tuple[Diagnostic, ...] = ()
    """Warnings, in order."""
    seconds: float = 0.0
    unchanged: bool = False
    """Whether nothing had changed, so that nothing was built."""
    address: str = ""
    """The address that the site was built for."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """From the address of each text's page to its source."""
