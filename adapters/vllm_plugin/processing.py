"""From the graph of a request to hidden tokens at the start of its prompt and arrays for the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from transformers import BatchFeature
from vllm.exceptions import VLLMValidationError
from vllm.multimodal.inputs import MultiModalFieldConfig
from vllm.multimodal.parse import MultiModalDataParser, ProcessorBatchItems
from vllm.multimodal.processing import (
    BaseDummyInputsBuilder,
    BaseMultiModalProcessor,
    BaseProcessingInfo,
    PromptIndexTargets,
    PromptInsertion,
)

from adapters.serving.folder import About
from adapters.serving.parts import Arrays
from graphs.errors import GraphError


class ReadGraph(dict[str, Any]):
    """The arrays of a graph that has been checked."""


class GraphItems(ProcessorBatchItems[Any]):  # type: ignore[misc]
    """The graphs of one request. vLLM's chat API calls them images."""

    def __init__(self, graphs: Sequence[Any]) -> None:
        super().__init__(graphs, "image")


class GraphParser(MultiModalDataParser):  # type: ignore[misc]
    """Checks graphs, so that a bad one is the client's error and reaches no model."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.about = about

    def _parse_image_data(self, data: Any) -> Any:
        return None if data is None else GraphItems([self._read(item) for item in _listed(data)])

    def _read(self, item: Any) -> Any:
        if item is None or isinstance(item, ReadGraph):  # None: a graph that vLLM still knows by its name
            return item
        try:
            return ReadGraph(self.about.read(item))
        except GraphError as error:
            raise VLLMValidationError(str(error), parameter="image_url") from error


def _listed(data: Any) -> list[Any]:
    return data if isinstance(data, list) else [data]


class GraphInfo(BaseProcessingInfo):  # type: ignore[misc]
    """What vLLM asks about graphs before it sees one."""

    @property
    def about(self) -> About:
        return About.of(self.get_hf_config())

    def get_data_parser(self) -> GraphParser:
        return GraphParser(self.about)

    def get_supported_mm_processor_kwargs(self) -> dict[str, set[str]]:
        return {}

    def get_supported_mm_limits(self) -> Mapping[str, int | None]:
        return {"image": None if self.about.takes_graphs else 0}

    def get_mm_max_tokens_per_item(self, seq_len: int, mm_counts: Mapping[str, int]) -> Mapping[str, int]:
        return {"image": self.about.most_tokens}


class GraphDummies(BaseDummyInputsBuilder[GraphInfo]):  # type: ignore[misc]
    """The largest graph, for vLLM to measure memory with."""

    def get_dummy_text(self, mm_counts: Mapping[str, int]) -> str:
        return ""

    def get_dummy_mm_data(self, seq_len: int, mm_counts: Mapping[str, int], mm_options: Any) -> dict[str, Any]:
        return {"image": [self.info.about.largest() for _ in range(mm_counts.get("image", 0))]}


class GraphProcessor(BaseMultiModalProcessor[GraphInfo]):  # type: ignore[misc]
    """Inserts the hidden tokens and lays the arrays of all graphs end to end; `sizes` tells them apart again."""

    def _call_hf_processor(self, hf_data: Mapping[str, Any], hf_kwargs: Mapping[str, Any]) -> BatchFeature:
        graphs: Sequence[Arrays] = hf_data["images"]
        names = sorted(graphs[0])
        arrays = {name: torch.from_numpy(np.concatenate([graph[name] for graph in graphs])) for name in names}
        sizes = torch.tensor([[len(graph[name]) for name in names] for graph in graphs])
        tokens = torch.tensor([[self.info.about.count(graph)[i] for i in range(2)] for graph in graphs])
        return BatchFeature(arrays | {"sizes": sizes, "tokens": tokens})

    def _get_mm_fields_config(self, hf_inputs: BatchFeature, hf_processor_mm_kwargs: Mapping[str, Any]) -> Any:
        names = sorted(set(hf_inputs) - {"sizes", "tokens"})
        fields = {
            name: MultiModalFieldConfig.flat_from_sizes("image", hf_inputs["sizes"][:, i])
            for i, name in enumerate(names)
        }
        return fields | {name: MultiModalFieldConfig.batched("image", keep_on_cpu=True) for name in ("sizes", "tokens")}

    def _get_prompt_updates(self, mm_items: Any, hf_processor_mm_kwargs: Mapping[str, Any], out_mm_kwargs: Any) -> Any:
        about = self.info.about
        counts = [item["tokens"].data.tolist() for item in out_mm_kwargs.get("image", [])]  # those not cached

        def tokens(i: int) -> list[int]:
            return [about.node_token] * counts[i][0] + [about.pair_token] * counts[i][1]

        return [PromptInsertion(modality="image", target=PromptIndexTargets.start(), insertion=tokens)]


def apart(names: Sequence[str], kwargs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The arrays of each graph, from those of all graphs as `GraphProcessor` laid them."""
    sizes = kwargs["sizes"].reshape(-1, len(names)).tolist()
    parts = {
        name: torch.split(_joined(kwargs[name]), [row[i] for row in sizes]) for i, name in enumerate(sorted(names))
    }
    return [{name: parts[name][place] for name in names} for place in range(len(sizes))]


def _joined(value: Any) -> Any:
    return torch.cat(list(value)) if isinstance(value, (list, tuple)) else value
