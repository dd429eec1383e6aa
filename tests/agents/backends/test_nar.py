"""The shipped reasoner as a chat model, against the algorithms themselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents import GraphAgent
from agents.clrs import status_of_answer
from agents.models import chat_model
from graphs.clrs.example import sample
from graphs.clrs.spec import GRAPH_ALGORITHMS
from graphs.clrs.text import parse_answer, to_text
from graphs.errors import BadArgument

pytest.importorskip("torch")

SEED = 11


def questions(algorithm: str, size: int, count: int) -> list[tuple[str, str]]:
    rng = np.random.RandomState([SEED, size])
    return [to_text(sample(algorithm, size, rng)) for _ in range(count)]


@pytest.mark.parametrize(("algorithm", "least"), [("bfs", 0.9), ("bellman_ford", 0.7), ("dijkstra", 0.5)])
def test_it_answers_fresh_questions_of_sizes_that_it_was_trained_on(algorithm: str, least: float) -> None:
    from adapters.nar.answers import Reasoner

    asked = questions(algorithm, 8, 32)
    said = Reasoner.load().answer([question for question, _ in asked])
    right = sum(answer == truth for answer, (_, truth) in zip(said, asked, strict=True)) / len(asked)
    assert right >= least


def test_answers_of_one_batch_are_those_of_single_questions() -> None:
    from adapters.nar.answers import Reasoner

    reasoner = Reasoner.load()
    asked = [question for size in (5, 9) for question, _ in questions("bfs", size, 3)]
    asked += [question for question, _ in questions("topological_sort", 6, 2)]
    assert reasoner.answer(asked) == [reasoner.answer([question])[0] for question in asked]


@pytest.mark.parametrize("algorithm", ["bridges", "mst_kruskal", "floyd_warshall", "topological_sort"])
def test_every_answer_has_the_shape_that_is_asked_for(algorithm: str) -> None:
    from adapters.nar.answers import Reasoner

    ((question, truth),) = questions(algorithm, 6, 1)
    (said,) = Reasoner.load().answer([question])
    ours, theirs = (parse_answer(algorithm, text).final for text in (said, truth))
    assert [np.shape(value) for value in ours] == [np.shape(value) for value in theirs]


def test_it_is_a_chat_model_for_questions_of_the_benchmark_alone() -> None:
    ((question, truth),) = questions("bfs", 8, 1)
    model = chat_model("nar")
    assert model.invoke(question).content == truth
    with pytest.raises(Exception, match="CLRS-Text"):
        model.invoke("What is the shortest path from Ann to Bob?")


def test_what_it_was_not_trained_on_is_refused() -> None:
    from adapters.nar.answers import Reasoner

    ((question, _),) = questions("insertion_sort", 5, 1)
    with pytest.raises(BadArgument, match="trained on"):
        Reasoner.load().answer([question])


def test_a_folder_without_a_reasoner_is_refused(tmp_path: object) -> None:
    with pytest.raises(BadArgument, match="holds no NAR model"):
        chat_model(f"nar:{tmp_path}")


def test_what_the_reasoner_answers_is_proven_where_the_check_accepts_it_and_answered_by_the_tools_elsewhere() -> None:
    agent = GraphAgent(model="nar", experience=False)
    by_reasoner = 0
    for algorithm in ("bfs", "dfs", "mst_prim", "floyd_warshall", "strongly_connected_components"):
        for question, truth in questions(algorithm, 7, 4):
            reply = agent.ask(question)
            assert (reply.text, reply.status, reply.cost.model_calls) == (truth, "proven", 1)
            by_reasoner += "the reasoner answered" in reply.assumptions[0]
    assert 4 <= by_reasoner < 20  # breadth-first search at least, and surely not every table of all pairs


def test_a_graph_larger_than_those_of_the_training_gets_a_warning_and_the_right_answer() -> None:
    agent = GraphAgent(model="nar", experience=False)
    for size, warned in ((16, False), (17, True)):
        for question, truth in questions("bfs", size, 2):
            reply = agent.ask(question)
            assert (reply.text, reply.status) == (truth, "proven")
            assert any("17 nodes, more than the 16" in note for note in reply.assumptions) is warned


def test_a_reasoner_that_does_not_tell_its_sizes_warns_of_none(tmp_path: Path) -> None:
    from adapters.nar.config import NARConfig
    from adapters.nar.files import load_nar, save_nar
    from adapters.nar.model import NAR

    save_nar(NAR(NARConfig(("bfs",), 8, 2)), tmp_path)
    assert chat_model(f"nar:{tmp_path}").sizes == ()
    save_nar(NAR(NARConfig(("bfs",), 8, 2, sizes=(4, 9))), tmp_path)
    assert chat_model(f"nar:{tmp_path}").sizes == (4, 9) == load_nar(tmp_path).config.sizes


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(sorted(GRAPH_ALGORITHMS)), st.data())
def test_the_check_of_a_models_answer_accepts_the_truth_and_nothing_else(
    seed: int, algorithm: str, data: st.DataObject
) -> None:
    question, truth = to_text(sample(algorithm, 5, np.random.RandomState(seed)))
    assert status_of_answer(question, truth) == "proven"
    digits = [place for place, character in enumerate(truth) if character.isdigit()]
    place = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([d for d in "0123456" if d != truth[place]]))
    assert status_of_answer(question, truth[:place] + other + truth[place + 1 :]) == "unverified"
