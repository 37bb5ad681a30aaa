"""Turn an error of the operating system into one line for the maintainer."""

from __future__ import annotations

import errno

from press.diagnostics import Diagnostic, error

_AGAIN = "run the command again"
_DENIED = ("no-permission", "this user may not read or write here. Check the file permissions.")
_GONE = ("vanished", f"something else changed this at the same time. Wait until it has finished, then {_AGAIN}.")

KNOWN = {
    errno.ENOSPC: ("disk-full", f"the disk is full. Free some space, then {_AGAIN}."),
    errno.EDQUOT: ("disk-full", f"the disk quota is used up. Free some space, then {_AGAIN}."),
    errno.EFBIG: ("disk-full", "a file reached the size limit. Raise it with `ulimit -f`, or the limit of the disk."),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: ("read-only", "the file system is mounted read-only. Make it writable, or choose another --output."),
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ESTALE: _GONE,
    errno.ENOTEMPTY: _GONE,
    errno.EIO: ("disk-error", f"the disk failed to read or write. Check the disk, then {_AGAIN}."),
    errno.ENAMETOOLONG: ("name-too-long", "the file name is too long for the disk. Choose a shorter Slug."),
    errno.EMFILE: ("too-many-files", "too many files are open at once. Raise the limit with `ulimit -n`."),
    errno.ENFILE: ("too-many-files", f"too many files are open on this machine. Close programs, then {_AGAIN}."),
    errno.EBUSY: ("output-mount", "this is in use as a mount point. Build into a folder below it."),
}


def describe_os_error(failure: OSError, path: str) -> Diagnostic:
    """Return the one problem that reports `failure` at `path`, named as a maintainer knows it."""
    fallback = ("system-error", f"{failure.strerror or failure}. Fix that, then {_AGAIN}.")
    rule, message = KNOWN.get(failure.errno or 0, fallback)
    return error(path, 0, rule, message)
