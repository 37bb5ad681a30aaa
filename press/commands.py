"""The commands of an archive, as tasks of invoke: `inv` or `press` lists them, `inv --help build` explains one.

An archive's tasks.py imports `ns`, so that `inv` finds them; the program `press` needs no tasks.py.
"""

import signal
import sys

from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

# Until a command is running, Ctrl-C must also end with the usual exit code, and not in a traceback.
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, _: sys.exit(128 + number))

from press import cli  # noqa: E402  # only now: importing takes a moment
from press.command_options import options_for  # noqa: E402
from press.program import ArchiveProgram, use_in_invoke  # noqa: E402

HELP = {
    "content": "Folder of the texts, if not content.",
    "output": "Folder of the finished site, if not output.",
    "url": "Address of the site, in place of SITEURL.",
    "future": "Publish texts whose date is in the future.",
    "allow-removal": "Let addresses in the ledger disappear.",
    "port": "Port on this machine; 0 takes any that is free.",
    "drafts": "Show drafts too, marked as such.",
    "formats": "Downloads to make: none, text or all. Without it, DOWNLOADS_FORMATS decides.",
    "search": "Build the search index; --no-search is faster.",
    "jobs": "Number of processes to work with; 0 means one for each core.",
}
COLLECTION = {key: HELP[key] for key in ("content", "output")}
BUILDING = {key: HELP[key] for key in ("content", "output", "url", "future", "allow-removal", "jobs")}


@task(name="help")
def list_commands(c: Context):
    """List the commands; inv --help COMMAND explains one."""
    cli.run_list(ArchiveProgram(namespace=ns))


INIT = {
    "name": "The name of the archive, in quotation marks.",
    "lang": "The language of its pages, such as fr.",
    "dir": "The folder to make it in. Without it, one named after the archive.",
    "url": "Its public address, if you know it.",
    "examples": "Add ten texts to import, in incoming/, for practice.",
}


@task(help=INIT)
def init(c: Context, name, lang="en", dir="", url="", examples=False):
    """Begin an archive of your own: its settings, a home page, and the order of work in README.md."""
    cli.run_init(name, lang, dir, url, examples=examples)


THEME = {
    "name": "A file of the theme, such as templates/home.html.",
    "diff": "Compare the archive’s own file with that of the press.",
}


@task(help=THEME)
def theme(c: Context, name, diff=False):
    """Copy a file of the press’s theme into theme/, for you to change."""
    cli.run_theme(options_for("pelicanconf.py"), name, diff=diff)


@task
def manual(c: Context):
    """Write the manual as pages to read in a browser: the header of a text, the settings, every message."""
    cli.run_manual(options_for("pelicanconf.py"))


@task(help={**BUILDING, "formats": HELP["formats"], "search": HELP["search"]})
def build(
    c: Context,
    content="",
    output="",
    url="",
    future=False,
    allow_removal=False,
    formats="",
    search=True,
    jobs="0",
):
    """Build the site: check and typeset every text, render it, and put the site in place in one step."""
    chosen = {"url": url, "future": future, "allow_removal": allow_removal, "formats": formats, "search": search}
    cli.run_build(options_for("pelicanconf.py", content, output, **chosen, jobs=jobs))


@task(help=BUILDING)
def publish(c: Context, content="", output="", url="", future=False, allow_removal=False, jobs="0"):
    """Build the site for its public address, with publishconf.py. Every address must be in the ledger."""
    chosen = {"url": url, "future": future, "allow_removal": allow_removal, "public": True}
    cli.run_build(options_for("publishconf.py", content, output, **chosen, jobs=jobs))


CHECK = {
    "format": "lines; html, a page to work through; json; or github for annotations.",
    "rule": "Only these rules, separated by commas: --rule double-space,misreading.",
    "level": "error, warning or advice: only this level and those above it.",
    "changed": "Leave out files that are as they were published in output. Errors are always shown.",
    "formats": "Make and check the downloads too: all or text. Without it, only those that builds have made.",
}


@task(help={**CHECK, "content": HELP["content"]}, auto_shortflags=False)  # -h would be --changed
def check(c: Context, content="", format="lines", rule="", level="", changed=False, formats=""):
    """Report everything that is wrong with the texts, with advice on house style. Publish nothing."""
    options = options_for("pelicanconf.py", content, formats=formats, future=True, allow_removal=True)
    cli.run_check(options, format, rule=rule, level=level, changed=changed)


IMPORT = {
    "path": "A text, or a folder of texts: .txt, .md, .docx, .odt, .rtf, .html, .epub, .muse, .pdf.",
    "category": "The category of all of them. Without it, the name of each text’s folder.",
    "lang": "The language of all of them, such as fr. Without it, the language is guessed.",
    "dry-run": "Report what would be done, and write nothing.",
    "encoding": "The encoding of all plain texts, such as cp1251. Without it, the encoding is guessed.",
    "ocr": "Read pictures in a folder too, by OCR: they are scans of texts.",
}


@task(name="import", help={**IMPORT, "content": HELP["content"]})
def import_(c: Context, path, category="", lang="", dry_run=False, encoding="", ocr=False, content=""):
    """Turn texts of any format into leaflets, prove that no word is lost, and report what was recognised."""
    options = options_for("pelicanconf.py", content)
    cli.run_import(options, path, category, lang, dry_run, encoding, ocr)


NEW = {
    "title": "The title, in quotation marks.",
    "date": "The original date, as much of it as is known: 2006-10-24, 2006-10, c. 1974, undated.",
    "category": "The category.",
    "lang": "The language, such as fr. Without it, that of the site.",
}


@task(help={**NEW, "content": HELP["content"]})
def new(c: Context, title, date="", category="", lang="", content=""):
    """Begin a leaflet: create its file with a header, as a draft."""
    cli.run_new(options_for("pelicanconf.py", content), title, date, category, lang)


RENAME = {"old": "The present slug: the last part of the text’s address.", "new": "The new slug."}


@task(help={**RENAME, "content": HELP["content"]})
def rename(c: Context, old, new, content=""):
    """Give a text a new address. The old one redirects to it, and links in other texts are updated."""
    cli.run_rename(options_for("pelicanconf.py", content, future=True, allow_removal=True), old, new)


@task(help={key: HELP[key] for key in ("content", "port", "drafts")})
def serve(c: Context, content="", port="8000", drafts=True):
    """Preview the site in a browser on this machine. Pages follow every change, and drafts are marked."""
    cli.run_serve(options_for("pelicanconf.py", content), port, drafts=drafts)


@task(help={"content": HELP["content"]})
def ledger(c: Context, content=""):
    """Add every address of the site to the ledger, so that none can disappear unnoticed."""
    cli.run_ledger(options_for("pelicanconf.py", content, future=True, allow_removal=True))


@task(help={"lang": "The language tag, such as sv or pt-BR; a language that the press has gets other words so."})
def translate(c: Context, lang):
    """Translate the interface: write a file with its words in a language, or add to it what is new."""
    cli.run_translate(options_for("pelicanconf.py"), lang)


@task(help=COLLECTION)
def clean(c: Context, content="", output=""):
    """Delete the finished site and everything stored for it. The texts stay, and a build makes it anew."""
    cli.run_clean(options_for("pelicanconf.py", content, output))


ns = Collection(init, import_, new, rename, serve, check, ledger, build, publish, translate, clean, theme, manual)
"""The commands in the order of work."""
ns.add_task(list_commands, default=True)
if cli.IS_CHECKOUT:
    from press.developer_commands import dev

    ns.add_collection(dev)
use_in_invoke()
