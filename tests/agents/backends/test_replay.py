"""Recorded replies are played in order, also by work that was killed and goes on."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from agents.models import ModelError, chat_model
from graphs.errors import BadArgument


def recorded(folder: Path, *records: object, name: str = "run.jsonl") -> str:
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return f"replay:{path}"


def three(folder: Path) -> str:
    return recorded(folder, *({"raw_output": f"reply {number}"} for number in range(3)))


def test_records_are_played_in_order(tmp_path: Path) -> None:
    spec = recorded(tmp_path, {"raw_output": "one"}, {"output": "two"}, {"text": "three"})
    model = chat_model(spec)
    assert [model.invoke("same question").text for _ in range(3)] == ["one", "two", "three"]


def test_tokens_are_those_recorded_or_counted_the_same_everywhere(tmp_path: Path) -> None:
    spec = recorded(tmp_path, {"raw_output": "a b", "completion_tokens": 9}, {"raw_output": "a, b"})
    model = chat_model(spec)
    counts = [model.invoke("how are you?").usage_metadata for _ in range(2)]
    assert [(one["input_tokens"], one["output_tokens"]) for one in counts if one] == [(4, 9), (4, 3)]
    assert (model.usage.calls, model.usage.cost) == (2, 0.0)


def test_no_record_is_left(tmp_path: Path) -> None:
    model = chat_model(recorded(tmp_path, {"raw_output": "one"}))
    model.invoke("a")
    for _ in range(2):
        with pytest.raises(ModelError, match="has 1 records, and all of them have been played"):
            model.invoke("b")


def test_a_recorded_failure_fails(tmp_path: Path) -> None:
    model = chat_model(recorded(tmp_path, {"raw_output": None, "error": "out of memory"}, {"raw_output": "two"}))
    with pytest.raises(ModelError, match="record 1 .* out of memory"):
        model.invoke("a")
    assert model.invoke("b").text == "two"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "holds no records"),
        (b"\n\n", "holds no records"),
        (b'{"raw_output": "a"}\nnonsense\n', "line 2 is no JSON"),
        (b'["a"]\n', "line 1 is no object"),
        (b'{"answer": "a"}\n', "line 1 has none of the fields raw_output, output, text; it has answer"),
        (b'{"raw_output": "\xff"}\n', "cannot be read"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "bad.jsonl").write_bytes(content)
    with pytest.raises(BadArgument, match=told):
        chat_model(f"replay:{tmp_path / 'bad.jsonl'}")


def test_a_missing_file_and_a_missing_name_are_told() -> None:
    with pytest.raises(BadArgument, match="there is no file"):
        chat_model("replay:/no/such/file.jsonl")
    with pytest.raises(BadArgument, match="write replay:PATH"):
        chat_model("replay:")


def test_cached_calls_consume_no_record(tmp_path: Path) -> None:
    spec, cache = three(tmp_path), tmp_path / "calls.sqlite"
    model = chat_model(spec, cache=cache)
    assert [model.invoke(question).text for question in "aab"] == ["reply 0", "reply 0", "reply 1"]
    assert model.usage.cached == 1


def test_work_that_goes_on_gets_the_next_record(tmp_path: Path) -> None:
    """Each question is asked by a new model, as by a process that was killed after the last one."""
    spec, cache = three(tmp_path), tmp_path / "calls.sqlite"
    said = [chat_model(spec, cache=cache).invoke(question).text for question in "abac"]
    assert said == ["reply 0", "reply 1", "reply 0", "reply 2"]


def test_a_call_killed_before_its_reply_was_cached_gets_the_same_record(tmp_path: Path) -> None:
    spec, cache = three(tmp_path), tmp_path / "calls.sqlite"
    stream = chat_model(spec, cache=cache).stream("a")
    assert next(stream).text == "reply 0"
    stream.close()  # nothing was cached
    model = chat_model(spec, cache=cache)
    assert model.invoke("a").text == "reply 0"
    assert model.invoke("b").text == "reply 1"


def test_a_file_that_has_grown_or_was_moved_goes_on(tmp_path: Path) -> None:
    spec, cache = three(tmp_path), tmp_path / "calls.sqlite"
    model = chat_model(spec, cache=cache)
    for question in "abc":
        model.invoke(question)
    with pytest.raises(ModelError, match="all of them have been played"):
        model.invoke("d")
    longer = recorded(tmp_path, *({"raw_output": f"reply {number}"} for number in range(4)), name="moved.jsonl")
    assert chat_model(longer, cache=cache).invoke("d").text == "reply 3"


def test_threads_get_one_record_each(tmp_path: Path) -> None:
    spec = recorded(tmp_path, *({"raw_output": f"reply {number}"} for number in range(40)))
    for cache in (None, tmp_path / "calls.sqlite"):
        model = chat_model(spec, cache=cache)
        with ThreadPoolExecutor(8) as pool:
            said = list(pool.map(lambda number, model=model: model.invoke(f"q{number}").text, range(40)))
        assert sorted(said) == sorted(f"reply {number}" for number in range(40))


def test_the_key_of_a_call_is_that_of_the_cache(tmp_path: Path) -> None:
    model = chat_model(three(tmp_path), cache=tmp_path / "calls.sqlite")
    first, again = (model.invoke("a").response_metadata for _ in range(2))
    assert first["call"] == again["call"]
    assert (first["cached"], again["cached"]) == (False, True)
