"""One function from a spec to a chat model.

| spec | runs | extra |
|---|---|---|
| `gguf:PATH` | a GGUF file in this process (llama.cpp) | `gguf` |
| `hf:PATH` | a transformers model in this process | `adapters` |
| `embedded` | the planner that ships with the product: questions to tool calls, nothing else | |
| `replay:FILE.jsonl` | recorded replies, in order | |
| `nar`, `nar:DIR` | the shipped algorithmic reasoner, or one of your own: CLRS-Text, nothing else | `adapters` |
| `transnar`, `transnar:DIR` | the shipped TransNAR, or one of your own: CLRS-Text, nothing else | `adapters` |
| `graph:DIR`, `graph:NAME@URL` | a graph model of `konigsberg export`, here or served | `adapters`, `openai` |
| `vllm:NAME[@URL]`, `openai:NAME[@URL]` | any endpoint that speaks OpenAI's chat API | `openai` |
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from agents.chat.calls import Backend, Ledger, ModelDown, ModelError, Usage
from agents.chat.structured import Structured, ask_json
from graphs.errors import BadArgument

if TYPE_CHECKING:
    from agents.chat.model import SpecModel

__all__ = [
    "Ledger",
    "ModelDown",
    "ModelError",
    "Spec",
    "Structured",
    "Usage",
    "ask_json",
    "chat_model",
    "parse_spec",
    "register",
]

SERVERS = ("openai", "vllm")
_URL = re.compile(r"(?P<name>.*)@(?P<url>https?://.*)", re.DOTALL)
_BARE_ADDRESS = re.compile(r".+@[\w.-]+:\d+(/\S*)?")


@dataclass(frozen=True, slots=True)
class Spec:
    """What a spec says. target: a path or the model's name. url: where its server is; None for models without one.

    >>> str(parse_spec("vllm:Qwen/Qwen3-8B@http://gpu:8000"))
    'vllm:Qwen/Qwen3-8B@http://gpu:8000/v1'
    """

    scheme: str
    target: str
    url: str | None = None

    def __str__(self) -> str:
        text = f"{self.scheme}:{self.target}" if self.target else self.scheme
        return f"{text}@{self.url}" if self.url else text

    @property
    def priced_as(self) -> str:
        """The name under which a price table lists it."""
        return f"{self.scheme}:{self.target}"


Builder = Callable[[Spec], Backend]


def _gguf(spec: Spec) -> Backend:
    found: Backend = import_module("agents.backends.gguf").build(spec.target)
    return found


def _hf(spec: Spec) -> Backend:
    found: Backend = import_module("agents.backends.hf").build(spec.target)
    return found


def _server(spec: Spec) -> Backend:
    found: Backend = import_module("agents.backends.openai_api").build(spec.scheme, spec.target, spec.url)
    return found


def _embedded(_: Spec) -> Backend:
    found: Backend = import_module("agents.backends.embedded").build()
    return found


def _replay(spec: Spec) -> Backend:
    found: Backend = import_module("agents.backends.replay").build(spec.target)
    return found


def _graph(spec: Spec) -> Backend:
    found: Backend = import_module("agents.backends.graph_models").build(spec.target, spec.url)
    return found


def _transnar(spec: Spec) -> Backend:
    found: Backend = import_module("agents.backends.reasoners").transnar(spec.target)
    return found


def _nar(spec: Spec) -> Backend:
    found: Backend = import_module("agents.backends.reasoners").nar(spec.target)
    return found


_BUILDERS: dict[str, Builder] = {
    "gguf": _gguf,
    "hf": _hf,
    "vllm": _server,
    "openai": _server,
    "embedded": _embedded,
    "replay": _replay,
    "transnar": _transnar,
    "nar": _nar,
    "graph": _graph,
}


def register(scheme: str, builder: Builder) -> None:
    """Let specs that begin with `scheme` be built by `builder`; it replaces an earlier one."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", scheme):
        raise BadArgument(f"a scheme is a word of small letters, not {scheme!r}")
    _BUILDERS[scheme] = builder


def parse_spec(text: str) -> Spec:
    """Read a spec.

    Raises:
        BadArgument: it is no spec; the message says what one looks like.
    """
    scheme, colon, target = text.strip().partition(":")
    if scheme not in _BUILDERS:
        raise BadArgument(
            f"{text[:80]!r} is no model: write SCHEME:NAME with one of {', '.join(sorted(_BUILDERS))}, "
            "for instance gguf:model.gguf or openai:NAME@http://localhost:8080/v1"
        )
    target = target.strip()
    if scheme not in SERVERS and not (scheme == "graph" and _URL.fullmatch(target)):
        if not target and scheme in ("gguf", "hf", "replay", "graph"):
            raise BadArgument(f"{scheme}: names no file; write {scheme}:PATH")
        return Spec(scheme, target)
    url = None
    if parts := _URL.fullmatch(target):
        target, url = parts["name"].strip(), _clean_url(parts["url"])
    elif _BARE_ADDRESS.fullmatch(target):
        raise BadArgument(f"{text[:80]!r}: write the address with http:// or https:// before it")
    if not target:
        raise BadArgument(f"{text[:80]!r} names no model; write {scheme}:NAME or {scheme}:NAME@URL")
    if url is None:
        url = _clean_url(str(import_module("agents.backends.openai_api").default_url(scheme)))
    return Spec(scheme, target, url)


def _clean_url(url: str) -> str:
    """The base URL of an API; a bare host gets the usual path /v1."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or re.search(r"\s", url.strip()):
        raise BadArgument("that is no address of a model server; write http://HOST:PORT/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadArgument(
            f"the address of {host} carries a name, password or query; put the key into KONIGSBERG_API_KEY instead"
        )
    path = parts.path.rstrip("/") or "/v1"
    return f"{parts.scheme}://{parts.netloc}{path}"


def chat_model(
    spec: str,
    *,
    temperature: float = 0.0,
    max_tokens: int = 512,
    timeout: float = 60.0,
    retries: int = 2,
    seed: int | None = 0,
    cache: Path | str | None = None,
    backoff: float = 0.5,
) -> SpecModel:
    """The LangChain chat model that `spec` names; files are loaded and servers asked at its first call.

    temperature: 0 for the likeliest tokens. max_tokens: of a reply. timeout: seconds for one attempt, in full.
    retries: how often an attempt is repeated after a fault that may pass. seed: of the sampling. cache: an SQLite file
    of replies. backoff: seconds before the first repetition, twice as long before each further one.

    Raises:
        BadArgument: the spec or a parameter makes no sense, a file is missing, or an extra is.
    """
    from agents.chat.cache import ReplyCache
    from agents.chat.model import SpecModel

    parsed = parse_spec(spec)
    model = SpecModel(
        spec=str(parsed),
        temperature=temperature,
        max_tokens=max_tokens,
        timeout=timeout,
        retries=retries,
        seed=seed,
        backoff=backoff,
    )
    model.check()
    backend = _BUILDERS[parsed.scheme](parsed)
    replies = None if cache is None else ReplyCache(Path(cache))
    if replies is not None and (remember_in := getattr(backend, "remember_in", None)) is not None:
        remember_in(replies.path)
    model.attach(backend, replies, parsed.priced_as)
    return model
