"""Numbers and choices that a question gives a parameter in the words of its documentation."""

from __future__ import annotations

from typing import Any

import pytest

from agents.programs.documentation import Documentation
from agents.programs.parameters import chosen_word, said_of
from agents.programs.stated import Stated
from agents.programs.symbols import Symbol

RUN = Symbol(
    "library.run",
    "function",
    "library",
    signature="(G, alpha=0.85, max_iter=100, tol=1e-06, mode='avg')",
    parameters=(("G", 1, True), ("alpha", 1, False), ("max_iter", 1, False), ("tol", 1, False), ("mode", 1, False)),
    doc="Run.\n\nParameters\n----------\nG : graph\n    A graph.\nalpha : float\n    Damping parameter for the walk.\n"
    "max_iter : int\n    Maximum number of iterations.\ntol : float\n    Error tolerance to check convergence.\n"
    "mode : {'avg', 'triu'}\n    How to join the halves.\n",
)
SAID: list[tuple[str, dict[str, Any]]] = [
    ("Let the iteration go on for at most 500 steps.", {"max_iter": 500}),
    ("Take a damping factor of 0.9 and an error tolerance of 0.01.", {"alpha": 0.9, "tol": 0.01}),
    ("There are 12 villages and 0.5 of them are small.", {}),
    ("A damping of 3 steps.", {"alpha": 3}),
]


@pytest.mark.parametrize(("text", "given"), SAID)
def test_a_number_goes_to_the_parameter_that_the_words_near_it_describe(text: str, given: dict[str, Any]) -> None:
    assert said_of(RUN, text) == given


def test_a_choice_is_one_that_the_documentation_lists() -> None:
    assert chosen_word("mode", RUN, ["triu"]) == "triu"
    assert chosen_word("mode", RUN, ["Ann"]) is None
    assert chosen_word("mode", RUN, ["avg", "triu"]) is None


def test_a_number_that_makes_the_graph_is_no_argument(documentation: Documentation) -> None:
    pagerank = documentation.find("networkx.pagerank")
    assert pagerank is not None
    question = "A random graph with 30 nodes and a damping of 0.2 between them. Then pagerank with a damping of 0.7."
    assert Stated(question).value("alpha", pagerank, needed=False) == 0.7
    assert Stated("The damping is 0.7; no name.").value("alpha", pagerank, needed=False) == 0.7


def test_a_run_of_stations_is_not_one_of_them() -> None:
    stated = Stated("Stations 0 to 3 stand in a row.", labels=[0, 1, 2, 3])
    assert stated.node is None
    assert Stated("What is next to station 2?", labels=[0, 1, 2, 3]).node == 2
