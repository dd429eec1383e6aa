"""The settings of Sparse GIN-Attention."""

from __future__ import annotations

from dataclasses import dataclass, field

from peft import PeftConfig

from adapters.registry import peft_type

EDGES = ("causal", "self", "none")
AGGREGATIONS = ("mean", "sum")
HEADS = ("sum", "mean", "learned")
SPARSIFY = ("threshold", "top_k")


@dataclass
class SparseGINConfig(PeftConfig):
    """Sparse GIN-Attention (Buehler 2025, arXiv 2501.02393): a GIN over the token graph that attention draws.

    edges: `causal` sends messages from earlier tokens to later ones; `self` keeps a token's own attention only, which
    is what the published code computes; `none` is the same bottleneck without a graph. Both are controls.
    aggregation: `mean` is (1 + eps) z + the mean of the earlier neighbours weighted by attention; `sum` is the paper's
    eps z + the sum over neighbours, the token itself among them.
    """

    gnn_size: int = field(default=64, metadata={"help": "Width of the GIN."})
    edges: str = field(default="causal", metadata={"help": "causal, self or none."})
    aggregation: str = field(default="mean", metadata={"help": "mean or sum over the neighbours."})
    heads: str = field(default="sum", metadata={"help": "How heads join: sum (at most 1), mean, or learned weights."})
    sparsify: str = field(default="top_k", metadata={"help": "threshold (the paper's) or top_k keys of each query."})
    top_k: int = field(default=8, metadata={"help": "Keys kept for a query with sparsify='top_k'."})
    sharpness: float = field(default=10.0, metadata={"help": "alpha in sigmoid(alpha (a - tau)), for 'threshold'."})
    tau: float = field(default=0.1, metadata={"help": "tau in sigmoid(alpha (a - tau)), for 'threshold'."})
    cutoff: float = field(default=0.6, metadata={"help": "An edge is kept where the sigmoid is above this."})
    scale: float = field(default=0.5, metadata={"help": "Initial scale of the last layer; earlier ones rise to it."})
    dropout: float = field(default=0.1, metadata={"help": "Dropout on the GIN's output, in training."})
    target_modules: str | list[str] | None = field(
        default=None, metadata={"help": "Names of the attention modules; found by the model's type where left out."}
    )
    residual_module: str | None = field(
        default=None, metadata={"help": "Name of the norm before the attention, whose input is the residual stream."}
    )
    exclude_modules: str | list[str] | None = field(default=None, metadata={"help": "Modules to leave alone."})
    layers_to_transform: int | list[int] | None = field(default=None, metadata={"help": "Indices of the layers."})
    layers_pattern: str | list[str] | None = field(default=None, metadata={"help": "Name of the list of layers."})
    modules_to_save: list[str] | None = field(default=None, metadata={"help": "Other modules to train and save."})

    def __post_init__(self) -> None:
        super().__post_init__()
        self.peft_type = peft_type("SPARSE_GIN")
        choices = {"edges": EDGES, "aggregation": AGGREGATIONS, "heads": HEADS, "sparsify": SPARSIFY}
        for name, allowed in choices.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} is one of {', '.join(allowed)}, not {getattr(self, name)!r}")
        if self.gnn_size < 1 or self.top_k < 1:
            raise ValueError(f"gnn_size and top_k are at least 1, not {self.gnn_size} and {self.top_k}")
        if not 0 < self.cutoff < 1 or not 0 <= self.dropout < 1 or self.scale <= 0:
            raise ValueError("cutoff lies between 0 and 1, dropout from 0 to below 1, scale above 0")
        if isinstance(self.target_modules, list):
            self.target_modules = set(self.target_modules)  # type: ignore[assignment]  # as peft compares them
