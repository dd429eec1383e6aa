"""Sparse GIN-Attention (arXiv 2501.02393) as a peft method."""

from adapters.registry import register
from adapters.sparse_gin.config import SparseGINConfig
from adapters.sparse_gin.layer import SparseGIN, SparseGINLayer
from adapters.sparse_gin.model import SparseGINModel
from adapters.sparse_gin.token_graph import edges_between

register("sparse_gin", SparseGINConfig, SparseGINModel)

__all__ = ["SparseGIN", "SparseGINConfig", "SparseGINLayer", "SparseGINModel", "edges_between"]
