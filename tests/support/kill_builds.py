"""Kill real builds at random moments: `python -m tests.support.kill_builds LEAFLETS KILLS [SEED]`."""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.inv import InvProject, make_inv_project
from tests.support.same_site import find_differences


def kill_again_and_again(project: InvProject, leaflets: int, kills: int, seed: int) -> dict[str, int]:
    """Kill rebuilds of a changed archive, and look after each: the site is the old one or the new one, whole.

    Gives how often it was which, and how many builds were done before they were killed.
    """
    trees = [project.root.with_name(f"{project.root.name}-{n}") for n in range(2)]
    for tree, version in zip(trees, ("", " again"), strict=True):
        project.fill(leaflets, version)
        begun = time.monotonic()
        assert project.run("build")[0] == 0
        lasts = time.monotonic() - begun
        shutil.copytree(project.output, tree)
    assert find_differences(*trees)
    around = sorted(project.root.iterdir())
    counted = {"old": 0, "new": 0, "done": 0, "staging left": 0}
    moments = random.Random(seed)
    stands = 1
    for _ in range(kills):
        project.fill(leaflets, "" if stands else " again")
        build = project.start("build")
        with contextlib.suppress(subprocess.TimeoutExpired):
            build.communicate(timeout=moments.uniform(0, lasts * 1.1))
            counted["done"] += 1
        build.kill()
        build.communicate()
        found = [n for n, tree in enumerate(trees) if find_differences(project.output, tree) == []]
        assert found, "the site is neither the old one nor the new one"
        counted["old" if found == [stands] else "new"] += 1
        counted["staging left"] += (project.root / ".output.press-staging").exists()
        (stands,) = found
    assert project.run("build")[0] == 0
    assert any(find_differences(project.output, tree) == [] for tree in trees)
    assert sorted(project.root.iterdir()) == around
    return counted


if __name__ == "__main__":
    leaflets, kills, seed = (int(argument) for argument in [*sys.argv[1:], "1917"][:3])
    with tempfile.TemporaryDirectory() as folder:
        print(kill_again_and_again(make_inv_project(Path(folder)), leaflets, kills, seed))
