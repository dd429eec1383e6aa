"""Runs programs written by a model where they can do no harm: no network, no files of yours, no other processes."""

from __future__ import annotations

from agents.sandbox.run import describe, run_program
from agents.sandbox.terms import Limits, Ran, SandboxUnavailable

__all__ = ["Limits", "Ran", "SandboxUnavailable", "describe", "run_program"]
