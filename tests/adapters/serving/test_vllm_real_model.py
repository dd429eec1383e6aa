"""A pretrained language model with TransNAR at three blocks: vLLM computes what the twin computes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.adapters.serving.engine import engine, needs_vllm

needs_vllm()
BASE = os.environ.get("KONIGSBERG_TEST_MODEL", "")
if not BASE:
    pytest.skip("set KONIGSBERG_TEST_MODEL to the folder of a small Llama or Qwen model", allow_module_level=True)

from adapters.serving.twin import Twin  # noqa: E402
from tests.adapters.serving import folders  # noqa: E402
from tests.adapters.serving.folders import BFS, DIJKSTRA, graph_of  # noqa: E402
from tests.adapters.tiny import torch  # noqa: E402

pytestmark = [pytest.mark.vllm, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def test_a_pretrained_model(tmp_path: Path) -> None:
    folder = folders.pretrained_transnar(tmp_path, BASE)
    with engine(folder, max_model_len=512) as run:
        twin = Twin.load(folder)
        ids = twin.tokenizer(BFS)["input_ids"]
        with twin.model.disable_adapter():
            base = twin.log_probabilities(ids)
        for graphs in ([], [graph_of(BFS)], [graph_of(BFS), graph_of(DIJKSTRA)]):
            ((said, sure, _),) = run.write((ids, graphs), tokens=12)
            (read,) = run.read((ids, graphs))
            wanted = twin.log_probabilities([*ids, *said], graphs)
            assert torch.allclose(torch.cat([read, sure]), wanted, atol=2e-4, rtol=0)
            assert torch.allclose(read, base, atol=2e-4, rtol=0) == (not graphs)
