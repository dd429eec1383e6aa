"""Whole drafts on stories of this project's own: they run, and what they print is what was worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from agents.coding import Options, write_program
from agents.programs.documentation import Documentation
from agents.programs.mending import without_failing_line
from agents.programs.program import NoProgram
from tests.agents.programs_apart import block, run_apart, scripted

# what each should give was counted on paper, not taken from a run
STORIES: list[tuple[str, Any]] = [
    ("A baker's shops are joined by lanes [(1, 2), (2, 3), (3, 1), (3, 4)]. Report the density of the lanes.", 2 / 3),
    ("Rope bridges [(0, 1), (1, 2), (2, 0), (2, 3)] link the islands. Which are the articulation points?", [2]),
    (
        "Barns A, B and C: A to B is 4 km, B to C is 3 km and A to C is 9 km by road. With Dijkstra, what is the "
        "dijkstra_path_length from A to C?",
        7,
    ),
    ("How many triangles has each node of a complete graph with 4 nodes? Use triangles.", {0: 3, 1: 3, 2: 3, 3: 3}),
    ("Given friends [(1, 2), (2, 3), (3, 4), (4, 1)], is the graph bipartite?", True),
    ("Given friends [(1, 2), (2, 3), (3, 1)], is the graph bipartite?", False),
    ("Walks lead [(1, 2), (2, 3), (3, 4)]. Tell me the center and the periphery.", [[2, 3], [1, 4]]),
    ("Find the 2-core of [(1, 2), (2, 3), (3, 1), (3, 4)] by k_core and list its nodes.", {"nodes": [1, 2, 3]}),
    ("The trails are [(0, 1), (0, 2), (1, 3), (1, 4)], a tree. Give its Prüfer sequence.", [0, 1, 1]),
    ("Two pairs [(1, 2), (3, 4)] dance. What is the number of connected components?", 2),
    ("Check by is_graphical whether the sequence [3, 1, 1] is graphical.", False),
    (
        "Water: source 's' to 'a' has a capacity of 3, 'a' to 't' has a capacity of 2. Compute the maximum flow value "
        "from 's' to 't'.",
        2,
    ),
    ("Lights turn [(1, 2), (2, 3), (3, 1)] as a directed network: is it aperiodic? Use is_aperiodic, please.", False),
    ("The wiener_index of a path graph with 4 nodes?", 10),
    (
        "Print like this what `connected_components` finds in [(1, 2), (3, 4)]:\n"
        "```python\nfor part in parts:\n    print(sorted(part))\n```",
        [[1, 2], [3, 4]],
    ),
    ("Seats of a cycle graph with 6 nodes, please, and networkx's wiener_index of it.", 27),
    ("Is the order Uno before Dos, Dos before Tres, Tres before Uno a DAG?", False),
    ("Clans: Ada envies Bob, Bob envies Cyd. Give the Adamic-Adar index for the pairs ('Ada', 'Cyd') by "
     "adamic_adar_index.", [["Ada", "Cyd", 1 / 0.6931471805599453]]),
    ("Complete the code and print the diameter.\n```python\nimport networkx as nx\nG = nx.path_graph(5)\n```", 4),
]  # fmt: skip


@pytest.mark.parametrize(("question", "value"), STORIES)
def test_a_story_is_answered_without_a_model(documentation: Documentation, question: str, value: Any) -> None:
    coded = write_program(question, None, None, documentation=documentation, runner=run_apart)
    assert coded.ran
    assert coded.left_out == ()
    assert coded.cost.model_calls == 0
    got = coded.value
    if isinstance(value, dict) and "nodes" in value:
        assert sorted(got["nodes"]) == value["nodes"]
    elif isinstance(value, float):
        assert got == pytest.approx(value)
    else:
        assert got == value


UNANSWERABLE = [
    "Tell me something nice.",
    "Call dijkstra_path on [(1, 2), (2, 3)].",  # from where to where is not said
    "Two nets, [(1, 2)] and [(1, 2), (2, 3)]: what is the density?",  # of which is not said
    "A gnp_random_graph, please, and its diameter.",  # of what size is not said
]


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_what_is_not_said_is_not_made_up(documentation: Documentation, question: str) -> None:
    with pytest.raises(NoProgram):
        write_program(question, None, None, documentation=documentation, runner=run_apart)


def test_a_part_says_that_it_is_one(documentation: Documentation) -> None:
    question = "On [(1, 2), (2, 3)] compute `wiener_index`, and `dijkstra_path` too."
    coded = write_program(question, None, None, documentation=documentation, runner=run_apart)
    assert coded.value == 4
    assert coded.status == "unverified"
    assert "source" in " ".join(coded.left_out)
    assert "leaves out" in coded.reply().text


def test_a_draft_that_fails_is_mended_and_says_what_that_leaves_out(documentation: Documentation) -> None:
    question = "For the directed network [(1, 2), (2, 3), (3, 1), (3, 4)] compute the core_number."
    coded = write_program(question, None, None, documentation=documentation, runner=run_apart)
    assert coded.ran
    question = "For the directed network [(1, 2), (2, 3), (3, 1), (3, 4)] find the `bridges`."
    coded = write_program(question, None, None, documentation=documentation, runner=run_apart)
    assert coded.value == [[3, 4]]
    assert coded.left_out == ("the directions of the edges",)


def test_a_model_names_the_function_and_the_words_do_the_rest(documentation: Documentation) -> None:
    question = "Streets [(1, 2), (2, 3), (3, 4)]: how far apart are the two farthest crossings?"
    model = scripted("networkx.diameter")
    coded = write_program(question, None, model, documentation=documentation, runner=run_apart)
    assert (coded.value, coded.cost.model_calls) == (3, 1)
    assert "networkx.diameter" in coded.calls


def test_a_model_goes_on_from_the_graph_that_the_story_tells(documentation: Documentation) -> None:
    question = "Streets [(1, 2), (2, 3), (3, 4)]: sum up the squares of all labels."
    retyped = "import networkx as nx\ngraph = nx.Graph([(9, 9)])\nprint(sum(node * node for node in G))"
    model = scripted("none of these", block(retyped))
    coded = write_program(question, None, model, documentation=documentation, runner=run_apart, options=Options())
    assert coded.value == 30
    assert "begins with these lines" in str(model.asked[1][-1].content)


def test_a_seed_that_is_said_is_used(documentation: Documentation) -> None:
    question = "Draw a gnp_random_graph of 12 nodes with probability 0.4 and a seed of {}. What is its density?"
    seven, eight, again = (
        write_program(question.format(seed), None, None, documentation=documentation, runner=run_apart)
        for seed in (7, 8, 7)
    )
    assert "seed=7" in seven.attempts[-1].code
    assert seven.value == again.value != eight.value


def test_a_step_that_fails_goes_with_all_that_needs_it() -> None:

    error = 'File "answer.py", line 3'
    code = "graph = nx.path_graph(3)\nprint(1)\ncoms1 = fails(graph)\nprint(rate(coms1))"
    kept, gone = without_failing_line(code, error) or ("", "")
    assert kept == "graph = nx.path_graph(3)\nprint(1)"
    assert gone == "coms1 = fails(graph)"
    assert without_failing_line("coms1 = fails()\nprint(coms1)", 'File "answer.py", line 1') is None
    assert without_failing_line("graph = fails()\nprint(1)", 'File "answer.py", line 1') is None
