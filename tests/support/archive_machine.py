"""An archive that is edited at random: after every step an incremental build must equal a clean one, byte for byte.

`python -m tests.support.archive_machine 10000` runs so many steps by hand and prints how many there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import warnings
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from press.build import build
from press.diagnostics import Refused
from press.options import BuildOptions
from press.publish import collection_folder
from tests.conftest import ADDRESS, ROOT, make_project, tree_of

WORDS = ["harbour", "« calm »", "bread and 'salt'", "the USSR -- then", "strike", "L’été « doux »", "A & B"]
DATES = "2006-10-24 2006-10-25 2006-10 2006 1974~ 197X undated 1917-03-08 1918/1920 ../1917".split()
CATEGORIES = ["Letters", "Tracts", "Grève"]
LANGS = ["en", "fr", "de-CH"]
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="%d" height="9"/></svg>'

ALL_TITLES = "{% for entry in archive.leaflets %}{{ texts[entry.source].title }}{% endfor %}"
NOT_OURS = ("[foreign-file]", "[manifest-damaged]")
STORE = "cache/cache.sqlite3"
SETTINGS = ["", "SITENAME = 'Another'", "LEAFLETS_REPORT_TO = ''", "TYPOGRIFY = False", "PLUGIN"]

words = st.sampled_from(WORDS)
bodies = st.lists(words, min_size=1, max_size=4)


@dataclass(frozen=True)
class Leaflet:
    """The content of a source."""

    name: str
    title: str
    date: str
    body: tuple[str, ...]
    fields: dict[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    pictured: bool = False

    def write(self, content: Path) -> None:
        lines = [f"Title: {self.title}", f"Slug: {self.name}", f"Date: {self.date}"]
        lines += [f"{key}: {value}" for key, value in sorted(self.fields.items())]
        paragraphs = [*self.body, *(f"See [{name}]({{filename}}{name}.md)." for name in self.links)]
        paragraphs += ["![A square]({static}/images/square.svg)"] if self.pictured else []
        (content / f"{self.name}.md").write_text(
            "\n".join([*lines, "", "\n\n".join(paragraphs), ""]), encoding="utf-8"
        )


class ArchiveMachine(RuleBasedStateMachine):
    """The rules are what archivists, their theme and their disk do between two builds."""

    names = Bundle("names")
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="archive-"))
        self.project = make_project(self.root)
        self.leaflets: dict[str, Leaflet] = {}
        self.number = 0
        self.formats = "none"
        self.touched = False
        shutil.copytree(ROOT / "theme", self.root / "theme")
        self.settings = (self.root / "testconf.py").read_text() + f"\nTHEME = {str(self.root / 'theme')!r}\n"
        self.project.write("testconf.py", self.settings)
        self.project.write("content/images/square.svg", PICTURE % 9)

    @property
    def folder(self) -> Path:
        """The work folder of the incremental build."""
        return collection_folder(self.root, self.project.content, self.project.output)

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    # What an editor does

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

    @rule(name=names)
    def picture(self, name: str) -> None:
        self._change(name, pictured=not self.leaflets[name].pictured)

    @rule(width=st.integers(1, 9))
    def draw_again(self, width: int) -> None:
        self.project.write("content/images/square.svg", PICTURE % width)

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

    @rule(
        forms=st.sampled_from(
            ["", "Ada von Ray = Ray, Ada von\n", "A = Luxemburg, R.\nRosa Luxemburg = Luxemburg, R.\n"]
        )
    )
    def catalogue_names(self, forms: str) -> None:
        self.project.write("content/names.txt", f"# Names\n{forms}")

    # What changes around the texts

    @rule(
        place=st.sampled_from(["base", "leaflet", "listing", "home", "list"]),
        words=st.sampled_from(
            [
                "",
                "<!-- other -->",
                "{{ archive.leaflets | length }}",
                "{% for s in texts %}{{ texts[s].title }}{% endfor %}",
            ]
        ),
    )
    def change_template(self, place: str, words: str) -> None:
        plain = (ROOT / "theme" / "templates" / f"{place}.html").read_text(encoding="utf-8")
        marks = {
            "base": "</footer>",
            "leaflet": '<div class="text">',
            "listing": "</li>\n{% endfor",
            "home": "<section>",
        }
        mark = marks.get(place, "{{ listing(")
        assert mark in plain, place
        if place == "listing" and words:
            words = "{{ texts[entry.source].description }}"  # more of another text than its title
        self.project.write(f"theme/templates/{place}.html", plain.replace(mark, words + mark, 1))

    @rule(words=st.sampled_from(["", "/* other */"]))
    def change_style(self, words: str) -> None:
        file = ROOT / "theme" / "static" / "css" / "lists.css"
        self.project.write("theme/static/css/lists.css", file.read_text(encoding="utf-8") + words)

    @rule(
        more=st.sampled_from(["", "SITENAME = 'Another'", "LEAFLETS_REPORT_TO = ''", "TYPOGRIFY = False", "PLUGIN"])
    )
    def change_settings(self, more: str) -> None:
        if more == "PLUGIN":
            self.project.write(
                "plugin_here.py",
                "from pelican import signals\n"
                "def change(content):\n    content._content = content._content.replace('strike', 'struck')\n"
                "def register():\n    signals.content_object_init.connect(change)\n",
            )
            more = f"import sys; sys.path.insert(0, {str(self.root)!r}); PLUGINS = [*PLUGINS, 'plugin_here']"
        self.project.write("testconf.py", f"{self.settings}{more}\n")

    @rule(formats=st.sampled_from(["none", "text"]))
    def change_formats(self, formats: str) -> None:
        self.formats = formats

    # What happens to the stores and to output

    @rule(name=st.sampled_from([STORE, "cache", "previous-tree", "stored-manifests", ""]))
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

    @rule(place=st.sampled_from(["output", "previous-tree"]), at=st.integers(0, 1000), gone=st.booleans())
    def alter_a_page(self, place: str, at: int, gone: bool) -> None:
        pages = sorted((self.project.output if place == "output" else self.folder / "previous-tree").rglob("*.html"))
        if pages:
            page = pages[at % len(pages)]
            data = page.read_bytes()
            page.unlink()
            self.touched = True
            if not gone:
                page.write_bytes(data + b"<!-- by hand -->")

    @rule(after=st.integers(1, 900))
    def kill_a_build(self, after: int) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of a fork in a test runner with threads
            child = os.fork()
        if child == 0:
            _die_after(after)
            try:
                self._build(self.project.output)
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    # What must hold

    @invariant()
    def an_incremental_build_equals_a_clean_one(self) -> None:
        ArchiveMachine.steps += 1
        clean = self.root / "clean"
        kept = self._build(self.project.output)
        if (
            self.touched
            and isinstance(kept, list)
            and ("[foreign-file]" in kept[0] or "[manifest-damaged]" in kept[0])
        ):
            shutil.rmtree(self.project.output)  # as the message advises: its manifests are lost, and it was changed
            kept = self._build(self.project.output)
        fresh = self._build(clean)
        assert kept == fresh, (kept, fresh)
        if not isinstance(kept, list):
            one, other = tree_of(self.project.output), tree_of(clean)
            assert one.keys() == other.keys()
            assert [name for name in one if one[name] != other[name]] == []
        shutil.rmtree(clean, ignore_errors=True)
        shutil.rmtree(collection_folder(self.root, self.project.content, clean), ignore_errors=True)

    def _build(self, output: Path) -> list[str] | dict[str, Any]:
        """Build; return the problems that stopped it, or its report."""
        chosen = BuildOptions(self.root / "testconf.py", self.project.content, output, ADDRESS, formats=self.formats)
        try:
            report = build(chosen)
        except Refused as refused:
            return [str(problem).replace(str(output), "output") for problem in refused.problems]
        reported = [str(problem).replace(str(output), "output") for problem in report.problems]
        return {"leaflets": report.leaflets, "files": report.files, "reported": reported}

    def _write(self, leaflet: Leaflet) -> None:
        self.leaflets[leaflet.name] = leaflet
        self.project.content.mkdir(exist_ok=True)
        leaflet.write(self.project.content)

    def _change(self, name: str, **changes: Any) -> None:
        self._write(replace(self.leaflets[name], **changes))


def _die_after(events: int) -> None:
    """Kill this process after it has opened, made, linked, moved or deleted files so many times."""
    left = events

    def count(event: str, _: object) -> None:
        nonlocal left
        if event in ("open", "os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def run(examples: int, steps: int) -> None:
    """Try `examples` archives, each edited `steps` times."""
    run_state_machine_as_test(
        ArchiveMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            database=None,
        ),
    )


if __name__ == "__main__":
    while ArchiveMachine.steps < int(sys.argv[1]):
        run(10, 40)
    print(f"{ArchiveMachine.steps} steps: an incremental build equalled a clean one after each.")
