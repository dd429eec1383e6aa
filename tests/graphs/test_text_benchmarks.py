"""The reader on benchmark files, where they are at hand: its graph equals the stored or separately extracted one."""

import json
import re
from pathlib import Path

import pytest

from graphs.text import read_text

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="benchmark files are not here")


def lines(name, step=1):
    with (DATA / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file][::step]


def pairs(graph):
    return {frozenset((e.source, e.target)) for e in graph.edges()}


def test_graphqa_graph_and_question():
    for item in lines("graphqa/dev.jsonl", 2):
        reading = read_text(item["question"])
        names = [int(name) if name.isdigit() else name for name in item["graph"]["names"]]
        assert set(reading.graph.nodes) == {names[i] for i in item["graph"]["nodes"]}, item["id"]
        assert pairs(reading.graph) == {frozenset((names[u], names[v])) for u, v in item["graph"]["edges"]}, item["id"]
        assert reading.graph.num_edges == len(item["graph"]["edges"])
        asked = item["task_description"].partition("Q: ")[2].partition("\nA:")[0]
        assert reading.question == asked.strip(), item["id"]
        assert reading.confidence == 1.0


def test_few_shot_examples_leave_graph_and_question_as_they_were():
    base = {item["id"]: item["question"] for item in lines("graphqa/dev.jsonl")}
    for item in lines("graphqa/dev_prompting.jsonl"):
        plain, prompted = read_text(base[item["base_id"]]), read_text(item["question"])
        assert prompted.question == plain.question, item["id"]
        assert pairs(prompted.graph) == pairs(plain.graph), item["id"]
        assert prompted.graph.nodes == plain.graph.nodes


PATTERNS = {
    "connectivity": r"\((\d+),(\d+)\)",
    "cycle": r"\((\d+),(\d+)\)",
    "hamilton": r"\((\d+),(\d+)\)",
    "flow": r"from node (\d+) to node (\d+) with capacity",
    "shortest_path": r"between node (\d+) and node (\d+) with weight",
    "topology": r"node (\d+) should be visited before node (\d+)",
}


@pytest.mark.parametrize("task", PATTERNS)
def test_nlgraph_edges(task):
    items = json.loads((DATA / "nlgraph" / task / "train.json").read_text(encoding="utf-8")).values()
    for item in list(items)[::5]:
        body, _, asked = item["question"].partition("\nQ: ")
        reading = read_text(item["question"])
        wanted = {(int(u), int(v)) for u, v in re.findall(PATTERNS[task], body)}
        found = {(e.source, e.target) for e in reading.graph.edges()}
        directed = task in ("flow", "topology")
        assert reading.graph.directed == directed
        assert (found if directed else pairs(reading.graph)) == (wanted if directed else {frozenset(e) for e in wanted})
        assert asked.startswith(reading.question)


def test_matching_has_two_sides():
    items = json.loads((DATA / "nlgraph" / "matching" / "train.json").read_text(encoding="utf-8")).values()
    for item in list(items)[::10]:
        graph = read_text(item["question"]).graph
        sizes = re.search(r"(\d+) job applicants.*?and (\d+) jobs", item["question"])
        assert tuple(len(side) for side in graph.sides) == (int(sizes[1]), int(sizes[2]))
        assert graph.num_edges == item["question"].count("is interested in job")


def test_temporal_edges_without_those_of_the_definition():
    for item in json.loads((DATA / "graphteam_sets" / "llm4dyg_train.json").read_text(encoding="utf-8"))[::4]:
        reading = read_text(item["question"])
        told = item["question"].partition("with the edges [")[2].partition("]")[0]
        wanted = sorted(tuple(map(int, triple)) for triple in re.findall(r"\((\d+), (\d+), (\d+)\)", told))
        assert reading.graph.multi
        found = sorted(
            (min(e.source, e.target), max(e.source, e.target), e.attributes["time"]) for e in reading.graph.edges()
        )
        assert found == sorted((min(u, v), max(u, v), t) for u, v, t in wanted)


def test_incident_lists_in_angle_brackets():
    for item in json.loads((DATA / "graphteam_sets" / "graphinstruct_dev.json").read_text(encoding="utf-8"))[::4]:
        text = item["question"]
        graph = read_text(text).graph
        directed = text.startswith("Given a directed")
        wanted = {
            (int(u), int(v)) if directed else frozenset((int(u), int(v)))
            for u, row in re.findall(r"Node <(\d+)> is connected to nodes? (.*)\.\n", text)
            for v in re.findall(r"<(\d+)>", row)
        }
        assert graph.directed == directed
        assert {(e.source, e.target) if directed else frozenset((e.source, e.target)) for e in graph.edges()} == wanted
