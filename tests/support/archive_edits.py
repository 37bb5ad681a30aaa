"""What archivists do with the texts, pictures and names of an archive between two builds."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, rule

from press.publish import collection_folder
from tests.conftest import ROOT, make_project
from tests.support.archive_texts import CATEGORIES, DATES, LANGS, NAMES, PICTURES, WORDS, Leaflet, draw

words = st.sampled_from(WORDS)
bodies = st.lists(words, min_size=1, max_size=4)
names: Bundle[str] = Bundle("names")


class EditedArchive(RuleBasedStateMachine):
    """An archive in a temporary folder, with a theme of its own, and what is done to its texts."""

    more_settings = ""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="archive-"))
        self.project = make_project(self.root)
        self.leaflets: dict[str, Leaflet] = {}
        self.number = 0
        shutil.copytree(ROOT / "theme", self.root / "theme")
        theme = f"\nTHEME = {str(self.root / 'theme')!r}\n"
        self.settings = (self.root / "testconf.py").read_text() + theme + self.more_settings
        self.project.write("testconf.py", self.settings)
        for picture in PICTURES:
            self.project.write(f"content/{picture}", draw(picture, 9))

    @property
    def folder(self) -> Path:
        """The work folder of the incremental build."""
        return collection_folder(self.root, self.project.content, self.project.output)

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @initialize(target=names, title=words, body=bodies)
    def first(self, title: str, body: list[str]) -> str:
        return self._add(title, "2006-10-24", body)

    @rule(target=names, title=words, date=st.sampled_from(DATES), body=bodies)
    def add(self, title: str, date: str, body: list[str]) -> str:
        return self._add(title, date, body)

    def _add(self, title: str, date: str, body: list[str]) -> str:
        self.number += 1
        name = f"text-{self.number}"
        self._write(Leaflet(name, title, date, tuple(body)))
        return name

    @rule(name=names, body=bodies)
    def change_body(self, name: str, body: list[str]) -> None:
        self._change(name, body=tuple(body))

    @rule(name=names, title=words)
    def change_title(self, name: str, title: str) -> None:
        self._change(name, title=title)

    @rule(name=names, date=st.sampled_from(DATES))
    def change_date(self, name: str, date: str) -> None:
        self._change(name, date=date)

    @rule(
        name=names,
        key_value=st.one_of(
            st.tuples(st.just("Category"), st.sampled_from(CATEGORIES)),
            st.tuples(st.just("Lang"), st.sampled_from(LANGS)),
            st.tuples(st.just("Author"), st.sampled_from(["Rosa Luxemburg", "Strike Committee; von Ray, Ada"])),
            st.tuples(st.sampled_from(["Series", "Publisher", "Summary", "Notes", "Rights"]), words),
            st.tuples(st.just("Tags"), st.sampled_from(["bread", "bread, war"])),
            st.tuples(st.just("Added"), st.sampled_from(["2020-01-01", "2021-05-05"])),
            st.tuples(st.just("Status"), st.sampled_from(["draft", "published"])),
            st.tuples(st.just("Quotes"), st.just("off")),
            st.tuples(st.just("Featured"), st.sampled_from(["yes", "no"])),
            st.tuples(st.just("Place"), st.sampled_from(["Leeds", "Leeds?", "[Leeds]", "?"])),
        ),
        taken=st.booleans(),
    )
    def change_field(self, name: str, key_value: tuple[str, str], taken: bool) -> None:
        key, value = key_value
        fields = {**self.leaflets[name].fields, key: value}
        self._change(name, fields={k: v for k, v in fields.items() if k != key} if taken else fields)

    @rule(name=names, other=names)
    def link(self, name: str, other: str) -> None:
        self._change(name, links=(*self.leaflets[name].links, other)[-2:])

    @rule(name=names, picture=st.sampled_from(["", *PICTURES]))
    def show_picture(self, name: str, picture: str) -> None:
        self._change(name, picture=picture)

    @rule(picture=st.sampled_from(PICTURES), width=st.integers(1, 9))
    def draw_again(self, picture: str, width: int) -> None:
        self.project.write(f"content/{picture}", draw(picture, width))

    @rule(name=names, other=names)
    def translate(self, name: str, other: str) -> None:
        if name != other:
            fields = {**self.leaflets[name].fields, "Translation-of": other, "Lang": "fr"}
            self._change(name, fields=fields)

    @rule(target=names, name=consumes(names))
    def rename(self, name: str) -> str:
        leaflet = self._take_away(name)
        self.number += 1
        fields = {**leaflet.fields, "Redirect-from": f"/leaflets/{name}/"}
        self._write(replace(leaflet, name=f"text-{self.number}", fields=fields))
        return f"text-{self.number}"

    @rule(name=consumes(names))
    def delete(self, name: str) -> None:
        self._take_away(name)

    def _take_away(self, name: str) -> Leaflet:
        """Delete a source, and whatever in other sources refers to it."""
        (self.project.content / f"{name}.md").unlink()
        leaflet = self.leaflets.pop(name)
        for other in list(self.leaflets.values()):
            fields = {k: v for k, v in other.fields.items() if (k, v) != ("Translation-of", name)}
            links = tuple(link for link in other.links if link != name)
            if (fields, links) != (other.fields, other.links):
                self._change(other.name, fields=fields, links=links)
        return leaflet

    @rule(there=st.booleans(), title=words, body=words)
    def home(self, there: bool, title: str, body: str) -> None:
        file = self.project.write("content/pages/home.md", f"Title: {title}\n\n{body}\n")
        if not there:
            file.unlink()

    @rule(there=st.booleans(), title=words)
    def page(self, there: bool, title: str) -> None:
        file = self.project.write("content/pages/about.md", f"Title: {title}\nSlug: about\n\nWords.\n")
        if not there:
            file.unlink()

    @rule(forms=st.sampled_from(NAMES))
    def catalogue_names(self, forms: str) -> None:
        self.project.write("content/names.txt", f"# Names\n{forms}")

    def _write(self, leaflet: Leaflet) -> None:
        self.leaflets[leaflet.name] = leaflet
        self.project.content.mkdir(exist_ok=True)
        leaflet.write(self.project.content)

    def _change(self, name: str, **changes: Any) -> None:
        self._write(replace(self.leaflets[name], **changes))
