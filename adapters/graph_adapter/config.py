"""The settings of GraphAdapter."""

from __future__ import annotations

from dataclasses import dataclass, field

from peft import PeftConfig

from adapters.registry import peft_type

GNNS = ("sage", "gin", "gat")


@dataclass
class GraphAdapterConfig(PeftConfig):
    """GraphAdapter (Huang et al., WWW 2024, arXiv 2402.12984): a GNN beside a frozen language model.

    node_size: width of the node features. own_text: whether a node's own features reach its own state; the paper's
    setting is True, and lets the model read the text that it is to predict, so the default is False.
    residual: fuse as h + W(...) with W zero at the start, so that a fresh adapter changes nothing; False is the paper's
    W(...) alone.
    """

    node_size: int = field(default=384, metadata={"help": "Width of the node features."})
    gnn: str = field(default="sage", metadata={"help": "sage, gin or gat."})
    gnn_size: int = field(default=64, metadata={"help": "Width of the GNN and of the fusion."})
    num_layers: int = field(default=2, metadata={"help": "Rounds of message passing, and hops of a neighbourhood."})
    own_text: bool = field(default=False, metadata={"help": "Let a node's own features into its own state."})
    residual: bool = field(default=True, metadata={"help": "Fuse beside the hidden state instead of in its place."})
    fanout: int | None = field(default=None, metadata={"help": "At most this many neighbours a node and hop."})
    dropout: float = field(default=0.1, metadata={"help": "Dropout in the GNN, in training."})
    head_module: str | None = field(default=None, metadata={"help": "Name of the output head; found where left out."})
    target_modules: list[str] | None = field(default=None, metadata={"help": "Not used: the head is the only place."})
    exclude_modules: list[str] | None = field(default=None, metadata={"help": "Not used."})
    modules_to_save: list[str] | None = field(default=None, metadata={"help": "Other modules to train and save."})

    def __post_init__(self) -> None:
        super().__post_init__()
        self.peft_type = peft_type("GRAPH_ADAPTER")
        if self.gnn not in GNNS:
            raise ValueError(f"gnn is one of {', '.join(GNNS)}, not {self.gnn!r}")
        if self.target_modules:
            raise ValueError("GraphAdapter works on the output head alone: leave target_modules out or set head_module")
        for name in ("node_size", "gnn_size", "num_layers"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is at least 1, not {getattr(self, name)}")
        if not 0 <= self.dropout < 1 or (self.fanout is not None and self.fanout < 1):
            raise ValueError("dropout lies from 0 to below 1, fanout is at least 1 or None")
