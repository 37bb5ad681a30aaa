"""Texts in any of the usual encodings are read as their words, or refused; never as gibberish."""

import codecs

import pytest

from press.context import read_settings
from press.diagnostics import Refused
from press.editor.importing import ImportOptions, ImportReport, import_texts
from press.editor.importing.code_pages import find_codec
from press.editor.importing.data_model import Confidence, ImportSettings
from press.editor.importing.encodings import decode_import
from press.editor.importing.guess_language import guess_language
from press.editor.importing.source_files import find_sources
from press.options import BuildOptions
from tests.conftest import Project

FRENCH = "La salle est glacée, et ceux qui s’y tiennent ont froid. Où est le bois qu’on nous a promis à Noël ?\n"
GERMAN = "Der Saal ist kalt, und die Männer frieren länger als er. Bringt Holz, früh und spät, für die Öfen.\n"
POLISH = "Robotnicy żądają chleba i pracy, a właściciele dają im słowa. Nikt się słowami nie naje.\n"
CZECH = "V síni je zima a muži, kteří v ní sedí, mrznou déle než ona. Přijďte a přineste dříví, než přijde večer.\n"
HUNGARIAN = "A terem hideg, és az emberek, akik benne ülnek, régebben fáznak, mint ő. Jöjjetek, hozzatok tűzifát.\n"
RUSSIAN = "Товарищи! Хлеб дорожает с каждым днём, а мост закрыт для тех, кто идёт на работу пешком.\n"
UKRAINIAN = "Товариші! Хліб дорожчає щодня, а міст зачинено для тих, хто йде на роботу пішки. Їжі немає.\n"
GREEK = "Αύριο το πρωί κανείς δεν ανάβει τον φούρνο. Το ψωμί της πόλης το ζυμώνουμε εμείς, όλοι μαζί.\n"
TURKISH = (
    "Salon soğuk, içinde oturanlar ondan daha uzun süredir üşüyor. Gelin, akşam olmadan odun getirin, işçiler.\n"
)
HEBREW = "האולם קר, והאנשים היושבים בו קופאים יותר זמן ממנו. בואו והביאו עצים לפני הערב.\n"
ARABIC = "القاعة باردة والرجال الجالسون فيها يشعرون بالبرد منذ زمن طويل. تعالوا وأحضروا الحطب قبل المساء.\n"
LITHUANIAN = "Salė šalta, ir vyrai, kurie joje sėdi, šąla ilgiau. Ateikite ir atneškite malkų, kol neatėjo vakaras.\n"
JAPANESE = "部屋は寒く、そこに座っている男たちは部屋よりも長く凍えている。夕方までに薪を持って来てください。\n"
CHINESE = "大厅很冷，坐在里面的人比大厅冷得更久。请你们在天黑以前带着木柴来，我们一起把炉子生起来。\n"
TAIWANESE = "大廳很冷，坐在裡面的人比大廳冷得更久。請你們在天黑以前帶著木柴來，我們一起把爐子生起來。\n"
KOREAN = "회관은 춥고 그 안에 앉아 있는 사람들은 회관보다 더 오래 추위에 떨었다. 저녁이 되기 전에 나무를 가져오라.\n"
SPANISH = "La sala está fría, y los señores de la fábrica no lo sabrán jamás. ¿Quién traerá la leña mañana? ¡Venid!\n"
SWEDISH = "Salen är kall, och männen som sitter där har frusit längre än den. Kom före kvällen och bär med er ved.\n"
PLAIN = [
    *((FRENCH, page) for page in ("cp1252", "mac_roman")),
    *((GERMAN, page) for page in ("cp1252", "iso8859-15", "mac_roman", "cp850", "cp437")),
    *((SPANISH, page) for page in ("cp1252", "iso8859-1", "mac_roman", "cp850", "cp437")),
    *((SWEDISH, page) for page in ("cp1252", "mac_roman", "cp850")),
    *((POLISH, page) for page in ("cp1250", "iso8859-2", "cp852")),
    *((CZECH, page) for page in ("cp1250", "iso8859-2", "cp852")),
    *((HUNGARIAN, page) for page in ("cp1250", "iso8859-2", "cp852")),
    *((RUSSIAN, page) for page in ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac_cyrillic")),
    *((UKRAINIAN, page) for page in ("cp1251", "koi8-u", "mac_cyrillic")),
    *((GREEK, page) for page in ("cp1253", "iso8859-7", "cp737")),
    *((TURKISH, page) for page in ("cp1254", "iso8859-9", "cp857")),
    *((HEBREW, page) for page in ("cp1255", "iso8859-8", "cp862")),
    *((ARABIC, page) for page in ("cp1256", "iso8859-6")),
    (LITHUANIAN, "cp1257"),
    *((JAPANESE, page) for page in ("shift_jis", "euc_jp")),
    (CHINESE, "gb18030"),
    (TAIWANESE, "big5"),
    (KOREAN, "euc_kr"),
]


@pytest.mark.parametrize(("text", "page"), PLAIN, ids=[f"{text.split()[0]}-{page}" for text, page in PLAIN])
def test_the_code_page_that_makes_words_is_taken(text: str, page: str) -> None:
    decoded, notes, problems = decode_import(text.encode(page), "a.txt")
    assert (decoded, problems) == (text, [])
    assert notes[0].confidence is Confidence.REVIEW
    assert "right?" in notes[0].message


@pytest.mark.parametrize("text", [FRENCH, POLISH, RUSSIAN, GREEK, JAPANESE, "The hall is cold.\n"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_unicode_with_and_without_its_first_bytes(text: str, encoding: str) -> None:
    longer = f"1905\n\n{text}{text}"
    assert decode_import(longer.encode(encoding), "a.txt")[::2] == (longer, [])


@pytest.mark.parametrize(
    ("text", "page", "heading"),
    [
        (RUSSIAN, "koi8-r", "ХЛЕБА И РАБОТЫ!"),
        (RUSSIAN, "cp866", "ХЛЕБА И РАБОТЫ!"),
        (GREEK, "cp1253", "ΨΩΜΙ ΚΑΙ ΔΟΥΛΕΙΑ"),
        (FRENCH, "cp1252", "À BAS L’HIVER !"),
    ],
)
def test_capitals_throughout_a_heading_are_no_fault(text: str, page: str, heading: str) -> None:
    assert decode_import(f"{heading}\n\n{text}".encode(page), "a.txt")[0].startswith(heading)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("We met at the café and left.\n", "cp1252"),
        ("It’s a café — “ours”.\n", "mac_roman"),
        ("Price £5 – “now”\n", "cp1252"),
        ("El niño vino ayer\n", "cp850"),
        ("«Vive la Commune»\n", "cp1252"),
    ],
)
def test_a_single_letter_or_mark_is_read_as_the_commonest(text: str, page: str) -> None:
    assert decode_import(text.encode(page), "a.txt")[0] == text


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(0x80, 0x100)) * 2,
        "ห้องโถงหนาว และคนที่นั่งอยู่ในนั้นหนาวมานานกว่าห้อง โปรดมาและนำฟืนมาด้วย".encode("cp874"),
        b"Caf\x81\xe9 and more of it\n",
        bytes((n * 71 + 13) % 128 + 128 if n % 6 else 32 for n in range(300)),
    ],
)
def test_gibberish_is_refused_and_the_option_named(data: bytes) -> None:
    text, _, problems = decode_import(data, "a.txt")
    assert (text, [problem.rule for problem in problems]) == ("", ["encoding"])
    assert "--encoding" in problems[0].message


