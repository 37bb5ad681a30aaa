"""What a check finds, as a list: with the house style, or of the stages alone."""

from __future__ import annotations

from press.diagnostics import Diagnostic
from press.dry_run import recall_or_check
from press.editor.lint import examine_texts
from press.options import BuildOptions


def find_all(options: BuildOptions) -> list[Diagnostic]:
    """Return everything that `inv check --formats all` finds."""
    return list(recall_or_check(options, examine_texts).problems)


def find_in_stages(options: BuildOptions) -> list[Diagnostic]:
    """Return what the stages of a build find, waived or not, without the house style."""
    return list(recall_or_check(options, lambda context: list(context.problems)).problems)
