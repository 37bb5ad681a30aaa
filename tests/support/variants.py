"""Variants of one leaflet, in the forms in which texts reach an archive, with what an import must read from each."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

TITLE = "The bakery that would not close"
DATE = "24 October 2006"
FULL_DATE = "2006-10-24"
PARAGRAPHS = (
    "On Monday the management of the Harbour Street bakery put a notice on the door: closed for good. Nobody had "
    "been told, neither the night shift, which came out at six, nor the drivers, who found the gate locked when they "
    "came for the bread as they do every morning of the year.",
    "By seven o’clock some forty of us stood in the yard and talked it over. Most had worked there for more than ten "
    "years, and none of us had ever seen the accounts that were now said to be so bad. We asked to see them; we were "
    "told to go home. So we went in, lit the ovens and baked.",
    "The bread was sold from the back door at the usual price, and what was over went to the school. The police came "
    "twice, looked at the loaves and left again. All the management does in the end is to send letters, thereby "
    "bringing more people to the yard than any leaflet of ours could have done.",
)


@dataclass(frozen=True)
class Variant:
    """A source, and what an import reads from it."""

    data: bytes
    title: str = TITLE
    date: str = FULL_DATE
    paragraphs: tuple[str, ...] = PARAGRAPHS
    reviews: tuple[str, ...] = ()
    """Words that must be in the notes to review."""
    ending: str = ".txt"


def divide(text: str, width: int) -> str:
    """Wrap a text and divide long words at the ends of lines, as printers do."""
    lines, line = list[str](), ""
    for word in text.split():
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        if word.isalpha() and 3 <= room <= len(word) - 3:
            lines.append(f"{line} {word[:room]}-")
            line = word[room:]
        else:
            lines.append(line)
            line = word
    return "\n".join([*lines, line])


def print_pages(lines: list[str], length: int, between: Callable[[int], str]) -> str:
    """Cut lines into pages, with what a page ends and begins with between them."""
    pages = [lines[start : start + length] for start in range(0, len(lines), length)]
    return "".join("\n".join(page) + between(number) for number, page in enumerate(pages, start=1))


def _text(*, head: str = f"{TITLE}\n\n{DATE}\n\n", between: str = "\n\n", width: int = 0, indent: str = "") -> str:
    fill = textwrap.TextWrapper(width or 10_000, initial_indent=indent, break_on_hyphens=False)
    return head + between.join(fill.fill(paragraph) for paragraph in PARAGRAPHS) + "\n"


_HEAD = f"{TITLE}\n\n{DATE}\n\n"
_PRINTED = "\n\n".join(divide(paragraph, 60) for paragraph in PARAGRAPHS).split("\n")
_BROKEN = PARAGRAPHS[2].partition("does in the end ")

VARIANTS = {
    "as-the-first": Variant(_text().encode()),
    "title-and-date-on-one-line": Variant(_text(head=f"{TITLE} - {DATE}\n\n").encode()),
    "title-with-date-in-brackets": Variant(_text(head=f"{TITLE} ({DATE})\n\n").encode()),
    "date-first": Variant(_text(head=f"Tuesday {DATE}\n\n{TITLE}\n\n").encode()),
    "no-date": Variant(_text(head=f"{TITLE}\n\n").encode(), date="undated", reviews=("none found",)),
    "capitals-and-a-rule": Variant(
        _text(head=f"{TITLE.upper()}\n{'=' * 31}\n24.10.2006\n\n").encode(), title=TITLE.upper()
    ),
    "wrapped": Variant(_text(width=72).encode()),
    "wrapped-and-divided": Variant((_HEAD + "\n".join(_PRINTED) + "\n").encode()),
    "pages-with-numbers-and-heads": Variant(
        (_HEAD + print_pages(_PRINTED, 6, lambda n: f"\n\n- {n} -\n\nTHE WORKERS’ VOICE\n\n")).encode()
    ),
    "pages-with-form-feeds": Variant(
        (_HEAD + print_pages(_PRINTED, 7, lambda n: f"\n{n}\n\fThe Workers’ Voice   October 2006\n")).encode()
    ),
    "typescript": Variant(
        _text(width=66).replace("\n\n", "\n").replace("\n", "\n\n").encode(), reviews=("as in a typescript",)
    ),
    "paragraphs-by-indent": Variant(_text(width=70, between="\n", indent="   ").encode()),
    "one-line-each-no-blanks": Variant(_text(head=f"{TITLE}\n{DATE}\n", between="\n").encode()),
    "broken-paragraph": Variant(
        _text().replace("does in the end ", "does in the end,\n\n").encode(),
        paragraphs=(*PARAGRAPHS[:2], f"{_BROKEN[0]}does in the end, {_BROKEN[2]}"),
        reviews=("joined to its second half",),
    ),
    "windows-1252": Variant(_text().replace("\n", "\r\n").encode("cp1252"), reviews=("guessed to be Windows-1252",)),
    "utf-16": Variant(_text().encode("utf-16")),
    "mojibake": Variant(
        _text().encode().decode("cp1252").encode(),
        paragraphs=tuple(p.encode().decode("cp1252") for p in PARAGRAPHS),
        reviews=("“oâ€™clock” may be “o’clock”",),
    ),
    "weekday-that-does-not-fit": Variant(
        _text(head=f"{TITLE}\n\nMonday {DATE}\n\n").encode(), date="2006-10-24?", reviews=("that day was a Tuesday",)
    ),
    "day-or-month": Variant(
        _text(head=f"{TITLE}\n\n03/04/2006\n\n").encode(), date="2006", reviews=("2006-04-03 or 2006-03-04",)
    ),
    "two-figures": Variant(
        _text(head=f"{TITLE}\n\n12 May 48\n\n").encode(), date="1948-05-12?", reviews=("is it 1948",)
    ),
    "no-title": Variant(
        _text(head="").encode(),
        title="On Monday the management of the Harbour Street bakery put a …",
        date="undated",
        reviews=("the first line is a paragraph", "none found"),
    ),
    "two-leaflets": Variant(
        (_text() + "\n\nThe dock that would not open\n\n3 May 1974\n\n" + PARAGRAPHS[0] + "\n").encode(),
        paragraphs=(*PARAGRAPHS, "The dock that would not open", "3 May 1974", PARAGRAPHS[0]),
        reviews=("start of another leaflet",),
    ),
    "date-in-french": Variant(_text(head=f"{TITLE}\n\nmardi 24 octobre 2006\n\n").encode()),
    "date-in-french-words": Variant(
        _text(head=f"{TITLE}\n\nle vingt-quatre octobre deux mille six\n\n").encode(),
        date="undated",
        paragraphs=("le vingt-quatre octobre deux mille six", *PARAGRAPHS),
        reviews=("may be a date",),
    ),
    "yaml": Variant(
        f'---\ntitle: "{TITLE}"\ndate: 2006-10-24T08:00:00\n---\n\n# {TITLE}\n\n{_text(head="")}'.encode(),
        ending=".md",
    ),
    "toml": Variant(f'+++\ntitle = "{TITLE}"\ndate = 2006-10-24\n+++\n{_text(head="")}'.encode(), ending=".md"),
}
