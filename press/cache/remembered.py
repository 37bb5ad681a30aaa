"""What earlier builds left for this one: sources that passed the gate, typeset texts, pages that stand.

Each is named by a hash of all that it depends on, so none is ever out of date, and all of it may be deleted at any
time. Plugins that are not of the press may do anything with a text or a page: with one of them nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press.cache.known import Known
from press.cache.pages import Pages
from press.cache.standing import Fingerprint
from press.cache.store import open_store

STORE = "texts.sqlite3"
"""The store's name in the work folder of a collection."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The memory of one build."""

    known: Known
    text_environment: str
    page_environment: str

    def tell_pelican(self, pages: Pages) -> dict[str, Any]:
        """Give the settings by which the plugins of the press know of it."""
        return {
            "PRESS_STORE": self.known.store,
            "PRESS_TEXT_ENVIRONMENT": self.text_environment,
            "PRESS_ENVIRONMENT": self.page_environment,
            "PRESS_PAGES": pages,
        }


@contextmanager
def open_memory(
    file: Path, settings: Mapping[str, Any], root: Path, fingerprint: Fingerprint
) -> Iterator[Remembered | None]:
    """Open the memory in this file; None where nothing may be kept."""
    if not fingerprint.whole or has_other_plugins(settings):
        yield None
        return
    theme = Path(settings["THEME"])
    of_texts = fingerprint.name_environment(settings, root, without=theme / "templates")
    of_pages = fingerprint.name_environment(settings, root)
    with open_store(file) as store:
        yield Remembered(Known(store, of_texts, fingerprint.content), of_texts, of_pages)


def has_other_plugins(settings: Mapping[str, Any]) -> bool:
    """Tell whether there are plugins that are not of the press; without a list Pelican takes any that it finds."""
    plugins = settings.get("PLUGINS")
    return plugins is None or any(
        not str(plugin).startswith(("press.site", "pelican_typeset.")) for plugin in plugins
    )
