"""Atom feeds of the whole archive, each category and each language: the newest texts by date added, in full."""

from __future__ import annotations

import datetime
import html
from pathlib import Path
from typing import Any

from feedgenerator import Atom1Feed
from pelican import signals

from press.cache.imprint import take_imprints
from press.cache.pages import Made, Pages, make_room
from press.model.plan import PlannedFeed, plan_feeds

_BEFORE_ALL = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class ArchiveFeed(Atom1Feed):
    """A feed that does not look at the clock: an empty one is as old as can be."""

    def latest_post_date(self) -> datetime.datetime:
        """Give the date of the newest item."""
        return max((item["pubdate"] for item in self.items), default=_BEFORE_ALL)


class FeedGenerator:
    """Write every planned feed; made and called by Pelican as a generator."""

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], output_path: str, **_: Any) -> None:
        self.context, self.settings, self.output = context, settings, Path(output_path)

    def generate_output(self, writer: Any) -> None:
        """Write the feeds that do not stand already as they would be written."""
        pages: Pages = self.context.get("PRESS_PAGES") or Pages()
        imprints = take_imprints(self.context, self.settings)
        for plan in plan_feeds(self.context["archive"]):
            imprint = imprints.of_feed(plan)
            if pages.keep(plan.path, imprint):
                continue
            pages.made[plan.path] = Made(imprint)
            path = self.output / plan.path
            make_room(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._make(plan).writeString("utf-8") + "\n", encoding="utf-8")

    def _make(self, plan: PlannedFeed) -> ArchiveFeed:
        site, address = self.settings["SITENAME"], self.context["address"]
        words = self.settings["PRESS_WORDING"]
        title = words.say_language(plan.title) if plan.kind == "language" else plan.title
        feed = ArchiveFeed(
            title=f"{site}: {title}" if title else site,
            link=f"{address}/{plan.url}",
            feed_url=f"{address}/{plan.path}",
            feed_guid=f"{address}/{plan.path}",
            description="",
            language=self.settings["DEFAULT_LANG"],
            author_name=site,
        )
        for entry in plan.entries:
            text = self.context["texts"][entry.source]
            added = datetime.datetime.combine(entry.added or _BEFORE_ALL, datetime.time(), datetime.UTC)
            feed.add_item(
                title=text.title_text,
                link=f"{address}/{entry.url}",
                unique_id=f"{address}/{entry.url}",
                description=html.escape(f"{words.say_date(entry.date)}. {text.description}", quote=False),
                content=text.body_at(address),
                pubdate=added,
                updateddate=added,
                author_name="; ".join(entry.authors) or None,
                categories=[entry.category],
            )
        return feed


def give_generator(pelican: Any) -> type[FeedGenerator]:
    """Name the generator of the feeds."""
    return FeedGenerator


def register() -> None:
    """Connect to Pelican's signals."""
    signals.get_generators.connect(give_generator)
