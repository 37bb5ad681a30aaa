"""How the commands are listed, and what answers a misspelt one, by `press` and by `inv` alike.

invoke lists commands by the alphabet; an archivist needs the order of work, and what to type instead.
"""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Iterable

from invoke.exceptions import Exit, ParseError
from invoke.program import Program

from press.diagnostics import error

_QUOTED = re.compile(r"'([^']*)'")
_read_commands = Program.parse_tasks


class ArchiveProgram(Program):
    """A program with the commands of an archive, listed in their own order."""

    def list_flat(self) -> None:
        """List the commands in the order of work, and after them those for people who change the press."""
        pairs = [(name, text) for name, text in Program._make_pairs(self, self.scoped_collection) if name != "help"]
        order = list(self.scoped_collection.tasks)
        ours = sorted((pair for pair in pairs if pair[0] in order), key=lambda pair: order.index(pair[0]))
        others = [pair for pair in pairs if pair not in ours]
        try:
            for title, listed in (("Commands, in the order of work", ours), ("To change the press itself", others)):
                if listed:
                    print(f"{title}:\n")
                    self.print_columns(listed)
            print(f"{self.called_as or 'inv'} --help COMMAND explains one.", flush=True)
        except BrokenPipeError:  # whoever reads the list has seen enough: `press | head -3`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise Exit(code=141) from None

    def print_help(self) -> None:
        """Answer `--help` without a command."""
        self.list_flat()

    def parse_tasks(self) -> None:
        """Read the command and its options. Raises Exit with one line for what is not one."""
        if self.core.unparsed[1:2] in (["--help"], ["-h"]):  # invoke would take it for the command's first argument
            self.args.help.value, self.core.unparsed = self.core.unparsed[0], []
        try:
            _read_commands(self)
        except ParseError as wrong:
            raise Exit(_explain(str(wrong), self.collection.task_names, self.called_as), code=1) from None


def use_in_invoke() -> None:
    """Let `inv`, which has a program of its own, list and answer in the same way."""
    for name in ("list_flat", "parse_tasks"):
        setattr(Program, name, getattr(ArchiveProgram, name))


def _explain(complaint: str, commands: Iterable[str], program: str) -> str:
    """Return one line for what invoke complains of, with what to type instead."""
    typed = next(iter(_QUOTED.findall(complaint)), "")
    if "positional" in complaint:
        command, *missing = _QUOTED.findall(complaint)
        what = f"“{command}” needs {' and '.join(missing).upper()} after it. {program} --help {command} explains it."
    elif "No idea" not in complaint:
        what = f"{complaint.rstrip('!.')}. {program} --help COMMAND explains a command."
    elif typed.startswith("-"):
        what = f"“{typed}” is not an option of this command. {program} --help COMMAND lists those that are."
    else:
        near = difflib.get_close_matches(typed, list(commands), n=1)
        instead = f"Did you mean “{near[0]}”?" if near else f"{program} lists them all."
        what = f"“{typed}” is not a command. {instead}"
    return str(error(program, 0, "command", what))
