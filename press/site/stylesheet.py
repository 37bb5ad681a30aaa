"""One style sheet, named by what is in it: `theme/style.3f2a….css` can be cached for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pelican import signals


class StylesheetGenerator:
    """Join theme/static/css/*.css in the order of their names; made and called by Pelican as a generator."""

    def __init__(self, context: dict[str, Any], theme: str, output_path: str, **_: Any) -> None:
        self.context, self.output = context, Path(output_path)
        self.sources = sorted(Path(theme, "static", "css").glob("*.css"))

    def generate_context(self) -> None:
        """Tell the templates the sheet's address."""
        sheets = [source.read_text(encoding="utf-8") for source in self.sources]
        self.sheet = join_sheets([*sheets, name_archive(self.context["SITENAME"])])
        digest = hashlib.sha256(self.sheet.encode()).hexdigest()[:12]
        self.context["stylesheet"] = f"theme/style.{digest}.css"

    def generate_output(self, writer: Any) -> None:
        """Write the sheet."""
        path = self.output / self.context["stylesheet"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.sheet, encoding="utf-8")


def join_sheets(sheets: list[str]) -> str:
    """Join style sheets into one, each ended by a line feed."""
    return "".join(sheet.strip() + "\n" for sheet in sheets)


def name_archive(name: str) -> str:
    """Write the archive's name as a property, for the running head of a printed page: `:root { --archive: "…"; }`."""
    escaped = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in name)
    return f':root {{ --archive: "{escaped}"; }}'


def give_generator(pelican: Any) -> type[StylesheetGenerator]:
    """Name the generator of the style sheet."""
    return StylesheetGenerator


def register() -> None:
    """Connect to Pelican's signals."""
    signals.get_generators.connect(give_generator)
