"""Recipe `sparse-gin`: Sparse GIN-Attention (arXiv 2501.02393)."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from typing import Any

from adapters.training import Report, Result
from adapters.training.text import above_zero, add_text_arguments, count, train_text

SUMMARY = "a GIN over the token graph that attention draws, on text"


def add_arguments(parser: ArgumentParser) -> None:
    add_text_arguments(parser)
    own = parser.add_argument_group("Sparse GIN-Attention")
    own.add_argument("--size", type=count, default=64, help="width of the GIN (default 64)")
    own.add_argument("--edges", choices=["causal", "self", "none"], default="causal", help="(default causal)")
    own.add_argument("--aggregation", choices=["mean", "sum"], default="mean", help="of neighbours (default mean)")
    own.add_argument("--sparsify", choices=["top_k", "threshold"], default="top_k", help="(default top_k)")
    own.add_argument("--top-k", type=count, default=8, help="keys kept for a query (default 8)")
    own.add_argument("--heads", choices=["sum", "mean", "learned"], default="sum", help="how heads join (default sum)")
    own.add_argument(
        "--graph-edges", action=BooleanOptionalAction, default=True,
        help="with --graph: let the tokens of a text hear its neighbours' (default yes)",
    )  # fmt: skip
    own.add_argument("--scale", type=above_zero, default=0.5, help="first scale of the last layer (default 0.5)")
    own.add_argument("--dropout", type=float, default=0.1, help="(default 0.1)")


def train(options: Namespace, report: Report) -> Result:
    return train_text(options, lambda: config(options), report)


def config(options: Namespace) -> Any:
    """The config that the options mean."""
    from adapters.sparse_gin import SparseGINConfig

    return SparseGINConfig(
        gnn_size=options.size,
        edges=options.edges,
        aggregation=options.aggregation,
        sparsify=options.sparsify,
        top_k=options.top_k,
        heads=options.heads,
        scale=options.scale,
        dropout=options.dropout,
        task_type="CAUSAL_LM",
    )
