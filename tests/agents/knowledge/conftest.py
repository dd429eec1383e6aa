"""Small knowledge graphs to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.knowledge import agent
from graphs.store import Store

TEXT = (
    "Spider silk enables impact resistance. Nacre contains aragonite platelets, which increase toughness. "
    "Nacre has toughness, and so has spider silk. Marie Curie discovered polonium, which was named after Poland. "
    "Graphene improves electrical conductivity."
)
FACTS = (  # source, its type, verb, target, its type, words of the text
    ("Spider silk", "material", "enables", "impact resistance", "property", "Spider silk enables impact resistance"),
    ("Nacre", "material", "contains", "aragonite platelets", "component", "Nacre contains aragonite platelets"),
    ("aragonite platelets", "component", "increases", "toughness", "property", "which increase toughness"),
    ("Nacre", "material", "HAS-PROPERTY", "toughness", "property", "Nacre has toughness"),
    ("Spider silk", "material", "HAS-PROPERTY", "toughness", "property", "so has spider silk"),
    ("Nacre", "material", "isA", "biological material", "class", ""),
    ("Spider silk", "material", "isA", "biological material", "class", ""),
    ("Marie Curie", "person", "discovered", "polonium", "element", "Marie Curie discovered polonium"),
    ("polonium", "element", "namedAfter", "Poland", "country", "which was named after Poland"),
    ("Pierre Curie", "person", "married", "Marie Curie", "person", ""),
    (
        "Graphene",
        "material",
        "improves",
        "electrical conductivity",
        "property",
        "Graphene improves electrical conductivity",
    ),
    ("battery", "device", "requires", "electrical conductivity", "property", ""),
    ("Paris", "city", "locatedIn", "France", "country", ""),
    ("Paris", "person", "loves", "Helen", "person", ""),
)


@pytest.fixture(autouse=True)
def no_embeddings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentence embeddings take long to load and are not installed everywhere."""
    monkeypatch.setattr(agent, "_embeddings", lambda: False)


@pytest.fixture(scope="session")
def materials(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of two steps: what a text says, and what a model supposed."""
    folder = tmp_path_factory.mktemp("materials")
    with Store.open(folder) as store:
        numbers: dict[tuple[str, str], int] = {}
        with store.step("document", about="text.md") as step:
            document = step.add_document("text.md", TEXT)
            for source, source_type, verb, target, target_type, quote in FACTS:
                for key in ((source, source_type), (target, target_type)):
                    if key not in numbers:
                        numbers[key] = step.add_entity(key[0], type=key[1])
                ends = numbers[source, source_type], numbers[target, target_type]
                status = "grounded" if quote else "hypothesis"
                relation = step.add_relation(ends[0], verb, ends[1], status=status)
                if quote:
                    start = TEXT.find(quote)
                    span = (start, start + len(quote)) if start >= 0 else (0, 5)
                    step.add_evidence(relation, quote=quote, document=document, start=span[0], end=span[1])
            step.add_alias(numbers["Spider silk", "material"], "dragline silk")
        with store.step("question", about="What else resists impact?") as step:
            kevlar = step.add_entity("Kevlar", type="material")
            relation = step.add_relation(kevlar, "enables", numbers["impact resistance", "property"])
            step.add_evidence(relation, quote="Kevlar enables impact resistance", call="k1")
            step.add_relation(kevlar, "competesWith", numbers["Spider silk", "material"])
    return folder


def triples(folder: Path, rows: list[tuple[str, str, str]]) -> Path:
    """A graph of triples."""
    with Store.open(folder) as store:
        store.load_triples(rows)
    return folder


BORDERS = "france-spain france-italy france-germany spain-portugal germany-austria austria-italy germany-poland"
FAMILY = (
    ("ann", "parent_of", "bob"),
    ("bob", "parent_of", "cid"),
    ("ann", "parent_of", "dee"),
    ("eve", "employs", "ann"),
)


@pytest.fixture(scope="session")
def countries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Countries that border each other, in regions, in small letters and without types."""
    pairs = [tuple(pair.split("-")) for pair in BORDERS.split()]
    rows = [(a, "borders", b) for a, b in pairs] + [(b, "borders", a) for a, b in pairs]
    rows += [(name, "locatedin", "southern_europe") for name in ("spain", "italy", "portugal")]
    rows += [(name, "locatedin", "western_europe") for name in ("france", "germany", "austria")]
    rows += [(name, "locatedin", "europe") for name in ("southern_europe", "western_europe")]
    return triples(tmp_path_factory.mktemp("countries"), rows)


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Films with people: relations that run one way."""
    rows = []
    acts = "starred_actors"
    people = {"Ida": "directed_by", "Udo": "directed_by", "Kim": "written_by", "Lea": acts, "Max": acts}
    for number in range(12):
        film = f"The Film {number}"
        for at, (person, verb) in enumerate(people.items()):
            if number % (at + 2) == 0:
                rows.append((film, verb, f"{person} {'Jones' if at % 2 else 'Smith'}"))
        rows += [(film, "release_year", str(1990 + number % 4)), (film, "has_genre", ("Drama", "Comedy")[number % 2])]
        rows.append((film, "starred_actors", f"Extra {number}"))
        rows.append((film, "directed_by", f"Director {number % 9}"))
        rows.append((film, "written_by", f"Writer {number % 9}"))
    return triples(tmp_path_factory.mktemp("films"), rows)
