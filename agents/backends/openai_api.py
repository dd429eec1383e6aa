"""Endpoints that speak OpenAI's chat API, through langchain-openai: OpenAI's own, vLLM's, llama.cpp's, …"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from agents.backends.connections import Work, client, current_attempt
from agents.chat.calls import Attempt, Fault, Piece, Request
from agents.settings import setting
from graphs.errors import BadArgument

KEYS = {"openai": ("KONIGSBERG_API_KEY", "OPENAI_API_KEY"), "vllm": ("KONIGSBERG_API_KEY", "VLLM_API_KEY")}
OPENAI = "https://api.openai.com/v1"
_RETRYABLE = {408, 409, 425, 429}
_KEY_LIKE = re.compile(r"\b(?:sk|hf|gsk|xai)[-_][\w\-*]{6,}|(?i:bearer)\s+[\w\-.*]{6,}")


def default_url(scheme: str) -> str:
    """Where a spec without a URL leads: the settings, or the scheme's usual address."""
    if scheme == "vllm":
        return setting("VLLM_URL", "http://localhost:8000/v1")
    return setting("OPENAI_URL", os.environ.get("OPENAI_BASE_URL", "") or OPENAI)


def key_for(scheme: str) -> str:
    """The key in the environment, or an empty string. vLLM's endpoints never get OpenAI's key."""
    return next((value for name in KEYS[scheme] if (value := os.environ.get(name, "").strip())), "")


def build(scheme: str, name: str, url: str) -> Endpoint:
    """The back end of a model at a URL.

    Raises:
        BadArgument: the extra is missing, or a key that OpenAI itself asks for.
    """
    if find_spec("langchain_openai") is None:
        raise BadArgument(f"{scheme}: models need the extra openai: pip install 'konigsberg[openai]'")
    if urlsplit(url).hostname == urlsplit(OPENAI).hostname and not key_for(scheme):
        raise BadArgument(
            f"{url} needs a key: set {' or '.join(KEYS[scheme])}, or name another address, {scheme}:NAME@URL"
        )
    return Endpoint(scheme, name, url)


