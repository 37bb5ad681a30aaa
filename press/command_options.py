"""What was typed after a command: the archive it means, and its options. Everything wrong is reported at once."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from press.command_runner import run_command
from press.diagnostics import Diagnostic, Refused, error, refuse_if_any_error
from press.options import BuildOptions

MOST_JOBS = 1000

SETTINGS_FILE = "pelicanconf.py"
"""What makes a folder an archive."""


def options_for(
    settings: str,
    content: str = "",
    output: str = "",
    *,
    url: str = "",
    formats: str = "",
    jobs: str | int = 0,
    future: bool = False,
    allow_removal: bool = False,
    public: bool = False,
    search: bool = True,
) -> BuildOptions:
    """Return the options that were typed. Raises SystemExit 1 for wrong values, and outside an archive.

    Paths that were typed start at the current folder; what was not is in the folder of the archive, which is this one
    or one above it.
    """

    def read() -> BuildOptions:
        from press.model.formats import EXPORT_GROUPS

        number, problems = read_number("--jobs", jobs, range(MOST_JOBS + 1))
        problems += find_wrong_choice("--formats", formats, ("", *EXPORT_GROUPS))
        problems += _find_wrong_url(url, public) if url else []
        refuse_if_any_error(problems)
        root = _find_archive(settings)
        return BuildOptions(
            root / settings,
            Path(content).absolute() if content else root / "content",
            Path(output).absolute() if output else root / "output",
            url=url,
            future=future,
            allow_removal=allow_removal,
            public=public,
            formats=formats,
            search=search,
            jobs=number,
        )

    return run_command(read, Path(content))


def _find_archive(settings: str) -> Path:
    """Return the folder of the archive: this one or the nearest above it. Raises Refused without its settings."""
    here = Path.cwd()
    names = (settings, SETTINGS_FILE)
    root = next((each for each in (here, *here.parents) if any((each / name).is_file() for name in names)), None)
    if root and (root / settings).is_file():
        return root
    message = (
        f"neither this folder nor one above it has a {SETTINGS_FILE}, so it is not an archive. Go to the folder of "
        'your archive, or begin one: press init "NAME" --dir FOLDER.'
    )
    if root:
        message = f"the archive has no {settings}. press init writes one for a new archive: copy that."
    raise Refused([error(settings, 0, "no-archive", message)])


def read_number(option: str, typed: str | int, allowed: range) -> tuple[int, list[Diagnostic]]:
    """Return the number of an option, and the error if it is not allowed."""
    if str(typed).isascii() and str(typed).isdigit() and len(str(typed)) < 10 and int(typed) in allowed:
        return int(typed), []
    message = f"“{typed}” is not a number from {allowed[0]} to {allowed[-1]}. Write one that is."
    return 0, [error(option, 0, "choice", message)]


def find_wrong_choice(option: str, typed: str, choices: Collection[str]) -> list[Diagnostic]:
    """Return an error if an option is not one of its choices; the message leaves out an empty one, the default."""
    if typed in choices:
        return []
    message = f"“{typed}” is not a choice. Write {', '.join(filter(None, choices))}."
    return [error(option, 0, "choice", message)]


def _find_wrong_url(url: str, public: bool) -> list[Diagnostic]:
    """Return an error if what was typed as the site's address is not one, or not one for the public."""
    from press.model.site_address import NOT_PUBLIC, describe_private_address, describe_wrong_address

    if wrong := describe_wrong_address(url):
        return [error("--url", 0, "choice", f"this is “{url}”{wrong}")]
    if public and (why := describe_private_address(url)):
        return [error("--url", 0, "public-address", f"this {NOT_PUBLIC.format(url, why)}")]
    return []
