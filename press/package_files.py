"""What the press brings besides its code: in the package once it is installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _find_folder(name: str, in_checkout: str) -> Path:
    """Return a folder of the package, or of the checkout that the package is in."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / in_checkout


PRESS_THEME = _find_folder("theme", "theme")
"""The theme, to which an archive's own theme/ is added."""

DOCS = _find_folder("docs", "docs")
"""The documentation: `inv manual` and the page of findings are made of it."""

EXAMPLES = _find_folder("quickstart", "tests/quickstart")
"""The ten texts of docs/first-ten-leaflets.md."""
