"""What a person changes in one leaflet between two builds, in the headers of the press and of Hugo alike."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

EDITS = ("body", "title", "date", "category")
CATEGORIES = ("History", "Culture")
"""Two categories of the corpus: a leaflet goes into the first, or from that into the second."""


def edit_leaflet(corpus: Path, number: int, kind: str) -> Path:
    """Change the body, the title, the date or the category of one leaflet; return its file."""
    file = sorted(corpus.rglob("*.md"))[number]
    text = file.read_text(encoding="utf-8")
    changed = change_text(text, kind, number)
    if changed == text:
        raise ValueError(f"{file} has no {kind} to change")
    file.write_text(changed, encoding="utf-8")
    return file


def change_text(text: str, kind: str, number: int = 0) -> str:
    """Return the text of a leaflet with one thing changed; `kind` is one of EDITS."""
    if kind == "body":
        return f"{text}\nAn added line, number {number}.\n"
    first = text.removeprefix("---\n").partition("\n---\n" if text.startswith("---\n") else "\n\n")[0]
    head = {"title": _change_title, "date": _change_date, "category": _change_category}[kind](first)
    return text.replace(first, head, 1)


def _change_title(head: str) -> str:
    return re.sub(r'^(title: "?)', r"\1New ", head, count=1, flags=re.MULTILINE | re.IGNORECASE)


def _change_date(head: str) -> str:
    """Move a leaflet to the year before: Hugo's lists of years and months are in its header too."""
    found = re.search(r"^date: (\S+)$", head, flags=re.MULTILINE | re.IGNORECASE)
    if not found:
        return head
    day = datetime.date.fromisoformat(found[1])
    before = day.replace(year=day.year - 1, day=min(day.day, 28))
    head = head.replace(found[0], found[0].replace(found[1], str(before)))
    head = head.replace(f'years: ["{day.year}"]', f'years: ["{before.year}"]')
    return head.replace(f'months: ["{day:%Y-%m}"]', f'months: ["{before:%Y-%m}"]')


def _change_category(head: str) -> str:
    """Put a leaflet into another category; Hugo reads `categories`, in brackets."""
    new = CATEGORIES[1] if re.search(rf"^category: \[?{CATEGORIES[0]}", head, re.MULTILINE | re.I) else CATEGORIES[0]
    return re.sub(r"^(categor(?:y|ies): \[?)[^\]\n]+", rf"\g<1>{new}", head, flags=re.MULTILINE | re.IGNORECASE)
