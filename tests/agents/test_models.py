"""Specs, calls, retries, accounting and structured replies, on scripted back ends."""

from __future__ import annotations

import asyncio
import contextlib
import string
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from pydantic import BaseModel

from agents import models
from agents.chat.calls import Attempt, Cancelled, Fault, Piece, Request
from agents.models import Ledger, ModelDown, ModelError, Usage, ask_json, chat_model, parse_spec
from graphs.errors import BadArgument, GraphError

COLOUR = {"type": "object", "properties": {"colour": {"type": "string"}}, "required": ["colour"]}
LONG = "a story without an end"


class Scripted:
    """Replies with what the script holds, one item a call: a text, or a fault. The last item stays."""

    constrains = True
    local = False
    identity = "scripted"

    def __init__(self, *script: str | Fault) -> None:
        self.script, self.requests, self.lock = list(script), list[Request](), threading.Lock()

    def stream(self, request: Request, attempt: Attempt) -> Iterator[Piece]:
        with self.lock:
            self.requests.append(request)
            item = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return attempt.run(lambda: self.work(item, attempt))

    def work(self, item: str | Fault, attempt: Attempt) -> None:
        attempt.begin()
        attempt.sent = True
        if isinstance(item, Fault):
            attempt.fail(item)
            return
        while item is LONG and not attempt.over:
            attempt.put(Piece("and then "))
            time.sleep(0.02)
        for word in item.split(" "):
            attempt.put(Piece(word))
        attempt.put(Piece("", 10, 5, "stop"))
        attempt.finish()


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Scripted]:
    """Makes the spec `scripted:` stand for a back end with that script."""
    monkeypatch.setattr(models, "_BUILDERS", dict(models._BUILDERS))

    def make(*script: str | Fault) -> Scripted:
        backend = Scripted(*script)
        models.register("scripted", lambda _: backend)
        return backend

    return make


# -- specs

NAMES = st.text(string.ascii_letters + string.digits + "/_.:-@", min_size=1, max_size=30)


@given(st.sampled_from(["openai", "vllm"]), NAMES, st.integers(1, 65535), st.sampled_from(["", "/v1", "/api/v2"]))
def test_a_spec_is_read_back_from_its_text(scheme: str, name: str, port: int, path: str) -> None:
    spec = parse_spec(f"{scheme}:{name}@http://host.example:{port}{path}")
    assert (spec.scheme, spec.target) == (scheme, name)
    assert spec.url == f"http://host.example:{port}{path or '/v1'}"
    assert parse_spec(str(spec)) == spec


@given(st.text(max_size=60))
def test_any_text_is_a_spec_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(GraphError):
        spec = parse_spec(text)
        assert parse_spec(str(spec)) == spec


BAD_SPECS = [
    ("", "write SCHEME:NAME"),
    ("gpt-4", "write SCHEME:NAME"),
    ("gguf:", "names no file"),
    ("openai:", "names no model"),
    ("vllm:@http://host", "names no model"),
    ("vllm:m@localhost:8000", "http:// or https://"),
    ("vllm:m@http://user:pw@host/v1", "KONIGSBERG_API_KEY"),
    ("vllm:m@http://host/v1?key=secret", "KONIGSBERG_API_KEY"),
    ("vllm:m@http://", "no address"),
    ("vllm:m@http://host:port", "no address"),
    ("openai:m", "needs a key"),
    ("gguf:/no/such/file.gguf", "no GGUF file"),
]


