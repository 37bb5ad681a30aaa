"""Mount a file system for a test, where that is allowed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def mount(arguments: list[str]) -> None:
    """Mount as mount(8) does; skip the test, with the reason, where nobody may."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting needs root under Linux")
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mount is not permitted here: {done.stderr.strip()}")
