"""The commands of an archive: each does its work and prints what was done.

All run through `run_command` (press/command_runner.py), which decides how a command ends. Each imports what it needs
while it runs, so that a failing import is reported as one line too.
"""

from __future__ import annotations

import datetime
import runpy
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from press.command_options import read_number
from press.command_runner import print_problems, run_command
from press.diagnostics import Level, Refused, display_path, error, refuse_if_any_error
from press.options import BuildOptions, BuildReport
from press.runtime.wording import count

if TYPE_CHECKING:
    from invoke.program import Program

    from press.editor.importing.import_options import ImportOptions
    from press.editor.importing.report import ImportReport

CHECKOUT = Path(__file__).resolve().parent.parent
"""The folder that holds press/, and in a checkout also tools/."""

IS_CHECKOUT = (CHECKOUT / "tools" / "fuzz.py").is_file()


def run_init(name: str, lang: str, folder: str, url: str, *, examples: bool) -> None:
    """Begin an archive and print what to do next. Raises SystemExit 1 for wrong values or a folder that is used."""

    def work() -> None:
        from press.editor.begin import NewArchiveOptions, begin_archive, name_folder

        root = Path(folder or name_folder(name)).absolute()
        begin_archive(NewArchiveOptions(name, lang, root, url, examples))
        shown = display_path(root)
        print(f"Created the archive “{name}” in {'this folder' if shown == '.' else shown}. Next:\n")
        print(*([] if shown == "." else [f"  cd {shlex.quote(shown)}"]), sep="\n", end="" if shown == "." else "\n")
        if examples:
            print("  inv import incoming")
        print("  inv serve           read it in a browser while you write; Ctrl-C ends that")
        print(
            "\nREADME.md has the order of work, and inv manual writes the whole manual. Your own words are wanted in "
            "content/pages/, in [[double brackets]]."
        )

    run_command(work, Path(folder or "."))


def run_theme(options: BuildOptions, name: str, *, diff: bool) -> None:
    """Copy a file of the press's theme into the archive's, or compare the two."""

    def work() -> None:
        from press.editor.override import compare_with_original, copy_original

        if diff:
            print(compare_with_original(options.root, name) or "There is no difference.\n", end="")
        else:
            print(
                f"Created {display_path(copy_original(options.root, name))}. It takes the place of the press's own."
            )

    run_command(work, options.root)


def run_manual(options: BuildOptions) -> None:
    """Write the manual as pages for a browser, and print where it is."""

    def work() -> None:
        from press.editor.manual import write_manual
        from press.publish.places import WORK

        print(f"The manual is in {display_path(write_manual(options.root / WORK / 'manual'))}: open it in a browser.")

    run_command(work, options.root)


def run_build(options: BuildOptions) -> None:
    """Build the site and print what was done. Raises SystemExit as every command does."""

    def work() -> None:
        from press.build import build

        _print_built(options, build(options))

    run_command(work, options.root, _unchanged(options.output))


def run_ledger(options: BuildOptions) -> None:
    """Add every address of the site to the ledger and print how many are new."""

    def work() -> None:
        from press.build import list_addresses
        from press.validate.paths import LEDGER

        new = count(list_addresses(options), "address is", "addresses are")
        print(f"{new} new in {display_path(options.content / LEDGER)}.")

    run_command(work, options.root, "The ledger is unchanged.")


def run_clean(options: BuildOptions) -> None:
    """Delete the output and everything stored for a collection, and print what was deleted."""

    def work() -> None:
        from press.publish import clean_collection

        shown = display_path(options.output)
        report = clean_collection(options.root, options.content, options.output)
        print_problems(report.problems)
        what = [f"{shown} ({count(report.files, 'file', 'files')})"] if report.files else []
        what += [f"everything stored for {shown}"] if report.store else []
        print(
            f"Deleted {' and '.join(what)}."
            if what
            else f"There is nothing to delete: no {shown}, and nothing stored."
        )

    run_command(work, options.root, _unchanged(options.output))


def run_serve(options: BuildOptions, port: str | int, *, drafts: bool) -> None:
    """Show a collection in a browser on this machine until a signal ends it."""

    def work() -> None:
        from press.preview.loop import serve
        from press.validate import find_missing_content

        number, problems = read_number("--port", port, range(65536))
        refuse_if_any_error(problems or find_missing_content(options.content, display_path(options.content)))
        serve(options, number, drafts=drafts)

    run_command(work, options.root, None)


def run_check(options: BuildOptions, form: str, *, rule: str = "", level: str = "", changed: bool = False) -> None:
    """Print the diagnostics of a collection, with advice. Raises SystemExit 1 for errors among what is shown."""

    def work() -> bool:
        from press.editor.checking import check_collection
        from press.editor.findings.choice import FindingChoice

        return check_collection(options, form, FindingChoice(rule, level, changed))

    if run_command(work, options.root):
        raise SystemExit(1)


