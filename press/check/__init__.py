"""The check of the finished tree: what is wrong with it is wrong before anybody sees it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lxml import etree

from press.check.links import find_dead_end, find_forbidden, is_foreign, spell_as_source
from press.check.pages import PageFacts, read_page
from press.faults import Fault, Level, error
from press.gate.lines import find_line

Finding = tuple[str, str, str]
"""The words or the link to look for in the source, the rule, the message."""

MANY = 5
"""Pages with one and the same fault that are named one by one."""

ADVICE = frozenset({"empty-alt"})
"""Rules that only advise."""

_HINT = "Mend the link: a text is linked by {filename} and its file’s path, a picture by {static}."


def check_site(site: Path, sources: Mapping[str, tuple[str, Path]], address: str) -> list[Fault]:
    """Check every page and feed below `site`.

    `sources` gives for a page's path how faults name its source, and the source itself; a fault in any other page is
    the theme's. `address` is the site's own, which absolute links may begin with. Raises OSError where the tree is
    not there.
    """
    site.stat()  # raises OSError: a tree that is gone is the disk's fault, and not that of its pages
    files = {
        Path(folder, name).relative_to(site).as_posix(): Path(folder, name)
        for folder, _, names in os.walk(site)
        for name in names
    }
    facts = {name: read_page(path.read_bytes()) for name, path in files.items() if name.endswith(".html")}
    faults = [error(f"{shown}", 1, "missing-page", f"/{name} was not written. This is a mistake in the program.")
              for name, (shown, _) in sources.items() if name not in files]  # fmt: skip
    for name, page in sorted(facts.items()):
        lead = lambda link, name=name: find_dead_end(name, link, files, facts, address)  # noqa: E731
        for words, rule, message in _find_page_faults(page, lead, address):
            faults.append(_lead_back(name, words, rule, message, sources))
    for name in sorted(files):
        faults += _check_xml(name, files[name]) if name.endswith(".xml") else ()
    return gather_repeated(faults)


def gather_repeated(faults: list[Fault]) -> list[Fault]:
    """Say once what is wrong with many pages in one way: it is the theme then, and not the texts."""
    alike: dict[tuple[str, str], list[Fault]] = {}
    for fault in sorted(faults):
        alike.setdefault((fault.rule, fault.message), []).append(fault)
    gathered = []
    for group in alike.values():
        more = f" It is so on {len(group)} pages: look at the theme."
        gathered += group if len(group) <= MANY else [replace(group[0], message=group[0].message + more)]
    return sorted(gathered)


def _find_page_faults(page: PageFacts, find_dead_end: Callable[[str], str], address: str) -> Iterator[Finding]:
    for line, wrong in page.repairs:
        yield "", "broken-html", f"line {line} of the page: {wrong}. Look at its template."
    if not page.words:
        yield "", "no-text", "the page shows no text. Look at its template."
    for twice in page.repeated_ids:
        yield twice, "id-twice", f"the id “{twice}” stands twice on one page. Give each its own."
    for picture in page.undescribed:
        message = f"the picture “{picture}” has no description. Write one between the brackets: ![The docks](…)."
        yield picture, "empty-alt", message
    for link in sorted(page.links | page.embedded):
        forbidden = find_forbidden(link)
        if forbidden:
            yield link, "link-scheme", f"“{link}” {forbidden}. Write an address that begins with https://, or a path."
        elif link in page.embedded and is_foreign(link, address):
            yield link, "foreign-host", f"“{link}” is loaded from another host. Put the file into images/ or files/."
        elif problem := find_dead_end(link):
            yield link, "broken-link", f"“{link}” {problem}. {_HINT}"


def _check_xml(name: str, path: Path) -> Iterator[Fault]:
    try:
        etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as wrong:
        yield error(f"output/{name}", wrong.lineno or 0, "broken-xml", f"{wrong.msg}. Look at what writes it.")


def _lead_back(name: str, words: str, rule: str, message: str, sources: Mapping[str, tuple[str, Path]]) -> Fault:
    level = Level.ADVICE if rule in ADVICE else Level.ERROR
    if name not in sources:
        return Fault(f"output/{name}", 0, level, rule, message)
    shown, source = sources[name]
    lines = (find_line(source, spelling) for spelling in spell_as_source(words))
    return Fault(shown, next((line for line in lines if line > 1), 1), level, rule, message)
