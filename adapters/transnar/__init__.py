"""TransNAR: a language model whose tokens read the states of a neural algorithmic reasoner."""

from adapters.registry import register
from adapters.transnar.config import TransNARConfig
from adapters.transnar.layer import GraphStates
from adapters.transnar.model import TransNARModel

register("transnar", TransNARConfig, TransNARModel)

__all__ = ["GraphStates", "TransNARConfig", "TransNARModel"]
