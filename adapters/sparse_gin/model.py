"""The peft tuner of Sparse GIN-Attention."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peft.tuners.tuners_utils import BaseTuner
from torch import Tensor, nn

from adapters.lending import lent
from adapters.sparse_gin import attention
from adapters.sparse_gin.layer import SparseGIN, SparseGINLayer

_LLAMA_LIKE = (
    "llama mistral mixtral qwen2 qwen3 gemma gemma2 gemma3 gemma3_text phi3 granite olmo olmo2 smollm3 stablelm cohere"
).split()
# model type -> attention module, norm before it
PLACES = {**dict.fromkeys(_LLAMA_LIKE, ("self_attn", "input_layernorm")), "gpt2": ("attn", "ln_1")}
PLACES |= {"gpt_neox": ("attention", "input_layernorm"), "phi": ("self_attn", "input_layernorm")}


class SparseGINModel(BaseTuner):
    """Wraps the attention modules of a causal language model. Use it through `peft.get_peft_model`."""

    prefix: str = "gin_"
    tuner_layer_cls = SparseGINLayer
    target_module_mapping = {kind: [place] for kind, (place, _) in PLACES.items()}

    @contextmanager
    def token_graph(self, edges: Tensor) -> Iterator[None]:
        """Add a token graph to the one that attention draws, for every call inside the block.

        edges: [seq, seq] or [batch, seq, seq], 0 or a weight for row hears column; columns that come later than their
        row are never heard. `adapters.sparse_gin.edges_between` makes one of a graph and the tokens of its nodes.
        """
        given = edges[None] if edges.dim() == 2 else edges
        if given.dim() != 3 or given.shape[-1] != given.shape[-2]:
            raise ValueError(f"a token graph has shape [seq, seq] or [batch, seq, seq], not {list(edges.shape)}")
        layers = [module for module in self.model.modules() if isinstance(module, SparseGINLayer)]
        with lent(layers, "given", given):
            yield

    def _prepare_adapter_config(self, peft_config: Any, model_config: dict[str, Any]) -> Any:
        kind = str(model_config.get("model_type"))
        if peft_config.target_modules is None:
            if kind not in PLACES:
                raise ValueError(
                    f"where the attention of a {kind!r} model lies is unknown here; set target_modules to the name of "
                    "its attention modules and residual_module to the norm before them"
                )
            peft_config.target_modules = {PLACES[kind][0]}
        if peft_config.residual_module is None:
            peft_config.residual_module = PLACES.get(kind, ("", "input_layernorm"))[1]
        return peft_config

    def _prepare_model(self, peft_config: Any, model: nn.Module) -> None:
        attention.use(model)

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
        model_config = self.get_model_config(self.model)
        about = _sizes(model_config)
        layer = getattr(target.base_layer if isinstance(target, SparseGINLayer) else target, "layer_idx", None)
        norm = getattr(parent, peft_config.residual_module, None)
        if layer is None or norm is None:
            raise ValueError(
                f"{current_key} has no {'layer_idx' if layer is None else peft_config.residual_module!r} beside it; "
                "target_modules must name attention modules, and residual_module the norm before them"
            )
        scale = peft_config.scale * (layer + 1) / about["layers"]
        block = SparseGIN(about["hidden"], about["heads"], peft_config, scale)
        if isinstance(target, SparseGINLayer):
            wrapped = target
        else:
            wrapped = SparseGINLayer(target, current_key, layer)
            handle = norm.register_forward_pre_hook(wrapped.remember, with_kwargs=True)
            wrapped.unhook = handle.remove
            self._replace_module(parent, target_name, wrapped, target)
        weight = next(target.parameters())
        wrapped.gin_block[adapter_name] = block.to(weight.device)
        if weight.dtype.is_floating_point and not peft_config.inference_mode:
            block.float()
        active = adapter_name in self.active_adapters
        block.requires_grad_(active)
        wrapped.set_adapter(self.active_adapters)

    def _replace_module(self, parent: nn.Module, child_name: str, new_module: nn.Module, child: nn.Module) -> None:
        if isinstance(child, SparseGINLayer) and child.unhook is not None:
            child.unhook()  # the adapter is unloaded
        setattr(parent, child_name, new_module)

    @classmethod
    def _remove_adapter_name_from_key(cls, key: str, adapter_name: str) -> str:
        return key.replace(f".gin_block.{adapter_name}.", ".gin_block.")

    def _check_merge_allowed(self) -> None:
        raise NotImplementedError(
            "Sparse GIN-Attention depends on the input and cannot be merged into weights; `unload()` drops it"
        )


def _sizes(config: dict[str, Any]) -> dict[str, int]:
    def first(*names: str) -> int:
        for name in names:
            if isinstance(config.get(name), int):
                return int(config[name])
        raise ValueError(f"the model's config has none of {', '.join(names)}")

    return {
        "hidden": first("hidden_size", "n_embd"),
        "heads": first("num_attention_heads", "n_head"),
        "layers": first("num_hidden_layers", "n_layer"),
    }
