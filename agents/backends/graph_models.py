"""Graph models, served by `konigsberg serve` or run in this process: a request may carry graphs as content parts.

A question of CLRS-Text brings its graph along by itself; other texts are asked without one, unless their messages hold
a part that `adapters.serving.parts` made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from agents.backends.hf import Transformers
from agents.backends.openai_api import Endpoint
from agents.backends.openai_api import build as build_endpoint
from agents.chat.calls import Attempt, Request
from graphs.errors import BadArgument, GraphError, ParseError

_QUESTION = re.compile(r"^([a-z_]{3,60}):[ \t]*\n[^\n]+\n[^\n]+:[ \t]*$", re.MULTILINE)


def build(target: str, url: str | None) -> Any:
    """The back end of a served model, or without a URL of a folder that `konigsberg export` wrote.

    Raises:
        BadArgument: an extra is missing, or the folder holds no such model.
    """
    if url is not None:
        build_endpoint("vllm", target, url)  # refuses what no endpoint can be asked with
        found = GraphEndpoint("vllm", target, url)
        found.identity = f"graph:{target}@{url}"
        return found
    if find_spec("torch") is None or find_spec("peft") is None:
        raise BadArgument("graph: models in this process need the extra adapters: pip install 'konigsberg[adapters]'")
    from adapters.serving.folder import about

    folder = Path(target).expanduser().resolve()
    try:
        about(folder)
    except GraphError as error:
        raise BadArgument(f"graph:{target}: {error}") from error
    return GraphTransformers(str(folder))


class GraphEndpoint(Endpoint):
    """A served graph model."""

    async def _ask(self, chat: Any, request: Request, attempt: Attempt) -> None:
        await super()._ask(chat, replace(request, messages=with_graph(request.messages)), attempt)


class GraphTransformers(Transformers):
    """The same model by transformers, in this process."""

    def _load(self) -> tuple[Any, Any]:
        from adapters.serving.twin import Twin

        self.twin = Twin.load(Path(self.where))
        return self.twin.tokenizer, self.twin.model

    def _ask(self, loaded: Any, request: Request, attempt: Attempt) -> None:
        plain, graphs = apart(with_graph(request.messages))
        with self.twin.reading(graphs):
            super()._ask(loaded, replace(request, messages=plain), attempt)


def with_graph(messages: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """The messages, with the graph of a CLRS-Text question before the last one's text, where that has none yet."""
    *before, last = messages
    text = last.get("content")
    if not isinstance(text, str) or (found := _question(text)) is None:
        return tuple(messages)
    from adapters.serving.parts import reasoning_part

    part = reasoning_part(found.algorithm, found.inputs)
    return (*before, {**last, "content": [part, {"type": "text", "text": text}]})


def _question(text: str) -> Any:
    """The first question of CLRS-Text in a text, or None."""
    from graphs.clrs.text import read_question

    for match in _QUESTION.finditer(text):
        try:
            return read_question(match[0] + "\n")
        except ParseError:
            continue
    return None


def apart(messages: Sequence[dict[str, Any]]) -> tuple[tuple[dict[str, Any], ...], list[Any]]:
    """The messages as text alone, and the graphs that they carry, in order.

    Raises:
        ParseError, TooLarge: a part that cannot be read. BadArgument: a part that is neither text nor a graph.
    """
    from adapters.serving.parts import from_url, is_graph

    plain, graphs = [], []
    for message in messages:
        content = message.get("content")
        if isinstance(content, list):
            texts = []
            for part in content:
                url = (part.get("image_url") or {}).get("url", "") if part.get("type") == "image_url" else ""
                if part.get("type") == "text":
                    texts.append(str(part["text"]))
                elif is_graph(url):
                    graphs.append(from_url(url))
                else:
                    raise BadArgument("a graph model reads text and graphs, and this message holds something else")
            content = "\n".join(texts)  # as vLLM joins them
        plain.append({**message, "content": content})
    return tuple(plain), graphs
