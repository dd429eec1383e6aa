"""CLRS-Text."""

from evals.benchmarks.clrs_text.task import TASK

__all__ = ["TASK"]
