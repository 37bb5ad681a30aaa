"""Headers and redirects as text.

The format is the one Cloudflare Pages and Netlify share: a path, then its headers, indented. Both join the headers of
all rules that match a path, so a header stands in one rule only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from press.catalogue.copies import move_copies

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
