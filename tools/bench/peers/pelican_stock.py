"""Stock Pelican on the bench corpus: the simple theme, typogrify, category, year and month indexes, Atom feeds."""

import os

SITENAME = "Leaflets"
SITEURL = "https://example.org"
AUTHOR = "x"
PATH = os.environ["CORPUS"]
OUTPUT_PATH = os.environ["OUT"]
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
TYPOGRIFY = True
THEME = "simple"
TYPOGRIFY_DASHES = "oldschool"
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL = "category/{slug}/"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
TAG_SAVE_AS = ""
TAGS_SAVE_AS = ""
YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
FEED_ALL_ATOM = "feeds/all.atom.xml"
FEED_MAX_ITEMS = 50
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = 20
PLUGINS = []
CACHE_CONTENT = os.environ.get("CACHE", "0") == "1"
LOAD_CONTENT_CACHE = CACHE_CONTENT
CACHE_PATH = os.environ.get("CACHEDIR", "cache")
CONTENT_CACHING_LAYER = "generator"
DELETE_OUTPUT_DIRECTORY = False
