"""The planner's plans."""

from evals.benchmarks.planner.task import TASK

__all__ = ["TASK"]
