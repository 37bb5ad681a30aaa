"""Bad input of every family: refused by one line that names file and line, or published whole with nothing live.

A case is a name, what is written, and what becomes of it: `"2 date"` is a refusal by the rule `date` at line 2,
anything else the words that a reader must find on the page, in their order.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from lxml import etree
from lxml import html as lxml_html

from press.diagnostics import Refused
from tests.conftest import Project, make_project, tree_of
from tests.support.live import WORD, find_live
from tests.support.photos import photo

PNG = photo(".png")
REFUSAL = re.compile(r"\d+ [a-z-]+")
PLAIN_KEYS = "Publisher Place Translator Series Rights Identifier Source Notes Corrections Summary Author".split()


def of(*lines: str, body: str = "Some words.") -> str:
    """Return a text with these header lines; the title is on line 1."""
    return "\n".join(["Title: A case", *lines, "Slug: SLUG", "", body, ""])


def dated(date: str) -> str:
    return of(f"Date: {date}")


def titled(title: str) -> str:
    return f"Title: {title}\nDate: 1974\nSlug: SLUG\n\nSome words.\n"


def keyed(*lines: str) -> str:
    """Return a text with these lines in its header, from line 3 on."""
    return of("Date: 1974", *lines)


def body(text: str) -> str:
    """Return a text whose body begins on line 5."""
    return of("Date: 1974", body=text)


def cells(columns: int, rows: int) -> str:
    return "\n".join(["|".join("a" * columns), "|".join("-" * columns), *["b"] * rows])


TEXTS: dict[str, dict[str, tuple[str | bytes, str]]] = {
    "titles": {
        "none": ("Date: 1974\n\nWords.\n", "1 title-missing"),
        "empty": (titled(""), "1 empty-value"),
        "blank": (titled("  \t "), "1 empty-value"),
        "of-no-width": (titled("\u200b\u200d\u2060"), "1 empty-value"),
        "on-two-lines": ("Title: One\n    Two\nDate: 1974\n\nWords.\n", "2 too-many-values"),
        "marks-only": ("Title: !!!\nDate: 1974\n\nWords.\n", "1 no-slug"),
        "marks-with-a-slug": (titled("!!!"), "!!! Some words"),
        "override": (titled("a\u202eb"), "1 character"),
        "open-isolate": (titled("a\u2067b"), "1 isolate"),
        "script": (titled("<script>alert(1)</script>"), "script alert 1 script Some words"),
        "attribute": (titled('" onmouseover="alert(1)" x="'), "onmouseover alert 1 x Some words"),
        "end-of-title": (titled("</title></h1><h1>x"), "title h1 h1 x Some words"),
        "references": (titled("&lt;b&gt; &amp; &#60;i&#62;"), "lt b gt amp 60 i 62 Some words"),
        "template": (titled("{{ 7 * 7 }} {% raw %}"), "7 7 raw Some words"),
        "markdown": (titled("*a* [b](c) `d` # e"), "a b c d e Some words"),
        "arabic": (titled("سلام عليكم"), "سلام عليكم Some words"),
        "long": (titled("word " * 5000), "word " * 50),
        "one-long-word": (titled("w" * 50_000), "w" * 50_000),
    },
    "dates": {
        "none": ("Title: A\n\nWords.\n", "1 date-missing"),
        "empty": (dated(""), "2 empty-value"),
        "american": (dated("03/04/1917"), "2 date"),
        "day-month-short-year": (dated("12 May 48"), "2 date"),
        "month-in-words": (dated("March 1848"), "2 date"),
        "two-figures": (dated("74"), "2 date"),
        "no-hyphens": (dated("19740301"), "2 date"),
        "en-dash": (dated("1974–03"), "2 date"),
        "with-time": (dated("1974-02-03 10:00"), "2 date"),
        "rfc-3339": (dated("1974-02-03T10:00:00Z"), "2 date"),
        "never-was": (dated("1974-02-30"), "2 date"),
        "thirteenth-month": (dated("1974-13"), "2 date"),
        "year-nought": (dated("0000"), "2 date"),
        "before-our-era": (dated("-0044"), "2 date"),
        "five-figures": (dated("10000"), "2 date"),
        "arabic-figures": (dated("١٩٧٤"), "2 date"),
        "full-width-figures": (dated("１９７４"), "2 date"),
        "in-quotes": (dated('"1974"'), "2 date"),
        "with-comment": (dated("1974 # or later"), "2 date"),
        "today": (dated("today"), "2 date"),
        "interval-backwards": (dated("1920/1918"), "2 date"),
        "interval-of-three": (dated("1918/1919/1920"), "2 date"),
        "future": (dated("2999-01"), "2 future"),
        "future-added": (keyed("Added: 2999-01-01"), "3 future"),
        "added-without-day": (keyed("Added: 1999"), "3 added"),
        "added-never-was": (keyed("Added: 1999-02-29"), "3 added"),
        "year": (dated("1848"), "1848 Some words"),
        "first-year": (dated("0001-01-01"), "Some words"),
        "century": (dated("19XX"), "Some words"),
        "undated": (dated("undated"), "undated Some words"),
    },
    "headers": {
        "yaml": ('---\ntitle: "A"\ndate: 1974\n---\n\nWords.\n', "2 header-form"),
        "fenced": ("---\nTitle: A\nDate: 1974\nSlug: SLUG\n---\n\nSome words.\n", "A Some words"),
        "fenced-and-open": ("---\nTitle: A\nDate: 1974\n\nWords.\n", "4 header-end"),
        "separator-in-a-title": (titled("One\u2028Status: draft"), "1 character"),
        "toml": ("+++\ntitle = 'A'\n+++\n\nWords.\n", "1 header-form"),
        "json": ('{\n"title": "A"\n}\n\nWords.\n', "1 header-form"),
        "json-on-one-line": ('{"title": "A"}\n\nWords.\n', "1 unknown-key"),
        "pandoc": ("% A\n% Me\n\nWords.\n", "1 header-end"),
        "restructured-text": (":title: A\n:date: 1974\n\nWords.\n", "1 header-end"),
        "none": ("Words of the text.\n\nMore.\n", "1 header-end"),
        "heading": ("# A\n\nWords.\n", "1 header-end"),
        "blank-first": ("\nTitle: A\nDate: 1974\n\nWords.\n", "1 header-missing"),
        "indented": (" Title: A\nDate: 1974\n\nWords.\n", "1 header-end"),
        "no-blank-after": ("Title: A\nDate: 1974\nWords without end.\n", "3 header-end"),
        "no-blank-after-text-with-colon": ("Title: A\nDate: 1974\nNote: these words.\n", "3 unknown-key"),
        "ended-by-dashes": ("Title: A\nDate: 1974\n---\n\nWords.\n", "3 header-end"),
        "cut-in-two": ("Title: A\n \nDate: 1974\n\nWords.\n", "1 date-missing"),
        "no-text": ("Title: A\nDate: 1974\n\n\n", "4 no-text"),
        "no-end": ("Title: A\nDate: 1974", "3 no-text"),
        "two-thousand-lines": ("Title: A\n" + "    x\n" * 2000 + "\nWords.\n", "1001 too-many"),
        "second-header-in-the-text": (body("Title: Second\nDate: 1975\n\nMore."), "Title Second Date 1975 More"),
        "crlf": (keyed().replace("\n", "\r\n").encode(), "Some words"),
        "cr": (keyed().replace("\n", "\r").encode(), "Some words"),
        "byte-order-mark": (b"\xef\xbb\xbf" + keyed().encode(), "Some words"),
        "byte-order-mark-twice": (b"\xef\xbb\xbf" * 2 + keyed().encode(), "1 unknown-key"),
        "line-separators": (keyed().replace("\n", "\u2028"), "1 character"),
        "line-separators-in-the-text": (body("Some\u2028words"), "Some words"),
    },
    "keys": {
        "misspelt": (keyed("Catgory: Letters"), "3 unknown-key"),
        "twice": (keyed("Date: 1975"), "3 key-twice"),
        "twice-by-case": (keyed("date: 1975"), "3 key-twice"),
        "author-and-authors": (keyed("Author: A", "Authors: B"), "4 key-twice"),
        "not-ascii": (keyed("Catégorie: x"), "3 unknown-key"),
        "homoglyph": (keyed("Сategory: x"), "3 unknown-key"),
        "full-width-colon": (keyed("Category： x"), "3 header-end"),
        "no-space": (keyed("Category:x"), "3 header-end"),
        "no-key": (keyed(": x"), "3 header-end"),
        "empty-value": (keyed("Category:"), "3 empty-value"),
        "save-as": (keyed("Save_as: ../../index.html"), "3 unknown-key"),
        "url": (keyed("URL: /index.html"), "3 unknown-key"),
        "template": (keyed("Template: gone"), "3 unknown-key"),
        "dunder": (keyed("__class__: x"), "3 unknown-key"),
        "status": (keyed("Status: hidden"), "3 choice"),
        "quotes": (keyed("Quotes: maybe"), "3 choice"),
        "upper-case": ("TITLE: A\nDATE: 1974\nsLUG: SLUG\n\nSome words.\n", "Some words"),
        "value-without-end": (keyed("Summary: " + "word " * 20_000), "word " * 20),
    },
    "slugs": {
        "parent": (keyed().replace("SLUG", ".."), "3 slug"),
        "absolute": (keyed().replace("SLUG", "/etc/passwd"), "3 slug"),
        "with-slashes": (keyed().replace("SLUG", "a/../../b"), "3 slug"),
        "upper-case": (keyed().replace("SLUG", "Abc"), "3 slug"),
        "not-ascii": (keyed().replace("SLUG", "café"), "3 slug"),
        "percent": (keyed().replace("SLUG", "a%2e%2e"), "3 slug"),
        "script": (keyed().replace("SLUG", "<script>"), "3 slug"),
        "too-long": (keyed().replace("SLUG", "a" * 81), "3 slug"),
        "taken": (keyed().replace("SLUG", "base"), "3 slug-twice"),
        "taken-by-title": ("Title: Base!\nDate: 1974\n\nWords.\n", "1 slug-twice"),
        "taken-in-another-language": (keyed("Lang: fr").replace("SLUG", "base"), "4 slug-twice"),
    },
    "categories": {
        "dots": (keyed("Category: .."), "3 no-slug"),
        "marks": (keyed("Category: !!!"), "3 no-slug"),
        "case": (keyed("Category: LETTERS"), "3 name-clash"),
        "plus": (keyed("Category: Letters++"), "3 name-clash"),
        "unicode-form": (keyed("Author: Zoë; Zoe\u0308"), "3 name-clash"),
        "the-feed-of-all": (keyed("Category: All"), "3 url-clash"),
        "slashes": (keyed("Category: a/../b"), "a b Some words"),
        "script": (keyed("Category: <script>alert(1)</script>"), "script alert 1 script Some words"),
        "people-by-comma": (keyed("Author: Ada Brennan, Tom Hill"), "3 author-comma"),
        "person-twice": (keyed("Author: Ada; Ada"), "3 name-twice"),
        "nobody": (keyed("Author: ;"), "3 empty-value"),
        "tag-twice": (keyed("Tags: docks, docks"), "3 name-twice"),
        "no-tag": (keyed("Tags: , ,"), "3 empty-value"),
    },
    "languages": {
        "unknown": (keyed("Lang: xx"), "3 lang"),
        "in-words": (keyed("Lang: English"), "3 lang"),
        "underscore": (keyed("Lang: en_GB"), "3 lang"),
        "markup": (keyed('Lang: en" onload="x'), "3 lang"),
        "path": (keyed("Lang: ../../etc"), "3 lang"),
        "translation-of-nothing": (keyed("Translation-of: nothing"), "3 translation-of"),
        "translation-of-itself": (keyed("Translation-of: SLUG"), "3 translation-of"),
        "translation-into-the-same": (keyed("Translation-of: base"), "3 translation-of"),
        "translation": (keyed("Translation-of: base", "Lang: fr"), "Some words"),
        "hebrew": (keyed("Lang: he"), "Some words"),
    },
    "addresses": {
        "elsewhere": (keyed("Redirect-from: https://x.example/a/"), "3 redirect-from"),
        "parent": (keyed("Redirect-from: /../a/"), "3 redirect-from"),
        "two-fields": (keyed("Redirect-from: /a/ /b/ 200"), "3 redirect-from"),
        "wildcard": (keyed("Redirect-from: /*"), "3 redirect-from"),
        "style-sheet": (keyed("Redirect-from: /theme/style.css"), "3 redirect-from"),
        "too-long": (keyed(f"Redirect-from: /{'a' * 300}/"), "3 redirect-from"),
        "too-deep": (keyed(f"Redirect-from: /{'a/' * 30}"), "3 redirect-from"),
        "home": (keyed("Redirect-from: /"), "3 redirect-from"),
        "itself": (keyed("Redirect-from: /leaflets/SLUG/"), "3 redirect-from"),
        "another": (keyed("Redirect-from: /leaflets/base/"), "3 redirect-from"),
        "another-by-case": (keyed("Redirect-from: /Leaflets/Base/"), "3 url-clash"),
        "twice": (keyed("Redirect-from: /a/", "    /a/"), "4 redirect-from"),
        "twice-as-file": (keyed("Redirect-from: /a/", "    /a/index.html"), "4 url-clash"),
        "home-as-file": (keyed("Redirect-from: /index.html"), "3 url-clash"),
        "the-404-page": (keyed("Redirect-from: /404.html"), "3 url-clash"),
        "into-the-index": (keyed("Redirect-from: /pagefind/pagefind.js/"), "3 url-clash"),
        "into-the-theme": (keyed("Redirect-from: /theme/old.html"), "3 url-clash"),
        "folder-on-a-file": (keyed("Redirect-from: /404.html/"), "3 url-clash"),
        "folder-on-an-export": (keyed("Redirect-from: /leaflets/SLUG/SLUG.pdf/"), "3 url-clash"),
        "below-an-export": (keyed("Redirect-from: /leaflets/base/base.txt/a/"), "3 url-clash"),
        "old-address": (keyed("Redirect-from: /old/case.html"), "Some words"),
    },
    "encodings": {
        "latin-1": (body("Café").encode("latin-1"), "5 encoding"),
        "windows": (body("“Yes”").encode("cp1252"), "5 encoding"),
        "utf-16": (keyed().encode("utf-16"), "1 encoding"),
        "utf-16-bare": (keyed().encode("utf-16-le"), "1 encoding"),
        "utf-32": (keyed().encode("utf-32"), "1 encoding"),
        "overlong": (body("a/b").encode().replace(b"/", b"\xc0\xaf"), "5 encoding"),
        "surrogates": (keyed().encode() + b"\xed\xa0\xbd\xed\xb8\x80\n", "6 encoding"),
        "cut-off": (keyed().encode() + b"\xe2\x82", "6 encoding"),
        "compressed": (b"\x1f\x8b\x08\x00abc", "1 encoding"),
        "noughts": (b"\0" * 1000, "1 encoding"),
    },
    "characters": {
        "nul": (body("a\0b"), "5 character"),
        "escape": (body("a\x1b[31mb"), "5 character"),
        "delete": (body("a\x7fb"), "5 character"),
        "next-line": (body("a\x85b"), "5 character"),
        "form-feed": (body("a\x0cb"), "5 character"),
        "markdowns-own": (body("a\x02b\x03c"), "5 character"),
        "override": (body("a\u202eb"), "5 character"),
        "embedding": (body("a\u202ab\u202cc"), "5 character"),
        "noncharacter": (body("a\ufdd0b"), "5 character"),
        "far-noncharacter": (body("a\U0001fffeb"), "5 character"),
        "override-as-number": (body("a&#8238;b"), "5 character"),
        "override-as-hexadecimal": (body("a&#x00202E;b"), "5 character"),
        "nul-as-number": (body("a&#0;b"), "5 character"),
        "surrogate-as-number": (body("a&#xD800;b"), "5 character"),
        "beyond-unicode": (body("a&#99999999;b"), "5 character"),
        "endless-number": (body(f"a&#{'9' * 10_000};b"), "5 character"),
        "open-isolate": (body("a \u2067b\nc"), "5 isolate"),
        "isolate-closed-twice": (body("a \u2067b\u2069\u2069"), "5 isolate"),
        "open-isolate-as-number": (body("a &#x2067;b"), "5 isolate"),
        "closed-isolate": (body("a \u2067b\u2069 c"), "a b c"),
        "joiners": (body("می\u200cخواهم a\u200db"), "می خواهم a b"),
        "soft-hyphen": (body("Zusammen\u00adarbeit"), "Zusammen arbeit"),
        "decomposed": (body("cafe\u0301 au lait"), "cafe au lait"),
        "many-accents": (body("a" + "\u0301" * 5000 + "b"), "a b"),
        "beyond-the-bmp": (body("𝔄 👩\u200d👩\u200d👧 words"), "𝔄 words"),
    },
    "sizes": {
        "empty": ("", "1 empty"),
        "blank": (" \n\t\n", "1 empty"),
        "mark-alone": (b"\xef\xbb\xbf", "1 empty"),
        "twenty-megabytes": (keyed() + "word " * 4_000_000, "1 too-large"),
        "one-long-word": (body("x" * 100_000), "x" * 100_000),
        "long-line": (body("word " * 60_000), "5 too-many"),
        "line-of-blanks": (f"a{' ' * 500_000}b", "1 header-end"),
        "many-lines": (body("word\n" * 3000), "5 too-many"),
        "blank-lines": (body("a\n" + "\n" * 60_000 + "b"), "5 too-many"),
        "nested-quotations": (body(">" * 10_000 + " a"), "5 too-nested"),
        "nested-lists": (body("\n".join("    " * n + "- a" for n in range(1000))), "26 too-nested"),
        "lists-on-one-line": (body("- " * 5000 + "a"), "5 too-nested"),
        "open-brackets": (body("[" * 10_000), "5 too-nested"),
        "open-links": (body("[a](b" * 10_000), "5 too-nested"),
        "nested-tags": (body("<span>" * 500 + "a" + "</span>" * 500), "span " * 20),
        "nested-divisions": (body("<div>" * 500), "div " * 20),
        "stars": (body("*a" * 50_000), "5 too-many"),
        "backticks": (body(" ".join("`" * n for n in range(1, 600))), "5 too-many"),
        "stars-in-a-row": (body("*" * 20_000 + "a"), "a"),
        "quotation-marks": (body("\"'" * 1000 + "end"), "end"),
        "guillemets": (body("«a " * 3000 + "b» " * 3000), "a a a"),
        "underlines": (body("a\n=\n" * 5000), "5 too-many"),
        "cells": (body(cells(300, 300)), "5 too-many"),
        "footnotes": (body("\n".join(f"[^{n}]: note" for n in range(2500))), "5 too-many"),
        "one-footnote-often": (body("[^1] " * 200 + "\n\n[^1]: note"), "5 too-many"),
        "headings": (body("# a\n\n" * 6000), "5 too-many"),
        "definitions": (body("a\n: b\n" * 600), "5 too-many"),
        "long-number": (body("1" * 5000 + ". words"), "5 lost-word"),
    },
    "raw-html": {
        "hear-hear": (body("<hear, hear> he cried"), "hear hear he cried"),
        "script": (body("<script>alert(1)</script>"), "script alert 1 script"),
        "script-block": (body("<script>\nalert(1)\n\nmore\n</script>"), "script alert 1 more script"),
        "event": (body("<img src=x onerror=alert(1)>"), "img src x onerror alert 1"),
        "svg": (body("<svg/onload=alert(1)>"), "svg onload alert 1"),
        "frame": (body('<iframe src="javascript:alert(1)"></iframe>'), "iframe src javascript alert 1 iframe"),
        "style": (body("<style>body{display:none}</style>"), "style body display none style"),
        "meta": (body('<meta http-equiv="refresh" content="0;url=//x">'), "meta http equiv refresh content 0 url x"),
        "comment": (body("a <!-- hidden words --> b"), "a hidden words b"),
        "comment-open": (body("<!-- a\n\nb"), "a b"),
        "instruction": (body("<?php echo 1; ?>"), "php echo 1"),
        "declaration": (body("<!DOCTYPE html> <![CDATA[ x ]]>"), "DOCTYPE html CDATA x"),
        "unclosed": (body("<div><b>words <i>more\n\nend"), "div b words i more end"),
        "end-alone": (body("</div></article></main>\n\nend"), "div article main end"),
        "comparison": (body("a < b > c << d <- e"), "a b c d e"),
        "inline-tags": (body('H<sub>2</sub>O <span lang="fr">mots</span>'), "H 2 O mots"),
        "inline-tag-event": (body('<span onclick="x()">a</span>'), "span onclick x a span"),
        "inline-tag-style": (body('<span style="color:red">a</span>'), "span style color red a span"),
        "inline-tag-language": (body('<span lang="javascript:">a</span>'), "span lang javascript a span"),
        "inline-tag-twice": (body('<span lang="fr" lang="en">a</span>'), "span lang fr lang en a span"),
        "inline-tag-title": (body('<abbr title="x&quot; onclick=alert(1)">TUC</abbr>'), "TUC"),
        "inline-tag-open": (body("H<sub>2 O"), "H sub 2 O"),
        "references": (
            body("AT&T &amp;lt; &lt;script&gt; &copy; &bogus; &notit; &notin"),
            "AT T lt script bogus notit notin",
        ),
        "templates": (body("{{ 7*7 }} {% include 'x' %}"), "7 7 include x"),
        "markdowns-placeholder": (body("wzxhzdk:0 klzzwxh:0001"), "wzxhzdk 0 klzzwxh 0001"),
    },
    "metadata": {
        key.lower(): (
            keyed(f"{key}: <script>alert('{key}')</script> \" onload=x"),
            f"script alert {key} script onload x",
        )
        for key in PLAIN_KEYS
    }
    | {"source-is-no-link": (keyed("Source: javascript:alert(1)"), "javascript alert 1")},
    "links": {
        "javascript": (body("[a](javascript:alert(1))"), "5 link-scheme"),
        "mixed-case": (body("Words.\n\n[a](JaVaScRiPt:alert(1))"), "7 link-scheme"),
        "letter-as-number": (body("[a](&#106;avascript:alert(1))"), "5 link-scheme"),
        "colon-by-name": (body("[a](javascript&colon;alert(1))"), "5 link-scheme"),
        "tab-inside": (body("[a](java\tscript:alert(1))"), "5 link-scheme"),
        "line-inside": (body("[a](<java\nscript:alert(1)>)"), "5 link-scheme"),
        "tab-by-name": (body("[a](java&Tab;script:alert(1))"), "5 link-scheme"),
        "blank-before": (body("[a]( javascript:alert(1))"), "5 link-scheme"),
        "by-reference": (body("[a]\n\n[a]: javascript:alert(1)"), "7 link-scheme"),
        "picture": (body("![a](javascript:alert(1))"), "5 link-scheme"),
        "data": (body("[a](data:text/html,x)"), "5 link-scheme"),
        "data-picture": (body("![a](data:image/svg+xml;base64,PHN2Zz4=)"), "5 link-scheme"),
        "vbscript": (body("[a](vbscript:x)"), "5 link-scheme"),
        "file": (body("[a](file:///etc/passwd)"), "5 link-scheme"),
        "ftp": (body("<ftp://x.example/a>"), "5 link-scheme"),
        "no-scheme": (body("[a](//x.example/)"), "5 link-scheme"),
        "backslashes": (body("[a](/\\\\x.example/)"), "5 link-scheme"),
        "no-host": (body("[a](https:///x)"), "5 link-scheme"),
        "no-slashes": (body("[a](https:x.example)"), "5 link-scheme"),
        "half-an-address": (body("[a](http://[::1)"), "5 link-scheme"),
        "empty": (body("Words [a]() more."), "5 broken-link"),
        "hash": (body("[a](#)"), "5 broken-link"),
        "foreign-picture": (body("![a](https://x.example/a.png)"), "5 foreign-host"),
        "missing-text": (body("[a]({filename}gone.md)"), "5 broken-link"),
        "missing-picture": (body("![a]({static}/images/gone.png)"), "5 broken-link"),
        "missing-file": (body("[a](gone.html)"), "5 broken-link"),
        "other-case": (body("[a]({filename}BASE.md)"), "5 broken-link"),
        "outside": (body("[a]({static}../../../../etc/hostname)"), "5 broken-link"),
        "attached": (body("![a]({attach}/images/a.png)"), "5 broken-link"),
        "old-syntax": (body("[a](|filename|base.md)"), "5 broken-link"),
        "misspelt-syntax": (body("[a]({fliename}base.md)"), "5 broken-link"),
        "category-syntax": (body("[a]({category}Letters)"), "5 broken-link"),
        "the-ledger": (body("[a]({static}/ledger.txt)"), "5 broken-link"),
        "dead-fragment": (body("Words.\n\n[a](#nowhere)"), "7 broken-link"),
        "dead-fragment-elsewhere": (body("Words.\n\n[a]({filename}base.md#nowhere)"), "7 broken-link"),
        "quotation-mark": (body('[a](https://x.example/"onclick="x)'), "a"),
        "in-a-link": (body("Words.\n\n[a <https://x.example/> b](https://x.example/)"), "7 link-in-link"),
        "note-in-a-link": (body("[a[^1]](https://x.example/)\n\n[^1]: note"), "5 link-in-link"),
        "title": (body('[a](https://x.example/ "x\\" onclick=\\"y")'), "a"),
        "script-not-linked": (body("<javascript:alert(1)>"), "javascript alert 1"),
        "in-code": (body("`[a](javascript:x)`"), "a javascript x"),
        "sound": (
            body("[a]({filename}base.md) ![Docks]({static}/images/a.png) <https://x.example/>"),
            "a https x example",
        ),
    },
    "markdown": {
        "reference-never-used": (body("Hello.\n\n[Chairman]: applause\n\nEnd."), "7 lost-word"),
        "reference-in-a-paragraph": (body("Hello.\n[Chairman]: applause\nEnd."), "6 lost-word"),
        "reference-of-known-words": (body("Applause, Chairman.\n\n[Chairman]: applause"), "7 lost-word"),
        "reference-twice": (body("[a]\n\n[a]: https://x.example/1\n[a]: https://x.example/2"), "7 lost-word"),
        "reference-and-next-line": (body("[a].\n\n[a]: https://x.example/\n(The committee)"), "a The committee"),
        "reference-used": (body("[the text][a b].\n\n[A B]: https://x.example/"), "the text"),
        "reference-of-several-words": (body("[Chairman]: applause and cheers"), "Chairman applause and cheers"),
        "numbers-that-jump": (body("1. one\n7. seven"), "6 lost-word"),
        "numbers-that-stay": (body("1. one\n1. two"), "6 lost-word"),
        "numbers-beside-a-note": (body("1. one\n7. seven[^7]\n\n[^7]: note"), "6 lost-word"),
        "numbers-with-noughts": (body("007. bond"), "5 lost-word"),
        "numbers-too-large": (body("99999999999. words"), "5 lost-word"),
        "year-at-the-start": (body("1974. It was a bad year."), "It was a bad year"),
        "note-never-used": (body("Words.\n\n[^1]: The note."), "7 footnote"),
        "note-of-a-note-alone": (body("Words[^n].\n\n[^n]:\n\n    [^a]: Deeper."), "5 footnote"),
        "note-in-a-list-of-a-note": (body("Words[^n].\n\n[^n]: Note.\n\n    - [^a]: Deeper."), "5 footnote"),
        "note-in-a-note-before-one": (body("Words[^n][^b].\n\n[^n]:\n\n    > [^a]: Deep.\n\n[^b]: B."), "5 footnote"),
        "note-of-an-unused-note": (body("Words.\n\n[^1]: Note[^2].\n\n[^2]: Deeper."), "7 footnote"),
        "note-twice": (body("Word[^1].\n\n[^1]: One.\n[^1]: Two."), "7 lost-word"),
        "note-with-blank": (body("Word[^a b].\n\n[^a b]: Note."), "7 footnote"),
        "note-with-markup": (body("Word[^<i>].\n\n[^<i>]: Note."), "7 footnote"),
        "note-not-there": (body("Word[^1] more."), "Word 1 more"),
        "note-used-twice": (body("Word[^x] and[^x].\n\n[^x]: Note.\n\n    More."), "Word 1 and 1 Note More"),
        "note-of-itself": (body("Word[^x].\n\n[^x]: Note[^x]."), "Word 1 Note 1"),
        "underlined": (body("line one\nline two\n===\nend"), "line one line two end"),
        "underlined-by-dashes": (body("line one\nline two\n---\nend"), "line one line two end"),
        "indented": (body("    indented   <b> words\n\nend"), "indented b words end"),
        "tabs": (body("\ttabbed words\n\na\tb\n\n1.\tone\n\ttwo"), "tabbed words a b one two"),
        "too-many-cells": (body("a | b\n--|--\n1 | 2 | 3"), "7 lost-word"),
        "too-few-cells": (body("a | b | c\n--|--|--\n1 | 2"), "a b c 1 2"),
        "cell-with-bar": (body("a | b\n--|--\n`x | y` | 2"), "a b x y 2"),
        "aligned-cells": (body("a | b\n:-:|--:\n1 | 2"), "a b 1 2"),
        "definition": (body("Chairman\n: silence\n\nYes\n:no"), "Chairman silence Yes no"),
        "stars": (body("a\n\n***\n\nb *** c\n\n* * *\n\nd"), "a b c d"),
        "odd-emphasis": (
            body("**bold* and *more** __a_b__c_d un*frigging*believable"),
            "bold and more a b c d un frigging believable",
        ),
        "snake-case": (body("snake_case_word 2*3*4"), "snake case word 2 3 4"),
        "escapes": (body("\\*a\\* \\\\ \\`b\\` \\[c\\] \\<d\\> 7\\. \\q"), "a b c d 7 q"),
        "abbreviation": (body("The HTML.\n\n*[HTML]: Hyper Text"), "The HTML HTML Hyper Text"),
        "attributes": (body("words {: #id onclick=alert(1) }\n\n# H {#x .y}"), "words id onclick alert 1 H x y"),
        "fence": (body("```\ncode <b>\n```\nend"), "code b end"),
        "fence-open": (body("```\nwords"), "words"),
        "fence-with-words": (body("``` Chairman\nwords\n```"), "5 lost-word"),
        "fence-with-attributes": (body('``` {.a onclick="b"}\nwords\n```'), "5 lost-word"),
        "backticks": (body("``a ` b`` and ` c"), "a b and c"),
        "headings": (body("# One # two #\n\n####### seven\n\n#three"), "One two seven three"),
        "quotation": (body("> quoted\nlazy\n> > deep"), "quoted lazy deep"),
        "breaks": (body("one  \ntwo\\\nthree<br>four"), "one two three four"),
        "wiki-link": (body("[[Page]] {++in++} {>>note<<} ==mark=="), "Page in note mark"),
        "formulas": (body("$x_1$ \\(a\\) \\[b\\]"), "x 1 a b"),
    },
}

CASES = [
    pytest.param(text, becomes, id=f"{family}-{name}")
    for family, cases in TEXTS.items()
    for name, (text, becomes) in cases.items()
]
REFUSED = [case for case in CASES if REFUSAL.fullmatch(case.values[1])]
PUBLISHED = [case for case in CASES if case not in REFUSED]


def in_bytes(text: str | bytes, slug: str) -> bytes:
    data = text.encode() if isinstance(text, str) else text
    return data.replace(b"SLUG", slug.encode())


def lay_out(project: Project) -> None:
    """Write a first text, which others may clash with and link to, and a picture."""
    project.write("content/base.md", "Title: Base\nDate: 1974\nCategory: Letters\n\nThe first text.\n")
    project.write("content/images/a.png", PNG)
    project.write("content/images/cafe\u0301.png", PNG)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A built site; each test adds a bad text and deletes it again."""
    project = make_project(tmp_path_factory.mktemp("built"))
    lay_out(project)
    project.build()
    return project


