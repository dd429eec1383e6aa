"""The embedded planner: its examples, its numpy encoder, and what may come out of it."""

from __future__ import annotations

import json
import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents import GraphAgent
from agents.embedded.decorating import Example, masked
from agents.embedded.examples import Stock
from agents.embedded.planning import sureness
from agents.embedded.reading import reader, table, understand
from agents.embedded.taught import MAX_EDITS, NODE, NUMBER, UNKNOWN, UNTAKEN, held_out_tools, is_edit, kinds_of, taught
from agents.embedded.wording import all_wordings
from agents.routing.mentions import find_mentions
from graphs.graph import Graph
from tools.registry import all_tools

FRIENDS = Graph(nx.Graph([("Ann", "Bob"), ("Bob", "Carl"), ("Carl", "Ann"), ("Carl", "Dan"), ("Dan", "Eve")]))


@pytest.fixture(scope="module")
def examples():
    return list(Stock(random.Random(7)).examples(1_500, held=False))


def test_marks_of_examples_are_marks_and_their_parameters_exist(examples) -> None:
    tools = all_tools()
    for example in examples:
        assert len(example.tools) <= 1 + MAX_EDITS
        for at, step, role in example.marks:
            assert example.text[at] in (NODE, NUMBER, UNKNOWN), example
            assert role == "bound" or role in kinds_of(tools[example.tools[step]]), example


def test_every_mark_of_a_question_has_a_place(examples) -> None:
    for example in examples:
        if example.kind == "plan":
            marks = sum(char in (NODE, NUMBER, UNKNOWN) for char in example.text)
            assert marks == len(example.marks), example


def test_the_steps_before_the_answer_change_the_graph(examples) -> None:
    tools = all_tools()
    assert all(is_edit(tools[name]) for example in examples for name in example.tools[1:])


def test_held_out_tools_are_in_no_training_example(examples) -> None:
    assert not held_out_tools() & {name for example in examples for name in example.tools}


def test_every_tool_has_several_wordings_of_its_own() -> None:
    count = {tool.name: 0 for tool in taught()}
    for wording in all_wordings():
        count[wording.tool] += 1
    assert min(count.values()) >= 5


def test_all_taught_tools_have_a_vector_of_length_one() -> None:
    vectors = table().vectors
    assert vectors.shape == (len(taught()), 384)
    assert abs((vectors**2).sum(axis=1) - 1).max() < 0.01  # of 8-bit weights


def test_a_new_tool_is_read_from_its_description() -> None:
    known = reader().describe("diameter: The longest distance between two nodes.")
    near = reader().describe("widest extent: The greatest distance between any two nodes.")
    far = reader().describe("pagerank: Stationary probability of a random surfer at each node.")
    assert known @ near > known @ far


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_failing_and_only_names_nodes_of_the_graph(text: str) -> None:
    found = understand(text, (FRIENDS,), find_mentions(text, FRIENDS))
    assert sum(found.kind.values()) == pytest.approx(1.0, abs=1e-4)
    tools = all_tools()
    for proposal in found.proposals:
        assert 0 <= proposal.certainty <= 1 + 1e-6
        for tool, lacking in proposal.missing:  # said of the step that lacks it
            assert lacking in tool.parameters
            assert tool.name in [call.tool for call in proposal.plan.calls]
        for call in proposal.plan.calls:
            parameters = {p.name: p for p in tools[call.tool].parameters}
            assert call.arguments.keys() <= parameters.keys()
            for name, value in call.arguments.items():
                if parameters[name].kind == "node":
                    assert value in FRIENDS
                if parameters[name].kind == "nodes":
                    assert all(node in FRIENDS for node in value)


def test_reading_does_not_depend_on_the_labels() -> None:
    other = Graph(nx.relabel_nodes(FRIENDS.nx, {"Ann": "Kyoto", "Eve": "Osaka"}))
    one = understand(
        "by which stops would one get from Ann to Eve",
        (FRIENDS,),
        find_mentions("by which stops would one get from Ann to Eve", FRIENDS),
    )
    two = understand(
        "by which stops would one get from Kyoto to Osaka",
        (other,),
        find_mentions("by which stops would one get from Kyoto to Osaka", other),
    )
    assert [p.plan.last.tool for p in one.proposals] == [p.plan.last.tool for p in two.proposals]
    assert one.proposals[0].certainty == pytest.approx(two.proposals[0].certainty)


def test_what_the_router_has_in_mind_makes_the_model_no_surer() -> None:
    """Hints choose among tools; they are no second witness."""
    text = "Which people are linked to Carl?"
    mentions = find_mentions(text, FRIENDS)
    plain = understand(text, (FRIENDS,), mentions)
    hinted = understand(text, (FRIENDS,), mentions, {"bridges": 20.0})
    assert hinted.proposals[0].plan.last.tool == "bridges" != plain.proposals[0].plan.last.tool
    assert hinted.proposals[0].tool > 0.9 > 0.1 > hinted.proposals[0].own
    assert sureness(hinted, hinted.proposals[0], agreed=True) < 0.1
    assert plain.proposals[0].own == pytest.approx(plain.proposals[0].tool)


def test_numbers_of_a_wording_are_marks_that_nothing_takes() -> None:
    found = masked(Example(f"Step 1: drop {NODE}. Step 2: is it a 4-cycle?", ["is_cycle_graph", "remove_nodes"],
                           [(13, 1, "nodes")]))  # fmt: skip
    assert found.text == f"Step {NUMBER}: drop {NODE}. Step {NUMBER}: is it a {NUMBER}-cycle?"
    assert found.marks == [(5, UNTAKEN, ""), (13, 1, "nodes"), (21, UNTAKEN, ""), (32, UNTAKEN, "")]
    # "one" may be the degree that the tool needs: neither taught to be taken nor not to be
    assert masked(Example("Who has just one friend?", ["nodes_with_degree"])).marks == []


