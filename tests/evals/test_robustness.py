"""The perturbed questions: the same truth in other clothes, and halves of wordings that share nothing."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from evals.benchmarks.robustness.questions import KINDS
from evals.benchmarks.robustness.settings import SETTINGS
from evals.benchmarks.robustness.syntaxes import SYNTAXES, fitting, write
from evals.benchmarks.robustness.task import PERTURBATIONS, TASK
from evals.task import Sample, Source
from evals.wordings import wordings
from graphs.graph import Graph

SLOTS = {"": set(), "u": {"u"}, "uv": {"u", "v"}, "ut": {"u", "t"}, "p": {"p"}}


def _items(count: int = 1300, split: str = "dev") -> list[Sample]:
    return list(islice(TASK.samples(Source(count=count, split=split)), count))


@pytest.mark.parametrize("split", ["dev", "heldout"])
def test_every_wording_names_the_slots_of_its_kind(split: str) -> None:
    stock = wordings(split)
    assert stock.keys() == KINDS.keys()
    for kind, groups in stock.items():
        assert {"plain", "terse"} <= groups.keys() <= {"plain", "terse", *SETTINGS}
        for group in groups.values():
            for template in group:
                assert set(re.findall(r"\{(\w)\}", template)) == SLOTS[KINDS[kind].slots], template


def test_no_wording_stands_in_both_halves() -> None:
    halves = [
        {template.lower() for groups in wordings(split).values() for group in groups.values() for template in group}
        for split in ("dev", "heldout")
    ]
    assert not halves[0] & halves[1]


@pytest.mark.parametrize("split", ["dev", "heldout"])
def test_every_perturbation_meets_every_kind(split: str) -> None:
    seen = {(item.task, item.metadata["kind"]) for item in _items(split=split)}
    lacking = {(p, k) for p in PERTURBATIONS for k in KINDS} - seen
    assert {p for p, _ in lacking} <= {"application"}


def test_asked_nodes_are_written_as_in_the_graph() -> None:
    for item in _items(600):
        assert item.graph is not None
        for slot in ("u", "v"):
            if slot in item.metadata["slots"]:
                node = item.metadata["slots"][slot]
                assert node in item.graph
                assert str(node) in item.question


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_every_label_and_figure_is_written(syntax: str) -> None:
    graph = Graph.from_edges([("Ann", "Bob", 17), ("Bob", "Eve", 23)], ["Ann", "Bob", "Eve", "Zoë"])
    text = write(graph, syntax)
    assert all(word in text for word in ("Ann", "Bob", "Eve", "Zoë", "17", "23"))


def test_unnamed_figures_are_only_used_for_weights() -> None:
    capacities = Graph.from_edges([(0, 1, {"capacity": 3})], directed=True)
    assert not {"mermaid", "matrix"} & set(fitting(capacities))


def test_a_negated_wording_turns_the_gold_around() -> None:
    found = TASK.samples(Source(count=6000, split="heldout", tasks=("reworded",)))
    items = [i for i in islice(found, 800) if "acyclic" in i.question or "free of cycles" in i.question]
    assert items
    assert all("#" not in item.question for item in items)
    for item in items:
        assert item.graph is not None
        assert item.gold == (item.graph.num_edges == item.graph.num_nodes - _parts(item.graph))


def _parts(graph: Graph) -> int:
    import networkx as nx

    return nx.number_connected_components(graph.nx)
