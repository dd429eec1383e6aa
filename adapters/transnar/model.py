"""The peft tuner of TransNAR."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peft.tuners.tuners_utils import BaseTuner
from torch import Tensor, nn

from adapters.lending import lent
from adapters.transnar.layer import GatedReading, GraphStates, TransNARLayer

_BLOCKS = ("layers", "h", "blocks")  # what the models of transformers call their list of decoder blocks


class TransNARModel(BaseTuner):
    """Wraps the decoder blocks of a causal language model. Use it through `peft.get_peft_model`."""

    prefix: str = "transnar_"
    tuner_layer_cls = TransNARLayer
    target_module_mapping: dict[str, list[str]] = {}

    @contextmanager
    def reading(self, states: GraphStates) -> Iterator[None]:
        """Let every call inside the block read these graphs: the i-th sequence of a batch the i-th graph."""
        layers = [module for module in self.model.modules() if isinstance(module, TransNARLayer)]
        for name in {name for layer in layers for name in layer.active_adapters}:
            config: Any = self.peft_config[name]
            if states.nodes.shape[-1] != config.node_size:
                raise ValueError(
                    f"the adapter {name!r} reads states of width {config.node_size}, and these have "
                    f"{states.nodes.shape[-1]}; use the reasoner that it was trained with"
                )
        with lent(layers, "states", states):
            yield

    @contextmanager
    def writing(self, places: Tensor) -> Iterator[None]:
        """Say for calls inside the block which place of the answer follows each token: places [batch, seq, 2], int."""
        layers = [module for module in self.model.modules() if isinstance(module, TransNARLayer)]
        with lent(layers, "places", places):
            yield

    def _prepare_adapter_config(self, peft_config: Any, model_config: dict[str, Any]) -> Any:
        return peft_config

    def _prepare_model(self, peft_config: Any, model: nn.Module) -> None:
        if peft_config.target_modules is None:
            peft_config.target_modules = set(_blocks(model, peft_config.layers_to_transform))

    @staticmethod
    def _check_target_module_exists(peft_config: Any, key: str) -> bool:
        wanted = peft_config.target_modules
        return key == wanted if isinstance(wanted, str) else key in wanted

    def _create_and_replace(
        self,
        peft_config: Any,
        adapter_name: str,
        target: nn.Module,
        target_name: str,
        parent: nn.Module,
        current_key: str,
        parameter_name: str | None = None,
    ) -> None:
        wrapped = target if isinstance(target, TransNARLayer) else TransNARLayer(target)
        weight = next(target.parameters())
        config = self.get_model_config(self.model)
        size = config.get("hidden_size") or config.get("n_embd")
        if not isinstance(size, int):
            raise ValueError("the model's config has neither hidden_size nor n_embd")
        block = GatedReading(size, peft_config).to(weight.device)
        wrapped.transnar_block[adapter_name] = block
        block.requires_grad_(adapter_name in self.active_adapters)
        if wrapped is not target:
            self._replace_module(parent, target_name, wrapped, target)
        wrapped.set_adapter(self.active_adapters)

    def _replace_module(self, parent: nn.Module, child_name: str, new_module: nn.Module, child: nn.Module) -> None:
        setattr(parent, child_name, new_module)

    @classmethod
    def _remove_adapter_name_from_key(cls, key: str, adapter_name: str) -> str:
        return key.replace(f".transnar_block.{adapter_name}.", ".transnar_block.")

    def _check_merge_allowed(self) -> None:
        raise NotImplementedError(
            "TransNAR depends on the graph and cannot be merged into weights; `unload()` drops it"
        )


def blocks_of(model: nn.Module) -> tuple[str, nn.ModuleList]:
    """The list of decoder blocks and its name: the longest list of modules that is called as such lists are.

    Raises:
        ValueError: the model has none.
    """
    lists = {
        name: module
        for name, module in model.named_modules()
        if isinstance(module, nn.ModuleList) and name.rpartition(".")[2] in _BLOCKS
    }
    if not lists:
        raise ValueError(
            f"no list of decoder blocks called {', '.join(_BLOCKS)} was found in this model; set target_modules to the "
            "names of its blocks"
        )
    return max(lists.items(), key=lambda item: (len(item[1]), item[0]))


def _blocks(model: nn.Module, wanted: list[int] | None) -> list[str]:
    """The names of the decoder blocks."""
    name, blocks = blocks_of(model)
    count = len(blocks)
    chosen = range(count) if wanted is None else wanted
    beyond = [index for index in chosen if not 0 <= index < count]
    if beyond:
        raise ValueError(f"layers_to_transform names block {beyond[0]}, and the model has {count}, from 0 on")
    return [f"{name}.{index}" for index in chosen]
