"""Every command of tasks.py: read what was typed, do the work, print the diagnostics, choose the exit code.

All run through `_run`, which decides how a command ends, whatever the disk, a library or a plugin raises: one
line for each problem on stderr, and an exit code. 0 is success, 1 an error, 130 and 143 are SIGINT and SIGTERM, and
141 is a reader that has gone (`inv check | head`). There is never a traceback.

Each command imports what it needs while it runs, so that a failing import is reported as one line too.
"""

from __future__ import annotations

import datetime
import gc
import os
import runpy
import select
import shlex
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

from press.diagnostics import Diagnostic, Level, Refused, display_path, error, refuse_if_any_error
from press.options import BuildOptions, BuildReport
from press.runtime.mistakes import describe_mistake
from press.runtime.oserrors import describe_os_error
from press.runtime.signals import Stopped, stopping_signals
from press.runtime.wording import count

if TYPE_CHECKING:
    from invoke.program import Program

    from press.editor.importing.import_options import ImportOptions
    from press.editor.importing.report import ImportReport

CHECKOUT = Path(__file__).resolve().parent.parent
"""The folder that holds press/, and in a checkout also tools/."""

IS_CHECKOUT = (CHECKOUT / "tools" / "fuzz.py").is_file()

MOST_JOBS = 1000

SETTINGS_FILE = "pelicanconf.py"
"""What makes a folder an archive."""

Result = TypeVar("Result")


def options_for(
    settings: str,
    content: str = "",
    output: str = "",
    *,
    url: str = "",
    formats: str = "",
    jobs: str | int = 0,
    future: bool = False,
    allow_removal: bool = False,
    public: bool = False,
    search: bool = True,
) -> BuildOptions:
    """Return the options that were typed. Raises SystemExit 1 for wrong values, and outside an archive.

    Paths that were typed start at the current folder; what was not is in the folder of the archive, which is this one
    or one above it.
    """

    def read() -> BuildOptions:
        from press.model.formats import EXPORT_GROUPS

        number, problems = _read_number("--jobs", jobs, range(MOST_JOBS + 1))
        problems += _find_wrong_choice("--formats", formats, ("", *EXPORT_GROUPS))
        problems += _find_wrong_url(url, public) if url else []
        refuse_if_any_error(problems)
        root = _find_archive(settings)
        return BuildOptions(
            root / settings,
            Path(content).absolute() if content else root / "content",
            Path(output).absolute() if output else root / "output",
            url=url,
            future=future,
            allow_removal=allow_removal,
            public=public,
            formats=formats,
            search=search,
            jobs=number,
        )

    return _run(read, Path(content))


def _find_archive(settings: str) -> Path:
    """Return the folder of the archive: this one or the nearest above it. Raises Refused without its settings."""
    here = Path.cwd()
    names = (settings, SETTINGS_FILE)
    root = next((each for each in (here, *here.parents) if any((each / name).is_file() for name in names)), None)
    if root and (root / settings).is_file():
        return root
    message = (
        f"neither this folder nor one above it has a {SETTINGS_FILE}, so it is not an archive. Go to the folder of "
        'your archive, or begin one: press init "NAME" --dir FOLDER.'
    )
    if root:
        message = f"the archive has no {settings}. press init writes one for a new archive: copy that."
    raise Refused([error(settings, 0, "no-archive", message)])


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
            "\nREADME.md has the order of work. Your own words are wanted in content/pages/, in [[double brackets]]."
        )

    _run(work, Path(folder or "."))


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

    _run(work, options.root)


def run_manual(options: BuildOptions) -> None:
    """Write the manual as pages for a browser, and print where it is."""

    def work() -> None:
        from press.editor.manual import write_manual
        from press.publish.places import WORK

        print(f"The manual is in {display_path(write_manual(options.root / WORK / 'manual'))}: open it in a browser.")

    _run(work, options.root)


def run_build(options: BuildOptions) -> None:
    """Build the site and print what was done. Raises SystemExit as every command does."""

    def work() -> None:
        from press.build import build

        _print_built(options, build(options))

    _run(work, options.root, _unchanged(options.output))


def run_ledger(options: BuildOptions) -> None:
    """Add every address of the site to the ledger and print how many are new."""

    def work() -> None:
        from press.build import list_addresses
        from press.validate.paths import LEDGER

        new = count(list_addresses(options), "address is", "addresses are")
        print(f"{new} new in {display_path(options.content / LEDGER)}.")

    _run(work, options.root, "The ledger is unchanged.")


