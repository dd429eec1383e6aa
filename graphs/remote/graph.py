"""`RemoteGraph`: the graph handle on an engine; what is asked of it is asked there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from graphs.errors import NodeNotFound, TooLarge
from graphs.graph import Edge, Graph, Node, Provenance

if TYPE_CHECKING:
    from graphs.remote.engine import Engine, Sizes

CAN = (
    "numbers of nodes and edges, degrees, neighbours, paths and distances, components, PageRank, triangles, "
    "transitivity, label propagation"
)


class RemoteGraph(Graph):
    """A handle on a graph that an engine holds. It has no body here: `nx` and all that lists edges is refused."""

    __slots__ = ("_known", "_sizes", "engine")
    remote = True

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sizes: Sizes | None = None
        self._known: dict[str, Node | None] = {}
        self.name, self.origin = engine.name, engine.name
        self.assumptions = engine.notes
        self.names = dict(engine.names)
        self._by_text = self._fingerprint = self._attributes = None
        self._prose = []

    @property
    def sizes(self) -> Sizes:
        if self._sizes is None:
            self._sizes = self.engine.sizes()
        return self._sizes

    @property
    def nx(self) -> Any:  # type: ignore[override]
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TooLarge(f"the graph stays on {self.engine.title} and is not brought over for this; there it does: {CAN}")

    @property
    def directed(self) -> bool:
        return self.engine.directed

    @property
    def multi(self) -> bool:
        return self.sizes.multi

    @property
    def sides(self) -> None:
        return None

    @property
    def num_nodes(self) -> int:
        return self.sizes.nodes

    @property
    def num_edges(self) -> int:
        return self.sizes.edges

    @property
    def nodes(self) -> list[Node]:
        self._refuse()

    def edges(self) -> Iterator[Edge]:
        self._refuse()

    def __iter__(self) -> Iterator[Node]:
        self._refuse()

    def __contains__(self, node: object) -> bool:
        return self.find(node) is not None

    def has_edge(self, source: Node, target: Node) -> bool:
        return self.engine.between(source, target) > 0

    def _attribute_names(self) -> dict[str, None]:
        return dict.fromkeys(self.engine.columns)

    def node_attribute_names(self) -> list[str]:
        return []

    def provenance(self, source: Node, target: Node, key: int | str = 0) -> Provenance | None:
        return None

    # -- nodes by what a user writes

    def look_up(self, labels: Sequence[str]) -> dict[str, Node]:
        """Those of the texts that are labels, each asked for once."""
        asked = list(dict.fromkeys(text for text in labels if text not in self._known))
        if asked:
            if len(self._known) > 100_000:
                self._known.clear()
            found = self.engine.known(asked)
            self._known.update((text, found.get(text)) for text in asked)
        return {text: node for text in labels if (node := self._known.get(text)) is not None}

    def find(self, label: object) -> Node | None:
        """The node with exactly this label, or this text."""
        if isinstance(label, float) and label.is_integer():
            label = int(label)
        if not isinstance(label, (str, int)) or isinstance(label, bool):
            return None
        text = str(label).strip()
        return self.look_up([text]).get(text)

    def node(self, label: object) -> Node:
        found = self.find(label)
        if found is None:
            raise self.missing(str(label))
        return found

    def missing(self, label: object) -> NodeNotFound:
        return NodeNotFound(str(label), None)

    # -- there and back

    def derive(self, body: Any, *, note: str = "") -> Graph:
        self._refuse()

    def to_json(self) -> dict[str, Any]:
        self._refuse()

    def prose_attributes(self) -> list[str]:
        return []

    def fingerprint(self) -> str:
        """Of the address and the sizes: the edges are not looked at."""
        if self._fingerprint is None:
            said = f"{self.engine.title}\0{self.engine.name}\0{self.directed}\0{self.sizes}"
            self._fingerprint = hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
        return self._fingerprint

    def summary(self) -> str:
        return f"{super().summary()}, on {self.engine.title}"
