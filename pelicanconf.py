"""The settings of the archive: those of Pelican and of the press. docs/settings.md lists them all.

publishconf.py has the public address, for `inv publish`.
"""

from press.defaults import *  # noqa: F403  # what every archive begins with

SITENAME = "The Pamphlet Archive"
SITESUBTITLE = "Leaflets and pamphlets as they were handed out, dated, sorted and set to be read, cited and printed."
DEFAULT_LANG = "en"

# Where readers report mistakes: mailto:… or an issue tracker's form, https://…?title={title}&body={url}; or "".
LEAFLETS_REPORT_TO = "mailto:archive@pamphlets.example"
