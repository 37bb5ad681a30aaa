"""The Markdown extension that gives the parts of a text their names, and notes their places."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension

from press.plugins.leaflets.anchors import Anchors
from press.plugins.leaflets.notes import NotePlaces


class Places(Extension):
    """Name paragraphs and headings, and mark where notes belong."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name is Markdown's
        """Work after the last of Markdown's own tree processors, which gives escaped marks back."""
        md.treeprocessors.register(Anchors(md), "house_anchors", -1)
        md.treeprocessors.register(NotePlaces(md), "house_notes", -2)
