"""Documents of office programs and the web → recognised texts, through pandoc's tree.

The way of a document:

    containers              what kind of file it is, its parts within limits
    word, open_document, rich_text, web, epub_book, muse
                            made ready for pandoc: what pandoc would lose is rewritten, and all words are counted by
                            a reader that is not pandoc (`prepared` is what they hand on)
    pandoc                  the tree
    document_header         title, author, date
    tree_to_markdown, tables, runs, media
                            the Markdown of this archive
    account                 that the leaflet has every word which the second reader counted

Every difference is named, and the file refused.
"""

from __future__ import annotations

from press.editor.importing.office.read_office import OFFICE_TYPES, read_office

__all__ = ["OFFICE_TYPES", "read_office"]
