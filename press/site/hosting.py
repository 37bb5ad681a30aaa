"""Files for the web host: headers and redirects, in the format of Cloudflare Pages and Netlify."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping

from press.model.formats import redirect_exports
from press.model.urls import IMAGES, SEARCH_INDEX, THEME
from press.search.pagefind import PARTS
from press.site.pelican_site import Site

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
"""What the search page needs. A host sends one policy for all pages, and a browser applies it and the page's own.
So the header allows what one page needs, and every other page forbids it in its own policy."""

_HEADERS = {
    "Content-Security-Policy": "{policy}; script-src {scripts}; worker-src 'self'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

NAMED_BY_CONTENT = (f"/{THEME}*", f"/{IMAGES}*", f"/{SEARCH_INDEX}{PARTS}*")
"""Files whose addresses contain a hash of their content: they never change, so browsers may keep them forever."""


def page_policy() -> str:
    """Return the Content-Security-Policy in each page: no script, whatever the host allows."""
    return "; ".join(f"{name} {value}" for name, value in {**_POLICY, "script-src": "'none'"}.items())


def search_policy() -> str:
    """Return the policy of the search page: our scripts, and Pagefind, which is WebAssembly."""
    return page_policy().replace("script-src 'none'", f"script-src {_SCRIPTS}")


def allow_data(policy: str, data: str) -> str:
    """Allow one data block, by its hash, in a Content-Security-Policy that forbids scripts.

    Browsers do not apply the policy to a block of JSON, which cannot run; checkers that read the policy do.
    """
    digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
    return policy.replace("script-src 'none'", f"script-src 'sha256-{digest}'")


def write_headers() -> str:
    """Return the text of `_headers`."""
    policy = "; ".join(f"{name} {value}" for name, value in _POLICY.items())
    headers = {name: value.format(policy=policy, scripts=_SCRIPTS) for name, value in _HEADERS.items()}
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    for path in NAMED_BY_CONTENT:
        lines += [path, "  Cache-Control: public, max-age=31536000, immutable"]
    return "\n".join(lines) + "\n"


def write_redirects(redirects: Mapping[str, str]) -> str:
    """Return the text of `_redirects`: old address, new address, 301; the exports of a leaflet move with it."""
    exports = {old: new for pair in redirects.items() for old, new in redirect_exports(*pair)}
    return "".join(f"/{old} /{new} 301\n" for old, new in sorted({**exports, **redirects}.items()))


def list_host_files(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of both files."""
    yield "_headers", write_headers()
    yield "_redirects", write_redirects(site.archive.redirects)
