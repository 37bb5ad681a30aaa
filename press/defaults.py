"""What an archive's pelicanconf.py begins with: `from press.defaults import *`.

Pelican's settings as the press needs them, and a name, an address and a language to begin with. docs/settings.md
lists what an archive may set.
"""

from __future__ import annotations

from jinja2 import StrictUndefined

from press.theme_folders import PRESS_THEME

SITENAME = "A pamphlet archive"
SITESUBTITLE = ""
SITEURL = "http://localhost:8000"  # publishconf.py has the public address
DEFAULT_LANG = "en"
TIMEZONE = "UTC"

PATH = "content"
OUTPUT_PATH = ".press/pelican"
THEME = str(PRESS_THEME)
THEME_TEMPLATES_OVERRIDES = ["theme/templates"]

PLUGINS = ["press.plugin", "pelican_typeset"]

MARKDOWN = {
    "extensions": ["footnotes", "tables", "def_list", "fenced_code", "sane_lists"],
    "extension_configs": {
        "tables": {"use_align_attribute": True},
        "footnotes": {"BACKLINK_TEXT": "&#8617;&#xFE0E;"},  # an arrow, not an emoji
    },
}

TYPOGRIFY = True
TYPOGRIFY_DASHES = "default"

JINJA_ENVIRONMENT = {
    "extensions": ["jinja2.ext.i18n"],
    "autoescape": True,
    "auto_reload": False,  # templates do not change during a build
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}

RELATIVE_URLS = True
STATIC_PATHS = ["images", "files"]
INTRASITE_LINK_REGEX = "[{](?P<what>filename|static)[}]"
SUMMARY_MAX_PARAGRAPHS = 1
SUMMARY_MAX_LENGTH = None

# The press writes every page itself, as listed by press/model/plan.py; Pelican's own generators have nothing to do.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
ARTICLE_SAVE_AS = PAGE_SAVE_AS = DRAFT_SAVE_AS = AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
YEAR_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_SAVE_AS = DAY_ARCHIVE_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
THEME_STATIC_PATHS: list[str] = []
FILENAME_METADATA = ""
CACHE_CONTENT = False
DELETE_OUTPUT_DIRECTORY = False
