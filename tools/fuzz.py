"""Fuzzing with odd texts, for `inv dev.fuzz`: each must be refused by a diagnostic or published completely."""

from __future__ import annotations

import html
import re
import sys
import tempfile
import time
from collections import Counter
from html.entities import html5
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from press.diagnostics import Refused
from tests.conftest import Project, make_project
from tests.support.hostile_inputs import sources
from tests.support.live import WORD, find_live

SYNTAX = frozenset("abbr title q filename static md sub span lang fr br b amp lt gt quot".split())
LABEL = re.compile(r"\[\^?([^\[\]]*)\]")
REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|([0-9a-zA-Z]+));")
DIAGNOSTIC = re.compile(r"content/f\d+\.md:\d+: (?:error|warning|advice): \[[a-z-]+\] .*\S")


def find_missing(source: str, page: bytes) -> list[str]:
    """Return the words of a body that its page lacks, in its text and in the attributes that Markdown fills."""
    main = lxml_html.fromstring(page).find(".//main")
    shown = Counter(WORD.findall(" ".join(main.itertext()).casefold()))
    for element in main.iter():
        for name in ("href", "src", "alt", "title", "id", "start"):
            shown.update(WORD.findall(element.get(name, "").casefold()))
        if element.tag == "ol" and element.get("start"):
            shown.update(str(int(element.get("start")) + n) for n in range(len(element)))
        elif element.tag == "ol":
            shown.update(str(n + 1) for n in range(len(element)))
    known = REFERENCE.sub(lambda m: html.unescape(m[0]) if not m[1] or f"{m[1]};" in html5 else m[0], source)
    labels = Counter(WORD.findall(" ".join(LABEL.findall(known)).casefold()))
    missing = Counter(WORD.findall(known.casefold())) - shown - labels
    return sorted(word for word in missing if word not in SYNTAX)


def try_texts(project: Project, texts: list[bytes]) -> Counter[str]:
    """Publish these texts as far as possible; return the counts of results and rules. Raises AssertionError."""
    texts = [text.replace(b"A case", b"Case %d" % n, 1) for n, text in enumerate(texts)]
    files = {project.write(f"content/f{n}.md", text).name: text for n, text in enumerate(texts)}
    counts: Counter[str] = Counter()
    try:
        while files:
            try:
                project.build()
            except Refused as refused:
                gone = _drop_refused(project, refused)
                counts["refused"] += len(gone)
                counts.update(f"[{problem.rule}]" for problem in refused.problems)
                for name in gone:
                    del files[name]
            else:
                counts["published"] += len(files)
                _check_pages(project, files)
                break
    finally:
        for n in range(len(texts)):
            (project.content / f"f{n}.md").unlink(missing_ok=True)
    return counts


def _drop_refused(project: Project, refused: Refused) -> set[str]:
    """Delete refused texts, after checking that each problem is a proper diagnostic; return their names."""
    gone = set()
    for problem in refused.problems:
        line = str(problem).replace(f"{project.root}/", "")
        assert DIAGNOSTIC.fullmatch(line), line
        assert problem.rule not in {"program", "pelican", "template", "broken-html", "letters-changed"}, line
        gone.add(Path(problem.path).name)
        (project.content / Path(problem.path).name).unlink(missing_ok=True)
    return gone


def _check_pages(project: Project, files: dict[str, bytes]) -> None:
    origins = project.origins()
    for name, text in files.items():
        if name not in origins:
            assert b"draft" in text, text
            continue
        page = (project.output / origins[name][1:] / "index.html").read_bytes()
        plain = re.sub("\r\n?|[\u2028\u2029]", "\n", text.decode("utf-8-sig"))
        body = re.split(r"\n[^\S\n]*\n", plain, maxsplit=1)[-1]
        assert find_missing(body, page) == [], (text, find_missing(body, page))
        assert list(find_live(lxml_html.fromstring(page))) == [], text
    for page in project.output.rglob("*.html"):
        assert list(find_live(lxml_html.fromstring(page.read_bytes()))) == []


def fuzz(seconds: float) -> Counter[str]:
    """Try texts for some time; return the counts. Raises AssertionError with the smallest failing example."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder))
        project.write("content/base.md", "Title: Base\nDate: 1974\n\nThe first text.\n")
        project.write("content/images/a.png", b"\x89PNG\r\n\x1a\n")

        @settings(max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck),
                  phases=[Phase.generate, Phase.shrink])  # fmt: skip
        @given(st.lists(sources(), min_size=1, max_size=20))
        def every_text_is_refused_or_published(texts: list[bytes]) -> None:
            counts.update(try_texts(project, texts))

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            every_text_is_refused_or_published()
    return counts


if __name__ == "__main__":
    counted = fuzz(float(sys.argv[1]))
    both = counted["published"] + counted["refused"]
    print(f"{both:,} texts: {counted['published']:,} published whole, {counted['refused']:,} refused.")
    print(", ".join(f"{rule} {count}" for rule, count in counted.most_common() if rule[0] == "["))
