"""The commands of the archive: `inv -l` lists them, `inv --help build` tells more of one."""

import sys

from invoke import Context, task

COLLECTION = {
    "content": "Folder of the texts.",
    "output": "Folder of the finished site.",
    "url": "Address of the site, in place of SITEURL.",
}


@task(help=COLLECTION)
def build(c: Context, content: str = "content", output: str = "output", url: str = "") -> None:
    """Build the site: check every text, typeset it, render it, and put it in place in one step."""
    from press.commands import order_for, run_build

    run_build(order_for("pelicanconf.py", content, output, url))


@task(help=COLLECTION)
def publish(c: Context, content: str = "content", output: str = "output", url: str = "") -> None:
    """Build the site with the settings of publishconf.py, for its public address."""
    from press.commands import order_for, run_build

    run_build(order_for("publishconf.py", content, output, url))


@task(help={key: COLLECTION[key] for key in ("content",)})
def check(c: Context, content: str = "content") -> None:
    """Say everything that is wrong with the texts, advice too, and publish nothing."""
    from press.commands import order_for, run_check

    run_check(order_for("pelicanconf.py", content, "output"))


@task(help={"content": COLLECTION["content"], "port": "Port on this machine; 0 takes any that is free.",
            "drafts": "Show drafts too, marked as such; --no-drafts leaves them out."})  # fmt: skip
def serve(c: Context, content: str = "content", port: int = 8000, drafts: bool = True) -> None:
    """Show the site in a browser on this machine; its pages follow every change, drafts are marked."""
    from press.commands import order_for, run_serve

    run_serve(order_for("pelicanconf.py", content, "output"), port, drafts=drafts)


@task
def accept(c: Context) -> None:
    """Take the pages of the test site, as they are made now, for the golden ones."""
    c.run(f"{sys.executable} -m tests.accept")


@task(help={key: COLLECTION[key] for key in ("content", "output")})
def clean(c: Context, content: str = "content", output: str = "output") -> None:
    """Delete the output and everything the press has stored of a collection."""
    from press.commands import order_for, run_clean

    run_clean(order_for("pelicanconf.py", content, output))