@pytest.mark.parametrize(("spec", "message"), BAD_SPECS)
def test_a_bad_spec_says_what_to_write_and_repeats_no_secret(
    spec: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KONIGSBERG_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL", "KONIGSBERG_OPENAI_URL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(BadArgument, match=message) as error:
        chat_model(spec)
    assert "pw" not in str(error.value)
    assert "secret" not in str(error.value)


def test_a_server_without_an_address_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KONIGSBERG_OPENAI_URL", "KONIGSBERG_VLLM_URL", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    assert str(parse_spec("vllm:m")) == "vllm:m@http://localhost:8000/v1"
    assert str(parse_spec("openai:m")) == "openai:m@https://api.openai.com/v1"
    monkeypatch.setenv("KONIGSBERG_VLLM_URL", "http://gpu:9000")
    assert str(parse_spec("vllm:m")) == "vllm:m@http://gpu:9000/v1"


BAD_PARAMETERS = [
    {"timeout": 0.0},
    {"timeout": float("nan")},
    {"max_tokens": 0},
    {"retries": -1},
    {"temperature": -1.0},
]


@pytest.mark.parametrize("parameters", BAD_PARAMETERS)
def test_a_parameter_out_of_its_range_is_refused(parameters: dict[str, Any], scripted: Callable[..., Scripted]) -> None:
    scripted("hello")
    with pytest.raises(BadArgument, match=next(iter(parameters))):
        chat_model("scripted:", **parameters)
    with pytest.raises(BadArgument, match=next(iter(parameters))):
        chat_model("scripted:").invoke("hello", **parameters)


def test_no_client_is_loaded_before_it_is_needed() -> None:
    code = (
        "import agents.models, sys; agents.models.parse_spec('openai:m'); "
        "print([n for n in ('openai', 'httpx', 'httpx2', 'langchain_core', 'xllamacpp', 'torch') if n in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


# -- calls

PASSING = Fault("busy", retryable=True)


def test_faults_that_may_pass_are_retried_and_booked(scripted: Callable[..., Scripted]) -> None:
    backend = scripted(PASSING, PASSING, "good")
    model = chat_model("scripted:", backoff=0.0)
    assert model.invoke("hello").content == "good"
    assert len(backend.requests) == 3
    assert model.usage == Usage(3, 10, 5, retries=2, seconds=model.usage.seconds, cost=None)


@pytest.mark.parametrize(
    ("fault", "calls", "kind"),
    [
        (PASSING, 3, ModelError),
        (Fault("wrong key"), 1, ModelError),
        (Fault("no connection", down=True), 1, ModelDown),
        (Fault("come back tomorrow", retryable=True, retry_after=86400.0), 1, ModelError),
    ],
)
def test_the_last_fault_is_told_with_its_cost(
    fault: Fault, calls: int, kind: type[ModelError], scripted: Callable[..., Scripted]
) -> None:
    scripted(fault)
    model = chat_model("scripted:", backoff=0.0)
    with pytest.raises(kind, match=str(fault)) as error:
        model.invoke("hello")
    assert type(error.value) is kind
    assert error.value.usage.calls == model.usage.calls == calls


def test_the_wait_doubles_with_jitter(scripted: Callable[..., Scripted]) -> None:
    scripted(PASSING)
    start = time.perf_counter()
    with pytest.raises(ModelError, match="attempt 4"):
        chat_model("scripted:", backoff=0.05, retries=3).invoke("hello")
    assert time.perf_counter() - start >= 0.5 * 0.35


@pytest.mark.parametrize("streamed", [False, True])
def test_a_timeout_ends_a_reply_without_end(streamed: bool, scripted: Callable[..., Scripted]) -> None:
    scripted(LONG)
    model = chat_model("scripted:", timeout=0.3, retries=0)
    start = time.perf_counter()
    with pytest.raises(ModelError, match="within 0.3 seconds") as error:
        list(model.stream("hello")) if streamed else model.invoke("hello")
    assert time.perf_counter() - start < 30
    assert error.value.usage.calls == 1
    assert error.value.usage.completion_tokens > 1  # what came is counted, by its pieces
    wait_for_workers()


def test_a_reply_that_the_deadline_or_the_caller_cut_short_is_none() -> None:
    late = Attempt(0.01)
    late.begin()
    late.put(Piece("and"))
    time.sleep(0.05)
    late.finish()
    with pytest.raises(Fault, match="within 0.01 seconds"):
        list(late.pieces())
    stop = threading.Event()
    stopped = Attempt(60.0, stop)
    stopped.begin()
    pieces = stopped.pieces()
    stopped.put(Piece("and"))
    assert next(pieces).text == "and"
    threading.Timer(0.05, lambda: (stop.set(), stopped.finish())).start()
    with pytest.raises(Cancelled):
        list(pieces)
    early = Attempt(0.05)
    early.begin()
    early.put(Piece("whole"))
    early.finish()
    time.sleep(0.1)  # whoever reads slowly still gets the whole reply
    assert [piece.text for piece in early.pieces()] == ["whole"]


def test_an_event_ends_a_call(scripted: Callable[..., Scripted]) -> None:
    scripted(LONG)
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    with pytest.raises(Cancelled):
        chat_model("scripted:").invoke("hello", cancel=cancel)
    wait_for_workers()


async def test_cancelling_and_leaving_end_the_work(scripted: Callable[..., Scripted]) -> None:
    scripted(LONG)
    model = chat_model("scripted:")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(model.ainvoke("hello"), 0.2)
    async for _ in model.astream("hello"):
        break
    for _ in model.stream("hello"):
        break
    await asyncio.to_thread(wait_for_workers)
    assert model.usage.calls == 3


def wait_for_workers() -> None:
    end = time.monotonic() + 60
    while any(thread.name == "konigsberg-model" for thread in threading.enumerate()):
        assert time.monotonic() < end, "a worker goes on after its call has ended"
        time.sleep(0.02)


def test_parameters_of_a_call_win_and_unknown_ones_are_refused(scripted: Callable[..., Scripted]) -> None:
    backend = scripted("good")
    model = chat_model("scripted:", max_tokens=9)
    model.invoke([SystemMessage("a"), HumanMessage("b"), AIMessage("c"), HumanMessage("d")], max_tokens=3, stop=["x"])
    request = backend.requests[0]
    assert [m["role"] for m in request.messages] == ["system", "user", "assistant", "user"]
    assert (request.max_tokens, request.stop) == (3, ("x",))
    with pytest.raises(BadArgument, match="takes no tools"):
        model.invoke("hello", tools=[])


# -- accounting

usages = st.builds(
    Usage,
    *[st.integers(0, 10**6)] * 6,
    seconds=st.integers(0, 1000).map(float),
    cost=st.none() | st.integers(0, 100).map(float),
)


@given(usages, usages, usages)
def test_usage_adds_in_any_order(a: Usage, b: Usage, c: Usage) -> None:
    assert (a + b) + c == a + (b + c) == sum([c, b, a], Usage())
    assert (a + b).cost is None or None not in (a.cost, b.cost)


def test_threads_share_a_ledger_and_each_question_has_its_own(scripted: Callable[..., Scripted]) -> None:
    scripted("good")
    model = chat_model("scripted:")
    own = [Ledger() for _ in range(8)]

    def work(ledger: Ledger) -> None:
        for _ in range(10):
            model.charged_to(ledger).invoke("hello")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, own))
    assert [ledger.total.calls for ledger in own] == [10] * 8
    assert model.usage.calls == 80
    assert model.usage.tokens == 80 * 15


