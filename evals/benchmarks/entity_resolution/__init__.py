"""Which names mean one thing."""

from evals.benchmarks.entity_resolution.task import TASK

__all__ = ["TASK"]
