"""vLLM serves the adapters of this package: `register` is its entry point in the group `vllm.general_plugins`.

The models read their graph as hidden tokens at the start of the prompt (`decoder`), whose keys and values lie in vLLM's
own paged cache; so prefix caching, chunked prefill and continuous batching work as for any model. vllm is imported
inside functions, and in the modules that only vLLM loads.
"""

from __future__ import annotations

from adapters.serving.folder import ARCHITECTURES, MODEL_TYPE

CONNECTOR = "konigsberg"  # VLLM_MEDIA_CONNECTOR must name it, which `konigsberg serve` sees to

_CLASSES = {
    "transnar": "adapters.vllm_plugin.transnar:TransNARForCausalLM",
    "graph_adapter": "adapters.vllm_plugin.graph_adapter:GraphAdapterForCausalLM",
    "sparse_gin": "adapters.vllm_plugin.sparse_gin:SparseGINForCausalLM",
}


def register() -> None:
    """Tell vLLM of the models, their configuration and the connector that reads graphs; again changes nothing."""
    from transformers import AutoConfig
    from vllm import ModelRegistry

    from adapters.vllm_plugin import media  # noqa: F401 - registers the connector
    from adapters.vllm_plugin.config import GraphModelConfig

    AutoConfig.register(MODEL_TYPE, GraphModelConfig, exist_ok=True)
    known = set(ModelRegistry.get_supported_archs())
    for kind, place in _CLASSES.items():
        if ARCHITECTURES[kind] not in known:
            ModelRegistry.register_model(ARCHITECTURES[kind], place)
