"""Draw theme/static/icons/icon.svg at the sizes that devices ask for: `inv dev.icons`."""

import struct
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.browser import launch

ICONS = Path(__file__).parent.parent / "theme" / "static" / "icons"
SIZES = (180, 192, 512)


def as_ico(png: bytes, size: int) -> bytes:
    """Wrap a PNG in an ICO file, for /favicon.ico: one directory entry, then the PNG."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, size, size, 0, 0, 1, 32, len(png), 22) + png


if __name__ == "__main__":
    svg = (ICONS / "icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for size in (32, *SIZES):
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px}}</style>{svg}")
            png = page.screenshot(omit_background=True)
            if size == 32:
                (ICONS / "favicon.ico").write_bytes(as_ico(png, size))
            else:
                (ICONS / f"icon-{size}.png").write_bytes(png)
        browser.close()
