"""What sets of nodes mean, their negations, and relations to other nodes: whom a node touches, whom it reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Literal

from agents.composing.degrees import Degrees
from agents.composing.terms import (
    Agreed,
    Beside,
    Extreme,
    Found,
    Joined,
    Named,
    Set,
    leaves,
)
from agents.composing.world import Partners, Unread, World, call, everything, less
from agents.wording import one_line

ADJACENT = frozenset(("neighbors", "successors", "predecessors"))
ABOUT_A_NODE = ADJACENT | frozenset(("reachable_nodes", "descendants", "ancestors"))


def selves(things: Set) -> Iterator[Any]:
    """The nodes whose relations to others make up a set, and that do not belong to it nor to its opposite."""
    if isinstance(things, Beside):  # whom the nodes of a set touch may be any node
        return
    for part in (things.left, things.right) if isinstance(things, Joined) else ():
        yield from selves(part)
    for leaf in () if isinstance(things, Joined) else leaves(things):
        arguments = dict(leaf.arguments)
        if leaf.tool in ABOUT_A_NODE:
            yield arguments["node"]
        elif leaf.tool == "single_source_distances":
            yield arguments["source"]


def touched(things: Set, tools: frozenset[str] = ADJACENT) -> tuple[Any, ...]:
    """The nodes that a set speaks of by their neighbours: "not adjacent to Ⓝ" may take Ⓝ in or leave it out."""
    parts = (things.left, things.right) if isinstance(things, Joined) else ()
    own = [node for part in parts for node in touched(part, tools)]
    if isinstance(things, Found) and things.leaf.tool in tools:
        own.append(dict(things.leaf.arguments)["node"])
    return tuple(dict.fromkeys(own))


class Relations(Degrees):
    """The methods of the rules for sets of nodes and their relations."""

    world: World
    loose: set[Set]  # sets whose negation may mean two things
    wide: dict[Set, Set]  # negations that leave out the nodes they speak of, and what they are with these

    def all_nodes(self) -> Set:
        return everything()

    def restricted(self, noun: Set, *rels: Set) -> Set:
        for rel in rels:
            if noun == everything():
                noun = rel
            elif isinstance(rel, Extreme) and rel.of == everything():
                noun = replace(rel, of=noun)  # the highest of these
            else:
                noun = self.both(noun, rel)
        return noun

    def negation(self, things: Set) -> Set:
        if things in self.loose:
            raise Unread("how far the negation reaches")
        own = tuple(dict.fromkeys(selves(things)))
        if not own:
            return less(everything(), things)
        strict = less(less(everything(), Named(own)), things)
        open_ = touched(things, ABOUT_A_NODE)
        if len(own) > 1 and isinstance(things, Joined) and things.how == "and":
            return Agreed(strict, less(everything(), things), self.whether_it_counts(own))
        if not open_:
            return strict
        shut = tuple(node for node in own if node not in open_)
        wide = less(less(everything(), Named(shut)) if shut else everything(), things)
        if len(open_) > 1:
            return Agreed(strict, wide, self.whether_it_counts(open_))
        self.wide[strict] = wide
        return strict

    def both(self, one: Set, other: Set) -> Set:
        """What is in both sets; whether a node that a negation speaks of counts must not matter."""
        strict, wide = Joined("and", one, other), Joined("and", self.wide.get(one, one), self.wide.get(other, other))
        if strict == wide:
            return strict
        spoken_of = [
            node for each in (one, other) if each in self.wide for node in touched(self.wide[each], ABOUT_A_NODE)
        ]
        return Agreed(strict, wide, self.whether_it_counts(tuple(dict.fromkeys(spoken_of))))

    def either(self, one: Set, other: Set) -> Set:
        if one in self.wide or other in self.wide:
            raise Unread("whether the node itself counts")
        return Joined("or", one, other)

    def but_not(self, one: Set, other: Set) -> Set:
        return self.both(one, self.negation(other))

    def neither_of(self, one: Set, other: Set) -> Set:
        return self.negation(Joined("or", one, other))

    def neither_adjacent(self, one: Any, other: Any) -> Set:
        return self.adjacent(self.neither(one, other))

    def whether_it_counts(self, nodes: tuple[Any, ...]) -> str:
        """What is open where a negation speaks of nodes."""
        return f"whether {' and '.join(map(one_line, nodes))} may be meant as well"

    def other_than(self, members: tuple[Any, ...]) -> Set:
        return less(everything(), Named(members))

    def members(self, *nodes: Any) -> tuple[Any, ...]:
        return nodes

    def common_neighbours(self, one: Any, other: Any) -> Set:
        self.world.undirected()
        return Found(call("common_neighbors", u=one, v=other))

    # ── whom it touches ─────────────────────────────────────────────────────────────────────────────────────────────
    def one(self, node: Any) -> Partners:
        return Partners("one", (node,))

    def two(self, one: Any, other: Any) -> Partners:
        return Partners("both", (one, other))

    def two_loosely(self, one: Any, other: Any) -> Partners:
        return Partners("both", (one, other), loose=True)

    def one_of_two(self, one: Any, other: Any) -> Partners:
        return Partners("either", (one, other))

    def neither(self, one: Any, other: Any) -> Partners:
        return Partners("neither", (one, other))

    def first_only(self, one: Any, other: Any) -> Partners:
        return Partners("first only", (one, other))

    def everyone(self) -> Partners:
        return Partners("every")

    def someone(self) -> Partners:
        return Partners("some")

    def a_certain_one(self) -> Partners:
        return Partners("some", loose=True)

    def noone(self) -> Partners:
        return Partners("no")

    def _related(self, to: Any, relation: Callable[[Any], Set]) -> Set:
        if not isinstance(to, Partners):
            return relation(to)
        if not to.nodes:
            raise Unread("what reaches everything, or nothing, takes a call for each node")
        sets = [relation(node) for node in to.nodes]
        if to.how == "one":
            return sets[0]
        if to.how == "first only":
            return self.but_not(sets[0], sets[1])
        either = Joined("or" if to.how != "both" else "and", sets[0], sets[1])
        return self.negation(either) if to.how == "neither" else self._marked(to, either)

    def _marked(self, to: Any, things: Set) -> Set:
        """The set, marked where a negation of it may mean two things: "not adjacent to 1 and 2"."""
        if isinstance(to, Partners) and to.loose:
            self.loose.add(things)
        return things

    def neighbours(self, node: Any) -> Set:
        self.world.undirected()
        self.world.loopless()
        return Found(call("neighbors", node=node))

    def adjacent(self, to: Any) -> Set:
        if isinstance(to, Partners) and to.among is not None:
            self.world.undirected()
            return self._beside_some(to, "either")
        if isinstance(to, Partners) and not to.nodes:
            return self._marked(to, self.degree_beside(to.how, self.of_neighbours()))
        return self._related(to, self.neighbours)

    def _beside_some(self, to: Partners, how: Literal["to", "from", "either"]) -> Set:
        assert to.among is not None
        return self._marked(to, self._beside_set(to.among, how))

    def _beside_set(self, of: Set, how: Literal["to", "from", "either"]) -> Set:
        """Those who touch one of a set; in "who knows someone who knows Ann?" Ann may count or not."""
        self.world.simple()
        beside, own = Beside(Found(call("list_edges")), of, how), touched(of)
        return Agreed(beside, less(beside, Named(own)), self.whether_it_counts(own)) if own else beside

    def not_adjacent(self, node: Any) -> Set:
        return self.negation(self.neighbours(node))

    def successors(self, node: Any) -> Set:
        return Found(call("successors", node=node)) if self.world.directed else self.neighbours(node)

    def predecessors(self, node: Any) -> Set:
        return Found(call("predecessors", node=node)) if self.world.directed else self.neighbours(node)

    def points_to(self, to: Any) -> Set:
        if isinstance(to, Partners) and to.among is not None:
            return self._beside_some(to, "to" if self.world.directed else "either")
        if isinstance(to, Partners) and not to.nodes:
            return self._marked(to, self.degree_beside(to.how, "out" if self.world.directed else "total"))
        return self._related(to, self.predecessors)

    def pointed_at(self, by: Any) -> Set:
        if isinstance(by, Partners) and by.how in ("every", "some", "no"):
            return self._marked(by, self.degree_beside(by.how, "in" if self.world.directed else "total"))
        if isinstance(by, Partners) and by.among is not None:
            return self._beside_some(by, "from" if self.world.directed else "either")
        return self._related(by, self.successors)

    def pointed_by_some(self) -> Set:
        return self.degree_beside("some", "in" if self.world.directed else "total")

    def pointed_most(self, highest: bool) -> Set:
        if not self.world.directed:
            raise Unread("edges without a direction point to nobody")
        self.world.simple()
        return self.degree_extreme(None, highest, "in")

    def points_to_most(self, highest: bool) -> Set:
        if not self.world.directed:
            raise Unread("edges without a direction point to nobody")
        self.world.simple()
        return self.degree_extreme(None, highest, "out")

    def some_of(self, *rels: Set) -> Partners:
        return Partners("among", (), self.restricted(everything(), *rels))

    def certain_of(self, *rels: Set) -> Partners:
        return replace(self.some_of(*rels), loose=True)

    def has_neighbour(self, *rels: Set) -> Set:
        self.world.undirected()
        return self._beside_set(self.restricted(everything(), *rels), "either")

    def not_points_to(self, node: Any) -> Set:
        return self.negation(self.predecessors(node))

    def not_successors(self, node: Any) -> Set:
        return self.negation(self.successors(node))
