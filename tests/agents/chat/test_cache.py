"""The cache of replies: what makes two requests equal, and many readers and writers at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.chat.cache import ReplyCache, Stored, key_of
from agents.chat.calls import Fault, ModelError, Request, Usage
from agents.models import ask_json, chat_model
from tests.agents.test_models import COLOUR, Scripted, scripted

__all__ = ["scripted"]

texts = st.text(max_size=20)
messages = st.lists(st.fixed_dictionaries({"role": st.sampled_from(["user", "system"]), "content": texts}), max_size=3)
schemas = st.none() | st.dictionaries(texts, st.integers() | texts, max_size=3)
requests = st.builds(
    Request,
    messages=messages.map(tuple),
    schema=schemas,
    stop=st.lists(texts, max_size=2).map(tuple),
    temperature=st.floats(0, 2),
    max_tokens=st.integers(1, 1000),
    seed=st.none() | st.integers(0, 1000),
    streamed=st.booleans(),
)


@given(texts, requests, texts, requests)
def test_two_requests_share_a_key_exactly_when_nothing_differs(a: str, one: Request, b: str, two: Request) -> None:
    equal = a == b and replace(one, streamed=False) == replace(two, streamed=False)
    assert (key_of(a, one) == key_of(b, two)) == equal
    assert key_of(a, one) == key_of(a, replace(one, streamed=not one.streamed))


def test_the_order_of_a_schemas_keys_makes_no_difference() -> None:
    one, two = {"type": "object", "title": "t"}, {"title": "t", "type": "object"}
    assert key_of("m", Request((), schema=one)) == key_of("m", Request((), schema=two))


def test_a_replay_is_no_call(scripted: Callable[..., Scripted], tmp_path: Path) -> None:
    backend = scripted("good", "other")
    path = tmp_path / "deep" / "cache.sqlite"
    first, again = chat_model("scripted:", cache=path), chat_model("scripted:", cache=path)
    assert first.invoke("hello").content == "good"
    said = again.invoke("hello")
    assert said.content == "good"
    assert said.response_metadata["cached"] is True
    assert said.usage_metadata is not None
    assert said.usage_metadata["total_tokens"] == 15
    assert "".join(str(chunk.content) for chunk in again.stream("hello")) == "good"
    assert again.usage == Usage(cached=2)
    assert len(backend.requests) == 1
    assert again.invoke("hello", max_tokens=3).content == "other"
    assert b"hello" not in path.read_bytes()


def test_a_failed_call_is_not_kept(scripted: Callable[..., Scripted], tmp_path: Path) -> None:
    scripted(Fault("broken"), "good")
    model = chat_model("scripted:", cache=tmp_path / "cache.sqlite")
    with pytest.raises(ModelError, match="broken"):
        model.invoke("hello")
    assert model.invoke("hello").content == "good"


def test_a_repaired_reply_is_kept_in_place_of_the_misfit(scripted: Callable[..., Scripted], tmp_path: Path) -> None:
    backend = scripted("nothing", '{"colour":"red"}')
    model = chat_model("scripted:", cache=tmp_path / "cache.sqlite")
    assert ask_json(model, "which?", COLOUR).repairs == 1
    got = ask_json(model, "which?", COLOUR)
    assert (got.value, got.repairs, got.usage) == ({"colour": "red"}, 0, Usage(cached=1))
    assert len(backend.requests) == 2


def test_threads_and_processes_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    code = (
        "import sys; from pathlib import Path; from agents.chat.cache import ReplyCache, Stored\n"
        "cache = ReplyCache(Path(sys.argv[1]))\n"
        "for i in range(30): cache.put(f'{sys.argv[2]}-{i}', Stored('x' * 1000, 1, 2, 'stop'))\n"
    )
    others = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in "ab"]
    cache = ReplyCache(path)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: cache.put(f"here-{i}", Stored(str(i), 1, 2, "stop")), range(40)))
    assert [other.wait() for other in others] == [0, 0]
    assert all(cache.get(f"here-{i}") == Stored(str(i), 1, 2, "stop") for i in range(40))
    assert all(cache.get(f"{name}-{i}") for name in "ab" for i in range(30))


@pytest.mark.parametrize("content", [b"no database at all" * 100])
def test_a_damaged_file_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"cache\.sqlite cannot be used"):
        ReplyCache(path)


def test_a_damaged_row_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    cache = ReplyCache(path)
    base: Any = sqlite3.connect(path)
    with base:
        base.execute("INSERT INTO replies VALUES ('k', '{\"text\": 1', 0)")
    base.close()
    with pytest.raises(ModelError, match="cannot be used"):
        cache.get("k")