def run_import(
    options: BuildOptions, path: str, category: str, lang: str, dry: bool, encoding: str = "", ocr: bool = False
) -> None:
    """Import texts and print what was recognised. Raises SystemExit 1 if any was refused."""

    def work() -> bool:
        from press.context import read_settings
        from press.editor.importing import import_texts
        from press.editor.importing.import_options import ImportOptions
        from press.editor.importing.report import ImportReport

        source = Path(path).absolute()
        chosen = ImportOptions(source, options.content, options.root, _today(), category, lang, dry, encoding, ocr)
        report = ImportReport(dry=dry)
        try:
            import_texts(chosen, read_settings(options), report)
        finally:  # also report what was done before a signal or a full disk
            if report.items or report.problems:
                _print_import(chosen, report)
        return any(problem.level is Level.ERROR for problem in report.all_problems)

    if run_command(work, options.root, "Texts already imported are kept; run the command again to continue."):
        raise SystemExit(1)


def run_new(options: BuildOptions, title: str, date: str, category: str, lang: str) -> None:
    """Begin a leaflet. Raises SystemExit 1 for a wrong value or a slug that is taken."""

    def work() -> None:
        from press.editor.new import NewLeafletOptions, create_leaflet

        path = create_leaflet(options.content, NewLeafletOptions(title, date, category, lang, _today()))
        print(f"Created {display_path(path)}. Write the text, then delete the line “Status: draft”.")

    run_command(work, options.root)


def run_rename(options: BuildOptions, old: str, new: str) -> None:
    """Change the slug of a text and print what was changed. Raises SystemExit 1 if that is not possible."""

    def work() -> None:
        from press.build import read_collection
        from press.editor.rename import plan_renaming, write_changes
        from press.model.menu import word_of

        settings, survey = read_collection(options)
        changes = plan_renaming(options.content, survey, old, new, settings["SITEURL"].rstrip("/"))
        refuse_if_any_error(write_changes(changes))
        for change in changes:
            print(change.diff, end="")
        print(f"Renamed in {count(len(changes), 'file', 'files')}. The old address will redirect to the new one.")
        if any(old in word_of(entry).split("/") for entry in settings["LEAFLETS_MENU"]):
            shown = options.settings_file.name
            print(f"The menu names it too: write “{new}” for “{old}” in LEAFLETS_MENU, in {shown}.")

    run_command(work, options.root)


def run_translate(options: BuildOptions, lang: str) -> None:
    """Write or update the catalogue of a language, and print what it lacks."""

    def work() -> None:
        from press.editor.translate import translate_interface

        report = translate_interface(options.root, lang)
        print_problems(report.problems)
        messages = count(report.messages, "message", "messages")
        print(f"{display_path(report.path)}: {messages}, {report.own:,} with words here, {report.missing:,} missing.")
        if report.missing:
            print("Write each in its msgstr, with an editor for .po files or for plain text.")

    run_command(work, options.root)


def run_list(program: Program) -> None:
    """Print the list of commands; printing it here reports a full disk as one line."""
    run_command(lambda: program.run([Path(sys.argv[0]).name, "--list"]), Path())


def run_tool(tool: str, *words: str, **numbers: str) -> None:
    """Run a file below tools/ with these arguments; `numbers` are options that must be whole numbers."""

    def work() -> None:
        for name, typed in numbers.items():
            refuse_if_any_error(read_number(f"--{name}", typed, range(1, 10**6))[1])
        if not (CHECKOUT / "tools" / tool).is_file():
            message = "this command needs the press's own checkout. Run it in a clone of its repository."
            raise Refused([error(f"tools/{tool}", 0, "not-installed", message)])
        sys.path.insert(0, str(CHECKOUT))
        sys.argv = [tool, *words]
        runpy.run_path(str(CHECKOUT / "tools" / tool), run_name="__main__")

    run_command(work, CHECKOUT)


def _print_built(options: BuildOptions, report: BuildReport) -> None:
    print_problems(problem for problem in report.problems if problem.level is not Level.ADVICE)
    done = [
        count(report.leaflets, "leaflet", "leaflets"),
        count(report.pages, "page", "pages"),
        count(report.files, "file", "files"),
        count(report.drafts, "draft held back", "drafts held back"),
        count(report.ignored, "file ignored", "files ignored"),
    ]
    how = "Published" if options.public else "Built"
    shown = display_path(options.output)
    begin = f"Nothing has changed in {shown}, {how.lower()}" if report.unchanged else how
    place = "" if report.unchanged else f" in {shown}"
    end = "" if options.public else " To publish, run inv publish."
    print(f"{begin} for {report.address}{place}: {', '.join(done)}; {report.seconds:.1f} s.{end}")


def _print_import(chosen: ImportOptions, report: ImportReport) -> None:
    from press.editor.importing import keep_report
    from press.editor.importing.report import FEW_TEXTS, summarise, write_report

    print_problems(report.all_problems)
    print(
        write_report(report, whole=len(report.items) <= FEW_TEXTS) if report.items else f"{summarise(report)}\n",
        end="",
    )
    file = keep_report(chosen, report)
    if file:
        print(f"The full report is in {display_path(file)}.")


def _unchanged(path: Path) -> str:
    """Return the closing sentence of a failed command, such as `output is unchanged`."""
    shown = display_path(path)
    return f"{'This folder' if shown == '.' else shown} is unchanged."


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()
