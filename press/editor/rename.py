"""`inv rename OLD NEW`: give a text another slug, redirect the old address, and update the links to it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, error
from press.editor import read_validated
from press.model.entry import Entry
from press.model.header import Field, read_header
from press.model.slugs import LONGEST_SLUG, is_slug, make_slug
from press.model.urls import LEAFLETS, leaflet_url, page_url
from press.runtime.files import write_over
from press.validate import Survey

_LINK_BEFORE = r"(?:\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:\s*<?)"
"""What comes before the address in a link, and in a link definition."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end: LF, CR LF or CR, as a header has it."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file before and after, as text with its own line ends."""

    file: Path
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        shown = display_path(self.file)
        lines = difflib.unified_diff(_LINE.findall(self.before), _LINE.findall(self.after), shown, shown, n=1)
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def plan_renaming(content: Path, survey: Survey, old: str, new: str, address: str) -> list[FileChange]:
    """Plan another slug for a text: the change of its own file first, then those of files that link to it.

    `survey` has all texts, drafts included; `address` is that of the site, for absolute links. Raises Refused if no
    text has the old slug, if the new one is not a slug or is taken, or if a file cannot be read.
    """
    entries = survey.entries
    entry = _find_entry(entries, old)
    _refuse_new_slug(content, entries, entry, new)
    url_of = page_url if entry.is_page else leaflet_url
    changes = []
    for other in [entry, *(e for e in entries if e is not entry)]:
        before = read_validated(content, other, survey.hashes[other.source]).decode("utf-8")
        after = update_links(before, other, url_of(old), url_of(new), address)
        after = set_slug(after, entry, new) if other is entry else after
        if after != before:
            changes.append(FileChange(content / other.source, before, after))
    return changes


def write_changes(changes: Sequence[FileChange]) -> list[Diagnostic]:
    """Write every change; return a problem for each file that could not be written."""
    return [problem for change in changes for problem in write_over(change.file, change.after.encode())]


def set_slug(text: str, entry: Entry, new: str) -> str:
    """Write the new slug and the redirect into a source's header; every other line stays as it is."""
    lines = _LINE.findall(text)
    plain = "\n".join(line.rstrip("\r\n") for line in lines)
    header = read_header(plain.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"), entry.source, page=entry.is_page)
    old_url, new_url = f"/{entry.url}", f"/{entry.url.removesuffix(f'{entry.slug}/')}{new}/"
    redirects = header.fields.get("redirect-from")
    kept = [url for url in redirects.values if url != new_url] if redirects else []
    written = [f"Redirect-from: {old_url}"]
    if kept:
        written = ["Redirect-from:", *(f"    {url}" for url in [*kept, old_url])]
    after_title = _lines_of(header.fields["title"], lines).stop
    slug = _lines_of(header.fields["slug"], lines) if "slug" in header.fields else slice(after_title, after_title)
    end = header.end_line - 1
    edits = [(_lines_of(redirects, lines) if redirects else slice(end, end), written), (slug, [f"Slug: {new}"])]
    newline = lines[0][len(lines[0].rstrip("\r\n")) :]
    for place, rows in sorted(edits, key=lambda edit: edit[0].start, reverse=True):  # from below: no line moves
        lines[place] = [f"{row}{newline}" for row in rows]
    return "".join(lines)


def _lines_of(field: Field, lines: Sequence[str]) -> slice:
    """Return the place of a field, with its further values, in the lines of its source."""
    start = field.line - 1
    stop = next((at for at in range(start + 1, len(lines)) if lines[at][:1] not in (" ", "\t")), len(lines))
    return slice(start, stop)


def update_links(text: str, entry: Entry, old: str, new: str, address: str) -> str:
    """Point links and `Translation-of:` of a source to the new address: `(/leaflets/old/)`, `(../old/#note)`."""
    up = re.escape("../" * entry.url.count("/"))
    starts = [(old, new, start) for start in (re.escape(f"{address}/"), "/", up)]
    if old.startswith(LEAFLETS) and not entry.is_page:  # from leaflet to leaflet: ../other/
        starts.append((old.removeprefix(LEAFLETS), new.removeprefix(LEAFLETS), r"\.\./"))
    for was, will, start in starts:
        pattern = rf"(?P<before>{_LINK_BEFORE}{start}){re.escape(was)}(?=[)#\s>?]|$)"
        text = re.sub(pattern, rf"\g<before>{will}", text, flags=re.MULTILINE)
    original = old.strip("/").rpartition("/")[2]
    translated = rf"(?P<key>(?:^|\r)Translation-of:[ \t]*){re.escape(original)}(?=[ \t]*(?:\r|$))"
    found = entry.translation_of == original
    follower = new.strip("/").rpartition("/")[2]
    return re.sub(translated, rf"\g<key>{follower}", text, count=1, flags=re.M | re.I) if found else text


def _find_entry(entries: Sequence[Entry], old: str) -> Entry:
    for entry in entries:
        if entry.slug == old:
            return entry
    near = difflib.get_close_matches(old, [entry.slug for entry in entries], n=1)
    remedy = f"Did you mean {near[0]}?" if near else "The slug is the last part of the address of its page."
    raise Refused([error("inv rename", 0, "slug-unknown", f"no text has the slug “{old}”. {remedy}")])


def _refuse_new_slug(content: Path, entries: Sequence[Entry], entry: Entry, new: str) -> None:
    """Raise Refused if the new slug is not one, is the text's own, or belongs or belonged to another text."""
    if new == entry.slug:
        shown = display_path(content / entry.source)
        message = f"“{new}” is already the slug of {shown}. Write another one to rename it."
        raise Refused([error("inv rename", 0, "slug-taken", message)])
    if not is_slug(new):
        remedy = f" Write {make_slug(new)}." if make_slug(new) else ""
        message = (
            f"“{new[:100]}” cannot be used in an address. A slug has only a to z, 0 to 9 and single hyphens between "
            f"them, {LONGEST_SLUG} characters at most.{remedy}"
        )
        raise Refused([error("inv rename", 0, "slug", message)])
    url = f"/{entry.url.removesuffix(f'{entry.slug}/')}{new}/"
    for other in entries:
        shown = display_path(content / other.source)
        if f"/{other.url}" == url:
            message = f"“{new}” is already the slug of {shown}. Choose another slug."
            raise Refused([error("inv rename", 0, "slug-taken", message)])
        if other is not entry and url in other.redirect_from:
            message = f"“{new}” used to be the slug of {shown}, and its address redirects there. Choose another slug."
            raise Refused([error("inv rename", 0, "slug-taken", message)])
