"""Scans → a recognised text: a draft by OCR, with the words that tesseract is not sure of."""

from __future__ import annotations

import itertools
import math
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from press.diagnostics import error
from press.editor.importing.data_model import Confidence, ImportSettings, Note, RecognisedText
from press.editor.importing.guess_language import guess_language
from press.editor.importing.pdf.page_lines import PageLine, PdfPage, PdfRun, RunStyle
from press.editor.importing.pdf.write_pages import write_pages
from press.editor.importing.scan.page_images import PageImage, draw_page, read_images, turn_image
from press.editor.importing.scan.tesseract import (
    TESSERACT_LANGUAGES,
    ScanFault,
    ScannedWord,
    advise_language,
    choose_languages,
    find_tesseract,
    list_tesseract_languages,
    read_tesseract_version,
    scan_picture,
)
from press.runtime.parallel import count_cores

_DOUBTFUL = 70
"""Confidence below which a person should look at a word."""
_SHOWN_DOUBTS = 12
_SAMPLE_PAGES = 3
"""The most pages read to tell the language."""
_SAMPLE_WORDS = 60
_LARGE = 1.4
"""Times the height of most lines from which one is in larger letters: heights of scanned lines vary a lot."""


def read_pdf_scan(document: Any, recognised: RecognisedText, settings: ImportSettings) -> None:
    """Read an open PDF without a text layer."""
    _read_images((draw_page(document[at]) for at in range(len(document))), len(document), recognised, settings)


def read_picture_scans(files: Sequence[bytes], recognised: RecognisedText, settings: ImportSettings) -> None:
    """Read pictures of the pages of one text, in order."""
    _read_images((image for data in files for image in read_images(data)), len(files), recognised, settings)


def scan_pdf_pages(
    document: Any, numbers: Sequence[int], recognised: RecognisedText, settings: ImportSettings
) -> list[PdfPage]:
    """Read some pages of a PDF, by their numbers from 1, and note their doubtful words. Raises ScanFault."""
    program = find_tesseract()
    language = choose_languages(settings.lang, settings.site_lang, list_tesseract_languages(program))
    images = (draw_page(document[number - 1]) for number in numbers)
    scanned = list(_scan(program, language, images, len(numbers)))
    pages = [make_scanned_page(image, words, n) for n, (image, words) in zip(numbers, scanned, strict=True)]
    recognised.notes += note_doubtful_words(
        [(page.number, words) for page, (_, words) in zip(pages, scanned, strict=True)]
    )
    return pages


def _read_images(
    images: Iterable[PageImage], count: int, recognised: RecognisedText, settings: ImportSettings
) -> None:
    try:
        program = find_tesseract()
        _read_scan(program, iter(images), count, recognised, settings)
    except ScanFault as fault:
        recognised.problems.append(error(recognised.name, 0, "import-scan", str(fault)))


def _read_scan(
    program: str, images: Iterator[PageImage], count: int, recognised: RecognisedText, settings: ImportSettings
) -> None:
    """Read all pages, in the language that the first ones turn out to be in. Raises ScanFault."""
    installed = list_tesseract_languages(program)
    language = choose_languages(settings.lang, settings.site_lang, installed)
    scanned = [] if settings.lang else _scan_sample(program, language, images, count)
    if scanned:
        text = " ".join(word.text for _, words in scanned for word in words)
        lang, _ = guess_language(text, settings)
        name = TESSERACT_LANGUAGES.get(lang, TESSERACT_LANGUAGES.get(lang.partition("-")[0], ""))
        if name in installed and name != language:
            language = name
            scanned = list(_scan(program, language, [image for image, _ in scanned], count))
        elif name not in installed:
            message = f"the text seems to be in “{lang}”, but it was read as {language}. {advise_language(lang)}"
            recognised.notes.append(Note("scan", message, Confidence.REVIEW))
    scanned += _scan(program, language, images, count, done=len(scanned))
    pages = [make_scanned_page(image, words, number) for number, (image, words) in enumerate(scanned, start=1)]
    if not any(page.letters for page in pages):
        raise ScanFault("no letters were found on it: a picture? Leave it out, or scan the text anew.")
    message = f"read by OCR ({read_tesseract_version(program)}, {language}), not proof-read: it is a draft"
    recognised.notes.append(Note("scan", message, Confidence.REVIEW))
    recognised.notes += note_doubtful_words([(n, words) for n, (_, words) in enumerate(scanned, start=1)])
    recognised.fields = {**recognised.fields, "Status": ("draft",)}
    recognised.corrections.append(f"Read from a scan by OCR ({read_tesseract_version(program)}), not proof-read.")
    write_pages(pages, recognised, settings)


def _scan_sample(
    program: str, language: str, images: Iterator[PageImage], count: int
) -> list[tuple[PageImage, list[ScannedWord]]]:
    """Read the first page, and more if it has too few words to tell the language by. Raises ScanFault."""
    scanned: list[tuple[PageImage, list[ScannedWord]]] = []
    while len(scanned) < _SAMPLE_PAGES and sum(len(words) for _, words in scanned) < _SAMPLE_WORDS:
        more = list(_scan(program, language, itertools.islice(images, 1), count, len(scanned)))
        if not more:
            break
        scanned += more
    return scanned


