"""The stage `render`: write every page, feed and other file that the plan lists."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from pelican.utils import get_relative_path, path_to_url

from press.cache.page_keys import PageKeys
from press.cache.steps import Step
from press.diagnostics import Diagnostic
from press.model.entry import Entry
from press.model.languages import script_of
from press.model.plan import list_pages, plan_feeds, plan_navigation
from press.model.planned import PlannedPage
from press.model.urls import NOT_FOUND, THEME
from press.pelican_run import problem_in_theme
from press.runtime.parallel import map_over_cores
from press.site.export import Exports
from press.site.feeds import write_feed
from press.site.hosting import list_host_files, page_policy, search_policy
from press.site.images import find_picture
from press.site.machine_files import list_catalogue_files, list_machine_files
from press.site.page_text import Texts
from press.site.pelican_site import Site
from press.site.search_page import SearchPage, describe_search, name_scripts, read_scripts
from press.site.typeset import listening, log_again
from press.stylesheet import list_first_fonts, make_stylesheet, read_fonts, write_colours

_NOT_SHARED = frozenset(
    "OUTPUT_PATH PATH STATIC_PATHS THEME THEME_TEMPLATES_OVERRIDES"
    " generated_content localiser localsiteurl pictures static_content static_links".split()
)
"""What Pelican's context has that is not the same on every page or on every machine, or not for templates."""


