"""Answer the browser from the tree that is shown and from nothing else, on this machine only."""

from __future__ import annotations

import errno
import json
import sys
from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import unquote

from press.diagnostics import Refused, error
from press.model.urls import NOT_FOUND
from press.preview.hint_desk import HintDesk
from press.preview.live_page import EVENTS, HINTS, HINTS_SCRIPT, SCRIPT, make_live
from press.preview.routes import add_slash, content_type, find_file, follow, path_of, root_of
from press.preview.screen import Screen, View

HOST = "127.0.0.1"
NAMES = frozenset({HOST, "localhost"})
"""Host names that are answered. Others are refused: a foreign page may point its own host name at this machine."""

HEARTBEAT = 10.0
"""Seconds between messages to a silent listener, which show whether it is still there."""

PATIENCE_FOR_HINTS = 60.0
"""Seconds after which a page that asks for hints gets none: the worker is busy with builds."""

Answer = tuple[HTTPStatus, str, bytes, str]
"""The status, the type and the bytes of an answer, and where it sends the browser, if anywhere."""

_SCRIPTS = {
    SCRIPT: Path(__file__).with_name("live.js"),
    HINTS_SCRIPT: Path(__file__).with_name("hints.js"),
}

_EMPTY = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Preview</title>
</head>
<body>
<h1>{heading}</h1>
</body>
</html>
"""


class PreviewServer(ThreadingHTTPServer):
    """A server that ends although browsers are listening, and ignores broken connections."""

    daemon_threads = True
    block_on_close = False

    def server_bind(self) -> None:
        """Take the port; unlike http.server's, ask nobody on the network for this machine's name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a browser that went away; report any other failure in one line."""
        wrong = sys.exception()
        if not isinstance(wrong, ConnectionError | TimeoutError):
            message = f"{type(wrong).__name__}: {wrong}. The preview goes on; report this line."
            print(error("preview", 0, "program", message), file=sys.stderr)


def open_server(screen: Screen, desk: HintDesk, port: int) -> PreviewServer:
    """Open the port; 0 takes any free one. Raises Refused if it cannot be used."""
    try:
        return PreviewServer((HOST, port), partial(_Handler, screen, desk))
    except (OSError, OverflowError) as failed:
        if isinstance(failed, OSError) and failed.errno == errno.EADDRINUSE:
            message = (
                "another program is using this port, perhaps another preview. End it, or choose another port: "
                f"inv serve --port {port + 1}."
            )
            raise Refused([error(f"port {port}", 0, "port-in-use", message)]) from failed
        why = failed.strerror if isinstance(failed, OSError) else "a port is a number from 0 to 65535"
        message = f"this port cannot be used: {why}. Choose one from 1024 to 65535, such as inv serve --port 8000."
        raise Refused([error(f"port {port}", 0, "port", message)]) from failed


class _Handler(BaseHTTPRequestHandler):
    """One request: a page, a file, a script, the events, or the hints for a page."""

    def __init__(self, screen: Screen, desk: HintDesk, *args: Any) -> None:
        self._screen, self._desk = screen, desk
        super().__init__(*args)

    def do_GET(self) -> None:  # the name is http.server's
        """Answer with headers and what was asked for."""
        path = path_of(self.path)
        if self.headers.get("Host", HOST).partition(":")[0] not in NAMES:
            self._send(HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"This preview is only for this machine.\n")
        elif path == EVENTS:
            self._send_events()
        elif path in _SCRIPTS:
            self._send(HTTPStatus.OK, content_type(path), _SCRIPTS[path].read_bytes())
        elif path.startswith(f"{HINTS}/"):
            self._send_hints(unquote(path.removeprefix(HINTS)))
        else:
            self._send_page()

    do_HEAD = do_GET  # noqa: N815  # the name is http.server's; _send leaves the body out

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: the terminal is for problems."""

    def _send_page(self) -> None:
        """Send what is at the address; a tree that goes away meanwhile is no longer the one that is shown."""
        view = self._screen.view
        answer = self._find_answer(view)
        while answer[0] is not HTTPStatus.OK and self._screen.view.site != view.site:
            view = self._screen.view
            answer = self._find_answer(view)
        self._send(*answer)

    def _find_answer(self, view: View) -> Answer:
        """Return what this view has at the address."""
        if view.site is None:
            heading = "There is no page yet" if view.problems else "The site is being built"
            return _answer_live(HTTPStatus.SERVICE_UNAVAILABLE, _EMPTY.format(heading=heading), view)
        if view.sheet.path and path_of(self.path) == f"/{view.sheet.path}":
            return HTTPStatus.OK, content_type(view.sheet.path), view.sheet.data, ""
        found = _read(find_file(root_of(view.site, self.path), self.path), HTTPStatus.OK, view)
        if found:
            return found
        elsewhere = add_slash(view.site, self.path) or follow(self.path, view.former, view.addresses)
        if elsewhere:
            return HTTPStatus.FOUND, "text/plain; charset=utf-8", b"", elsewhere
        missing = _read(find_file(view.site, f"/{NOT_FOUND}"), HTTPStatus.NOT_FOUND, view)
        return missing or _answer_live(HTTPStatus.NOT_FOUND, _EMPTY.format(heading="Not found"), view)

    def _send(self, status: HTTPStatus, kind: str, data: bytes, elsewhere: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if elsewhere:
            self.send_header("Location", elsewhere)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_hints(self, address: str) -> None:
        """Send the hints for the text whose page is at an address, once they are found; nothing for other pages."""
        view = self._screen.view
        source = view.addresses.get(address)
        hints = self._desk.ask(view.build, source, PATIENCE_FOR_HINTS) if source else None
        if hints is None:
            self._send(HTTPStatus.NO_CONTENT, content_type("hints.json"), b"")
        else:
            written = json.dumps([asdict(hint) for hint in hints], ensure_ascii=False)
            self._send(HTTPStatus.OK, content_type("hints.json"), written.encode())

    def _send_events(self) -> None:
        """Send the view now and each time it changes, until the browser goes away."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "HEAD":
            return
        view = self._screen.view
        self._write(f"retry: 500\ndata: {view.as_event()}\n\n")
        while True:
            seen, view = view, self._screen.wait_for_another(view, HEARTBEAT)
            self._write(": still here\n\n" if view is seen else f"data: {view.as_event()}\n\n")

    def _write(self, event: str) -> None:
        self.wfile.write(event.encode())
        self.wfile.flush()


def _read(file: Path | None, status: HTTPStatus, view: View) -> Answer | None:
    """Return a file as an answer; None if there is none, or none any more."""
    try:
        data = file.read_bytes() if file else None
    except FileNotFoundError:
        return None
    if file is None or data is None:
        return None
    if file.suffix == ".html":
        return _answer_live(status, data.decode("utf-8", errors="replace"), view)
    return status, content_type(file.name), data, ""


def _answer_live(status: HTTPStatus, page: str, view: View) -> Answer:
    return status, content_type("page.html"), make_live(page, view.build, view.sheet.version).encode(), ""
