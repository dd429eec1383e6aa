"""One call of a model, from its messages to the pieces of its reply: the cache, the attempts, the booking."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from langchain_core.messages import BaseMessage, convert_to_openai_messages
from langchain_core.messages.ai import UsageMetadata

from agents.chat.cache import Stored, key_of
from agents.chat.calls import Attempt, Cancelled, Fault, Ledger, ModelDown, ModelError, Piece, Request, Usage
from agents.chat.structured import Misfit, json_schema, read
from graphs.errors import BadArgument

if TYPE_CHECKING:
    from agents.chat.model import SpecModel

LONGEST_WAIT = 60.0  # seconds between two attempts; a server that asks for more is given up
_WITHOUT = "start it, or name another model: `konigsberg models list` shows which ones work here"


class Call:
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
        self.keep_misfits = bool(options.pop("keep_misfits", False))
        varied = bool(options.pop("varied", False))
        own = ("temperature", "max_tokens", "seed", "timeout", "retries")
        unknown = set(options) - {*own, "stream", "ls_structured_output_format", "structured_output_format"}
        if unknown:
            raise BadArgument(
                f"a call of {model.spec} takes no {', '.join(sorted(unknown))}; it takes {', '.join(own)}"
            )
        self.spent = Ledger()
        self.model = model.charged_to(self.spent).model_copy(update={k: options[k] for k in own if k in options})
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
            varied=varied,
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
        found = {
            "model_name": self.model.spec,
            "finish_reason": self.finish,
            "cached": self.cached,
            "call": self._key(),
        }
        return {**found, "usage_estimated": True} if self.estimated else found

    def pieces(self) -> Iterator[Piece]:
        """The reply, from the cache or from the model.

        Raises:
            ModelError: there is none; with what was spent on it.
        """
        try:
            yield from self._replay_or_ask()
        except ModelError as error:
            error.usage = self.spent.total
            raise

    def _replay_or_ask(self) -> Iterator[Piece]:
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
        """Put a reply into the cache, unless it does not fit its schema: another try may do better.

        A caller that reads misfits with tolerance (`keep_misfits`) does not pay for them twice.
        """
        if self.model._replies is None:
            return
        if self.request.schema is not None and not self.keep_misfits:
            try:
                read(reply.text, self.request.schema)
            except Misfit:
                return
        self.model._replies.put(self._key(), reply)

    def _key(self) -> str:
        return key_of(self.backend.identity, self.request)

    def _attempts(self) -> Iterator[Piece]:
        while True:
            shown = False
            try:
                for piece in self._attempt():
                    shown = shown or (self.request.streamed and bool(piece.text))
                    yield piece
                return
            except Fault as fault:
                last = fault
            wait = self._wait(last)
            if not last.retryable or shown or self.retries >= self.model.retries or wait > LONGEST_WAIT:
                raise self._given_up(last, shown=shown, wait=wait) from None
            if self.cancel.wait(wait):
                raise Cancelled("the call was stopped")
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
        longest = min(self.model.backoff * 2.0**self.retries, LONGEST_WAIT)
        return max(random.uniform(0.5, 1.0) * longest, fault.retry_after or 0.0)

    def _given_up(self, fault: Fault, *, shown: bool, wait: float) -> ModelError:
        tries = f" (attempt {self.retries + 1})" if self.retries else ""
        if fault.down:
            return ModelDown(f"{self.model.spec} is down{tries}: {fault}; {_WITHOUT}")
        more = ""
        if fault.retryable and shown:
            more = "; a part of the reply had been shown, so it was not asked for again"
        elif fault.retryable and wait > LONGEST_WAIT:
            more = f"; it asks to wait {wait:.0f} seconds"
        return ModelError(f"{self.model.spec} gave no reply{tries}: {fault}{more}")
