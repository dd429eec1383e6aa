"""Endpoints of OpenAI's chat API: asked in order, and while everything goes wrong."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from agents.backends.connections import close
from agents.models import Ledger, ModelDown, ModelError, Usage, ask_json, chat_model
from tests.agents.faulty_server import Plan, serving

pytest.importorskip("langchain_openai", reason="needs the extra openai")

VALUE = {
    "type": "object",
    "properties": {"value": {"type": "integer"}},
    "required": ["value"],
    "additionalProperties": False,
}


@pytest.fixture(autouse=True)
def closed_connections() -> Iterator[None]:
    yield
    close()


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KONIGSBERG_API_KEY", "OPENAI_API_KEY", "VLLM_API_KEY", "OPENAI_BASE_URL", "KONIGSBERG_PRICES"):
        monkeypatch.delenv(name, raising=False)


def test_callbacks_of_the_caller_hear_of_a_reply_once() -> None:
    from langchain_core.callbacks import get_usage_metadata_callback

    with serving() as server, get_usage_metadata_callback() as heard:
        chat_model(f"openai:some@{server.url}").invoke("what is 12?")
    assert [counts["total_tokens"] for counts in heard.usage_metadata.values()] == [10]


def first_only(*faults: str) -> Callable[[dict[str, Any]], str]:
    """These faults, one a request, then none."""
    left = list(faults)
    return lambda _: left.pop(0) if left else ""


@pytest.mark.parametrize("scheme", ["openai", "vllm"])
def test_a_reply_comes_with_its_usage(scheme: str) -> None:
    with serving() as server:
        model = chat_model(f"{scheme}:some/model@{server.url}", max_tokens=9, temperature=0.5, seed=4)
        reply = model.invoke([SystemMessage("be brief"), HumanMessage("what is 12?")])
    assert reply.content == "the value is 12"
    assert reply.usage_metadata == {"input_tokens": 7, "output_tokens": 3, "total_tokens": 10}
    _, body = server.requests[0]
    assert body["messages"] == [{"role": "system", "content": "be brief"}, {"role": "user", "content": "what is 12?"}]
    assert (body["model"], body["max_tokens"], body["temperature"], body["seed"]) == ("some/model", 9, 0.5, 4)
    assert model.usage == Usage(1, 7, 3, seconds=model.usage.seconds, cost=None)


def test_a_stream_comes_in_pieces_with_its_usage() -> None:
    with serving() as server:
        chunks = list(chat_model(f"openai:m@{server.url}").stream("what is 5?"))
    assert [chunk.content for chunk in chunks if chunk.content] == ["the ", "value ", "is ", "5"]
    assert sum((chunk.usage_metadata or {}).get("total_tokens", 0) for chunk in chunks) == 10


async def test_the_asynchronous_faces_say_the_same() -> None:
    with serving() as server:
        model = chat_model(f"openai:m@{server.url}")
        assert (await model.ainvoke("what is 5?")).content == "the value is 5"
        assert "".join([str(chunk.content) async for chunk in model.astream("what is 5?")]) == "the value is 5"
    assert model.usage.calls == 2


async def test_cancelling_a_task_ends_its_call() -> None:
    with serving(lambda _: "timeout", silence=20.0) as server:
        model = chat_model(f"openai:m@{server.url}", timeout=30)
        start = time.perf_counter()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(model.ainvoke("hello"), 0.3)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(model.astream("hello")), 0.3)
        assert time.perf_counter() - start < 15


def test_the_schema_goes_to_the_server_strictly_where_that_is_allowed() -> None:
    with serving() as server:
        model = chat_model(f"openai:m@{server.url}")
        got = ask_json(model, "what is 31?", VALUE)
        ask_json(model, "what is 31?", {"type": "object", "properties": {"value": {"type": "integer"}}})
    assert (got.value, got.repairs, got.usage.calls) == ({"value": 31}, 0, 1)
    formats = [body["response_format"]["json_schema"] for _, body in server.requests]
    assert [f["strict"] for f in formats] == [True, False]
    assert formats[0]["schema"] == VALUE


def test_a_misfit_is_repaired_once_and_two_are_an_error() -> None:
    with serving(first_only("misfit")) as server:
        got = ask_json(chat_model(f"openai:m@{server.url}"), "what is 31?", VALUE)
    assert (got.value, got.repairs, got.usage.calls, got.usage.repairs) == ({"value": 31}, 1, 2, 1)
    assert "no JSON" in server.requests[1][1]["messages"][-1]["content"]
    with (
        serving(lambda _: "misfit") as server,
        pytest.raises(ModelError, match="after one repair") as error,
    ):
        ask_json(chat_model(f"openai:m@{server.url}"), "what is 31?", VALUE)
    assert error.value.usage.calls == len(server.requests) == 2


@pytest.mark.parametrize("fault", ["429", "429-after", "500", "503", "cut", "reset", "no-json", "timeout"])
@pytest.mark.parametrize("streamed", [False, True])
def test_a_fault_that_may_pass_is_retried(fault: str, streamed: bool) -> None:
    if fault in ("cut", "no-json") and streamed:
        pytest.skip("a stream that has shown something is not begun again")
    with serving(first_only(fault, fault), silence=3.0) as server:
        timeout = 1.0 if fault == "timeout" else 30.0  # a busy machine adds time-outs of its own
        model = chat_model(f"openai:m@{server.url}", timeout=timeout, retries=6, backoff=0.01)
        said = (
            "".join(str(c.content) for c in model.stream("what is 8?"))
            if streamed
            else model.invoke("what is 8?").content
        )
    assert said == "the value is 8"
    assert model.usage.calls == len(server.requests)
    assert model.usage.retries == 2 or (fault == "timeout" and model.usage.retries > 2)


def test_a_stream_cut_after_its_first_words_is_an_error() -> None:
    with serving(lambda _: "cut") as server:
        stream = chat_model(f"openai:m@{server.url}").stream("what is 8?")
        assert next(stream).content == "the "
        with pytest.raises(ModelError, match="had been shown") as error:
            list(stream)
    assert error.value.usage.calls == len(server.requests) == 1


def test_retries_are_bounded_and_wait_as_long_as_the_server_asks() -> None:
    with serving(lambda _: "429-after") as server:
        model = chat_model(f"openai:m@{server.url}", retries=3, backoff=0.0)
        start = time.perf_counter()
        with pytest.raises(ModelError, match=r"attempt 4.*429") as error:
            model.invoke("hello")
    assert time.perf_counter() - start >= 3 * 0.05
    assert len(server.requests) == error.value.usage.calls == model.usage.calls == 4


REFUSED = [(401, "set KONIGSBERG_API_KEY or OPENAI_API_KEY"), (404, "has no model 'm'"), (400, "answered 400")]


@pytest.mark.parametrize(("status", "message"), REFUSED)
def test_what_would_fail_again_is_not_retried_and_tells_no_key(
    status: int, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "topsecret-123")
    with serving(lambda _: "refuse", status=status) as server:
        model = chat_model(f"openai:m@{server.url}", cache=tmp_path / "cache.sqlite")
        with pytest.raises(ModelError, match=message) as error:
            model.invoke("hello")
    assert len(server.requests) == 1
    assert server.requests[0][0]["authorization"] == "Bearer topsecret-123"
    trail = "".join(traceback.format_exception(error.value))
    shown = trail + repr(model) + json.dumps(model.asdict(), default=str)
    assert "topsecret" not in shown
    assert "abcdefgh" not in shown
    assert b"topsecret" not in (tmp_path / "cache.sqlite").read_bytes()


def test_openais_key_goes_to_no_vllm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "topsecret-123")
    with serving() as server:
        chat_model(f"vllm:m@{server.url}").invoke("hello")
    assert "topsecret" not in str(server.requests)


def test_an_endpoint_that_is_down_says_what_still_works() -> None:
    with serving() as server:
        url = server.url
    model = chat_model(f"vllm:m@{url}")
    with pytest.raises(ModelDown, match=r"is down.*another model"):
        model.invoke("hello")
    assert model.usage.calls == 0


def test_prices_make_costs(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    table = tmp_path / "prices.json"
    table.write_text(json.dumps({"openai:m": {"prompt": 1e6, "completion": 2e6}}))
    monkeypatch.setenv("KONIGSBERG_PRICES", str(table))
    with serving() as server:
        priced, unknown = chat_model(f"openai:m@{server.url}"), chat_model(f"openai:other@{server.url}")
        priced.invoke("hello")
        unknown.invoke("hello")
    assert (priced.usage.cost, unknown.usage.cost) == (13.0, None)


def test_two_hundred_questions_while_half_of_the_calls_fail() -> None:
    """None is lost, none gets another's answer, and the ledger counts what the server has seen."""
    with serving(Plan(0.5, seed=5), silence=3.0) as server:
        model = chat_model(f"openai:m@{server.url}", timeout=1.0, retries=15, backoff=0.01)
        ledgers = [Ledger() for _ in range(200)]

        def put(number: int) -> tuple[Any, Usage]:
            mine = model.charged_to(ledgers[number])
            if number % 4 == 0:
                return int(str(mine.invoke(f"what is {number}?").text).split()[-1]), Usage()
            got = ask_json(mine, f"what is {number}?", VALUE)
            return got.value["value"], got.usage

        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(put, range(200)))
        wait_until(lambda: sum(server.seen.values()) == model.usage.calls)
    assert [said for said, _ in answers] == list(range(200))
    total = sum((ledger.total for ledger in ledgers), Usage())
    assert total.calls == model.usage.calls == sum(server.seen.values())
    assert total.calls <= 200 + total.retries + total.repairs  # an attempt may time out before its request has left
    assert total.repairs == sum(ledgers[n].total.repairs for n in range(200)) > 0
    assert all(server.seen[fault] for fault in ("timeout", "429", "429-after", "500", "503", "cut", "reset", "no-json"))
    assert all(usage == ledgers[n].total for n, (_, usage) in enumerate(answers) if n % 4)


def wait_until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        threading.Event().wait(0.02)
