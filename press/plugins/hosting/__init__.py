"""What a host is told beside the pages: headers and redirects, as Cloudflare Pages and Netlify read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican import signals

from press.plugins.hosting.hosting import page_policy, search_policy, write_headers, write_redirects


class HostingGenerator:
    """Write `_headers` and `_redirects`; made and called by Pelican as a generator."""

    def __init__(self, context: dict[str, Any], output_path: str, **_: Any) -> None:
        self.context, self.output = context, Path(output_path)

    def generate_context(self) -> None:
        """Tell the templates the policy of a page, and that of the search page."""
        self.context["page_policy"] = page_policy()
        self.context["search_policy"] = search_policy()

    def generate_output(self, writer: Any) -> None:
        """Write both files."""
        redirects, search = self.context["archive"].redirects, self.context.get("search")
        (self.output / "_headers").write_text(write_headers(search.languages if search else ()), encoding="utf-8")
        (self.output / "_redirects").write_text(write_redirects(redirects), encoding="utf-8")


def give_generator(pelican: Any) -> type[HostingGenerator]:
    """Name the generator of the two files."""
    return HostingGenerator


def register() -> None:
    """Connect to Pelican's signals."""
    signals.get_generators.connect(give_generator)