def _scan(
    program: str, language: str, images: Iterable[PageImage], count: int, done: int = 0
) -> Iterator[tuple[PageImage, list[ScannedWord]]]:
    """Yield pages with their words, as many at once as there are cores. Raises ScanFault that names the page."""
    cores = count_cores()
    waiting = iter(images)
    with ThreadPoolExecutor(cores) as pool:
        while batch := [image for _, image in zip(range(cores), waiting, strict=False)]:
            jobs = [pool.submit(_scan_upright, program, image, language) for image in batch]
            for job in jobs:
                done += 1
                _show_progress(done, count)
                try:
                    image, words = job.result()
                except ScanFault as fault:
                    raise ScanFault(f"page {done}: {fault}") from None
                image.data = image.data if done <= _SAMPLE_PAGES else b""  # the first may be read again
                yield image, words


def _scan_upright(program: str, image: PageImage, language: str) -> tuple[PageImage, list[ScannedWord]]:
    """Read a page; turn it first where its lines run up, down or leftwards. Raises ScanFault."""
    words = scan_picture(program, image.data, language, image.resolution)
    turns = _find_turns(words)
    if not turns:
        return image, words
    image = turn_image(image, turns)
    return image, scan_picture(program, image.data, language, image.resolution)


def _find_turns(words: Sequence[ScannedWord]) -> int:
    """Return by how many quarters a page must be turned anticlockwise, by the way its words go on."""
    steps = [
        (after.left - before.left, after.top - before.top)
        for before, after in itertools.pairwise(words)
        if before.line == after.line and min(len(before.text), len(after.text)) > 2
    ]
    if len(steps) < 5:
        return 0
    down = statistics.median(y for _, y in steps)
    across = statistics.median(x for x, _ in steps)
    if abs(down) > 2 * abs(across):
        return 1 if down > 0 else 3
    return 2 if across < 0 else 0


def _show_progress(done: int, count: int) -> None:
    if sys.stderr.isatty() and count > 1:
        print(f"\rReading page {done} of {count}", end="\n" if done >= count else "", file=sys.stderr, flush=True)


def make_scanned_page(image: PageImage, words: Sequence[ScannedWord], number: int = 1) -> PdfPage:
    """Return a page of lines, in points and set straight, from the words of a scan."""
    scale = 72 / image.resolution
    lines: defaultdict[tuple[int, int, int], list[ScannedWord]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    slope = _measure_slope(list(lines.values()))
    page = PdfPage(number, image.width * scale, image.height * scale)
    page.letters = sum(len(word.text) for word in words)
    page.text = " ".join(word.text for word in words)
    heights = [statistics.median(word.height for word in line) for line in lines.values() if len(line) > 3]
    usual = statistics.median(heights) if heights else 0.0
    page.lines = [_make_scanned_line(line, scale, slope, usual, number) for line in lines.values()]
    return page


def _measure_slope(lines: Sequence[Sequence[ScannedWord]]) -> float:
    """Return by how much the lines of a page fall from left to right, as a share of their length."""
    slopes = []
    for line in lines:
        first, last = line[0], line[-1]
        across = last.left - first.left
        if len(line) > 4 and across > 0:
            slopes.append((last.top + last.height / 2 - first.top - first.height / 2) / across)
    return statistics.median(slopes) if len(slopes) > 2 else 0.0


def _make_scanned_line(
    words: Sequence[ScannedWord], scale: float, slope: float, usual: float, number: int
) -> PageLine:
    height = statistics.median(word.height for word in words)
    is_large = height > _LARGE * usual
    size = round((height if is_large or not usual else usual) * scale * 1.1, 1)
    turn = math.atan(slope)

    def straight(x: float, y: float) -> tuple[float, float]:
        return (x * math.cos(turn) + y * math.sin(turn)) * scale, (y * math.cos(turn) - x * math.sin(turn)) * scale

    middle = (
        statistics.median(word.top + word.height / 2 - slope * word.left for word in words) + slope * words[0].left
    )
    x0, base = straight(words[0].left, middle + 0.35 * (usual or height))
    x1, _ = straight(words[-1].left + words[-1].width, words[-1].top)
    text = " ".join(word.text for word in words)
    return PageLine([PdfRun(text, RunStyle(size))], x0, x1, base, size, number, first_word=words[0].width * scale)


def note_doubtful_words(pages: Sequence[tuple[int, Sequence[ScannedWord]]]) -> Iterator[Note]:
    """Yield how many words are doubtful, and which of each page."""
    doubts = [(number, [word.text for word in words if word.confidence < _DOUBTFUL]) for number, words in pages]
    count, total = sum(len(words) for _, words in doubts), sum(len(words) for _, words in pages)
    if not count:
        return
    first = [f"“{word}” (page {number})" for number, words in doubts for word in words][:_SHOWN_DOUBTS]
    more = f" and {count - len(first):,} more, all in the report" if count > len(first) else ""
    message = f"{count:,} of {total:,} words are doubtful: {', '.join(first)}{more}"
    yield Note("scan", message, Confidence.REVIEW)
    for number, words in doubts:
        if words and count > len(first):
            shown = ", ".join(f"“{word}”" for word in words)
            yield Note("scan", f"page {number}, doubtful words: {shown}", Confidence.LIKELY)
