"""Stocks of node labels: what users call their nodes."""

from __future__ import annotations

import random

PEOPLE = (
    "Ann", "Bob", "Carla", "Dmitri", "Eve", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Keiko", "Liam", "Mona", "Nadia",
    "Oscar", "Priya",
)  # fmt: skip
CITIES = (
    "Paris", "Lima", "Oslo", "Cairo", "Quito", "Hanoi", "Dakar", "Perth", "Turin", "Osaka", "Kyiv", "Leeds", "Natal",
    "Porto", "Boise", "Tunis",
)  # fmt: skip
STATIONS = ("Alpha", "Bravo", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Kilo", "Lima", "Mike", "Oscar")
TASKS = (
    "design", "coding", "testing", "review", "packaging", "release", "training", "budgeting", "hiring", "printing",
    "shipping", "invoicing",
)  # fmt: skip
JOBS = ("baker", "driver", "nurse", "pilot", "tailor", "welder", "farmer", "plumber")
WORDS = (
    "apple", "river", "stone", "cloud", "lamp", "tiger", "bridge", "violin", "pepper", "comet", "saddle", "walnut",
)  # fmt: skip
MIXED = (
    "alPha", "BETA", "Gamma", "dElTa", "EPSILON", "zeta", "Eta", "THETA", "iOta", "KaPPa", "LAMBDA", "Mu",
)  # fmt: skip
UNICODE = (
    "Zoë", "Łódź", "東京", "Ωmega", "naïve", "Ñandú", "Київ", "ærø", "Çelik", "Ålesund", "Übung", "façade",
)  # fmt: skip
MULTI_WORD = (
    "New York", "red river", "Saint Paul", "main hall", "Rio Grande", "old mill", "Cape Town", "blue lake",
    "Monte Carlo", "north gate", "San Marino", "west wing",
)  # fmt: skip
CODES = ("n1", "x27", "A12", "k9", "q3b", "R2", "v100", "t7", "B44", "m5x", "z0", "p31")

STOCKS: dict[str, tuple[str, ...]] = {
    "people": PEOPLE,
    "cities": CITIES,
    "stations": STATIONS,
    "tasks": TASKS,
    "jobs": JOBS,
    "words": WORDS,
    "mixed case": MIXED,
    "unicode": UNICODE,
    "multi-word": MULTI_WORD,
    "codes": CODES,
}


def labels(stock: str, count: int, rng: random.Random) -> list[str | int]:
    """`count` distinct labels: "integers" are 0, 1, …; "gaps" are integers with gaps; else names of `STOCKS`."""
    if stock == "integers":
        return list(range(count))
    if stock == "gaps":
        return sorted(rng.sample(range(3, 900), count))
    return list(rng.sample(STOCKS[stock], count))
