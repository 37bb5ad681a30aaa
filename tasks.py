"""The commands of the archive: `inv` lists them, `inv --help build` explains one."""

from press.commands import ns  # noqa: F401
