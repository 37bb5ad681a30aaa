"""How a message names a path."""

from __future__ import annotations

from pathlib import Path


def show_path(path: Path | str) -> str:
    """Name a path as a maintainer does: relative where it stands below the current folder, whole elsewhere."""
    whole = Path(path).absolute()
    try:
        return str(whole.relative_to(Path.cwd()))
    except (ValueError, OSError):  # elsewhere; or the current folder is gone
        return str(whole)
