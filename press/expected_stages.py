"""What a build will do, for the line that shows its progress: its stages, and what each costs."""

from __future__ import annotations

from collections.abc import Collection

from press.context import BuildContext
from press.runtime.progress import Stage
from press.validate import Survey

_EXPORT_COSTS = {"none": 0.0, "text": 5.0, "all": 45.0}
"""Milliseconds for the downloads of one leaflet, by DOWNLOADS_FORMATS."""


def list_stages(context: BuildContext, survey: Survey, planned: Collection[str]) -> dict[str, Stage]:
    """Return the stages after validation by the names of their steps in the cache, with the most that each has to do.

    The costs are milliseconds of processor time for a made-up leaflet of 450 words; only their relations matter.
    """
    settings, archive = context.settings, survey.archive
    leaflets, formats = len(archive.leaflets), settings["DOWNLOADS_FORMATS"]
    exported = leaflets if context.make_exports and formats != "none" else 0
    searched = leaflets if (context.with_index or context.with_documents) and settings["SEARCH"] else 0
    pages = sum(path.endswith(".html") for path in planned)
    return {
        "picture": Stage("Reading pictures", 30.0),
        "smaller": Stage("Making pictures smaller", 100.0),
        "text": Stage("Typesetting", 6.0, len(archive.texts), leads=True),
        "exports": Stage("Making downloads", _EXPORT_COSTS[formats], exported),
        "page": Stage("Writing pages", 2.0, pages),
        "document": Stage("Reading for the search", 2.5, searched),
        "index": Stage("Making the search index", 4.0, searched if context.with_index else 0, counted=False),
        "facts": Stage("Checking pages", 1.0, pages),
    }
