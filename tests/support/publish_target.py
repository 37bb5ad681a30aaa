"""Builds for test_publish.py to kill, to stop and to run against one another: `python publish_target.py ROOT …`.

on-command         read "VERSION [FUNCTION:]STEP EXCHANGE" from stdin; fork a build for each line
on-and-on          build versions 1, 2, 3 … until killed
contend N          build N times against others
wait [MANNER]      build until stdin ends; MANNER as in `wait`
signal-in-swap     send SIGTERM to this process in the middle of the exchange
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from press.diagnostics import Refused
from press.publish import Origin, Staging, Stopped, open_staging, seal, stopping_signals, swap
from press.runtime.files import exchange as by_kernel


def tree_of(version: int) -> dict[str, str]:
    """Return the files of one version: some change, some are new, some are gone."""
    return {
        "index.html": f"home {version}",
        "leaflets/always/index.html": f"leaflet {version}",
        f"leaflets/only-{version}/index.html": "here once",
        f"dates/{version % 2}/deep/index.html": "every other time",
    }


def fill(tree: Path, version: int) -> None:
    for name, text in tree_of(version).items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def build(root: Path, version: int, exchange: Callable[[Path, Path], bool] = by_kernel) -> Staging:
    with open_staging(root, root / "content", root / "output") as staging:
        fill(staging.tree, version)
        sources = {f"{version}.md": Origin(f"/leaflets/only-{version}/", "0" * 64)}
        swap(staging, seal(staging, sources), exchange)
    return staging


def die_at(step: int, function: str = "") -> None:
    """Kill this process with SIGKILL before its STEPth line of press.publish (or shutil) or of one function runs."""
    passed = 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal passed
        if event == "line":
            passed += 1
            if passed == step:
                os.kill(os.getpid(), signal.SIGKILL)
        return count

    def choose(frame: FrameType, event: str, _: Any) -> Any:
        name = frame.f_code.co_filename
        ours = "/press/publish/" in name or name.endswith("/shutil.py")
        return count if ours and function in {"", frame.f_code.co_name} else None

    sys.settrace(choose)


def on_command(root: Path) -> None:
    for line in sys.stdin:
        version, step, exchange = line.split()
        child = os.fork()
        if not child:
            function, _, number = step.rpartition(":")
            die_at(int(number), function)
            staging = build(root, int(version), by_kernel if exchange == "exchange" else lambda *_: False)
            sys.settrace(None)
            os._exit(min(len(staging.problems), 99))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def on_and_on(root: Path) -> None:
    version = 1
    while True:
        build(root, version)
        print(version, flush=True)
        version += 1


def contend(root: Path, times: int) -> None:
    """Build `times` times; a file shows each time that no other build is running."""
    while times:
        try:
            with open_staging(root, root / "content", root / "output") as staging:
                (root / "alone").touch(exist_ok=False)
                fill(staging.tree, times)
                swap(staging, seal(staging, {}))
                (root / "alone").unlink()
            times -= 1
        except Refused as refused:
            assert [problem.rule for problem in refused.problems] == ["build-running"], refused


def say(line: str) -> None:
    """Write a line in one piece: two processes share this output, and `print` may write word by word."""
    os.write(1, f"{line}\n".encode())


def wait(root: Path, manner: str) -> None:
    """Wait in the middle of a build; `swallowing` ignores the stop, `with-worker` makes a forked worker wait too."""
    with open_staging(root, root / "content", root / "output") as staging:
        fill(staging.tree, 99)
        if manner == "with-worker" and not os.fork():
            say(f"worker {os.getpid()}")
            signal.pause()
        say("ready")
        with suppress(*([BaseException] if manner == "swallowing" else [])):
            sys.stdin.read()
        swap(staging, seal(staging, {}))


def signal_in_swap(root: Path) -> None:
    def interrupted(one: Path, other: Path) -> bool:
        os.kill(os.getpid(), signal.SIGTERM)
        return by_kernel(one, other)

    build(root, 99, interrupted)


def main(where: str, what: str, *how: str) -> int:
    root = Path(where)
    if what == "on-command":
        on_command(root)
        return 0
    try:
        with stopping_signals():
            if what == "on-and-on":
                on_and_on(root)
            elif what == "contend":
                contend(root, int(how[0]))
            elif what == "wait":
                wait(root, *(how or ("plainly",)))
            else:
                signal_in_swap(root)
    except Stopped as stopped:
        return stopped.code
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
