"""The states of a store are those that it says itself, through merges, retirement and undoing; what steps brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphs.science import growth, project, states
from graphs.science.growth import question_novelty, repairs_by_kind
from graphs.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.open(tmp_path)
    with made.step("question", about="Why is spider silk tough?") as step:
        silk, protein, tough = (step.add_entity(name) for name in ("Spider silk", "Protein", "Toughness"))
        step.add_relation(silk, "made_of", protein)
        step.add_relation(silk, "has", tough, status="grounded")
        step.note("cost", {"calls": 1, "cached": 0, "tokens": 500, "seconds": 2.0, "cost": None})
        step.note("growth", {"by": {"new": 3}})
        step.note("repairs", {"dangling edge": 2, "odd": "text"})
    with made.step("question", about="Why is spider silk so tough and strong?") as step:
        silks, web = step.add_entity("Spider silks"), step.add_entity("Web")
        step.add_relation(silks, "forms", web)
        step.add_relation(silks, "has", tough)
        step.add_relation(silk, "made_of", protein)  # said again
        step.quarantine("x -> ?", "no target")
        step.note("cost", {"calls": 0, "cached": 2, "tokens": 1000})
        step.note("growth", {"by": {"new": 2, "exact": 2, "embedding": 1}})
    with made.step("edit", about="merge") as step:
        event = step.merge(silk, silks, why="plural")
    with made.step("edit", about="retire") as step:
        step.set_status(1, "retired")
    made.undo_merge(event)
    made.undo_step(4)
    with made.step("question", about="How do bridges carry loads?") as step:
        step.merge(silk, silks)
        step.add_relation(web, "stops", step.add_entity("Fly"))
    return made


def test_states_equal_the_store_as_it_was(store: Store) -> None:
    found = list(states(store))
    assert [state.step for state in found] == list(range(1, 8))
    for state in found:
        wanted = project(store.as_of(state.step).to_graph())
        assert state.graph.ids == wanted.ids
        assert state.graph.labels == wanted.labels
        assert state.graph.pairs.tolist() == wanted.pairs.tolist()
        assert state.relations == wanted.relations
    assert [state.grounded for state in found] == [1] * 7
    assert [state.step for state in states(store, {2, 5})] == [2, 5]


def test_locals_are_what_each_step_stated(store: Store) -> None:
    found = {state.step: [sorted(local) for local in state.locals] for state in states(store)}
    assert found[1] == [[(1, 2), (1, 3)]]
    assert found[2] == [[(1, 2), (1, 3)], [(1, 2), (4, 3), (4, 5)]]
    assert found[3] == [[(1, 2), (1, 3)], [(1, 2), (1, 3), (1, 5)]]  # merged
    assert found[4] == [[(1, 3)], [(1, 3), (1, 5)]]  # retired
    assert found[5][1] == [(4, 3), (4, 5)]
    assert found[6] == found[2]
    assert found[7] == [[(1, 2), (1, 3)], [(1, 2), (1, 3), (1, 5)], [(5, 6)]]


def test_imports_are_steps(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.load_triples([("a", "r", "b"), ("b", "r", "c"), ("a", "s", "b"), ("c", "r", "c")])
        (state,) = states(store)
        assert (state.graph.num_edges, state.graph.self_loops, state.locals) == (2, 1, ([(1, 2), (2, 3)],))
        assert (growth(store)[0].new_entities, growth(store)[0].new_relations) == (3, 4)


def test_an_empty_store_has_no_states(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        assert (list(states(store)), growth(store)) == ([], [])


def test_growth_of_each_step(store: Store) -> None:
    first, second, merged, *_, last = growth(store)
    assert (first.new_entities, first.new_relations, first.repairs, first.calls, first.tokens) == (3, 2, 2, 1, 500)
    assert (first.per_call, first.per_kilotoken, first.entities_per_kilotoken) == (2.0, 4.0, 6.0)
    assert (first.duplicate_rate, first.novelty, first.cost) == (0.0, None, None)
    assert (second.new_entities, second.new_relations, second.quarantined, second.calls) == (2, 2, 1, 2)
    assert second.duplicate_rate == pytest.approx(3 / 5)
    assert second.novelty == pytest.approx(1 - 3 / 4)  # spider, silk, tough of spider, silk, tough, strong
    assert (merged.kind, merged.undone, merged.tokens, merged.per_kilotoken) == ("edit", False, None, None)
    assert growth(store)[3].undone
    assert (last.merges, last.new_relations, last.novelty) == (1, 1, 1.0)
    assert "tokens" not in last.as_json()
    assert repairs_by_kind(store.steps()) == {"dangling edge": 2}


def test_novelty_asks_questions_alone(store: Store) -> None:
    assert set(question_novelty(store.steps())) == {2, 7}
