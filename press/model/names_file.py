"""content/names.txt: how names are catalogued that no rule gets right, and which spellings are of one name.

One name on each line: as the headers have it, an equals sign, and as it is sorted. A form with a comma has the family
name first; one without is never turned round. Of several names with one form, the first is shown for all of them:

    # The anarchist, not a Frenchwoman.
    Voltairine de Cleyre = de Cleyre, Voltairine
    V. I. Lenin = Lenin, V. I.
    Vladimir Ilyich Lenin = Lenin, V. I.
    Tan Malaka = Tan Malaka
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from press.diagnostics import Diagnostic, error
from press.model.entry import Entry
from press.model.family_first import is_family_first
from press.model.name_words import PARTICLES
from press.model.names import Name, is_group, split_name
from press.model.slugs import make_slug
from press.model.values import curl_apostrophes

_EXAMPLE = "Write the name as in the headers, “=”, and how it is sorted: W. E. B. Du Bois = Du Bois, W. E. B."


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of names beyond their words."""

    forms: Mapping[str, str] = field(default_factory=dict)
    """The form by which a name is sorted, by the name."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """What is shown in place of a name that is spelled otherwise, or with the family name first."""
    groups: Collection[str] = ()
    """The setting DOWNLOADS_GROUPS."""

    def learn(self, entries: Iterable[Entry]) -> Names:
        """Return the same with what headers say of names: `Author: Du Bois, W. E. B.` is a form."""
        forms, shown = dict(self.forms), dict(self.shown)
        for entry in entries:
            for name in (*entry.authors, *entry.translators):
                if "," in name and name not in shown:
                    written = write_out(name, entry.lang)
                    shown[name] = shown.get(written, written)
                    forms.setdefault(shown[name], name)
        return replace(self, forms=forms, shown=shown)

    def settle(self, entry: Entry) -> Entry:
        """Return an entry with its names as they are shown, each once."""
        authors, translators = (
            tuple(dict.fromkeys(self.shown.get(name, name) for name in names))
            for names in (entry.authors, entry.translators)
        )
        if (authors, translators) == (entry.authors, entry.translators):
            return entry
        return replace(entry, authors=authors, translators=translators)

    def split(self, name: str, lang: str = "") -> Name:
        """Return a name in its parts, by its form if it has one; `lang` is the language of its texts."""
        form = self.forms.get(name)
        if form is None:
            return split_name(name, lang, self.groups)
        if "," in form:
            return _read_form(form, name)
        return Name(name, is_group=is_group(name, self.groups), lang=lang)

    def catalogue(self, entries: Iterable[Entry]) -> dict[str, Name]:
        """Return every name of the entries in its parts; the language that most of its own texts have decides."""
        languages: dict[str, Counter[str]] = {}
        for entry in entries:
            for name in (*entry.authors, *entry.translators):
                languages.setdefault(name, Counter())[entry.lang] += 0 if entry.translation_of else 1
        return {
            name: self.split(name, min(counts, key=lambda lang: (-counts[lang], lang)))
            for name, counts in languages.items()
        }


def write_out(form: str, lang: str = "") -> str:
    """Return a form in natural order: `Goethe, Johann Wolfgang von` becomes `Johann Wolfgang von Goethe`."""
    parts = _read_form(form, "")
    eastern = f"{parts.family} {parts.given}"
    if not parts.particle and is_family_first(eastern.split(), lang):
        return eastern
    particle = parts.particle if parts.particle.endswith(("'", "’")) else f"{parts.particle} ".lstrip()
    return f"{parts.given} {particle}{parts.family} {parts.suffix}".strip()


def _read_form(form: str, whole: str) -> Name:
    """Split `Family, Given particle, Suffix`."""
    family, given, suffix = (*(part.strip() for part in form.split(",")), "")[:3]
    words = given.split()
    end = len(words)
    while end > 1 and words[end - 1].islower() and words[end - 1] in PARTICLES:
        end -= 1
    return Name(whole, family, " ".join(words[:end]), " ".join(words[end:]), suffix)


def read_names(text: str, path: str, groups: Collection[str] = ()) -> tuple[Names, list[Diagnostic]]:
    """Read the file of names; a line that cannot be read is a problem of the file `path`."""
    forms: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, mark, form = (curl_apostrophes(" ".join(part.split())) for part in line.partition("="))
        wrong = _find_wrong(line.strip(), name, form if mark else "")
        if not wrong and name in forms:
            wrong = f"“{name}” has a line above already. Delete one of the two."
        if wrong:
            problems.append(error(path, number, "names-line", wrong))
        else:
            forms[name] = form
    shown: dict[str, str] = {}
    first: dict[str, str] = {}
    for name, form in forms.items():
        shown |= {name: first.setdefault(form, name), form: first[form]}
    curled = tuple(map(curl_apostrophes, groups))
    return Names(forms, {name: kept for name, kept in shown.items() if name != kept}, curled), problems


def _find_wrong(line: str, name: str, form: str) -> str:
    """Return what is wrong with a line, or nothing."""
    if not name or not form or "=" in form:
        return f"“{line[:80]}” is not a line of names. {_EXAMPLE}"
    if not make_slug(name):
        return f"“{name}” has no letter or figure for an address. Write a name with some."
    if ";" in line or "," in name:
        return f"“{line[:80]}” has more than one name before the “=”. Write a line for each."
    if form.count(",") > 2 or not all(part.strip() for part in form.split(",")):
        return f"“{form[:80]}” is not a form. Write the family name, a comma and the given name: Du Bois, W. E. B."
    return ""
