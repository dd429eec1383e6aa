"""A neural algorithmic reasoner: a graph network that runs classical algorithms step by step."""

from adapters.nar.batch import Batch, collate
from adapters.nar.config import NARConfig
from adapters.nar.model import NAR, Reasoned

__all__ = ["NAR", "Batch", "NARConfig", "Reasoned", "collate"]
