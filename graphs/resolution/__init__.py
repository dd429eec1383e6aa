"""Which names mean the same thing: mentions are resolved to the entities of a store, or are new."""

from graphs.resolution.index import NameIndex
from graphs.resolution.records import By, Decision, Duplicate, Embed, Judge, Mention, Pair
from graphs.resolution.resolver import EmptyName, Resolver
from graphs.resolution.settling import settle

__all__ = [
    "By", "Decision", "Duplicate", "Embed", "EmptyName", "Judge", "Mention", "NameIndex", "Pair", "Resolver", "settle",
]  # fmt: skip
