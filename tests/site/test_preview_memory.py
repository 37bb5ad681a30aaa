"""What the worker of a preview keeps never shows: at random, and in cases that chance might miss."""

from __future__ import annotations

import pytest

from press.preview import memory as memory_module
from press.preview.job import Job, PreviewResult
from press.preview.memory import Memory
from press.preview.stages import fill_tree, finish_build
from press.search.documents import SearchDocument
from tests.conftest import ADDRESS, ROOT, SEARCHED, SETTINGS, Project, tree_of
from tests.support.preview_machine import PreviewMachine, run


def test_a_warm_preview_equals_one_that_has_just_started() -> None:
    before = PreviewMachine.compared
    run(examples=2, steps=20)
    assert PreviewMachine.compared > before + 20


def fill(project: Project, memory: Memory, name: str) -> tuple[PreviewResult, dict[str, bytes]]:
    tree = project.root / name
    tree.mkdir()
    job = Job(str(project.root / "testconf.py"), str(project.content), str(project.output), ADDRESS, drafts=True)
    return fill_tree(job, tree, memory), tree_of(tree)


def documents_of(memory: Memory) -> tuple[SearchDocument, ...]:
    """Finish a good build; return the documents of its search."""
    content = finish_build(memory)
    assert content is not None
    return content.documents


def test_only_a_changed_header_has_the_archive_validated_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    validated: list[int] = []
    plain = memory_module.validate_content
    monkeypatch.setattr(
        memory_module, "validate_content", lambda *given: validated.append(len(given[3])) or plain(*given)
    )
    memory = Memory()
    project.leaflet("a.md", "The harbour")
    for number, change in enumerate(
        [
            ("a.md", "Title: The harbour\nDate: 2006-10-24\n\nOther words.\n"),
            ("a.md", "Title: The mill\nDate: 2006-10-24\n\nOther words.\n"),
            ("names.txt", "# Names\n"),
            ("b.md", "Title: The bakery\nDate: 2006\n\nBread.\n"),
        ]
    ):
        fill(project, memory, f"before-{number}")
        project.write(f"content/{change[0]}", change[1])
        outcome, _ = fill(project, memory, f"after-{number}")
    assert outcome.errors == ()
    assert validated == [1, 1, 1, 2]


def test_a_wrong_text_is_wrong_until_it_is_corrected_and_then_as_it_was(project: Project) -> None:
    memory = Memory()
    file = project.leaflet("a.md", "The harbour")
    project.leaflet("b.md", "The mill")
    _, first = fill(project, memory, "first")
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace("2006-10-24", "24.10.2006"), encoding="utf-8")
    wrong, again = (fill(project, memory, name)[0].errors for name in ("wrong", "again"))
    assert "content/a.md:2: error: [date]" in wrong[0]
    assert wrong == again
    file.write_text(sound, encoding="utf-8")
    outcome, last = fill(project, memory, "last")
    assert outcome.errors == ()
    assert last == first


def test_templates_are_compiled_again_only_when_the_theme_changes(project: Project) -> None:
    compiled: list[str] = []
    memory = Memory()
    keep = memory.templates.dump_bytecode
    memory.templates.dump_bytecode = lambda bucket: compiled.append(bucket.key) or keep(bucket)  # type: ignore[method-assign]
    project.leaflet("a.md", "The harbour")
    fill(project, memory, "first")
    assert compiled
    count = len(compiled)
    project.leaflet("a.md", "The mill")
    fill(project, memory, "second")
    assert len(compiled) == count
    page = (ROOT / "theme" / "templates" / "leaflet.html").read_text(encoding="utf-8")
    project.write("theme/templates/leaflet.html", page.replace('<div class="text">', '<p>Seen</p><div class="text">'))
    _, tree = fill(project, memory, "third")
    assert len(compiled) > count
    assert b"<p>Seen</p>" in tree["leaflets/the-mill/index.html"]


def test_the_documents_of_the_search_are_those_of_the_present_texts(project: Project) -> None:
    project.write("testconf.py", SETTINGS + SEARCHED)
    memory = Memory()
    for name, title in (("a.md", "The harbour"), ("b.md", "The bakery")):
        project.leaflet(name, title)
    fill(project, memory, "first")
    one = documents_of(memory)
    project.leaflet("b.md", "The mill")
    fill(project, memory, "second")
    two = documents_of(memory)
    assert [document.path.split("/")[1] for document in one] == ["the-bakery", "the-harbour"]
    assert [document.path.split("/")[1] for document in two] == ["the-harbour", "the-mill"]
    fill(project, memory, "third")
    assert [a == b for a, b in zip(two, documents_of(memory), strict=True)] == [True, True]


def test_another_plugin_is_at_work_in_the_documents_too(project: Project) -> None:
    project.write(
        "sentences.py",
        "from pelican import signals\n"
        "def change(content):\n    content._content = content._content.replace('words', 'sentences')\n"
        "def register():\n    signals.content_object_init.connect(change)\n",
    )
    plugged = f"sys.path.insert(0, {str(project.root)!r})\nPLUGINS = [*PLUGINS, 'sentences']\n"
    project.write("testconf.py", f"{SETTINGS}{SEARCHED}{plugged}")
    project.leaflet("a.md", "The harbour")
    memory = Memory()
    for name in ("first", "second"):
        _, tree = fill(project, memory, name)
        assert b"sentences." in tree["leaflets/the-harbour/index.html"]
        assert "sentences." in documents_of(memory)[0].html
