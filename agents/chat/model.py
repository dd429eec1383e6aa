"""The LangChain chat model of every back end: retries, deadlines, accounting and the cache of replies."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import PrivateAttr

from agents.chat.attempts import LONGEST_WAIT, Call
from agents.chat.cache import ReplyCache, Stored
from agents.chat.calls import (
    Backend,
    Ledger,
    Usage,
)
from agents.chat.structured import Schema, ask_json
from agents.settings import setting
from graphs.errors import BadArgument


class SpecModel(BaseChatModel):
    """The chat model of a spec; `agents.models.chat_model` makes it.

    Calls take `schema`, `cancel` (an event that ends them), `temperature`, `max_tokens`, `seed`, `timeout`, `retries`,
    `keep_misfits`: whether the cache also keeps a reply that does not fit its schema, and `varied`: whether to hold the
    model back from repeating itself, where the back end can.
    """

    spec: str
    temperature: float = 0.0
    max_tokens: int = 512
    timeout: float = 60.0
    retries: int = 2
    seed: int | None = 0
    backoff: float = 0.5
    cache: Any = False  # LangChain's own cache knows no ledger
    _backend: Backend = PrivateAttr()
    _replies: ReplyCache | None = PrivateAttr(default=None)
    _prices: tuple[float, float] | None = PrivateAttr(default=None)
    _ledgers: tuple[Ledger, ...] = PrivateAttr(default_factory=lambda: (Ledger(),))

    # -- set-up

    def attach(self, backend: Backend, replies: ReplyCache | None, priced_as: str) -> None:
        """Give the model its back end and cache."""
        self._backend, self._replies = backend, replies
        self._prices = (0.0, 0.0) if backend.local else _price(priced_as)

    def check(self) -> None:
        """Refuse parameters that make no sense.

        Raises:
            BadArgument: with the range.
        """
        ranges = (
            ("temperature", self.temperature, 0, 10),
            ("max_tokens", self.max_tokens, 1, 10**7),
            ("timeout", self.timeout, 1e-3, 10**6),
            ("retries", self.retries, 0, 1000),
            ("backoff", self.backoff, 0, LONGEST_WAIT),
        )
        for name, value, low, high in ranges:
            if not low <= value <= high:
                raise BadArgument(f"{name} must lie between {low:g} and {high:g}, not {value!r}")

    @property
    def constrains(self) -> bool:
        """Whether the back end holds replies to a schema while they are written."""
        return self._backend.constrains

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of nodes that a reasoner was trained on; none where that is not known."""
        return tuple(getattr(self._backend, "sizes", ()))

    @property
    def usage(self) -> Usage:
        """What all calls of this model have cost so far."""
        return self._ledgers[0].total

    def charged_to(self, ledger: Ledger) -> SpecModel:
        """The same model, whose calls are added to `ledger` too."""
        other = self.model_copy()
        other._ledgers = (*self._ledgers, ledger)
        return other

    def book(self, usage: Usage) -> None:
        """Add to all ledgers."""
        for ledger in self._ledgers:
            ledger.add(usage)

    # -- LangChain's interface

    @property
    def _llm_type(self) -> str:
        return "konigsberg"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        names = ("spec", "temperature", "max_tokens", "seed", "timeout", "retries")
        return {name: getattr(self, name) for name in names}

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any
    ) -> ChatResult:
        call = Call(self, messages, stop, kwargs, streamed=False)
        text = "".join(piece.text for piece in call.pieces())
        message = AIMessage(text, usage_metadata=call.counts(), response_metadata=call.about())
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        call = Call(self, messages, stop, kwargs, streamed=True)
        with closing(call.pieces()) as pieces:  # type: ignore[type-var]
            for piece in pieces:
                if piece.text:
                    yield ChatGenerationChunk(message=AIMessageChunk(content=piece.text))
        last = AIMessageChunk(content="", usage_metadata=call.counts(), chunk_position="last")
        yield ChatGenerationChunk(message=last, generation_info=call.about())

    async def _agenerate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any
    ) -> ChatResult:
        cancel = kwargs.setdefault("cancel", threading.Event())
        try:
            return await asyncio.to_thread(self._generate, messages, stop, **kwargs)
        except asyncio.CancelledError:
            cancel.set()
            raise

    async def _astream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        cancel = kwargs.setdefault("cancel", threading.Event())
        chunks = self._stream(messages, stop, **kwargs)
        step: asyncio.Task[ChatGenerationChunk | None] | None = None
        try:
            while True:
                step = asyncio.create_task(asyncio.to_thread(next, chunks, None))
                chunk = await asyncio.shield(step)
                if chunk is None:
                    return
                yield chunk
        finally:
            cancel.set()
            if step is not None and not step.done():
                await asyncio.wait([step])
                step.exception()  # it was told to stop, and nobody asks why it did
            chunks.close()  # type: ignore[attr-defined]

    def with_structured_output(  # type: ignore[override]
        self, schema: Schema, *, include_raw: bool = False, **kwargs: Any
    ) -> Runnable[Any, Any]:
        """A runnable whose output fits `schema` (`ask_json`)."""
        if include_raw or kwargs:
            raise BadArgument("with_structured_output takes a schema alone; use ask_json for its cost")
        return RunnableLambda(lambda messages: ask_json(self, messages, schema).value)

    # -- replies that were repaired

    def remember(self, messages: Sequence[BaseMessage], text: str, **options: Any) -> None:
        """Keep `text` as the reply to `messages`, in place of one that had to be repaired."""
        call = Call(self, messages, None, dict(options), streamed=False)
        call.keep(Stored(text, 0, 0, "stop"))


def _price(name: str) -> tuple[float, float] | None:
    """What one token of a prompt and one of a reply cost, from the table that KONIGSBERG_PRICES names; None if unknown.

    The table is a JSON file, {"openai:NAME": {"prompt": 0.15, "completion": 0.6}}, for a million tokens.

    Raises:
        BadArgument: the file cannot be read, or is no such table.
    """
    path = setting("PRICES", "")
    if not path:
        return None
    try:
        row = json.loads(Path(path).read_text(encoding="utf-8")).get(name)
        return None if row is None else (float(row["prompt"]) / 1e6, float(row["completion"]) / 1e6)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadArgument(
            f"KONIGSBERG_PRICES: {path} is no price table ({error}); it holds "
            '{"openai:NAME": {"prompt": PRICE, "completion": PRICE}} for a million tokens'
        ) from error
