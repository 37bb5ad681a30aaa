"""The words of printed dates in the languages of CLDR: months, weekdays, seasons, small words."""

from __future__ import annotations

import functools
import re
import unicodedata

from press.model.languages import canonical_tag, has_month_names, locale_for

OTHERS = tuple(
    """fr de es it nl pt ca gl ro da sv nb fi pl cs sk sl hr hu ru uk be bg mk sr el tr eo lt lv et eu yi he ar
    fa""".split()
)
"""Languages to try for a date, after the text's own and English: those that are written in the letters of its own."""
_IN_OTHER_LETTERS = tuple(frozenset(codes.split()) for codes in ("ru uk be bg mk sr", "he yi", "ar fa", "el grc"))
_NATIONAL = {
    "de": ("de-AT",),
    "ar": ("ar-LB", "ar-MA"),
    "sr": ("sr-Latn",),
    "no": ("nb",),
    "nb": ("nn",),
    "grc": ("el",),
}
"""Further locales with names of their own for the months: Jänner, أيار."""
_MORE_MONTHS = {
    "de": {
        "merz": 3,
        "feber": 2,
        "jenner": 1,
        "septbr": 9,
        "oktbr": 10,
        "octbr": 10,
        "novbr": 11,
        "dezbr": 12,
        "decbr": 12,
    },
    "en": {"sept": 9},
    "fr": {"sept": 9},
    "es": {"setiembre": 9},
    "cs": {"maje": 5},
    "et": {"mail": 5, "septembril": 9, "oktoobril": 10, "novembril": 11, "detsembril": 12},
    "ru": {"мае": 5, "июне": 6, "июле": 7},
    "uk": {"травні": 5},
    "pl": {"maju": 5},
    "sr": {"maju": 5, "мају": 5, "маја": 5, "јуна": 6, "јула": 7, "juna": 6, "jula": 7},
    "sv": {"sept": 9},
    "da": {"marts": 3},
    "no": {"sept": 9},
    "el": {"γεναρη": 1, "γεναρης": 1, "φλεβαρη": 2, "φλεβαρης": 2, "μαρτη": 3, "απριλη": 4, "μαη": 5, "μαης": 5}
    | {"ιουνη": 6, "ιουλη": 7, "αυγουστο": 8, "σεπτεμβρη": 9, "οκτωβρη": 10, "νοεμβρη": 11, "δεκεμβρη": 12},
}
_ENDINGS = frozenset("pl cs sk sl hr bs sr ru uk be bg mk lt lv et fi hu eu el la".split())
"""Languages that give the name of a month other endings than CLDR lists: `в октябре`, `októberben`."""
_ARTICLES = re.compile(r"(?:de\s+|d['’])(?=\w)", re.IGNORECASE)
LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0dff])*"
"""A word: its letters, and the vowel signs that the scripts of India put between them."""

# What the seasons are called; EDTF 21 to 24.
_SEASON_NAMES = {
    21: """
    spring springtime printemps frühling frühjahr lenz primavera lente voorjaar vår forår vårvinter весна весной
    весны весни wiosna wiosną jaro jar proljeće пролет άνοιξη tavasz kevät primăvara printempo ilkbahar בהאביב
    אביב الربيع ربيع بهار pavasaris kevad udaberria пролетта
    """,
    22: """
    summer summertime été ete sommer verano estate zomer verão estiu sommaren sommar лето летом лета літо lato latem
    léto leto ljeto лято καλοκαίρι nyár kesä vara somero yaz קיץ الصيف صيف تابستان vasara suvi uda estío
    """,
    23: """
    autumn fall automne herbst otoño autunno herfst outono tardor höst efterår høst осень осенью осени осінь
    восень jesień jesienią podzim jeseň jesen есен φθινόπωρο ősz syksy toamna aŭtuno sonbahar סתיו الخريف خريف
    پاییز ruduo rudens sügis udazkena najaar
    """,
    24: """
    winter wintertime hiver invierno inverno hivern vinter зима зимой зимы зіма zima zimą zimní χειμώνας χειμώνα
    tél talvi iarna vintro kış חורף الشتاء شتاء زمستان žiema ziema talv negua
    """,
}
_HOURS = r"""(?:[01]?\d|2[0-4])(?:\s?[.:h]\s?[0-5]\d)?"""
_DAYPARTS = r"""(?:(?:in\sthe\s)?(?:morning|evening|afternoon)|(?:at\s)?(?:noon|midnight|night)
    |(?:au|le)\s(?:matin|soir)|(?:à\s)?(?:midi|minuit)|(?:de\sla\s)?(?:mañana|tarde|noche)|(?:am\s)?(?:abends?|morgens?|vormittags?|mittags?
    |nachmittags?|mitternacht)|(?:di|la)?\s?(?:sera|mattina|notte)|утра|вечера|утром|вечером|дня|ночи|rano|wieczorem
    |soir|matin|forenoon)"""
