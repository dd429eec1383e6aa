"""The LangChain chat model of every back end: retries, deadlines, accounting and the cache of replies."""

from __future__ import annotations

import asyncio
import json
import random
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import PrivateAttr

from agents.model_cache import ReplyCache, Stored, key_of
from agents.model_calls import (
    Attempt,
    Backend,
    Cancelled,
    Fault,
    Ledger,
    ModelDown,
    ModelError,
    Piece,
    Request,
    Usage,
)
from agents.model_json import Misfit, Schema, ask_json, json_schema, read
from agents.settings import setting
from graphs.errors import BadArgument

_LONGEST_WAIT = 60.0  # seconds between two attempts; a server that asks for more is given up
_WITHOUT = (
    "What the router is sure of is answered without any model (leave the model out); "
    "`konigsberg models list` shows which models work here"
)


class SpecModel(BaseChatModel):
    """The chat model of a spec; `agents.models.chat_model` makes it.

    Calls take `schema`, `cancel` (an event that ends them), `temperature`, `max_tokens`, `seed`, `timeout`, `retries`.
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
            ("backoff", self.backoff, 0, _LONGEST_WAIT),
        )
        for name, value, low, high in ranges:
            if not low <= value <= high:
                raise BadArgument(f"{name} must lie between {low:g} and {high:g}, not {value!r}")

    @property
    def constrains(self) -> bool:
        """Whether the back end holds replies to a schema while they are written."""
        return self._backend.constrains

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
        call = _Call(self, messages, stop, kwargs, streamed=False)
        text = "".join(piece.text for piece in call.pieces())
        message = AIMessage(text, usage_metadata=call.counts(), response_metadata=call.about())
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        call = _Call(self, messages, stop, kwargs, streamed=True)
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
        call = _Call(self, messages, None, dict(options), streamed=False)
        call.keep(Stored(text, 0, 0, "stop"))


class _Call:
    """One call of a model, from its messages to its pieces: the cache, the attempts, the booking."""

    def __init__(
        self,
        model: SpecModel,
        messages: Sequence[BaseMessage],
        stop: Sequence[str] | None,
        options: dict[str, Any],
        *,
        streamed: bool,
    ) -> None:
        self.cancel: threading.Event = options.pop("cancel", None) or threading.Event()
        schema = options.pop("schema", None)
        own = ("temperature", "max_tokens", "seed", "timeout", "retries")
        unknown = set(options) - {*own, "stream", "ls_structured_output_format", "structured_output_format"}
        if unknown:
            raise BadArgument(
                f"a call of {model.spec} takes no {', '.join(sorted(unknown))}; it takes {', '.join(own)}"
            )
        self.model = model.model_copy(update={name: options[name] for name in own if name in options})
        self.model.check()
        converted = convert_to_openai_messages(list(messages), text_format="string")
        self.request = Request(
            messages=tuple(converted if isinstance(converted, list) else [converted]),
            schema=None if schema is None else json_schema(schema),
            stop=tuple(stop or ()),
            temperature=self.model.temperature,
            max_tokens=self.model.max_tokens,
            seed=self.model.seed,
            streamed=streamed,
        )
        self.backend = model._backend
        self.cached = self.estimated = False
        self.prompt_tokens = self.completion_tokens = 0
        self.finish = "stop"
        self.retries = 0

    def counts(self) -> UsageMetadata:
        total = self.prompt_tokens + self.completion_tokens
        return UsageMetadata(input_tokens=self.prompt_tokens, output_tokens=self.completion_tokens, total_tokens=total)

    def about(self) -> dict[str, Any]:
        """What LangChain shows as the metadata of the reply."""
        found = {"model_name": self.model.spec, "finish_reason": self.finish, "cached": self.cached}
        return {**found, "usage_estimated": True} if self.estimated else found

    def pieces(self) -> Iterator[Piece]:
        """The reply, from the cache or from the model."""
        replies = self.model._replies
        known = None if replies is None else replies.get(self._key())
        if known is not None:
            self.cached, self.finish = True, known.finish
            self.prompt_tokens, self.completion_tokens = known.prompt_tokens, known.completion_tokens
            self.model.book(Usage(cached=1))
            yield Piece(known.text)
            return
        text = ""
        for piece in self._attempts():
            text += piece.text
            yield piece
        self.keep(Stored(text, self.prompt_tokens, self.completion_tokens, self.finish))

    def keep(self, reply: Stored) -> None:
        """Put a reply into the cache, unless it does not fit its schema: another try may do better."""
        if self.model._replies is None:
            return
        if self.request.schema is not None:
            try:
                read(reply.text, self.request.schema)
            except Misfit:
                return
        self.model._replies.put(self._key(), reply)

    def _key(self) -> str:
        return key_of(self.backend.identity, self.request)

    def _attempts(self) -> Iterator[Piece]:
        spent = Usage()
        while True:
            shown = False
            try:
                for piece in self._attempt():
                    shown = shown or (self.request.streamed and bool(piece.text))
                    yield piece
                return
            except Fault as fault:
                last = fault
            spent = Usage(retries=self.retries)
            wait = self._wait(last)
            if not last.retryable or shown or self.retries >= self.model.retries or wait > _LONGEST_WAIT:
                raise self._given_up(last, shown=shown, wait=wait) from None
            if self.cancel.wait(wait):
                raise Cancelled("the call was stopped", spent)
            self.retries += 1
            self.model.book(Usage(retries=1))

    def _attempt(self) -> Iterator[Piece]:
        """The pieces of one attempt, which is booked however it ends; all at once where nobody watches them come."""
        attempt = Attempt(self.model.timeout, self.cancel, retry_timeout=not self.backend.local)
        start = time.perf_counter()
        self.prompt_tokens = self.completion_tokens = parts = 0
        known = False
        held: list[Piece] = []
        try:
            with closing(self.backend.stream(self.request, attempt)) as pieces:  # type: ignore[type-var]
                for piece in pieces:
                    parts += bool(piece.text)
                    self.finish = piece.finish or self.finish
                    if piece.completion_tokens is not None:
                        known = True
                        self.prompt_tokens, self.completion_tokens = piece.prompt_tokens or 0, piece.completion_tokens
                    if self.request.streamed:
                        yield piece
                    else:
                        held.append(piece)
        finally:
            if parts and not known:
                self._estimate(parts, held)
            self._book(attempt, time.perf_counter() - start)
        yield from held

    def _estimate(self, parts: int, held: list[Piece]) -> None:
        """Guess the tokens that a server did not count: one for each streamed piece, or for every four letters."""
        self.estimated = True
        said = sum(len(json.dumps(message, ensure_ascii=False)) for message in self.request.messages)
        self.prompt_tokens = said // 4
        self.completion_tokens = parts if self.request.streamed else sum(len(piece.text) for piece in held) // 4

    def _book(self, attempt: Attempt, seconds: float) -> None:
        prices = self.model._prices
        cost: float | None = 0.0
        if attempt.sent:
            cost = None
            if prices is not None:
                cost = self.prompt_tokens * prices[0] + self.completion_tokens * prices[1]
        tokens = self.prompt_tokens, self.completion_tokens
        self.model.book(Usage(int(attempt.sent), *tokens, seconds=seconds, cost=cost))

    def _wait(self, fault: Fault) -> float:
        """Seconds before the next attempt: twice as many each time, with jitter, and at least what was asked for."""
        longest = min(self.model.backoff * 2.0**self.retries, _LONGEST_WAIT)
        return max(random.uniform(0.5, 1.0) * longest, fault.retry_after or 0.0)

    def _given_up(self, fault: Fault, *, shown: bool, wait: float) -> ModelError:
        tries = f" (attempt {self.retries + 1})" if self.retries else ""
        if fault.down:
            return ModelDown(f"{self.model.spec} is down{tries}: {fault}. {_WITHOUT}")
        more = ""
        if fault.retryable and shown:
            more = "; a part of the reply had been shown, so it was not asked for again"
        elif fault.retryable and wait > _LONGEST_WAIT:
            more = f"; it asks to wait {wait:.0f} seconds"
        return ModelError(f"{self.model.spec} gave no reply{tries}: {fault}{more}")


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
