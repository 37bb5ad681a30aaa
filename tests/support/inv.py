"""A separate project, and the real command `inv`, run in it as a maintainer runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, Project

INV = str(Path(sys.executable).with_name("inv"))
TEXT = "Title: Leaflet {n}\nDate: {year}-0{month}-1{day}\nCategory: {category}\n\n{words}\n\nEnd of {n}{version}.\n"


class InvProject(Project):
    """A project that is worked on with `inv`, as a maintainer does."""

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start `inv` with these arguments."""
        own = {"PYTHONPATH": f"{ROOT}{os.pathsep}{self.root}", "PYTHONDONTWRITEBYTECODE": "1"}
        environment = {**os.environ, **own, **options.pop("env", {})}
        return subprocess.Popen(
            [INV, *arguments],
            cwd=options.pop("cwd", self.root),
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **options,
        )

    def run(self, *arguments: str, **options: Any) -> tuple[int, str, list[str]]:
        """Run `inv`; return its exit code, what it printed, and its lines on standard error."""
        running = self.start(*arguments, **options)
        printed, reported = running.communicate(timeout=120)
        assert "Traceback" not in reported, reported
        return running.returncode, printed, reported.splitlines()

    def fill(self, leaflets: int, version: str = "") -> None:
        """Write this many leaflets; another version changes every one."""
        self.content.mkdir(exist_ok=True)
        for n in range(leaflets):
            text = TEXT.format(
                n=n,
                version=version,
                year=1900 + n % 90,
                month=1 + n % 9,
                day=n % 9,
                category=f"Category {n % 7}",
                words='The "winter" was long - and *hard*. ' * 20,
            )
            (self.content / f"leaflet-{n}.md").write_text(text, encoding="utf-8")


def make_inv_project(root: Path) -> InvProject:
    """Copy the files of a project; the package is imported from here."""
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "theme", root / "theme")
    return InvProject(root)