_LISTED = ("entries", "recent", "featured")
"""The variables of a page whose texts are listed with more than their titles."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site: its path, its key (empty if it is written in every build), and the function that writes it.

    `write` writes the file into the tree, perhaps in another process, and returns its SHA-256.
    """

    path: str
    key: str
    write: Callable[[], str]
    template: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The SHA-256 of a file that was written, what was logged meanwhile, and what went wrong if it was not."""

    sha256: str
    logged: tuple[Mapping[str, Any], ...] = ()
    problem: Diagnostic | None = None


PAGE = Step[Rendered](
    "page",
    lambda rendered: None if rendered.logged or rendered.problem else rendered.sha256,
    lambda written, _: Rendered(str(written)),
    together=True,
)


def render(site: Site, texts: Texts, exports: Exports) -> list[Diagnostic]:
    """Write every planned file that is not in the tree already; return the problems.

    A page whose template fails is recorded as absent, and the others are written.
    """
    outputs = list(_list_outputs(site, texts, exports))
    made = site.cache.recall_or_make(
        PAGE,
        outputs,
        lambda output: output.key if site.page_environment else "",
        partial(_write_all, site),
        lambda output, rendered: site.tree.keep(output.path, rendered.sha256),
    )
    problems = dict[Diagnostic, None]()
    for output, rendered in zip(outputs, made, strict=True):
        log_again(rendered.logged)
        if rendered.problem:
            problems[rendered.problem] = None
            site.tree.absent.add(output.path)
        else:
            site.tree.note(output.path, rendered.sha256)
    return list(problems)


def _list_outputs(site: Site, texts: Texts, exports: Exports) -> Iterator[Output]:
    """Yield every file to write; set the part of the context that is the same on all pages."""
    fonts = read_fonts(site.theme)
    rules = write_colours(site.settings["LEAFLETS_COLOURS"], site.settings["CATEGORY_COLOURS"])
    font_paths = {name: path for name, (path, _) in fonts.items()}
    sheet, sheet_name = make_stylesheet(site.theme, site.settings["SITENAME"], font_paths, rules)
    sheet_name = site.sheet_path or sheet_name
    scripts = name_scripts(read_scripts(site.theme)) if site.settings["SEARCH"] else {}
    search = describe_search(site, [f"{THEME}{name}" for name in scripts]) if scripts else None
    site.context.update(
        site=site.metadata,
        address=site.address,
        navigation=plan_navigation(site.archive, site.settings["LEAFLETS_MENU"]),
        stylesheet=sheet_name,
        fonts=font_paths,
        logo=find_picture(site, site.settings["LEAFLETS_LOGO"]),
        wordmark=find_picture(site, site.settings["LEAFLETS_WORDMARK"]),
        page_policy=page_policy(),
        search_policy=search_policy(),
        citations=exports.citations,
    )
    frame = {name: value for name, value in site.context.items() if name not in _NOT_SHARED}
    if site.spellings:
        site.spellings.hold(site.archive, texts.text_keys)
    keys = PageKeys({**frame, "environment": site.page_environment}, texts.text_keys, site.spellings)
    for page, more in _plan_pages(site, texts, exports, search):
        write_page = partial(_write_page, site, texts, frame, page, more)
        yield Output(page.path, keys.of_page(page, more), write_page, page.template)
    for feed in plan_feeds(site.archive):
        yield _output(site, feed.path, keys.of_feed(feed), partial(write_feed, site, texts, feed))
    for path, write in list_catalogue_files(site, texts):
        yield _output(site, path, keys.of_entries(path, site.archive.leaflets), write)
    small = {sheet_name: sheet, **dict(fonts.values()), **{f"{THEME}{name}": text for name, text in scripts.items()}}
    for path, text in [*small.items(), *list_machine_files(site), *list_host_files(site)]:
        yield _output(site, path, "", partial(_same, text))


def _output(site: Site, path: str, key: str, make: Callable[[], str | bytes]) -> Output:
    return Output(path, key, lambda: site.tree.write(path, make()))


def _same(text: str | bytes) -> str | bytes:
    return text


def _plan_pages(
    site: Site, texts: Texts, exports: Exports, search: SearchPage | None
) -> Iterator[tuple[PlannedPage, dict[str, Any]]]:
    """Yield the planned pages, and what each shows besides: exports, filters of the search, what lists tell."""
    for page in list_pages(site.archive):
        entry = page.shows["entry"] if page.template == "leaflet" else None
        own = {entry.slug: exports.listed[entry.slug]} if entry and entry.slug in exports.listed else {}
        more: dict[str, Any] = {"copies": own, "search": search if page.template == "search" else bool(search)}
        listed = [entry for name in _LISTED for entry in page.shows.get(name, ())]
        if listed:
            more["told"] = {e.source: texts.tell(e, site.archive.translations.get(e.slug, ())) for e in listed}
        if page.template == "home":
            more["openings"] = {e.source: texts.heads[e.source].opening for e in page.shows["featured"]}
        if page.template == "all":
            more["descriptions"] = {source: head.description for source, head in texts.heads.items()}
        yield page, more


def _write_all(site: Site, outputs: Sequence[Output]) -> Iterator[Rendered]:
    """Write files over the cores; compile the templates first, once for all processes."""
    failed = {}
    for name in sorted({output.template for output in outputs if output.template}):
        try:
            site.pelican.get_template(name)
        except Exception as wrong:  # a theme is other people's program
            failed[name] = problem_in_theme(wrong, site.settings)
    write = partial(_write_safely, site, failed)
    return map_over_cores(
        write, outputs, site.jobs, doing="writing this page", path_of=lambda output: f"output/{output.path}"
    )


def _write_safely(site: Site, failed: Mapping[str, Diagnostic], output: Output) -> Rendered:
    if output.template in failed:
        return Rendered("", problem=failed[output.template])
    with listening() as logged:
        try:
            return Rendered(output.write(), tuple(logged))
        except OSError:
            raise  # the disk, not a template: the staging area reports it
        except Exception as wrong:
            return Rendered("", tuple(logged), problem_in_theme(wrong, site.settings))


def _write_page(
    site: Site, texts: Texts, frame: Mapping[str, Any], planned: PlannedPage, more: Mapping[str, Any]
) -> str:
    """Write a page with Pelican's writer; its links are relative, but on the 404 page, which is shown at any address.

    Those of the 404 page begin with the path of the site, without a host: its own policy would block the style sheet
    of another host, on a copy of the site or in a trial.
    """
    page = planned.showing(**more)
    relative = page.path != NOT_FOUND
    top = path_to_url(get_relative_path(page.path)) if relative else urlsplit(site.address).path
    site.context["localsiteurl"] = top
    named = [*find_named(frame["navigation"]), *find_named(page.shows)]
    entry: Entry | None = page.shows.get("entry")
    langs = [site.settings["DEFAULT_LANG"], *([entry.lang] if entry else [])]
    site.tree.make_room(page.path)
    site.writer.write_file(
        page.path,
        site.pelican.get_template(page.template),
        dict(frame),
        relative_urls=relative,
        url=page.url,
        page_url=page.url,
        SITEURL=top,
        first_fonts=list_first_fonts(frame["fonts"], map(script_of, langs)),
        texts=texts.for_page(page.source, named),
        **page.shows,
    )
    return hashlib.sha256((site.tree.folder / page.path).read_bytes()).hexdigest()


def find_named(value: object) -> Iterator[str]:
    """Yield the source of every entry in what a page shows."""
    if isinstance(value, Entry):
        yield value.source
    elif isinstance(value, list | tuple):
        for item in value:
            yield from find_named(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from find_named(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for part in dataclasses.fields(value):
            yield from find_named(getattr(value, part.name))
