"""The settings of TransNAR."""

from __future__ import annotations

from dataclasses import dataclass, field

from peft import PeftConfig

from adapters.registry import peft_type


@dataclass
class TransNARConfig(PeftConfig):
    """TransNAR (Bounsi et al. 2024, arXiv 2406.09308): tokens attend to the final states of a frozen reasoner.

    node_size: width of what is read of the reasoner (`states.width_of`). numbers, readout: what stands beside its
    states there (`states.read_states`); the paper has neither. use_edges: read the states of pairs of nodes, too, as
    the paper does. places: queries are turned by the place in the answer that is written next (row and column) and keys
    by numbers of nodes, as rotary embeddings turn them by positions (Su et al. 2021, arXiv 2104.09864), so that a token
    finds its node in a graph of any size; the caller says the places (`TransNARModel.writing`). The paper has none.
    gate: where the tanh gates start; 0 leaves a pretrained model as it is, and a language model that is trained from
    scratch learns sooner from an open one.
    """

    node_size: int = field(default=128, metadata={"help": "Width of the reasoner's states."})
    numbers: int = field(default=0, metadata={"help": "Channels for the number of a node beside its state."})
    readout: bool = field(default=False, metadata={"help": "Read what the reasoner decodes from its states, too."})
    places: bool = field(default=False, metadata={"help": "Turn queries by places and keys by numbers of nodes."})
    num_heads: int = field(default=4, metadata={"help": "Heads of the cross-attention."})
    head_dim: int = field(default=32, metadata={"help": "Width of a head."})
    use_edges: bool = field(default=True, metadata={"help": "Attend to pairs of nodes beside nodes."})
    ffn_size: int | None = field(default=None, metadata={"help": "Width inside the gated FFN; 2 hidden_size if None."})
    gate: float = field(default=0.0, metadata={"help": "Initial value of the gates before tanh."})
    dropout: float = field(default=0.0, metadata={"help": "Dropout of what is read, in training."})
    target_modules: str | list[str] | None = field(
        default=None, metadata={"help": "Names of the decoder blocks; found in the model where left out."}
    )
    exclude_modules: str | list[str] | None = field(default=None, metadata={"help": "Not used."})
    layers_to_transform: int | list[int] | None = field(default=None, metadata={"help": "Indices of the blocks."})
    layers_pattern: str | list[str] | None = field(default=None, metadata={"help": "Not used."})
    modules_to_save: list[str] | None = field(default=None, metadata={"help": "Other modules to train and save."})

    def __post_init__(self) -> None:
        super().__post_init__()
        self.peft_type = peft_type("TRANSNAR")
        for name in ("node_size", "num_heads", "head_dim"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is at least 1, not {getattr(self, name)}")
        if self.numbers < 0 or self.numbers % 2 or (self.readout and not self.numbers):
            raise ValueError(f"numbers is even, and with readout above 0, not {self.numbers}")
        if self.places and self.head_dim % 4:
            raise ValueError(f"with places, head_dim is a multiple of 4, not {self.head_dim}")
        if (self.ffn_size is not None and self.ffn_size < 1) or not 0 <= self.dropout < 1:
            raise ValueError("ffn_size is at least 1 or None, dropout from 0 to below 1")
        if isinstance(self.layers_to_transform, int):
            self.layers_to_transform = [self.layers_to_transform]
