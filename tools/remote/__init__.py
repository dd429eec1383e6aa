"""Tools on graphs that stay on an engine (Spark, a server that speaks Bolt), with what can be checked there."""

from tools.remote.registry import all_remote, run

__all__ = ["all_remote", "run"]
