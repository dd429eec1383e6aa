"""ProGraph."""

from evals.benchmarks.prograph.task import TASK

__all__ = ["TASK"]
