"""What the preview shows: the last good tree, and the problems of the last build."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from press.preview.live_sheet import LiveSheet
from press.runtime.wording import count


@dataclass(frozen=True, slots=True)
class View:
    """What is shown at one time."""

    site: Path | None = None
    """The tree of the last good build; None until there is one."""
    build: str = ""
    """The name of that build: pages change only when it changes."""
    problems: tuple[str, ...] = ()
    """The errors of the last build, if it failed."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """From the address of each text's page to its source."""
    former: Mapping[str, str] = field(default_factory=dict)
    """The same for every address since the preview began."""
    sheet: LiveSheet = field(default_factory=LiveSheet)
    """The style sheet as its files are now, which may be newer than the tree."""

    def as_event(self) -> str:
        """Return the view for live.js, as JSON on one line."""
        state = "this page shows the last good build" if self.site else "there is no page yet"
        heading = f"{count(len(self.problems), 'error', 'errors')}: {state}"
        advice = "Correct this and save; the page then reloads."
        sheet = {"path": f"/{self.sheet.path}", "version": self.sheet.version}
        return json.dumps(
            {"build": self.build, "problems": self.problems, "heading": heading, "advice": advice, "sheet": sheet},
            ensure_ascii=False,
        )


class Screen:
    """Holds the view, and wakes waiting threads when it changes."""

    def __init__(self) -> None:
        self._view = View()
        self._changed = threading.Condition()

    @property
    def view(self) -> View:
        """What is shown now."""
        with self._changed:
            return self._view

    def show_site(self, site: Path, build: str, addresses: Mapping[str, str], sheet: LiveSheet | None = None) -> None:
        """Show a new tree; it has no problems."""
        with self._changed:
            former = {**self._view.former, **addresses}
            self._view = View(site, build, (), addresses, former, sheet or LiveSheet())
            self._changed.notify_all()

    def show_problems(self, problems: tuple[str, ...]) -> None:
        """Keep the tree, and show what is wrong with the last change."""
        with self._changed:
            self._view = replace(self._view, problems=problems)
            self._changed.notify_all()

    def show_sheet(self, sheet: LiveSheet) -> None:
        """Keep the tree and its problems, and show another style sheet."""
        with self._changed:
            if sheet != self._view.sheet:
                self._view = replace(self._view, sheet=sheet)
                self._changed.notify_all()

    def wait_for_another(self, view: View, seconds: float) -> View:
        """Wait until the view is another one, or until the time is over; return the view."""
        with self._changed:
            self._changed.wait_for(lambda: self._view is not view, seconds)
            return self._view
