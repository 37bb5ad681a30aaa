"""Full-text search without a server: what of a leaflet is searched, and the index that Pagefind makes of it.

    entries and texts ─ documents.py ─ making.py (python -m pagefind) ─ shelf.py ─ output/pagefind/

Pagefind is given small pages that hold only what shall be found, never a page of the site. There is one index for
each language, since each has a stemmer of its own. docs/search.md tells more.
"""
