"""Atom feeds of the whole archive, each category and each language: the newest texts by date added, in full."""

from __future__ import annotations

import datetime
import html
from typing import Any

from feedgenerator import Atom1Feed

from press.model.planned import PlannedFeed
from press.site.page_text import Texts
from press.site.pelican_site import Site

_BEFORE_ALL = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class ArchiveFeed(Atom1Feed):
    """A feed whose dates never come from the clock: an empty feed has the oldest date.

    An item has an author element for each of its `authors` (RFC 4287, section 4.2.1); Atom1Feed knows only one. Its
    language is that of the text (section 2, xml:lang).
    """

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Return the attributes of the element of an item."""
        return {**super().item_attributes(item), "xml:lang": item["lang"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write the elements of an item."""
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")

    def latest_post_date(self) -> datetime.datetime:
        """Return the date of the newest item."""
        return max((item["pubdate"] for item in self.items), default=_BEFORE_ALL)


def write_feed(site: Site, texts: Texts, plan: PlannedFeed) -> str:
    """Write a feed as Atom 1.0."""
    name, address, localiser = site.settings["SITENAME"], site.address, site.localiser
    title = localiser.format_language(plan.title) if plan.kind == "language" else plan.title
    feed = ArchiveFeed(
        title=f"{name}{localiser.gettext(': ')}{title}" if title else name,
        link=f"{address}/{plan.url}",
        feed_url=f"{address}/{plan.path}",
        feed_guid=f"{address}/{plan.path}",
        description="",
        language=site.settings["DEFAULT_LANG"],
        author_name=name,
    )
    for entry in plan.entries:
        text = texts[entry.source]
        added = datetime.datetime.combine(entry.added or _BEFORE_ALL, datetime.time(), datetime.UTC)
        feed.add_item(
            title=text.title_text,
            link=f"{address}/{entry.url}",
            unique_id=f"{address}/{entry.url}",
            description=html.escape(f"{localiser.format_date(entry.date)}. {text.description}".rstrip(), quote=False),
            content=text.body_at(address),
            pubdate=added,
            updateddate=added,
            authors=entry.authors,
            lang=entry.lang,
            categories=[entry.category],
        )
    return f"{feed.writeString('utf-8')}\n"
