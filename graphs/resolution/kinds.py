"""Kinds of things: whether two types of one name can mean the same thing ("planet" and "chemical element" cannot)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graphs.resolution.naming import read_name

Agreement = Literal["same", "open", "contradicts"]

# family: kinds of it, with blanks between; words joined by = are one kind, and _ stands for a blank. Kinds in brackets
# are general words, which fit every other kind of the family. The members of a family marked with * fit each other: one
# person is an actor and a director. Words that a science uses for anything (structure, model, network) are left out.
_FAMILIES = """
being*: [person=people=human=individual=man=woman] actor=actress director producer singer musician writer author poet
  politician president minister king queen emperor monarch scientist physicist chemist mathematician engineer
  philosopher composer novelist screenwriter comedian footballer player athlete coach journalist artist painter
  architect rapper songwriter singer-songwriter guitarist pianist drummer cinematographer animator designer inventor
  researcher professor officer soldier judge lawyer businessman businesswoman entrepreneur character deity god goddess
  saint animal mammal bird fish insect reptile dog cat horse snake creature editor playwright filmmaker lyricist
  dancer wizard witch child employee doctor physician biologist economist fashion_model military_leader
group: [organization=organisation=institution=institute=organ_of_state=org]
  company=corporation=firm=business=conglomerate=manufacturer=label=imprint=studio=publisher=developer=airline=bank=brand
  =startup=broadcaster=television_network=tv_network=radio_network=newspaper=magazine
  university=college school club=team band=duo=supergroup=ensemble=orchestra political_party=party
  agency=department=ministry=government museum church army=military=militia hospital charity=ngo union
place*: [place=location=loc=geo=gpe=territory]
settlement: [locality=municipality=commune=comune]
  city=town=village=metropolis=suburb=settlement=township=capital=county_seat=parish_seat=seat
neighborhood: [neighborhood=neighbourhood=borough=district=ward=quarter]
division: [division] country=nation=republic=kingdom=monarchy=empire state=province=prefecture=voivodeship=canton
  county=parish
nature: [landform] river=stream lake mountain=peak=hill island=isle=archipelago sea=ocean=gulf=strait desert forest
  continent valley peninsula planet star galaxy moon asteroid constellation
building: [building=venue] airport stadium=arena bridge castle=palace theatre=theater tower station road=street
work: [work=drama=comedy=franchise=anime] film=movie=documentary
  television_series=tv_series=sitcom=miniseries=show=soap_opera=telenovela
  book=novel=novella=story=memoir album=record=ep song=single game=videogame opera=musical painting=sculpture poem
  manga=comic
happening: [occurrence=incident] war=battle=conflict=revolution festival=ceremony election
  tournament=cup=championship=olympic_games earthquake=hurricane=disaster
award: [award=prize=medal]
speech: [language=dialect=programming_language]
living: [organism=species=genus] plant=tree=flower=shrub bacterium=microbe virus
  fruit=vegetable=food=dish=drink=beverage fungus
substance*: [substance=material=chemical] chemical_element=metal=alloy chemical_compound=compound=molecule
  mineral=rock protein=enzyme drug=medicine polymer=biopolymer acid gas liquid fiber=fibre hormone biomaterial
illness: [disease=illness=disorder=syndrome=infection=cancer]
machine: [device=machine=equipment] vehicle=car=ship=aircraft=train=boat weapon=gun computer sensor
software: [software=program=application=app=library=framework=operating_system]
sport: [sport]
art: [genre=subgenre=sub-genre]
measure: [currency]
"""
_CLOSE = (  # families whose members may be one thing, seen from two sides
    {"place", "settlement", "neighborhood", "division", "nature", "building"},
    {"living", "being"},
    {"living", "substance"},
    {"group", "building"},
    {"speech", "software"},
)
_PARTED = (  # close families whose special kinds are two things all the same: a county and the city it is named for
    {"settlement", "division"},
    {"settlement", "nature"},
    {"division", "nature"},
    {"building", "settlement"},
    {"building", "division"},
    {"building", "nature"},
    {"living", "being"},
    {"group", "building"},
)


@dataclass(frozen=True)
class Kind:
    """A kind and its family. general: the family's general word. loose: the members of the family fit each other."""

    name: str
    family: str
    general: bool
    loose: bool


def _read() -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for line in re.sub(r"\n\s+", " ", _FAMILIES.strip()).replace(" =", "=").splitlines():
        family, _, kinds = line.partition(":")
        for kind in kinds.split():
            words = kind.strip("[]").split("=")
            for word in words:
                key = " ".join(read_name(word).words)
                found[key] = Kind(words[0], family.strip("*"), kind.startswith("["), family.endswith("*"))
    return found


_KINDS = _read()
_PREPOSITION = re.compile(
    r"\s(?:in|of|by|from|for|at|on|that|who|which|with|to|where|between|about|into|during|near|"
    r"[a-z]{3,}ed|as|is|was|are)\b|[(:/\u2013\u2014]"
)
_PARTS = re.compile(r"[,;]|\s(?:and|or)\s")
_NAMED = frozenset("being group place settlement neighborhood division nature building work happening award".split())


def _head(words: tuple[str, ...]) -> Kind | None:
    """The kind that a noun phrase means by its last two words, or the last one ("tech company" is a company)."""
    if "of" in words[1:]:
        words = words[: words.index("of", 1)]
    return _KINDS.get(" ".join(words[-2:])) or _KINDS.get(words[-1])


@lru_cache(maxsize=20_000)
def kind_of(type_name: str | None) -> Kind | None:
    """The kind that the name of a type means; None where that is unknown, or fits anything ("concept", "process")."""
    return _head(read_name(type_name).words) if type_name else None


@lru_cache(maxsize=20_000)
def described_kind(description: str) -> Kind | None:
    """The kind that a description begins with: "1927 German film by Fritz Lang" is a film."""
    phrase = _PREPOSITION.split(description.strip()[:200], maxsplit=1)[0]
    found = (_head(read_name(part).words) for part in _PARTS.split(phrase) if part.strip())
    return next((kind for kind in found if kind is not None), None)


def names_one_thing(kind: Kind | None) -> bool:
    """Whether things of this kind bear names of their own, so that singular and plural name two of them."""
    return kind is not None and kind.family in _NAMED


def agreement(one: Kind | None, other: Kind | None) -> Agreement:
    """Whether a thing can be of both kinds; `open` where that is not known.

    >>> agreement(kind_of("planet"), kind_of("chemical element")), agreement(kind_of("actor"), kind_of("film director"))
    ('contradicts', 'same')
    """
    if one is None or other is None:
        return "open"
    if one.family == other.family:
        if one.loose or one.name == other.name:
            return "same"
        return "open" if one.general or other.general else "contradicts"
    pair = {one.family, other.family}
    if not any(pair <= close for close in _CLOSE):
        return "contradicts"
    if pair in _PARTED and not (one.general or other.general):
        return "contradicts"
    return "open"
