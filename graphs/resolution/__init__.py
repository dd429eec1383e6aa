"""Which names mean the same thing."""

from graphs.resolution.records import By, Decision, Embed, Judge, Mention, Pair

__all__ = ["By", "Decision", "Embed", "Judge", "Mention", "Pair"]
