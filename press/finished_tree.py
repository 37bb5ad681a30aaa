"""The stage `check`: examine the finished tree, and lead each problem back to the source of its page."""

from __future__ import annotations

from press.cache.keys import facts_key, hash_files
from press.cache.steps import Cache, Step
from press.check import check_site
from press.check.facts import FileFacts, examine_file, load_facts
from press.context import BuildContext, Built, published
from press.diagnostics import Diagnostic, display_path
from press.model.urls import IMAGES, LEAFLETS, THEME
from press.publish.staged_tree import EXAMINED
from press.runtime.parallel import map_over_cores

_OWN_FOLDERS = (LEAFLETS, IMAGES, THEME, "files/")
"""Files here belong to one text. Pages elsewhere may lack a text that could not be read."""

FACTS = Step[FileFacts]("facts", FileFacts.dump, lambda written, _: load_facts(written))


def check(context: BuildContext, built: Built) -> list[Diagnostic]:
    """Check the finished tree; each problem is traced to the source of its page."""
    options, tree, address = context.options, built.tree, context.settings["SITEURL"].rstrip("/")
    files = tree.list_all()
    examined = sorted(name for name in files if name.endswith(EXAMINED))
    hashes = {name: tree.files[name] for name in examined if name in tree.files}
    hashes |= hash_files(tree.folder, (name for name in examined if name not in hashes))

    def examine_one(name: str) -> FileFacts:
        return examine_file(name, (tree.folder / name).read_bytes(), address)

    facts = context.cache.recall_or_make(
        FACTS,
        examined,
        lambda name: facts_key(name, hashes[name], address),
        lambda absent: map_over_cores(
            examine_one, absent, options.jobs, doing="checking this page", path_of=lambda name: f"output/{name}"
        ),
    )
    shown = display_path(options.content)
    pages = {f"{entry.url}index.html": entry.source for entry in published(built.survey.archive)}
    sources = {name: (f"{shown}/{path}", f"{options.content}/{path}") for name, path in pages.items()}
    unread, gone = built.survey.unread, tree.absent | built.survey.left_out

    def is_absent(path: str) -> bool:
        page = f"{path.rpartition('/')[0]}/index.html"  # for a download, the page of its leaflet
        return path in gone or page in unread or bool(unread and not path.startswith(_OWN_FOLDERS))

    context.facts = dict(zip(examined, facts, strict=True))
    return check_site(files, context.facts, sources, is_absent)


def is_examined(cache: Cache, address: str, name: str, sha256: str) -> bool:
    """Return whether the facts of a page or an XML file with these bytes are in the cache."""
    return cache.recall(FACTS, facts_key(name, sha256, address)) is not None
