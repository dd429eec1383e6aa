"""GraphAdapter (arXiv 2402.12984) as a peft method."""

from adapters.graph_adapter.config import GraphAdapterConfig
from adapters.graph_adapter.layer import GraphAdapterLayer, GraphBlock, GraphEncoder, GraphFusion, TextGraph
from adapters.graph_adapter.model import GraphAdapterModel
from adapters.graph_adapter.neighbourhood import Neighbourhoods, Neighbours
from adapters.registry import register

register("graph_adapter", GraphAdapterConfig, GraphAdapterModel)

__all__ = [
    "GraphAdapterConfig",
    "GraphAdapterLayer",
    "GraphAdapterModel",
    "GraphBlock",
    "GraphEncoder",
    "GraphFusion",
    "Neighbourhoods",
    "Neighbours",
    "TextGraph",
]