def test_marks_stay_marks_when_numbers_are_masked(examples) -> None:
    for example in examples:
        found = masked(example)
        own = [mark for mark in found.marks if mark[1] != UNTAKEN]
        assert [(s, r) for _, s, r in own] == [(s, r) for _, s, r in sorted(example.marks)], example
        assert [found.text[at] for at, *_ in own] == [example.text[at] for at, *_ in sorted(example.marks)]
        assert all(found.text[at] == NUMBER for at, step, _ in found.marks if step == UNTAKEN)


def test_new_nodes_are_named_by_their_words() -> None:
    question = "Insert the vertex Zed. How many components are there?"
    plan = understand(question, (FRIENDS,), find_mentions(question, FRIENDS)).proposals[0].plan
    assert [(call.tool, call.arguments) for call in plan.calls] == [
        ("add_nodes", {"nodes": ["Zed"]}),
        ("number_of_components", {}),
    ]
    amount = "Insert 2 more vertices into the network. How many components are there?"
    for proposal in understand(amount, (FRIENDS,), find_mentions(amount, FRIENDS)).proposals:
        assert proposal.missing or proposal.plan.calls[0].tool != "add_nodes"


def test_the_same_numbers_as_torch() -> None:
    torch = pytest.importorskip("torch", reason="needs the extra 'adapters'")
    transformers = pytest.importorskip("transformers", reason="needs the extra 'adapters'")
    from adapters.planner.module import Planner, PlannerConfig
    from adapters.planner.pieces import MAX_PIECES

    model = reader()
    config = transformers.BertConfig(
        vocab_size=len(model.pieces.vocabulary), hidden_size=384, num_hidden_layers=6, num_attention_heads=12,
        intermediate_size=1536, max_position_embeddings=MAX_PIECES,
    )  # fmt: skip
    encoder = transformers.BertModel(config, add_pooling_layer=False)
    planner = Planner(encoder, PlannerConfig(len(model.tools), len(model.roles))).eval()
    weights = {name: torch.from_numpy(value) for name, value in model.weights.items() if name != "tools"}
    missing, unexpected = planner.load_state_dict(weights, strict=False)
    assert set(missing) <= {"corrections"}
    assert not unexpected
    text = f"If {NODE} leaves, how far is it from {NODE} to {NODE} within {NUMBER} hops?"
    ids, places = model.pieces.of(text)
    with torch.no_grad():
        steps, kinds, mark_step, _, picks, _ = planner(torch.tensor([ids]))
    heads = model.read(text)
    log = torch.nn.functional.log_softmax
    assert heads.kinds == pytest.approx(log(kinds[0], -1).numpy(), abs=2e-3)
    assert heads.picks == pytest.approx(log(picks[0], -1).numpy(), abs=2e-3)
    assert heads.steps == pytest.approx(log(mark_step[0, places], -1).numpy(), abs=2e-3)
    tools = log(planner.tool_logits(steps, torch.from_numpy(model.table))[0], -1).detach().numpy()
    assert heads.tools == pytest.approx(tools, abs=5e-3)


def test_a_question_that_the_router_knows_costs_no_call() -> None:
    reply = GraphAgent().ask("What is the shortest path from Ann to Eve?", FRIENDS)
    assert reply.value == ["Ann", "Carl", "Dan", "Eve"]
    assert reply.cost.model_calls == 0


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        (
            "Terminals with the smallest sum of route lengths to all the rest",
            ["Bob"],
            "lengths are sums of weight over the edges",
        ),
        (
            "Find the distance of each two dots and add all these numbers.",
            20,
            "lengths are sums of weight over the edges",
        ),
        (
            "Terminals with the smallest sum of hops to all the rest",
            ["Ann", "Bob", "Eve"],
            "every edge counts 1, as the question asks for the number of edges",
        ),
    ],
)
def test_the_readings_of_weights_are_said_as_for_routed_questions(question: str, value: object, said: str) -> None:
    roads = nx.Graph([("Ann", "Bob", {"weight": 5}), ("Bob", "Eve", {"weight": 5}), ("Ann", "Eve", {"weight": 20})])
    reply = GraphAgent().ask(question, roads)
    assert "embedded" in [step.agent for step in reply.steps]
    assert reply.value == value
    assert said in reply.assumptions


def test_a_question_that_the_router_does_not_know_costs_one_call_and_none_without_a_model() -> None:
    question = "Flumph the wibbly degree, would you?"
    asked = GraphAgent().ask(question, FRIENDS)
    assert (asked.status, asked.cost.model_calls) == ("unanswerable", 1)
    assert [step.agent for step in asked.steps] == ["question", "planner", "embedded", "answer"]
    assert GraphAgent(model="none").ask(question, FRIENDS).cost.model_calls == 0


def test_the_embedded_model_is_a_chat_model_that_replies_with_plans() -> None:
    from agents.models import ModelError, ask_json, chat_model

    model = chat_model("embedded")
    said = json.loads(model.invoke("Ann-Bob, Bob-Eve. What is the shortest path from Ann to Eve?").text)
    assert said["steps"] == [{"tool": "shortest_path", "arguments": {"source": "Ann", "target": "Eve"}}]
    assert model.usage.calls == 1
    schema = {"type": "object", "properties": {"poem": {"type": "string"}}, "required": ["poem"]}
    with pytest.raises(ModelError, match="writes plans"):
        ask_json(model, "Write a poem.", schema)
