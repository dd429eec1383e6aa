"""What the planner makes of whole texts: courtesy, conditions, comparisons, several graphs, nodes that it names."""

from __future__ import annotations

import pytest

from agents import GraphAgent

EDGES = "The edges of an undirected graph are: (0, 1) (1, 3) (3, 4)."


@pytest.fixture(scope="module")
def agent() -> GraphAgent:
    return GraphAgent(time_limit=20)


@pytest.mark.parametrize(
    "polite",
    [
        "Good evening! {q} Much obliged.",
        "Excuse me, may I ask you something? {q} Thanks a million!",
        "Would you be so kind as to tell me this? {q}",
        "{q} My colleague drew this by hand.",
    ],
)
@pytest.mark.parametrize(("question", "value"), [("What is the degree of node 3?", 2), ("Is there a cycle?", False)])
def test_courtesy_changes_nothing(agent: GraphAgent, polite: str, question: str, value: object) -> None:
    assert agent.ask(f"{EDGES} {polite.format(q=question)}").value == value


def test_a_condition_after_the_question_is_never_dropped_in_silence(agent: GraphAgent) -> None:
    reply = agent.ask(f"{EDGES} Find the shortest path from 0 to 4. It must not pass node 1.")
    assert reply.status != "proven"
    assert reply.value != [0, 1, 3, 4]


def test_a_text_that_contradicts_itself_is_not_proven(agent: GraphAgent) -> None:
    reply = agent.ask(f"There are 7 edges. {EDGES} How many edges are there?")
    assert reply.status != "proven"
    assert any("contradicts" in a for a in reply.assumptions)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Is the diameter more than 2?", True),
        ("Is the number of edges at most 2?", False),
        ("Is the shortest path from 0 to 3 longer than 1?", True),
        ("Is the density less than 0.9?", True),
    ],
)
def test_figures_are_compared_with_numbers(agent: GraphAgent, question: str, value: bool) -> None:
    assert agent.ask(f"{EDGES} {question}").value is value


class TestTwoGraphs:
    TEXT = "Graph 1: a-b, b-c. Graph 2: x-y, y-z, z-w. "

    def test_it_asks_which_one_is_meant(self, agent: GraphAgent) -> None:
        reply = agent.ask(self.TEXT + "How many nodes are there?")
        assert reply.status == "unanswerable"
        assert "2 graphs" in reply.text

    def test_one_can_be_named(self, agent: GraphAgent) -> None:
        assert agent.ask(self.TEXT + "How many nodes does graph 2 have?").value == 4
        assert agent.ask(self.TEXT + "How many nodes does the first graph have?").value == 3

    def test_both_are_compared(self, agent: GraphAgent) -> None:
        assert agent.ask(self.TEXT + "Are the two graphs isomorphic?").value is False


class TestNodesThatOnlyTheQuestionNames:
    def test_a_gap_in_the_numbering_is_an_isolated_node(self, agent: GraphAgent) -> None:
        reply = agent.ask(f"{EDGES} Is there a path from node 0 to node 2?")
        assert reply.value is False
        assert any("isolated" in a for a in reply.assumptions)

    def test_a_number_far_off_is_no_node(self, agent: GraphAgent) -> None:
        assert agent.ask(f"{EDGES} Is there a path from node 0 to node 99?").status == "unanswerable"

    def test_a_name_is_no_node(self, agent: GraphAgent) -> None:
        reply = agent.ask("Ann-Bob, Bob-Eve. What is the degree of node zed?")
        assert reply.status == "unanswerable"
        assert "'zed' is not in the graph" in reply.text


def test_named_graphs_say_what_size_was_taken(agent: GraphAgent) -> None:
    reply = agent.ask("How many edges does the star graph have?")
    assert reply.status == "proven"
    assert any("took the star graph" in a for a in reply.assumptions)
    assert agent.ask("What is the girth of the Petersen graph?").value == 5


def test_if_so_give_it_means_the_thing_or_no(agent: GraphAgent) -> None:
    question = "Is there a path that visits every node exactly once? If yes, give the path."
    assert agent.ask(f"{EDGES} {question}").value in ([0, 1, 3, 4], [4, 3, 1, 0])
    assert agent.ask(f"The edges of an undirected graph are: (0, 1) (0, 2) (0, 3). {question}").value is False


@pytest.mark.parametrize(
    "text",
    [
        "a must be done before b. b must be done before c. In what order can I do everything?",
        "Task a should be visited before task b. Task b should be visited before task c. "
        "Can all be done? Give an order.",
    ],
)
def test_precedences_have_an_order(agent: GraphAgent, text: str) -> None:
    assert [str(n)[-1] for n in agent.ask(text).value] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "question",
    [
        "What is the shortest path from Ann to Zoe?",
        "How many friends does Zoe have?",
        "Is Zoe linked to Bob?",
        "Is there a path between Zoe and Eve?",
        "After removing Zoe, is there a path from Ann to Eve?",
    ],
)
def test_a_name_that_is_no_node_is_told(agent: GraphAgent, question: str) -> None:
    reply = agent.ask(question, "Ann-Bob, Bob-Eve")
    assert reply.status == "unanswerable"
    assert "'Zoe' is not in the graph" in reply.text


def test_a_small_name_beside_a_node_is_told(agent: GraphAgent) -> None:
    reply = agent.ask("What is the maximum flow from spring to lake?", "spring-mill, mill-town")
    assert "'lake' is not in the graph" in reply.text


@pytest.mark.parametrize(
    ("question", "value"),
    [("What is the Wiener index?", 4), ("Use Dijkstra to find the way from Ann to Eve.", ["Ann", "Bob", "Eve"])],
)
def test_names_of_methods_are_no_nodes(agent: GraphAgent, question: str, value: object) -> None:
    assert agent.ask(question, "Ann-Bob, Bob-Eve").value == value


@pytest.mark.parametrize("question", ["Can I go from Ann to work?", "How far is it from Ann to the school?"])
def test_a_goal_that_is_no_node_is_not_dropped(agent: GraphAgent, question: str) -> None:
    reply = agent.ask(f"Ann-Bob, Bob-Eve. {question}")
    assert reply.status == "unanswerable"
    assert "is not in the graph" in reply.text


@pytest.mark.parametrize("ends", ["everyone else", "the others", "all other people", "each", "the rest"])
def test_many_goals_are_all_answered(agent: GraphAgent, ends: str) -> None:
    reply = agent.ask(f"Ann-Bob, Bob-Eve. How far is it from Ann to {ends}?")
    assert (reply.status, reply.value) == ("proven", {"Ann": 0, "Bob": 1, "Eve": 2})
