"""Names in citations: a person's is split in two, a group's stays whole."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

# A name with one of these words is a group's: committees, unions and papers, in the languages of most pamphlets.
_OF_GROUPS = frozenset(
    """
    action actions agency alliance archive archives army assembly association branch brigade brigades bulletin
    bureau campaign cell center centre chapter circle citizens class club coalition collective combat
    commission committee commune communist community comrades confederation conference congress convention
    cooperative council defence defense delegates department dockers editorial editors engineers federation
    fight fighters fraction friends front government group groups guild initiative institute international
    internationalists journal labor labour league leaflet left local members militants miners ministry
    movement neighbors neighbours network news newspaper office organisation organization parents party peace
    people peoples power press printers project publications publishers red resistance revolution
    revolutionary school section sisters socialist society solidarity spark staff stewards strike strikers
    struggle students support syndicate teachers tenants tribune union unions unit united vanguard voice women
    workers working workplace workshop world youth
    assemblée cahiers camarades cercle classe collectif comité communiste confédération conseil coordination
    cri étudiants fédération femmes gauche groupe internationale jeunes jeunesse ligue lutte mouvement ouvrier
    ouvrière ouvrières ouvriers parti peuple presse rédaction réseau socialiste société syndicat tendance
    travailleurs voix
    aktion arbeiter arbeiterinnen ausschuss betriebsrat bewegung bund frauen gemeinschaft genossen
    gesellschaft gewerkschaft gruppe jugend kampf kollektiv komitee kreis liga partei rat redaktion studenten
    verband verein verlag zeitung zentralkomitee
    acción agrupación asamblea asociación círculo colectivo comité compañeros confederación consejo
    estudiantes federación frente grupo juventud liga lucha movimiento mujeres obrera obreros organización
    partido pueblo sindicato sociedad trabajadores unión
    assemblea associazione circolo collettivo comitato compagni confederazione consiglio donne federazione
    fronte gruppo lavoratori lega lotta movimento operai operaio organizzazione partito potere sindacato
    società studenti unione
    beweging bond coletivo groep luta operários partij trabalhadores vakbond
    комитет партия рабочие совет союз группа ένωση επιτροπή σύλλογος لجنة اتحاد نقابة حزب جمعية حركة جبهة عمال
    """.split()
)
_ARTICLE = re.compile(
    r"(?:(?:the|a|an|le|la|les|un|une|der|die|das|el|los|las|il|lo|gli|i|o|os|as|de|het)\s"
    r"|l['\N{RIGHT SINGLE QUOTATION MARK}])"
)
"""An article at the head of a name, in lower case."""
_PARTICLES = frozenset(
    "de del della delle der den di do dos da das du des la le les van von zu zur af av el al bin ibn ben bat ap ter "
    "ten te y e i und".split()
)
"""The particles in a person's name: Vincent van Gogh."""

_PART = re.compile(r"[^\W\d_][\w.'\N{RIGHT SINGLE QUOTATION MARK}-]*")
_WORD = re.compile(r"[^\W_]+")
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name for citations: a person's in two parts, a group's whole."""

    whole: str
    family: str = ""
    given: str = ""

    @property
    def inverted(self) -> str:
        """The name with the family name first: `Brennan, Ada`; a group's name unchanged."""
        return f"{self.family}, {self.given}" if self.family else self.whole


def is_group(name: str, groups: Collection[str] = ()) -> bool:
    """Return whether a name is a group's, as far as its words tell: `groups` lists those whose words do not.

    A group has a word of groups, an article, a figure or another word that no person's name has, or more than five
    words. What is left is a person's, or a pseudonym.
    """
    parts = name.split()
    words = {word.casefold() for word in _WORD.findall(name)}
    if name in groups or words & _OF_GROUPS or _ARTICLE.match(name.casefold()) or len(parts) > 5:
        return True
    return any(not part[0].isalpha() or (part[0].islower() and part not in _PARTICLES) for part in parts)


def split_name(name: str, groups: Collection[str] = ()) -> Name:
    """Split the name of a person into family and given name: `Ada Brennan` becomes Brennan, Ada.

    A name that may be a group's stays whole: `Flame, Big` is worse than a person listed under the given name.
    `groups` lists the groups whose names look like a person's.
    """
    parts = name.split()
    if is_group(name, groups) or len(parts) < 2 or not all(map(_PART.fullmatch, parts)):
        return Name(name)
    particle = [part in _PARTICLES for part in parts]
    if particle[0] or particle[-1]:
        return Name(name)
    if parts[-1].casefold() in _SUFFIXES:
        return Name(name)
    if not all(is_particle or part[0].isupper() for part, is_particle in zip(parts, particle, strict=True)):
        return Name(name)
    first = next((place for place, is_particle in enumerate(particle) if is_particle), len(parts) - 1)
    return Name(name, family=" ".join(parts[first:]), given=" ".join(parts[:first]))
