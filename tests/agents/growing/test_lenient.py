"""JSON as models write it."""

from __future__ import annotations

import contextlib
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.growing.replies.lenient import Unreadable, close, load

EDGES = {"edges": [{"source": "a", "relation": "r", "target": "b"}, {"source": "b", "relation": "r", "target": "c"}]}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "value", "repairs"),
    [
        (json.dumps(EDGES), EDGES, {}),
        (f"```json\n{json.dumps(EDGES)}\n```", EDGES, {"code_fence": 1}),
        (f"Sure, here it is: {json.dumps(EDGES)} Anything else?", EDGES, {"json_with_prose": 1}),
        ('{"a": 1}\n{"a": 2}', [{"a": 1}, {"a": 2}], {"json_sequence": 1}),
        ("{'a': [1, 2,], 'b': True}", {"a": [1, 2], "b": True}, {"json_mended": 1}),
        ('{"a": [1], "a": [2]}', {"a": [1, 2]}, {"json_repeated_key": 1}),
        ('{"nodes": [...], "edges": [...]}', {"nodes": [], "edges": []}, {"json_mended": 1}),
        ("the set {0,1}^3 and " + json.dumps(EDGES), EDGES, {"json_with_prose": 1}),
        ('{"a": NaN}', {"a": None}, {}),
    ],
)
def test_repairs_are_made_and_counted(text: str, value: Any, repairs: dict[str, int]) -> None:
    loaded = load(text)
    assert (loaded.value, dict(loaded.repairs)) == (value, repairs)


def test_an_object_cut_short_is_dropped_whole_and_told() -> None:
    text = json.dumps(EDGES)
    for end in range(text.index("}, {") + 5, len(text) - 3):
        loaded = load(text[:end])
        assert loaded.value == {"edges": EDGES["edges"][:1]}
        assert loaded.lost
        assert loaded.repairs == {"json_closed": 1}


def test_a_text_cut_short_is_kept_as_far_as_it_goes() -> None:
    assert load('{"edges": [], "answer": "Silk is str').value == {"edges": [], "answer": "Silk is str"}


@pytest.mark.parametrize("text", ["", "no", "42", '"text"', "{", "[", "[[[" * 100, '{"a":' * 100])
def test_what_holds_no_json_gives_nothing(text: str) -> None:
    with contextlib.suppress(Unreadable):
        assert load(text).value in ({}, [])


@settings(deadline=None)
@given(JSON.filter(lambda value: isinstance(value, (dict, list))))
def test_valid_json_needs_no_repair(value: Any) -> None:
    loaded = load(json.dumps(value))
    assert loaded.value == value
    assert not loaded.repairs


@settings(deadline=None)
@given(st.text(alphabet='{}[]",:\\ab1 \n`', max_size=80))
def test_no_text_is_too_much(text: str) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(load(text).value, (dict, list))


@settings(deadline=None)
@given(st.lists(st.fixed_dictionaries({"s": st.text(max_size=9), "t": st.integers()}), max_size=5), st.data())
def test_a_cut_makes_nothing_up(items: list[dict[str, Any]], data: st.DataObject) -> None:
    text = json.dumps({"items": items})
    cut = data.draw(st.integers(10, len(text)))
    closed, _ = close(text[:cut])
    found = json.loads(closed).get("items", [])
    assert found == items[: len(found)]


@pytest.mark.parametrize(
    "text", ["[" * 200_000, '{"a":' * 50_000, '{"a" ' * 3000, '{"k":"v" ' * 900, '{"a":"x' * 20_000]
)
def test_hostile_json_takes_no_time(text: str) -> None:
    start = time.process_time()
    with pytest.raises(Unreadable):
        load(text)
    assert time.process_time() - start < 30  # seconds where it were days
