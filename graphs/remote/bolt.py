"""A graph on a server that speaks Bolt: counts, neighbours, ways and triangles by Cypher; the rest is brought over."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from graphs.errors import BadArgument, MissingAttribute, TooLarge, WrongKind
from graphs.remote.address import Address
from graphs.remote.engine import FETCHED, Direction, NotThere, Parts, Ranks, Sizes, Way
from graphs.store.exchange.cypher_text import name as quoted
from graphs.store.exchange.neo4j import connect, refusing

if TYPE_CHECKING:
    from graphs.compact.graph import CompactGraph
    from graphs.graph import Node

KEYS = ("name", "id", "title", "label", "key")  # properties that name a node, the first that fits
SAMPLE = 1_000
AT_ONCE = 10_000  # nodes that one query is asked about
BROUGHT = 5_000_000  # edges that are brought over at most


def open_server(address: Address, password: str) -> BoltEngine:
    """The engine on the database that `address` names.

    Raises:
        GraphError: the extra is missing, nobody answers, or user and password are refused.
        BadArgument: no property names the nodes, or the one that was given does not.
    """
    driver = connect(address.where, address.user or "neo4j", password)
    try:
        return BoltEngine(driver, address)
    except BaseException:
        driver.close()
        raise


class BoltEngine:
    """See `graphs.remote.engine.Engine`. Nodes are named by one property; relationships are edges from start to end."""

    kind = "bolt"

    def __init__(self, driver: Any, address: Address) -> None:
        self.driver, self.database = driver, address.what or None
        given = address.options
        self._label = f":{quoted(given['label'])}" if given.get("label") else ""
        self._type = f":{quoted(given['relation'])}" if given.get("relation") else ""
        self.name = address.what or "the server's database"
        self.title = f"the server at {address.where}"
        self.directed = address.truth("directed") is not False
        self.key = self._key_of(given.get("key"))
        self.names: Mapping[str, str] = {"weight": given["weight"]} if given.get("weight") else {}
        self.columns = self._columns_of()
        self._local: CompactGraph | None = None
        weakref.finalize(self, driver.close)
        notes = [] if given.get("key") else [f"took the property {self.key!r} as the name of a node"]
        if address.truth("directed") is None:
            notes.append("took relationships as directed, from start to end; pass directed=no if it does not count")
        self.notes = tuple(notes)

    # -- queries

    def _run(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        with refusing(), self.driver.session(database=self.database) as session:
            return [dict(record) for record in session.run(query, parameters)]

    def _one(self, query: str, **parameters: Any) -> dict[str, Any]:
        return self._run(query, **parameters)[0]

    def _node(self, name: str, value: str = "") -> str:
        """The pattern of a node; `value`: of its key."""
        about = f" {{{quoted(self.key)}: {value}}}" if value else ""
        return f"({name}{self._label}{about})"

    def _of(self, name: str) -> str:
        return f"{name}.{quoted(self.key)}"

    def _step(self, name: str = "", direction: Direction | None = None) -> str:
        """The pattern of a relationship, along the edges' directions where they count."""
        way = direction or ("out" if self.directed else "total")
        return f"{'<' if way == 'in' else ''}-[{name}{self._type}]-{'>' if way == 'out' else ''}"

    def _key_of(self, given: str | None) -> str:
        label = f"(n{self._label})"
        if given is None:
            there: dict[str, None] = {}
            for row in self._run(f"MATCH {label} RETURN keys(n) AS names LIMIT {SAMPLE}"):
                there.update(dict.fromkeys(row["names"]))
            if not there:
                raise WrongKind(f"{self.title} has no node{' of this label' if self._label else ''} with a property")
            tried = [key for key in KEYS if key in there] + [key for key in there if key not in KEYS][:5]
        else:
            tried = [given]
        for key in tried:
            of = f"n.{quoted(key)}"
            row = self._one(f"MATCH {label} RETURN count(n) AS n, count({of}) AS k, count(DISTINCT {of}) AS d")
            some = self._run(f"MATCH {label} RETURN {of} AS x LIMIT {SAMPLE}")
            kinds = {type(cell["x"]) for cell in some}
            if row["n"] == row["k"] == row["d"] and kinds in ({int}, {str}):
                return key
        raise BadArgument(
            f"none of the properties {', '.join(tried)[:100]} names the nodes: each node needs one of its own, a text "
            "or a whole number; name it with key=, and the nodes that count with label="
        )

    def _columns_of(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        own = {theirs: ours for ours, theirs in self.names.items()}
        query = f"MATCH {self._node('')}{self._step('r', 'out')}{self._node('')} RETURN properties(r) AS about"
        for row in self._run(f"{query} LIMIT {SAMPLE}"):
            for name, value in row["about"].items():
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    found[own.get(name, name)] = None
        if "weight" in self.names and "weight" not in found:
            raise MissingAttribute(self.names["weight"], "a weight")
        return tuple(found)

    def _column(self, name: str) -> str:
        return f"r.{quoted(self.names.get(name, name))}"

    # -- counts

    def sizes(self) -> Sizes:
        nodes = self._one(f"MATCH {self._node('n')} RETURN count(n) AS c")["c"]
        edge = f"MATCH {self._node('a')}{self._step('r', 'out')}{self._node('b')}"
        edges = self._one(f"{edge} RETURN count(r) AS c")["c"]
        a, b = self._of("a"), self._of("b")
        loops = self._one(f"{edge} WHERE {a} = {b} RETURN count(r) AS c")["c"]
        ends = f"{a} AS x, {b} AS y"
        if not self.directed:
            ends = f"CASE WHEN {a} < {b} THEN {a} ELSE {b} END AS x, CASE WHEN {a} < {b} THEN {b} ELSE {a} END AS y"
        several = self._run(f"{edge} WITH {ends}, count(r) AS c WHERE c > 1 RETURN x LIMIT 1")
        return Sizes(nodes, edges, loops, bool(several))

    def counted_again(self) -> tuple[int, int]:
        nodes = self._one(f"MATCH {self._node('n')} RETURN count(DISTINCT {self._of('n')}) AS c")["c"]
        rows = self._run(self._degree_query("out") + " RETURN sum(d) AS c")
        return nodes, rows[0]["c"] if rows else 0

    def _degree_query(self, direction: Direction) -> str:
        out = f"COUNT {{ (n){self._step('', 'out')}{self._node('')} }}"
        into = f"COUNT {{ (n){self._step('', 'in')}{self._node('')} }}"
        count = {"out": out, "in": into, "total": f"{out} + {into}"}[direction]
        return f"MATCH {self._node('n')} WITH n, {count} AS d"

    def degree_counts(self, direction: Direction) -> dict[int, int]:
        rows = self._run(self._degree_query(direction) + " RETURN d, count(*) AS c ORDER BY d")
        return {row["d"]: row["c"] for row in rows}

    def with_degree(self, low: int, high: int, direction: Direction, limit: int) -> list[Node]:
        query = f"{self._degree_query(direction)} WHERE d >= $low AND d <= $high RETURN {self._of('n')} AS x ORDER BY x"
        return [row["x"] for row in self._run(f"{query} LIMIT {int(limit)}", low=low, high=high)]

    def degrees(self, direction: Direction) -> dict[Node, int]:
        query = f"{self._degree_query(direction)} RETURN {self._of('n')} AS x, d ORDER BY x LIMIT {FETCHED + 1}"
        rows = self._run(query)
        if len(rows) > FETCHED:
            raise TooLarge(
                f"the answer has more than {FETCHED:,} rows, which are not brought over; ask for a part of it"
            )
        return {row["x"]: row["d"] for row in rows}

    def total(self, column: str) -> tuple[float, int, bool]:
        edge = f"MATCH {self._node('')}{self._step('r', 'out')}{self._node('')}"
        of = self._column(column)
        row = self._one(f"{edge} RETURN sum({of}) AS s, count(*) - count({of}) AS bare")
        return row["s"], row["bare"], isinstance(row["s"], int)

    # -- nodes and what is next to them

    def known(self, labels: Sequence[str]) -> dict[str, Node]:
        found: dict[str, Node] = {}
        numbers = [int(text) for text in labels if text.removeprefix("-").isdecimal() and len(text) < 19]
        for asked in (list(labels), numbers):
            if asked:
                query = f"UNWIND $labels AS x MATCH {self._node('n', 'x')} RETURN {self._of('n')} AS x"
                found.update((str(row["x"]), row["x"]) for row in self._run(query, labels=asked))
        return {text: found[text] for text in labels if text in found}

    def near(self, node: Node, direction: Direction) -> dict[Node, int]:
        found: dict[Node, int] = {}
        ways: tuple[Direction, ...] = ("out", "in") if direction == "total" else (direction,)
        for way in ways:
            query = f"MATCH {self._node('a', '$node')}{self._step('r', way)}{self._node('b')}"
            for row in self._run(f"{query} RETURN {self._of('b')} AS x, count(r) AS c ORDER BY x", node=node):
                if way == "out" or direction == "in" or row["x"] != node:  # a loop was counted on its way out
                    found[row["x"]] = found.get(row["x"], 0) + row["c"]
        return found

    def between(self, source: Node, target: Node) -> int:
        ends = self._node("a", "$source"), self._node("b", "$target")
        query = f"MATCH {ends[0]}{self._step('r', 'out')}{ends[1]} RETURN count(r) AS c"
        count = int(self._one(query, source=source, target=target)["c"])
        if not self.directed and source != target:
            count += int(self._one(query, source=target, target=source)["c"])
        return count

    # -- ways

    def way(self, source: Node, target: Node, weight: str | None) -> Way:
        if weight is not None:
            raise NotThere("a way of least weight is not found by Cypher alone")
        arrow = f"-[{self._type}*]-{'>' if self.directed else ''}"
        inner = f" WHERE all(x IN nodes(p) WHERE x{self._label})" if self._label else ""
        query = (
            f"MATCH {self._node('a', '$source')}, {self._node('b', '$target')} "
            f"MATCH p = shortestPath((a){arrow}(b)){inner} RETURN [x IN nodes(p) | {self._of('x')}] AS nodes"
        )
        rows = self._run(query, source=source, target=target)
        path = rows[0]["nodes"] if rows else []
        level, reached = self._search(source, target)
        if level is None:
            return Way(path, len(path) - 1, reached, 1 if path and not self._walks(path) else None)
        if not path:
            return Way([], float("inf"), reached, int(level >= 0))
        return Way(path, len(path) - 1, reached, int(level != len(path) - 1) + (not self._walks(path)))

    def _search(self, source: Node, target: Node) -> tuple[int | None, int]:
        """The level of `target` in a search of one's own, -1 where it is not reached, None where it was given up."""
        seen, front, level = {source}, [source], 0
        ahead = f"MATCH {self._node('a', 'x')}{self._step()}{self._node('b')}"
        query = f"UNWIND $front AS x {ahead} RETURN DISTINCT {self._of('b')} AS y"
        while front:
            level += 1
            fresh: dict[Node, None] = {}
            for some in _parts(front):
                fresh.update((row["y"], None) for row in self._run(query, front=some) if row["y"] not in seen)
            seen.update(fresh)
            if target in fresh:
                return level, len(seen)
            if len(seen) > FETCHED:
                return None, len(seen)
            front = list(fresh)
        return -1, len(seen)

    def _walks(self, path: list[Node]) -> bool:
        """Whether each step is an edge."""
        pairs = [list(pair) for pair in zip(path, path[1:])]
        step = f"MATCH {self._node('a', 'p[0]')}{self._step()}{self._node('b', 'p[1]')}"
        rows = self._run(f"UNWIND $pairs AS p {step} RETURN DISTINCT p[0] AS x, p[1] AS y", pairs=pairs)
        return {(row["x"], row["y"]) for row in rows} == {(one, other) for one, other in pairs}

    # -- triangles

    def triangles(self, *, again: bool) -> int:
        a, b, c = self._of("a"), self._of("b"), self._of("c")
        step = self._step("", "total")
        if not again:
            query = f"MATCH {self._node('a')}{step}{self._node('b')}{step}{self._node('c')}{step}(a)"
            query = f"{query} WHERE {a} < {b} AND {b} < {c} WITH DISTINCT a, b, c RETURN count(*) AS c"
            return int(self._one(query)["c"])
        # closed pairs of neighbours of each node count each triangle three times
        pair = f"MATCH {self._node('b')}{step}{self._node('a')} WHERE {a} <> {b} WITH DISTINCT a, b"
        other = f"MATCH (a){step}{self._node('c')} WHERE {b} < {c} AND {a} <> {c} WITH DISTINCT a, b, c"
        closed = f"WHERE EXISTS {{ (b){step}(c) }}"
        return int(self._one(f"{pair} {other} {closed} RETURN count(*) AS c")["c"]) // 3

    def wedges(self) -> tuple[int, int]:
        ends = f"{self._node('a')}{self._step('', 'total')}{self._node('b')}"
        pair = f"MATCH {ends} WHERE {self._of('a')} <> {self._of('b')}"
        row = self._one(f"{pair} WITH a, count(DISTINCT b) AS d RETURN sum(d) AS s, sum(d * (d - 1)) AS w")
        return int(row["s"] or 0) // 2, int(row["w"] or 0) // 2

    # -- what is brought over

    def local(self) -> CompactGraph:
        """The graph in arrays, read once.

        Raises:
            TooLarge: it has more than `BROUGHT` edges.
        """
        if self._local is None:
            from graphs.compact.extra import need
            from graphs.compact.graph import CompactGraph
            from graphs.compact.labels import Labels

            np = need("numpy")
            sizes = self.sizes()
            if max(sizes.edges, sizes.nodes) > BROUGHT:
                raise TooLarge(
                    f"this is not done on {self.title}, and {sizes.edges:,} edges are more than the {BROUGHT:,} that "
                    "are brought over; ask for sizes, degrees, neighbours, ways or triangles, or export the graph"
                )
            names: list[Node] = []
            for row in self._stream(f"MATCH {self._node('n')} RETURN {self._of('n')} AS x ORDER BY x"):
                names.append(row[0])
            place = {node: i for i, node in enumerate(names)}
            cells = "".join(f", {self._column(column)} AS c{i}" for i, column in enumerate(self.columns))
            edge = f"MATCH {self._node('a')}{self._step('r', 'out')}{self._node('b')}"
            rows = self._stream(f"{edge} RETURN {self._of('a')} AS x, {self._of('b')} AS y{cells}")
            parts: list[Any] = []
            while some := list(islice(rows, 100_000)):
                ends = np.array([(place[row[0]], place[row[1]]) for row in some], np.int32)
                parts.append((ends, [[row[2 + i] for row in some] for i in range(len(self.columns))]))
            ends = np.concatenate([part[0] for part in parts]) if parts else np.zeros((0, 2), np.int32)
            columns = {}
            for i, column in enumerate(self.columns):
                values = [value for part in parts for value in part[1][i]]
                whole = all(isinstance(value, int) for value in values)
                columns[column] = np.array(values, np.int64 if whole else np.float64)
            self._local = CompactGraph(
                Labels.of(names), np.ascontiguousarray(ends[:, 0]), np.ascontiguousarray(ends[:, 1]), columns,
                directed=self.directed, multi=sizes.multi, name=self.name, assumptions=self.notes, names=self.names,
            )  # fmt: skip
        return self._local

    def _stream(self, query: str) -> Iterator[list[Any]]:
        with refusing(), self.driver.session(database=self.database) as session:
            for record in session.run(query):
                yield list(record.values())

    def parts(self, nodes: Sequence[Node]) -> Parts:
        raise NotThere("components are not found by Cypher alone")

    def members(self, node: Node) -> list[Node]:
        raise NotThere("components are not found by Cypher alone")

    def ranks(self, nodes: Sequence[Node], damping: float) -> Ranks:
        raise NotThere("PageRank is not found by Cypher alone")

    def all_ranks(self, damping: float) -> tuple[dict[Node, float], float]:
        raise NotThere("PageRank is not found by Cypher alone")

    def communities(self) -> tuple[list[list[Node]], float]:
        raise NotThere("communities are not found by Cypher alone")


def _parts(nodes: list[Node]) -> Iterator[list[Node]]:
    for start in range(0, len(nodes), AT_ONCE):
        yield nodes[start : start + AT_ONCE]
