"""Read a picture of a page by tesseract: its words with their places and how sure each is."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from dataclasses import dataclass

LONGEST_PAGE = 180
"""Seconds that one page may take."""

TESSERACT_LANGUAGES = dict(
    pair.split(":")
    for pair in """
    en:eng fr:fra de:deu it:ita es:spa pt:por nl:nld ca:cat gl:glg eu:eus oc:oci la:lat eo:epo ga:gle gd:gla cy:cym
    br:bre sv:swe da:dan nb:nor nn:nor no:nor is:isl fo:fao fi:fin et:est lv:lav lt:lit pl:pol cs:ces sk:slk sl:slv
    hr:hrv bs:bos sr:srp mk:mkd bg:bul ro:ron hu:hun sq:sqi el:ell tr:tur az:aze ru:rus uk:ukr be:bel ka:kat hy:hye
    he:heb yi:yid ar:ara fa:fas ur:urd ku:kmr ps:pus hi:hin mr:mar ne:nep bn:ben pa:pan gu:guj ta:tam te:tel kn:kan
    ml:mal si:sin th:tha lo:lao km:khm my:mya am:amh ja:jpn ko:kor zh:chi_sim zh-Hans:chi_sim zh-Hant:chi_tra
    id:ind ms:msa vi:vie sw:swa af:afr lb:ltz mt:mlt
    """.split()
)
"""What tesseract calls each language."""

_NOT_LATIN = frozenset(
    (
        "ell rus ukr bel bul mkd srp kat hye heb yid ara fas urd pus hin mar nep ben pan guj tam "
        "tel kan mal sin tha lao khm mya amh jpn kor chi_sim chi_tra osd equ"
    ).split()
)
_MOST_AT_ONCE = 5
"""Languages tried at once: each makes reading slower."""


class ScanFault(Exception):
    """A page cannot be read; carries the reason in words, with what to do."""


@dataclass(frozen=True, slots=True)
class ScannedWord:
    """A word of a scan with its place in pixels."""

    text: str
    line: tuple[int, int, int]
    """The block, the paragraph and the line it is in."""
    left: int
    top: int
    width: int
    height: int
    confidence: float
    """From 0 to 100."""


def find_tesseract() -> str:
    """Return the path of tesseract. Raises ScanFault where it is not installed."""
    program = shutil.which("tesseract")
    if not program:
        message = "it is a scan, pictures of pages without letters. Install tesseract to read it "
        raise ScanFault(f"{message}(Debian: apt install tesseract-ocr tesseract-ocr-eng), or type the text.")
    return program


@functools.cache
def list_tesseract_languages(program: str) -> tuple[str, ...]:
    """Return what languages tesseract can read, by its names. Raises ScanFault if it does not run."""
    lines = _run([program, "--list-langs"], b"", 30).splitlines()
    return tuple(line.strip() for line in lines if line.strip() and " " not in line.strip())


@functools.cache
def read_tesseract_version(program: str) -> str:
    """Return `tesseract 5.3.0`."""
    return _run([program, "--version"], b"", 30).partition("\n")[0].strip()


def choose_languages(lang: str, site_lang: str, installed: tuple[str, ...]) -> str:
    """Return what tesseract is asked to read in: a language that was named, or those that are likely, joined by +.

    Raises ScanFault where the data of a named language are not installed.
    """
    if lang:
        name = TESSERACT_LANGUAGES.get(lang) or TESSERACT_LANGUAGES.get(lang.partition("-")[0], "")
        if name in installed:
            return name
        raise ScanFault(f"tesseract has no data for “{lang}”. {advise_language(lang)}")
    site = TESSERACT_LANGUAGES.get(site_lang.partition("-")[0], "")
    known = [name for name in TESSERACT_LANGUAGES.values() if name in installed]
    latin = [name for name in known if name not in _NOT_LATIN]
    chosen = list(dict.fromkeys([*([site] if site in installed else []), *latin, *known]))[:_MOST_AT_ONCE]
    if not chosen:
        raise ScanFault(f"tesseract has no data of any language. {advise_language(site_lang)}")
    return "+".join(chosen)


def advise_language(lang: str) -> str:
    """Return how to get the data of a language."""
    name = TESSERACT_LANGUAGES.get(lang.partition("-")[0], "")
    package = f"tesseract-ocr-{name.replace('_', '-')}" if name else "its package tesseract-ocr-…"
    return f"Install {package} (Debian), or name another language with --lang."


def scan_picture(program: str, picture: bytes, language: str, resolution: int) -> list[ScannedWord]:
    """Return the words of a picture, in the order of reading. Raises ScanFault.

    `resolution` is in dots per inch.
    """
    installed = list_tesseract_languages(program)
    mode = "1" if "osd" in installed else "3"  # with the direction of the writing, where it can be told
    command = [program, "stdin", "stdout", "-l", language, "--dpi", str(resolution), "--psm", mode, "tsv"]
    try:
        return _read_table(_run(command, picture, LONGEST_PAGE))
    except ScanFault:
        if mode == "3":
            raise
        command[command.index("--psm") + 1] = "3"  # too few letters to tell a direction by
        return _read_table(_run(command, picture, LONGEST_PAGE))


def _read_table(table: str) -> list[ScannedWord]:
    words = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        block, paragraph, line = (int(cell) for cell in cells[2:5])
        left, top, width, height = (int(cell) for cell in cells[6:10])
        text = " ".join(cells[11].split())
        words.append(ScannedWord(text, (block, paragraph, line), left, top, width, height, float(cells[10])))
    return words


def _run(command: list[str], given: bytes, seconds: int) -> str:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # pages are read at once, each on one core
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise ScanFault(f"took more than {seconds} seconds. Scan it at 300 dots per inch, in grey.") from None
    except OSError as wrong:
        raise ScanFault(f"tesseract does not run ({wrong.strerror}). Install it anew.") from None
    if done.returncode:
        reason = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"])[-1]
        raise ScanFault(f"tesseract failed ({reason[:100]}). Look at the picture, or type the text.")
    return done.stdout.decode("utf-8", "replace")
