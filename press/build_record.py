"""What a build reported, as the cache keeps it; and diagnostics as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from press.cache.steps import Step
from press.diagnostics import Diagnostic, Level
from press.options import BuildReport, Json

_REPORTED = ("leaflets", "pages", "files", "drafts", "ignored")


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What a build reported, and the key and the checksum of the manifest of the tree it published."""

    report: BuildReport
    tree: str
    manifest: str

    def dump(self) -> Json:
        """Return the record as JSON."""
        counted = {name: getattr(self.report, name) for name in _REPORTED}
        return [self.tree, self.manifest, self.report.address, counted, dump_problems(self.report.problems)]


def _load_record(written: Json, _: object) -> BuildRecord:
    tree, manifest, address, numbers, problems = written
    counted: dict[str, Any] = {name: int(numbers[name]) for name in _REPORTED}
    report = BuildReport(**counted, problems=load_problems(problems), address=str(address))
    return BuildRecord(report, str(tree), str(manifest))


def dump_problems(problems: Iterable[Diagnostic]) -> Json:
    """Return diagnostics as JSON."""
    return [[p.path, p.line, int(p.level), p.rule, p.message] for p in problems]


def load_problems(written: Json) -> tuple[Diagnostic, ...]:
    """Return diagnostics from JSON. Raises ValueError or TypeError for anything else."""
    return tuple(
        Diagnostic(str(path), int(line), Level(level), str(rule), str(message))
        for path, line, level, rule, message in written
    )


RECORD = Step[BuildRecord]("build", BuildRecord.dump, _load_record, spare=5)
