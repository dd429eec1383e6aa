"""A store as a graph handle: queries read its columns, graph tools its networkx body, each made when first used."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

import networkx as nx

from graphs.graph import Graph
from graphs.store.connection import FILE
from graphs.store.facts import Facts
from graphs.store.records import Status
from graphs.store.store import Store
from graphs.store.view import labels

STATUSES: tuple[Status, ...] = ("grounded", "hypothesis")  # what holds; retired relations do not
KEPT = 4  # folders whose handles are kept for the next question
_NO_BODY = nx.MultiDiGraph()


class KnowledgeGraph(Graph):
    """A knowledge graph as it stood when the handle was made; nodes are entities by label, edges relations by id."""

    __slots__ = ("_body", "_facts", "_lock", "_memo", "store")

    def __init__(self, store: Store, *, name: str = "knowledge graph") -> None:
        self._body: nx.MultiDiGraph | None = None
        self._facts: Facts | None = None
        self._memo: dict[str, Any] = {}
        self._lock = threading.RLock()
        self.store = store
        super().__init__(_NO_BODY, name=name)

    @property
    def nx(self) -> Any:  # type: ignore[override]
        with self._lock:
            if self._body is None:
                self._body = self.store.to_graph(STATUSES).nx
            return self._body

    @nx.setter
    def nx(self, body: Any) -> None:
        self._body = None if body is _NO_BODY else body

    @property
    def facts(self) -> Facts:
        """The entities and the relations that hold, as columns."""
        with self._lock:
            if self._facts is None:
                self._facts = read_facts(self.store)
            return self._facts

    @property
    def directed(self) -> bool:
        return True

    @property
    def multi(self) -> bool:
        return True

    @property
    def num_nodes(self) -> int:
        return self.facts.num_entities

    @property
    def num_edges(self) -> int:
        return self.facts.num_relations

    def summary(self) -> str:
        """One line for people and prompts, without making the networkx body."""
        entities, relations = self.num_nodes, self.num_edges
        ending = "y" if entities == 1 else "ies"
        return f"a knowledge graph with {entities} entit{ending} and {relations} relation{'s' * (relations != 1)}"

    def memo(self, name: str, make: Any) -> Any:
        """What `make` gives, made once for this handle."""
        with self._lock:
            if name not in self._memo:
                self._memo[name] = make()
            return self._memo[name]

    def as_of(self, step: int) -> KnowledgeGraph:
        """The graph as it was after a step.

        Raises:
            NotInStore: there was no such step.
        """
        found: KnowledgeGraph = self.memo(f"as of {step}", lambda: KnowledgeGraph(self.store.as_of(step)))
        return found


def read_facts(store: Store) -> Facts:
    """The columns of a store."""
    base = store.base
    named = labels(base)
    marks = ", ".join("?" * len(STATUSES))
    kinds = dict(base.execute("SELECT id, type FROM entities"))
    relations = base.execute(
        f"SELECT id, source, verb, target FROM relations WHERE status IN ({marks}) ORDER BY id", STATUSES
    )
    return Facts.of([(number, label, kinds[number]) for number, label in named.items()], relations)


_of_folders: OrderedDict[Path, tuple[tuple[int, int], KnowledgeGraph]] = OrderedDict()
_guard = threading.Lock()


def knowledge_graph(source: Store | str | Path) -> KnowledgeGraph:
    """The handle of a store, or of the store in a folder; the same one until something is committed there.

    A folder is read through a connection of its own, beside its writer: a step that is open is not seen.

    Raises:
        StoreError: the folder holds no store, or it cannot be read.
    """
    if isinstance(source, Store):
        if source.folder is None:
            return KnowledgeGraph(source)
        source = source.folder
    folder = Path(source).expanduser().resolve()
    with _guard:
        known = _of_folders.pop(folder, None)
        if known is None or not is_store(folder) or known[0] != _state(known[1].store):
            store = Store.open(folder, create=False, readonly=True)
            known = (_state(store), KnowledgeGraph(store, name=folder.name))
        _of_folders[folder] = known
        while len(_of_folders) > KEPT:
            _of_folders.popitem(last=False)
        return known[1]


def is_store(folder: Path) -> bool:
    """Whether a folder holds a store."""
    return (folder / FILE).is_file()


def _state(store: Store) -> tuple[int, int]:
    """What changes with every step and with another file in the same place."""
    last = int(store.base.execute("SELECT coalesce(max(number), 0) FROM events").fetchone()[0])
    assert store.folder is not None
    return last, (store.folder / FILE).stat().st_ino
