"""Add the preview's scripts to a page as it is sent, and allow them in the page's policy."""

from __future__ import annotations

import html
from html.parser import HTMLParser

SCRIPT = "/.preview/live.js"
EVENTS = "/.preview/events"


HINTS_SCRIPT = "/.preview/hints.js"
HINTS = "/.preview/hints"
"""What the hints for a page are at, with its address after it: `/.preview/hints/leaflets/harbour/`."""


def make_live(page: str, build: str, sheet: str = "") -> str:
    """Put the scripts into a page, to reload it when there is a build newer than `build`.

    `sheet` is the version of its style sheet. `<head>…</head>` becomes
    `<head>…<script src="/.preview/live.js" …></script>…</head>`; in a page without a head they come first. Nothing
    else changes but the Content-Security-Policy, by loosen_policy.
    """
    found = _Head(page)
    script = f'<script src="{SCRIPT}" data-build="{html.escape(build)}" data-sheet="{html.escape(sheet)}"></script>\n'
    script += f'<script src="{HINTS_SCRIPT}"></script>\n'
    pieces, done = [], 0
    for start, end, instead in [*found.policies, (found.end, found.end, script)]:
        pieces += [page[done:start], instead]
        done = end
    return "".join([*pieces, page[done:]])


def loosen_policy(policy: str) -> str:
    """Let a policy allow the preview's script: `script-src 'none'` becomes `script-src 'self'`; the rest stays.

    A missing directive falls back to default-src; without that, everything is allowed already.
    """
    directives: dict[str, list[str]] = {}
    for name, *sources in filter(None, map(str.split, policy.split(";"))):
        directives.setdefault(name.lower(), sources)  # if it is repeated, the first counts
    for name in ("script-src-elem" if "script-src-elem" in directives else "script-src", "connect-src"):
        allowed = directives.get(name, directives.get("default-src"))
        if allowed is not None and "'self'" not in allowed:
            directives[name] = [*(source for source in allowed if source != "'none'"), "'self'"]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


class _Head(HTMLParser):
    """Finds the policies in a page's head, with their replacements, and the end of the head."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.policies: list[tuple[int, int, str]] = []
        self.end = 0
        self._lines = [0]
        for line in page.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._over = False
        for line in page.split("\n"):
            if not self._over:
                self.feed(f"{line}\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._over or tag != "meta" or given.get("http-equiv", "").lower() != "content-security-policy":
            return
        start, written = self._here(), self.get_starttag_text() or ""
        content = html.escape(loosen_policy(given.get("content", "")))
        self.policies.append(
            (start, start + len(written), f'<meta http-equiv="Content-Security-Policy" content="{content}">')
        )

    def handle_endtag(self, tag: str) -> None:
        if tag == "head" and not self._over:
            self.end, self._over = self._here(), True

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
