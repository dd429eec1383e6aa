"""Edge tables: CSV, TSV, blank-separated lists and SNAP text, with any column names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphs.files.build import SYNONYMS, Builder, Options, number, plain_name
from graphs.files.columns import DIRECTED_NAMES, SOURCE_NAMES, TARGET_NAMES
from graphs.files.rows import MISSING, Row, split_line, split_rows
from graphs.files.source import Source
from graphs.graph import PROVENANCE, Graph


def read_table(source: Source, options: Options) -> Graph:
    """The graph of an edge table; every guess is an assumption of the graph."""
    rows, comments, delimiter = split_rows(source, options)
    table = EdgeTable(source, options, rows, comments, delimiter)
    return table.graph()


_LETTERS = {"a", "b", "u", "v", "x", "y", "i", "j"}


class EdgeTable:
    """One edge table on its way to a graph: rows with their line, the comments above, the delimiter."""

    def __init__(self, source: Source, options: Options, rows: list[Row], comments: list[str], delimiter: str) -> None:
        self.source, self.options, self.comments, self.delimiter = source, options, comments, delimiter
        self.build = Builder(source)
        header = self._header(rows)
        self.header = [cell.strip() for cell in header] if header else None
        self.rows = rows[1:] if header and header is rows[0][1] else rows
        if not self.rows:
            raise source.fail(
                "the table has a header and no edges; add a row for each edge, or is the first line an edge? "
                "then pass header=False",
                rows[0][0],
            )
        self.width = len(self.header or max((row for _, row in self.rows[:100]), key=len))
        self.columns = self._columns()
        self._check_widths()

    def _header(self, rows: list[Row]) -> list[str] | None:
        first = rows[0][1]
        if self.options.header is not None:
            return first if self.options.header else None
        names = {plain_name(cell) for cell in first}
        if (names & set(SOURCE_NAMES) and names & set(TARGET_NAMES)) or any(set(p) <= names for p in DIRECTED_NAMES):
            below = {cell for _, row in rows[1:] for cell in row[:2]} if names <= _LETTERS else set()
            if not below & set(first):
                return first
        asked = [self.options.source, self.options.target, self.options.weight, *self.options.columns.values()]
        if any(isinstance(name, str) and name in first for name in asked):
            return first
        if self._looks_typed(first, rows):
            return first
        above = [cell for line in self.comments[-1:] for cell in split_line(line, self.delimiter)]
        if len(above) == len(first) and {plain_name(cell) for cell in above} & {*SOURCE_NAMES, *TARGET_NAMES}:
            return above
        if all(number(cell) is None for cell in first):
            self.build.notes.append(f"took the first line ({_shown(first)}) as an edge; if it is a header, say so")
        return None

    @staticmethod
    def _looks_typed(first: list[str], rows: list[Row]) -> bool:
        """Whether some column is numbers below a first cell that is none."""
        sample = [row for _, row in rows[1:200]]
        return bool(sample) and any(
            number(cell) is None and cell and all(len(row) > i and number(row[i]) is not None for row in sample)
            for i, cell in enumerate(first)
        )

    def _columns(self) -> dict[str, int]:
        """Role -> column index for source, target and, where there is one, weight, capacity, time, type, key."""
        names = [plain_name(cell) for cell in self.header or []]
        found: dict[str, int] = {}
        if self.header:
            self._named_columns(names, found)
        asked = {"source": self.options.source, "target": self.options.target, "weight": self.options.weight}
        for role, wanted in {**self.options.columns, **{k: v for k, v in asked.items() if v is not None}}.items():
            found = {k: v for k, v in found.items() if k == role or v != self._index(wanted)}
            found[role] = self._index(wanted)
        free = [i for i in range(self.width) if i not in found.values()]
        if "source" not in found or "target" not in found:
            if self.width < 2 or len(free) + ("source" in found) + ("target" in found) < 2:
                raise self.source.fail(
                    "only one column; an edge needs two nodes: separate them by a comma, tab or blank, or name the "
                    "delimiter", self.rows[0][0])  # fmt: skip
            for role in ("source", "target"):
                if role not in found:
                    found[role] = free.pop(0)
            self.build.notes.append(
                f"took column {self._name(found['source'])} as source and {self._name(found['target'])} as target"
            )
        if not self.header:
            self._unnamed_columns(found)
        return found

    def _named_columns(self, names: list[str], found: dict[str, int]) -> None:
        for start, end in DIRECTED_NAMES:
            if start in names and end in names:
                found.update(source=names.index(start), target=names.index(end))
                break
        else:
            ends: tuple[tuple[str, tuple[str, ...]], ...] = (("source", SOURCE_NAMES), ("target", TARGET_NAMES))
            for role, words in ends:
                hits = [
                    names.index(word) for word in words if word in names and names.index(word) not in found.values()
                ]
                if hits:
                    found[role] = hits[0]
        for role, words in SYNONYMS.items():
            hits = [names.index(word) for word in words if word in names and names.index(word) not in found.values()]
            if hits and (role == "time" or self._mostly_numbers(hits[0])):
                found[role] = hits[0]
        for role in ("type", "key"):
            at = names.index(role) if role in names else -1
            if (
                at >= 0
                and at not in found.values()
                and (role == "key" or self._kinds(at) <= {"directed", "undirected"})
            ):
                found[role] = at

    def _unnamed_columns(self, found: dict[str, int]) -> None:
        """A third column of numbers is the weight (or Unix times); a fourth, as KONECT writes it, the time."""
        free = [i for i in range(self.width) if i not in found.values() and self._mostly_numbers(i)]
        if free and "weight" not in found and len(self.header or []) == 0:
            values = [number(row[free[0]]) for _, row in self.rows[:1000] if len(row) > free[0]]
            stamps = all(isinstance(value, int) and value > 10**8 for value in values)
            role = "time" if stamps else "weight"
            found.setdefault(role, free[0])
            self.build.notes.append(f"took column {free[0] + 1} as {role}")
            if role == "weight" and len(free) > 1 and "time" not in found:
                found["time"] = free[1]
                self.build.notes.append(f"took column {free[1] + 1} as time")

    def _mostly_numbers(self, index: int) -> bool:
        cells = [row[index] for _, row in self.rows[:1000] if len(row) > index and row[index].lower() not in MISSING]
        return bool(cells) and 2 * sum(_decimal(cell, self.delimiter) is not None for cell in cells) >= len(cells)

    def _index(self, wanted: str | int) -> int:
        if isinstance(wanted, int):
            if not 0 <= wanted < self.width:
                raise self.source.fail(f"no column {wanted}; the columns count from 0 to {self.width - 1}")
            return wanted
        if self.header:
            if wanted in self.header:
                return self.header.index(wanted)
            names = [plain_name(cell) for cell in self.header]
            if plain_name(wanted) in names:
                return names.index(plain_name(wanted))
        known = ", ".join(repr(cell) for cell in self.header or []) or "none: the table has no header"
        raise self.source.fail(f"no column {wanted!r}; the columns are {known}")

    def _name(self, index: int) -> str:
        return repr(self.header[index]) if self.header and index < len(self.header) else str(index + 1)

    def _check_widths(self) -> None:
        needed = max(self.columns["source"], self.columns["target"]) + 1
        for line, row in self.rows:
            if len(row) == self.width:
                continue
            if len(row) > self.width or len(row) < needed:
                raise self.source.fail(
                    f"{len(row)} column{'s' * (len(row) != 1)}, where {self.width} are expected"
                    f" ({_shown(row)}); quote a cell that holds the delimiter {self.delimiter!r}", line, len(row)
                )  # fmt: skip

    # -- cells to attributes

    def graph(self) -> Graph:
        columns, header = self.columns, self.header
        roles = {index: role for role, index in columns.items()}
        shown: list[tuple[int, str]] = []
        for index in range(self.width):
            role = roles.get(index)
            if role not in ("source", "target", "type"):
                shown.append((index, role or (header[index].strip() if header else "") or f"column {index + 1}"))
        values = [(name, self._values(index, name)) for index, name in shown]
        start, end = columns["source"], columns["target"]
        alone: list[str] = []
        for place, (line, row) in enumerate(self.rows):
            if not row[start] or not row[end]:
                lone = row[start] or row[end]
                if not lone:
                    raise self.source.fail("both nodes of the edge are missing", line, min(start, end) + 1)
                alone.append(lone)
            else:
                data = {name: column[place] for name, column in values if column[place] is not None}
                self.build.edge(row[start], row[end], data, line)
        if alone:
            for edge in self.build.edges:
                self.build.node(edge[0])
                self.build.node(edge[1])
            for label in alone:
                self.build.node(label)
            self.build.notes.append(f"{len(alone)} node{'s stand' if len(alone) > 1 else ' stands'} alone in a row")
        self._names()
        return self._finish()

    def _values(self, index: int, role: str) -> list[Any]:
        """The column's cells, None where empty; numbers only where the whole column is numbers."""
        cells = [row[index] if len(row) > index else "" for _, row in self.rows]
        numbers = [_decimal(cell, self.delimiter) for cell in cells]
        bad = next((i for i, value in enumerate(numbers) if value is None and cells[i].lower() not in MISSING), None)
        if bad is not None and role in SYNONYMS and role != "time" and index == self.columns.get(role):
            raise self.source.fail(
                f"{role} {cells[bad][:40]!r} is not a number; correct it, or choose another column with {role}=",
                self.rows[bad][0],
                index + 1,
            )
        if bad is None and any(value is not None for value in numbers):
            return numbers
        return [cell or None for cell in cells]

    def _names(self) -> None:
        if not self.header:
            return
        for role in ("source", "target", *SYNONYMS):
            if role in self.columns:
                own = self.header[self.columns[role]].strip()
                self.build.names[role] = own
                if own.lower() != role and role in SYNONYMS:
                    self.build.notes.append(f"took column {own!r} as {role}")
        pair = self.build.names.get("source", ""), self.build.names.get("target", "")
        if plain_name(pair[0]) not in ("source", "from") and "took column" not in " ".join(self.build.notes[:1]):
            self.build.notes.insert(0, f"took column {pair[0]!r} as source and {pair[1]!r} as target")

    # -- direction and parallel edges

    def _finish(self) -> Graph:
        directed = self._directed()
        multi: bool | None = True if "key" in self.columns or "time" in self.columns else None
        if multi and "key" not in self.columns and not self.build._has_parallel(directed):
            multi = False
        if multi is None:
            directed, multi = self._parallel(directed)
        return self.build.graph(self.options, directed=directed, multi=multi, rename=False)

    def _directed(self) -> bool:
        if self.options.directed is not None:
            return self.options.directed
        if "type" in self.columns:
            kinds = self._kinds(self.columns["type"])
            if kinds >= {"directed", "undirected"}:
                raise self.source.fail("directed and undirected edges are mixed; pass directed=True or False")
            return "directed" in kinds
        remarks = " ".join(self.comments).lower()
        konect = remarks.lstrip("% ")[:4]
        if konect[:3] == "bip":
            raise self.source.fail(
                "the sides of a KONECT bipartite file are numbered each on its own; rename them first"
            )
        if "undirected" in remarks or konect[:3] == "sym":
            return False
        if "directed" in remarks or konect == "asym":
            return True
        pair = tuple(plain_name(self.build.names.get(role, "")) for role in ("source", "target"))
        if pair in DIRECTED_NAMES:
            self.build.notes.append(f"took the edges as directed, from {pair[0]!r} to {pair[1]!r}")
            return True
        self.build.notes.append("took the edges as undirected; pass directed=True if their direction counts")
        return False

    def _kinds(self, index: int) -> set[str]:
        return {row[index].strip().lower() for _, row in self.rows if len(row) > index} - {""}

    def _parallel(self, directed: bool) -> tuple[bool, bool]:
        """What rows with the same two nodes mean: one edge said twice, two directions, or parallel edges."""
        seen: dict[tuple[Any, Any], dict[str, Any]] = {}
        kept, merged, mirrored, differ, crossed = [], 0, 0, False, False
        for edge in self.build.edges:
            start, end, data = edge
            same = seen.get((start, end))
            back = None if directed or start == end else seen.get((end, start))
            if same is None and back is None:
                seen[start, end] = data
                kept.append(edge)
            elif _same(data, same if same is not None else back):
                merged += same is not None
                mirrored += same is None
            else:
                differ = differ or same is not None
                crossed = crossed or same is None
                kept.append(edge)
                seen.setdefault((start, end), data)
        if crossed and not differ and self.options.directed is None and "type" not in self.columns:
            self.build.notes = [
                note for note in self.build.notes if not note.startswith("took the edges as undirected")
            ]
            self.build.notes.append("took the edges as directed: some pairs differ in their two directions")
            return self._parallel(True)
        self.build.edges = kept
        if merged:
            self.build.notes.append(f"{merged} repeated row{'s were' if merged > 1 else ' was'} merged")
        if mirrored:
            self.build.notes.append(f"{mirrored} edge{'s are' if mirrored > 1 else ' is'} listed in both directions; "
                                    "each was taken once")  # fmt: skip
        if differ or crossed:
            self.build.notes.append("some pairs of nodes have several edges; they are kept apart")
        return directed, differ or crossed


def _same(data: dict[str, Any], other: dict[str, Any] | None) -> bool:
    other = other or {}
    return {k: v for k, v in data.items() if k != PROVENANCE} == {k: v for k, v in other.items() if k != PROVENANCE}


def _decimal(cell: str, delimiter: str) -> int | float | None:
    """A number; where the delimiter is no comma, a comma may be the decimal mark."""
    value = number(cell)
    if value is None and delimiter != "," and cell.count(",") == 1:
        value = number(cell.replace(",", "."))
    return value


def _shown(row: Sequence[str]) -> str:
    text = " | ".join(cell[:20] for cell in row[:5])
    return text[:60] + "…" * (len(text) > 60 or len(row) > 5)
