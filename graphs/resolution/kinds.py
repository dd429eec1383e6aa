"""Kinds of things: whether two types of one name can mean the same thing ("planet" and "chemical element" cannot)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graphs.resolution.naming import read_name

Agreement = Literal["same", "open", "contradicts"]

# family: kinds of it, with blanks between; words joined by = are one kind. A kind in brackets is the family's general
# word, which fits every other of the family. The members of a family marked with * fit each other: one person is an
# actor and a director.
_FAMILIES = """
being*: [person=people=human=individual=man=woman=being] actor=actress director producer singer musician writer author
  poet politician president minister king queen emperor monarch scientist physicist chemist mathematician engineer
  philosopher composer novelist screenwriter comedian footballer player athlete coach journalist artist painter architect
  rapper songwriter singer-songwriter guitarist pianist drummer cinematographer animator designer inventor researcher
  professor officer general soldier judge lawyer businessman businesswoman entrepreneur character deity god goddess saint
  animal mammal bird fish insect reptile dog cat horse snake creature editor playwright filmmaker lyricist dancer model
  wizard witch child employee doctor physician biologist economist leader host
group: [organization=organisation=institution=org=group] company=corporation=firm=business=conglomerate=manufacturer
  university=college school club=team band=duo=supergroup=ensemble=orchestra party label=imprint network=broadcaster
  studio agency=department=ministry museum church army=military=militia newspaper=magazine=journal hospital charity=ngo
  bank government union airline publisher developer
place*: [place=location=area=region=site=geo=gpe=territory=zone=spot]
settlement: [locality=municipality=commune=comune] city=town=village=metropolis=suburb=settlement=township=capital=seat
neighborhood: [neighborhood=neighbourhood=borough=district=ward=quarter]
division: [division] country=nation=republic=kingdom=monarchy=empire state=province=prefecture=voivodeship=canton
  county=parish
nature: [landform] river=stream lake mountain=peak=hill island=isle=archipelago sea=ocean=gulf=strait desert forest
  continent valley peninsula planet star galaxy moon=satellite asteroid constellation
building: [building=structure=venue] airport stadium=arena bridge castle=palace theatre=theater tower station road=street
work: [work=publication] film=movie=drama=comedy=sitcom=series=miniseries=show=documentary=franchise=anime
  book=novel=novella=story=memoir album=record=ep song=single game=videogame opera=musical painting=sculpture poem paper=article
  manga=comic
happening: [occurrence=incident] war=battle=conflict=revolution festival=ceremony election tournament=season=games=cup
  earthquake=hurricane=disaster
award: [award=prize=medal=honor=honour]
speech: [language=dialect]
living: [organism=species=genus] plant=tree=flower=shrub bacterium=microbe virus fruit=vegetable=food=dish=drink=beverage fungus
substance*: [substance=material=chemical=matter] element metal compound=molecule mineral=rock protein=enzyme drug=medicine
  polymer=biopolymer acid gas liquid alloy fiber=fibre crystal hormone biomaterial composite
illness: [disease=illness=disorder=syndrome=condition=infection=cancer]
body: [organ] tissue=muscle=bone cell
machine: [device=machine=tool=instrument=equipment] vehicle=car=ship=aircraft=train=boat weapon=gun computer sensor
software: [software=program=application=app=library=framework]
sport: [sport] position
art: [genre=subgenre=sub-genre]
time: [date=year=century=period=era=month=day=time]
measure: [unit=currency]
"""
_CLOSE = (  # families whose members may be one thing, seen from two sides
    {"place", "settlement", "neighborhood", "division", "nature", "building"},
    {"living", "being"},
    {"living", "substance"},
    {"group", "building"},
    {"body", "living"},
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
    for line in re.sub(r"\n\s+", " ", _FAMILIES.strip()).splitlines():
        family, _, kinds = line.partition(":")
        for kind in kinds.split():
            words = kind.strip("[]").split("=")
            for word in words:
                key = read_name(word).key
                found[key] = Kind(words[0], family.strip("*"), kind.startswith("["), family.endswith("*"))
    return found


_KINDS = _read()
_END = re.compile(
    r"\s(?:in|of|by|from|for|at|on|and|or|that|who|which|with|to|where|between|about|into|during|near|"
    r"[a-z]{3,}ed|[a-z]{3,}ing|as|is|was|are)\b|[,;(:/\u2013\u2014]"
)
_NAMED = frozenset("being group place settlement neighborhood division nature building work happening award".split())


@lru_cache(maxsize=20_000)
def kind_of(type_name: str | None) -> Kind | None:
    """The kind that the name of a type means, by its last word that is one ("tech company" is a company)."""
    for word in reversed(read_name(type_name or "").words):
        if word in _KINDS:
            return _KINDS[word]
    return None


@lru_cache(maxsize=20_000)
def described_kind(description: str) -> Kind | None:
    """The kind that the first noun phrase of a description ends in: "1927 German film by Fritz Lang" is a film."""
    words = read_name(_END.split(description.strip()[:200], maxsplit=1)[0]).words
    return next((_KINDS[word] for word in reversed(words[-3:]) if word in _KINDS), None)


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
