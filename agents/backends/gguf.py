"""GGUF files, run in this process by llama.cpp (xllamacpp)."""

from __future__ import annotations

import atexit
import os
import secrets
import threading
from pathlib import Path
from typing import Any

from agents.backends.local import Local
from agents.chat.calls import Attempt, Fault, Piece, Request
from agents.settings import model_folder, whole_number
from graphs.errors import BadArgument

_BATCH = 256  # tokens of a prompt that are read between two looks at the clock
# Sequence breakers of llama.cpp's DRY sampler are line breaks and quotes, so names and facts may come back.
_VARIED = {"dry_multiplier": 0.8, "dry_base": 1.75, "dry_allowed_length": 3, "dry_penalty_last_n": 320}
_loaded: dict[tuple[int, Path, int], Gguf] = {}
_loading = threading.Lock()


def build(target: str) -> Gguf:
    """The back end of a file; specs that name the same file share one.

    Raises:
        BadArgument: there is no such file, it is no GGUF file, or the extra is missing.
    """
    path = find(target)
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise BadArgument(f"{path} is no GGUF file; gguf: takes a model in llama.cpp's format")
    try:
        import xllamacpp  # noqa: F401
    except ImportError as error:
        raise BadArgument("gguf: models need the extra gguf: pip install 'konigsberg[gguf]'") from error
    context = whole_number("GGUF_CONTEXT", 8192)
    key = (os.getpid(), path.resolve(), context)  # a forked process must not touch its parent's threads
    with _loading:
        if key not in _loaded:
            _loaded[key] = Gguf(path, context)
        return _loaded[key]


@atexit.register
def _unload() -> None:
    """Free the models while the interpreter still stands: llama.cpp's threads must not outlive it."""
    for (process, *_), model in _loaded.items():
        if process == os.getpid():
            model._loaded = None


def find(target: str) -> Path:
    """The file that a spec names: a path, or a name that `konigsberg models fetch` stored.

    Raises:
        BadArgument: there is none.
    """
    own = Path(target).expanduser()
    stored = model_folder() / f"{target.removesuffix('.gguf')}.gguf"
    for path in (own, stored):
        if path.is_file():
            return path
    raise BadArgument(f"no GGUF file {own}, and none stored as {stored}; see konigsberg models list")


class Gguf(Local):
    """One loaded file."""

    constrains = True

    def __init__(self, path: Path, context: int) -> None:
        self.path, self.context = path, context
        about = path.stat()
        self.identity = f"gguf:{path.resolve()}:{about.st_size}:{about.st_mtime_ns}"
        super().__init__(path.name)

    def _load(self) -> Any:
        import xllamacpp

        threads = whole_number("GGUF_THREADS", len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 4)
        params = xllamacpp.CommonParams()
        params.model.path = str(self.path)
        params.n_ctx, params.n_parallel, params.warmup = self.context, 1, False
        params.n_batch = params.n_ubatch = _BATCH
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
        params.verbosity, params.ui = -1, False
        params.api_keys = [secrets.token_urlsafe()]  # it also listens on loopback, where nobody else shall use it
        try:
            return xllamacpp.Server(params)
        except RuntimeError as error:
            raise Fault(
                f"llama.cpp cannot load {self.path} ({error}); the file may be damaged or too large for memory"
            ) from None

    def _ask(self, loaded: Any, request: Request, attempt: Attempt) -> None:
        body: dict[str, Any] = {
            "messages": list(request.messages),
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "stream": True,
            "stream_options": {"include_usage": True},
            "return_progress": True,  # so that a long prompt can be stopped too
        }
        if request.seed is not None:
            body["seed"] = request.seed
        if request.varied:
            body |= _VARIED
        if request.stop:
            body["stop"] = list(request.stop)
        if request.schema is not None:
            body["json_schema"] = request.schema
        ended: list[str] = []

        def take(chunk: dict[str, Any]) -> bool:
            if "error" in chunk:
                attempt.fail(Fault(self._explain(chunk["error"])))
                ended.append("error")
                return True
            piece = _piece(chunk)
            if piece.finish:
                ended.append(piece.finish)
            attempt.put(piece)
            return attempt.over

        reply = loaded.handle_chat_completions(body, take)
        if isinstance(reply, dict) and "error" in reply:
            raise Fault(self._explain(reply["error"]))
        if not ended and not attempt.over:
            raise Fault(f"{self.path.name}: llama.cpp stopped in the middle of a reply", retryable=True)

    def _explain(self, error: dict[str, Any]) -> str:
        message = str(error.get("message", error))[:300]
        if error.get("type") == "exceed_context_size_error":
            message += "; shorten the prompt or set KONIGSBERG_GGUF_CONTEXT to more tokens"
        return f"{self.path.name}: {message}"


def _piece(chunk: dict[str, Any]) -> Piece:
    usage = chunk.get("usage") or {}
    choices = chunk.get("choices") or [{}]
    text = choices[0].get("delta", {}).get("content") or ""
    return Piece(text, usage.get("prompt_tokens"), usage.get("completion_tokens"), choices[0].get("finish_reason"))
