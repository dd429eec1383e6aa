"""What words for those above and below mean: a boss, a child, the top, levels, the lowest manager of two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx

from agents.composing.asked import Asked
from agents.composing.node_sets import NodeSets
from agents.composing.terms import Agreed, Beside, Extreme, Found, Joined, Named, Set, Size
from agents.composing.world import Unread, call, less

DIRECT_OR_ALL = "whether only the direct ones are meant or all of them"


class Kinship(NodeSets):
    """The methods of the rules for hierarchies."""

    def _up(self) -> bool:
        """Whether the edges point to those above.

        Raises:
            Unread: the text does not say who is above whom.
        """
        if self.world.above not in ("source", "target"):
            raise Unread("who is above whom")
        return self.world.above == "target"

    def superior(self) -> str:
        return "superior"

    def superiors(self) -> str:
        return "superiors"

    def child(self) -> str:
        return "child"

    def subordinate(self) -> str:
        return "subordinate"

    def up_degree(self) -> str:
        return "out" if self._up() else "in"

    def down_degree(self) -> str:
        return "in" if self._up() else "out"

    def open_degree(self) -> str:
        raise Unread(DIRECT_OR_ALL)

    def children_of(self) -> Callable[[Any], Set]:
        return lambda node: self.kin_of(node, "child")

    def kin_of(self, node: Any, kin: str) -> Set:
        if kin in ("superiors", "subordinate"):
            return Agreed(self._direct(node, kin), self._all(node, kin), DIRECT_OR_ALL)
        return self._direct(node, kin)

    def of_kin(self, kin: str, node: Any) -> Set:
        return self.kin_of(node, kin)

    def kin_of_kin(self, of: Set, kin: str) -> Set:
        if kin in ("superiors", "subordinate") or not isinstance(of, (Found, Beside)):
            raise Unread(DIRECT_OR_ALL)
        return Beside(Found(call("list_edges")), of, "from" if self._along(kin) else "to")

    def of_kin_kin(self, kin: str, of: Set) -> Set:
        return self.kin_of_kin(of, kin)

    def grandparent(self, node: Any) -> Set:
        return self.kin_of_kin(self.kin_of(node, "superior"), "superior")

    def grandchild(self, node: Any) -> Set:
        return self.kin_of_kin(self.kin_of(node, "child"), "child")

    def sibling(self, node: Any) -> Set:
        return less(self.kin_of_kin(self.kin_of(node, "superior"), "child"), Named((node,)))

    def _along(self, kin: str) -> bool:
        """Whether the edges point from a node to its kin."""
        return self._up() == kin.startswith("superior")

    def _direct(self, node: Any, kin: str) -> Set:
        return Found(call("successors" if self._along(kin) else "predecessors", node=node))

    def _all(self, node: Any, kin: str) -> Set:
        return Found(call("descendants" if self._along(kin) else "ancestors", node=node))

    def kin_listed(self, things: Set) -> Asked:
        return Asked(things, one=True)

    def all_kin_listed(self, node: Any, kin: str) -> Asked:
        return Asked(self._all(node, kin) if kin in ("superiors", "subordinate") else self._direct(node, kin))

    def all_of_kin_listed(self, kin: str, node: Any) -> Asked:
        return self.all_kin_listed(node, kin)

    def all_kin_counted(self, node: Any) -> Asked:
        return Asked(Size(self._all(node, "subordinate")))

    # ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────
    def top(self) -> Set:
        return self._ends("sink_nodes" if self._up() else "source_nodes")

    def bottom(self) -> Set:
        return self._ends("source_nodes" if self._up() else "sink_nodes")

    def top_listed(self) -> Asked:
        return Asked(self.top(), one=True)

    def bottom_listed(self) -> Asked:
        return Asked(self.bottom(), one=True)

    def _forest(self) -> None:
        """Leave a question unread where somebody has two above, or is above oneself.

        Raises:
            Unread: so it is.
        """
        body = self.world.graph.nx
        above = body.out_degree() if self._up() else body.in_degree()
        if self.world.multi or any(count > 1 for _, count in above) or not nx.is_directed_acyclic_graph(body):
            raise Unread("which of several lines of those above is meant")

    def levels(self) -> Asked:
        self._forest()
        return Asked(Size(Found(call("dag_layers"))))

    def lowest_superior(self, one: Any, other: Any) -> Asked:
        self._forest()
        body = self.world.graph.nx
        if nx.has_path(body, one, other) or nx.has_path(body, other, one):
            raise Unread("whether one of the two may be meant")
        common = Joined("and", self._all(one, "superior"), self._all(other, "superior"))
        if self._up():
            return Asked(Extreme(common, self.distances(one, "hop"), highest=False), one=True)
        return Asked(Found(call("lowest_common_ancestor", u=one, v=other)), one=True)
