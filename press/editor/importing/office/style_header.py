"""Which styles of a document are the title, the subtitle, the author and the date, in many languages."""

from __future__ import annotations

import re

_NAMES = {
    "title": "title titel titre título titulo titolo tytuł tittel titulek cím otsikko başlık название "
    "заголовок τίτλος",
    "subtitle": "subtitle untertitel sous-titre sous_titre subtítulo subtitulo sottotitolo ondertitel undertittel "
    "undertitel underrubrik podtytuł podtitul alcím alaotsikko altyazı подзаголовок υπότιτλος",
    "author": "author authors autor autora autorin auteur autore auteurs byline verfasser verfasserin autoren "
    "forfatter författare szerző tekijä yazar автор",
    "date": "date datum fecha data dato dátum päivämäärä tarih дата",
}
_KEYS = {name: key for key, names in _NAMES.items() for name in names.split()}
MOST_LEADING = 12
"""Paragraphs at the beginning of a text among which its title, author and date are."""


def find_header_key(style: str) -> str:
    """Return `title`, `subtitle`, `author` or `date` for the name of such a style, else an empty string."""
    name = re.sub(r"[\s_]*\d*(?:_20_)?$", "", style.strip().casefold().replace("_20_", " "))
    return _KEYS.get(name, "") or _KEYS.get(name.rpartition(" ")[2] if name.startswith(("doc", "book ")) else "", "")
