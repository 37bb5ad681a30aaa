"""The exports of a leaflet, which visitors see as its downloads: text, EPUB, PDF, booklet, handout, citations.

    finished HTML ─ from_html.py ─ document.py ─┬─ plain_text.py   plain text
                                  (the tree)    ├─ epub.py         EPUB 3, whose files epub_chapter.py writes
                                                └─ pdf.py          reading PDF and handout, set by Typst
                                                   └─ booklet.py   the same pages, imposed to fold
    checked entry ─ citations.py                                   BibTeX, RIS, CSL-JSON

typst_runs.py runs Typst, and page_trials.py counts the pages of layouts for pdf.py.

export_input.py has the types: an ExportInput is everything that the exports of one leaflet depend on, and an
ExportResult is what comes of it. make_exports.py makes all of them, in the order of the drawing. from_html.py alone
reads HTML. printable.py and pictures.py decide what can be printed, and press/model/names.py how a name is cited.
Nothing here imports Pelican or the cache.
"""
