"""The loop of the preview: wait for changes, build, show the result."""

from __future__ import annotations

import secrets
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from multiprocessing.connection import wait
from pathlib import Path

from press.diagnostics import Refused, error, warning
from press.options import BuildOptions
from press.package_files import PRESS_THEME
from press.preview.builder import PATIENCE, Builder
from press.preview.hint_desk import HintDesk
from press.preview.job import Hints, Job, PreviewResult, SheetInputs
from press.preview.live_sheet import LiveSheet, are_sheets, make_live_sheet
from press.preview.own_folder import own_folder
from press.preview.routes import SEARCH_ROOT
from press.preview.screen import Screen
from press.preview.server import HOST, PreviewServer, open_server
from press.preview.watch import Watch
from press.publish import signals_held_back
from press.runtime.wording import count


def serve(options: BuildOptions, port: int, *, drafts: bool = True) -> None:
    """Show the archive on this machine until a signal ends it; port 0 takes any free port.

    The output folder is never read. Raises Refused if the port or the work folder cannot be used; problems of the
    archive are shown.
    """
    ends = ExitStack()
    try:
        screen = Screen()
        desk = HintDesk()
        server = open_server(screen, desk, port)
        ends.callback(server.server_close)
        folder = ends.enter_context(own_folder(options.root, server.server_port))
        address = f"http://{HOST}:{server.server_port}"
        watch = ends.enter_context(closing(Watch(options.root)))
        job = Job(str(options.settings_file), str(options.content), str(options.output), address, drafts)
        builder = ends.enter_context(closing(Builder(job)))
        ends.enter_context(_answering(server))
        print(f"Preview: {address}/  Ctrl-C ends it.", flush=True)
        Loop(options, folder, screen, desk, watch, builder).run()
    finally:
        with signals_held_back():
            ends.close()


class Loop:
    """Decides what each change requires, and passes results on to the screen."""

    def __init__(
        self, options: BuildOptions, folder: Path, screen: Screen, desk: HintDesk, watch: Watch, builder: Builder
    ) -> None:
        self._options, self._folder, self._screen, self._desk = options, folder, screen, desk
        self._watch, self._builder = watch, builder
        self._folders = [options.root / "theme", PRESS_THEME]  # what an archive has, until a build knows
        self._wanted = self._patient = True
        self._changed: set[str] | None = None
        """What was saved since the last build began; None if some of it may not have been noticed."""
        self._warned: tuple[str, ...] = ()
        self._sheet: SheetInputs | None = None
        self._restyled = False
        """Whether a style sheet has changed since the present build began."""

    def run(self) -> None:
        """Build, then wait for changes, forever."""
        self._follow([])
        while True:
            if self._wanted and not self._builder.busy:
                self._begin()
            self._pass_on_question()
            ready = wait([self._watch.changes, self._desk.asked, *self._builder.waits_on()], self._time_left())
            if self._watch.changes in ready:
                self._notice()
            elif not ready:
                self._report_delay()
            elif ready != [self._desk.asked]:
                self._take()

    def _begin(self) -> None:
        self._wanted, self._patient, self._restyled = False, True, False
        tree = self._folder / secrets.token_hex(6)
        tree.mkdir()
        self._builder.ask(tree, self._changed)
        self._changed = set()

    def _pass_on_question(self) -> None:
        """Ask the worker what a page has asked, unless it has something else to do."""
        source = self._desk.next()
        if source is not None and not self._builder.busy:
            self._builder.ask_hints(source)

    def _take(self) -> None:
        """Show what the worker has sent."""
        outcome, seconds = self._builder.take()
        if isinstance(outcome, Hints):
            self._desk.answer(outcome.source, outcome.found)
            return
        if self._builder.question is not None:  # the worker died of it
            self._desk.answer(self._builder.question, None)
        self._show(self._builder.tree, outcome, seconds)

    def _notice(self) -> None:
        """Take all waiting changes; replace the worker if its code has changed, or if it hangs.

        If only style sheets have changed, the page that is open gets the new one, and nothing is built.
        """
        changed: list[str] = []
        while self._watch.changes.poll():
            received = self._watch.changes.recv()
            if isinstance(received, str):
                raise Refused([error("changes", 0, "watch-failed", received)])
            changed += received
        if self._changed is not None:
            self._changed.update(changed)
        self._follow(changed)
        if self._restyle(changed):
            return
        self._wanted = True
        if self._watch.touches_code(changed) or self._builder.overdue:
            self._builder.replace()

    def _restyle(self, changed: list[str]) -> bool:
        """Show the new style sheet if only its files have changed; return whether that is all there is to do."""
        if self._sheet is None or not are_sheets(changed, self._sheet):
            return False
        sheet = make_live_sheet(self._sheet)
        if sheet is None:
            return False
        self._screen.show_sheet(sheet)
        self._restyled = True
        print("Style sheet: the pages that are open have the new one.", flush=True)
        return not self._screen.view.problems

    def _show(self, tree: Path, outcome: PreviewResult, seconds: float) -> None:
        if outcome.errors:
            self._screen.show_problems(outcome.errors)
            _print(outcome.errors)
            state = "The preview shows the last good build" if self._screen.view.site else "There is no page yet"
            _print([f"{count(len(outcome.errors), 'error', 'errors')}. {state}."])
            self._wanted |= self._restyled  # the error may be in a style sheet as it was
        else:
            before, self._sheet = self._screen.view.site, outcome.sheet
            sheet = outcome.sheet and make_live_sheet(outcome.sheet)  # perhaps newer than the tree
            self._desk.open(tree.name)
            self._screen.show_site(tree, tree.name, outcome.addresses, sheet or LiveSheet())
            _print(warning for warning in outcome.warnings if warning not in self._warned)
            self._warned = outcome.warnings
            _print_built(outcome, seconds)
            self._sweep({tree, before, self._folder / SEARCH_ROOT})
        if outcome.folders:
            self._folders = [Path(folder) for folder in outcome.folders]
            self._follow([])

    def _sweep(self, kept: set[Path | None]) -> None:
        """Delete older trees, in a thread: there are thousands of files, and a page may be waiting for its hints.

        The tree before the last is kept, since a browser may still be reading a file of it.
        """
        older = [tree for tree in self._folder.iterdir() if tree not in kept]
        threading.Thread(target=_delete, args=(older,), daemon=True).start()

    def _follow(self, changed: list[str]) -> None:
        """Watch the right folders; if the watch had to start again, build, since a change may have been missed."""
        if self._watch.follow([self._options.content, *self._folders], changed):
            self._wanted, self._changed = True, None

    def _time_left(self) -> float | None:
        return max(0.0, PATIENCE - self._builder.seconds) if self._builder.busy and self._patient else None

    def _report_delay(self) -> None:
        self._patient = False
        message = (
            f"the build has run for {PATIENCE:.0f} seconds and goes on. If a plugin or a text keeps it in a loop, "
            "correct that and save: a change now ends the build."
        )
        print(warning("preview", 0, "preview-slow", message), file=sys.stderr)


@contextmanager
def _answering(server: PreviewServer) -> Iterator[None]:
    """Answer browsers in a thread."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.03}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def _delete(trees: Iterable[Path]) -> None:
    for tree in trees:
        shutil.rmtree(tree, ignore_errors=True)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr, flush=True)


def _print_built(outcome: PreviewResult, seconds: float) -> None:
    leaflets = count(outcome.leaflets, "leaflet", "leaflets")
    drafts = count(outcome.drafts, "draft among the texts", "drafts among the texts")
    print(f"Built: {leaflets}, {drafts}; {seconds:.1f} s.", flush=True)