_CLOCK = r"""(?:um|at|à|a\slas?|alle(?:\sore)?|ore|kl\.?|klo|om|în|в|о|об|o|godz\.?|saat|στις|ás|às|u)\s+"""
_UNITS = r"""(?:h(?:eures?|ours?|rs?)?\b\.?|horas?|uhr|uur|óra(?:kor)?|ore|hod(?:in)?\.?|godz\.?|час(?:а|ов)?|ч\.?
    |год\.?|p\.?\s?m\.?|a\.?\s?m\.?|o['’]clock|timer|час[аіу]?|π\.?\s?μ\.?|μ\.?\s?μ\.?)"""
HOUR = re.compile(
    rf"""(?:\s*[,;–—-]\s*|\s+)(?:(?:{_CLOCK})?{_HOURS}\s?{_UNITS}(?:\s{_DAYPARTS})?|{_CLOCK}{_HOURS}(?:\s{_DAYPARTS})?
    |{_DAYPARTS}(?:\s{_HOURS}\s?{_UNITS})?|{_HOURS}\s{_DAYPARTS}|(?:[01]?\d|2[0-4])[:h][0-5]\d)\.?""",
    re.VERBOSE | re.IGNORECASE,
)
"""An hour or a part of the day behind a date: `, 14 h.`, ` um 18 Uhr`, ` au matin`."""

FILLERS = frozenset(
    """
    the of st nd rd th this on in de du d dem del della dell des den der die das le la el il lo l lì li addì
    addi am im a à al au dne dnia dia día v w we у в во на na ve og vom dal od с со från fra from van tou του
    την τις τη στις dn dňa day päivänä წლის წელს dei month mois mes mese monat ב ה an i e ден днес kovo
    """.split()
)
"""Small words that may stand between the parts of a date, or before it."""
SPAN_WORDS = frozenset(
    """
    - – — to till until and & bis und et au al a à e y i og och до по и та do tot en til ve și ja és έως ως
    """.split()
)
"""What joins the two ends of a span."""
YEAR_WORDS = frozenset(
    """
    г г. гг года год году годъ р р. рр року рік роки r r. rok roku roce roka p p. m m. d d. gada gadā gads metų
    év évi an anul année anno a.d. ad ano año any jahr jahre jahres jaar år året aasta vuonna vuosi έτος έτους
    yılı yıl yil ce م م. هـ year year, l'an лета година г.г. godine године leta közt ik urtea urteko ko
    """.split()
)
"""Words that go with the year, or with the day: `г.`, `roku`, `gada`, `év`."""
PART_OF_TIME = frozenset(
    """
    early mid middle late end beginning anfang mitte ende beginn début mi fin milieu debut principios mediados
    finales comienzos inizio inizi metà fine начало начале середина середине конец конце początek początku
    połowa połowie koniec końcu begin medio eind einde início meados začátek začátkem polovina konec koncem
    slutten begynnelsen början mitten slutet
    """.split()
)
"""Words for a part of a month, season or year, which EDTF cannot say."""
FIRST_OF_MONTH = frozenset(
    """
    first erster erste ersten premier primo primero primer primeiro первое первого перше першого pierwszy
    pierwszego prvni prvního první prvi prvoga første första eerste eersten első πρωτη πρωτης unua primul întâi
    """.split()
)
"""The first of a month, in words."""
MAY_DAY = re.compile(r"may[\s-]day|mayday", re.IGNORECASE)
REVOLUTIONARY = frozenset(
    """
    vendemiaire brumaire frimaire nivose pluviose ventose germinal floreal prairial messidor thermidor fructidor
    """.split()
)


