"""MINE."""

from evals.benchmarks.mine.task import TASK

__all__ = ["TASK"]
