"""The graph store: graphs by handle, so that agents, memories and models never carry edges."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from weakref import WeakValueDictionary

from agents.settings import data_folder
from graphs.errors import ParseError
from graphs.graph import Graph

KEPT_IN_MEMORY = 16
_LARGE = 10_000_000  # characters from which on speed counts for more than space


class GraphStore:
    """Graphs kept as files under `folder`, the last few in memory. A handle is the graph's fingerprint.

    Graphs of arrays are not written: the last one is kept, and others as long as somebody else holds them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._recent: OrderedDict[str, Graph] = OrderedDict()
        self._held: WeakValueDictionary[str, Graph] = WeakValueDictionary()
        self._lock = threading.Lock()

    def put(self, graph: Graph) -> str:
        """Keep `graph`; returns its handle. Equal graphs share one."""
        handle = graph.fingerprint()
        path = self._path(handle)
        if (
            not graph.compact and not graph.remote and not path.exists()
        ):  # outside the lock: it takes seconds, and others must not wait
            self.folder.mkdir(parents=True, exist_ok=True)
            data = json.dumps(graph.to_json(), default=str).encode()
            partial = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
            partial.write_bytes(gzip.compress(data, compresslevel=5 if len(data) < _LARGE else 1))
            partial.replace(path)
        with self._lock:
            if graph.compact:
                for other in [key for key, kept in self._recent.items() if kept.compact]:
                    del self._recent[other]
                self._held[handle] = graph
            self._keep(handle, graph)
        return handle

    def get(self, handle: str) -> Graph:
        """The graph behind `handle`.

        Raises:
            ParseError: there is none, or its file is damaged.
        """
        with self._lock:
            if handle in self._recent:
                return self._recent[handle]
            if (held := self._held.get(handle)) is not None:
                return held
            try:
                graph = Graph.from_json(json.loads(gzip.decompress(self._path(handle).read_bytes())))
            except (OSError, ValueError, EOFError) as error:
                raise ParseError(
                    f"the graph {handle!r} of this conversation cannot be read ({error}); give it again"
                ) from error
            self._keep(handle, graph)
            return graph

    def _path(self, handle: str) -> Path:
        if not handle.isalnum():
            raise ParseError(f"{handle!r} is not a graph handle")
        return self.folder / f"{handle}.json.gz"

    def _keep(self, handle: str, graph: Graph) -> None:
        self._recent[handle] = graph
        self._recent.move_to_end(handle)
        while len(self._recent) > KEPT_IN_MEMORY:
            self._recent.popitem(last=False)


@lru_cache(maxsize=4)
def _store(folder: Path) -> GraphStore:
    return GraphStore(folder)


def store() -> GraphStore:
    """The store under the user's data folder."""
    return _store(data_folder() / "graphs")
