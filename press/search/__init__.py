"""Full-text search without a server: documents for each leaflet, and the index that Pagefind makes of them.

    entries and texts ─ documents.py ┬ index_folder.py ─ pagefind.py (python -m pagefind) ┬ output/pagefind/
                                     │                                 engine.py ─────────┤
                                     └────────────────────────── suggestions.py ──────────┘

Pagefind reads small pages that contain only what should be found, never the pages of the site. Each language has its
own index, because each has its own stemmer; engine.py makes all of them use one engine, and suggestions.py lists the
words for “Did you mean …”. docs/search.md explains the rest.
"""
