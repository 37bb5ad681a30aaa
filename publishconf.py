"""The settings of the published site: those of pelicanconf.py, and the address that readers know."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # `pelican -s publishconf.py` does not look there
from pelicanconf import *  # noqa: F403  # the usual way of Pelican

SITEURL = "https://pamphlets.example"
