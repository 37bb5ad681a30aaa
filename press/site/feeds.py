"""Atom feeds of the whole archive, each category and each language: the newest texts by date added, in full."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any

from feedgenerator import Atom1Feed

from press.model.entry import Entry
from press.model.languages import is_right_to_left
from press.model.planned import PlannedFeed
from press.site.page_text import Text, Texts
from press.site.pelican_site import Site

_BEFORE_ALL = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

_NOTE_MARK = re.compile(r'<a class="footnote-ref"[^>]*>[^<]*</a>')


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
    title = localiser.format_language(plan.title) if plan.kind == "language" else localiser.format_term(plan.title)
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
            description=_summarise(site, entry, text),
            content=_make_content(text, entry.lang, address),
            pubdate=added,
            updateddate=added,
            authors=entry.authors,
            lang=entry.lang,
            categories=[localiser.format_term(entry.category)],
        )
    return f"{feed.writeString('utf-8')}\n"


def _summarise(site: Site, entry: Entry, text: Text) -> str:
    """Return the original date, in the language of the site, and the description of a text, as HTML."""
    date = site.localiser.format_date(entry.date)
    words = html.escape(f". {text.description}".rstrip(), quote=False)
    home = site.settings["DEFAULT_LANG"]
    if is_right_to_left(entry.lang) or is_right_to_left(home):
        return _turn(f'<bdi lang="{home}">{html.escape(date)}</bdi>{words}', entry.lang)
    return f"{html.escape(date, quote=False)}{words}"


def _make_content(text: Text, lang: str, address: str) -> str:
    """Return a whole text as HTML, with absolute links.

    In one from right to left each note mark is isolated, or it would join a figure before it: feeds have no styles.
    """
    body = text.body_at(address)
    return _turn(_NOTE_MARK.sub(r"<bdi>\g<0></bdi>", body), lang) if is_right_to_left(lang) else body


def _turn(markup: str, lang: str) -> str:
    """Say in HTML in what direction a text runs: readers of feeds do not infer it from `xml:lang`."""
    return f'<div dir="{"rtl" if is_right_to_left(lang) else "ltr"}" lang="{lang}">{markup}</div>'
