"""`inv new` and `inv rename`: valid headers, permanent addresses, complete files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

import press.editor.importing as importing
from press.build import read_collection
from press.cli import run_check, run_import, run_new, run_rename
from press.diagnostics import Refused
from press.editor.new import NewLeafletOptions, create_leaflet
from press.editor.rename import plan_renaming, write_changes
from press.options import BuildOptions
from press.publish import Stopped
from tests.conftest import ADDRESS, ROOT, Project, tree_of


def options_of(project: Project) -> BuildOptions:
    return BuildOptions(project.root / "testconf.py", project.content, project.output, ADDRESS)


def rename(project: Project, old: str, new: str) -> list[str]:
    _, survey = read_collection(options_of(project))
    changes = plan_renaming(project.content, survey, old, new, ADDRESS)
    assert write_changes(changes) == []
    return [change.file.name for change in changes]


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.rule for problem in refused.value.problems]


def test_a_new_leaflet_is_not_published_with_its_placeholder(project: Project) -> None:
    project.content.mkdir()
    path = create_leaflet(project.content, NewLeafletOptions(" The harbour\n", "1974\n"))
    begun = path.read_text(encoding="utf-8")
    path.write_text(begun.replace("Status: draft\n", "") + "\nThe winter was long.\n", encoding="utf-8")
    (problem,) = project.refused()
    assert problem == (
        "content/leaflets/1974/the-harbour.md:5: error: [no-text] the placeholder from `inv new` is still here. "
        "Replace it with the text, or set `Status: draft`."
    )


def test_a_new_leaflet_passes_validation_and_is_a_draft(project: Project) -> None:
    project.leaflet("a.md")
    path = create_leaflet(
        project.content, NewLeafletOptions("The Harbour: “a winter”", "c. 1974", "Letters", "fr", "2026-11-23")
    )
    assert path == project.content / "leaflets/1974/the-harbour-a-winter.md"
    _, survey = read_collection(options_of(project))
    (entry,) = [entry for entry in survey.entries if entry.draft]
    assert (entry.title, entry.date.edtf, entry.category) == ("The Harbour: “a winter”", "1974~", "Letters")
    assert (entry.lang, str(entry.added), survey.drafts) == ("fr", "2026-11-23", 1)


def test_a_category_is_spelled_as_the_archive_spells_it(project: Project) -> None:
    project.write("content/a.md", "Title: A\nDate: 1974\nCategory: Letters\n\nWords.\n")
    path = create_leaflet(project.content, NewLeafletOptions("B", "1974", "letters"))
    assert "Category: Letters\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (NewLeafletOptions("A leaflet", "1974"), ["slug-taken"]),
        (NewLeafletOptions("Was once", "1974"), ["slug-taken"]),
        (NewLeafletOptions("B", "12 May 48"), ["date"]),
        (NewLeafletOptions("B", ""), ["date-missing"]),
        (NewLeafletOptions("", "1974"), ["title-missing"]),
        (NewLeafletOptions("!!!", "1974"), ["no-slug"]),
        (NewLeafletOptions("B", "1974", "!!!", "en_gb"), ["lang", "no-slug"]),
        (NewLeafletOptions("B\nSlug: c", "1974"), ["too-many-values"]),
        (NewLeafletOptions("B", "1974\u2028", "C\rD", "en\n"), ["too-many-values"]),
        (NewLeafletOptions("!!!", "12 May 48", "***"), ["date", "no-slug", "no-slug"]),
        (NewLeafletOptions("B\udce9", "1974"), ["encoding"]),
    ],
)
def test_a_wrong_option_is_refused_and_nothing_written(
    project: Project, options: NewLeafletOptions, rules: list[str]
) -> None:
    project.leaflet("a.md")
    project.write("content/b.md", "Title: Other\nDate: 1974\nRedirect-from: /leaflets/was-once/\n\nWords.\n")
    before = tree_of(project.root)
    with pytest.raises(Refused) as refused:
        create_leaflet(project.content, options)
    assert rules_of(refused) == rules
    assert tree_of(project.root) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            NewLeafletOptions("!!!", "1974"),
            "inv new: error: [no-slug] the title “!!!” has no letter or figure to make an address from. Write one "
            "that has, or write the file by hand, with a Slug: line (docs/editing.md).",
        ),
        (
            NewLeafletOptions("A", "1974", "**"),
            "inv new: error: [no-slug] the category “**” has no letter or figure to make an address from. Write one "
            "that has.",
        ),
        (
            NewLeafletOptions("The winter\nof 1974", "1974"),
            "inv new: error: [too-many-values] the title “The winter of 1974” has a line break in it. Write it on "
            "one line.",
        ),
    ],
)
def test_a_message_names_what_was_typed(project: Project, options: NewLeafletOptions, message: str) -> None:
    project.content.mkdir()
    with pytest.raises(Refused) as refused:
        create_leaflet(project.content, options)
    assert list(map(str, refused.value.problems)) == [message]


def test_a_new_leaflet_makes_no_content_folder(project: Project) -> None:
    with pytest.raises(Refused) as refused:
        create_leaflet(project.content, NewLeafletOptions("The harbour", "1974"))
    assert rules_of(refused) == ["no-content"]
    assert not project.content.exists()


def test_a_file_in_the_way_is_left_alone(project: Project) -> None:
    file = project.write("content/leaflets/1974/the-harbour.md", "Title: Something else\nDate: 1974\n\nWords.\n")
    with pytest.raises(Refused) as refused:
        create_leaflet(project.content, NewLeafletOptions("The harbour", "1974"))
    assert rules_of(refused) == ["file-exists"]
    assert "Something else" in file.read_text(encoding="utf-8")
    assert len(list(file.parent.iterdir())) == 1


def test_a_renamed_text_redirects_its_old_address_and_updates_links(project: Project) -> None:
    project.write("content/a.md", "Title: The harbour\nDate: 1974\nNotes: x\n\nSee [me](/leaflets/the-harbour/#n).\n")
    project.write(
        "content/b.md",
        "Title: B\nDate: 1975\nLang: fr\nTranslation-of: the-harbour\n\n"
        f"[1](../the-harbour/) [2](../../leaflets/the-harbour/#x) [3]({ADDRESS}/leaflets/the-harbour/) [4][h]\n"
        "/leaflets/the-harbour/ and [5](https://else.example/leaflets/the-harbour/) [6](../the-harbour-2/)\n\n"
        "[h]: /leaflets/the-harbour/\n",
    )
    project.write("content/c.md", "Title: C\nDate: 1975\n\nNothing of it.\n")
    assert rename(project, "the-harbour", "harbour") == ["a.md", "b.md"]
    assert (project.content / "a.md").read_text(encoding="utf-8") == (
        "Title: The harbour\nSlug: harbour\nDate: 1974\nNotes: x\nRedirect-from: /leaflets/the-harbour/\n\n"
        "See [me](/leaflets/harbour/#n).\n"
    )
    assert (project.content / "b.md").read_text(encoding="utf-8") == (
        "Title: B\nDate: 1975\nLang: fr\nTranslation-of: harbour\n\n"
        f"[1](../harbour/) [2](../../leaflets/harbour/#x) [3]({ADDRESS}/leaflets/harbour/) [4][h]\n"
        "/leaflets/the-harbour/ and [5](https://else.example/leaflets/the-harbour/) [6](../the-harbour-2/)\n\n"
        "[h]: /leaflets/harbour/\n"
    )


def test_the_site_builds_after_a_renaming_and_redirects(project: Project) -> None:
    project.write("content/a.md", "Title: The harbour\nDate: 1974\n\nWords.\n")
    project.write("content/b.md", "Title: B\nDate: 1975\n\n[1](../the-harbour/)\n")
    rename(project, "the-harbour", "harbour")
    project.build()
    assert "../../leaflets/harbour/" in project.page("leaflets/the-harbour/index.html") or (
        "../harbour/" in project.page("leaflets/the-harbour/index.html")
    )


def test_renaming_there_and_back_keeps_one_redirect(project: Project) -> None:
    project.write(
        "content/a.md",
        "Title: A\nDate: 1974\nSlug: one\nRedirect-from:\n    /x/\n    /leaflets/two/\nNotes: n\n\nWords.\n",
    )
    rename(project, "one", "two")
    text = (project.content / "a.md").read_text(encoding="utf-8")
    assert text == (
        "Title: A\nDate: 1974\nSlug: two\nRedirect-from:\n    /x/\n    /leaflets/one/\nNotes: n\n\nWords.\n"
    )


def test_line_ends_and_a_byte_order_mark_stay(project: Project) -> None:
    project.write("content/a.md", b"\xef\xbb\xbfTitle: A\r\nDate: 1974\r\n\r\nWords.\r\n")
    rename(project, "a", "b")
    assert (project.content / "a.md").read_bytes() == (
        b"\xef\xbb\xbfTitle: A\r\nSlug: b\r\nDate: 1974\r\nRedirect-from: /leaflets/a/\r\n\r\nWords.\r\n"
    )


def test_every_line_keeps_its_own_end(project: Project) -> None:
    project.write("content/a.md", b"Title: A\nDate: 1974\n\nWords.\r\nMore.\n")
    rename(project, "a", "b")
    assert (project.content / "a.md").read_bytes() == (
        b"Title: A\nSlug: b\nDate: 1974\nRedirect-from: /leaflets/a/\n\nWords.\r\nMore.\n"
    )


def test_a_text_that_changed_after_validation_is_left_alone(project: Project) -> None:
    file = project.write("content/a.md", "Title: A\nDate: 1974\n\nWords.\n")
    _, survey = read_collection(options_of(project))
    file.write_text("Title: A\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        plan_renaming(project.content, survey, "a", "b", ADDRESS)
    assert rules_of(refused) == ["vanished"]
    file.unlink()
    with pytest.raises(Refused):
        plan_renaming(project.content, survey, "a", "b", ADDRESS)


def test_messages_name_the_option_or_the_file_to_change(project: Project) -> None:
    project.write("content/a.md", "Title: Harbour\nDate: 1974\n\nWords.\n")
    with pytest.raises(Refused, match="Add --date with as much of it as is known, or --date undated"):
        create_leaflet(project.content, NewLeafletOptions("Hello", ""))
    with pytest.raises(Refused, match=r"“harbour” is already the slug of .*content/a\.md"):
        rename(project, "harbour", "harbour")


def test_lines_are_edited_inside_a_fenced_header(project: Project) -> None:
    project.write("content/a.md", "---\nTitle: A\nDate: 1974\n---\nWords.\n")
    rename(project, "a", "b")
    text = (project.content / "a.md").read_text(encoding="utf-8")
    assert text == "---\nTitle: A\nSlug: b\nDate: 1974\nRedirect-from: /leaflets/a/\n---\nWords.\n"


def test_lines_that_end_each_in_their_own_way_stay(project: Project) -> None:
    project.write("content/a.md", b"Redirect-from: /x/\rTitle:\n    A\r\nDate: 1974\n\rOne\r\ntwo.\n")
    rename(project, "a", "b")
    assert (project.content / "a.md").read_bytes() == (
        b"Redirect-from:\r    /x/\r    /leaflets/a/\rTitle:\n    A\r\nSlug: b\rDate: 1974\n\rOne\r\ntwo.\n"
    )


def test_a_page_is_renamed_too(project: Project) -> None:
    project.leaflet("a.md")
    project.write("content/pages/about.md", "Title: About\n\nWords.\n")
    rename(project, "about", "about-us")
    text = (project.content / "pages/about.md").read_text(encoding="utf-8")
    assert text == "Title: About\nSlug: about-us\nRedirect-from: /about/\n\nWords.\n"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("harbor", "x", "slug-unknown"),
        ("harbour", "Not A Slug", "slug"),
        ("harbour", "../x", "slug"),
        ("harbour", "b", "slug-taken"),
        ("harbour", "was-b", "slug-taken"),
        ("harbour", "harbour", "slug-taken"),
    ],
)
def test_a_renaming_that_cannot_be_made_is_refused(project: Project, old: str, new: str, rule: str) -> None:
    project.write("content/a.md", "Title: Harbour\nDate: 1974\n\nWords.\n")
    project.write("content/b.md", "Title: B\nDate: 1974\nRedirect-from: /leaflets/was-b/\n\nWords.\n")
    before = tree_of(project.content)
    with pytest.raises(Refused) as refused:
        rename(project, old, new)
    assert rules_of(refused) == [rule]
    assert tree_of(project.content) == before


def test_the_commands_report_what_they_did_and_end_with_a_code(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    project.write("in/good.txt", "The harbour\n\n3 May 1974\n\nThe winter was long.\n")
    project.write("in/bad.txt", b"\0")
    project.content.mkdir()
    with pytest.raises(SystemExit) as ended:
        run_import(options_of(project), "in", "Letters", "en", dry=False)
    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert printed.err.startswith("in/bad.txt: error: [binary]")
    assert "1 imported, 1 refused.\nThe full report is in .press/imports/" in printed.out
    run_new(options_of(project), "B", "1974", "", "")
    assert capsys.readouterr().out.startswith("Created content/leaflets/1974/b.md. ")
    run_rename(options_of(project), "the-harbour", "harbour")
    assert "+Slug: harbour\n" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        run_rename(options_of(project), "the-harbour", "harbour")
    assert "Did you mean harbour?" in capsys.readouterr().err
    run_check(options_of(project), "json")
    assert [problem["rule"] for problem in json.loads(capsys.readouterr().out)].count("summary-missing") == 2
    with pytest.raises(SystemExit):
        run_check(options_of(project), "xml")
    assert "Write lines, html, json, github." in capsys.readouterr().err


def test_an_import_that_is_stopped_reports_what_it_did(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_after_one(items: list[object], doing: str, many: int) -> Iterator[object]:
        yield items[0]
        raise Stopped(130)

    monkeypatch.chdir(project.root)
    monkeypatch.setattr(importing, "watch", stop_after_one)
    for name in ("a", "b"):
        project.write(f"in/{name}.txt", f"Text {name}\n\n3 May 1974\n\nThe winter was long.\n")
    project.content.mkdir()
    with pytest.raises(SystemExit) as ended:
        run_import(options_of(project), "in", "Letters", "en", dry=False)
    assert ended.value.code == 130
    printed = capsys.readouterr()
    assert "1 imported, 1 not tried.\nThe full report is in" in printed.out
    assert printed.err == "Stopped. Texts already imported are kept; run the command again to continue.\n"
    monkeypatch.undo()
    monkeypatch.chdir(project.root)
    run_import(options_of(project), "in", "Letters", "en", dry=False)
    assert "1 imported (1 to review), 1 already in the archive." in capsys.readouterr().out


def test_a_build_loads_nothing_of_the_editor(project: Project) -> None:
    project.leaflet("a.md")
    program = (
        "import sys; from pathlib import Path;"
        "from press.command_options import options_for; from press.cli import run_build;"
        "run_build(options_for('testconf.py', 'content', 'output'));"
        "print({m.partition('.')[0] for m in sys.modules} & {'dateparser', 'py3langid', 'ftfy', 'yaml', 'numpy'});"
        "print('press.editor' in sys.modules)"
    )
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project.root, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-2:] == ["set()", "False"]
