"""What the archivist asked of an import, and whether it can be done."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Refused, display_path, error
from press.editor.importing.code_pages import find_codec
from press.editor.importing.data_model import ImportSettings
from press.model.languages import canonical_tag
from press.model.slugs import make_slug
from press.options import Settings


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What to import, into which collection, and what the archivist specified."""

    path: Path
    content: Path
    root: Path
    """The project's folder, which has the work folder."""
    today: str
    category: str = ""
    lang: str = ""
    dry: bool = False
    encoding: str = ""
    ocr: bool = False


def check_options(options: ImportOptions, site_settings: Settings) -> ImportSettings:
    """Check what the archivist typed. Raises Refused."""
    problems = []
    if not options.content.is_dir():
        message = "there is no such folder. Name the folder of the texts."
        problems.append(error(display_path(options.content), 0, "no-content", message))
    if options.category and not make_slug(options.category):
        message = f"“{options.category}” has no letter or figure to make an address from. Use a name that has."
        problems.append(error("--category", 0, "no-slug", message))
    if options.lang and canonical_tag(options.lang) != options.lang:
        message = f"“{options.lang}” is not a language tag. Write en, fr, de-CH or another tag from BCP 47."
        problems.append(error("--lang", 0, "lang", message))
    if options.encoding and not find_codec(options.encoding):
        message = f"“{options.encoding}” is not an encoding of texts. Write cp1251, koi8-r, mac_roman or another."
        problems.append(error("--encoding", 0, "encoding", message))
    if problems:
        raise Refused(problems)
    markdown = site_settings["MARKDOWN"]
    configs = json.dumps(markdown.get("extension_configs", {}), sort_keys=True)
    return ImportSettings(
        site_settings["DEFAULT_LANG"],
        options.today,
        options.lang,
        tuple(markdown["extensions"]),
        configs,
        encoding=options.encoding,
        ocr=options.ocr,
    )
