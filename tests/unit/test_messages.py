"""The words of the interface: every language has all of them, and a catalogue that lacks or breaks any is refused."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from press.diagnostics import Refused
from press.editor.translate import translate_interface
from press.messages.message_check import describe_wrong_interface, find_wrong_messages, load_translations
from press.messages.message_files import catalogue_name, find_catalogues, list_interface_languages
from press.messages.message_list import LIST_FILE, list_ids, read_message_list
from press.messages.message_reader import plural_forms_of
from press.model.languages import has_month_names, script_subtag
from press.theme_folders import PRESS_THEME, ThemeFolders
from tests.conftest import ROOT
from tests.support.pseudo_language import write_pseudo_catalogue
from tools.messages import HINTS, gather_messages, write_list

PRESS = ThemeFolders((PRESS_THEME,))
LANGUAGES = list_interface_languages(PRESS)


def with_catalogue(folder: Path, tag: str, text: str | bytes) -> ThemeFolders:
    """Return a theme whose own folder has a catalogue."""
    file = folder / "theme" / catalogue_name(tag)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return ThemeFolders((folder / "theme", PRESS_THEME))


def wrong_in(theme: ThemeFolders, tag: str) -> list[str]:
    """Return what is wrong with the words of a language: line and message."""
    return [f"{p.line}: {p.message}" for p in find_wrong_messages(theme, tag) if p.rule == "messages"]


# The press's own


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_message_is_translated_into_every_language(tag: str) -> None:
    assert find_wrong_messages(PRESS, tag) == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_catalogue_keeps_messages_that_nothing_shows(tag: str) -> None:
    wanted = list_ids(read_message_list(PRESS))
    for _, path in find_catalogues(PRESS, tag):
        written = re.findall(r"^#?~? ?msgid ", path.read_text(encoding="utf-8"), re.MULTILINE)
        headers = path.read_text(encoding="utf-8").count("\n# Keep what is in %")
        assert len(written) - headers == len(wanted), path


def test_a_translator_is_told_what_the_english_does_not_tell(tmp_path: Path) -> None:
    text = translate_interface(tmp_path, "sv").path.read_text(encoding="utf-8")
    for message, hint in HINTS.items():
        (above,) = [block for block in text.split("\n\n") if f'\nmsgid "{message}"\n' in block]
        assert f"#. {hint}\n" in above


def test_the_list_of_messages_is_that_of_the_code() -> None:
    assert (PRESS_THEME / LIST_FILE).read_bytes() == write_list(gather_messages())


def test_an_installed_press_has_the_list_and_the_catalogues(tmp_path: Path) -> None:
    """As the wheel has them: the theme is in the package, and there is no checkout."""
    installed = tmp_path / "site" / "press"
    shutil.copytree(ROOT / "press", installed, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PRESS_THEME, installed / "theme")
    script = (
        "from pathlib import Path; from press.editor.translate import translate_interface as t;"
        "r = t(Path.cwd(), 'sv'); print(r.messages, r.missing, r.path.relative_to(Path.cwd()))"
    )
    run = [sys.executable, "-c", script]
    env = {"PYTHONPATH": str(tmp_path / "site"), "PYTHONDONTWRITEBYTECODE": "1"}
    said = subprocess.run(run, cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout
    count = len(list_ids(read_message_list(PRESS)))
    assert said == f"{count} {count} theme/translations/sv/LC_MESSAGES/messages.po\n"
    assert translate_interface(tmp_path / "other", "sv").messages == count
    other = (tmp_path / "other" / "theme" / catalogue_name("sv")).read_bytes()
    assert (tmp_path / "theme" / catalogue_name("sv")).read_bytes() == other


# Which languages a site can be in


def test_a_language_without_a_catalogue_is_refused_with_those_that_have_one() -> None:
    assert describe_wrong_interface(PRESS, "sv") == (
        f", and the interface is not in Swedish. Write {', '.join(_named())}; or translate it: inv translate sv."
    )
    assert describe_wrong_interface(PRESS, "ann").startswith(", which has no names of months in CLDR")
    assert not any(describe_wrong_interface(PRESS, tag) for tag in ("en", "en-GB", "fr", "fr-CA", "ar-EG"))


def _named() -> list[str]:
    names = {"ar": "Arabic", "en": "English", "fr": "French", "ru": "Russian", "tr": "Turkish"}
    names |= {"de": "German", "es": "Spanish", "it": "Italian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese"}
    return [f"{tag} ({names[tag]})" for tag in LANGUAGES]


@pytest.mark.parametrize(
    ("lang", "served"),
    [
        ("fr-CA", ["fr"]),
        ("zh-Hant", ["zh-Hant"]),
        ("zh-TW", ["zh-Hant"]),
        ("zh", ["zh"]),
        ("zh-CN", ["zh"]),
        ("sr-Latn", []),
        ("sr-RS", ["sr"]),
        ("pt-BR", ["pt-BR", "pt"]),
        ("nonsense", []),
        ("../../x", []),
    ],
)
def test_a_catalogue_serves_the_regions_of_a_language_but_no_other_script(
    lang: str, served: list[str], tmp_path: Path
) -> None:
    for tag in ("zh", "zh-Hant", "sr", "pt-BR", "pt", "fr"):
        with_catalogue(tmp_path, tag, "")
    assert [tag for tag, _ in find_catalogues(ThemeFolders((tmp_path / "theme",)), lang)][: len(served)] == served


def test_a_language_has_the_script_of_its_region() -> None:
    assert [script_subtag(tag) for tag in ("zh", "zh-TW", "sr", "sr-ME", "en", "en-Shaw", "x")] == (
        ["Hans", "Hant", "Cyrl", "Latn", "Latn", "Shaw", ""]
    )


def test_of_some_languages_only_the_name_is_known() -> None:
    assert [tag for tag in ("ann", "arn", "de", "fr-CA", "eo", "zh-Hant", "akk", "en") if has_month_names(tag)] == (
        ["de", "fr-CA", "eo", "zh-Hant", "en"]
    )


def test_a_language_without_months_leaves_those_of_others_alone() -> None:
    """In a fresh process: Babel resolves the names of a language once, and keeps them in data shared with others."""
    script = (
        "from press.editor.importing.date_words import _month_names as names; from babel import Locale;"
        "from press.model.languages import has_month_names as has; assert not has('ann'); assert not names('ann');"
        "print(Locale('de').months['stand-alone']['wide'][1])"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said == "Januar\n"


# A catalogue of one's own


def test_translating_begins_a_catalogue_with_every_message_and_the_plurals_of_its_language(tmp_path: Path) -> None:
    report = translate_interface(tmp_path, "sl")
    text = report.path.read_text(encoding="utf-8")
    assert (report.own, report.missing) == (0, report.messages)
    assert '"Plural-Forms: nplurals=4; plural=' in text and "msgstr[3]" in text and "msgstr[4]" not in text
    assert "#. msgstr[0] is for 1, 101, 201; msgstr[1] is for 2, 102, 202; msgstr[2] is for 3, 4, 103; " in text
    theme = ThemeFolders((tmp_path / "theme", PRESS_THEME))
    *first, rest = wrong_in(theme, "sl")
    assert len(first) == 20 and rest.endswith(f"{report.messages - 20} more messages are not translated. "
                                              "Write each in its msgstr.")  # fmt: skip
    assert describe_wrong_interface(theme, "sl") == ""


def test_translating_again_adds_what_is_new_and_keeps_what_is_there(tmp_path: Path) -> None:
    written = '# Ours.\nmsgid ""\nmsgstr ""\n"Last-Translator: Ada\\n"\n\n# a note\nmsgid "Dates"\nmsgstr "Datum"\n'
    with_catalogue(tmp_path, "sv", written + '\nmsgid "Gone"\nmsgstr "Borta"\n')
    report = translate_interface(tmp_path, "sv")
    text = report.path.read_text(encoding="utf-8")
    assert (report.own, report.missing) == (1, report.messages - 1)
    assert text.startswith('# Ours.\nmsgid ""\nmsgstr ""\n"Last-Translator: Ada\\n"\n\n')
    assert 'msgid "Dates"\nmsgstr "Datum"\n' in text and "# a note" in text
    assert '#~ msgid "Gone"\n#~ msgstr "Borta"\n' in text
    translate_interface(tmp_path, "SV")
    assert report.path.read_text(encoding="utf-8") == text


def test_an_archive_changes_a_few_words_of_a_language_that_the_press_has(tmp_path: Path) -> None:
    report = translate_interface(tmp_path, "fr")
    assert (report.own, report.missing) == (0, 0)
    text = report.path.read_text(encoding="utf-8")
    assert "#. Without words here: “Sommaire”\n" in text
    report.path.write_text(text.replace('msgid "Contents"\nmsgstr ""', 'msgid "Contents"\nmsgstr "Table"'), "utf-8")
    theme = ThemeFolders((tmp_path / "theme", PRESS_THEME))
    words = load_translations(theme, "fr-CA")
    assert (words.gettext("Contents"), words.gettext("undated"), wrong_in(theme, "fr")) == ("Table", "sans date", [])


def test_what_is_not_a_language_is_not_translated_and_nothing_is_written(tmp_path: Path) -> None:
    for lang in ("xx", "../fr", "", "ann"):
        with pytest.raises(Refused, match=r"^lang: error: \[choice\] “"):
            translate_interface(tmp_path, lang)
    assert not list(tmp_path.iterdir())


def test_the_messages_of_an_own_template_are_wanted_too(tmp_path: Path) -> None:
    template = tmp_path / "theme" / "templates" / "page.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ _('Bread for all') }}{% broken", "utf-8")
    (template.parent / "gone.html").write_text("{{ _('Roses for all') }}", "utf-8")
    theme = ThemeFolders((tmp_path / "theme", PRESS_THEME))
    with_catalogue(tmp_path, "fr", "")
    (said,) = wrong_in(theme, "fr")
    assert said.startswith("1: “Roses for all” of theme/templates/gone.html is not here. To add what is new")
    translate_interface(tmp_path, "fr")
    (said,) = wrong_in(theme, "fr")
    assert said.endswith("“Roses for all” is not translated. Write it in its msgstr.")
    assert wrong_in(theme, "en") == []


# What is wrong with a catalogue


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('msgstr[0] "%(number)s A"\nmsgstr[1] ""\nmsgstr[2] "%(number)s C"', "has 2 of 3 plural forms."),
        ('msgstr[0] "%(number)s A"\nmsgstr[1] "B"\nmsgstr[2] "%(number)s C"', "has lost “%(number)s”"),
        ('msgstr[0] "%(nomber)s"\nmsgstr[1] "%(number)s"\nmsgstr[2] "%(number)s"', "has “%(nomber)s”, which the"),
        ('msgstr[0] "%(number)d"\nmsgstr[1] "%(number)s"\nmsgstr[2] "%(number)s"', "has “%(number)d”, which the"),
        ('msgstr[0] "%(number) s"\nmsgstr[1] "%(number)s"\nmsgstr[2] "%(number)s"', "has a lone “%”."),
        (
            'msgstr[0] "<b>%(number)s"\nmsgstr[1] "%(number)s"\nmsgstr[2] "%(number)s"',
            "has “<”, which would be taken",
        ),
    ],
)
def test_a_message_that_would_show_something_wrong_is_named(line: str, said: str, tmp_path: Path) -> None:
    message = f'msgid "%(number)s leaflet"\nmsgid_plural "%(number)s leaflets"\n{line}\n'
    theme = with_catalogue(tmp_path, "be", f"\n{message}")
    first = wrong_in(theme, "be")[0]
    assert first.startswith(f"2: “%(number)s leaflet” {said}"), first
    assert load_translations(theme, "be").ngettext("%(number)s leaflet", "x", 1) == "%(number)s leaflet"


def test_a_form_of_one_number_alone_may_be_without_a_figure(tmp_path: Path) -> None:
    message = 'msgid "%(number)s leaflet"\nmsgid_plural "%(number)s leaflets"\nmsgstr[0] "ett blad"\n'
    theme = with_catalogue(tmp_path, "sv", f'{message}msgstr[1] "%(number)s blad"\n')
    assert not [said for said in wrong_in(theme, "sv") if "number" in said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b'msgid "Dates"\nmsgstr "D\xe9"\n', "2: this line is not UTF-8."),
        ('msgid "Dates"\nmsgstr Datum\n', "2: “msgstr Datum” is not a line of a catalogue."),
        ('msgid "Dates"\nmsgstr "Da"tum"\n', "2: “msgstr \"Da\"tum\"” is not a line"),
        ('msgid "Dates"\nmsgid "Titles"\n', "2: msgid cannot follow msgid."),
        ('msgstr "Datum"\n', "1: msgstr cannot follow nothing."),
        ('"Datum"\n', "1: words are here before the first msgid."),
        ('msgid "Dates"\n# why\nmsgstr "Datum"\n', "2: a comment is between msgid and its msgstr."),
        ('msgid "Dates"\n', "1: the file ends after msgid."),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\nmsgstr[2] "e"\n', "5: msgstr[2] is a plural"),
        ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n', "3: this is not how the press"),
        ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=n/0;\\n"\n', "3: this is not how the press counts"),
        ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=import;\\n"\n', "3: this is not how the press"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_a_catalogue_is_refused_at_its_line(text: str | bytes, said: str, tmp_path: Path) -> None:
    theme = with_catalogue(tmp_path, "sv", text)
    (problem,) = wrong_in(theme, "sv")
    assert problem.startswith(said), problem
    with pytest.raises(Refused):
        translate_interface(tmp_path, "sv")
    assert (tmp_path / "theme" / catalogue_name("sv")).read_bytes() == (
        text if isinstance(text, bytes) else text.encode()
    )


def test_the_header_may_be_written_by_another_program(tmp_path: Path) -> None:
    header = (
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=KOI8-R\\n"\n'
        '"POT-Creation-Date: yesterday\\n"\n"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "\n'
        '"n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"\n'
    )
    theme = with_catalogue(tmp_path, "be", f'{header}\nmsgid "Dates"\nmsgstr "Даты"\n')
    assert [said for said in wrong_in(theme, "be") if not said.startswith("1: ")] == []
    assert load_translations(theme, "be").gettext("Dates") == "Даты"


def test_a_fuzzy_message_is_not_shown(tmp_path: Path) -> None:
    theme = with_catalogue(tmp_path, "fr", '#, fuzzy\nmsgid "Dates"\nmsgstr "Peut-être"\n')
    (said,) = wrong_in(theme, "fr")
    assert said.startswith("2: “Dates” is marked as fuzzy")
    assert load_translations(theme, "fr").gettext("Dates") == "Dates"


PIECES = st.sampled_from(
    [*'"%(){}[]\\\n#~, <&', "msgid ", "msgstr ", "msgstr[1] ", "%(number)s", "#, fuzzy\n", "\r\n", "é"]
)
WHOLE = write_pseudo_catalogue("be")


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 3), PIECES), min_size=1, max_size=6))
@example([(0, 0, "\N{ZERO WIDTH NO-BREAK SPACE}")])
def test_no_damage_to_a_catalogue_is_a_crash(damage: list[tuple[int, int, str]]) -> None:
    from tempfile import TemporaryDirectory

    text = WHOLE
    for at, length, piece in damage:
        text = text[:at] + piece + text[at + length :]
    with TemporaryDirectory() as folder:
        theme = with_catalogue(Path(folder), "be", text)
        find_wrong_messages(theme, "be")
        words = load_translations(theme, "be")
    values = dict.fromkeys(("number", "date", "name", "names", "site", "time", "year", "words", "label"), 1)
    for key in list_ids(read_message_list(PRESS)):
        forms = [words.ngettext(*key, n) for n in range(5)] if isinstance(key, tuple) else [words.gettext(key)]
        names = dict.fromkeys(re.findall(r"%\((\w+)\)", "".join(forms)), 1)
        assert names.keys() <= set(re.findall(r"%\((\w+)\)", "".join(key))), key
        assert [form % {**values, **names} for form in forms]


def test_babel_counts_as_the_catalogues_do() -> None:
    assert [plural_forms_of(tag)[0] for tag in ("en", "fr-CA", "pl", "ru", "ar", "ja", "akk", "pt-BR")] == (
        [2, 2, 3, 3, 6, 1, 2, 2]
    )
