"""Questions on what needs what, where the text says it: along the edges, directly or through others."""

from __future__ import annotations

import networkx as nx
import pytest

from agents import GraphAgent

PAIRS = [("app", "core"), ("app", "ui"), ("ui", "core"), ("ui", "fonts"), ("core", "log"), ("cli", "core")]
BODY = nx.DiGraph(PAIRS)
AGENT = GraphAgent("none")


def told(verb: str) -> str:
    return " ".join(f"{one} {verb} {other}." for one, other in PAIRS)


@pytest.mark.parametrize("verb", ["depends on", "requires", "needs", "relies on"])
@pytest.mark.parametrize("node", ["app", "core", "log"])
def test_what_is_needed_and_who_needs_it(verb: str, node: str) -> None:
    bare = {"depends on": "depend on", "requires": "require", "needs": "need", "relies on": "rely on"}[verb]
    for asked, truth in (
        (f"What does {node} directly {bare}?", set(BODY.successors(node))),
        (f"What does {node} {bare}, directly or indirectly?", nx.descendants(BODY, node)),
        (f"What directly {verb} {node}?", set(BODY.predecessors(node))),
        (f"Which packages {bare} {node}, directly or indirectly?", nx.ancestors(BODY, node)),
    ):
        reply = AGENT.ask(f"{told(verb)} {asked}")
        assert (reply.status, set(reply.value or ())) == ("proven", truth), (asked, reply.text)


def test_how_many_need_it() -> None:
    reply = AGENT.ask(f"{told('depends on')} How many packages depend on core, directly or indirectly?")
    assert reply.value == len(nx.ancestors(BODY, "core"))


@pytest.mark.parametrize("asked", ["What does app depend on?", "Which packages depend on core?"])
def test_how_far_needs_go_is_asked_back(asked: str) -> None:
    reply = AGENT.ask(f"{told('depends on')} {asked}")
    assert reply.status == "unanswerable"
    assert len(reply.readings) == 2
    for reading in reply.readings:
        assert AGENT.ask(f"{told('depends on')} {reading}").status == "proven"


@pytest.mark.parametrize("asked", ["Which packages don't depend on anything?", "What depends on nothing?"])
def test_what_needs_nothing(asked: str) -> None:
    reply = AGENT.ask(f"{told('depends on')} {asked}")
    assert set(reply.value) == {node for node in BODY if BODY.out_degree(node) == 0}, reply.text


@pytest.mark.parametrize("asked", ["In what order should I install them?", "In which order do I build everything?"])
def test_what_is_needed_comes_first(asked: str) -> None:
    order = AGENT.ask(f"{told('requires')} {asked}").value
    assert sorted(order) == sorted(BODY)
    assert all(order.index(other) < order.index(one) for one, other in PAIRS)
