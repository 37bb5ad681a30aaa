"""The stages of a build, as the preview passes them: drafts come along, and nothing is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from press.build import Order, check, pass_the_gate, published, read_settings, render
from press.faults import Level, Refused
from press.naming import show_path
from press.preview.worker import Job, Outcome
from press.stage import describe_os_error


def fill_tree(job: Job, tree: Path, memory: dict[str, Any]) -> Outcome:
    """Build the site into `tree`; with errors in the outcome, what stands there is no site."""
    order = Order(Path(job.settings_file), Path(job.content), tree, job.url)
    theme = ""
    try:
        settings = read_settings(order)
        theme = str(settings["THEME"])
        settings["PLUGINS"] = [*settings["PLUGINS"], "press.preview.memory"]
        settings["PRESS_MEMORY"] = memory
        survey = pass_the_gate(order, settings, drafts=job.drafts)
        faults = [*survey.faults, *render(settings, survey, tree)]
        faults += check(order, settings, survey, tree)
    except Refused as refused:
        return Outcome(errors=tuple(map(str, refused.faults)), theme=theme)
    except OSError as failed:
        where = show_path(failed.filename or tree)
        return Outcome(errors=(str(describe_os_error(failed, where)),), theme=theme)
    shown = published(survey)
    return Outcome(
        warnings=tuple(str(fault) for fault in sorted(faults) if fault.level is Level.WARNING),
        addresses={f"/{entry.url}": entry.source for entry in shown},
        leaflets=len(survey.archive.leaflets),
        drafts=sum(entry.draft for entry in shown),
        theme=theme,
    )
