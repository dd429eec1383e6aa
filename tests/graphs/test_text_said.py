"""Sentences around a list of edges: a text is read as it is meant, or the answer is not called proven."""

from __future__ import annotations

import random

import pytest

from agents import GraphAgent

AGENT = GraphAgent(model="none")
NAMES = (
    list("123456"), list("ABCDEF"), ["v1", "v2", "v3", "v4", "v5", "v6"], ["Ann", "Bob", "Cy", "Dan", "Eve", "Fay"],
    ["alpha", "beta", "gamma", "delta", "zeta", "eta"],
    ["New York", "Los Angeles", "San Jose", "El Paso", "Reno", "Ely"],
)  # fmt: skip
EDGES = (
    "{}->{}", "{} -> {}", "{} → {}", "{}--{}", "({}, {})", "[{}, {}]", "{} is connected to {}", "{} is linked to {}",
    "an edge between {} and {}", "an edge from {} to {}", "{} knows {}", "{} to {}", "from {} to {}", "{} before {}",
)  # fmt: skip
LEADS = (
    "", "edges ", "Edges: ", "Edges are ", "The edges of the graph are ", "G: ", "Given ", "Given the graph ",
    "Suppose ", "Here is my graph: ", "We have ", "There is ", "Network: ", "E = ", "links: ", "In my network ",
    "I have a network where ", "We know that ", "Let G be the graph with edges ", "hello, ", "please: ", "so ",
    "ok so ", "Note: ", "an undirected graph ", "A graph has the following edges: ",
)  # fmt: skip
JOINTS = (", ", "; ", " and ", "\n", ", and ")
ENDS = ("", ".", "!", " exist.", " in total.", " thanks", " only.")


def made(rng: random.Random) -> tuple[str, int, int]:
    """A text, and the numbers of nodes and edges that it means."""
    names = rng.choice(NAMES)
    pairs = rng.sample([(u, v) for n, u in enumerate(names) for v in names[n + 1 :]], rng.randint(2, 5))
    edge = rng.choice(EDGES)
    listed = rng.choice(JOINTS).join(edge.format(*pair) for pair in pairs)
    return f"{rng.choice(LEADS)}{listed}{rng.choice(ENDS)}", len({name for pair in pairs for name in pair}), len(pairs)


@pytest.mark.parametrize("seed", range(12))
def test_no_count_is_proven_of_another_graph(seed: int) -> None:
    rng = random.Random(seed)
    right = 0
    for _ in range(60):
        text, nodes, edges = made(rng)
        question, gold = rng.choice([("How many nodes are there?", nodes), ("How many edges are there?", edges)])
        first = rng.random() < 0.5
        dot = "" if text.endswith((".", "!")) else "."
        asked = f"{question}\n{text}" if first else f"{text}{dot}\n{question}"
        reply = AGENT.ask(asked)
        assert reply.value == gold or reply.status != "proven", (asked, reply.value, gold)
        right += reply.value == gold
    assert right >= 25  # most of the rest is asked back


ODD = [
    ("What is the number of nodes? Data:\nv1-v5: 5; v4-v6: 6; v3-v4: 6!", 5),
    ("Cy-Dan\nAnn-Dan\nDan-Fay\nCy-Fay\nAnn-Cy\nBob-Eve etc. How many nodes are there?", 6),
    ("how many nodes does it have Note: (1, 3) and (0, 5) and (2, 3)!", 5),
    ("Roads: A/B: 15\nA/C: 17\nB/C: 14. How many nodes are there?", 3),
    ("Given 1 -14- 2\n1 -17- 3\n1 -12- 4\n2 -7- 3. How many nodes are there?", 4),
    ("a,b,3\nb,c,2\nb,d,16.\nHow many edges are there?", 3),
    ("Edges: beta to zeta; alpha to gamma in total. How many edges are there?", 2),
]


@pytest.mark.parametrize(("text", "gold"), ODD)
def test_odd_lists_are_read_or_asked_back(text: str, gold: int) -> None:
    reply = AGENT.ask(text)
    assert reply.value == gold or reply.status == "unanswerable", reply
