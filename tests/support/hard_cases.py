"""Texts that are hard to lay out: very long, very wide, very many. They never change."""

from __future__ import annotations

import io

from PIL import Image

from tests.conftest import Project

WORD = "donaudampfschifffahrtsgesellschaft" * 9
"""A word of 306 letters without a place to break it."""

_SENTENCE = "The boats came in at noon and nobody on the quay would unload them, whatever the company offered. "

_VERSE = """
The tide that takes the boats away will bring the boats again, though no one who stands upon the quay can say,{end}
and those who wait{end}
will wait.

*We have hauled and we have mended,{end}
we have waited and we will.*

A stanza of one line.
"""


def write_hard_cases(project: Project) -> list[str]:
    """Write the sources; return the address of each page that shows one of them."""
    picture = io.BytesIO()
    Image.new("RGB", (1, 4000), "#8f1d14").save(picture, "PNG")
    project.write("content/images/thin.png", picture.getvalue())
    columns = range(1, 31)
    rows = [f"| {' | '.join(f'{row}d. {n}s.' for n in columns)} |" for row in range(4)]
    head = f"| {' | '.join(['', *(f'Ward {n}' for n in columns[1:])])} |\n|{'---:|' * 30}\n"
    texts = {
        "long-title": f"Title: {(_SENTENCE * 4)[:299]}\nSummary: {(_SENTENCE * 21)[:2000]}",
        "long-word": f"Title: {WORD}\nAuthors: {WORD}\nPublisher: {WORD}\nTags: {WORD}",
        "tags": f"Title: Many tags\nTags: {', '.join(f'harbour {n}' for n in range(400))}",
        "table": "Title: A wide table",
        "picture": "Title: A thin picture",
        "verse": "Title: Songs",
        "chapters": "Title: The harbour\nAuthors: Ada Brennan; Ines Moreau; The Harbour Street Committee\n"
        "Tags: bread, boats, rent\nSeries: Harbour\nPlace: Wexcombe\nPublisher: The committee",
        "word": "Title: One\nSeries: Harbour",
    }  # fmt: skip
    bodies = {
        "long-title": _SENTENCE,
        "long-word": f"{WORD}\n\n## {WORD}\n\n- {WORD}\n\n> > > {WORD}[^1]\n\n{WORD}\n:   {WORD}\n\n"
        f"10000. Bread\n\n`{WORD}`\n\n    {WORD}\n\n[^1]: {WORD}",
        "tags": _SENTENCE,
        "table": f"{_SENTENCE}[^1]\n\n{head}" + "\n".join(rows) + f"\n\n[^1]: {_SENTENCE}",
        "picture": "![A line]({static}/images/thin.png)\n\n" + _SENTENCE,
        "verse": _VERSE.format(end="  "),
        "chapters": write_chapters(),
        "word": "Bread.",
    }
    for slug, header in texts.items():
        category = WORD if slug == "long-word" else slug
        dated = f"{header}\nDate: 1936-10-11\nSlug: {slug}\nCategory: {category}\n\n{bodies[slug]}\n"
        project.write(f"content/{slug}.md", dated)
    project.write("content/pages/about.md", f"Title: About\n\n{_SENTENCE}\n")
    project.write("content/pages/long.md", f"Title: {WORD}\nSlug: long\n\n{_SENTENCE}\n")
    project.write("content/pages/home.md", f"Title: Home\n\n{_SENTENCE}\n\n{head}" + "\n".join(rows) + "\n")
    lists = ["", "tags/", "1936/", "authors/", "titles/all/", "category/long-title/", "search/"]
    return [*lists, "about/", *(f"leaflets/{slug}/" for slug in texts)]


def write_chapters(chapters: int = 12, notes: int = 80) -> str:
    """Return a text of several chapters with notes, every ninth of 150 words."""
    parts, listed = [], []
    for n in range(1, notes + 1):
        if (n - 1) * chapters // notes != (n - 2) * chapters // notes:
            parts.append(f"## Chapter {(n - 1) * chapters // notes + 1}, in which the boats come in")
        parts += [f"{_SENTENCE * (1 + n % 4)}[^{n}]", *([_SENTENCE * 5] if n % 5 == 0 else [])]
        listed.append(f"[^{n}]: {_SENTENCE * (8 if n % 9 == 0 else 1)}")
    return "\n\n".join([*parts, *listed])
