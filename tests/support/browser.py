"""The browser for tests and screenshots: the system's Chromium, without a network."""

from __future__ import annotations

import os
import shutil

import pytest
from playwright.sync_api import Browser, Playwright

CHROMIUM = os.environ.get("PRESS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""

needs_chromium = pytest.mark.skipif(
    not CHROMIUM, reason="no Chromium: apt-get install chromium, or set PRESS_CHROMIUM"
)
ARGUMENTS = """
--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync
""".split()


def launch(playwright: Playwright) -> Browser:
    """Start Chromium with a fresh profile; as root without its sandbox, since it would refuse to start."""
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *sandbox])
