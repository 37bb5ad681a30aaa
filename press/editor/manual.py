"""`inv manual`: the documentation as pages to read in a browser, for who has the press and not its repository."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from markdown import Markdown

from press.package_files import DOCS
from press.runtime.files import write_atomic

PAGES = (
    "first-ten-leaflets editing metadata style diagnostics downloads search publishing settings theme glossary"
).split()
"""What an archivist reads, in this order; the rest is for people who change the press."""

_LINK = re.compile(r'href="(?!https?:|mailto:|#)([^"#]*)(#[^"]*)?"')
_STYLE = """
:root { color-scheme: light dark; font: 1.0625rem/1.55 Georgia, serif }
body { max-inline-size: 44rem; margin: 2rem auto; padding-inline: 1rem }
h1, h2, h3, nav, table { line-height: 1.3 }
pre, code { font: 0.875em/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid #8888 }
pre code { overflow-wrap: normal }
table { display: block; overflow-x: auto; border-collapse: collapse; font-size: 0.9em }
td:first-child code { white-space: nowrap }
table code { overflow-wrap: normal }
td:last-child { min-inline-size: 14rem }
th, td { border: 1px solid #8888; padding: 0.3em 0.6em; text-align: start; vertical-align: top }
"""


def write_manual(folder: Path) -> Path:
    """Write every page of the manual into a folder, and return the path of its list of contents."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = []
    for name in PAGES:
        title, body = _render(name)
        contents.append(f'<li><a href="{name}.html">{escape(title)}</a></li>')
        back = '<nav><a href="index.html">The manual</a></nav>'
        write_atomic(folder / f"{name}.html", _frame(title, f"{back}\n{body}").encode())
    index = folder / "index.html"
    listed = "\n".join(contents)
    write_atomic(index, _frame("The manual", f"<h1>The manual</h1>\n<ol>\n{listed}\n</ol>").encode())
    return index


def _render(name: str) -> tuple[str, str]:
    """Return the title and the HTML of a page of the documentation; links to pages that are not here become words."""
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    body = Markdown(extensions=["tables", "fenced_code", "toc", "sane_lists"]).convert(text)
    return text.partition("\n")[0].removeprefix("# "), _LINK.sub(_link_page, body)


def _link_page(link: re.Match[str]) -> str:
    name = link[1].removesuffix(".md")
    return f'href="{name}.html{link[2] or ""}"' if name in PAGES else 'class="elsewhere"'


def _frame(title: str, body: str) -> str:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    head += f"<style>{_STYLE}</style>"
    return f'<!doctype html>\n<html lang="en">\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n'