@functools.lru_cache(maxsize=10_000)
def fold(word: str) -> str:
    """Return a word for comparing: without capitals and accents, which old print and typewriters leave out."""
    parts = unicodedata.normalize("NFD", word.casefold().replace("ı", "i"))
    return "".join(letter for letter in parts if unicodedata.category(letter) != "Mn")


_SEASONS = {name: number for number, names in _SEASON_NAMES.items() for name in names.split()}
_WITHOUT_ACCENTS = {fold(name): number for name, number in _SEASONS.items() if len(name) > 4}


def find_season(word: str) -> int:
    """Return the number of the season that a word names in some language, 21 to 24; 0 if it names none."""
    return _SEASONS.get(word.casefold(), 0) or _WITHOUT_ACCENTS.get(fold(word), 0)


@functools.cache
def language_codes(lang: str) -> tuple[str, ...]:
    """Return the languages to try, the text's own first: `fr-CA` becomes `fr`, `en` and others in Latin letters."""
    own = lang.partition("-")[0]
    others = next((codes for codes in _IN_OTHER_LETTERS if own in codes), frozenset())
    if not others or lang == "sr-Latn":
        others = frozenset(OTHERS).difference(*_IN_OTHER_LETTERS) | {"sr"}
    return tuple(dict.fromkeys((own, "en", *(code for code in OTHERS if code in others))))


def find_month(word: str, code: str, *, with_endings: bool = True) -> int:
    """Return the number of the month that a word names in a language, 0 if it names none.

    `with_endings` says whether it may have other endings than CLDR lists.
    """
    names, key = _month_names(code), fold(word)
    if code == "he" and key.startswith("ב") and key[1:] in names:
        return names[key[1:]]
    if key in names or code not in _ENDINGS or not with_endings:
        return names.get(key, 0)
    found = {number for name, number in names.items() if _has_other_ending(key, name)}
    return found.pop() if len(found) == 1 else 0


def _has_other_ending(word: str, name: str) -> bool:
    stem = name[: max(4, len(name) - 1)]
    return len(name) > 3 and word.startswith(stem) and len(word) <= len(name) + 4


def weekday_numbers(word: str, code: str) -> set[int]:
    """Return the weekdays, Monday being 0, that a word or abbreviation may name in a language."""
    return _weekdays(code).get(fold(word), set())


@functools.cache
def _weekdays(code: str) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for name, number in _names(code, "days"):
        found.setdefault(name, set()).add(number)
    return found


@functools.cache
def _month_names(code: str) -> dict[str, int]:
    """Return the number of each month by its folded name in a language, full and short."""
    return dict(_names(code, "months")) | {fold(name): month for name, month in _MORE_MONTHS.get(code, {}).items()}


@functools.cache
def _names(code: str, kind: str) -> list[tuple[str, int]]:
    """Return the folded CLDR names of months or weekdays, full and short, without full stops, with their numbers."""
    found: list[tuple[str, int]] = []
    for tag in (code, *_NATIONAL.get(code, ())):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in _cldr_names(tag, kind, context, width).items():
                    words = re.findall(LETTERS, _ARTICLES.sub("", name))
                    found += [(fold(word), number) for word in words if len(word) > 2 or not word.isascii()]
    return found


def _cldr_names(tag: str, kind: str, context: str, width: str) -> dict[int, str]:
    # Of a language without months, Babel would write “M01” into the data that all languages share.
    if not canonical_tag(tag) or not has_month_names(tag):
        return {}
    if locale_for(tag).language not in (tag.partition("-")[0], "nb", "nn"):
        return {}
    return dict(getattr(locale_for(tag), kind)[context][width])
