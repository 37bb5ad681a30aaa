"""The preview as a maintainer uses it: a running command, edited files, pages that follow."""

from __future__ import annotations

import http.client
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from press.preview.live_page import EVENTS, SCRIPT
from tests.conftest import ROOT, Project, make_project
from tests.site.test_build import with_theme
from tests.unit.test_preview_live_page import OUTSIDE

LONGEST = 60.0
"""Seconds until a test gives up waiting; a machine under load is slow, and nothing here asserts how fast it is."""

RUN = "import sys; from press.command_options import options_for; from press.cli import run_serve; \
run_serve(options_for('testconf.py', 'content', 'output'), int(sys.argv[1]), drafts=True)"

BARE = "Title: {}\nDate: 2006-10-24\n\n{}\n"


class Preview:
    """A running preview: what it prints, and what it answers."""

    def __init__(self, project: Project, port: int = 0) -> None:
        self.project = project
        self.reported: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(port)],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def hear(self, words: str) -> str:
        """Wait for the next line with these words."""
        until = time.monotonic() + LONGEST
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                line = None
            if line is None:
                pytest.fail(f"the preview did not print “{words}”, but:\n" + "\n".join(self.reported))
            self.reported.append(line)
            if words in line:
                return line

    def begin(self) -> Preview:
        self.port = int(self.hear("Preview: ").split("/")[2].rpartition(":")[2])
        self.hear("Built: ")
        return self

    def ask(self, address: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Request an address exactly as written; return the status, the headers and the body."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)) as connection:
            connection.putrequest(method, "/", skip_host="Host" in headers)
            connection._buffer[0] = f"{method} {address} HTTP/1.1".encode()  # a hostile client writes what it likes
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def page(self, address: str) -> str:
        return self.ask(address)[2].decode()

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(LONGEST)

    def interrupt(self) -> int:
        """Press Ctrl-C: a terminal sends SIGINT to every process of the group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(LONGEST)

    def ended_quietly(self) -> bool:
        """Return whether every process that could still print has ended, and has printed nothing more."""
        return self._lines.get(timeout=LONGEST) is None

    def close(self) -> None:
        if self.process.poll() is None:
            self.end()
        self._listener.join(LONGEST)


class Events:
    """The events that a visible page receives."""

    def __init__(self, preview: Preview) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=LONGEST)
        self._connection.request("GET", EVENTS)
        self._answer = self._connection.getresponse()
        self.build = ""
        self.first = self.next()
        self.build = self.first["build"]

    def next(self) -> dict[str, Any]:
        """Wait for the next event."""
        return self.until(lambda _: True)

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for an event for which `holds` is true: one save may cause two builds."""
        ends, seen = time.monotonic() + LONGEST, []
        while time.monotonic() < ends:  # a silent preview sends a heartbeat now and then
            line = self._answer.readline().decode()
            if line.startswith("data: "):
                seen.append(json.loads(line[6:]))
                if holds(seen[-1]):
                    return seen[-1]
        pytest.fail(f"there was no such event after {self.build}, but {seen}")

    def close(self) -> None:
        self._answer.close()
        self._connection.close()


@pytest.fixture
def start(project: Project) -> Iterator[Callable[..., Preview]]:
    """Start previews that end with the test."""
    begun: list[Preview] = []

    def begin(port: int = 0) -> Preview:
        begun.append(Preview(project, port))
        return begun[-1]

    yield begin
    for preview in begun:
        preview.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview of a few texts; a test that breaks something must fix it."""
    project = make_project(tmp_path_factory.mktemp("preview"))
    project.write("content/harbour.md", BARE.format("The harbour", "First words."))
    project.write("content/draft.md", "Title: Unfinished\nDate: 1974\nStatus: draft\n\nNot yet.\n")
    project.write("content/files/loaf.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    with_theme(project, "base.html", "</head>", "</head>")
    project.write("spinning.py", "from pelican import signals\n\ndef spin(x):\n    pass\n\n"
                  "def register():\n    signals.initialized.connect(spin)\n")  # fmt: skip
    with (project.root / "testconf.py").open("a") as settings:
        settings.write(f"sys.path.insert(0, {str(project.root)!r})\nPLUGINS = [*PLUGINS, 'spinning']\n")
    preview = Preview(project)
    with closing(preview):
        preview.begin()
        preview.hear("Built: ")  # again: only the first build knows which folders of the theme are to be watched
        yield preview


@pytest.fixture
def events(shared: Preview) -> Iterator[Events]:
    with closing(Events(shared)) as listening:
        yield listening


@contextmanager
def changed(file: Path, old: str, new: str) -> Iterator[None]:
    """Change a file, and restore it afterwards."""
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new), encoding="utf-8")
    yield
    file.write_text(before, encoding="utf-8")


def test_a_page_has_the_script_as_it_is_sent_and_no_file_on_the_disk_has_it(shared: Preview) -> None:
    status, headers, page = shared.ask("/leaflets/the-harbour/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert page.count(f'<script src="{SCRIPT}"'.encode()) == 1
    work = shared.project.root / ".press"
    assert [path for path in work.rglob("*.html") if "<script src" in path.read_text(encoding="utf-8")] == []
    assert list(work.rglob("index.html"))
    assert not shared.project.output.exists()


def test_nothing_is_cached_and_a_file_is_what_it_is(shared: Preview) -> None:
    for address in ("/", "/feeds/all.atom.xml", "/files/loaf.svg", SCRIPT):
        status, headers, body = shared.ask(address)
        assert (status, headers["Cache-Control"], headers["Content-Length"]) == (200, "no-store", str(len(body)))
    assert shared.ask("/files/loaf.svg")[2] == b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert shared.ask("/files/loaf.svg")[1]["Content-Type"].startswith("image/svg+xml")


def test_a_head_request_has_the_headers_alone(shared: Preview) -> None:
    for address in ("/", "/files/loaf.svg", "/nowhere/"):
        (status, headers, body), (asked, same, empty) = shared.ask(address), shared.ask(address, "HEAD")
        assert (status, headers["Content-Length"]) == (asked, same["Content-Length"])
        assert (len(body) > 0, empty) == (True, b"")


def test_a_missing_page_is_the_sites_own_404(shared: Preview) -> None:
    status, _, page = shared.ask("/nowhere/")
    assert status == 404
    assert b"Page not found" in page
    assert b'href="/dates/"' in page
    assert f'<script src="{SCRIPT}"'.encode() in page


def test_a_page_asked_for_without_its_slash_is_redirected(shared: Preview) -> None:
    status, headers, _ = shared.ask("/leaflets/the-harbour")
    assert (status, headers["Location"]) == (302, "/leaflets/the-harbour/")


@pytest.mark.parametrize("address", [address for address in OUTSIDE if address not in ("?", "/2006")])
def test_nothing_outside_the_site_is_answered(shared: Preview, address: str) -> None:
    shared.project.write("secret.txt", "secret")
    status, _, body = shared.ask(address)
    assert status in (404, 414)
    assert b"secret" not in body


def test_a_folder_is_not_listed(shared: Preview) -> None:
    assert [shared.ask(address)[0] for address in ("/files/", "/leaflets/", "/.preview/", "/theme/")] == [404] * 4


def test_another_method_is_refused(shared: Preview) -> None:
    assert shared.ask("/", "POST")[0] == 501


def test_another_host_name_is_refused(shared: Preview) -> None:
    assert shared.ask("/", Host="evil.example")[0] == 403
    assert shared.ask(EVENTS, Host=f"evil.example:{shared.port}")[0] == 403
    assert shared.ask("/", Host=f"localhost:{shared.port}")[0] == 200


def test_only_this_machine_is_answered(shared: Preview) -> None:
    with socket.create_server(("127.0.0.2", shared.port)) as other:  # taken, were it listening on every address
        assert other.getsockname()[1] == shared.port


def test_a_draft_is_shown_and_marked(shared: Preview) -> None:
    assert 'class="draft-notice"' in shared.page("/leaflets/unfinished/")
    assert 'class="draft-mark"' in shared.page("/1974/")


def test_a_broken_text_keeps_the_page_and_shows_why_until_it_is_fixed(shared: Preview, events: Events) -> None:
    file = shared.project.write("content/harbour.md", BARE.format("The harbour", "Second."))
    first = events.until(lambda event: event["build"] != events.build)
    with changed(file, "Date: 2006-10-24\n\nSecond", "Dat: 2006-10-24\n\nThird"):
        # A build that runs while the text is saved says that, too; the next one does not.
        wrong = events.until(
            lambda event: "unknown-key" in (said := "".join(event["problems"])) and "Build again" not in said
        )
    mended = events.until(lambda event: event["build"] != first["build"])
    assert mended["problems"] == []
    assert wrong["build"] == first["build"]
    assert wrong["heading"] == "2 errors: this page shows the last good build"
    assert wrong["problems"][1].startswith("content/harbour.md:2: error: [unknown-key]")
    shared.hear("content/harbour.md:2: error: [unknown-key]")
    shared.hear("2 errors. The preview shows the last good build.")


def test_a_warning_is_printed_once_and_not_with_every_build(shared: Preview, events: Events) -> None:
    file = shared.project.write("content/doubt.md", BARE.format("A doubt", "A lone « mark."))
    first = events.until(lambda event: event["build"] != events.build)
    shared.hear("content/doubt.md:4: warning: [unmatched-mark]")
    shared.hear("Built: ")
    shared.project.write("content/harbour.md", BARE.format("The harbour", "Another."))
    second = events.until(lambda event: event["build"] not in (events.build, first["build"]))
    reported = len(shared.reported)
    shared.hear("Built: ")
    assert [line for line in shared.reported[reported:] if "warning" in line] == []
    file.unlink()
    events.until(lambda event: event["build"] not in (events.build, first["build"], second["build"]))


def test_a_broken_template_is_named_by_its_line_until_it_is_fixed(shared: Preview, events: Events) -> None:
    template = shared.project.root / "theme" / "templates" / "leaflet.html"
    lines = template.read_text(encoding="utf-8").splitlines()
    line = next(n for n, words in enumerate(lines, 1) if "text.page_body" in words)
    with changed(template, "text.page_body", "text.bdoy"):
        wrong = events.until(lambda event: event["problems"])
        assert shared.ask("/leaflets/the-harbour/")[0] == 200
    assert wrong["problems"][0].startswith(f"theme/templates/leaflet.html:{line}: error: [template]")
    events.until(lambda event: event["build"] != events.build)


def test_a_change_of_a_template_is_seen(shared: Preview, events: Events) -> None:
    template = shared.project.root / "theme" / "templates" / "leaflet.html"
    with changed(template, "{{ text.page_body }}", "{{ text.page_body }}<p>Added.</p>"):
        added = events.until(lambda event: event["build"] != events.build)
        assert "<p>Added.</p>" in shared.page("/leaflets/the-harbour/")
    events.until(lambda event: event["build"] not in (events.build, added["build"]))
    assert "<p>Added.</p>" not in shared.page("/leaflets/the-harbour/")


def test_a_saved_style_sheet_is_shown_without_a_build_and_kept_by_the_next(shared: Preview, events: Events) -> None:
    sheet = shared.project.root / "theme" / "static" / "css" / "tokens.css"
    address = shared.page("/").partition('rel="stylesheet" href=".')[2].partition('"')[0]
    with changed(sheet, "@layer tokens {", "@layer tokens { :root { --seen: 1; }"):
        styled = events.until(lambda event: event["sheet"] != events.first["sheet"])
        assert (styled["build"], styled["sheet"]["path"]) == (events.build, address)
        assert "--seen" in shared.page(address)
        assert f'data-sheet="{styled["sheet"]["version"]}"' in shared.page("/")
        shared.project.write("content/harbour.md", BARE.format("The harbour", "Restyled."))
        built = events.until(lambda event: event["build"] != events.build)
        assert built["sheet"] == styled["sheet"]
        tree = shared.project.root / ".press" / "preview" / str(shared.port) / built["build"]
        assert "--seen" in (tree / address[1:]).read_text(encoding="utf-8")
    events.until(lambda event: event["sheet"] == events.first["sheet"])


def test_a_style_sheet_that_cannot_be_read_is_named_until_it_is_fixed(shared: Preview, events: Events) -> None:
    sheet = shared.project.root / "theme" / "static" / "css" / "tokens.css"
    before = sheet.read_bytes()
    sheet.write_bytes(before + b"/* \xff */")
    wrong = events.until(lambda event: event["problems"])
    assert wrong["problems"][0].startswith("theme/static/css/tokens.css: error: [template] the file is not UTF-8.")
    sheet.write_bytes(before)
    assert events.until(lambda event: not event["problems"])["build"] != events.build


def test_a_change_of_the_settings_is_seen_and_a_slip_in_them_is_named(shared: Preview, events: Events) -> None:
    settings = shared.project.root / "testconf.py"
    with changed(settings, "import sys\n", "import sys = (\n"):
        wrong = events.until(lambda event: event["problems"])
    line = settings.read_text(encoding="utf-8").splitlines().index("import sys") + 1
    assert wrong["problems"][0].startswith(f"testconf.py:{line}: error: [settings] SyntaxError")
    mended = events.until(lambda event: event["build"] != events.build)
    with settings.open("a") as file:
        file.write("SITENAME = 'Another name'\n")
    events.until(lambda event: event["build"] not in (events.build, mended["build"]))
    assert "Another name" in shared.page("/")


def test_a_plugin_in_an_endless_loop_is_ended_by_the_next_change(shared: Preview, events: Events) -> None:
    plugin = shared.project.root / "spinning.py"
    with changed(plugin, "    pass", "    print('spinning', flush=True)\n    while True:\n        pass"):
        shared.hear("spinning")
        assert shared.ask("/")[0] == 200
    events.until(lambda event: event["build"] != events.build)


@pytest.mark.parametrize(
    ("deed", "how"), [("os._exit(3)", "exit code 3"), ("os.kill(os.getpid(), 11)", "SIGSEGV")], ids=["exit", "crash"]
)
def test_a_plugin_that_ends_the_worker_does_not_end_the_preview(
    shared: Preview, events: Events, deed: str, how: str
) -> None:
    plugin = shared.project.root / "spinning.py"
    with changed(plugin, "    pass", f"    import os\n    {deed}"):
        wrong = events.until(lambda event: event["problems"])
    assert wrong["problems"][0].startswith(f"press: error: [preview-ended] the process that builds ended with {how}.")
    events.until(lambda event: event["build"] != events.build)


def test_a_text_that_is_renamed_is_followed_to_its_new_address(shared: Preview, events: Events) -> None:
    shared.project.write("content/new.md", BARE.format("A nam", "Words."))
    events.until(lambda event: event["build"] != events.build)
    assert shared.ask("/leaflets/a-nam/")[0] == 200
    shared.project.write("content/new.md", BARE.format("A name", "Words."))
    events.until(lambda _: shared.ask("/leaflets/a-name/")[0] == 200)
    status, headers, _ = shared.ask("/leaflets/a-nam/")
    assert (status, headers["Location"]) == (302, "/leaflets/a-name/")
    (shared.project.content / "new.md").unlink()
    events.until(lambda _: shared.ask("/leaflets/a-name/")[0] == 404)


def test_a_save_by_renaming_is_seen_as_editors_do_it(shared: Preview, events: Events) -> None:
    text = shared.project.write("content/.harbour.md.swp", BARE.format("The harbour", "Saved by renaming."))
    text.rename(shared.project.content / "harbour.md")
    events.until(lambda event: event["build"] != events.build)
    assert "Saved by" in shared.page("/leaflets/the-harbour/")


def test_a_content_folder_that_is_moved_away_and_back_is_watched_again(shared: Preview, events: Events) -> None:
    content, away = shared.project.content, shared.project.root / "away"
    content.rename(away)
    events.until(lambda event: event["problems"])
    away.rename(content)
    back = events.until(lambda event: event["build"] != events.build)
    shared.project.write("content/harbour.md", BARE.format("The harbour", "After all."))
    events.until(lambda event: event["build"] not in (events.build, back["build"]))
    assert "After&nbsp;all." in shared.page("/leaflets/the-harbour/")


def test_a_port_in_use_is_one_clear_line(project: Project, shared: Preview, start: Callable[..., Preview]) -> None:
    project.leaflet("a.md")
    second = start(shared.port)
    second.hear(f"port {shared.port}: error: [port-in-use] another program is using this port")
    assert second.process.wait(LONGEST) == 1
    assert len(second.reported) == 1
    assert shared.ask("/")[0] == 200


@pytest.mark.parametrize("port", [70000, -1])
def test_an_invalid_port_is_one_clear_line(start: Callable[..., Preview], port: int) -> None:
    preview = start(port)
    preview.hear(f"--port: error: [choice] “{port}”")
    assert preview.process.wait(LONGEST) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["int", "term"])
def test_a_signal_ends_it_quietly_with_the_customary_code(
    project: Project, start: Callable[..., Preview], number: int, code: int
) -> None:
    project.leaflet("a.md")
    preview = start().begin()
    with closing(Events(preview)):
        assert preview.end(number) == code
    assert (preview._lines.get(timeout=LONGEST), len(preview.reported)) == (None, 2)
    assert list((project.root / ".press" / "preview").iterdir()) == []
    assert not project.output.exists()


def test_it_is_ended_in_the_middle_of_a_build_as_well(project: Project, start: Callable[..., Preview]) -> None:
    project.leaflet("a.md")
    with (project.root / "testconf.py").open("a") as settings:
        settings.write("print('spinning', flush=True)\nwhile True:\n    pass\n")
    preview = start()
    preview.hear("spinning")
    assert preview.end() == 130


@pytest.mark.parametrize("words", ["Preview: ", "Built: "])
def test_ctrl_c_in_a_terminal_ends_it_quietly_also_while_it_starts(
    project: Project, start: Callable[..., Preview], words: str
) -> None:
    project.leaflet("a.md")
    preview = start()
    preview.hear(words)
    assert (preview.interrupt(), preview.ended_quietly()) == (130, True)
    assert list((project.root / ".press" / "preview").iterdir()) == []


WORKING = """
import os
import press.runtime.parallel as parallel

def work_forever(*_):
    os.write(1, b"working\\n")  # in one step: two processes print
    while True:
        pass

parallel.count_cores, parallel._work_through = (lambda: 2), work_forever
"""


def test_no_process_outlives_a_preview_that_is_ended_while_it_builds_on_two_cores(
    project: Project, start: Callable[..., Preview]
) -> None:
    for number in range(70):
        project.leaflet(f"{number}.md", f"Leaflet {number}")
    with (project.root / "testconf.py").open("a") as settings:
        settings.write(WORKING)
    preview = start()
    for _ in range(2):
        preview.hear("working")
    assert (preview.interrupt(), preview.ended_quietly()) == (130, True)


def test_a_theme_of_ones_own_is_followed_from_its_first_file(project: Project, start: Callable[..., Preview]) -> None:
    project.leaflet("a.md")
    preview = start().begin()
    address = preview.page("/").partition('rel="stylesheet" href=".')[2].partition('"')[0]
    with closing(Events(preview)) as events:
        own = project.write("theme/static/css/own.css", "body { --first: 1; }\n")
        first = events.until(lambda _: "--first" in preview.page(address))
        own.write_text("body { --second: 1; }\n", encoding="utf-8")
        events.until(lambda _: "--second" in preview.page(address))
        template = (ROOT / "theme" / "templates" / "leaflet.html").read_text(encoding="utf-8")
        project.write("theme/templates/leaflet.html", template.replace("text.page_body }}", "text.page_body }}!!"))
        events.until(lambda event: event["build"] != first["build"] and "!!" in preview.page("/leaflets/a-leaflet/"))


def test_the_first_start_builds_once(project: Project, start: Callable[..., Preview]) -> None:
    project.leaflet("a.md")
    preview = start().begin()
    with closing(Events(preview)) as events:
        project.leaflet("b.md", "Another")
        events.until(lambda event: event["build"] != events.build)
    preview.hear("Built: 2 leaflets")
    assert len([line for line in preview.reported if line.startswith("Built: ")]) == 2


def test_an_archive_with_problems_is_shown_as_soon_as_they_are_fixed(
    project: Project, start: Callable[..., Preview]
) -> None:
    project.write("content/a.md", "Title: A\n\nWords.\n")
    preview = start()
    preview.port = int(preview.hear("Preview: ").split("/")[2].rpartition(":")[2])
    preview.hear("[date-missing]")
    preview.hear("1 error. There is no page yet.")
    status, _, page = preview.ask("/")
    assert status == 503
    assert b"There is no page yet" in page
    assert f'<script src="{SCRIPT}" data-build="" data-sheet=""'.encode() in page
    with closing(Events(preview)) as events:
        project.leaflet("a.md")
        events.until(lambda event: event["build"] != "")
    assert preview.ask("/")[0] == 200


def test_the_command_serves_this_archive(tmp_path: Path) -> None:
    inv = str(Path(sys.executable).parent / "inv")
    project = make_project(tmp_path)
    project.leaflet("a.md")
    command = [inv, "serve", "--content", str(project.content), "--port", "0", "--no-drafts"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Preview: http://127.0.0.1:")
        assert process.stdout.readline().startswith("Built: 1 leaflet")
        process.send_signal(signal.SIGINT)
        assert process.wait(LONGEST) == 130
