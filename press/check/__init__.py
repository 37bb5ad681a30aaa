"""The check of the finished tree: what is wrong with it is wrong before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from press.cache.pages import Finding, Pages, checked
from press.check.facts import PageFacts, read_page
from press.check.links import find_dead_end, find_forbidden, find_target, is_foreign, spell_as_source
from press.diagnostics import Diagnostic, Level, Refused, error
from press.publish.tree import list_files
from press.runtime.parallel import WorkerDied, map_over_cores, problem_of_death
from press.validate.locate import find_line

MANY = 5
"""Pages with one and the same problem that are named one by one."""

ADVICE = frozenset({"empty-alt"})
"""Rules that only advise."""

_HINT = "Mend the link: a text is linked by {filename} and its file’s path, a picture by {static}."


def check_site(
    site: Path,
    sources: Mapping[str, tuple[str, Path]],
    address: str,
    pages: Pages | None = None,
    jobs: int | None = None,
    files: Set[str] | None = None,
) -> list[Diagnostic]:
    """Check every page and feed below `site`.

    `sources` gives for a page's path how problems name its source, and the source itself; a problem in any other page
    is the theme's. `address` is the site's own, which absolute links may begin with. Pages that `pages` has kept were
    checked by an earlier build: what was found then is said again, and of their links those are looked at that lead
    to a place on a page that is new, or all where a file is gone. What is found of the others is kept there.
    `files` are the paths of all there is, where that is known. Raises OSError where the tree is not there.
    """
    site.stat()  # raises OSError: a tree that is gone is the disk's problem, and not that of its pages
    pages = pages or Pages()
    files = set(list_files(site)) if files is None else files
    problems = [error(f"{shown}", 1, "missing-page", f"/{name} was not written. This is a mistake in the program.")
              for name, (shown, _) in sources.items() if name not in files]  # fmt: skip
    fresh = [name for name in sorted(files) if name.endswith(".html") and name not in pages.kept]
    facts = Examined(site, files, fresh, address, jobs)
    lost = pages.files - files  # a kept page may link to one of them
    kept = sorted(name for name in pages.kept & files if name.endswith(".html"))
    again = [name for name in kept if lost or not _ways_lead_on(pages.made[name].ways, facts)]
    for name in [*fresh, *again]:
        page = facts[name]
        findings = (*page.findings, *_find_dead_ends(page, files, facts))
        if name in pages.made:
            ways = {f"{path}#{place}" for _, path, place in page.targets if place and path != name}
            pages.made[name] = checked(pages.made[name], tuple(sorted(ways)), findings)
        problems += [_lead_back(name, *finding, sources) for finding in findings]
    for name in sorted(set(kept).difference(again)):
        problems += [_lead_back(name, *finding, sources) for finding in pages.made[name].findings]
    for name in sorted(files):
        problems += _check_xml(name, site / name) if name.endswith(".xml") and name not in pages.kept else ()
    return gather_repeated(problems)


@dataclass(frozen=True, slots=True)
class Page:
    """What a finished page says of itself: its ids, what is wrong with it, and its links within the site."""

    ids: frozenset[str]
    findings: tuple[Finding, ...]
    targets: tuple[tuple[str, str, str], ...]
    """The link, the file it leads to, the place on that."""


class Examined(Mapping[str, Page]):
    """The pages of a tree: `fresh` ones are examined at once, others when they are asked for."""

    def __init__(self, site: Path, files: Set[str], fresh: list[str], address: str, jobs: int | None) -> None:
        self._site, self._files, self._address = site, files, address
        try:
            self._known = dict(zip(fresh, map_over_cores(self._examine, fresh, jobs), strict=True))
        except WorkerDied as died:
            raise Refused([problem_of_death(died, f"output/{died.item}", "checking this page")]) from None
        self.fresh = frozenset(fresh)

    def _examine(self, name: str) -> Page:
        facts = read_page((self._site / name).read_bytes())
        links = {link: find_wrong_link(link, facts, self._address) for link in sorted(facts.links | facts.embedded)}
        found = ((link, find_target(name, link, self._address)) for link, wrong in links.items() if not wrong)
        findings = (*_find_page_problems(facts), *(finding for finding in links.values() if finding))
        return Page(facts.ids, findings, tuple((link, *target) for link, target in found if target))

    def __getitem__(self, name: str) -> Page:
        if name not in self._known:
            self._known[name] = self._examine(name)
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._files and str(name).endswith(".html")

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._files if name.endswith(".html"))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _ways_lead_on(ways: tuple[str, ...], facts: Examined) -> bool:
    """Tell whether the places that a kept page links to are still there, as far as they are on new pages."""
    targets = (way.partition("#") for way in ways)
    return all(place in facts[path].ids for path, _, place in targets if path in facts.fresh)


def gather_repeated(problems: list[Diagnostic]) -> list[Diagnostic]:
    """Say once what is wrong with many pages in one way: it is the theme then, and not the texts."""
    alike: dict[tuple[str, str], list[Diagnostic]] = {}
    for problem in sorted(problems):
        alike.setdefault((problem.rule, problem.message), []).append(problem)
    gathered = []
    for group in alike.values():
        more = f" It is so on {len(group)} pages: look at the theme."
        gathered += group if len(group) <= MANY else [replace(group[0], message=group[0].message + more)]
    return sorted(gathered)


def _find_page_problems(page: PageFacts) -> Iterator[Finding]:
    for line, wrong in page.repairs:
        yield "", "broken-html", f"line {line} of the page: {wrong}. Look at its template."
    if not page.words:
        yield "", "no-text", "the page shows no text. Look at its template."
    for twice in page.repeated_ids:
        yield twice, "id-twice", f"the id “{twice}” stands twice on one page. Give each its own."
    for picture in page.undescribed:
        message = f"the picture “{picture}” has no description. Write one between the brackets: ![The docks](…)."
        yield picture, "empty-alt", message


def find_wrong_link(link: str, page: PageFacts, address: str) -> Finding | None:
    """Say what is wrong with a link wherever it leads."""
    forbidden = find_forbidden(link)
    if forbidden:
        hint = "Write an address that begins with https://, or a path."
        return link, "link-scheme", f"“{link}” {forbidden}. {hint}"
    if link in page.embedded and is_foreign(link, address):
        return link, "foreign-host", f"“{link}” is loaded from another host. Put the file into images/ or files/."
    if link in ("", "#"):
        return link, "broken-link", f"“{link}” leads nowhere. {_HINT}"
    return None


def _find_dead_ends(page: Page, files: Set[str], facts: Examined) -> Iterator[Finding]:
    for link, path, place in page.targets:
        if problem := find_dead_end((path, place), files, facts):
            yield link, "broken-link", f"“{link}” {problem}. {_HINT}"


def _check_xml(name: str, path: Path) -> Iterator[Diagnostic]:
    try:
        etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as wrong:
        yield error(f"output/{name}", wrong.lineno or 0, "broken-xml", f"{wrong.msg}. Look at what writes it.")


def _lead_back(name: str, words: str, rule: str, message: str, sources: Mapping[str, tuple[str, Path]]) -> Diagnostic:
    level = Level.ADVICE if rule in ADVICE else Level.ERROR
    if name not in sources:
        return Diagnostic(f"output/{name}", 0, level, rule, message)
    shown, source = sources[name]
    lines = (find_line(source, spelling) for spelling in spell_as_source(words))
    return Diagnostic(shown, next((line for line in lines if line > 1), 1), level, rule, message)
