"""Which language models work here: extras, files, endpoints; and a trial of one. For the command line and the page."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

EXTRAS = (
    ("gguf", "gguf:", ("xllamacpp",)),
    ("openai", "openai: and vllm:", ("langchain_openai",)),
    ("adapters", "hf:", ("torch", "transformers")),
)
TRIAL = "Ann-Bob, Bob-Eve, Eve-Kim. If Bob goes away, can Kim still get in touch with Ann?"
_CHAT = "In one sentence: what is a graph?"


def extras() -> list[dict[str, Any]]:
    """The extras that bring models, what each runs, and whether it is installed."""
    return [
        {"extra": extra, "runs": runs, "installed": all(find_spec(package) is not None for package in packages)}
        for extra, runs, packages in EXTRAS
    ]


def model_files() -> list[dict[str, Any]]:
    """The model files on this machine, by the specs that name them."""
    from agents.chat.files import stored

    return [{"spec": spec, "path": str(path), "bytes": _size(path)} for spec, path in stored()]


def _size(path: Path) -> int:
    return int(path.stat().st_size if path.is_file() else sum(f.stat().st_size for f in path.rglob("*") if f.is_file()))


def model_name(spec: str) -> str:
    """The spec as people are shown it: a file without the folder that it lies in.

    >>> model_name("gguf:/somewhere/small.gguf"), model_name("openai:gpt@https://host/v1"), model_name("none")
    ('gguf:small.gguf', 'openai:gpt@https://host/v1', 'none')
    """
    scheme, colon, name = spec.partition(":")
    return f"{scheme}:{Path(name).name}" if colon and "/" in name and "://" not in name else spec


def endpoints() -> Iterator[dict[str, Any]]:
    """The addresses that specs without one lead to, and whether anybody listens there; OpenAI's own is not touched."""
    from agents.backends.openai_api import KEYS, OPENAI, default_url, key_for

    for scheme in KEYS:
        url = default_url(scheme)
        key = bool(key_for(scheme))
        if url == OPENAI:
            state = "ready" if key else f"set {' or '.join(KEYS[scheme])}"
        else:
            state = "answers" if _listens(url) else "nobody answers"
        yield {"scheme": scheme, "url": without_password(url), "key": key, "state": state}


def without_password(url: str) -> str:
    """The address without a password that somebody put into it."""
    parts = urlsplit(url)
    return url if "@" not in parts.netloc else url.replace(parts.netloc, f"***@{parts.netloc.rpartition('@')[2]}")


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=1.0):
            return True
    except (OSError, ValueError):
        return False


@dataclass(frozen=True)
class Trial:
    """What a model said to one small question, or why it said nothing."""

    spec: str
    works: bool
    asked: str
    said: str
    seconds: float = 0.0
    tokens: int = 0


def try_model(spec: str, timeout: float = 60.0) -> Trial:
    """Ask the model one small question; what goes wrong is told, not raised."""
    from agents.models import Ledger, ModelError, chat_model
    from graphs.errors import GraphError

    if spec == "none":
        return Trial(spec, True, "", "Nothing to test: questions that the router does not know are asked back.")
    began = time.perf_counter()
    asked = TRIAL if spec == "embedded" else _CHAT
    try:
        model = chat_model(spec, max_tokens=64, timeout=timeout, retries=0)
        ledger = Ledger()
        said = " ".join(str(model.charged_to(ledger).invoke(asked).text).split())
    except (ModelError, GraphError) as error:
        return Trial(spec, False, asked, str(error), time.perf_counter() - began)
    return Trial(spec, True, asked, said[:400], time.perf_counter() - began, ledger.total.completion_tokens)
