"""A preview that is kept from save to save, and one that starts with nothing, show the same.

The archive is edited as in archive_machine.py. After each step a build uses the memory of the builds before, as in a
worker, and another begins with none; `python -m tests.support.preview_machine 500` runs so many steps by hand.
"""

from __future__ import annotations

import secrets
import shutil
import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from press.preview import known_files
from press.preview.job import Job, PreviewResult
from press.preview.memory import Memory
from press.preview.stages import fill_tree, finish_build
from press.publish import collection_folder
from tests.conftest import ADDRESS, tree_of
from tests.support.archive_troubles import STORE, TroubledArchive


class PreviewMachine(TroubledArchive):
    """The rules are those of an archive, without what happens to its output; settings bring a new worker."""

    compared = failed = 0

    def __init__(self) -> None:
        super().__init__()
        known_files.SETTLED = -(2**63)  # so that even files that were just saved are known again
        self.memory, self.files, self.code = Memory(), dict[str, bytes](), b""
        self.trees = self.root / "trees"
        self.trees.mkdir()

    @rule(formats=st.none())
    def change_formats(self, formats: None) -> None:
        """A preview makes no downloads."""

    @rule(place=st.none(), ending=st.none(), at=st.none(), how=st.none())
    def alter_a_file(self, place: None, ending: None, at: None, how: None) -> None:
        """A preview has no output."""

    @rule(on=st.none())
    def check_before_building(self, on: None) -> None:
        """Nor is it checked."""

    @rule()
    def end_the_worker(self) -> None:
        """Its memory goes with it."""
        self.memory = Memory()

    @rule(name=st.sampled_from([STORE, "cache", ""]))
    def lose(self, name: str) -> None:
        path = self.folder / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)

    @rule(
        name=st.sampled_from(["text-1.md", "names.txt"]), line=st.sampled_from(["Date: never", "[x]({filename}y.md)"])
    )
    def slip(self, name: str, line: str) -> None:
        """A text, or the file of names, is wrong until it is written again."""
        file = self.project.content / name
        if file.exists():
            head, gap, body = file.read_text(encoding="utf-8").partition("\n\n")
            file.write_text(f"{head}\n{line}{gap}{body}" if ":" in line[:6] else f"{head}{gap}{line}\n\n{body}")

    @invariant()
    def an_incremental_build_equals_a_clean_one(self) -> None:
        changed = self._find_changed()
        kept, tree = self._fill(self.memory, self.project.output, changed)
        fresh = Memory(good=self.memory.good)  # for the path of the style sheet, which a preview keeps
        clean = self.root / "clean"
        other, from_nothing = self._fill(fresh, clean, None)
        assert kept == other
        PreviewMachine.compared += 1
        PreviewMachine.failed += bool(kept.errors)
        if not kept.errors:
            one, two = tree_of(tree), tree_of(from_nothing)
            assert one.keys() == two.keys()
            assert [name for name in one if one[name] != two[name]] == []
            assert finish_build(self.memory) == finish_build(fresh)
        shutil.rmtree(from_nothing)
        shutil.rmtree(collection_folder(self.root, self.project.content, clean), ignore_errors=True)

    def _fill(self, memory: Memory, output: Path, changed: list[str] | None) -> tuple[PreviewResult, Path]:
        tree = self.trees / secrets.token_hex(6)
        tree.mkdir()
        job = Job(str(self.root / "testconf.py"), str(self.project.content), str(output), ADDRESS, drafts=True)
        return fill_tree(job, tree, memory, changed), tree

    def _find_changed(self) -> list[str]:
        """Return what the watch would report; end the worker, as the loop does, if code has changed."""
        before, self.files = self.files, {}
        for folder in (self.project.content, self.root / "theme"):
            self.files |= {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        code = b"".join(path.read_bytes() for path in sorted(self.root.glob("*.py")))
        if code != self.code:
            self.memory = Memory()
        self.code = code
        return [path for path in before.keys() | self.files.keys() if before.get(path) != self.files.get(path)]


def run(examples: int, steps: int) -> None:
    """Try `examples` archives, each edited `steps` times."""
    run_state_machine_as_test(
        PreviewMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            database=None,
        ),
    )


if __name__ == "__main__":
    while PreviewMachine.compared < int(sys.argv[1]):
        run(5, 40)
    print(f"{PreviewMachine.compared} steps, {PreviewMachine.failed} with errors: both previews showed the same.")
