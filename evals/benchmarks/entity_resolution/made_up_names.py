"""Made-up entities with several names: variants by rule, homonyms, and related things with near names."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple


class Entity(NamedTuple):
    """An entity. second: other words for what it is, or ""."""

    id: str
    name: str
    aliases: tuple[str, ...]
    description: str
    second: str


_FIRST = "Ada Bruno Clara Dmitri Elena Farid Greta Hugo Ines Jonas Karin Luis Mira Nadia Otto Paula Rosa Samuel".split()
_LAST = """Abendroth Bakker Castellan Dvorsky Engström Ferreira Galloway Hartwig Ivanova Jankowski Kowalczyk Lindqvist
Marchetti Novotny Okafor Petrescu Quintero Rasmussen Sandoval Takeda""".split()
_JOBS = ["chemist", "painter", "novelist", "engineer", "physicist", "singer", "historian", "film director"]
_NATIONS = ["Polish", "Swedish", "Brazilian", "Kenyan", "Italian", "Canadian"]
_TOWNS = """Ashford Brenham Calder Dunmore Eastvale Fairhaven Glenwood Harrow Ironbridge Juniper Kingsley Larkspur
Millbrook Northgate Oakhurst""".split()
_STATES = ["Montana", "Vermont", "Nevada", "Georgia", "Oregon", "Maine"]
_FIELDS = ["Technology", "Applied Sciences", "Fine Arts", "Marine Research"]
_TRADES = ["Steel", "Ceramics", "Textile", "Optics", "Brewing"]
_THINGS = ["collagen", "graphene", "spider silk", "bone", "nacre", "cellulose", "keratin", "chitin", "titanium alloy"]
_FORMS = ["fibre", "membrane", "nanoparticle", "composite", "hydrogel", "lattice"]
_ASPECTS = [("tensile strength", "compressive strength"), ("stiffness", "toughness"), ("growth", "decay")]


def entities(count: int, seed: int) -> list[Entity]:
    """So many entities; a tenth of them share their name with another one."""
    rng = random.Random(seed)
    found: list[Entity] = []
    taken: set[str] = set()
    makers = [_people(rng), _towns(rng), _institutes(rng), _companies(rng), _materials(rng), _films(rng)]
    while len(found) < count:
        entity = next(makers[len(found) % len(makers)])
        if entity.name + entity.description not in taken:
            taken.add(entity.name + entity.description)
            found.append(entity._replace(id=f"made-up-{len(found)}"))
    return found


def _people(rng: random.Random) -> Iterator[Entity]:
    while True:
        first, middle, last = rng.choice(_FIRST), rng.choice(_FIRST), rng.choice(_LAST)
        job, nation = rng.choice(_JOBS), rng.choice(_NATIONS)
        aliases = (f"{first} {middle} {last}", f"{first[0]}. {last}", f"{last}, {first}")
        about = f"{nation} {job} born in {rng.choice(_TOWNS)}"
        yield Entity("", f"{first} {last}", tuple(rng.sample(aliases, 2)), about, job)


def _towns(rng: random.Random) -> Iterator[Entity]:
    while True:
        town, states = rng.choice(_TOWNS), rng.sample(_STATES, 2)
        for state in states:  # homonyms
            yield Entity("", town, (f"{town}, {state}", f"City of {town} ({state})"), f"city in {state}", state)


def _institutes(rng: random.Random) -> Iterator[Entity]:
    while True:
        town, field = rng.choice(_TOWNS), rng.choice(_FIELDS)
        name = f"{town} Institute of {field}"
        letters = "".join(word[0] for word in name.split() if word != "of")
        about = f"research institute in {rng.choice(_STATES)}"
        yield Entity("", name, (letters, f"The {name}", f"Institute of {field}, {town}"), about, "")


def _companies(rng: random.Random) -> Iterator[Entity]:
    while True:
        last, trade = rng.choice(_LAST), rng.choice(_TRADES)
        name = f"{last} {trade}"
        aliases = (f"{name} Inc.", f"{name} Corporation", name.upper())
        yield Entity(
            "", name, tuple(rng.sample(aliases, 2)), f"{trade.lower()} company based in {rng.choice(_TOWNS)}", ""
        )


def _materials(rng: random.Random) -> Iterator[Entity]:
    while True:
        thing, form = rng.choice(_THINGS), rng.choice(_FORMS)
        for aspect in rng.choice(_ASPECTS):  # related, and not the same
            name = f"{aspect} of {thing} {form}s"
            turned = f"{thing} {form} {aspect}"
            camel = "".join(word.capitalize() for word in turned.split())
            yield Entity("", turned, (camel, name, turned.replace(" ", "-") + "s"), "", "")


def _films(rng: random.Random) -> Iterator[Entity]:
    while True:
        title, year = rng.choice(_TOWNS), rng.randrange(1930, 2020)
        maker = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
        yield Entity("", title, (f"{title} ({year} film)",), f"{year} film directed by {maker}", f"{year} film")
