"""The program `press`: `press init` begins an archive, and every other command works in one as `inv` does."""

import sys
from importlib.metadata import version

from press.command_runner import end_badly
from press.commands import ns
from press.program import ArchiveProgram


def main() -> None:
    """Run the command that was typed."""
    try:
        ArchiveProgram(version("pamphlet-press"), ns, name="press", binary="press").run()
        sys.stdout.flush()
    except Exception as wrong:  # invoke's own: a command ends by itself, whatever happens (press/command_runner.py)
        end_badly(wrong)


if __name__ == "__main__":
    main()
