"""The commands of the archive: `inv -l` lists them, `inv --help build` tells more of one."""

import sys

from invoke import Context, task

HELP = {
    "content": "Folder of the texts.",
    "output": "Folder of the finished site.",
    "url": "Address of the site, in place of SITEURL.",
    "future": "Publish texts whose date has not come yet.",
    "allow-removal": "Let addresses of the ledger vanish.",
    "formats": "Copies to make: none, text or all; those of DOWNLOADS_FORMATS if empty.",
    "jobs": "How many processes work at once; as many as there are cores if 0.",
}
COLLECTION = {key: HELP[key] for key in ("content", "output")}


@task(help=HELP)
def build(
    c: Context, content="content", output="output", url="", future=False, allow_removal=False, formats="", jobs=0
):
    """Build the site: check every text, typeset it, render it, and put it in place in one step."""
    from press.commands import order_for, run_build

    wishes = {"url": url, "future": future, "allow_removal": allow_removal, "formats": formats, "jobs": jobs}
    run_build(order_for("pelicanconf.py", content, output, **wishes))


@task(help={key: value for key, value in HELP.items() if key != "formats"})
def publish(c: Context, content="content", output="output", url="", future=False, allow_removal=False, jobs=0):
    """Build the site for its public address, with publishconf.py; every address must stand in the ledger."""
    from press.commands import order_for, run_build

    wishes = {"url": url, "future": future, "allow_removal": allow_removal, "jobs": jobs, "whole_ledger": True}
    run_build(order_for("publishconf.py", content, output, **wishes))


@task(help={"content": HELP["content"]})
def check(c: Context, content="content"):
    """Say everything that is wrong with the texts, advice too, and publish nothing."""
    from press.commands import order_for, run_check

    run_check(order_for("pelicanconf.py", content, "output", future=True, allow_removal=True))


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


@task
def accept(c: Context):
    """Take the pages of the test site, as they are made now, for the golden ones."""
    c.run(f"{sys.executable} -m tests.accept")
