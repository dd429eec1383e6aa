"""What questions with two alternatives mean: "is the graph a tree or a forest?", "is 1 or 2 more connected?"."""

from __future__ import annotations

from typing import Any

from agents.composing.asked import Asked
from agents.composing.figures import Figures
from agents.composing.terms import Compared, Either, Figure, Named, Parity, Set, Size, Truly
from agents.composing.world import Unread, call, everything


class Alternatives(Figures):
    """The methods of the rules for alternatives."""

    def _whether(self, name: str, tool: str, *, holds: bool = True, undirected: bool = True) -> tuple[str, Truly]:
        if undirected:
            self.world.undirected()
        return name, Truly(call(tool), holds)

    def is_connected(self) -> tuple[str, Truly]:
        return self._whether("connected", "is_connected")

    def is_disconnected(self) -> tuple[str, Truly]:
        return self._whether("disconnected", "is_connected", holds=False)

    def is_tree(self) -> tuple[str, Truly]:
        return self._whether("tree", "is_tree")

    def is_forest(self) -> tuple[str, Truly]:
        return self._whether("forest", "is_forest")

    def is_cyclic(self) -> tuple[str, Truly]:
        return self._whether("cyclic", "is_acyclic", holds=False, undirected=False)

    def is_acyclic(self) -> tuple[str, Truly]:
        return self._whether("acyclic", "is_acyclic", undirected=False)

    def is_directed(self) -> tuple[str, Truly]:
        return self._whether("directed", "is_directed", undirected=False)

    def is_undirected(self) -> tuple[str, Truly]:
        return self._whether("undirected", "is_directed", holds=False, undirected=False)

    def is_weighted(self) -> tuple[str, Truly]:
        return self._whether("weighted", "is_weighted", undirected=False)

    def is_unweighted(self) -> tuple[str, Truly]:
        return self._whether("unweighted", "is_weighted", holds=False, undirected=False)

    def which_property(self, one: tuple[str, Truly], other: tuple[str, Truly]) -> Asked:
        names = {one[0], other[0]}
        if names == {"tree", "forest"} and one[0] == "forest":
            one, other = other, one  # a tree is a forest as well, and the narrower word says more
        opposite = one[1].leaf == other[1].leaf and one[1].holds != other[1].holds
        if not opposite and names != {"tree", "forest"}:
            raise Unread("both may be true")
        return Asked(Either((one, other)))

    def more_connected(self, one: Any, other: Any) -> Asked:
        self.world.undirected()
        return self.more_of_two(one, other, "total")

    def more_of_two(self, one: Any, other: Any, degree: str) -> Asked:
        return Asked(self.by_degree(Named((one, other)), degree, None, highest=True), one=True)

    def less_of_two(self, one: Any, other: Any, degree: str) -> Asked:
        return Asked(self.by_degree(Named((one, other)), degree, None, highest=False), one=True)

    def nearer_to_which(self, node: Any, one: Any, other: Any) -> Asked:
        self.world.undirected()
        return Asked(self.by_distance(Named((one, other)), node, None, highest=False), one=True)

    def farther_from_which(self, node: Any, one: Any, other: Any) -> Asked:
        self.world.undirected()
        return Asked(self.by_distance(Named((one, other)), node, None, highest=True), one=True)

    def which_parity(self, figure: Figure, one: bool, other: bool) -> Asked:
        if one == other:
            raise Unread("twice the same")
        return Asked(Either((("odd", Parity(True, figure)), ("even", Parity(False, figure)))))

    def more_of_which(self, one: Set, other: Set) -> Asked:
        if one == other:
            raise Unread("twice the same")
        named = ["nodes" if each == everything() else "edges" for each in (one, other)]
        more = Compared(">", Size(one), Size(other))
        less = Compared("<", Size(one), Size(other))
        return Asked(Either(((named[0], more), (named[1], less)), "as many of the one as of the other"))
