"""The check of the finished tree: every link leads somewhere, ids are unique, nothing comes from another host."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from press.check.pages import PageFacts, read_page
from press.faults import Fault, error
from press.gate.lines import find_line

_HINT = "Mend the link: a text is linked by {filename} and its file’s path, a picture by {static}."


def check_site(site: Path, sources: Mapping[str, tuple[str, Path]], address: str) -> list[Fault]:
    """Check every page below `site`.

    `sources` gives for a page's path how faults name its source, and the source itself; a fault in any other page is
    the theme's. `address` is the site's own, which absolute links may begin with.
    """
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    facts = {name: read_page(path.read_bytes()) for name, path in files.items() if name.endswith(".html")}
    return [
        fault
        for name, page in sorted(facts.items())
        for words, rule, message in _find_page_faults(name, page, files.keys(), facts, address)
        for fault in [_lead_back(name, words, rule, message, sources)]
    ]


def _find_page_faults(
    name: str, page: PageFacts, files: Collection[str], facts: Mapping[str, PageFacts], address: str
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with a page: the words to look for in its source, the rule, the message."""
    if not page.words:
        yield "", "no-text", "the page shows no text. Look at its template."
    for twice in page.repeated_ids:
        yield twice, "id-twice", f"the id “{twice}” stands twice on one page. Give each its own."
    for link in sorted(page.embedded):
        if urlsplit(link).netloc and not link.startswith(f"{address}/"):
            yield link, "foreign-host", f"“{link}” is loaded from another host. Put the file into images/ or files/."
    for link in sorted(page.links | page.embedded):
        problem = _find_dead_end(name, link, files, facts, address)
        if problem:
            yield link, "broken-link", f"“{link}” {problem}. {_HINT}"


def _find_dead_end(name: str, link: str, files: Collection[str], facts: Mapping[str, PageFacts], address: str) -> str:
    """Say why an internal link leads nowhere; the empty string where it leads somewhere, or to another site."""
    if link.startswith(f"{address}/") and address:
        parts, base = urlsplit(link[len(address) :].lstrip("/")), ""
    else:
        parts, base = urlsplit(link), posixpath.dirname(name)
    if parts.scheme or parts.netloc:
        return ""
    path = posixpath.normpath(posixpath.join(base, unquote(parts.path))) if parts.path else name
    if parts.path.endswith(("/", "/.", "/..")) or path == "." or parts.path in (".", ".."):
        path = posixpath.normpath(posixpath.join(path, "index.html"))
    if path not in files:
        return "leads to nothing in this archive"
    if parts.fragment and path in facts and unquote(parts.fragment) not in facts[path].ids:
        return f"leads to no place of that name on /{path.removesuffix('index.html')}"
    return ""


def _lead_back(name: str, words: str, rule: str, message: str, sources: Mapping[str, tuple[str, Path]]) -> Fault:
    if name not in sources:
        return error(f"output/{name}", 0, rule, message)
    shown, source = sources[name]
    return error(shown, find_line(source, words), rule, message)