def test_a_few_letters_in_another_encoding_within_utf8_are_shown() -> None:
    data = ("Über die Straße gehen wir früh und spät, für die Öfen.\n" * 3).encode() + "Und die Männer\n".encode(
        "cp1252"
    )
    text, notes, problems = decode_import(data, "a.txt")
    assert (text.split("\n")[-2], problems) == ("Und die Männer", [])
    assert [note.line for note in notes if note.confidence is Confidence.REVIEW] == [4]


def test_broken_utf8_that_makes_no_word_is_refused_on_its_line() -> None:
    data = ("Über die Straße gehen wir früh und spät.\n" * 3).encode() + b"Und die M\x81nner\n"
    problems = decode_import(data, "a.txt")[2]
    assert [(problem.rule, problem.line) for problem in problems] == [("encoding", 4)]


def test_the_archivist_s_encoding_is_taken() -> None:
    text, notes, problems = decode_import(RUSSIAN.encode("cp866"), "a.txt", "CP866")
    assert (text, problems, notes[0].confidence) == (RUSSIAN, [], Confidence.SURE)


def test_a_wrong_encoding_is_refused_or_asked_about() -> None:
    assert decode_import(RUSSIAN.encode("koi8-r"), "a.txt", "ascii")[2][0].rule == "encoding"
    assert decode_import(RUSSIAN.encode("cp866"), "a.txt", "cp437")[1][0].confidence is Confidence.REVIEW


def test_utf8_in_a_folder_of_another_encoding_stays_utf8() -> None:
    assert decode_import(RUSSIAN.encode(), "a.txt", "cp866")[0] == RUSSIAN