def run_clean(options: BuildOptions) -> None:
    """Delete the output and everything stored for a collection, and print what was deleted."""

    def work() -> None:
        from press.publish import clean_collection

        shown = display_path(options.output)
        report = clean_collection(options.root, options.content, options.output)
        _print_problems(report.problems)
        what = [f"{shown} ({count(report.files, 'file', 'files')})"] if report.files else []
        what += [f"everything stored for {shown}"] if report.store else []
        print(
            f"Deleted {' and '.join(what)}."
            if what
            else f"There is nothing to delete: no {shown}, and nothing stored."
        )

    _run(work, options.root, _unchanged(options.output))


def run_serve(options: BuildOptions, port: str | int, *, drafts: bool) -> None:
    """Show a collection in a browser on this machine until a signal ends it."""

    def work() -> None:
        from press.preview.loop import serve
        from press.validate import find_missing_content

        number, problems = _read_number("--port", port, range(65536))
        refuse_if_any_error(problems or find_missing_content(options.content, display_path(options.content)))
        serve(options, number, drafts=drafts)

    _run(work, options.root, None)


def run_check(options: BuildOptions, form: str, *, rule: str = "", level: str = "", changed: bool = False) -> None:
    """Print the diagnostics of a collection, with advice. Raises SystemExit 1 for errors among what is shown."""

    def work() -> bool:
        from press.editor.checking import check_collection
        from press.editor.findings.choice import FindingChoice

        return check_collection(options, form, FindingChoice(rule, level, changed))

    if _run(work, options.root):
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

    if _run(work, options.root, "Texts already imported are kept; run the command again to continue."):
        raise SystemExit(1)


def run_new(options: BuildOptions, title: str, date: str, category: str, lang: str) -> None:
    """Begin a leaflet. Raises SystemExit 1 for a wrong value or a slug that is taken."""

    def work() -> None:
        from press.editor.new import NewLeafletOptions, create_leaflet

        path = create_leaflet(options.content, NewLeafletOptions(title, date, category, lang, _today()))
        print(f"Created {display_path(path)}. Write the text, then delete the line “Status: draft”.")

    _run(work, options.root)


def run_rename(options: BuildOptions, old: str, new: str) -> None:
    """Change the slug of a text and print what was changed. Raises SystemExit 1 if that is not possible."""

    def work() -> None:
        from press.build import read_collection
        from press.editor.rename import plan_renaming, write_changes

        settings, survey = read_collection(options)
        changes = plan_renaming(options.content, survey, old, new, settings["SITEURL"].rstrip("/"))
        refuse_if_any_error(write_changes(changes))
        for change in changes:
            print(change.diff, end="")
        print(f"Renamed in {count(len(changes), 'file', 'files')}. The old address will redirect to the new one.")

    _run(work, options.root)


def run_translate(options: BuildOptions, lang: str) -> None:
    """Write or update the catalogue of a language, and print what it lacks."""

    def work() -> None:
        from press.editor.translate import translate_interface

        report = translate_interface(options.root, lang)
        _print_problems(report.problems)
        messages = count(report.messages, "message", "messages")
        print(f"{display_path(report.path)}: {messages}, {report.own:,} with words here, {report.missing:,} missing.")
        if report.missing:
            print("Write each in its msgstr, with an editor for .po files or for plain text.")

    _run(work, options.root)


def run_list(program: Program) -> None:
    """Print the list of commands; printing it here reports a full disk as one line."""
    _run(lambda: program.run([Path(sys.argv[0]).name, "--list"]), Path())


def run_tool(tool: str, *words: str, **numbers: str) -> None:
    """Run a file below tools/ with these arguments; `numbers` are options that must be whole numbers."""

    def work() -> None:
        for name, typed in numbers.items():
            refuse_if_any_error(_read_number(f"--{name}", typed, range(1, 10**6))[1])
        if not (CHECKOUT / "tools" / tool).is_file():
            message = "this command needs the press's own checkout. Run it in a clone of its repository."
            raise Refused([error(f"tools/{tool}", 0, "not-installed", message)])
        sys.path.insert(0, str(CHECKOUT))
        sys.argv = [tool, *words]
        runpy.run_path(str(CHECKOUT / "tools" / tool), run_name="__main__")

    _run(work, CHECKOUT)


