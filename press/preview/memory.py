"""What the worker keeps in memory from build to build.

Nothing here decides what a page shows. Each part answers a question as the build itself would, from an earlier answer
if everything that the answer depends on is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache

from press.cache.keys import hash_files
from press.cache.page_keys import Spellings
from press.context import BuildContext, Built, has_other_plugins
from press.options import Settings
from press.preview.known_files import KnownFiles
from press.preview.trees import Trees
from press.preview.warm_cache import Loaded
from press.validate import Survey, ValidationOptions, validate_content
from press.validate.paths import RECORDS, ContentPaths
from press.validate.sources import Source


@dataclass(frozen=True, slots=True)
class GoodBuild:
    """A build without errors: what the hints for a text are found in."""

    context: BuildContext
    built: Built
    sheet_path: str


class CompiledTemplates(BytecodeCache):
    """The templates as Jinja compiles them, as long as theme, settings and code are the same."""

    def __init__(self) -> None:
        self._environment = ""
        self._codes: dict[str, bytes] = {}

    def renew(self, environment: str) -> None:
        """Forget all if the environment of pages is another: Jinja computes parts of a template as it compiles it."""
        if environment != self._environment or not environment:
            self._codes.clear()
        self._environment = environment

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the code of a template; it compares the hash of the source."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


class Validation:
    """Validates the content folder, or returns what it found last time if the sources and the rest are the same."""

    def __init__(self) -> None:
        self._asked: tuple[Any, ...] = ()
        self._survey = Survey()

    def validate(
        self,
        hashes: Mapping[str, str],
        content: Path,
        shown: str,
        found: ContentPaths,
        sources: Sequence[Source],
        options: ValidationOptions,
    ) -> Survey:
        """Validate as validate_content does; `hashes` are those of all files of the content folder.

        A body is no part of a source, so most saves change none.
        """
        texts = set(found.texts)
        others = {path: sha256 for path, sha256 in hashes.items() if path not in texts}
        asked = (content, shown, found, options, others, list(sources))
        if asked != self._asked:
            own = [replace(source, problems=list(source.problems)) for source in sources]  # they are changed there
            self._survey = validate_content(content, shown, found, own, options)
            read_there = [path for path in others if path in RECORDS or path.lower().endswith(".svg")]
            unchanged = hash_files(content, read_there) == {path: others[path] for path in read_there}
            self._asked = asked if unchanged else ()
        return replace(self._survey)


@dataclass
class Memory:
    """All that a worker keeps."""

    good: GoodBuild | None = None
    files: KnownFiles = field(default_factory=KnownFiles)
    loaded: Loaded = field(default_factory=dict)
    validation: Validation = field(default_factory=Validation)
    spellings: Spellings = field(default_factory=Spellings)
    templates: CompiledTemplates = field(default_factory=CompiledTemplates)
    trees: Trees = field(default_factory=Trees)
    later: ExitStack = field(default_factory=ExitStack)
    """What the last good build has left open for what can wait until its pages are shown."""

    def prepare(self, context: BuildContext) -> None:
        """Let a build use what is known."""
        context.validate_content = partial(self.validation.validate, context.inputs.content)
        context.spellings = self.spellings
        context.documents_later = not has_other_plugins(context.settings)  # theirs are at work while Pelican is
        self.templates.renew(context.page_environment)
        if context.page_environment:
            context.open_pelican = self._open_pelican

    def _open_pelican(self, settings: Settings, output: Path) -> AbstractContextManager[tuple[Any, Any]]:
        from press.site.pelican_site import open_pelican

        own = {"bytecode_cache": self.templates, **settings["JINJA_ENVIRONMENT"]}
        return open_pelican({**settings, "JINJA_ENVIRONMENT": own}, output)
