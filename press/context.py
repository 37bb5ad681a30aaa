"""What the stages of one build share: the options, the settings, the inputs with their hashes, the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from press.cache.keys import (
    HashFiles,
    Inputs,
    hash_code,
    hash_files,
    imported_key,
    list_imported,
    options_key,
    run_settings,
)
from press.cache.page_keys import Spellings
from press.cache.steps import Cache, Step, open_cache
from press.cache.store import Store
from press.check.facts import FileFacts
from press.diagnostics import Diagnostic, Level, display_path, refuse_if_any_error
from press.model.archive import Archive
from press.model.entry import Entry
from press.options import BuildOptions, Settings
from press.package_files import PRESS_THEME
from press.placed_exports import PlacedExports
from press.publish import Manifest, Staging, collection_folder
from press.publish.staged_tree import StagedTree
from press.search.documents import SearchContent
from press.setting_problems import find_private_address
from press.stylesheet import SHEETS
from press.theme_folders import TEMPLATES, list_theme_places, theme_folders
from press.validate import Survey, find_missing_content, validate_content
from press.validate.paths import RECORDS, ContentPaths, walk_content

CACHE = "cache"
"""The cache's name in the work folder of a collection."""

CODE = Step[list[str]]("code", lambda paths: paths, lambda written, _: list(map(str, written)), spare=5)

PlannedPaths = frozenset[str]
OpenTree = Callable[[PlannedPaths], StagedTree]
"""Opens the tree to fill, which may begin with planned files of the previous tree that have not changed."""


@dataclass
class BuildContext:
    """Everything that the stages of one build share."""

    options: BuildOptions
    settings: Settings
    paths: ContentPaths
    """What is in the content folder."""
    inputs: Inputs
    cache: Cache
    open_tree: OpenTree
    open_pelican: Callable[[Mapping[str, Any], Path], AbstractContextManager[tuple[Any, Any]]]
    staging: Staging | None = None
    """Where the finished tree is published; None for a tree that is only checked or shown."""
    drafts: bool = False
    """Whether the archive includes drafts: only for a preview, never for a published site."""
    with_index: bool = True
    with_smaller: bool = True
    """Whether large pictures get smaller versions: not in a preview, which is shown to one person nearby."""
    with_documents: bool = False
    """Whether what the search index is made of is listed, for a preview that makes it later."""
    documents_later: bool = False
    """Whether it is listed only when `Built.list_search` is called: a preview shows the pages first."""
    make_exports: bool = True
    """Whether exports that no build has kept are made; a check may leave them out."""
    sheet_path: str = ""
    """Where a preview keeps the style sheet while it changes; empty if its content names it."""
    validate_content: Callable[..., Survey] = validate_content
    """What validates the content; a preview knows what it has validated before."""
    spellings: Spellings | None = None
    """What pages show, as their keys spell it, which a preview keeps."""
    survey: Survey = field(default_factory=Survey)
    """What validation found, once it has run."""
    problems: list[Diagnostic] = field(default_factory=list)
    """Everything that the stages have found so far; an error does not end a build before its check."""
    facts: Mapping[str, FileFacts] = field(default_factory=dict)
    """What the check needed to know of each page, once it has run; after an edit, of those that have changed."""
    targets: frozenset[tuple[str, str]] = frozenset()
    """The path and the place of everything that pages lead to on others, once the check has run."""
    unmade: list[str] = field(default_factory=list)
    """The keys of exports that were neither kept nor made."""
    placed: Mapping[str, PlacedExports] = field(default_factory=dict)
    """The exports that are in the tree, by the sources of their leaflets."""

    def tidy(self) -> None:
        """Delete what the tree to publish does not need of the former ones."""
        if self.staging:
            self.staging.tidy()

    @property
    def failed(self) -> bool:
        """Whether an error has been found, so that nothing will be published."""
        return any(problem.level is Level.ERROR for problem in self.problems)

    @cached_property
    def text_environment(self) -> str:
        """A key of what texts depend on beyond the content; empty if other plugins make that unknowable."""
        return self._name_environment(TEMPLATES, SHEETS)

    @cached_property
    def page_environment(self) -> str:
        """The same for pages, which depend on the templates too; a page only has the path of the style sheet."""
        return self._name_environment(SHEETS)

    def _name_environment(self, *left_out: str) -> str:
        """Return the key; `left_out` are folders of the theme that do not matter."""
        if has_other_plugins(self.settings) or not self.inputs.settings:
            return ""
        without = [folder / name for folder in theme_folders(self.settings).folders for name in left_out]
        return self.inputs.environment(self.settings, self.options.root, without)


