"""The settings of the published site: those of pelicanconf.py, with the address that readers know."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # `pelican -s publishconf.py` does not look there
from pelicanconf import *  # noqa: F403  # as in every Pelican project

SITEURL = "https://pamphlets.example"  # a placeholder: inv publish asks for yours
