"""What a host is told beside the pages: headers and redirects, as Cloudflare Pages and Netlify read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican import signals

from press.model.formats import move_copies


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


_POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""What a page may load: its own style sheet, pictures, sounds and data, nothing else (Content Security Policy 3)."""

_SCRIPTS = "'self' 'wasm-unsafe-eval'"
"""What the search page needs. A host sends one policy for all pages, and a browser obeys it and the page's own: so
the header allows what one page needs, and every other page forbids it for itself."""

_HEADERS = {
    "Content-Security-Policy": "{policy}; script-src {scripts}; worker-src 'self'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

NAMED_BY_CONTENT = ("/theme/*", "/images/*")
"""Files whose names carry a hash of their content: another content has another name, so they keep for ever."""

_INDEX_PARTS = ("filter", "fragment", "index")
"""The folders of an index in which Pagefind names each file by its content."""


def page_policy() -> str:
    """Give the Content-Security-Policy that stands in each page: no script, whatever the host sends."""
    return "; ".join(f"{name} {value}" for name, value in {**_POLICY, "script-src": "'none'"}.items())


def search_policy() -> str:
    """Give the policy of the search page: our script, and Pagefind, which is WebAssembly."""
    return page_policy().replace("script-src 'none'", f"script-src {_SCRIPTS}")


def write_headers(languages: Sequence[str] = ()) -> str:
    """Give the text of `_headers`; `languages` are those that have an index of the search."""
    policy = "; ".join(f"{name} {value}" for name, value in _POLICY.items())
    headers = {name: value.format(policy=policy, scripts=_SCRIPTS) for name, value in _HEADERS.items()}
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    for path in [*NAMED_BY_CONTENT, *(f"/pagefind/{lang}/{part}/*" for lang in languages for part in _INDEX_PARTS)]:
        lines += [path, "  Cache-Control: public, max-age=31536000, immutable"]
    return "\n".join(lines) + "\n"


def write_redirects(redirects: Mapping[str, str]) -> str:
    """Give the text of `_redirects`: from where, to where, for good; the copies of a leaflet go with it."""
    copies = {old: new for pair in redirects.items() for old, new in move_copies(*pair)}
    return "".join(f"/{old} /{new} 301\n" for old, new in sorted({**copies, **redirects}.items()))
