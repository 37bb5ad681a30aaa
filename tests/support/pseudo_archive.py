"""An archive in a language that nobody writes, with everything on: what is in Latin letters is in no catalogue.

Its words are in Greek letters (pseudo_language.py), its months and numbers in Belarusian, by Babel, and its texts in
Cyrillic and Greek letters.
"""

from __future__ import annotations

from pathlib import Path

from press.messages.message_files import catalogue_name
from tests.conftest import Project, make_project
from tests.support.photos import photo
from tests.support.pseudo_language import write_pseudo_catalogue

LANG = "be"

_SETTINGS = """
THEME_TEMPLATES_OVERRIDES = ["theme/templates"]
DEFAULT_LANG, SITENAME, SITESUBTITLE = "be", "Архіў лістовак і кніг", "Усё, што раздавалі."
LEAFLETS_REPORT_TO, SEARCH = "mailto:a@b.example", True
SEARCH_ENGINES = {"Шукач": "https://search.example/?q=site:{site}"}
"""

_FULL = """\
Title: Хлеб і ружы
Date: 1974-05-01
Category: Пісьмы
Authors: Ада Брэнан; Том Пэл; Іна Рос; Ян Коз
Series: Бюлетэнь
Tags: хлеб, гісторыя
Translator: Ева Лях
Publisher: Камітэт
Place: Менск
Source: Скрынка 3.
Identifier: ХР 14
Rights: Вольна.
Notes: Без подпісу.
Added: 2026-03-01
Summary: Пра хлеб.
Corrections:
    Літара ў слове выпраўлена.
Redirect-from:
    /1974/05/old/

Слова, і яшчэ слова.[^a]

![Булка]({static}/images/loaf.png)

![]({static}/images/plain.png)

## Першы раздзел

| Хлеб | Ружы |
|---|---|
| 1 | 2 |

    код  радок

## Другі раздзел

Слова ў канцы.

## Трэці раздзел

{words}

[^a]: Заўвага.
"""

_DATES = (
    "1975~ 1976? 197X 19XX 1918/1920 ../1917 1968/.. undated 2006-21 2006-22 2006-23 2006-24 2006-10 2006".split()
)


def make_small_archive(root: Path) -> Project:
    """Make an archive of few texts, with every key of a header and all downloads."""
    project = _make_archive(root, 'DOWNLOADS_FORMATS = "all"\n')
    project.write("content/full.md", _FULL.replace("{words}", "Слова ў канцы. " * 700))
    for name in ("loaf", "plain"):
        project.write(f"content/images/{name}.png", photo(".png", size=(1800, 900)))
    for number, date in enumerate(_DATES):
        project.write(f"content/d{number}.md", f"Title: Дата {number}\nDate: {date}\n\nСлова.\n")
    project.write("content/el.md", "Title: Ψωμί\nDate: 1980\nLang: el\nTranslation-of: khleb-i-ruzhy\n\nΛόγια.\n")
    project.write("content/ka.md", "Title: პური\nDate: 1981\nLang: ka\nCategory: Пісьмы\n\nსიტყვა.\n")
    project.write("content/cu.md", "Title: Знакі\nDate: 1982\nAdded: 2026-03-02\n\nЗнак 麵包麵包麵包.\n")
    project.write("content/pages/home.md", "Title: Вітаем\n\nПачатак.\n")
    project.write("content/pages/about.md", "Title: Пра нас\n\nСлова.\n")
    project.write("content/ledger.txt", "/leaflets/gone/ removed 2026-01-02 Аўтар папрасіў.\n")
    return project


def make_large_archive(root: Path) -> Project:
    """Make an archive whose lists have several pages, without downloads."""
    project = _make_archive(root, 'DOWNLOADS_FORMATS = "none"\n')
    for number in range(60):
        tags = f"Tags: знак {2 * number}, знак {2 * number + 1}\nAuthor: {'パン' if number % 2 else 'Ян'} {number}\n"
        month = f"-{number % 12 + 1:02}" if number else ""
        project.write(f"content/n{number}.md", f"Title: Ліст {number}\nDate: 1974{month}\n{tags}\nСлова.\n")
    return project


def _make_archive(root: Path, settings: str) -> Project:
    project = make_project(root, _SETTINGS + settings)
    project.write(f"theme/{catalogue_name(LANG)}", write_pseudo_catalogue(LANG))
    (root / "theme" / "templates").mkdir()
    return project
