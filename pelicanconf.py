"""The settings of the archive: Pelican's own and those of the press. `inv publish` adds publishconf.py.

docs/settings.md lists every setting of the press with its default: downloads, search, quotation marks, dashes.
"""

from pathlib import Path

from jinja2 import StrictUndefined

here = Path(__file__).parent

SITENAME = "The Pamphlet Archive"
SITESUBTITLE = "Leaflets and pamphlets as they were handed out, dated, sorted and set to be read, cited and printed."
SITEURL = "http://localhost:8000"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"

PATH = str(here / "content")
OUTPUT_PATH = str(here / ".press" / "pelican")
THEME = str(here / "theme")

PLUGINS = ["press.plugin", "pelican_typeset"]

MARKDOWN = {
    "extensions": ["footnotes", "tables", "def_list", "fenced_code", "sane_lists"],
    "extension_configs": {
        "tables": {"use_align_attribute": True},
        "footnotes": {"BACKLINK_TEXT": "&#8617;&#xFE0E;"},  # an arrow, not an emoji
    },
}

# Where readers report mistakes: mailto:… or an issue tracker's form, https://…?title={title}&body={url}; or "".
LEAFLETS_REPORT_TO = "mailto:archive@pamphlets.example"

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
