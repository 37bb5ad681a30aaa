"""The archive: checked entries in order of date, grouped once for every index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from press.model.dates import Precision
from press.model.entry import Entry
from press.model.languages import name_language
from press.model.ledger import Address
from press.model.names import Name
from press.model.names_file import Names
from press.model.slugs import make_slug
from press.model.titles import file_words, find_number
from press.model.urls import TERMS

Entries = tuple[Entry, ...]
_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The previous and the next text by original date; None at either end."""

    previous: Entry | None
    next: Entry | None


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """Everything that is published, ready for the indexes; an archive equals only itself."""

    leaflets: Entries
    """By original date, undated ones last."""
    pages: Entries
    neighbours: Mapping[str, Neighbours]
    """By slug."""
    in_category: Mapping[str, Neighbours]
    """The same within the category, by slug."""
    translations: Mapping[str, Entries]
    """By slug: the same text in other languages, in the order of their names."""
    years: Mapping[int, Entries]
    groups: Mapping[str, Entries]
    """Leaflets without an exact year: `197x`, `19xx`, `undated`."""
    categories: Mapping[str, Entries]
    """By name, in alphabetical order of slugs; so are the next five."""
    authors: Mapping[str, Entries]
    """In the order of a catalogue."""
    series: Mapping[str, Entries]
    """Each in the order of its numbers, if all its titles have one."""
    tags: Mapping[str, Entries]
    places: Mapping[str, Entries]
    """Spellings with one slug are one place, under the most frequent of them; so with publishers."""
    publishers: Mapping[str, Entries]
    languages: Mapping[str, Entries]
    """By language tag, in the order of the names that the site has for them."""
    names: Mapping[str, Name]
    """Every author and translator, as a catalogue has them, by the name that is shown."""
    newest: Entries
    """Those with a date added, the latest first."""
    home: Entry | None = None
    """The text of the home page."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """From old addresses to those that replaced them."""
    tombstones: tuple[Address, ...] = ()
    """Addresses whose text was removed."""
    published: frozenset[str] = frozenset()
    """The addresses of texts that may have been public before: those in the ledger, and those that texts moved to."""

    @property
    def texts(self) -> Entries:
        """Everything that has a source: the leaflets, the pages and the text of the home page."""
        return (*self.leaflets, *self.pages, *filter(None, [self.home]))


def arrange(entries: Iterable[Entry], known: Names | None = None, lang: str = "en") -> Archive:
    """Put published entries in order; drafts must be left out before.

    `known` is what is known of names; `lang` is the language of the site, in which languages are named.
    """
    everything = list(entries)
    leaflets = tuple(sorted((e for e in everything if not e.is_page), key=_by_original_date))
    dated = [e for e in leaflets if e.date.year is not None]
    categories = group_by_names(leaflets, lambda e: (e.category,))
    series = group_by_names(leaflets, lambda e: (e.series,) if e.series else ())
    authors = group_by_names(leaflets, lambda e: e.authors)
    names = (known or Names()).catalogue(leaflets)
    return Archive(
        leaflets=leaflets,
        pages=tuple(sorted((e for e in everything if e.is_page and not e.is_home), key=lambda e: e.source)),
        neighbours=_find_neighbours(leaflets),
        in_category={slug: near for group in categories.values() for slug, near in _find_neighbours(group).items()},
        translations=_find_translations(leaflets, lang),
        years=group_by(dated, lambda e: e.date.first.year),
        groups=group_by((e for e in leaflets if e.date.group), lambda e: e.date.group),
        categories=categories,
        authors={name: authors[name] for name in sorted(authors, key=lambda name: names[name].sort_key)},
        series={name: sort_by_number(group) for name, group in series.items()},
        tags=group_by_names(leaflets, lambda e: e.tags),
        places=group_by_spelling(leaflets, lambda e: e.place),
        publishers=group_by_spelling(leaflets, lambda e: e.publisher),
        languages=dict(
            sorted(group_by(leaflets, lambda e: e.lang).items(), key=lambda item: _by_name(item[0], lang))
        ),
        names=names,
        newest=tuple(sorted((e for e in leaflets if e.added), key=_by_date_added)),
        home=next((e for e in everything if e.is_home), None),
    )


def span_of_years(entries: Entries) -> tuple[int, int] | None:
    """Return the first and the last possible year of the entries, or None if no date is known."""
    dated = [e.date for e in entries if e.date.precision is not Precision.UNDATED]
    return (min(d.first.year for d in dated), max(d.last.year for d in dated)) if dated else None


def _by_original_date(entry: Entry) -> tuple[object, ...]:
    return (*entry.date.sort_key, entry.slug)


def _by_date_added(entry: Entry) -> tuple[object, ...]:
    return (-entry.added.toordinal() if entry.added else 0, *_by_original_date(entry))


def _find_neighbours(leaflets: Entries) -> dict[str, Neighbours]:
    around = (None, *leaflets, None)
    return {e.slug: Neighbours(around[i], around[i + 2]) for i, e in enumerate(leaflets)}


def _by_name(tag: str, lang: str) -> tuple[str, str]:
    return file_words(name_language(tag, lang)), tag


def _find_translations(leaflets: Entries, lang: str) -> dict[str, Entries]:
    """Return all other texts of a family, an original and its translations, for each of its texts."""
    families = group_by(leaflets, lambda e: e.translation_of or e.slug)
    return {
        e.slug: tuple(
            sorted((o for o in family if o is not e), key=lambda other: (_by_name(other.lang, lang), other.slug))
        )
        for family in families.values()
        if len(family) > 1
        for e in family
    }


def group_by_names(entries: Iterable[Entry], names: Callable[[Entry], Iterable[str]]) -> dict[str, Entries]:
    """Group entries by each of their names, in the order of the slugs of the names."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in names(entry):
            groups.setdefault(name, []).append(entry)
    return {name: tuple(groups[name]) for name in sorted(groups, key=make_slug)}


def group_by_spelling(entries: Iterable[Entry], name: Callable[[Entry], str]) -> dict[str, Entries]:
    """Group entries by the slug of a name that nobody has to spell alike; those without a slug are left out."""
    groups = group_by(entries, lambda e: make_slug(name(e)) if name(e) else "")
    spelled = {slug: Counter(map(name, group)) for slug, group in groups.items() if slug}
    return {min(names, key=lambda n: (-names[n], n)): groups[slug] for slug, names in sorted(spelled.items())}


def sort_by_number(entries: Entries) -> Entries:
    """Put the texts of a series in the order of the numbers in their titles, if each has one of its own."""
    numbers = {entry.slug: find_number(entry.title) for entry in entries}
    if None in numbers.values() or len(set(numbers.values())) < len(entries):
        return entries
    return tuple(sorted(entries, key=lambda e: numbers[e.slug] or 0))


def group_by(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, tuple[_Item, ...]]:
    """Group items, such as entries, by `key`; groups and their items keep their order."""
    groups: dict[_Key, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return {name: tuple(group) for name, group in groups.items()}


def groups_of(archive: Archive, kind: str) -> Mapping[str, Entries]:
    """Return the leaflets of each term of a kind; a single language is no term, since it would have them all."""
    groups: Mapping[str, Entries] = getattr(archive, TERMS[kind])
    return {} if kind == "language" and len(groups) < 2 else groups