@pytest.mark.parametrize(
    "name", ["cp1251", "Windows-1251", "windows 1251", "Latin-1", "mac roman", "KOI8-R", "utf-16"]
)
def test_names_of_encodings(name: str) -> None:
    assert codecs.lookup(find_codec(name))


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64", "unicode_escape", "idna", " ", "zip", "hex"])
def test_what_is_no_encoding_of_texts(name: str) -> None:
    assert find_codec(name) == ""


def test_an_unknown_encoding_is_one_clear_error(project: Project) -> None:
    project.write("in/a.txt", "The hall\n\n1926\n\nThe hall is cold.\n")
    project.content.mkdir()
    settings = read_settings(BuildOptions(project.root / "testconf.py", project.content, project.output))
    options = ImportOptions(project.root / "in", project.content, project.root, "2026-11-29", encoding="klingon")
    with pytest.raises(Refused) as refused:
        import_texts(options, settings, ImportReport())
    assert [problem.rule for problem in refused.value.problems] == ["encoding"]


@pytest.mark.parametrize(
    "hidden", [".a.txt", ".git/a.txt", "~$a.txt", "__MACOSX/a.txt", ".~a.md", "desktop.ini", "thumbs.db", "._a.txt"]
)
def test_hidden_files_are_passed_over(project: Project, hidden: str) -> None:
    project.write("in/b.txt", "The hall\n\n1926\n\nThe hall is cold.\n")
    project.write(f"in/{hidden}", "The cellar\n\n1927\n\nNobody was to read this.\n")
    found = find_sources(project.root / "in", project.content)
    assert ([name for _, name in found.texts], found.problems) == (["b.txt"], [])


BOX = "┌──────────┐\n│ DAS BROT │\n└──────────┘\n\n"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (BOX + GERMAN, "cp437"),
        (BOX + GERMAN, "cp850"),
        ("────────────\n\n" + RUSSIAN, "cp866"),
        ("╔════════════╗\n║ Х Л Е Б А! ║\n╚════════════╝\n\n" + RUSSIAN, "cp866"),
        ("┌───────────┐\n│ THE BREAD │\n└───────────┘\n\nThe hall is cold, and so are the men.\n", "cp437"),
    ],
)
def test_boxes_of_dos_are_kept(text: str, page: str) -> None:
    assert decode_import(text.encode(page), "a.txt")[::2] == (text, [])


@pytest.mark.parametrize("text", [FRENCH + "«", GERMAN + "Ö", RUSSIAN.strip(".\n"), JAPANESE.strip(), "Prix : 5 €"])
def test_a_file_cut_within_a_letter_is_refused(text: str) -> None:
    problems = decode_import(text.encode()[:-1], "a.txt")[2]
    assert [(problem.rule, "cut off" in problem.message) for problem in problems] == [("encoding", True)]


@pytest.mark.parametrize(
    ("text", "page", "named", "other"),
    [
        (CZECH, "cp1250", "cp1252", "Windows-1250"),
        (HUNGARIAN, "cp1250", "cp1252", "Windows-1250"),
        (TURKISH, "cp1254", "cp1252", "Windows-1254"),
        (LITHUANIAN, "cp1257", "cp1250", "Windows-1257"),
        (KOREAN, "cp949", "gb18030", "EUC-KR"),
        (RUSSIAN, "cp1251", "koi8-r", "Windows-1251"),
    ],
)
def test_an_encoding_named_in_error_is_asked_about(text: str, page: str, named: str, other: str) -> None:
    notes = decode_import((text * 3).encode(page), "a.txt", named)[1]
    assert notes[0].confidence is Confidence.REVIEW
    assert other in notes[0].message


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("The hall of Über is cold.\n", "cp1252"),
        ("The hall at Łódź is cold, and so are the men in it.\n", "cp1250"),
        ("It was a coup d’état, and all of us saw it.\n", "mac_roman"),
        ("Bread at £5 is dear, and coal is dearer.\n", "cp850"),
        ("It was 50° in the hall, and all of us sat there.\n", "mac_roman"),
    ],
)
def test_a_letter_or_a_sign_out_of_place_decides(text: str, page: str) -> None:
    assert decode_import(text.encode(page), "a.txt")[0] == text


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Compañeros: mañana ningún tren saldrá de la estación.", "es"),
        ("Verkamenn! Á morgun fer enginn í verksmiðjuna.", "is"),
        ("Comrades, come to the hall tonight.", "en"),
        ("Strike!", "en"),
        ("C.N.T. F.A.I.", "en"),
    ],
)
def test_a_sentence_that_is_surely_not_in_the_site_s_language(text: str, lang: str) -> None:
    found, note = guess_language(text, ImportSettings("en", "2026-11-29"))
    assert (found, note.confidence) == (lang, Confidence.REVIEW)
