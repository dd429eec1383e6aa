"""Torch modules that hand a graph to a language model, as methods of peft.

`import adapters` loads no torch; the methods load when they are first named, or all of them by `adapters.register()`,
which `PeftModel.from_pretrained` needs to know their type.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adapters.graph_adapter import GraphAdapterConfig, GraphAdapterModel, TextGraph
    from adapters.sparse_gin import SparseGINConfig, SparseGINModel
    from adapters.transnar import GraphStates, TransNARConfig, TransNARModel

_HOME = {
    "GraphAdapterConfig": "graph_adapter",
    "GraphAdapterModel": "graph_adapter",
    "GraphStates": "transnar",
    "SparseGINConfig": "sparse_gin",
    "SparseGINModel": "sparse_gin",
    "TextGraph": "graph_adapter",
    "TransNARConfig": "transnar",
    "TransNARModel": "transnar",
}
__all__ = [
    "GraphAdapterConfig",
    "GraphAdapterModel",
    "GraphStates",
    "SparseGINConfig",
    "SparseGINModel",
    "TextGraph",
    "TransNARConfig",
    "TransNARModel",
    "register",
]


def register() -> None:
    """Tell peft of every method of this package."""
    for home in sorted(set(_HOME.values())):
        import_module(f"adapters.{home}")


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'adapters' has no attribute {name!r}")
    try:
        return getattr(import_module(f"adapters.{_HOME[name]}"), name)
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("torch", "transformers", "peft", "torch_geometric"):
            raise
        raise ImportError(
            f"{name} needs torch, transformers, peft and torch_geometric: pip install 'konigsberg[adapters]'"
        ) from error
