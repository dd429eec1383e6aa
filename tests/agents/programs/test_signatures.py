"""The check of names and calls before a program runs."""

from __future__ import annotations

import pytest

from agents.programs.documentation import Documentation
from agents.programs.meanings import NX_GRAPHS
from agents.programs.signatures import check_program

GIVEN = {"graph": NX_GRAPHS}

GOOD = [
    "import networkx as nx\nprint(nx.diameter(graph))",
    "import networkx as nx\nprint(nx.algorithms.approximation.clique_removal(graph))",
    "from networkx.algorithms import bipartite as b\nprint(b.is_bipartite(graph))",
    "import networkx as nx\nG = nx.Graph()\nG.add_edge(1, 2, weight=3)\nprint(G.degree(1), G.edges(data=True))",
    "import networkx as nx\nprint(nx.pagerank(graph, alpha=0.9), nx.to_numpy_array(graph))",
    "import networkx as nx\nG = nx.petersen_graph()\nprint(G.number_of_nodes())\nfor u, v in G.edges: print(u, v)",
    "from networkx import *\nprint(density(graph))",
    "import math\nprint([x for x in graph if math.log(len(graph)) > 1], (lambda z: z)(3))",
    "import networkx as nx\nargs = (graph,)\nprint(nx.density(*args), nx.dijkstra_path(graph, **{'source': 1}))",
    "def f(nx):\n    return nx.anything\nprint(f(graph))",
    "try:\n    import nothing_at_all\nexcept ImportError:\n    nothing_at_all = None\nprint(nothing_at_all)",
    "import networkx as nx\nnx = 3\nprint(nx.bit_length())",
    "print(__name__, sorted(graph), {n: d for n, d in graph.degree})",
    "match 3:\n    case int(x):\n        print(x)",
]


@pytest.mark.parametrize("code", GOOD)
def test_what_is_right_passes_unchanged(documentation: Documentation, code: str) -> None:
    checked = check_program(code, documentation, GIVEN)
    assert checked.problems == ()
    assert checked.code == code


MENDED = [
    ("print(nx.density(graph))", "import networkx as nx\nprint(nx.density(graph))"),
    (
        "import networkx as nx\nprint(nx.louvain_communities(graph))",
        "import networkx as nx\nprint(networkx.community.louvain_communities(graph))",
    ),
    (
        "from networkx.metrics import density\nprint(density(graph))",
        "from networkx import density\nprint(density(graph))",
    ),
    (
        "from networkx import density, louvain_communities\nprint(density(graph), louvain_communities(graph))",
        "from networkx import density\nfrom networkx.algorithms.community import louvain_communities\n",
    ),
]


@pytest.mark.parametrize(("code", "better"), MENDED)
def test_what_can_only_mean_one_thing_is_put_right(documentation: Documentation, code: str, better: str) -> None:
    checked = check_program(code, documentation, GIVEN)
    assert checked.problems == ()
    assert better in checked.code
    assert checked.fixes
    exec(compile(checked.code, "x", "exec"), {"graph": __import__("networkx").path_graph(3)})


PROBLEMS = [
    ("import networkx as nx\nprint(nx.diametre(graph))", "networkx.diameter"),
    ("import networkx as nx\nnx.diameter()", "also needs G"),
    ("import networkx as nx\nnx.pagerank(graph, dampening=1)", "has no argument 'dampening'"),
    ("import networkx as nx\nnx.density(graph, 1, 2, 3)", "at most 1 positional"),
    ("import networkx as nx\nnx.density(graph, G=graph)", "twice"),
    ("import networkx as nx\nG = nx.Graph()\nG.add_edgs([(1, 2)])", "has no 'add_edgs'"),
    ("print(graph.closeness())", "has no 'closeness'"),
    ("print(answer)", "never defined"),
    ("import autogl", "'autogl' is not installed"),
    ("print('a'", "invalid Python"),
    ("", ""),
]


@pytest.mark.parametrize(("code", "text"), PROBLEMS)
def test_what_cannot_work_is_named(documentation: Documentation, code: str, text: str) -> None:
    problems = check_program(code, documentation, GIVEN).problems
    assert text in " ".join(map(str, problems))
    assert bool(problems) == bool(text)


def test_the_documentation_of_the_failing_call_comes_along(documentation: Documentation) -> None:
    (problem,) = check_program("import networkx as nx\nnx.diameter()", documentation, GIVEN).problems
    assert [symbol.name for symbol in problem.symbols] == ["networkx.diameter"]


def test_without_mending_the_corrections_are_problems(documentation: Documentation) -> None:
    checked = check_program("print(nx.density(graph))", documentation, GIVEN, mend=False)
    assert checked.code == "print(nx.density(graph))"
    assert "missing" in str(checked.problems[0])


def test_calls_are_listed_with_their_lines(documentation: Documentation) -> None:
    checked = check_program("import networkx as nx\n\nT = nx.bfs_tree(graph, 1)\nprint(T.size())", documentation, GIVEN)
    assert [(call.line, call.symbol.short) for call in checked.calls] == [(3, "bfs_tree"), (4, "size")]


def test_hostile_text_is_no_crash(documentation: Documentation) -> None:
    for code in ("\0", "(" * 500, "x = " + "-" * 3000 + "1", "é = 1\nprint(é, nx)", "﻿print(1)"):
        check_program(code, documentation, GIVEN)
