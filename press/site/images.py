"""Publish the pictures: stripped of their metadata, measured, named by their content, with smaller versions.

Pictures in images/ are decoded once, to find damage and to measure them; those in files/ are only stripped. The rest
of the static files is Pelican’s.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from press.cache.keys import picture_key
from press.cache.steps import Step
from press.diagnostics import Diagnostic, Refused, display_path, error
from press.model.urls import IMAGES, name_smaller, name_static
from press.options import Json
from press.pictures.boxes import Damaged
from press.pictures.measure import DAMAGED, Size, Unfit, measure_drawing, measure_picture
from press.pictures.smaller import list_widths, make_smaller, suffix_of_smaller
from press.pictures.strip import is_raster, strip_picture
from press.runtime.blob import Blob, blob_of
from press.runtime.parallel import map_over_cores
from press.site.pelican_site import Site

_FEW = 3
"""From this many pictures on, several processes are quicker than one."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """A picture as it is published: its bytes, its size, or what is wrong with it."""

    blob: Blob
    size: Size
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture of the site and its smaller versions, the smallest first: address, width and height in pixels."""

    url: str
    width: int
    height: int
    smaller: tuple[tuple[str, int, int], ...] = ()


def name_images(generator: Any) -> None:
    """Set the address of every picture before a text links to it, and let Pelican leave out those that we publish."""
    others = [static for static in generator.staticfiles if not is_raster(static.relative_source_path)]
    for static in others:
        digest = hashlib.sha256(Path(static.source_path).read_bytes()).hexdigest()
        static.override_url = static.override_save_as = name_static(static.relative_source_path, digest)
    generator.context["staticfiles"] = others


def publish_images(site: Site) -> list[Diagnostic]:
    """Put every picture into the tree with its smaller versions; return what is wrong with any."""
    statics = {static.relative_source_path: static for static in site.context["static_content"].values()}
    paths, faults = sorted(filter(is_raster, statics)), list[Diagnostic]()
    shown, digests = dict[str, ShownPicture](), dict[str, str]()
    for path, picture in zip(paths, _strip_all(site, paths), strict=True):
        name, digests[path] = name_static(path, picture.blob.sha256), picture.blob.sha256
        statics[path].override_url = statics[path].override_save_as = name
        _place(site, path, name, picture)
        if picture.fault:
            faults.append(error(display_path(site.content / path), 1, "picture", f"the picture {picture.fault}"))
        elif picture.size.width:
            shown[path] = _describe(site, path, name, picture.size)
    _place_smaller(site, {path: each for path, each in shown.items() if each.smaller}, digests)
    for path in statics:
        if path.lower().endswith(".svg") and (size := measure_drawing((site.content / path).read_bytes())):
            shown[path] = ShownPicture(statics[path].url, size.width, size.height)
    site.context["pictures"] = {picture.url: picture for _, picture in sorted(shown.items())}
    return faults


def find_picture(site: Site, path: str) -> ShownPicture | None:
    """Return a picture by its path in the content folder, in its smallest version; None if it is not published.

    A drawing that does not state its size is 0 by 0 pixels.
    """
    static = site.context["static_content"].get(path)
    if static is None:
        return None
    shown: ShownPicture = site.context["pictures"].get(static.url, ShownPicture(static.url, 0, 0))
    return ShownPicture(*shown.smaller[0]) if shown.smaller else shown


def _dump(picture: Stripped) -> Json:
    blob = picture.blob
    return [blob.size, blob.sha256, asdict(picture.size), picture.fault]


def _load(written: Json, files: Mapping[str, Blob]) -> Stripped:
    length, sha256, size, fault = written
    blob = files.get("picture") or Blob(int(length), str(sha256))
    return Stripped(blob, Size(int(size["width"]), int(size["height"]), bool(size["moves"])), str(fault))


def _files(picture: Stripped) -> Mapping[str, Blob]:
    return {"picture": picture.blob} if picture.blob.data is not None else {}


PICTURE = Step[Stripped]("picture", _dump, _load, files=_files, spare=10)
SMALLER = Step[Mapping[str, Blob]](
    "smaller", lambda files: [], lambda _, files: files, files=lambda files: files, spare=10
)


