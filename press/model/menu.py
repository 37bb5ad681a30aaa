"""The menu of every page: what the setting LEAFLETS_MENU names, and why an entry names nothing."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from press.diagnostics import Level
from press.model.archive import Archive, groups_of
from press.model.entry import Entry
from press.model.site_address import has_sound_host
from press.model.urls import TERMS, index_url, leaflet_url, page_url

MENU_INDEXES: Mapping[str, str] = {
    "dates": "date",
    "days": "day",
    "titles": "title",
    "search": "search",
    "feeds": "feed",
    **{plural: kind for kind, plural in TERMS.items()},
}
"""What the menu calls the archive’s own lists, with the kinds that press/model/urls.py has for them."""

ALL_PAGES = "pages"
"""In a menu: every page from content/pages/ that the menu does not name."""

_STANDARD = ("dates", "categories", "authors", "series", "tags", "titles", ALL_PAGES)

MenuEntry = str | Sequence[str]
"""What the menu names, or a label with what it names."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One link of the menu: a list of the archive, a text, or another address."""

    url: str
    """Relative to the top of the site, or with https://."""
    label: str = ""
    """Empty for the name of the list or the title of the text."""
    kind: str = ""
    """The kind of a list, as in press/model/urls.py."""
    entry: Entry | None = None

    @property
    def path(self) -> str:
        """The path of the file that it leads to, below the output folder."""
        return f"{self.url}index.html" if not self.url or self.url.endswith("/") else self.url

    @property
    def outside(self) -> bool:
        """Whether it leads to another site."""
        return self.url.startswith("https://")


def word_of(entry: MenuEntry) -> str:
    """Return what an entry names, without its label."""
    return entry if isinstance(entry, str) else entry[1]


def make_menu(archive: Archive, setting: Iterable[MenuEntry]) -> tuple[MenuItem, ...]:
    """Return the menu that the setting describes, without entries that name nothing; or, if it is empty, the usual.

    The usual menu leaves out lists that the archive does not have.
    """
    named = [(word_of(entry), "" if isinstance(entry, str) else entry[0]) for entry in setting]
    chosen = named or [(word, "") for word in _STANDARD if getattr(archive, word, True)]
    items = [(word, _resolve(word, label, archive)) for word, label in chosen]
    taken = {item.url for _, item in items if item}
    rest = [MenuItem(page.url, entry=page) for page in archive.pages if page.url not in taken]
    return tuple(each for word, item in items for each in (rest if word == ALL_PAGES else [item]) if each)


def _resolve(word: str, label: str, archive: Archive) -> MenuItem | None:
    """Return what one entry names, or None."""
    if word in MENU_INDEXES:
        kind = MENU_INDEXES[word]
        return None if _is_empty(kind, archive) else MenuItem(index_url(kind), label, kind)
    if word.startswith("/"):
        return MenuItem(word[1:], label or word)
    if word.startswith("https://"):
        return MenuItem(word, label or word)
    texts = [*archive.pages, *archive.leaflets, *filter(None, [archive.home])]
    entry = next((text for text in texts if word in (text.source, text.slug)), None)
    return MenuItem(entry.url, label, entry=entry) if entry else None


def _is_empty(kind: str, archive: Archive) -> bool:
    """Return whether no text has a term of a kind, so that the archive has no list of them yet."""
    return kind in TERMS and not groups_of(archive, kind)


@dataclass(frozen=True, slots=True)
class MenuGround:
    """What a menu is checked against."""

    archive: Archive
    entries: Sequence[Entry]
    """All sound entries, drafts included."""
    files: Collection[str]
    """The path of every file of the site."""
    unread: Mapping[str, str]
    """The sources with an error, by the path of the page that each would have: they are reported themselves."""


def find_menu_faults(ground: MenuGround, setting: Sequence[MenuEntry]) -> Iterator[tuple[MenuEntry, Level, str]]:
    """Yield each entry of the menu that a reader could not follow, with a message; an empty list is left out."""
    seen = set[str]()
    for entry in setting:
        word = word_of(entry)
        fault = _describe_fault(word, ground, labelled=not isinstance(entry, str))
        item = None if fault else _resolve(word, "", ground.archive)
        if item and item.url in seen:
            fault = "is there twice. Delete one."
        seen |= {item.url} if item else set()
        if fault:
            level = Level.WARNING if _is_empty(MENU_INDEXES.get(word, ""), ground.archive) else Level.ERROR
            yield entry, level, f"“{word}” in the menu {fault}"


def _describe_fault(word: str, ground: MenuGround, *, labelled: bool) -> str:
    if word == ALL_PAGES:
        return "stands for several pages and cannot have a label. Write it without one." if labelled else ""
    if word in MENU_INDEXES:
        there = MenuItem(index_url(MENU_INDEXES[word])).path in ground.files or bool(ground.unread)
        lacking = f"is a list that the archive does not have: no text has {_NEEDED[word]}. Leave it out."
        return "" if there else lacking
    if set(word) & set(" \"'<>\\") or (":" in word and not word.startswith("https://")):
        return _NO_ADDRESS if "/" in word or ":" in word else _describe_missing_text(word, ground)
    if word.startswith("/"):
        return _describe_address_fault(word[1:], ground)
    if word.startswith("https://"):
        return "" if has_sound_host(word) else _NO_ADDRESS
    return "" if _resolve(word, "", ground.archive) else _describe_missing_text(word, ground)


_NO_ADDRESS = (
    "is not an address. Write one that begins with https://, or one of this site from its first “/” on, such as "
    "/2006/."
)

_NEEDED = {word: f"a {kind}" for word, kind in MENU_INDEXES.items()} | {
    "authors": "an author",
    "days": "a date with its day",
    "languages": "another language than the rest",
    "series": "a series",
}


def _describe_address_fault(url: str, ground: MenuGround) -> str:
    """Return what is wrong with an address of this site, without its first slash."""
    if set(url) & set("#?") or url.startswith("/"):
        return "cannot be checked. Write an address of this site from its first “/” on, without “#” or “?”."
    if moved_or_gone := _describe_old_address(url, ground):
        return moved_or_gone
    path = MenuItem(url).path
    if path in ground.files or path in ground.unread:
        return ""
    if f"{url}/index.html" in ground.files:
        return f"lacks the “/” at its end. Write /{url}/."
    return "is not an address of this site. Correct it, or delete it."


def _describe_old_address(url: str, ground: MenuGround) -> str:
    if url in ground.archive.redirects:
        return f"has moved. Write /{ground.archive.redirects[url]}."
    if any(gone.url == url for gone in ground.archive.tombstones):
        return "was removed. Delete it."
    return ""


def _describe_missing_text(word: str, ground: MenuGround) -> str:
    """Return why no published text has this slug or file name."""
    if any(entry.draft and word in (entry.source, entry.slug) for entry in ground.entries):
        return "is a draft. Publish the text, or delete it here."
    urls = (page_url(word), leaflet_url(word))
    if word in ground.unread.values() or any(f"{url}index.html" in ground.unread for url in urls):
        return ""
    if old := next(filter(None, (_describe_old_address(url, ground) for url in urls)), ""):
        return old
    texts = ground.archive.texts
    known = [*MENU_INDEXES, ALL_PAGES, *(name for text in texts for name in (text.slug, text.source))]
    near = difflib.get_close_matches(word, known, n=1)
    remedy = f"Did you mean “{near[0]}”?" if near else "Correct it, or delete it."
    return f"names no list and no text of the archive. {remedy}"
