"""What happens to an archive between two builds besides edits: to theme, settings, cache and output."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.conftest import ROOT
from tests.support.archive_edits import EditedArchive

STORE = "cache/cache.sqlite3"
KEPT = [STORE, "cache", "cache/files", "previous-tree", "stored-manifests", ""]
SETTINGS = ["", "SITENAME = 'Another'", "LEAFLETS_REPORT_TO = ''", "TYPOGRIFY = False", "DOWNLOADS_PAPER = 'letter'",
            "DEFAULT_LANG = 'fr'", "PLUGIN"]  # fmt: skip
PLUGIN = """
from pelican import signals
def change(content):
    content._content = content._content.replace('strike', 'struck')
def register():
    signals.content_object_init.connect(change)
"""
MARKS = {
    "base": "</footer>",
    "leaflet": '<div class="text">',
    "listing": "</li>\n{% endfor",
    "home": "<section>",
    "list": "{{ listing(",
}
TEMPLATE_WORDS = [
    "",
    "<!-- other -->",
    "{{ archive.leaflets | length }}",
    "{% for s in texts %}{{ texts[s].title }}{% endfor %}",
]


class TroubledArchive(EditedArchive):
    """An archive whose theme and settings are changed, and whose stores and output are damaged."""

    def __init__(self) -> None:
        super().__init__()
        self.formats, self.search = "none", True
        self.touched = False
        self.checks = False

    # What changes around the texts

    @rule(place=st.sampled_from(sorted(MARKS)), words=st.sampled_from(TEMPLATE_WORDS))
    def change_template(self, place: str, words: str) -> None:
        plain = (ROOT / "theme" / "templates" / f"{place}.html").read_text(encoding="utf-8")
        assert MARKS[place] in plain, place
        if place == "listing" and words:
            words = "{{ texts[entry.source].description }}"  # more of another text than its title
        self.project.write(f"theme/templates/{place}.html", plain.replace(MARKS[place], words + MARKS[place], 1))

    @rule(
        place=st.sampled_from(["static/css/lists.css", "print/epub.css", "static/js/words.js"]),
        words=st.sampled_from(["", "/* other */"]),
    )
    def change_style(self, place: str, words: str) -> None:
        file = ROOT / "theme" / place
        self.project.write(f"theme/{place}", file.read_text(encoding="utf-8") + words)

    @rule(more=st.sampled_from(SETTINGS))
    def change_settings(self, more: str) -> None:
        if more == "PLUGIN":
            self.project.write("plugin_here.py", PLUGIN)
            more = f"import sys; sys.path.insert(0, {str(self.root)!r}); PLUGINS = [*PLUGINS, 'plugin_here']"
        self.project.write("testconf.py", f"{self.settings}{more}\n")

    @rule(formats=st.sampled_from(["none", "text"]))
    def change_formats(self, formats: str) -> None:
        self.formats = formats

    # What happens to the stores and to output

    @rule(name=st.sampled_from(KEPT))
    def lose(self, name: str) -> None:
        path = self.folder / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)

    @rule(cut=st.floats(0, 1), flip=st.booleans())
    def damage(self, cut: float, flip: bool) -> None:
        file = self.folder / STORE
        data = bytearray(file.read_bytes() if file.exists() else b"")
        if data:
            at = int(cut * (len(data) - 1))
            data[at] ^= 0x11
            file.write_bytes(data if flip else data[:at])

    @rule(at=st.integers(0, 1000), words=st.sampled_from(["", "[]", "null", "x"]))
    def damage_a_row(self, at: int, words: str) -> None:
        """Change the value of a row, and leave its checksum."""
        if (self.folder / STORE).exists():
            with suppress(sqlite3.Error), closing(sqlite3.connect(self.folder / STORE)) as store, store:
                keys = [key for (key,) in store.execute("SELECT key FROM kept ORDER BY key")]
                if keys:
                    store.execute("UPDATE kept SET value = ? WHERE key = ?", (words, keys[at % len(keys)]))

    @rule(
        place=st.sampled_from(["output", "previous-tree", "cache/files"]),
        ending=st.sampled_from([".html", ""]),
        at=st.integers(0, 1000),
        how=st.sampled_from(["gone", "longer", "same size", "in place"]),
    )
    def alter_a_file(self, place: str, ending: str, at: int, how: str) -> None:
        folder = self.project.output if place == "output" else self.folder / place
        files = sorted(path for path in folder.rglob(f"*{ending}") if path.is_file())
        if files:
            self.touched = True
            _alter(files[at % len(files)], how)

    @rule(on=st.booleans())
    def check_before_building(self, on: bool) -> None:
        self.checks = on


def _alter(file: Path, how: str) -> None:
    """Alter a file as people do, or a disk: as another file, or the same one; at last with the times it had."""
    data, stat = file.read_bytes(), file.stat()
    changed = bytes([data[0] ^ 1]) + data[1:] if data else b""
    if how != "in place":
        file.unlink()
    if how != "gone":
        file.write_bytes(data + b"<!-- by hand -->" if how == "longer" else changed)
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