def refused_and_untouched(project: Project) -> list[str]:
    """Build what must be refused; return each problem as `content/b.md:2 rule`."""
    before = tree_of(project.output)
    problems = project.refused()
    assert tree_of(project.output) == before
    assert not list(project.root.glob(".*staging"))
    lines = [
        re.fullmatch(r"(content/[^\n]+?:\d+): error: \[([a-z-]+)\] [^\n]+\.[^\n]*", problem) for problem in problems
    ]
    assert all(lines), problems
    return [f"{line[1]} {line[2]}" for line in lines]


@pytest.mark.parametrize(("text", "reported"), REFUSED)
def test_a_bad_text_is_refused_with_its_line(built: Project, text: str | bytes, reported: str) -> None:
    file = built.write("content/c.md", in_bytes(text, "case"))
    try:
        assert f"content/c.md:{reported}" in refused_and_untouched(built)
    finally:
        file.unlink()


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, str]]:
    """One site of all texts that must be published, and the problems of those that were refused."""
    project = make_project(tmp_path_factory.mktemp("press"))
    lay_out(project)
    for case in PUBLISHED:
        project.write(f"content/{case.id}.md", in_bytes(case.values[0], case.id))
    refused: dict[str, str] = {}
    while True:
        try:
            project.build()
            return project, refused
        except Refused as wrong:
            for problem in wrong.problems:
                file = Path(problem.path)
                refused[file.stem] = str(problem)
                file.unlink()


