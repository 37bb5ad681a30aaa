"""The web manifest: what a device shows of the archive when somebody keeps it at hand."""

from __future__ import annotations

import json

PAPER = "#fbf9f4"
"""The paper of the theme in light, theme/static/css/tokens.css."""


def write_webmanifest(name: str, lang: str) -> str:
    """Write the manifest; its addresses are relative, so that the site may stand below any path."""
    icons = [{"src": f"icon-{n}.png", "sizes": f"{n}x{n}", "type": "image/png"} for n in (192, 512)]
    manifest = {
        "name": name,
        "lang": lang,
        "start_url": ".",
        "scope": ".",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [{"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"}, *icons],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
