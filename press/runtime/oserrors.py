"""An error of the system as one line for a maintainer."""

from __future__ import annotations

import errno

from press.diagnostics import Diagnostic, error

_FULL = ("disk-full", "the disk is full. Make room and build again.")
_DENIED = ("no-permission", "writing or reading here is not permitted. Give this user the permission.")
_GONE = (
    "vanished",
    "something changed here while the build was at work. Build again with nothing else at work here.",
)

KNOWN = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: ("disk-full", "the disk quota is used up. Make room and build again."),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: ("read-only", "the file system is mounted read-only. Mount it writable."),
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ESTALE: _GONE,
    errno.ENOTEMPTY: _GONE,
    errno.EIO: ("disk-error", "the disk failed to read or write. Look at the disk, then build again."),
    errno.ENAMETOOLONG: ("name-too-long", "the file name is too long for the disk. Give a shorter Slug."),
    errno.EMFILE: ("too-many-files", "too many files are open at once. Raise the limit with `ulimit -n`."),
    errno.EBUSY: ("output-mount", "this is in use as a mount point. Build into a directory below it."),
}


def describe_os_error(failure: OSError, path: str) -> Diagnostic:
    """Give the one problem that tells of `failure` at `path`, which is named as a maintainer knows it."""
    rule, message = KNOWN.get(
        failure.errno or 0,
        ("system-error", f"{failure.strerror or failure}. Mend that and build again."),
    )
    return error(path, 0, rule, message)
