"""The peft tuner of GraphAdapter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from peft.tuners.tuners_utils import BaseTuner
from torch import Tensor, nn

from adapters.graph_adapter.config import GraphAdapterConfig
from adapters.graph_adapter.layer import GraphAdapterLayer, GraphBlock, TextGraph


class GraphAdapterModel(BaseTuner):
    """Wraps the output head of a causal language model. Use it through `peft.get_peft_model`."""

    prefix: str = "graph_"
    tuner_layer_cls = GraphAdapterLayer
    target_module_mapping: dict[str, list[str]] = {}

    @contextmanager
    def graph(self, graph: TextGraph, nodes: Tensor | list[int]) -> Iterator[None]:
        """Let every call inside the block know the graph, and of which node each sequence of the batch is the text.

        nodes: [batch] indices of the graph's nodes.
        """
        nodes = torch.as_tensor(nodes, dtype=torch.long)
        if nodes.dim() != 1 or (len(nodes) and not 0 <= int(nodes.min()) <= int(nodes.max()) < len(graph.features)):
            raise ValueError(f"nodes are indices [batch] from 0 to {len(graph.features) - 1}")
        layers = [module for module in self.model.modules() if isinstance(module, GraphAdapterLayer)]
        before = [layer.at for layer in layers]
        for layer in layers:
            for name in layer.active_adapters:
                config: Any = self.peft_config[name]
                wanted = config.node_size
                if graph.features.shape[-1] != wanted:
                    raise ValueError(
                        f"the adapter {name!r} reads node features of width {wanted}, and the graph has "
                        f"{graph.features.shape[-1]}; encode the texts with the encoder that it was trained with"
                    )
            layer.place((graph, nodes))
        try:
            yield
        finally:
            for layer, old in zip(layers, before, strict=True):
                layer.place(old)

    def _prepare_adapter_config(self, peft_config: Any, model_config: dict[str, Any]) -> Any:
        for name in ("final_logit_softcapping", "logits_scaling", "logit_scale"):
            if model_config.get(name) not in (None, 1, 1.0):
                raise ValueError(
                    f"this model changes its logits after the head ({name} = {model_config[name]}), where "
                    "GraphAdapter's log-probabilities would be distorted; choose another base model"
                )
        return peft_config

    def _prepare_model(self, peft_config: Any, model: nn.Module) -> None:
        if peft_config.head_module is None:
            ask: Any = getattr(model, "get_output_embeddings", None)
            head = ask() if ask is not None else None
            names = [name for name, module in model.named_modules() if module is head]
            if not names:
                raise ValueError("this model has no output head to work on; set head_module, or load it as a causal LM")
            peft_config.head_module = names[0]

    @staticmethod
    def _check_target_module_exists(peft_config: Any, key: str) -> bool:
        return bool(key == peft_config.head_module)

    def _create_and_replace(
        self,
        peft_config: Any,
        adapter_name: str,
        target: Any,
        target_name: str,
        parent: nn.Module,
        current_key: str,
        parameter_name: str | None = None,
    ) -> None:
        wrapped = target if isinstance(target, GraphAdapterLayer) else GraphAdapterLayer(target)
        weight: Any = wrapped.get_base_layer().weight
        block = GraphBlock(weight.shape[-1], peft_config).to(weight.device)
        wrapped.graph_block[adapter_name] = block
        block.requires_grad_(adapter_name in self.active_adapters)
        if wrapped is not target:
            self._replace_module(parent, target_name, wrapped, target)
        wrapped.set_adapter(self.active_adapters)

    def _replace_module(self, parent: nn.Module, child_name: str, new_module: nn.Module, child: nn.Module) -> None:
        setattr(parent, child_name, new_module)

    @classmethod
    def _remove_adapter_name_from_key(cls, key: str, adapter_name: str) -> str:
        return key.replace(f".graph_block.{adapter_name}.", ".graph_block.")

    def _check_merge_allowed(self) -> None:
        raise NotImplementedError("GraphAdapter depends on the graph and cannot be merged; `unload()` drops it")


__all__ = ["GraphAdapterConfig", "GraphAdapterModel"]
