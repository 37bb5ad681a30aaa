"""What a build is asked for, and what it says it did."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from press.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What to build, with which settings, and where to."""

    settings_file: Path
    content: Path
    output: Path
    url: str = ""
    """The site's address, in place of the settings' SITEURL."""
    future: bool = False
    """Whether dates may lie in the future."""
    allow_removal: bool = False
    """Whether addresses of the ledger may vanish."""
    whole_ledger: bool = False
    """Whether every address must stand in the ledger: for a site that is published."""
    formats: str = ""
    """Which copies to make, in place of the settings' DOWNLOADS_FORMATS: none, text or all."""
    search: bool = True
    """Whether to make the index of a site that can be searched."""
    jobs: int = 0
    """How many processes work at once; as many as there are cores if 0."""

    @property
    def wishes(self) -> dict[str, object]:
        """What was asked for beside the folders: part of what a build depends on."""
        decides_nothing = ("settings_file", "content", "output", "jobs")
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in decides_nothing}

    @property
    def root(self) -> Path:
        """The project's folder, where the settings and the work folder stand."""
        return self.settings_file.parent


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    leaflets: int
    pages: int
    files: int
    drafts: int
    ignored: int
    problems: tuple[Diagnostic, ...]
    """Warnings and advice, in order."""
    seconds: float
    unchanged: bool = False
    """Whether nothing had changed, so that nothing was built."""
