"""One style sheet, named by its content: browsers may keep `theme/style.3f2a….css` forever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from press.model.urls import THEME


def make_stylesheet(theme: Path, name: str) -> tuple[str, str]:
    """Join theme/static/css/*.css in the order of their names; return the sheet and its path."""
    sources = sorted(Path(theme, "static", "css").glob("*.css"))
    sheet = join_sheets([*(source.read_text(encoding="utf-8") for source in sources), name_archive(name)])
    return sheet, f"{THEME}style.{hashlib.sha256(sheet.encode()).hexdigest()[:12]}.css"


def join_sheets(sheets: list[str]) -> str:
    """Join style sheets into one, each ended by a line feed."""
    return "".join(sheet.strip() + "\n" for sheet in sheets)


def name_archive(name: str) -> str:
    """Write the archive's name as a property, for the running head of a printed page: `:root { --archive: "…"; }`."""
    escaped = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in name)
    return f':root {{ --archive: "{escaped}"; }}'
