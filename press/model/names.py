"""Names as a catalogue has them: a person's by the family name, a group's whole.

The rules are those of IFLA's Names of Persons and of AACR2, chapter 22, with the Chicago Manual (16.71 and following)
for names that are not inverted. A capital is evidence: who writes Du Bois or Le Guin is sorted under D or L. What the
rules get wrong, content/names.txt puts right (press/model/names_file.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from press.model.family_first import is_family_first
from press.model.name_words import (
    ALONE,
    ARTICLE,
    ARTICLES_ALONE,
    CONNECTORS,
    FORMS_OF_ADDRESS,
    IN_FRONT,
    JOINED,
    NUMERAL,
    OF_GROUPS,
    PARTICLES,
    PORTUGUESE_SUFFIXES,
    REGNAL,
    SPANISH,
    SPANISH_GIVEN,
    SUFFIXES,
)
from press.model.titles import file_words

_PART = re.compile(r"[“\"'‘(]?[^\W\d_][\w.'\N{RIGHT SINGLE QUOTATION MARK}-]*[”\"'’)]?|['’]t")
_WORD = re.compile(r"[^\W_]+")
_ELIDED = re.compile(r"(d['\N{RIGHT SINGLE QUOTATION MARK}])(\w.*)")
_ARABIC_ARTICLE = re.compile(r"(?:a[ldnrstz]|ash|el)-")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, and in its parts if it is a person's and is inverted."""

    whole: str
    family: str = ""
    given: str = ""
    particle: str = ""
    """What goes behind the given name: the `von` of Goethe, Johann Wolfgang von."""
    suffix: str = ""
    is_group: bool = False
    lang: str = ""
    """The language whose articles a group is sorted without: The Dockers’ Union under D."""

    @property
    def inverted(self) -> str:
        """The name as it is sorted: `Du Bois, W. E. B.`; if there is no family name, as it is written."""
        given = f"{self.given} {self.particle}".strip()
        return ", ".join(filter(None, (self.family, given, self.suffix))) if self.family else self.whole

    @property
    def sort_key(self) -> tuple[str, str]:
        """The words it is sorted by, without marks, capitals and leading articles: family name, then the rest."""
        if not self.family:
            return file_words(self.whole, self.lang if self.is_group else ""), ""
        return file_words(_ARABIC_ARTICLE.sub("", self.family)), file_words(f"{self.given} {self.particle}")


def is_group(name: str, groups: Collection[str] = ()) -> bool:
    """Return whether a name is a group's, as far as its words tell: `groups` lists those whose words do not.

    A group has a word of groups, an article, a figure or another word that no person's name has, or more than six
    words. What is left is a person's, or a pseudonym.
    """
    parts = name.split()
    if name in groups:
        return True
    if is_family_first(parts):
        return False
    words = {word.casefold() for word in _WORD.findall(name)}
    if words & OF_GROUPS or ARTICLE.match(name.casefold()) or len(parts) > 6 or name.endswith(("!", "?")):
        return True
    return any(not _may_be_personal(part) for part in parts)


def _may_be_personal(part: str) -> bool:
    if part[0].islower():
        return bool(part.casefold() in PARTICLES | JOINED | CONNECTORS or part == "e" or _is_prefixed(part))
    return part[0].isalpha() or _PART.fullmatch(part) is not None


def _is_prefixed(part: str) -> bool:
    """Tell `d’Holbach` and `al-Banna`, which begin with a small letter and go on with a capital."""
    return re.match(r"[^\W\d_]+['\N{RIGHT SINGLE QUOTATION MARK}-][^\W\d_]", part) is not None and not part.islower()


def split_name(name: str, lang: str = "", groups: Collection[str] = ()) -> Name:
    """Split the name of a person: `W. E. B. Du Bois` becomes Du Bois, W. E. B.

    `lang` is the language of the texts, which decides about particles in small letters. A name that may be a group's
    stays whole, since `Flame, Big` is worse than a person sorted under the given name; so does one that has no family
    name, or begins with it. `groups` lists the groups whose names look like a person's.
    """
    parts = name.split()
    if is_group(name, groups):
        return Name(name, is_group=True, lang=lang)
    if is_family_first(parts, lang) or not all(map(_PART.fullmatch, parts)):
        return Name(name)
    return replace(_split_person(parts, lang), whole=name)


