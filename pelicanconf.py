"""The settings of the archive: Pelican's own, and a few of the press. `inv publish` adds publishconf.py."""

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

PLUGINS = [
    "press.site",
    "pelican_typeset.guillemets",
    "pelican_typeset.dashes",
    "pelican_typeset.apostrophes",
    "press.site.feeds",
    "press.site.machine_files",
    "press.site.stylesheet",
    "press.site.images",
    "press.site.hosting",
    "press.site.downloads",
    "press.site.search",
]

MARKDOWN = {
    "extensions": ["footnotes", "tables", "def_list", "fenced_code", "sane_lists"],
    "extension_configs": {
        "tables": {"use_align_attribute": True},
        "footnotes": {"USE_DEFINITION_ORDER": False, "BACKLINK_TEXT": "&#8617;&#xFE0E;"},  # an arrow, not an emoji
    },
}

# Where readers tell of a mistake: mailto:… or an issue tracker's form, https://…?title={title}&body={url}; or "".
LEAFLETS_REPORT_TO = "mailto:archive@pamphlets.example"

TYPOGRIFY = True
TYPOGRIFY_DASHES = "default"

JINJA_ENVIRONMENT = {
    "extensions": ["jinja2.ext.i18n"],
    "autoescape": True,
    "auto_reload": False,  # nobody edits a template during a build
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}

DOWNLOADS_FORMATS = "all"  # what stands beside a leaflet: none, text or all
DOWNLOADS_PAPER = "a4"  # or "letter": what booklets and sheets are printed on
DOWNLOADS_COLUMNS = 72  # of the plain text; 0 for lines as long as paragraphs
DOWNLOADS_FONTS = ""  # a folder of fonts, for scripts that Libertinus lacks
DOWNLOADS_GROUPS: list[str] = []  # authors that are no persons, though their names look like it

SEARCH = True  # whether the site can be searched; an index is made with each build
SEARCH_ENGINES: dict[str, str] = {}  # others, for visitors without JavaScript: {"Name": "https://…?q=site:{site}"}

RELATIVE_URLS = True
STATIC_PATHS = ["images", "files"]
INTRASITE_LINK_REGEX = "[{](?P<what>filename|static)[}]"
SUMMARY_MAX_PARAGRAPHS = 1
SUMMARY_MAX_LENGTH = None

# The press writes every page itself, as press/model/plan.py lists them; Pelican's own generators rest.
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