def words_of(page: Path) -> list[str]:
    """Return the words of a leaflet's page in order, read with a parser that the press does not use.

    That parser finds nothing to repair on the page.
    """
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    document = parser.parse(page.read_bytes())
    assert [(place, code) for place, code, _ in parser.errors] == []
    return WORD.findall(" ".join(document.find(".//main").itertext()))


@pytest.mark.parametrize(("text", "shows"), PUBLISHED)
def test_an_odd_text_is_published_whole(press: tuple[Project, dict[str, str]], request, text, shows: str) -> None:
    project, refused = press
    name = request.node.callspec.id
    assert name not in refused, refused[name]
    words = iter(words_of(project.output / "leaflets" / name / "index.html"))
    missing = [word for word in WORD.findall(shows) if word not in words]
    assert missing == []


def test_nothing_on_these_pages_is_live(press: tuple[Project, dict[str, str]]) -> None:
    pages = sorted(press[0].output.rglob("*.html"))
    assert len(pages) > len(PUBLISHED)
    assert [(page, what) for page in pages for what in find_live(lxml_html.fromstring(page.read_bytes()))] == []


def test_nothing_in_these_feeds_is_live(press: tuple[Project, dict[str, str]]) -> None:
    for feed in press[0].output.rglob("*.xml"):
        for content in etree.parse(feed).iter("{*}content", "{*}summary", "{*}title"):
            assert content.get("type") in (None, "html")  # without a type it is plain text, shown as written
            if content.get("type") == "html" and (content.text or "").strip():
                assert list(find_live(lxml_html.fromstring(f"<div>{content.text}</div>"))) == []


