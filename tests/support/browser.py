"""The real browser that tests and pictures are made with: the system's Chromium, alone and off the network."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

CHROMIUM = os.environ.get("PRESS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
ARGUMENTS = """
--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync
""".split()


def launch(playwright: Playwright) -> Browser:
    """Start Chromium with a profile of its own; without its sandbox where it runs as root, which it refuses else."""
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *sandbox])
