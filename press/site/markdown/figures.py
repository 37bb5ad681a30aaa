"""A picture that is a paragraph of its own becomes a figure; its title, or a line of emphasis below it, the caption.

    ![The bakery](…)                      a figure without a caption
    ![The bakery](… "Bread Street, 1974")  a figure with one
    ![The bakery](…)                      the same; the line below may have links, notes and other marks
    *Bread Street, 1974*

A picture among words, in a note or in the cell of a table stays where it is.
"""

from __future__ import annotations

from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor


class Figures(Treeprocessor):
    """Turn paragraphs into figures, in place."""

    def run(self, root: ElementTree.Element) -> None:
        """Change every paragraph that is nothing but a picture, perhaps with its caption."""
        for element in [*root]:
            if element.tag == "p":
                _make_figure(element)
            elif element.get("class") != "footnote":
                self.run(element)


def _make_figure(paragraph: ElementTree.Element) -> None:
    first, *others = [*paragraph] or [paragraph]
    words = (paragraph.text, *(part.tail for part in paragraph))
    linked = first.tag == "a" and len(first) == 1 and not _have_words(first.text, first[0].tail)
    picture = first[0] if linked else first
    if picture.tag != "img" or len(others) > 1 or _have_words(*words):
        return
    if others and (others[0].tag != "em" or "\n" not in (first.tail or "")):
        return
    title = "" if others else picture.attrib.pop("title", "").strip()
    paragraph.tag, paragraph.text = "figure", None
    if others or title:
        caption = others[0] if others else ElementTree.SubElement(paragraph, "figcaption")
        caption.tag, caption.text = "figcaption", title or caption.text
        first.tail, caption.tail = "\n", None


def _have_words(*texts: str | None) -> bool:
    return any(text and text.strip() for text in texts)
