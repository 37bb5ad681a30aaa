"""What the preview shows: the last good tree, and what is wrong with the change that came after it."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class View:
    """What is shown at one moment."""

    site: Path | None = None
    """The tree of the last good build; None before there is one."""
    build: str = ""
    """Names that build; of two views with one name a page shows the same."""
    problems: tuple[str, ...] = ()
    """The lines of the last build, where it failed."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """From the address of each text's page to its source."""
    former: Mapping[str, str] = field(default_factory=dict)
    """The same for every address since the preview began."""

    def as_event(self) -> str:
        """Say it to live.js, as JSON on one line."""
        many = len(self.problems)
        state = "this page is as it was before the last change" if self.site else "there is no page yet"
        heading = f"{many} {'error' if many == 1 else 'errors'}: {state}"
        advice = "Mend what is named here and save; the page follows by itself."
        return json.dumps(
            {"build": self.build, "problems": self.problems, "heading": heading, "advice": advice}, ensure_ascii=False
        )


class Screen:
    """Holds the view; whoever waits is woken when it changes."""

    def __init__(self) -> None:
        self._view = View()
        self._changed = threading.Condition()

    @property
    def view(self) -> View:
        """What is shown now."""
        with self._changed:
            return self._view

    def show_site(self, site: Path, build: str, addresses: Mapping[str, str]) -> None:
        """Show a new tree; what was wrong is mended."""
        with self._changed:
            former = {**self._view.former, **addresses}
            self._view = View(site, build, (), addresses, former)
            self._changed.notify_all()

    def show_problems(self, problems: tuple[str, ...]) -> None:
        """Keep the tree, and say what is wrong with the last change."""
        with self._changed:
            self._view = replace(self._view, problems=problems)
            self._changed.notify_all()

    def wait_for_another(self, view: View, seconds: float) -> View:
        """Wait until something else is shown, or the time is over; give what is shown then."""
        with self._changed:
            self._changed.wait_for(lambda: self._view is not view, seconds)
            return self._view
