"""Questions in words, syntaxes and labels of every kind."""

from evals.benchmarks.robustness.task import TASK

__all__ = ["TASK"]