def _run(work: Callable[[], Result], root: Path, unfinished: str | None = "") -> Result:
    """Do a command's work and return its result. Raises SystemExit if anything goes wrong.

    `root` is the project's folder, named if a system error names no file. `unfinished` is printed when a command
    fails or is stopped: the state it leaves. None is for a command that only a signal ends: nothing is printed then.
    """
    gc.set_threshold(100_000, 50, 100)  # many objects, few cycles: the default collection costs a tenth of the time
    try:
        with stopping_signals():
            result = work()
            sys.stdout.flush()
            return result
    except (Stopped, KeyboardInterrupt) as stopped:
        code = stopped.code if isinstance(stopped, Stopped) else 130
        _end([] if unfinished is None else [f"Stopped. {unfinished}".rstrip()], code)
    except Exception as wrong:
        if isinstance(wrong, BrokenPipeError) and _nobody_reads():
            _end([], 141)
        problems = _problems_of(wrong, root)
        closing = [f"{count(len(problems), 'error', 'errors')}. {unfinished}"] if unfinished else []
        _end([*getattr(wrong, "__notes__", ()), *map(str, problems), *closing], 1)


def _problems_of(wrong: Exception, root: Path) -> Sequence[Diagnostic]:
    """Return the diagnostics for the exception that ended a command."""
    if isinstance(wrong, Refused):
        return wrong.problems
    if isinstance(wrong, OSError) and wrong.errno:
        return [describe_os_error(wrong, display_path(wrong.filename or root))]
    return [describe_mistake(wrong, [root])]


def _end(lines: Iterable[str], code: int) -> NoReturn:
    """Print the last lines and exit. What can no longer be written, to a full disk or a closed pipe, is dropped."""
    for stream, last in ((sys.stdout, ()), (sys.stderr, lines)):
        try:
            for line in last:
                print(line, file=stream)
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):  # or Python would try again when it exits, and complain
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    raise SystemExit(code) from None


def _nobody_reads() -> bool:
    """Return whether stdout or stderr is a pipe whose reader has gone."""
    poller = select.poll()
    for number in (1, 2):
        poller.register(number, 0)
    return any(event & select.POLLERR for _, event in poller.poll(0))


def _read_number(option: str, typed: str | int, allowed: range) -> tuple[int, list[Diagnostic]]:
    """Return the number of an option, and the error if it is not allowed."""
    if str(typed).isascii() and str(typed).isdigit() and len(str(typed)) < 10 and int(typed) in allowed:
        return int(typed), []
    message = f"“{typed}” is not a number from {allowed[0]} to {allowed[-1]}. Write one that is."
    return 0, [error(option, 0, "choice", message)]


def _find_wrong_choice(option: str, typed: str, choices: Collection[str]) -> list[Diagnostic]:
    """Return an error if an option is not one of its choices; the message leaves out an empty one, the default."""
    if typed in choices:
        return []
    message = f"“{typed}” is not a choice. Write {', '.join(filter(None, choices))}."
    return [error(option, 0, "choice", message)]


def _find_wrong_url(url: str, public: bool) -> list[Diagnostic]:
    """Return an error if what was typed as the site's address is not one, or not one for the public."""
    from press.model.site_address import NOT_PUBLIC, describe_private_address, describe_wrong_address

    if wrong := describe_wrong_address(url):
        return [error("--url", 0, "choice", f"this is “{url}”{wrong}")]
    if public and (why := describe_private_address(url)):
        return [error("--url", 0, "public-address", f"this {NOT_PUBLIC.format(url, why)}")]
    return []


def _print_built(options: BuildOptions, report: BuildReport) -> None:
    _print_problems(problem for problem in report.problems if problem.level is not Level.ADVICE)
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

    _print_problems(report.all_problems)
    print(
        write_report(report, whole=len(report.items) <= FEW_TEXTS) if report.items else f"{summarise(report)}\n",
        end="",
    )
    file = keep_report(chosen, report)
    if file:
        print(f"The full report is in {display_path(file)}.")


def _print_problems(problems: Iterable[Diagnostic]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def _unchanged(path: Path) -> str:
    """Return the closing sentence of a failed command, such as `output is unchanged`."""
    shown = display_path(path)
    return f"{'This folder' if shown == '.' else shown} is unchanged."


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()