def _split_person(parts: Sequence[str], lang: str) -> Name:
    """Split what is a person's name; without a family name if it has none."""
    title = parts[0].casefold().rstrip(".") if parts else ""
    if title in FORMS_OF_ADDRESS and len(parts) > 1:
        found = _split_person(parts[1:], lang)
        return replace(found, given=f"{parts[0]} {found.given}") if found.family else found
    kept, suffix = _take_suffix(parts, lang.partition("-")[0])
    if len(kept) < 2 or _has_no_family_name(kept, suffix):
        return Name("")
    family, last = _find_family(kept, lang)
    behind = family
    while behind > 1 and kept[behind - 1].casefold() in PARTICLES and kept[behind - 1][0].islower():
        behind -= 1
    particles, words = list(kept[behind:family]), [*kept[family:-1], last]
    elided = _ELIDED.fullmatch(words[0])
    if elided and lang.partition("-")[0] != "it":
        particles, words = [*particles, elided[1]], [elided[2], *words[1:]]
    return Name("", " ".join(words), " ".join(kept[:behind]), " ".join(particles), suffix)


def _take_suffix(parts: Sequence[str], language: str) -> tuple[list[str], str]:
    """Take Jr., Sr. or a numeral off the end of a name of at least two words besides."""
    last = parts[-1].casefold().rstrip(".")
    suffixes = SUFFIXES - PORTUGUESE_SUFFIXES if language == "pt" else SUFFIXES
    if len(parts) > 2 and (last in suffixes or NUMERAL.fullmatch(parts[-1])):
        return list(parts[:-1]), parts[-1]
    return list(parts), ""


def _has_no_family_name(parts: Sequence[str], suffix: str) -> bool:
    """Tell kings and popes, Malcolm X, and a family name alone, such as Du Bois or van Gogh."""
    if NUMERAL.fullmatch(parts[-1]) or len(parts[-1].rstrip(".")) == 1:
        return True
    if NUMERAL.fullmatch(suffix) and all(part.casefold() in REGNAL for part in parts):
        return True
    head = parts[0].casefold()
    alone = head in ALONE and len(parts) == 2
    return alone or head in {"abu", "ibn", "umm"} or (parts[0][0].islower() and head in PARTICLES | JOINED)


def _find_family(parts: Sequence[str], lang: str) -> tuple[int, str]:
    """Return where the family name begins, and its last word."""
    primary, at = lang.partition("-")[0], len(parts) - 1
    if at > 1 and parts[at].casefold() in PORTUGUESE_SUFFIXES and primary == "pt":
        at -= 1
    if at > 2 and parts[at - 1] in CONNECTORS:
        at -= 2
    if at > 1 and primary in SPANISH and _is_first_family_name(parts[at - 1]):
        at -= 1
    while at > 1 and parts[at - 1].casefold() in JOINED:
        at -= 1
    begins = at
    while begins > 1 and parts[begins - 1].casefold() in PARTICLES:
        begins -= 1
    return begins + _count_behind(parts[begins:at], lang), parts[-1]


def _is_first_family_name(part: str) -> bool:
    return part.casefold() not in SPANISH_GIVEN | PARTICLES | JOINED | CONNECTORS and len(part.rstrip(".")) > 1


def _count_behind(particles: Sequence[str], lang: str) -> int:
    """Return how many of the particles before a family name go behind the given name."""
    front = IN_FRONT.get(lang) or IN_FRONT.get(lang.partition("-")[0]) or IN_FRONT[""]
    if len(particles) == 1 and particles[0].casefold() in ARTICLES_ALONE:
        return 0
    for count, particle in enumerate(particles):
        if particle[0].isupper() or particle.casefold() in front:
            return count
    return len(particles)