def _strip_all(site: Site, paths: Sequence[str]) -> Iterator[Stripped]:
    work = partial(_strip, site.content, site.hashes)
    path_of = partial("{}/{}".format, display_path(site.content))
    return site.cache.recall_or_make(
        PICTURE,
        paths,
        lambda path: picture_key(path, site.hashes.get(path, "")),
        lambda absent: map_over_cores(
            work, absent, site.jobs, few=_FEW, doing="reading this picture", path_of=path_of
        ),
        lambda path, picture: picture.blob.path is None or picture.blob.is_sound(),
    )


def _strip(content: Path, hashes: Mapping[str, str], path: str) -> Stripped:
    """Strip and measure a picture; one without metadata has no bytes of its own. Raises Refused if it has changed."""
    data, suffix = _read(content, hashes, path), PurePosixPath(path).suffix.lower()
    fault, size, bare = "", Size(0, 0), data
    try:
        bare = strip_picture(data, suffix)
        size = measure_picture(bare, suffix)
    except Damaged:
        fault = DAMAGED
    except Unfit as unfit:
        fault = str(unfit) if path.startswith(IMAGES) else ""  # what is only downloaded may be as large as it likes
    blob = blob_of(bare)
    return Stripped(blob if bare != data else replace(blob, data=None), size, fault)


def _read(content: Path, hashes: Mapping[str, str], path: str) -> bytes:
    data = (content / path).read_bytes()
    if path in hashes and hashlib.sha256(data).hexdigest() != hashes[path]:
        message = "the file changed while the build was running. Build again."
        raise Refused([error(display_path(content / path), 1, "vanished", message)])
    return data


def read_published(content: Path, hashes: Mapping[str, str], path: str) -> bytes:
    """Return the bytes of a sound picture as they are published. Raises Refused if it has changed."""
    data = _read(content, hashes, path)
    return strip_picture(data, PurePosixPath(path).suffix.lower()) if is_raster(path) else data


def _place(site: Site, path: str, name: str, picture: Stripped) -> None:
    """Put a picture into the tree; a source that is published as it is gets copied, never linked."""
    if picture.blob.path or picture.blob.data is not None:
        site.tree.place(name, picture.blob)
    elif site.tree.pages_only or picture.fault:
        site.tree.absent.add(name)
    else:
        site.tree.write(name, _read(site.content, site.hashes, path))


def _describe(site: Site, path: str, name: str, size: Size) -> ShownPicture:
    """Name the smaller versions of a picture in images/; what moves has none, since it would stand still."""
    widths = list_widths(size.width, size.height) if path.startswith(IMAGES) and not size.moves else ()
    suffix = suffix_of_smaller(PurePosixPath(path).suffix.lower())
    smaller = tuple((name_smaller(name, width, suffix), width, height) for width, height in widths)
    return ShownPicture(name, size.width, size.height, smaller if site.with_smaller else ())


def _place_smaller(site: Site, pictures: Mapping[str, ShownPicture], digests: Mapping[str, str]) -> None:
    """Make the smaller versions that are not in the cache, and put all into the tree; a dry run makes none."""
    if site.tree.pages_only:
        site.tree.absent.update(name for each in pictures.values() for name, _, _ in each.smaller)
        return
    paths, work = list(pictures), partial(_make_smaller, site.content, site.hashes, pictures)
    path_of = partial("{}/{}".format, display_path(site.content))
    doing = "making this picture smaller"
    made = site.cache.recall_or_make(
        SMALLER,
        paths,
        lambda path: picture_key(f"smaller {path}", digests[path]),
        lambda absent: map_over_cores(work, absent, site.jobs, few=_FEW, doing=doing, path_of=path_of),
        lambda path, files: (
            files.keys() == {f"{width}" for _, width, _ in pictures[path].smaller}
            and all(blob.is_sound() for blob in files.values())
        ),
    )
    for path, files in zip(paths, made, strict=True):
        for name, width, _ in pictures[path].smaller:
            site.tree.place(name, files[f"{width}"])


def _make_smaller(
    content: Path, hashes: Mapping[str, str], pictures: Mapping[str, ShownPicture], path: str
) -> Mapping[str, Blob]:
    data, suffix = read_published(content, hashes, path), PurePosixPath(path).suffix.lower()
    sizes = ((width, height) for _, width, height in pictures[path].smaller)
    return {f"{width}": blob_of(make_smaller(data, suffix, width, height)) for width, height in sizes}
