"""Outputs compared by typed values: right, wrong and adversarial ones."""

from __future__ import annotations

from typing import Any

import pytest

from evals.benchmarks.prograph.printed import literal, parts_found, segments

RIGHT = [
    ("7", "7"),
    ("7", "The diameter is: 7"),
    ("Total weight: 7", "7"),
    ("0.6666666666666666", "0.6666667"),
    ("-0.5833", "-0.58333333"),
    ("TRUE", "True"),
    ("FALSE", "Is it chordal: False"),
    ("False\n0.0348", "False\n0.03482"),
    ("7\n0.732", "0.732\n7"),
    ("[1, 2, 3]", "[1, 2, 3]"),
    ("['a', 'b']", "Path: ['a', 'b']"),
    ("{1, 2, 3}", "[3, 1, 2]"),
    ("frozenset({1, 3})", "{3, 1}"),
    ("[('a', 'b'), ('b', 'c')]", "[('b', 'c'), ('a', 'b')]"),
    ("{(0, 1): 57.5, (1, 2): 3.0}", "{(1, 2): 3.0, (0, 1): 57.5}"),
    ("Node 1: 0.25\nNode 2: 0.5", "1 : 0.25\n2 : 0.5"),
    ("Node 1: 0.25\nNode 2: 0.5", "{1: 0.25, 2: 0.5}"),
    ("030T", "Type: 030T"),
    ("030T: 0\n300: 0", "0\n0"),
    ("(0, 2) -> 1", "(0, 2) -> 1"),
    ("[ 1. 2.5]", "[1.0, 2.5]"),
    ("array([[1. , 1. ],\n       [1. , 0.5]])", "[[1.  1. ]\n [1.  0.5]]"),
    ("['3', '1']", "[3, 1]"),
    ("nan", "nan"),
    ("B", "B"),
    ("B", "Common ancestor: B"),
    ("[(1, 2), (3, 4)]", "(1, 2)\n(3, 4)"),
]


@pytest.mark.parametrize(("gold", "said"), RIGHT)
def test_right_outputs(gold: str, said: str) -> None:
    found, asked = parts_found(gold, said)
    assert found == asked > 0


WRONG = [
    ("7", ""),
    ("7", "8"),
    ("7", "The diameter of 7 nodes is: 8"),
    ("7", "\n".join(map(str, range(20)))),
    ("7", "[7, 8]"),
    ("7", "77"),
    ("7", "v7"),
    ("TRUE", "False"),
    ("TRUE", "True\nFalse"),
    ("FALSE", "no idea"),
    ("FALSE", "nan"),
    ("True\n15.2", "nan\n15.2"),
    ("1", "True"),
    ("[1, 2, 3]", "[3, 2, 1]"),
    ("[1, 2, 3]", "[1, 2]"),
    ("[1, 2, 3]", "[1, 2, 3, 4]"),
    ("{1, 2}", "{1, 3}"),
    ("[('a', 'b')]", "[('b', 'a')]"),
    ("['a', 'b', 'c', 'd']", "['a', 'c', 'b', 'd']"),
    ("0.5", "0.51"),
    ("0.12345678901", "0.12"),
    ("{0: 0.1, 1: 0.2}", "{0: 0.2, 1: 0.1}"),
    ("030T", "300"),
    ("Error", "0"),
    ("B", "C"),
    ("B", "A and B and C"),
    ("5\n6", "5"),
    ("nan", "0"),
    ("0.0", "1e-3"),
]


@pytest.mark.parametrize(("gold", "said"), WRONG)
def test_wrong_outputs(gold: str, said: str) -> None:
    found, asked = parts_found(gold, said)
    assert found < asked or asked == 0


def test_typed_prints_count_where_the_text_is_unclear() -> None:
    assert parts_found("1 : 0.5\n2 : 0.25", "whatever", [[{1: 0.5, 2: 0.25}]]) == (2, 2)
    assert parts_found("3", "x=3y", [["x", 3]]) == (1, 1)
    assert parts_found("3", "", [[[3, 4, 5]]])[0] == 0


def test_parts_are_counted() -> None:
    assert parts_found("[1, 2]\n0.5\nTrue", "[1, 2]\n0.7\nTrue") == (2, 3)


@pytest.mark.parametrize("text", ["((((" * 300, "[" * 5000, "{1: " * 2000, "\0", "9" * 5000, "[1, 2", "'''"])
def test_hostile_output_is_no_crash(text: str) -> None:
    literal(text)
    segments(text)
    parts_found("[1, 2]", text)
    parts_found(text, "[1, 2]")


@pytest.mark.parametrize(
    ("text", "value"),
    [("[0 1 2]", [0, 1, 2]), ("[ 1.5  2. ]", [1.5, 2.0]), ("{(1, 2): 3}", {(1, 2): 3}), ("Hello", None)],
)
def test_literals(text: str, value: Any) -> None:
    assert literal(text) == value