@dataclass(frozen=True)
class Built:
    """What the stages made: the archive, and the tree that shows it."""

    survey: Survey
    tree: StagedTree
    addresses: Mapping[str, str] = field(default_factory=dict)
    """The address of each static file, by its path below the content folder."""
    search: SearchContent | None = None
    """What the search index is made of, for a preview that makes it later."""
    list_search: Callable[[], SearchContent | None] = lambda: None
    """Lists what the search index is made of, if that has been left for later."""
    manifest: Manifest | None = None
    """The list of all files, once the tree is published."""


def open_context(
    options: BuildOptions,
    cache: Cache,
    open_tree: OpenTree,
    inputs: tuple[ContentPaths, Inputs] | None = None,
    settings: dict[str, Any] | None = None,
    **more: Any,
) -> BuildContext:
    """Read the settings and gather what the stages need. Raises Refused if a setting is wrong."""
    from press.site.pelican_site import open_pelican  # imports Pelican, which an unchanged archive does not need

    hasher: HashFiles = more.pop("hash_files", hash_files)
    paths, taken = inputs or take_inputs(options, cache, hasher)
    settings = settings or read_settings(options)
    settings["TYPESET_ADVICE"] = True  # reported by `inv check` alone
    taken = hash_imported_code(options, settings, cache, taken, hasher)
    return BuildContext(
        options, settings, paths, taken, cache, open_tree, more.pop("open_pelican", open_pelican), **more
    )


def read_settings(options: BuildOptions) -> dict[str, Any]:
    """Read the settings, with the overrides that the options name. Raises Refused."""
    from press.pelican_run import load_settings

    refuse_if_any_error(find_missing_content(options.content, display_path(options.content)))
    given = {"SITEURL": options.url.rstrip("/"), "DOWNLOADS_FORMATS": options.formats}
    overrides: dict[str, Any] = {name: value for name, value in given.items() if value}
    overrides |= {} if options.search else {"SEARCH": False}
    settings = load_settings(options.settings_file, {"PATH": str(options.content.resolve()), **overrides})
    if options.public and not options.url:  # one that was typed is checked where it is read
        refuse_if_any_error(find_private_address(settings, options.settings_file))
    return settings


def take_inputs(
    options: BuildOptions, cache: Cache, hash_files: HashFiles = hash_files
) -> tuple[ContentPaths, Inputs]:
    """Walk the content folder once, and hash everything that a build depends on."""
    shown = display_path(options.content)
    paths = walk_content(options.content, shown)
    records = [name for name in RECORDS if (options.content / name).is_file()]
    content = hash_files(options.content, [*paths.texts, *paths.statics, *records])
    reported = [*map(str, paths.problems), *paths.ignored]
    asked = options_key(options.deciding, shown, options.settings_file.name, *reported)
    settings = run_settings(options.settings_file)
    code = cache.recall(CODE, imported_key(options.settings_file)) or [str(options.root / "theme"), str(PRESS_THEME)]
    return paths, Inputs(content, asked, tuple(code), hash_code(options.root, code, hash_files), settings)


def list_code(settings: Settings) -> list[Path]:
    """Return the places of the theme, the folder of fonts, and the files that settings and plugins have imported.

    A theme of the archive's own that does not exist yet is among them: its first file must be seen.
    """
    fonts = [Path(settings["DOWNLOADS_FONTS"])] if settings["DOWNLOADS_FONTS"] else []
    return [*list_theme_places(settings), *fonts, *list_imported()]


def hash_imported_code(
    options: BuildOptions, settings: Settings, cache: Cache, known: Inputs, hash_files: HashFiles = hash_files
) -> Inputs:
    """Return the inputs with the code imported by now; keep its paths for the next build."""
    code = list(map(str, list_code(settings)))
    if tuple(code) == known.imported:
        return known
    cache.keep(CODE, imported_key(options.settings_file), code)
    return replace(known, imported=tuple(code), code=hash_code(options.root, code, hash_files))


@contextmanager
def open_work_cache(options: BuildOptions) -> Iterator[Cache]:
    """Open the cache that builds of this content into this output share."""
    with open_cache(collection_folder(options.root, options.content, options.output) / CACHE) as cache:
        yield cache


def without_cache() -> Cache:
    """Return an empty cache that is lost when the build ends."""
    return Cache(Store())


def has_other_plugins(settings: Settings) -> bool:
    """Return whether there are plugins that are not part of the press: they may change any text or page.

    Without a PLUGINS setting, Pelican loads every plugin that it finds.
    """
    plugins = settings.get("PLUGINS")
    return plugins is None or any(not str(plugin).startswith(("press.", "pelican_typeset")) for plugin in plugins)


def find_waivers(options: BuildOptions, survey: Survey) -> dict[str, Sequence[tuple[str, str]]]:
    """Return the waivers of each text that has any, by the path that diagnostics name."""
    return {display_path(options.content / entry.source): entry.accept for entry in survey.entries if entry.accept}


def published(archive: Archive) -> list[Entry]:
    """Return the entries of all published texts."""
    return list(archive.texts)
