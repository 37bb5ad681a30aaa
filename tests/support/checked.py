"""Three leaflets to be checked, with downloads that are quickly made."""

from __future__ import annotations

from pathlib import Path

from press.options import BuildOptions
from tests.conftest import ADDRESS, Project, make_project

TEXT = "Title: {title}\nDate: 1974\nCategory: Letters\nSummary: A winter.\n\n{words}\n"


def make_leaflets(root: Path) -> Project:
    """Make a project of three leaflets, each with a piece of advice on line 6."""
    project = make_project(root, 'DOWNLOADS_FORMATS = "text"\n')
    for name in "abc":
        write_text(project, name, f"The  winter of {name} was long.")
    return project


def write_text(project: Project, name: str, words: str) -> None:
    """Write a leaflet with a whole header, so that only its words can be wrong."""
    project.write(f"content/{name}.md", TEXT.format(title=f"Leaflet {name}", words=words))


def options_of(project: Project, formats: str = "") -> BuildOptions:
    """Return the options of `inv check`."""
    settings = project.root / "testconf.py"
    return BuildOptions(
        settings, project.content, project.output, ADDRESS, future=True, allow_removal=True, formats=formats
    )
