"""The program `press`: `press init` begins an archive, and every other command works in one as `inv` does."""

from importlib.metadata import version

from press.commands import ns
from press.program import ArchiveProgram


def main() -> None:
    """Run the command that was typed."""
    ArchiveProgram(version("pamphlet-press"), ns, name="press", binary="press").run()


if __name__ == "__main__":
    main()
