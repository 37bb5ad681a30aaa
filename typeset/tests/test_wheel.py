"""The wheel: what is in it, and a stock Pelican site that has it from the wheel alone."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zipfile import ZipFile

import pytest

PROJECT = Path(__file__).parents[1]
SETUPTOOLS = 77  # as pyproject.toml asks
CONFIG = """
AUTHOR, SITENAME, SITEURL = "A", "A site", ""
PATH, OUTPUT_PATH, THEME = "content", "output", "simple"
TIMEZONE, DEFAULT_LANG = "Europe/London", "en"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
PLUGINS = ["pelican_typeset"]
"""
SOURCES = {
    "a.md": "Title: The « calm » of a\nDate: 2006-10-24\n\nA « quiet » word.\n",
    "b.rst": "The « calm » of b\n#################\n\n:date: 2006-10-24\n\nA « quiet » word.\n",
    "c.html": '<html><head><title>The « calm » of c</title><meta name="date" content="2006-10-24"></head>'
    "<body><p>A « quiet » word.</p></body></html>",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel: with the setuptools that is here, or in CI with the one that pip fetches."""
    try:
        is_new = int(version("setuptools").partition(".")[0]) >= SETUPTOOLS
    except PackageNotFoundError:
        is_new = False
    if not is_new and not os.environ.get("CI"):
        pytest.skip(f"setuptools {SETUPTOOLS} is not installed, and only CI fetches it: pip install -U setuptools")
    folder, project = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("sources") / "typeset"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("build", "*.egg-info", ".*"))
    options = ["--no-deps", "--quiet", "--wheel-dir", str(folder), *(["--no-build-isolation"] if is_new else [])]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(project)], check=True)
    (built,) = folder.iterdir()
    return built


@pytest.mark.slow
def test_it_has_the_code_the_licence_and_the_readme_and_no_tests(wheel: Path) -> None:
    assert wheel.name == "pelican_typeset-0.1.0-py3-none-any.whl"
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read("pelican_typeset-0.1.0.dist-info/METADATA").decode()
    assert {name.partition("/")[0] for name in names} == {"pelican_typeset", "pelican_typeset-0.1.0.dist-info"}
    assert {Path(name).name for name in names if name.startswith("pelican_typeset/")} == {
        file.name for file in (PROJECT / "pelican_typeset").glob("*.py")
    }
    assert "pelican_typeset-0.1.0.dist-info/licenses/LICENSE" in names
    assert "License-Expression: AGPL-3.0-or-later" in metadata
    assert (PROJECT / "README.md").read_text(encoding="utf-8") in metadata
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist") and "extra" not in line]
    assert sorted(required) == ["Requires-Dist: pelican>=4.5", "Requires-Dist: typogrify>=2.0.7"]


@pytest.mark.slow
@pytest.mark.parametrize("typogrify", [True, False])
def test_one_line_in_plugins_typesets_a_stock_site(wheel: Path, tmp_path: Path, typogrify: bool) -> None:
    content, packages = tmp_path / "content", tmp_path / "packages"
    content.mkdir()
    for name, text in SOURCES.items():
        (content / name).write_text(text, encoding="utf-8")
    (tmp_path / "pelicanconf.py").write_text(f"{CONFIG}TYPOGRIFY = {typogrify}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(packages)]
    subprocess.run([*pip, str(wheel)], check=True)
    program = "import pelican_typeset as p, pelican; print(p.__file__); pelican.main(['-s', 'pelicanconf.py'])"
    found = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(packages)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.startswith(str(packages)), "the site did not use the wheel"
    for letter in "abc":
        page = (tmp_path / "output" / f"the-calm-of-{letter}.html").read_text(encoding="utf-8")
        page = page.replace("&#8220;", "“").replace("&#8221;", "”").replace("&nbsp;", " ")
        assert ("The “calm” of" in page, "A “quiet” word." in page, "«" in page) == (True, True, False)
