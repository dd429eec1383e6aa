"""Graphs that are written with arrows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.growing.replies.arrows import read_arrows
from tests.growth import assert_no_worse_than_linear


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("1. **Kelp** -[IS-A]-> **Seaweed**", [("**Kelp**", "IS-A", "**Seaweed**")]),
        ("- **Kelp** -[**IS-A**]-> **Seaweed**", [("**Kelp**", "**IS-A**", "**Seaweed**")]),
        ("**Kelp** - *IS-A* -> **Seaweed**", [("**Kelp**", "IS-A", "**Seaweed**")]),
        (r"\*\*Kelp\*\* -[IS-A]-> \*\*Seaweed\*\*", [("**Kelp**", "IS-A", "**Seaweed**")]),
        ("Kelp --shelters--> Otters", [("Kelp", "shelters", "Otters")]),
        ("(Kelp)-[shelters]->(Otters)", [("(Kelp)", "shelters", "(Otters)")]),
        ("Otters <-[shelters]- Kelp", [("Kelp", "shelters", "Otters")]),
        ("Kelp -> Otters", [("Kelp", "leads to", "Otters")]),
        ("B-cells -[kill]-> T-cells", [("B-cells", "kill", "T-cells")]),
        ("A -[r]-> B -[s]-> C", [("A", "r", "B"), ("B", "s", "C")]),
        ("Kelp → Otters; Otters → Urchins", [("Kelp", "leads to", "Otters"), ("Otters", "leads to", "Urchins")]),
        ("R → C (small R ↑ C), N → E (short N)", [("R", "leads to", "C"), ("N", "leads to", "E")]),
        ("Light → ↑ Growth", [("Light", "increases", "Growth")]),
        ("Light ↓ → Growth ↓", [("Light", "less of it decreases", "Growth")]),
    ],
)
def test_every_known_arrow_is_read(text: str, edges: list[tuple[str, str, str]]) -> None:
    graph = read_arrows(text)
    assert graph.edges == edges
    assert not graph.left


def test_chains_and_names_broken_over_lines_are_joined() -> None:
    text = """- 1. **Kelp** -[INFLUENCES]->
  - **Wave Height**
- 2. **Kelp** -[RELATES-TO]-> **Carbon
- Storage** -[INFLUENCES]-> **Climate**
- 3. **Kelp** -[IS-A]-> **Alga**
  - -[RELATES-TO]-> **Iodine** -[RELATES-TO]->
  - **Thyroid**"""
    assert read_arrows(text).edges == [
        ("**Kelp**", "INFLUENCES", "**Wave Height**"),
        ("**Kelp**", "RELATES-TO", "**Carbon Storage**"),
        ("**Carbon Storage**", "INFLUENCES", "**Climate**"),
        ("**Kelp**", "IS-A", "**Alga**"),
        ("**Alga**", "RELATES-TO", "**Iodine**"),
        ("**Iodine**", "RELATES-TO", "**Thyroid**"),
    ]


def test_verbs_before_listed_entities_are_told_from_names() -> None:
    text = """Core entities: Kelp Forest (K), Wave Height, Storm Damage.
Relationships: Kelp Forest → lowers Wave Height → causes Storm Damage; Kelp Forest → grows fast in cold water."""
    graph = read_arrows(text)
    assert graph.entities == ["Kelp Forest", "Wave Height", "Storm Damage"]
    assert graph.edges == [("Kelp Forest", "lowers", "Wave Height"), ("Wave Height", "causes", "Storm Damage")]
    assert [what for what, _ in graph.left] == ["Kelp Forest → grows fast in cold water."]


def test_an_arrow_that_points_at_nothing_is_told() -> None:
    graph = read_arrows("Kelp -> ")
    assert not graph.edges
    assert len(graph.left) == 1


@settings(deadline=None)
@given(st.text(alphabet="AB→->[]()*<=;,.\n ↑1", max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    for source, verb, target in read_arrows(text).edges:
        assert source
        assert verb
        assert target


@pytest.mark.parametrize("unit", ["-", "\n->a", "→", "a→", "a→b, ", "(", "--a ", "**-**", "- [", "<"])
def test_hostile_arrows_take_linear_time(unit: str) -> None:
    assert_no_worse_than_linear(read_arrows, unit * (7_500 // len(unit)), unit * (60_000 // len(unit)))
