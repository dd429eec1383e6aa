"""The frame around a program: its graph, its typed result, its errors, and the script for a person."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from agents.programs.program import GRAPH_FILE, MARK, Program, as_answer, graph_file, is_image, read_result, typed
from agents.sandbox import Ran
from graphs.graph import Graph
from tests.agents.programs_apart import run_apart
from tools import answers

SMALL = Graph.from_edges([("a", "b", 2.5), ("b", "c", 1.0)], nodes=["d"], directed=True)


def result_of(code: str, graph: Graph | None = None) -> Any:
    files = {} if graph is None else {GRAPH_FILE: graph_file(graph)}
    program = Program(code, GRAPH_FILE if graph is not None else "", files=files)
    return read_result(run_apart(program.script(), files=files))


VALUES = [
    ("answer = 3", 3),
    ("answer = [(1, 2), (3, 4)]", [[1, 2], [3, 4]]),
    ("answer = {(1, 2): 0.5, 'x': None}", {(1, 2): 0.5, "x": None}),
    ("answer = {3, 1}", frozenset({1, 3})),
    ("answer = [frozenset({1}), {2}]", [frozenset({1}), frozenset({2})]),
    ("import numpy as np\nanswer = np.array([[1.5, 2], [3, 4]])", [[1.5, 2.0], [3.0, 4.0]]),
    ("import numpy as np\nanswer = [np.int64(3), np.float64(.5), np.bool_(True)]", [3, 0.5, True]),
    ("answer = (x * x for x in range(4))", [0, 1, 4, 9]),
    ("answer = {'b': 1}.items()", [["b", 1]]),
    ("import networkx as nx\nanswer = nx.path_graph(3)", {"nodes": [0, 1, 2], "edges": [[0, 1], [1, 2]]}),
    ("import networkx as nx\nanswer = nx.path_graph(3).degree()", [[0, 1], [1, 2], [2, 1]]),
    ("answer = float('inf')", math.inf),
    ("print(7)", 7),
    ("print(1)\nprint([2])", [1, [2]]),
    ("print('Diameter:', 3)", ["Diameter:", 3]),
    ("print(2)\nanswer = 5", 5),
]


@pytest.mark.parametrize(("code", "value"), VALUES)
def test_results_keep_their_types(code: str, value: Any) -> None:
    result = result_of(code)
    assert result.error == ""
    assert result.value == value


def test_the_graph_keeps_labels_direction_and_attributes() -> None:
    code = "print(graph.is_directed(), sorted(graph), graph['a']['b'])\nanswer = graph.number_of_nodes()"
    result = result_of(code, SMALL)
    assert result.text == "True ['a', 'b', 'c', 'd'] {'weight': 2.5}\n"
    assert result.value == 4
    numbers = result_of("answer = list(graph)", Graph(nx.path_graph(3)))
    assert numbers.value == [0, 1, 2]


def test_parallel_edges_survive() -> None:
    multi = Graph.from_edges([("a", "b"), ("a", "b")], multi=True)
    assert result_of("answer = [graph.number_of_edges(), graph.is_multigraph()]", multi).value == [2, True]


def test_iterators_and_graphs_are_printed_whole() -> None:
    result = result_of("import networkx as nx\nprint(nx.connected_components(nx.path_graph(2)))")
    assert result.text == "[{0, 1}]\n"
    assert "'edges': [(0, 1, {})]" in result_of("import networkx as nx\nprint(nx.path_graph(2))").text


def test_an_error_shows_the_programs_own_line() -> None:
    result = result_of("x = [1]\n\nprint(x[5])")
    assert not result.has_value
    assert 'File "answer.py", line 3' in result.error
    assert "print(x[5])" in result.error
    assert "IndexError: list index out of range" in result.error
    assert "program.py" not in result.error


def test_a_syntax_error_and_an_early_exit_are_errors() -> None:
    assert "SyntaxError" in result_of("print('a'").error
    assert result_of("import sys\nprint(3)\nsys.exit(2)").error
    assert not result_of("import os\nos._exit(0)").has_value


def test_a_forged_result_line_is_text() -> None:
    line = MARK + '{"printed": [], "answer": 42}\n'
    forged = f"import sys\nsys.stdout.write({line!r})\nsys.stdout.flush()\n"
    assert result_of(forged + "print(1)").value == 1
    broken = read_result(Ran(MARK + "{no json", "", 0, 0.0, ""))
    assert not broken.has_value
    assert "cannot be read" in broken.error


def test_the_sandboxes_way_to_show_the_mark_is_known() -> None:
    line = json.dumps({"printed": [], "text": "", "answer": 3})
    assert read_result(Ran("\ufffdresult " + line, "", 0, 0.0, "")).value == 3


def test_being_stopped_says_why() -> None:
    assert "too long" in read_result(Ran("", "", None, 20.0, "time")).error


def test_drawings_are_told_by_their_bytes() -> None:
    assert is_image(b"\x89PNG\r\n\x1a\n" + b"0" * 500)
    assert not is_image(b"\x89PNG\r\n\x1a\n")
    assert not is_image(b"not a picture" * 100)


def test_a_standalone_script_runs_beside_its_data(tmp_path: Path) -> None:
    program = Program("print(sorted(graph))", GRAPH_FILE, files={GRAPH_FILE: graph_file(SMALL)})
    (tmp_path / "answer.py").write_text(program.standalone(), encoding="utf-8")
    (tmp_path / GRAPH_FILE).write_bytes(program.files[GRAPH_FILE])
    out = subprocess.run([sys.executable, "answer.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert out.stdout == "['a', 'b', 'c', 'd']\n"


def test_a_gml_file_with_or_without_labels_is_read() -> None:
    plain = b"graph [ node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 ] ]"
    named = b'graph [ node [ id 0 label "x" ] node [ id 1 label "y" ] edge [ source 0 target 1 ] ]'
    for content, nodes in ((plain, "[0, 1]"), (named, "['x', 'y']")):
        files = {"g.gml": content}
        ran = run_apart(Program("print(list(graph))", "g.gml", files=files).script(), files=files)
        assert read_result(ran).text == nodes + "\n"


TYPES = [
    (True, answers.Truth),
    (3, answers.Number),
    ("a", answers.NodeAnswer),
    (["a", "b"], answers.Nodes),
    ([["a", "b"], ["b", "c"]], answers.Edges),
    ([["a", "b", "c"], ["d"]], answers.Groups),
    ([1, 2.5], answers.Numbers),
    ({"a": 1, "b": 2}, answers.NodeValues),
    (frozenset({"a", "d"}), answers.Nodes),
]


@pytest.mark.parametrize(("value", "kind"), TYPES)
def test_values_become_the_tools_types(value: Any, kind: type) -> None:
    assert type(as_answer(value, SMALL)) is kind


@pytest.mark.parametrize("value", [None, "nothing known", [], {"z": 1}, [[1, 2, 3]], float("nan")])
def test_other_values_have_no_type(value: Any) -> None:
    assert as_answer(value, SMALL) is None


@pytest.mark.parametrize("data", [{"pairs": 3}, {"evil": 1}, {"a": 1, "b": 2}])
def test_what_the_frame_never_writes_is_refused(data: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        typed(data)
