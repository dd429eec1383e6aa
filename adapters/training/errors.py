"""What can go wrong when something is trained, and can be put right by the caller."""

from __future__ import annotations

from graphs.errors import GraphError


class TrainingError(GraphError):
    """A training cannot begin or go on. The message says what, where and what to do."""


class ModelNotFound(TrainingError):
    """There is no such language model here, nor can it be fetched."""


class BadTrainingData(TrainingError):
    """The data cannot be read or is too little to train on."""
