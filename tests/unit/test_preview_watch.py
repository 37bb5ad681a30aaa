"""Which changes need a new worker."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from press.preview import watch
from press.preview.own_folder import ENDED_PREVIEWS, delete_for, own_folder
from press.preview.watch import Watch
from press.publish.places import WORK


def test_the_code_of_an_installed_press_needs_a_new_worker_and_its_theme_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "site-packages" / "press"
    monkeypatch.setattr(watch, "PRESS_FOLDER", installed)
    monkeypatch.setattr(watch, "PRESS_THEME", installed / "theme")
    with closing(Watch(tmp_path)) as watching:
        for name in ("build.py", "preview/live.js"):
            assert watching.touches_code([str(tmp_path / "content" / "a.md"), str(installed / name)])
        assert watching.touches_code([str(tmp_path / "pelicanconf.py")])
        for name in ("theme/templates/base.html", "theme/static/css/text.css"):
            assert not watching.touches_code([str(installed / name), str(tmp_path / "content" / "a.md")])


def test_the_trees_of_a_preview_are_gone_at_its_end_and_what_it_has_no_time_to_delete_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = tmp_path / WORK / ENDED_PREVIEWS
    monkeypatch.setattr("press.preview.own_folder.LAST_MOMENT", 0.0)
    with own_folder(tmp_path, 8000) as folder:
        (folder / "tree" / "2006").mkdir(parents=True)
        (folder / "tree" / "2006" / "index.html").write_text("page", encoding="utf-8")
    assert not folder.exists()
    assert [path.name for path in ended.rglob("*.html")] == ["index.html"]
    delete_for(ended, 60.0)
    assert not ended.exists()
    delete_for(ended, 60.0)  # nothing there is nothing wrong


def test_what_a_killed_preview_left_is_not_in_the_folder_of_the_next(tmp_path: Path) -> None:
    killed = tmp_path / WORK / "preview" / "8000" / "tree"
    killed.mkdir(parents=True)
    with own_folder(tmp_path, 8000) as folder:
        assert list(folder.iterdir()) == []
