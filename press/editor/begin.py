"""`press init`: an archive of one's own, to be filled without programming.

It has settings, texts to begin with and recipes for publishing; the theme and all code stay in the press, so that an
update of the press changes no file of an archive.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error, refuse_if_any_error
from press.messages.message_check import load_translations
from press.model.languages import canonical_tag
from press.model.ledger import HEAD
from press.model.site_address import describe_wrong_address
from press.model.slugs import make_slug
from press.package_files import EXAMPLES, PRESS_THEME
from press.setting_checks import NOUN_EXAMPLES, can_be_shown
from press.theme_folders import ThemeFolders

STARTER = Path(__file__).parent / "starter"
"""What a new archive has: `archive/` whatever its language, `fr/` and others the texts to begin with."""

PLACEHOLDER_URL = "https://archive.example"
"""An address that `inv publish` refuses."""

LONGEST_NAME = 100
_ALLOWED = frozenset({".git", ".venv", "venv", ".DS_Store", ".idea", ".vscode"})
"""What a folder for a new archive may hold already: an archivist sets up Python there first."""


@dataclass(frozen=True, slots=True)
class NewArchiveOptions:
    """What the archivist typed."""

    name: str
    lang: str
    folder: Path
    url: str = ""
    examples: bool = False
    """Whether to add a folder of texts to import, for practice."""


def begin_archive(options: NewArchiveOptions) -> None:
    """Write a new archive. Raises Refused for wrong values, or if its folder holds something already."""
    lang = canonical_tag(options.lang)
    refuse_if_any_error([*_find_wrong_name(options.name), *_find_wrong_values(options, lang)])
    refuse_if_any_error(_find_occupied(options.folder))
    options.folder.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".press-init-", dir=options.folder))
    try:
        for path, text in _compose(options, lang):
            file = unfinished / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        (unfinished / "content" / "images").mkdir()
        if options.examples:
            shutil.copytree(EXAMPLES, unfinished / "incoming")
        for entry in sorted(unfinished.iterdir()):
            entry.rename(options.folder / entry.name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def list_starter_languages() -> list[str]:
    """Return the tags of the languages that an archive can begin in."""
    return sorted(folder.name for folder in STARTER.iterdir() if folder.name != "archive")


def name_folder(name: str) -> str:
    """Return the name of the folder for an archive: `Archives des tracts` becomes `archives-des-tracts`."""
    return make_slug(name) or "archive"


def _compose(options: NewArchiveOptions, lang: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file."""
    words = load_translations(ThemeFolders((PRESS_THEME,)), lang)
    values = {
        "NAME": json.dumps(options.name, ensure_ascii=False),
        "LANG": json.dumps(lang),
        "NOUN": json.dumps(NOUN_EXAMPLES[_choose_texts(lang)], ensure_ascii=False),
        "TITLE": json.dumps(words.gettext("Leaflets and pamphlets"), ensure_ascii=False),
        "URL": json.dumps(options.url.rstrip("/") or PLACEHOLDER_URL),
    }
    common = STARTER / "archive"
    for file in sorted(path for path in common.rglob("*") if path.is_file()):
        path = file.relative_to(common).as_posix().removesuffix(".txt")
        yield "theme/README.md" if path == "theme.md" else path, _fill(file, values)
    folders = {"README": "", "home": "content/pages", "about": "content/pages", "sample": "content/leaflets"}
    for name, folder in folders.items():
        text = _fill(STARTER / _choose_texts(lang) / f"{name}.md", {"NAME": options.name})
        yield str(Path(folder, f"{name}.md")), text
    yield "content/ledger.txt", HEAD


def _fill(file: Path, values: dict[str, str]) -> str:
    return re.sub(r"@([A-Z]+)@", lambda found: values.get(found[1], found[0]), file.read_text(encoding="utf-8"))


def _choose_texts(lang: str) -> str:
    return next((tag for tag in (lang, lang.partition("-")[0]) if (STARTER / tag).is_dir()), "")


def _find_wrong_name(name: str) -> Iterator[Diagnostic]:
    if not name.strip():
        message = 'the archive needs a name. Write it in quotation marks: press init "Archive of leaflets".'
        yield error("press init", 0, "archive-name", message)
    elif name.startswith("-"):
        message = f"“{name}” is an option that does not exist. press init --help lists those that do."
        yield error("press init", 0, "archive-name", message)
    elif not can_be_shown(name) or len(name) > LONGEST_NAME:
        message = f"the name has characters that cannot be shown, or more than {LONGEST_NAME}. Write a shorter one."
        yield error("press init", 0, "archive-name", message)


def _find_wrong_values(options: NewArchiveOptions, lang: str) -> Iterator[Diagnostic]:
    if not lang or not _choose_texts(lang):
        languages = ", ".join(list_starter_languages())
        message = (
            f"“{options.lang}” is not a language that an archive can begin in. Write one of {languages}; or begin "
            "in one of them, translate the words of its pages with inv translate, and then set DEFAULT_LANG."
        )
        yield error("--lang", 0, "lang", message)
    if options.url and (wrong := describe_wrong_address(options.url)):
        yield error("--url", 0, "choice", f"this is “{options.url}”{wrong}")


def _find_occupied(folder: Path) -> Iterator[Diagnostic]:
    shown = display_path(folder)
    if folder.exists() and not folder.is_dir():
        yield error(shown, 0, "folder-used", "this is a file. Choose another folder with --dir.")
    elif (folder / "pelicanconf.py").exists():
        yield error(shown, 0, "folder-used", "this is an archive already. Choose another folder with --dir.")
    elif folder.is_dir() and (held := sorted({path.name for path in folder.iterdir()} - _ALLOWED)):
        message = f"this folder holds “{held[0]}” already. Choose an empty or a new one with --dir."
        yield error(shown, 0, "folder-used", message)