class Endpoint:
    """One model at one URL. Calls run at the same time; each can be ended at any moment."""

    constrains = True
    local = False

    def __init__(self, scheme: str, name: str, url: str) -> None:
        self.scheme, self.name, self.url = scheme, name, url
        self.identity = f"{scheme}:{name}@{url}"

    def stream(self, request: Request, attempt: Attempt) -> Iterator[Piece]:
        """Answer one request."""
        import langchain_openai  # noqa: F401 - seconds the first time, which must not hold up the loop

        work = Work(self._answer(request, attempt, key_for(self.scheme)))
        try:
            yield from attempt.pieces()
        finally:
            work.end()  # closes the connection, so that the server stops too

    async def _answer(self, request: Request, attempt: Attempt, key: str) -> None:
        attempt.begin()
        current_attempt.set(attempt)
        try:
            await self._ask(client(self.url, self.name, key), request, attempt)
        except Fault as fault:
            attempt.fail(fault)
        except Exception as error:  # noqa: BLE001 - told apart and handed to the caller's thread
            attempt.fail(self._fault(error, key))
        else:
            attempt.finish()

    async def _ask(self, chat: Any, request: Request, attempt: Attempt) -> None:
        options = self._options(request)
        if not request.streamed:
            reply = await chat.ainvoke(list(request.messages), **options)
            attempt.put(_piece(reply))
            return
        ended = False
        async for chunk in chat.astream(list(request.messages), stream_usage=True, **options):
            piece = _piece(chunk)
            ended = ended or piece.finish is not None
            attempt.put(piece)
        if not ended:
            raise Fault(f"{self.url} cut its reply short", retryable=True)

    def _options(self, request: Request) -> dict[str, Any]:
        options: dict[str, Any] = {"temperature": request.temperature}
        extra: dict[str, Any] = {}  # langchain-openai would parse the reply itself, and rename the limit
        if request.seed is not None:
            options["seed"] = request.seed
        if request.stop:
            options["stop"] = list(request.stop)
        if urlsplit(self.url).hostname == urlsplit(OPENAI).hostname:
            options["max_tokens"] = request.max_tokens
        else:
            extra["max_tokens"] = request.max_tokens
        if request.schema is not None:
            wanted = {"name": "reply", "schema": request.schema, "strict": _is_strict(request.schema)}
            extra["response_format"] = {"type": "json_schema", "json_schema": wanted}
        return {**options, "extra_body": extra} if extra else options

    def _fault(self, error: Exception, key: str) -> Fault:
        """What an exception of the client means, without secrets."""
        import openai

        told = _without_secrets(str(error), key)
        if isinstance(error, openai.APIStatusError):
            return self._status_fault(error, told)
        if isinstance(error, openai.APITimeoutError):
            return Fault(f"{self.url} did not answer in time", retryable=True)
        if isinstance(error, openai.APIConnectionError):
            cause = _root(error)
            if current_attempt.get().sent or type(cause).__name__ not in ("ConnectError", "UnsupportedProtocol"):
                return Fault(f"{self.url} broke the connection ({type(cause).__name__})", retryable=True)
            return Fault(f"{self.url} cannot be reached ({_without_secrets(str(cause), key)})", down=True)
        if isinstance(error, openai.APIError):  # an error in the middle of a stream
            return Fault(f"{self.url}: {told}", retryable=True)
        if isinstance(error, (ValueError, KeyError, TypeError, AttributeError, IndexError)):
            return Fault(f"{self.url} sent no readable reply ({told})", retryable=True)
        if _is_http(error):
            return Fault(f"{self.url} cut its reply short ({type(error).__name__})", retryable=True)
        return Fault(f"{self.url}: {type(error).__name__}: {told}")

    def _status_fault(self, error: Any, told: str) -> Fault:
        status = int(error.status_code)
        after = _retry_after(error.response.headers)
        if status in (401, 403):
            names = " or ".join(KEYS[self.scheme])
            return Fault(f"{self.url} refused the key ({status}): set {names}. It said: {told}")
        if status == 404:
            return Fault(f"{self.url} has no model {self.name!r}, or no chat API there (404). It said: {told}")
        retryable = status in _RETRYABLE or status >= 500
        return Fault(
            f"{self.url} answered {status}: {told}",
            retryable=retryable,
            retry_after=after,
            down=status in (502, 503, 504),
        )


def _piece(message: Any) -> Piece:
    usage = message.usage_metadata or {}
    text = message.content if isinstance(message.content, str) else message.text
    finish = message.response_metadata.get("finish_reason")
    return Piece(text, usage.get("input_tokens"), usage.get("output_tokens"), finish)


def _root(error: BaseException) -> BaseException:
    """The error of the HTTP client at the bottom of a chain of them."""
    while (below := error.__cause__ or error.__context__) is not None and _is_http(below):
        error = below
    return error


def _is_http(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] in ("openai", "httpx", "httpx2")


def _is_strict(schema: Any) -> bool:
    """Whether OpenAI's strict mode takes the schema: each object closed, with all its properties required."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" or "properties" in schema:
            names = set(schema.get("properties", {}))
            if schema.get("additionalProperties") is not False or names != set(schema.get("required", ())):
                return False
        return all(_is_strict(part) for part in schema.values())
    return all(_is_strict(part) for part in schema) if isinstance(schema, list) else True


def _without_secrets(text: str, key: str) -> str:
    if key:
        text = text.replace(key, "***")
    text = _KEY_LIKE.sub("***", text)
    return text if len(text) <= 300 else text[:299] + "…"


def _retry_after(headers: Any) -> float | None:
    """Seconds that the headers ask to wait: a number or a date (RFC 9110, section 10.2.3)."""
    if (milliseconds := headers.get("retry-after-ms")) is not None:
        text, scale = milliseconds, 0.001
    elif (text := headers.get("retry-after")) is not None:
        scale = 1.0
    else:
        return None
    try:
        return max(0.0, float(text) * scale)
    except ValueError:
        pass
    import datetime

    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    now = datetime.datetime.now(at.tzinfo)
    return max(0.0, (at - now).total_seconds())