def test_there_are_enough_cases() -> None:
    assert len(REFUSED) >= 120
    assert len(PUBLISHED) >= 80


# Files that are not texts, and places where no text may be

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'


def a_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may have a hundred bytes only
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(here)


def holding(data: str | bytes = "x") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data.encode() if isinstance(data, str) else data)


FILES: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "plain-text": ("notes.txt", holding(), "file-type"),
    "word": ("leaflet.docx", holding(), "file-type"),
    "upper-case-ending": ("LEAFLET.MD", holding(), "file-type"),
    "no-ending": ("leaflet", holding(), "file-type"),
    "page-of-html": ("files/page.html", holding(), "file-type"),
    "program": ("images/run.js", holding(), "file-type"),
    "picture-in-a-wrong-place": ("leaflets/a.png", holding(PNG), "file-type"),
    "hidden-text": (".c.md", holding(keyed()), "file-name"),
    "hidden-folder": (".drafts/c.md", holding(keyed()), "file-name"),
    "name-with-a-line": ("a\nb.md", holding(keyed()), "file-name"),
    "name-with-an-escape": ("a\x1b[31m.md", holding(keyed()), "file-name"),
    "folder-with-an-escape": ("a\x1b[31m/c.md", holding(keyed()), "file-name"),
    "name-in-latin-1": (os.fsdecode(b"caf\xe9.md"), holding(keyed()), "file-name"),
    "link-outside": ("c.md", lambda path: path.symlink_to("/etc/hostname"), "not-a-file"),
    "link-inside": ("c.md", lambda path: path.symlink_to("base.md"), "not-a-file"),
    "link-to-nothing": ("c.md", lambda path: path.symlink_to("gone.md"), "not-a-file"),
    "link-to-itself": ("c.md", lambda path: path.symlink_to("c.md"), "not-a-file"),
    "link-to-the-folder": ("loop", lambda path: path.symlink_to("."), "not-a-file"),
    "linked-picture": ("images/b.png", lambda path: path.symlink_to("/etc/passwd"), "not-a-file"),
    "pipe": ("c.md", os.mkfifo, "not-a-file"),
    "pipe-among-pictures": ("images/b.png", os.mkfifo, "not-a-file"),
    "socket": ("c.md", a_socket, "not-a-file"),
    "folder-named-as-a-text": ("c.md/d.txt", holding(), "file-type"),
    "too-deep": ("/".join("d" * 22) + "/c.md", holding(keyed()), "too-deep"),
    "picture-by-case": ("images/A.png", holding(PNG), "url-clash"),
    "picture-by-unicode-form": ("images/caf\u00e9.png", holding(PNG), "url-clash"),
    "ledger-of-nonsense": ("ledger.txt", holding("gone\n"), "ledger-line"),
    "ledger-as-a-folder": ("ledger.txt", os.mkdir, "not-a-file"),
    "ledger-in-latin-1": ("ledger.txt", holding(b"/caf\xe9/\n"), "encoding"),
    "ledger-of-a-lost-address": ("ledger.txt", holding("/leaflets/gone/\n"), "url-vanished"),
    "drawing-with-a-script": ("images/a.svg", holding(SVG.format("", "<script>x()</script>")), "svg"),
    "drawing-with-an-event": ("images/a.svg", holding(SVG.format(' onload="x()"', "")), "svg"),
    "drawing-with-html": ("images/a.svg", holding(SVG.format("", "<foreignObject/>")), "svg"),
    "drawing-with-a-link": ("images/a.svg", holding(SVG.format("", '<a xlink:href="javascript:x()"/>')), "svg"),
    "drawing-with-a-moving-link": ("images/a.svg", holding(SVG.format("", '<set attributeName="href"/>')), "svg"),
    "drawing-from-elsewhere": ("files/a.svg", holding(SVG.format("", '<image href="//x.example/a"/>')), "svg"),
    "drawing-with-a-style": ("images/a.svg", holding(SVG.format("", "<style>@import 'x'</style>")), "svg"),
    "drawing-with-an-instruction": (
        "images/a.svg",
        holding("<?xml-stylesheet href='x'?>" + SVG.format("", "")),
        "svg",
    ),
    "drawing-with-entities": (
        "images/a.svg",
        holding('<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + SVG.format("", "&c;")),
        "svg",
    ),
    "drawing-not-finished": ("images/a.svg", holding("<svg><g>"), "svg"),
    "page-on-an-index": ("pages/dates.md", holding("Title: Dates\n\nWords.\n"), "reserved"),
    "page-on-a-year": ("pages/1974.md", holding("Title: 1974\n\nWords.\n"), "reserved"),
    "page-on-the-theme": ("pages/c.md", holding("Title: A\nSlug: theme\n\nWords.\n"), "reserved"),
    "page-with-a-date": ("pages/c.md", holding("Title: A\nDate: 1974\n\nWords.\n"), "unknown-key"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_bad_file_is_refused_by_its_name(built: Project, case: str) -> None:
    name, make, rule = FILES[case]
    path = built.content / name
    before = set(built.content.rglob("*"))
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path)
    try:
        (reported,) = refused_and_untouched(built)
    finally:
        for new in sorted(set(built.content.rglob("*")) - before, reverse=True):
            new.rmdir() if new.is_dir() and not new.is_symlink() else new.unlink()
    place, _, found = reported.rpartition(" ")
    assert found == rule
    shown = name.encode("unicode_escape", "surrogateescape").decode() if not name.isprintable() else name
    assert place.startswith("content/") and (
        place.split(":")[0].removeprefix("content/") in shown or rule == "url-clash"
    )


def test_leftovers_are_ignored_and_counted(project: Project) -> None:
    lay_out(project)
    for name in (".DS_Store", "base.md~", ".base.md.swp", "#base.md#", ".git/config", ".~lock.a.odt#", "Thumbs.db"):
        project.write(f"content/{name}", "<script>")
    (project.content / ".#base.md").symlink_to("nobody@nowhere")
    assert project.build().ignored == 8
    assert not [path for path in tree_of(project.output) if "base.md" in path or ".git" in path]


def test_all_problems_of_all_files_come_in_one_run(built: Project) -> None:
    text = "Title: {n}\nDate: yesterday\n\nWords.\n"
    files = [built.write(f"content/c{n}.md", text) for n in range(30)]
    try:
        assert refused_and_untouched(built) == sorted(f"content/c{n}.md:2 date" for n in range(30))
    finally:
        for file in files:
            file.unlink()
