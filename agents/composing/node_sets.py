"""What phrases for nodes mean: whom a node touches, where it lies, what degree it has."""

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
    Inside,
    Joined,
    Leaf,
    Named,
    Number,
    RankedGroup,
    Set,
    Sized,
    leaves,
)
from agents.composing.world import Amount, Partners, Unread, World, call, everything, figures_meet, less
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


class NodeSets(Degrees):
    """The methods of the rules for nodes."""

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

    def reaches_it(self, node: Any) -> Set:
        return self._reaching(node)

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

    # ── what it reaches ─────────────────────────────────────────────────────────────────────────────────────────────
    def _reached(self, node: Any) -> Set:
        return Found(call("descendants" if self.world.directed else "reachable_nodes", node=node))

    def _reaching(self, node: Any) -> Set:
        return Found(call("ancestors" if self.world.directed else "reachable_nodes", node=node))

    def reached_from(self, to: Any) -> Set:
        return self._related(to, self._reached)

    def reaches(self, to: Any) -> Set:
        return self._related(to, self._reaching)

    def reached_within(self, node: Any, amount: Amount, measure: str | None) -> Set:
        return self.at_distance(self._at_most(amount), measure, node)

    def reaches_within(self, node: Any, amount: Amount, measure: str | None) -> Set:
        self.world.undirected()
        return self.at_distance(self._at_most(amount), measure, node)

    def _at_most(self, amount: Amount) -> Amount:
        if amount.bounds[0][0] not in ("<", "<=") and len(amount.bounds) == 1:
            raise Unread("in exactly so much, or in less as well")
        return amount

    def not_reached_from(self, node: Any) -> Set:
        return self.negation(self._reached(node))

    def not_reaches(self, node: Any) -> Set:
        return self.negation(self._reaching(node))

    def reaches_all(self) -> Set:
        raise Unread("there is no tool for the nodes that reach all others")

    # ── where it lies ───────────────────────────────────────────────────────────────────────────────────────────────
    def isolated(self) -> Set:
        self.world.loopless()
        return Found(call("isolated_nodes"))

    def leaves(self) -> Set:
        self.world.simple()
        return Found(call("leaves"))

    def cut_nodes(self) -> Set:
        self.world.undirected()
        return Found(call("articulation_points"))

    def sources(self) -> Set:
        return self._ends("source_nodes")

    def sinks(self) -> Set:
        return self._ends("sink_nodes")

    def _ends(self, tool: str) -> Set:
        if not self.world.directed:
            raise Unread("an undirected graph has no sources and sinks")
        return Found(call(tool))

    def on_cycle(self) -> Set:
        if self.world.multi or self.world.loops:
            raise Unread("loops and parallel edges are cycles or not")
        if self.world.directed:
            return Inside(Sized(Found(call("strongly_connected_components")), ">=", Number(2)))
        return Inside(less(Found(call("list_edges"), True), Found(call("bridges"), True)))

    def off_cycles(self) -> Set:
        return self.negation(self.on_cycle())

    def on_triangle(self) -> Set:
        self.world.undirected()
        return Inside(Found(call("list_triangles")))

    def off_triangles(self) -> Set:
        return self.negation(self.on_triangle())

    def in_component(self, rank: int | None, highest: bool) -> Set:
        self.world.undirected()
        return RankedGroup(Found(call("connected_components")), highest, rank or 1)

    def with_node(self, node: Any) -> Set:
        self.world.undirected()
        return Found(call("component_of", node=node))

    def distances(self, node: Any, measure: str | None) -> Leaf:
        return Leaf("single_source_distances", (("source", node), *self.world.weight(measure)))

    def _at(self, node: Any, amount: Amount, measure: str | None) -> Set:
        return figures_meet(less(everything(), Named((node,))), self.distances(node, measure), amount)

    def within(self, number: Number, measure: str | None, node: Any) -> Set:
        return self._at(node, Amount("and", (("<=", number),)), measure)

    def at_distance(self, amount: Amount, measure: str | None, node: Any) -> Set:
        return self._at(node, amount, measure)

    def at_distance_plain(self, amount: Amount, node: Any) -> Set:
        return self._at(node, amount, None)

    def farther(self, number: Number, measure: str | None, node: Any) -> Set:
        return self._at(node, Amount("and", ((">", number),)), measure)

    def within_to(self, number: Number, measure: str | None, node: Any) -> Set:
        self.world.undirected()
        return self.within(number, measure, node)

    def at_distance_to(self, amount: Amount, node: Any) -> Set:
        self.world.undirected()
        return self.at_distance_plain(amount, node)

    def closer_to(self, number: Number, measure: str | None, node: Any) -> Set:
        self.world.undirected()
        return self.closer(number, measure, node)

    def closer(self, number: Number, measure: str | None, node: Any) -> Set:
        return self._at(node, Amount("and", (("<", number),)), measure)

    def by_distance(self, things: Set, node: Any, rank: int | None, *, highest: bool) -> Set:
        return Extreme(things, self.distances(node, None), highest, rank or 1)