# -- structured replies


class Colour(BaseModel):
    colour: str


def test_a_fitting_reply_is_taken_as_it_is(scripted: Callable[..., Scripted]) -> None:
    backend = scripted('{"colour":"red"}')
    model = chat_model("scripted:")
    assert ask_json(model, "which?", COLOUR).value == {"colour": "red"}
    assert ask_json(model, [("user", "which?")], Colour).value == Colour(colour="red")
    assert model.with_structured_output(Colour).invoke("which?") == Colour(colour="red")
    assert backend.requests[0].schema == COLOUR
    assert backend.requests[1].schema == Colour.model_json_schema()


MISFITS = ["no JSON", '{"colour": 3}', "{}", '{"colour": NaN}', "[" * 100_000, ""]


@pytest.mark.parametrize("schema", [COLOUR, Colour])
@pytest.mark.parametrize("reply", MISFITS)
def test_a_misfit_is_sent_back_once(reply: str, schema: Any, scripted: Callable[..., Scripted]) -> None:
    backend = scripted(reply, '```json\n{"colour":"red"}\n```')
    got = ask_json(chat_model("scripted:"), "which?", schema)
    assert got.repairs == got.usage.repairs == 1
    assert got.usage.calls == 2
    assert "does not fit" in backend.requests[1].messages[-1]["content"]


def test_two_misfits_are_an_error(scripted: Callable[..., Scripted]) -> None:
    scripted("no JSON")
    with pytest.raises(ModelError, match="after one repair") as error:
        ask_json(chat_model("scripted:"), "which?", COLOUR)
    assert (error.value.usage.calls, error.value.usage.repairs) == (2, 1)


def test_any_langchain_model_can_be_asked() -> None:
    model = FakeListChatModel(responses=["nothing", '{"colour": "red"}'])
    got = ask_json(model, "which?", COLOUR)
    assert (got.value, got.repairs, got.usage.calls) == ({"colour": "red"}, 1, 2)


@pytest.mark.parametrize("schema", [{"type": "nonsense"}, 3, "string"])
def test_a_schema_that_is_none_is_refused(schema: Any, scripted: Callable[..., Scripted]) -> None:
    scripted("{}")
    with pytest.raises(BadArgument, match="schema"):
        ask_json(chat_model("scripted:"), "which?", schema)


def test_a_schema_fetches_nothing_from_the_network(scripted: Callable[..., Scripted]) -> None:
    scripted("{}")
    with pytest.raises(GraphError, match="refers to"):
        ask_json(chat_model("scripted:"), "which?", {"$ref": "http://127.0.0.1:9/schema.json"})
