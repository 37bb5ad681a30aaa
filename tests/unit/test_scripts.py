"""A text in another script than Latin is never filed in the language of a site in Latin letters."""

import pytest

from press.editor.importing.data_model import ImportSettings
from press.editor.importing.guess_language import find_script, guess_language

TEXTS = {
    "el": "Ζήτω ἡ ἀπεργία τῶν ἀρτεργατῶν!",
    "ru": "Товарищи рабочие, все на площадь в восемь часов.",
    "uk": "Товариші робітники, усі на майдан о восьмій годині, їжа буде.",
    "bg": "Другари работници, всички на площада в осем часа сутринта.",
    "he": "חברים, כולם לכיכר בשעה שמונה.",
    "ar": "أيها الرفاق، الجميع إلى الساحة في الساعة الثامنة.",
    "fa": "رفقا، همه ساعت هشت به میدان بیایید، نان می‌خواهیم.",
    "hy": "Ընկերներ, բոլորը հրապարակ ժամը ութին։",
    "ka": "ამხანაგებო, ყველა მოედანზე რვა საათზე.",
    "hi": "साथियो, सब आठ बजे चौक पर पहुँचें।",
    "ko": "동지들이여, 모두 여덟 시에 광장으로.",
    "ja": "同志たち、八時に広場へ集まれ。",
    "zh": "同志们，八点到广场集合。",
    "th": "สหายทั้งหลาย มาที่จัตุรัสเวลาแปดโมง",
}


@pytest.mark.parametrize("lang", TEXTS)
@pytest.mark.parametrize("short", [False, True], ids=["whole", "a few words"])
def test_the_script_decides_where_the_words_are_too_few(lang: str, short: bool) -> None:
    text = TEXTS[lang][:14] if short else TEXTS[lang]
    guessed, note = guess_language(text, ImportSettings("en", "2026-11-29"))
    assert guessed != "en" if short else guessed == lang, note


def test_a_site_in_that_script_keeps_its_language_in_doubt() -> None:
    assert guess_language("Хлеба!", ImportSettings("bg", "2026-11-29"))[0] == "bg"


def test_latin_words_and_no_letters_are_not_judged_by_script() -> None:
    assert find_script("Bread and ψωμί on the table") == "LATIN"
    assert find_script("1917 — 5") == ""
    assert guess_language("1917", ImportSettings("en", "2026-11-29"))[0] == "en"
