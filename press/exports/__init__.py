"""The copies that a reader takes away: text, EPUB, PDF, booklet, sheet, citations.

    ExportInput ─ read_body ─ Document ─┬ text.py       plain text
                                   ├ epub.py       EPUB 3
                                   ├ paper.py      the reading PDF and the sheet, by Typst
                                   │   └ booklet.py   the same pages, in the order of folding
                                   └ (the entry alone) citations.py

A leaflet is everything that the copies of one leaflet depend on, in one frozen value; its hash is the key under which
shelf.py keeps them. making.py goes through the drawing above; body.py alone reads the finished HTML, and tree.py says
what comes of it. glyphs.py, fitting.py and pictures.py know what can be printed. Nothing here knows Pelican.
"""
