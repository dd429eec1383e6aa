"""Models of the transformers library, run in this process; llguidance holds their replies to a schema."""

from __future__ import annotations

import json
import os
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from agents.backends.local import Local
from agents.chat.calls import Attempt, Piece, Request
from agents.settings import model_folder
from graphs.errors import BadArgument

_loaded: dict[tuple[int, str], Transformers] = {}
_loading = threading.Lock()


def build(target: str) -> Transformers:
    """The back end of a folder or of a repository in the Hugging Face cache; specs that name the same share one.

    Raises:
        BadArgument: the extra is missing, or there is nothing of that name here.
    """
    if find_spec("torch") is None or find_spec("transformers") is None:
        raise BadArgument("hf: models need the extra adapters: pip install 'konigsberg[adapters]'")
    where = find(target)
    key = (os.getpid(), where)
    with _loading:
        if key not in _loaded:
            _loaded[key] = Transformers(where)
        return _loaded[key]


def find(target: str) -> str:
    """The folder of a spec: a path, a stored name, or a snapshot in the Hugging Face cache.

    Raises:
        BadArgument: there is none; nothing is ever downloaded here.
    """
    for path in (Path(target).expanduser(), model_folder() / target):
        if (path / "config.json").is_file():
            return str(path.resolve())
    if target.count("/") == 1:
        from huggingface_hub import try_to_load_from_cache
        from huggingface_hub.errors import HFValidationError

        try:
            found = try_to_load_from_cache(target, "config.json")
        except HFValidationError:
            found = None
        if isinstance(found, str):
            return str(Path(found).parent)
    raise BadArgument(
        f"no model folder {target!r} (with a config.json) here or in the Hugging Face cache; "
        f"`konigsberg models fetch {target}` brings one"
    )


class Transformers(Local):
    """One loaded model. Between two tokens a call can be ended; a long prompt is read on in the background."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.constrains = find_spec("llguidance") is not None
        about = Path(where).stat()
        self.identity = f"hf:{where}:{about.st_mtime_ns}"
        super().__init__(where)
        self._tokens: Any = None

    def _load(self) -> tuple[Any, Any]:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        on_gpu = torch.cuda.is_available()
        dtype = "auto" if on_gpu else torch.float32  # processors without bfloat16 units are many times slower in it
        tokenizer = AutoTokenizer.from_pretrained(self.where, local_files_only=True)
        model: Any = AutoModelForCausalLM.from_pretrained(self.where, dtype=dtype, local_files_only=True)
        model.eval()
        return tokenizer, model.to("cuda" if on_gpu else "cpu")

    def _ask(self, loaded: Any, request: Request, attempt: Attempt) -> None:
        import torch
        from transformers import GenerationConfig, StoppingCriteriaList

        tokenizer, model = loaded

        inputs = tokenizer.apply_chat_template(
            list(request.messages), add_generation_prompt=True, return_tensors="pt", return_dict=True
        ).to(model.device)
        length = int(inputs["input_ids"].shape[1])
        config: Any = GenerationConfig.from_model_config(model.config)
        config.update(
            max_new_tokens=request.max_tokens,
            do_sample=request.temperature > 0,
            eos_token_id=model.generation_config.eos_token_id or tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id,
        )
        if request.temperature > 0:
            config.temperature = request.temperature
        out = _writer(tokenizer, attempt, request.stop)
        processors = [] if request.schema is None or not self.constrains else [self._mask(tokenizer, model, request)]
        with torch.inference_mode(), torch.random.fork_rng(enabled=request.temperature > 0):
            if request.temperature > 0 and request.seed is not None:
                torch.manual_seed(request.seed)
            made = model.generate(
                **inputs,
                generation_config=config,
                streamer=out,
                logits_processor=processors,
                stopping_criteria=StoppingCriteriaList([lambda ids, _, **__: _verdict(ids, out, attempt)]),
            )
        count = int(made.shape[1]) - length
        attempt.put(Piece("", length, count, "length" if count >= request.max_tokens and not out.stopped else "stop"))

    def _mask(self, tokenizer: Any, model: Any, request: Request) -> Any:
        import llguidance.hf
        from llguidance import LLMatcher

        if self._tokens is None:
            self._tokens = llguidance.hf.from_tokenizer(tokenizer, n_vocab=model.config.get_text_config().vocab_size)
        grammar = LLMatcher.grammar_from_json_schema(
            json.dumps(request.schema),
            defaults={"whitespace_flexible": False},  # or small models write blanks alone
        )
        matcher = LLMatcher(self._tokens, grammar)
        if matcher.is_error():
            raise ValueError(f"the schema cannot be held to: {matcher.get_error()}")
        return _SchemaMask(matcher)


class _SchemaMask:
    """A logits processor that leaves the tokens with which the reply can still fit its schema."""

    def __init__(self, matcher: Any) -> None:
        self._matcher = matcher
        self._started = False

    def __call__(self, ids: Any, scores: Any) -> Any:
        import torch

        if self._started and not self._matcher.is_stopped():
            self._matcher.consume_token(int(ids[0, -1]))
        self._started = True
        # llguidance.torch would do this with torch.compile, which needs a C compiler
        allowed = torch.frombuffer(bytearray(self._matcher.compute_logit_bias()), dtype=torch.uint8)
        return scores.masked_fill((allowed == 0).to(scores.device), float("-inf"))


def _verdict(ids: Any, out: Any, attempt: Attempt) -> Any:
    import torch

    return torch.full((ids.shape[0],), out.stopped or attempt.over, dtype=torch.bool, device=ids.device)


def _writer(tokenizer: Any, attempt: Attempt, stops: tuple[str, ...]) -> Any:
    """A streamer that hands text on and ends at a stop string; it holds back what may be the start of one."""
    from transformers import TextStreamer

    class Writer(TextStreamer):  # type: ignore[misc]
        stopped = False
        held = ""

        def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
            if self.stopped:
                return
            self.held += text
            cut = min((at for stop in stops if (at := self.held.find(stop)) >= 0), default=-1)
            self.stopped = cut >= 0
            keep = 0 if stream_end else max((len(stop) - 1 for stop in stops), default=0)
            end = cut if self.stopped else max(0, len(self.held) - keep)
            if end:
                attempt.put(Piece(self.held[:end]))
            self.held = self.held[end:]

    return Writer(tokenizer, skip_prompt=True, skip_special_tokens=True)
