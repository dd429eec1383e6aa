"""The settings of the neural algorithmic reasoner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from graphs.clrs.spec import GRAPH_ALGORITHMS, SPECS
from graphs.errors import BadArgument


@dataclass(frozen=True)
class NARConfig:
    """A Triplet-GMPNN for several algorithms (Ibarz et al., LoG 2022, arXiv 2209.11142).

    algorithms: CLRS names; each has encoders and decoders of its own around one processor. triplet_size: width of the
    messages over triples of nodes, 0 for none. gate_bias: at the start, states change by about sigmoid(gate_bias).
    sizes: numbers of nodes that it was trained on; none where that is not known.
    """

    algorithms: tuple[str, ...] = GRAPH_ALGORITHMS
    hidden_size: int = 128
    triplet_size: int = 8
    gate_bias: float = -3.0
    sizes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        unknown = [name for name in self.algorithms if name not in SPECS]
        if unknown or not self.algorithms:
            known = ", ".join(SPECS)
            raise BadArgument(f"algorithms must name some of: {known}" + (f"; not {unknown[0]!r}" if unknown else ""))
        if self.hidden_size < 1 or self.triplet_size < 0:
            raise BadArgument("hidden_size is at least 1 and triplet_size at least 0")

    def as_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        return asdict(self) | {"algorithms": list(self.algorithms), "sizes": list(self.sizes)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> NARConfig:
        """The settings that `as_json` wrote."""
        return cls(**{**data, "algorithms": tuple(data["algorithms"]), "sizes": tuple(data.get("sizes", ()))})
