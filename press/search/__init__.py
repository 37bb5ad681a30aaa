"""Full-text search without a server: documents for each leaflet, and the index that Pagefind makes of them.

    entries and texts ─ documents.py ─ pagefind.py (python -m pagefind) ─ output/pagefind/

Pagefind reads small pages that contain only what should be found, never the pages of the site. Each language has its
own index, because each has its own stemmer. docs/search.md explains the rest.
"""
