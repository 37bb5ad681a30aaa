"""An archive that is edited at random: after every step an incremental build must equal a clean one, byte for byte.

`inv dev.steps` runs many steps by hand, in processes that run this module.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

import jinja2
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from press.build import build
from press.diagnostics import Refused, error
from press.dry_run import recall_or_check
from press.editor.lint import examine_texts
from press.options import BuildOptions
from press.publish import collection_folder
from tests.conftest import ADDRESS
from tests.support.archive_troubles import TroubledArchive
from tests.support.pagefind_words import read_words
from tests.support.same_site import find_differences

NOT_OURS = ("[foreign-file]", "[manifest-damaged]")


class ArchiveMachine(TroubledArchive):
    """The rules are what archivists, their theme and their disk do between two builds; here without search index."""

    steps: ClassVar[int] = 0
    archives: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).archives += 1
        self.idle = type(self).archives == 1  # hypothesis begins with the simplest: one rule, again and again

    @rule(after=st.integers(1, 900))
    def kill_a_build(self, after: int) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of a fork in a test runner with threads
            child = os.fork()
        if child == 0:
            _die_after(after)
            try:
                self._build(self.project.output)
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    @invariant()
    def an_incremental_build_equals_a_clean_one(self) -> None:
        if self.idle:
            return
        ArchiveMachine.steps += 1
        clean = self.root / "clean"
        with memory_of_templates(self.project.root / "testconf.py"):
            if self.checks:
                checks = [self._check(output) for output in (self.project.output, self.root / "checked")]
                assert checks[0] == checks[1], checks
            kept = self._build(self.project.output)
            if self.touched and isinstance(kept, list) and any(rule in kept[0] for rule in NOT_OURS):
                shutil.rmtree(self.project.output)  # as the message advises: it was changed, its manifests are lost
                kept = self._build(self.project.output)
            fresh = self._build(clean)
        assert kept == fresh, (kept, fresh)
        if not isinstance(kept, list):
            found = find_differences(self.project.output, clean)
            assert found == [], found
            assert read_words(self.project.output) == read_words(clean)
        for output in (clean, self.root / "checked"):
            shutil.rmtree(output, ignore_errors=True)
            shutil.rmtree(collection_folder(self.root, self.project.content, output), ignore_errors=True)

    def options(self, output: Path) -> BuildOptions:
        file, content = self.root / "testconf.py", self.project.content
        return BuildOptions(file, content, output, ADDRESS, formats=self.formats, search=self.search, jobs=2)

    def _build(self, output: Path) -> list[str] | dict[str, Any]:
        """Build; return the problems that stopped it, or its report."""
        try:
            report = build(self.options(output))
        except Refused as refused:
            return [str(problem).replace(str(output), "output") for problem in refused.problems]
        reported = [str(problem).replace(str(output), "output") for problem in report.problems]
        return {"leaflets": report.leaflets, "drafts": report.drafts, "reported": reported}

    def _check(self, output: Path) -> list[str]:
        """Check as `inv check` does, with the downloads; return the findings."""
        report = recall_or_check(self.options(output), examine_texts)
        return [str(problem).replace(str(output), "output") for problem in report.problems]


class WholeMachine(ArchiveMachine):
    """The same with everything on, as `inv build` comes: all downloads and the search index."""

    more_settings = "SEARCH = True\n"

    def __init__(self) -> None:
        super().__init__()
        self.formats = "all"

    @rule(formats=st.sampled_from(["all", "text", "none"]), search=st.booleans())
    def change_formats(self, formats: str, search: bool) -> None:
        self.formats, self.search = formats, search


def _die_after(events: int) -> None:
    """Kill this process after it has opened, made, linked, moved or deleted files so many times."""
    left = events

    def count(event: str, _: object) -> None:
        nonlocal left
        if event in ("open", "os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


@contextmanager
def memory_of_templates(settings_file: Path) -> Iterator[None]:
    """Compile each template once for the same settings: half of the time of these small builds is compiling."""
    plain, read = jinja2.Environment.compile, settings_file.read_text(encoding="utf-8")

    def recall_or_compile(environment: jinja2.Environment, source: Any, *args: Any, **options: Any) -> Any:
        key = (read, type(environment), str(source), args, tuple(sorted(options.items())))
        if key not in _COMPILED:
            if len(_COMPILED) > 1000:
                _COMPILED.clear()
            _COMPILED[key] = plain(environment, source, *args, **options)
        return _COMPILED[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", recall_or_compile)
        yield


_COMPILED: dict[Any, CodeType] = {}


def run(
    machine: type[ArchiveMachine], examples: int, steps: int, start: int | None = None, *, shrink: bool = False
) -> None:
    """Try `examples` archives, each edited `steps` times: always the same ones if `start`, a seed, is given."""
    own = type(machine.__name__, (machine,), {"archives": 0})
    seeded = own if start is None else seed(start)(own)
    run_state_machine_as_test(
        seeded,
        settings=settings(
            max_examples=examples + 1,  # with the idle one
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
            database=None,
        ),
    )


def main() -> None:
    """Try the archives that were asked for, and print how many steps were right."""
    kind, first, examples, length, shrinks = sys.argv[1:]
    machine = {"plain": ArchiveMachine, "whole": WholeMachine}[kind]
    try:
        run(machine, int(examples), int(length), int(first), shrink=shrinks == "shrink")
    except OSError as wrong:  # of the disk: what a build raises, it raises as Refused
        message = "the archives to try cannot be written here. Make room, or set TMPDIR to another folder."
        sys.exit(str(error(str(wrong.filename or tempfile.gettempdir()), 0, "disk-error", message)))
    print(ArchiveMachine.steps)


if __name__ == "__main__":
    main()
