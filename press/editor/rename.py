"""`inv rename OLD NEW`: another slug for a text, a redirect from the old address, and links that follow."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, error
from press.model.entry import Entry
from press.model.header import read_header
from press.model.slugs import LONGEST, is_slug, make_slug
from press.runtime.files import write_over

_LINK_BEFORE = r"(?:\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:\s*<?)"
"""What stands before the address of a link, and before that of a link's definition."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file, before and after, as text whose line ends are the file's own."""

    file: Path
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        shown = display_path(self.file)
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True), self.after.splitlines(keepends=True), shown, shown, n=1
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def plan_renaming(content: Path, entries: Sequence[Entry], old: str, new: str, address: str) -> list[Change]:
    """Plan another slug for a text: the change of its own file first, then those of files that link to it.

    `entries` are all texts, drafts too; `address` is the site's own, for absolute links. Raises Refused where there
    is no such text, or the new slug is none or is taken.
    """
    entry = _find_entry(entries, old)
    _refuse_new_slug(entries, entry, new)
    kind = "" if entry.is_page else "leaflets/"
    changes = []
    for other in [entry, *(e for e in entries if e is not entry)]:
        before = (content / other.source).read_bytes().decode("utf-8")
        after = mend_links(before, other, f"{kind}{old}/", f"{kind}{new}/", address)
        after = give_slug(after, entry, new) if other is entry else after
        if after != before:
            changes.append(Change(content / other.source, before, after))
    return changes


def carry_out(changes: Sequence[Change]) -> list[Diagnostic]:
    """Write every change; give what could not be written."""
    return [problem for change in changes for problem in write_over(change.file, change.after.encode())]


def give_slug(text: str, entry: Entry, new: str) -> str:
    """Write the new slug and the redirect into a source's header; every other line stays as it is."""
    end = "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r"
    lines = text.split(end)
    header = read_header("\n".join(lines).lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"), entry.source, page=entry.is_page)
    fields = header.fields
    if "slug" in fields:
        lines[fields["slug"].line - 1] = f"Slug: {new}"
    old_url, new_url = f"/{entry.url}", f"/{entry.url.removesuffix(f'{entry.slug}/')}{new}/"
    kept = [url for url in fields["redirect-from"].values if url != new_url] if "redirect-from" in fields else []
    redirects = ["Redirect-from:", *(f"    {url}" for url in [*kept, old_url])]
    if not kept:
        redirects = [f"Redirect-from: {old_url}"]
    if "redirect-from" in fields:
        start = fields["redirect-from"].line - 1
        stop = next(i for i in range(start + 1, len(lines) + 1) if i == len(lines) or lines[i][:1] not in (" ", "\t"))
        lines[start:stop] = redirects
    else:
        at = header.body_line - 2
        lines[at:at] = redirects
    if "slug" not in fields:
        lines.insert(fields["title"].line, f"Slug: {new}")
    return end.join(lines)


def mend_links(text: str, entry: Entry, old: str, new: str, address: str) -> str:
    """Lead links and `Translation-of:` of a source to the new address: `(/leaflets/old/)`, `(../old/#note)`."""
    leaflets = "leaflets/"
    up = re.escape("../" * entry.url.count("/"))
    starts = [(old, new, start) for start in (re.escape(f"{address}/"), "/", up)]
    if old.startswith(leaflets) and not entry.is_page:  # from leaflet to leaflet: ../other/
        starts.append((old.removeprefix(leaflets), new.removeprefix(leaflets), r"\.\./"))
    for was, will, start in starts:
        pattern = rf"(?P<before>{_LINK_BEFORE}{start}){re.escape(was)}(?=[)#\s>?]|$)"
        text = re.sub(pattern, rf"\g<before>{will}", text, flags=re.MULTILINE)
    translated = rf"^(?P<key>Translation-of:[ \t]*){re.escape(old.strip('/').rpartition('/')[2])}(?=[ \t]*\r?$)"
    found = entry.translation_of == old.strip("/").rpartition("/")[2]
    follower = new.strip("/").rpartition("/")[2]
    return re.sub(translated, rf"\g<key>{follower}", text, count=1, flags=re.M | re.I) if found else text


def _find_entry(entries: Sequence[Entry], old: str) -> Entry:
    for entry in entries:
        if entry.slug == old:
            return entry
    near = difflib.get_close_matches(old, [entry.slug for entry in entries], n=1)
    hint = f"Did you mean {near[0]}?" if near else "Look at the end of its page’s address."
    raise Refused([error("inv rename", 0, "slug-unknown", f"no text has the slug “{old}”. {hint}")])


def _refuse_new_slug(entries: Sequence[Entry], entry: Entry, new: str) -> None:
    if not is_slug(new):
        hint = f" Write {make_slug(new)}." if make_slug(new) else ""
        message = (
            f"“{new[:100]}” cannot stand in an address: a slug has a to z, 0 to 9 and single hyphens between them, "
            f"{LONGEST} characters at most.{hint}"
        )
        raise Refused([error("inv rename", 0, "slug", message)])
    url = f"/{entry.url.removesuffix(f'{entry.slug}/')}{new}/"
    for other in entries:
        if f"/{other.url}" == url or (other is not entry and url in other.redirect_from):
            message = f"“{new}” is the slug of {other.source} already, or was once. Choose another."
            raise Refused([error("inv rename", 0, "slug-taken", message)])
