"""A text of AmuseWiki (.muse), made ready for pandoc: its header read here, its words without their markup."""

from __future__ import annotations

import re

from press.editor.importing.encodings import decode_import
from press.editor.importing.office.prepared import Prepared, Unreadable, squeeze, turn_name

_DIRECTIVE = re.compile(r"#([A-Za-z][\w-]*)(?:[ \t]+(.*))?$")
_KEYS = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "sortauthors": "author",
    "authors": "author",
    "date": "date",
    "lang": "lang",
    "language": "lang",
    "source": "source",
    "notes": "notes",
    "publisher": "publisher",
    "cat": "category",
    "sorttopics": "tags",
    "topics": "tags",
    "rights": "rights",
    "isbn": "identifier",
    "location": "place",
    "seriesname": "series",
    "teaser": "summary",
    "desc": "summary",
}
_CLOSED = "verse quote center right example biblio play literal verbatim comment".split()
_MARKUP = (
    re.compile(r"</?(?:em|strong|code|verbatim|literal|example|quote|center|right|verse|biblio|play|del|sup|sub|br|"
               r"class|comment|lisp|src|flush)(?:\s[^<>]*)?/?>", re.IGNORECASE),
    re.compile(r"^;\s.*$", re.MULTILINE),  # a comment
    re.compile(r"^\*{1,5}(?=\s)", re.MULTILINE),  # a heading
    re.compile(r"^[ \t]*(?:-{4,}|#[\w-]+|\+(?:-+\+)+)[ \t]*$", re.MULTILINE),  # a rule, an anchor, lines of a table
    re.compile(r"^[ \t]+(?:-|\d+\.|[a-zA-Z]\.|[ivxlcIVXLC]+\.)(?=\s)", re.MULTILINE),  # items
    re.compile(r"^(?:\[\d+\]|\{\d+\})(?=\s)", re.MULTILINE),  # notes
    re.compile(r"(?<=\S)(?:\[\d+\]|\{\d+\})"),  # references to them
    re.compile(r"^\{\{\{|^\}\}\}", re.MULTILINE),
)  # fmt: skip
_LINK = re.compile(r"\[\[([^\]\[]*)\](?:\[([^\]]*)\])?\]")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif)(?: .*)?$")
_TERM = re.compile(r"(?<=\s)::(?=\s)", re.MULTILINE)
_MARKS = re.compile(r"[*_=|>~+]|(?<!\S)(?:[-.]|::)(?!\S)")
"""Marks that the markup is made of: they are left out on both sides of the account."""


def prepare_muse(data: bytes, suffix: str) -> Prepared:
    """Make a text of AmuseWiki ready. Raises Unreadable."""
    text, notes, problems = decode_import(data, f"text{suffix}")
    if problems:
        raise Unreadable(problems[0].rule, problems[0].message)
    prepared = Prepared("muse", markup=_MARKS, notes=list(notes))
    body = _read_header(text.replace("\f", "\n"), prepared)
    _check_tags(body)
    prepared.words = _count(body, prepared)
    prepared.data = f"\n{body}".encode()
    return prepared


def _check_tags(body: str) -> None:
    """Raise Unreadable for a tag that is not closed: pandoc would look for its end until its memory is full."""
    for tag in _CLOSED:
        opened, closed = (len(re.findall(rf"<{mark}{tag}>", body)) for mark in ("", "/"))
        if opened != closed:
            message = f"<{tag}> is there {opened} times, </{tag}> {closed} times. Write the missing one in the file."
            raise Unreadable("unreadable", message)


def _read_header(text: str, prepared: Prepared) -> str:
    """Read the lines `#title …` at the top; return what is below them."""
    lines = text.lstrip("\n").split("\n")
    found: dict[str, str] = {}
    at, last = 0, ""
    while at < len(lines):
        match = _DIRECTIVE.match(lines[at])
        if match:
            last = match[1].lower()
            found[last] = (match[2] or "").strip()
        elif last and lines[at].strip():
            found[last] = f"{found[last]} {lines[at].strip()}".strip()
        elif not last or not any(_DIRECTIVE.match(line) for line in lines[at + 1 : at + 2]):
            break
        at += 1
    _settle_header(found, prepared)
    return "\n".join(lines[at:]) + "\n"


def _settle_header(found: dict[str, str], prepared: Prepared) -> None:
    stated: dict[str, tuple[str, ...]] = {}
    printed, listed = squeeze(found.pop("author", "")), found.pop("sortauthors", "") or found.pop("authors", "")
    if listed or printed:
        stated["author"] = ("; ".join(_list_authors(printed, squeeze(listed))),)
        if listed and printed and printed != stated["author"][0]:
            prepared.remark(
                "author", f"“{stated['author'][0]}”, from “{listed}”; as printed “{printed}”: is it right?"
            )
        elif re.search(r"&|,|\band\b", stated["author"][0]):
            prepared.remark("author", f"“{stated['author'][0]}” is one author: write “; ” between several")
    for name, value in found.items():
        key = _KEYS.get(name, "")
        plain = squeeze(re.sub(r"</?\w+>|(?<!\w)[*_]+(?=\S)|(?<=\S)[*_]+(?!\w)", "", value))
        plain = squeeze(_LINK.sub(lambda link: f"{link[2]} ({link[1]})" if link[2] else link[1], plain))
        if not plain:
            continue
        if key and key not in stated:
            separated = ", ".join(filter(None, map(squeeze, re.split("[;,]", plain)))) if key == "tags" else plain
            stated[key] = (separated.split()[0],) if key == "category" else (separated,)
            if key == "category" and len(separated.split()) > 1:
                prepared.remark("category", f"“{plain}” are several; the first is used")
        else:
            prepared.remark("header", f"“#{name} {plain}” was not used: this archive has no such key")
    prepared.lang, prepared.typed_lang = stated.pop("lang", ("",))[0], True
    prepared.stated = stated


def _list_authors(printed: str, listed: str) -> list[str]:
    """Return names as they are read. `#SORTauthors` lists them in either way, between semicolons or commas."""
    if not listed or (_fold(listed) == _fold(printed) and not re.search("[&,;]", printed)):
        return [printed or listed]
    parts = [squeeze(part) for part in listed.split(";" if ";" in listed else ",") if part.strip()]
    if ";" not in listed and len(parts) == 2 and not any(" " in part for part in parts):
        parts = [listed]  # Lunt, Rosa
    return [turn_name(part) for part in parts]


def _fold(names: str) -> list[str]:
    return sorted(re.findall(r"\w+", names.casefold()))


def _count(body: str, prepared: Prepared) -> str:
    """Return the words of the text without its markup, by patterns alone."""
    for comment in re.findall(r"^;\s+(.*)$", body, re.MULTILINE):
        prepared.beside.append(("comment", squeeze(comment)))
    text = re.sub(r"<comment>(.*?)</comment>", lambda match: _set_aside(match[1], prepared), body, flags=re.DOTALL)
    text = _LINK.sub(lambda link: link[2] or ("" if _PICTURE.search(link[1]) else link[1]), text)
    for pattern in _MARKUP:
        text = pattern.sub(" " if "<br>" in pattern.pattern else "", text)
    return _MARKS.sub("", _TERM.sub(" ", text.replace("~~", " ").replace("<br>", " ")))


def _set_aside(words: str, prepared: Prepared) -> str:
    prepared.beside.append(("comment", squeeze(words)))
    return ""
