"""Names that state facts are no names."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.growing.model_calls.propose import without_example
from agents.growing.replies.formats import Terms, read_reply
from agents.growing.replies.proposal import Proposal


def _reply(nodes: list[str], *edges: tuple[str, str, str]) -> Proposal:
    written = [{"source": a, "relation": verb, "target": b} for a, verb, b in edges]
    return read_reply(json.dumps({"nodes": nodes, "edges": written}))


def _names(proposal: Proposal) -> set[str]:
    return {name for name, _ in proposal.entities}


FACTS = [("stress", "causes", "strain"), ("heat", "lowers", "toughness")]
NODES = ["stress", "strain", "heat", "toughness"]


@pytest.mark.parametrize(
    "name",
    [
        "stress causes strain",
        "heat lowers",
        "heat causes stress causes strain",
        "stress causes strain lowers toughness",
        "stress causes strain causes tough",  # cut off at the length of a name
        "stress causes a lot of trouble",
        "causes",
        "therefore",
        "after",
    ],
)
def test_a_statement_is_no_name(name: str) -> None:
    found = _reply([*NODES, name], *FACTS, (name, "causes", "heat"))
    assert _names(found) == set(NODES)
    assert [(t.source, t.verb, t.target) for t in found.triples] == FACTS
    assert any(what.startswith(name) for what, _ in found.quarantined)


@pytest.mark.parametrize(
    "name", ["heat transfer", "stress relief", "strain hardening", "toughness test", "lower bound"]
)
def test_compounds_stay_names(name: str) -> None:
    edges = [*FACTS, ("heat", "transfer", "toughness"), (name, "causes", "strain")]
    found = _reply([*NODES, name], *edges)
    assert name in _names(found)
    assert (name, "causes", "strain") in [(t.source, t.verb, t.target) for t in found.triples]


def test_words_of_the_question_end_a_statement() -> None:
    reply = json.dumps(
        {
            "nodes": ["heat", "cold", "stress", "heat lowers crack growth"],
            "edges": [{"source": "cold", "relation": "lowers", "target": "stress"}],
        }
    )
    assert "heat lowers crack growth" in _names(read_reply(reply))
    asked = Terms(prose="What has crack growth to do with heat?")
    assert _names(read_reply(reply, asked)) == {"heat", "cold", "stress"}


def test_a_verb_that_goes_on_with_a_name_is_a_statement() -> None:
    found = _reply(NODES, *FACTS, ("heat", "causes strain lowers tou", "stress"))
    assert [(t.source, t.verb, t.target) for t in found.triples] == FACTS
    assert any("statement in place of a verb" in why for _, why in found.quarantined)


def test_what_only_a_statement_named_goes_with_it() -> None:
    found = _reply([*NODES, "grain size"], *FACTS, ("grain size", "causes", "stress causes strain"))
    assert "grain size" not in _names(found)


@given(
    st.lists(
        st.sampled_from(["iron", "steel", "rust", "salt water", "zinc coat"]), min_size=2, max_size=5, unique=True
    ),
    st.sampled_from(["causes", "leads to", "slows"]),
)
def test_facts_without_statements_stay_as_they_are(names: list[str], verb: str) -> None:
    edges = [(a, verb, b) for a, b in zip(names, names[1:], strict=False)]
    found = _reply(names, *edges)
    assert [(t.source, t.verb, t.target) for t in found.triples] == edges
    assert _names(found) == set(names)


def test_a_half_of_the_prompts_example_is_no_proposal() -> None:
    said = _reply(
        ["bamboo", "fibre", "dough pH", "crumb water"],
        ("bamboo", "contains", "fibre"),
        ("bamboo", "lowers", "dough pH"),
        ("fibre", "holds", "crumb water"),
    )
    kept = without_example(said, "Why is bamboo strong?")
    assert [(t.source, t.verb, t.target) for t in kept.triples] == [("bamboo", "contains", "fibre")]
    assert _names(kept) == {"bamboo", "fibre"}
    assert len(kept.quarantined) == 2
    assert without_example(said, "What do bamboo, dough pH and crumb water share?") == said
