"""What people say for a function, and whether it suits what a question gives."""

from __future__ import annotations

import networkx as nx
import pytest

from agents.programs.documentation import Documentation
from agents.programs.fitting import fit
from agents.programs.given_code import GivenCode
from agents.programs.meaning import nearest_meaning
from agents.programs.scene import Scene
from agents.programs.stories import graphs_in
from agents.programs.wanted import completed
from agents.programs.wordings import _equivalents, wordings_of
from tools.registry import declared_tools
from tools.sentences import available


def test_each_equivalent_names_a_tool_and_a_function_of_networkx() -> None:
    for tool, (function, _) in _equivalents().items():
        assert tool in declared_tools()
        place = nx
        for part in filter(None, function.split(".")):
            place = getattr(place, part)


def test_a_function_has_the_wordings_of_the_tool_that_computes_the_same() -> None:
    said = wordings_of("networkx")
    assert any("cut vert" in text.casefold() for text in said["articulationpoints"])
    assert any("coreness" in text.casefold() for text in said["corenumber"])
    assert not any("{" in text for texts in said.values() for text in texts)
    assert "corenumber" not in wordings_of("igraph")
    assert "coreness" in wordings_of("igraph")


def _scene(text: str) -> Scene:
    scene = Scene(text, GivenCode())
    scene.add_given(graphs_in(text), igraph=False, needs_arcs=False)
    return scene


def test_a_function_fits_where_its_arguments_are_said(documentation: Documentation) -> None:
    path, diameter = documentation.find("networkx.dijkstra_path"), documentation.find("networkx.diameter")
    assert path is not None
    assert diameter is not None
    two = _scene("Lanes [(1, 2), (2, 3)]. How does one get from 1 to 3?")
    none = _scene("Lanes [(1, 2), (2, 3)]. How wide is it?")
    assert fit(none, path) is None
    assert (fit(two, path) or 0.0) > 0 > (fit(two, diameter) or 0.0)
    assert fit(none, diameter) == 0.0


MEANT = [
    (
        "Pipes run [(1, 2), (2, 3), (3, 1), (3, 4)]. Which junctions are so critical that if any one of them is shut, "
        "the network falls apart into more pieces than before? List those cut vertices.",
        "articulation_points",
    ),
    ("Clubs [(1, 2), (2, 3), (3, 1)]. I am after the mean of the local clustering coefficients.", "average_clustering"),
]


@pytest.mark.skipif(not available(), reason="the extra `search` is not installed")
@pytest.mark.parametrize(("question", "name"), MEANT)
def test_what_is_described_is_found(documentation: Documentation, question: str, name: str) -> None:
    scene = _scene(question)
    found, _ = nearest_meaning(question, documentation, "networkx", lambda symbol: fit(scene, symbol))
    assert found is not None
    assert found.short == name


def test_a_property_of_the_graph_is_asked_for_besides_its_communities(documentation: Documentation) -> None:
    groups = documentation.find("networkx.density")
    assert groups is not None
    from dataclasses import replace

    louvain = replace(groups, name="cdlib.algorithms.louvain", library="cdlib")
    question = "Split it by louvain. Also, is the graph planar?"
    steps = completed(question, [louvain], documentation, library="networkx", has_graph=True)
    assert [symbol.short for symbol in steps] == ["louvain", "is_planar"]
    steps = completed("Split it by louvain.", [louvain], documentation, library="networkx", has_graph=True)
    assert [symbol.short for symbol in steps] == ["louvain"]
