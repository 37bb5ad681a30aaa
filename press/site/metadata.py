"""The metadata in the head of a leaflet's page: Dublin Core, Highwire tags, Open Graph and schema.org.

Zotero and Google Scholar read the Highwire tags, library catalogues Dublin Core, link previews Open Graph, search
engines schema.org. An original date is never more exact than it is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from press.model.dates import OriginalDate, Precision
from press.model.entry import UNCATEGORISED, Entry
from press.model.languages import open_graph_locale
from press.model.names import Name
from press.model.urls import author_url, category_url, leaflet_url, series_url

Meta = tuple[str, str, str]
"""The attribute that names it, `name` or `property`; the name; the value."""

_EXACT = (Precision.YEAR, Precision.MONTH, Precision.DAY)
_IN_A_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True, slots=True)
class PreviewPicture:
    """The picture that stands for a text in previews of links: its address, its size in pixels, its description."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class SiteMetadata:
    """The facts about the archive itself; `address` has no slash at its end."""

    name: str
    address: str
    lang: str
    summary: str
    report_to: str = ""
    holdings: str = ""
    """What the archive has, for the title of its home page; empty for leaflets and pamphlets."""
    uncategorised: str = UNCATEGORISED
    """What the category of texts without one is called in the language of the site."""

    def list_meta(
        self,
        entry: Entry,
        title: str,
        summary: str,
        names: Mapping[str, Name],
        picture: PreviewPicture | None = None,
    ) -> Iterator[Meta]:
        """Yield the tags of a leaflet's page except its description and links; values are plain text.

        `names` has its authors and translators as a catalogue has them. `picture` stands for it in previews of
        links, in place of the archive's icon.
        """
        url, title = f"{self.address}/{entry.url}", _space_plainly(title)
        for name, values in _dublin_core(entry, title, url, self._name_category(entry)):
            yield from (("name", f"dcterms.{name}", value) for value in values if value)
        for name, values in _highwire(entry, title, url, names):
            yield from (("name", f"citation_{name}", value) for value in values if value)
        for name, value in [*self._open_graph(entry, title, summary, url), *self._show(picture)]:
            if value:
                yield "property", name, value
        yield "name", "z:itemType", "document"  # otherwise Zotero imports a leaflet as a journal article

    def _open_graph(self, entry: Entry, title: str, summary: str, url: str) -> Iterator[tuple[str, str]]:
        yield from [("og:type", "article"), ("og:title", title), ("og:description", summary), ("og:url", url)]
        yield "og:site_name", self.name
        if locale := open_graph_locale(entry.lang):
            yield "og:locale", locale
        if is_exact(entry.date):
            yield "article:published_time", entry.date.machine
        yield "article:section", self._name_category(entry)
        yield from (("article:tag", tag) for tag in entry.tags)

    def _show(self, picture: PreviewPicture | None) -> Iterator[tuple[str, str]]:
        if picture is None:
            yield "og:image", f"{self.address}/icon-512.png"
        else:
            yield from [("og:image", picture.url), ("og:image:width", f"{picture.width}")]
            yield from [("og:image:height", f"{picture.height}"), ("og:image:alt", picture.alt)]

    def describe_leaflet(
        self,
        entry: Entry,
        title: str,
        summary: str,
        names: Mapping[str, Name],
        trail: Sequence[tuple[str, str]],
        translations: Sequence[Entry],
    ) -> Markup:
        """Return the schema.org description of a leaflet and its breadcrumbs, as JSON for a script element."""
        url, title = f"{self.address}/{entry.url}", _space_plainly(title)
        named = {
            "author": [{**self._refer(author_url(name)), **_describe_name(names[name])} for name in entry.authors],
            "translator": [_describe_name(names[name]) for name in entry.translators],
            "publisher": {"@type": "Organization", "name": entry.publisher} if entry.publisher else None,
            "locationCreated": {"@type": "Place", "name": entry.place} if entry.place else None,
            "translationOfWork": self._refer(leaflet_url(entry.translation_of)) if entry.translation_of else None,
            "workTranslation": [self._refer(t.url) for t in translations if t.translation_of == entry.slug],
            "copyrightNotice": entry.rights,
            "identifier": entry.identifier,
            "keywords": list(entry.tags),
            "correction": list(entry.corrections),
        }
        article = {
            "@type": "Article",
            "@id": url,
            "url": url,
            "headline": title,
            **({"description": summary} if summary else {}),
            "inLanguage": entry.lang,
            "articleSection": self._name_category(entry),
            **_date_publication(entry.date),
            "isPartOf": self._collections(entry),
            "isAccessibleForFree": True,
            **{name: value for name, value in named.items() if value},
        }
        return _write_json([article, self._describe_trail(trail)])

    def describe_list(self, name: str, url: str) -> Markup:
        """Return the schema.org description of a list, or of the archive itself for the home page."""
        if not url:
            about = {"description": self.summary} if self.summary else {}
            return _write_json([{**self._website(), **about, "inLanguage": self.lang}])
        page = {"@type": "CollectionPage", "@id": f"{self.address}/{url}", "url": f"{self.address}/{url}"}
        return _write_json([{**page, "name": name, "inLanguage": self.lang, "isPartOf": self._website()}])

    def report_url(self, title: str, url: str, subject: str) -> str:
        """Return the link to report an error: an email or a form with the address, and the title after `subject`."""
        title, address = f"{subject}{_space_plainly(title)}", f"{self.address}/{url}"
        if self.report_to.startswith("mailto:"):
            return f"{self.report_to}?subject={quote(title, safe='')}&body={quote(address, safe='')}%0D%0A%0D%0A"
        return self.report_to.replace("{title}", quote(title, safe="")).replace("{url}", quote(address, safe=""))

    def _name_category(self, entry: Entry) -> str:
        return self.uncategorised if entry.category == UNCATEGORISED else entry.category

    def _website(self) -> dict[str, Any]:
        return {"@type": "WebSite", "@id": f"{self.address}/", "url": f"{self.address}/", "name": self.name}

    def _refer(self, url: str, name: str = "") -> dict[str, str]:
        """Refer to a page of the archive, and what it is about."""
        return {"@id": f"{self.address}/{url}", **({"name": name} if name else {})}

    def _collections(self, entry: Entry) -> list[Mapping[str, Any]]:
        page = self._refer(category_url(entry.category), self._name_category(entry))
        collections: list[Mapping[str, Any]] = [
            {"@type": "CollectionPage", **page, "url": page["@id"], "isPartOf": self._website()}
        ]
        if entry.series:
            series = self._refer(series_url(entry.series), entry.series)
            collections.append({"@type": "CreativeWorkSeries", **series})
        return collections

    def _describe_trail(self, trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
        steps = [
            {"@type": "ListItem", "position": place, "name": name, "item": f"{self.address}/{url}"}
            for place, (url, name) in enumerate([("", self.name), *trail], start=1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": steps}


def _describe_name(name: Name) -> dict[str, str]:
    """Describe an author or translator: a group or a person, as citations have it."""
    given = " ".join(filter(None, (name.given, name.particle)))
    parts = {"familyName": name.family, "givenName": given, "honorificSuffix": name.suffix}
    known = {part: value for part, value in parts.items() if value}
    return {"@type": "Organization" if name.is_group else "Person", "name": name.whole, **known}


def is_exact(date: OriginalDate) -> bool:
    """Return whether the day, month or year is certain."""
    return date.precision in _EXACT and not date.about and not date.doubtful


def _date_publication(date: OriginalDate) -> dict[str, str]:
    """Return the date as schema.org properties in ISO 8601: `2006-10`, or for a vaguer date a span, `1970/1979`."""
    if date.precision is Precision.UNDATED:
        return {}
    if is_exact(date):
        return {"datePublished": date.machine}
    first = ".." if date.has_open_start else f"{date.first.year:04d}"
    last = ".." if date.has_open_end else f"{date.last.year:04d}"
    return {"temporal": date.edtf if first == last else f"{first}/{last}"}


def _dublin_core(entry: Entry, title: str, url: str, category: str) -> Iterator[tuple[str, Sequence[str]]]:
    yield from [("title", [title]), ("creator", entry.authors), ("contributor", entry.translators)]
    yield from [("publisher", [entry.publisher]), ("issued", [entry.date.edtf]), ("language", [entry.lang])]
    yield from [("type", ["Text"]), ("subject", [category, *entry.tags]), ("isPartOf", [entry.series])]
    yield from [("identifier", [url, entry.identifier]), ("provenance", [entry.origin]), ("rights", [entry.rights])]


def _highwire(entry: Entry, title: str, url: str, names: Mapping[str, Name]) -> Iterator[tuple[str, Sequence[str]]]:
    yield from [("title", [title]), ("author", [names[name].inverted for name in entry.authors])]
    yield "publication_date", [entry.date.machine.replace("-", "/")]
    yield from [("publisher", [entry.publisher]), ("series_title", [entry.series]), ("language", [entry.lang])]
    yield from [("keywords", ["; ".join(entry.tags)]), ("fulltext_html_url", [url]), ("public_url", [url])]


def _space_plainly(title: str) -> str:
    """Replace no-break spaces by plain ones, because other programs break the title themselves."""
    return " ".join(title.split())


def _write_json(graph: Sequence[Mapping[str, Any]]) -> Markup:
    """Write descriptions as JSON in which nothing can end the script element around it."""
    content = graph[0] if len(graph) == 1 else {"@graph": graph}
    text = json.dumps({"@context": "https://schema.org", **content}, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_IN_A_SCRIPT))
