"""Which functions a draft calls: named, described, asked for in a word, or chosen by a model; and rules that mend."""

from __future__ import annotations

import pytest

from agents.programs.choosing import named_by, question_for_names
from agents.programs.described import asked_for, asked_property, counted, described, existing, normalized
from agents.programs.documentation import Documentation
from agents.programs.generated import generator_arguments, spoken_generators
from agents.programs.mending import mended, without_failing_line
from agents.programs.parameters import parameter_doc
from agents.programs.spoken import is_sure, meant, strength
from agents.programs.stated import Stated
from agents.programs.symbols import Symbol
from agents.search import find_documentation, libraries_in, named_in


def found(documentation: Documentation, name: str) -> Symbol:
    symbol = documentation.find(name)
    assert symbol is not None
    return symbol


def test_names_inside_longer_names_and_stray_words_are_not_meant(documentation: Documentation) -> None:
    question = "Use `biconnected_component_edges`; the biconnected components are robust and their efficiency counts."
    names = [symbol.short for symbol in meant(question, named_in(question, documentation), ())]
    assert names == ["biconnected_component_edges"]


def test_how_plainly_a_function_is_named(documentation: Documentation) -> None:
    density = found(documentation, "networkx.density")
    assert is_sure(density, "call `density` now")
    assert is_sure(density, "the density function")
    assert strength(density, "compute the density of it") == 2
    assert strength(density, "a town of high density") == 1


def test_other_names_of_a_function_are_found(documentation: Documentation) -> None:
    (symbol,) = documentation.by_name("binomial_graph")
    assert symbol.name == "networkx.binomial_graph"  # another name of gnp_random_graph
    assert documentation.by_name("no_such_name_anywhere") == []


def test_the_karate_club_is_a_graph_and_no_library(documentation: Documentation) -> None:
    assert libraries_in("the karate club and its members", documentation) == ()


def test_accents_do_not_hide_a_name(documentation: Documentation) -> None:
    assert "to_prufer_sequence" in [s.short for s in find_documentation("Its Prüfer sequence?", documentation).named]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Please report its density.", ["density"]),
        ("Tell me the center and the periphery of it.", ["center", "periphery"]),
        ("Which edges are bridges here?", ["bridges"]),
        ("What a lovely day.", []),
    ],
)
def test_a_word_that_is_asked_for(documentation: Documentation, question: str, names: list[str]) -> None:
    assert [symbol.short for symbol in asked_for(question, documentation, "networkx")] == names


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Verify whether our plan is strongly regular.", "is_strongly_regular"),
        ("Is this network eulerian?", "is_eulerian"),
        ("Are the brooks a forest?", "is_forest"),
        ("They walk in an eulerian mood.", None),
    ],
)
def test_a_property_that_is_asked_after(documentation: Documentation, question: str, name: str | None) -> None:
    symbol = asked_property(question, documentation)
    assert (symbol.short if symbol is not None else None) == name


def test_a_function_that_is_described() -> None:
    inside = Symbol("lib.edges_inside", "function", "lib", doc="Number of edges internal to the community.")
    cut = Symbol("lib.cut_ratio", "function", "lib", doc="Fraction of existing edges leaving the community.")
    assert described("How many, what number of edges is internal to a community?", [inside, cut]) is inside
    assert described("How warm is it in the community?", [inside, cut]) is None


def test_meanings_beside_a_name(documentation: Documentation) -> None:
    bridges = found(documentation, "networkx.bridges")
    assert existing("Are there any bridges?", bridges, documentation).short == "has_bridges"
    assert existing("List the bridges.", bridges, documentation) is bridges
    parts = found(documentation, "networkx.connected_components")
    assert counted("Give the number of connected components.", parts, documentation).short.startswith("number_")
    assert counted("Give the connected components.", parts, documentation) is parts
    assert (
        normalized("the normalized density", found(documentation, "networkx.density"), documentation).short == "density"
    )


@pytest.mark.parametrize(
    ("story", "name", "arguments"),
    [
        ("A Barabási–Albert model of 50 clubs, each new one tied to 2 others.", "barabasi_albert_graph", [50, 2]),
        ("An Erdos-Renyi graph with 30 nodes and a probability of 20%.", "erdos_renyi_graph", [30, 0.2]),
        ("An Erdős–Rényi network with 30 nodes and 45 edges.", "gnm_random_graph", [30, 45]),
        ("Take K(2,3) for it.", "complete_bipartite_graph", [2, 3]),
    ],
)
def test_generators_that_a_story_speaks_of(
    documentation: Documentation, story: str, name: str, arguments: list[float]
) -> None:
    ((at, symbol, sizes),) = spoken_generators(story, "networkx", documentation.find)
    assert symbol.short == name
    given, lacking = generator_arguments(symbol, Stated(story), at, sizes)
    assert lacking == []
    assert [value for key, value in given if key != "seed"] == arguments


def test_a_generator_without_its_numbers_lacks_them(documentation: Documentation) -> None:
    symbol = found(documentation, "networkx.barabasi_albert_graph")
    assert generator_arguments(symbol, Stated("A barabasi_albert_graph."), 2)[1] == ["n", "m"]


def test_what_the_documentation_says_of_a_parameter(documentation: Documentation) -> None:
    symbol = found(documentation, "networkx.community.modularity")
    said = parameter_doc("communities", symbol)
    assert "partition" in said
    assert "edge attribute" not in said  # of the next parameter


def test_the_names_in_a_reply(documentation: Documentation) -> None:
    def names(reply: str) -> list[str]:
        return [symbol.name for symbol in named_by(reply, documentation, "networkx")]

    assert names("networkx.diameter") == ["networkx.diameter"]
    assert names("`nx.pagerank`, nx.no_such_thing") == ["networkx.pagerank"]
    assert names("density") == ["networkx.density"]
    assert names("I cannot say.") == []
    assert names("nx.radius, nx.center, nx.diameter, nx.periphery, nx.density") == []  # a list is no choice
    shown = question_for_names("How dense is it?", documentation, find_documentation("?", documentation), "networkx")
    assert "Functions:" in shown[-1][1]


def failed_at(line: int, error: str) -> str:
    return f'Traceback:\n  File "answer.py", line {line}, in <module>\n{error}'


def test_rules_that_mend_a_program() -> None:
    code = "import networkx as nx\nprint(nx.bridges(graph))"
    again = mended(code, failed_at(2, "not implemented for directed type"))
    assert again == (
        "import networkx as nx\ngraph = graph.to_undirected()\nprint(nx.bridges(graph))",
        "the directions of the edges",
    )
    assert mended(again[0], failed_at(3, "not implemented for directed type")) is None  # not twice
    assert mended(code, failed_at(2, "not implemented for directed type"), asks_directions=True) is None
    assert mended(code, failed_at(2, "KeyError: 'x'")) is None


def test_a_print_that_fails_is_left_out_by_name() -> None:
    code = "print(1)\nprint(nothing)"
    assert without_failing_line(code, failed_at(2, "NameError")) == ("print(1)", "print(nothing)")
    assert without_failing_line("print(nothing)", failed_at(1, "NameError")) is None
