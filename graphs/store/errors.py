"""What can go wrong with a store, and can be put right by the caller."""

from __future__ import annotations

from graphs.errors import StorageError


class StoreError(StorageError):
    """A store cannot be opened, or was asked for what it cannot do. Root of this folder's errors."""


class StoreLocked(StoreError):
    """Another process, or another `Store` of this one, has the store open for writing."""


class NotInStore(StoreError):
    """An entity, relation, document, step or event that was asked for is not there."""

    def __init__(self, what: str, number: object, hint: str = "") -> None:
        self.what, self.number = what, number
        super().__init__(f"the store has no {what} {number!r}" + (f"; {hint}" if hint else ""))
