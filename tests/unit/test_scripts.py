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


WORDS = {
    "sr-Latn": (
        "Drugovi, sutra uveče niko ne ide na posao. Hleb se meri u pekari, a reč je naša, gde god ko stoji, uvek."
    ),
    "sr": (
        "Другови, сутра увече нико не иде на посао. Хлеб се мери у пекари, а реч је наша, где год ко стоји, увек."
    ),
    "yi": ("חברים, מאָרגן אין דער פֿרי גייט קיינער ניט צו דער אַרבעט. דאָס ברויט איז אונדזערס, און די בעקערײַ אויך."),
    "he": "חברים, מחר בבוקר איש אינו הולך לעבודה. הלחם שלנו, וגם המאפייה שלנו, וכולם באים אל הכיכר.",
    "ur": ("ساتھیو، کل صبح کوئی کام پر نہیں جائے گا۔ روٹی ہماری ہے اور تنور بھی ہمارا ہے، سب چوک میں آئیں۔"),
    "gl": ("Compañeiros, mañá ninguén vai ao traballo. O pan é noso, e o forno tamén, e todos imos á praza ás oito."),
    "pt": (
        "Companheiros, amanhã ninguém vai ao trabalho. O pão é nosso, e o forno também, "
        "e vamos todos à praça às oito."
    ),
    "ca": (
        "Companys, demà ningú no va a la feina. El pa és nostre, i el forn també, i tots anem a la plaça a les vuit."
    ),
    "af": (
        "Kamerade, môre gaan niemand werk toe nie. Die brood is ons s'n, en die oond "
        "ook, en ons gaan almal plein toe."
    ),
    "nl": (
        "Kameraden, morgen gaat niemand naar het werk. Het brood is van ons, en de oven "
        "ook, en wij gaan naar het plein."
    ),
    "da": (
        "Kammerater, i morgen går ingen på arbejde. Brødet er vores, og ovnen også, og "
        "vi går alle til torvet klokken otte."
    ),
    "el": ("Ἐργάται! Ὁ λαὸς τῶν Ἀθηνῶν δὲν θὰ πληρώσῃ τοὺς φόρους διὰ τὸν πόλεμον. Ζητοῦμεν ἄρτον καὶ ἐργασίαν."),
    "grc": (
        "οὗτοι μὲν οὖν, ὥσπερ ἐγὼ λέγω, ἤ τι ἢ οὐδὲν ἀληθὲς εἰρήκασιν, ὑμεῖς δέ μου ἀκούσεσθε πᾶσαν τὴν ἀλήθειαν."
    ),
    "de": (
        "Genossen! Thut eure Schuldigkeit, und laßt euch nicht irre machen; wer gethan "
        "hat, was er konnte, sey getrost."
    ),
    "fr": (
        "Citoyens, les ouvriers étoient à la porte, & nul ne les avoit vus; ils "
        "demandoient du pain pour leurs enfans."
    ),
}


@pytest.mark.parametrize("lang", WORDS)
def test_languages_that_are_alike(lang: str) -> None:
    assert guess_language(WORDS[lang], ImportSettings("en", "2026-11-29"))[0] == lang


@pytest.mark.parametrize(
    ("site", "text"), [("ru", "All to the square!"), ("el", "Tous sur la place !"), ("he", "Alle!")]
)
def test_latin_letters_are_no_language_of_another_script(site: str, text: str) -> None:
    assert guess_language(text, ImportSettings(site, "2026-11-29"))[0] != site


def test_a_text_in_two_languages_says_so() -> None:
    text = f"{WORDS['nl'] * 3}\n\n{WORDS['pt'] * 3}"
    lang, note = guess_language(text, ImportSettings("en", "2026-11-29"))
    assert lang in ("nl", "pt")
    assert "another language" in note.message


def test_the_whole_text_decides_not_its_front_matter() -> None:
    front = "This text was typed by hand for the archive, and compared with the paper. " * 30
    assert guess_language(front + WORDS["nl"] * 60, ImportSettings("en", "2026-11-29"))[0] == "nl"


def test_unknown_letters_are_no_language_of_the_site() -> None:
    assert guess_language("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᎠᏂᏴᏫᏯ", ImportSettings("en", "2026-11-29"))[0] == "und"
