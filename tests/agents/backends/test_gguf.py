"""GGUF files in this process. The real ones need a file: KONIGSBERG_TEST_GGUF names one."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import BaseModel, Field

from agents.chat.calls import ModelError
from agents.models import chat_model
from graphs.errors import BadArgument

FILE = Path(os.environ.get("KONIGSBERG_TEST_GGUF") or "~/.cache/konigsberg-models/SmolLM2-135M-Instruct.Q4_1.gguf")


class Bridges(BaseModel):
    city: str = Field(max_length=30)
    bridges: int = Field(ge=0, le=100)


@pytest.fixture(scope="module")
def spec() -> str:
    pytest.importorskip("xllamacpp", reason="needs the extra gguf")
    if not FILE.expanduser().is_file():
        pytest.skip("needs a GGUF file: set KONIGSBERG_TEST_GGUF")
    return f"gguf:{FILE}"


def test_it_answers_streams_and_counts(spec: str) -> None:
    model = chat_model(spec, max_tokens=8)
    reply = model.invoke("Say hello.")
    assert reply.content
    assert reply.usage_metadata is not None
    assert 0 < reply.usage_metadata["output_tokens"] <= 8
    chunks = list(model.stream("Say hello."))
    assert "".join(str(chunk.content) for chunk in chunks) == reply.content
    assert len(chunks) > 3
    assert (model.usage.calls, model.usage.cost) == (2, 0.0)
    assert model.usage.completion_tokens == 2 * reply.usage_metadata["output_tokens"]


def test_a_varied_reply_repeats_itself_less(spec: str) -> None:
    model = chat_model(spec, max_tokens=160)
    asked = "Write the sentence 'the cat sat on the mat' thirty times, each on a line of its own."

    def repeated(text: str) -> float:
        words = text.split()
        runs = [tuple(words[at : at + 4]) for at in range(len(words) - 3)]
        return 1 - len(set(runs)) / max(1, len(runs))

    plain, varied = (str(model.invoke(asked, varied=varied).content) for varied in (False, True))
    assert repeated(plain) > 0.7
    assert repeated(varied) < 0.4


def test_a_reply_is_held_to_its_schema(spec: str) -> None:
    got = chat_model(spec, max_tokens=60, temperature=1.5).with_structured_output(Bridges).invoke("Tell a joke.")
    assert isinstance(got, Bridges)


def test_a_timeout_ends_the_reply_and_frees_the_model(spec: str) -> None:
    model = chat_model(spec, max_tokens=2)
    model.invoke("hello")  # loaded from here on
    start = time.perf_counter()
    with pytest.raises(ModelError, match="within 1 seconds") as error:
        model.invoke("Write a very long story.", timeout=1.0, max_tokens=4000)
    assert error.value.usage.calls == 1
    with pytest.raises(ModelError, match="within 0.2 seconds"):
        model.invoke("a long prompt " * 1000, timeout=0.2)
    model.invoke("hello")
    assert time.perf_counter() - start < 120


async def test_cancelling_a_task_frees_the_model(spec: str) -> None:
    model = chat_model(spec, max_tokens=4000)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(model.ainvoke("Write a very long story."), 0.5)
    start = time.perf_counter()
    await model.ainvoke("hello", max_tokens=2)
    assert time.perf_counter() - start < 60


def test_threads_take_turns(spec: str) -> None:
    model = chat_model(spec, max_tokens=3)
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda n: str(model.invoke(f"Say {n % 2}.").content), range(8)))
    assert len(set(said[::2])) == len(set(said[1::2])) == 1
    assert model.usage.calls == 8


def test_a_prompt_over_the_context_says_what_to_do(spec: str) -> None:
    with pytest.raises(ModelError, match="KONIGSBERG_GGUF_CONTEXT"):
        chat_model(spec).invoke("hello " * 9000)


def test_a_schema_that_cannot_be_held_to_is_told(spec: str) -> None:
    with pytest.raises((ModelError, BadArgument)):
        chat_model(spec).invoke("hello", schema={"type": "object", "$ref": "#/$defs/none"})


def _damaged(path: Path) -> None:
    path.write_bytes(b"GGUF" + bytes(1000))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_text("hello"), "no GGUF file"),
        (lambda path: None, "no GGUF file"),
        (_damaged, "cannot load"),
    ],
)
def test_a_file_that_is_no_model_is_told(make: Callable[[Path], None], message: str, tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="needs the extra gguf")
    make(tmp_path / "model.gguf")
    with pytest.raises((BadArgument, ModelError), match=message):
        chat_model(f"gguf:{tmp_path / 'model.gguf'}").invoke("hello")
