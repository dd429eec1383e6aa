"""A knowledge graph on disk: entities, relations, evidence, and the log of everything that was done to them."""

from graphs.store.errors import NotInStore, StoreError, StoreLocked
from graphs.store.records import Document, Entity, Event, Evidence, Merge, Quarantined, Relation, StepRecord
from graphs.store.step import Step
from graphs.store.store import Store

__all__ = [
    "Document", "Entity", "Event", "Evidence", "Merge", "NotInStore", "Quarantined", "Relation", "Step", "StepRecord",
    "Store", "StoreError", "StoreLocked",
]  # fmt: skip
