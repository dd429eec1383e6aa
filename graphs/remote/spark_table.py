"""A table of edges as Spark reads it: the guesses of small files, made from its first lines and one pass over all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphs.compact.layout import Layout, layout_of
from graphs.errors import ParseError
from graphs.files.build import Options
from graphs.files.rows import MISSING
from graphs.remote.address import Address
from graphs.remote.spark_session import functions, refusing

HEAD = 1200  # lines that the guesses are made from
PADDED = "^[+-]?0[0-9]"
WEIGHTS = ("weight", "capacity")


@dataclass
class Table:
    """edges: s, t (long), and the columns of numbers. labels: id, label of all nodes; None where ids are labels."""

    edges: Any
    labels: Any
    nodes: Any
    columns: tuple[str, ...]
    directed: bool
    multi: bool
    notes: tuple[str, ...]
    names: dict[str, str]


def read_table(spark: Any, address: Address) -> Table:
    """Read, check and number the table.

    Raises:
        ParseError: there is none, or lines cannot be read; the message shows one.
        BadArgument: an option of the address makes no sense.
    """
    given = address.options
    options = Options(
        address.truth("directed"), given.get("source"), given.get("target"), given.get("weight"), {},
        address.truth("header"), given.get("delimiter"),
    )  # fmt: skip
    with refusing(address.what):
        rows, layout = _rows(spark, address, options)
    with refusing():
        return _typed(spark, address, options, rows, layout)


def _rows(spark: Any, address: Address, options: Options) -> tuple[Any, Layout]:
    """Columns c0, c1 … of texts, one more than the table has, and the line as `value`."""
    F = functions()
    path, suffix = address.what, address.what.rpartition(".")[2].lower()
    name = path.rstrip("/").rpartition("/")[2]
    if (address.options.get("format") or suffix) in ("parquet", "pq", "orc"):
        frame = spark.read.orc(path) if suffix == "orc" else spark.read.parquet(path)
        texts = frame.select(*(F.col(f"`{column}`").cast("string").alias(column) for column in frame.columns))
        head = [frame.columns, *([cell or "" for cell in row] for row in texts.head(HEAD))]
        layout = layout_of(name, _as_csv(head), Options(options.directed, options.source, options.target,
                                                        options.weight, options.columns, True, ","))  # fmt: skip
        cells = [F.col(f"`{column}`").alias(f"c{place}") for place, column in enumerate(texts.columns)]
        line = F.concat_ws(",", *(F.coalesce(F.col(f"`{column}`"), F.lit("")) for column in texts.columns))
        return texts.select(*cells, F.lit(None).cast("string").alias(f"c{layout.width}"), line.alias("value")), layout
    lines = spark.read.text(path).select(F.regexp_replace("value", "\r$", "").alias("value"))
    head = [row["value"] for row in lines.head(HEAD)]
    if not head:
        raise ParseError("there is no edge in the file; write an edge a line", where=name)
    layout = layout_of(name, ("\n".join(head) + "\n").encode(), options)
    above = [line for line in head[: layout.skip] if line.strip()]
    lines = lines.where(F.trim("value") != "")
    if above:
        lines = lines.where(~F.col("value").isin(above))
    if layout.blanks:
        lines = lines.where(~F.col("value").rlike(r"^\s*[#%]"))
        cells = F.split(F.trim(F.regexp_replace("value", r"[ \t]+", " ")), " ")
        found = [F.try_element_at(cells, F.lit(place + 1)).alias(f"c{place}") for place in range(layout.width + 1)]
        return lines.select(*found, "value"), layout
    schema = ", ".join(f"c{place} STRING" for place in range(layout.width + 1))
    about = {"sep": layout.delimiter, "quote": '"', "escape": '"', "mode": "PERMISSIVE"}
    parsed = lines.select(F.from_csv("value", schema, about).alias("row"), "value")
    bare = [F.nullif(F.trim(f"row.c{place}"), F.lit("")).alias(f"c{place}") for place in range(layout.width + 1)]
    return parsed.select(*bare, "value"), layout


def _as_csv(rows: list[list[str]]) -> bytes:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _typed(spark: Any, address: Address, options: Options, rows: Any, layout: Layout) -> Table:
    F = functions()
    source, target = (f"c{layout.columns[role]}" for role in ("source", "target"))
    extra = {place: name for place, name in layout.names.items() if name != "key"}
    rows = rows.select(source, target, f"c{layout.width}", "value", *(_cell(place) for place in extra))
    long = F.col(f"c{layout.width}").isNotNull()
    bare = F.col(source).isNull() | F.col(target).isNull()
    odd = {place: _no_number(place) for place, name in extra.items()}
    bad = long | bare
    for place, name in extra.items():
        if name in WEIGHTS and layout.columns.get(name) == place:
            bad = bad | odd[place]
    said = rows.agg(
        F.count("*").alias("rows"),
        F.count_if(bad).alias("bad"),
        F.count_if(~bad & (_no_label(source) | _no_label(target))).alias("texts"),
        *(F.count_if(~bad & odd[place]).alias(f"odd{place}") for place in extra),
        *(F.count_if(~bad & ~F.expr(f"try_cast(n{place} AS BIGINT)").eqNullSafe(F.expr(f"try_cast(n{place} AS DOUBLE)"))
                     ).alias(f"broken{place}") for place in extra),
        *(F.count(f"n{place}").alias(f"there{place}") for place in extra),
    ).first()  # fmt: skip
    notes = [*layout.notes]
    if said["bad"]:
        notes += _bad(address, rows.where(bad), said, layout)
    rows = rows.where(~bad)
    columns = {place: name for place, name in extra.items() if not said[f"odd{place}"] and said[f"there{place}"]}
    left_out = [name for place, name in extra.items() if said[f"odd{place}"]]
    if left_out:
        notes.append(f"columns of texts are left out on Spark: {', '.join(left_out)[:200]}")
    numbers = [
        F.expr(f"try_cast(n{place} AS {'DOUBLE' if said[f'broken{place}'] else 'BIGINT'})").alias(name)
        for place, name in columns.items()
    ]
    if said["rows"] == said["bad"]:
        raise ParseError("there is no edge in the file; write an edge a line", where=layout.source.name)
    if said["texts"]:
        edges, labels = _numbered(rows.select(F.col(source).alias("s"), F.col(target).alias("t"), *numbers))
    else:
        labels = None
        edges = rows.select(F.col(source).cast("long").alias("s"), F.col(target).cast("long").alias("t"), *numbers)
    return _settled(edges.persist(), labels, tuple(columns.values()), layout, options, notes)


def _cell(place: int) -> Any:
    F = functions()
    text = F.trim(f"c{place}")
    return F.when(~F.lower(text).isin(*MISSING), text).alias(f"n{place}")


def _no_number(place: int) -> Any:
    F = functions()
    number = F.expr(f"try_cast(n{place} AS DOUBLE)")
    return F.col(f"n{place}").isNotNull() & (number.isNull() | F.col(f"n{place}").rlike(PADDED))


def _no_label(column: str) -> Any:
    """Whether a label is no plain whole number."""
    F = functions()
    return ~F.expr(f"try_cast(`{column}` AS BIGINT)").cast("string").eqNullSafe(F.col(column))


def _bad(address: Address, bad: Any, said: Any, layout: Layout) -> list[str]:
    """What is said of bad lines that are left out.

    Raises:
        ParseError: they are not to be left out.
    """
    shown = "; ".join(repr(row["value"][:60]) for row in bad.select("value").head(3))
    count, width = said["bad"], layout.width
    what = f"{count:,} of {said['rows']:,} lines cannot be read ({width} columns are expected): {shown}"
    if not address.truth("skip_bad_lines"):
        raise ParseError(f"{what}; correct them, or leave them out with ?skip_bad_lines=yes", where=layout.source.name)
    return [f"left out: {what}"]


def _numbered(edges: Any) -> tuple[Any, Any]:
    """Edges with numbers for their texts, in the order of the texts; and the texts."""
    F = functions()
    names = edges.select(F.col("s").alias("label")).unionAll(edges.select(F.col("t").alias("label"))).distinct()
    labels = names.orderBy("label").select(F.monotonically_increasing_id().alias("id"), "label")
    labels = labels.localCheckpoint()  # numbers that are made again may be others
    tails = labels.select(F.col("id").alias("_s"), F.col("label").alias("s"))
    heads = labels.select(F.col("id").alias("_t"), F.col("label").alias("t"))
    rest = [column for column in edges.columns if column not in ("s", "t")]
    found = edges.join(tails, "s").join(heads, "t")
    return found.select(F.col("_s").alias("s"), F.col("_t").alias("t"), *(f"`{column}`" for column in rest)), labels


def _settled(
    edges: Any, labels: Any, columns: tuple[str, ...], layout: Layout, options: Options, notes: list[str]
) -> Table:
    """What rows with the same two nodes mean; the rules of `graphs.compact.repeats`."""
    F = functions()
    directed, multi = layout.directed, "key" in layout.columns
    apart = "time" in layout.columns or multi
    code = F.xxhash64(*(f"`{name}`" for name in columns)) if columns else F.lit(0)

    def look(one_way: bool) -> tuple[Any, Any]:
        ahead = F.lit(True) if one_way else F.col("s") <= F.col("t")
        low, high = (F.col("s"), F.col("t")) if one_way else (F.least("s", "t"), F.greatest("s", "t"))
        rows = edges.select(low.alias("low"), high.alias("high"), ahead.alias("ahead"), code.alias("code"))
        pairs = rows.groupBy("low", "high").agg(
            F.count("*").alias("all"),
            F.count_if(F.col("ahead")).alias("there"),
            F.size(F.collect_set(F.when(F.col("ahead"), F.col("code")))).alias("codes"),
            F.size(F.collect_set(F.when(~F.col("ahead"), F.col("code")))).alias("back"),
            F.size(F.collect_set("code")).alias("both"),
        )
        said = pairs.where("`all` > 1").agg(
            F.coalesce(F.sum(F.expr("`all` - codes - back")), F.lit(0)).alias("merged"),
            F.coalesce(F.sum(F.expr("codes + back - both")), F.lit(0)).alias("mirrored"),
            F.count_if(F.expr("codes > 1 OR back > 1")).alias("differ"),
            F.count_if(F.expr("codes > 0 AND back > 0 AND both > 1")).alias("crossed"),
            F.count("*").alias("repeated"),
        )
        return said.first(), (low, high)

    said, (low, high) = look(directed)
    if said["repeated"] and apart:
        notes.append("some pairs of nodes have several edges; they are kept apart")
        multi = True
    elif said["repeated"]:
        if said["crossed"] and not said["differ"] and options.directed is None:
            directed = True
            notes = [note for note in notes if not note.startswith("took the edges as undirected")]
            notes.append("took the edges as directed: some pairs differ in their two directions")
            said, (low, high) = look(True)
        if said["merged"]:
            notes.append(f"{said['merged']} repeated row{'s were' if said['merged'] > 1 else ' was'} merged")
        if said["mirrored"]:
            are = "s are" if said["mirrored"] > 1 else " is"
            notes.append(f"{said['mirrored']} edge{are} listed in both directions; each was taken once")
        if said["differ"] or said["crossed"]:
            multi = True
            notes.append("some pairs of nodes have several edges; they are kept apart")
        if said["merged"] or said["mirrored"]:
            first = edges.withColumns({"_low": low, "_high": high, "_code": code})
            edges = first.dropDuplicates(["_low", "_high", "_code"]).drop("_low", "_high", "_code").persist()
    nodes = labels.select("id") if labels is not None else None
    if nodes is None:
        nodes = edges.select(F.col("s").alias("id")).unionAll(edges.select(F.col("t").alias("id"))).distinct()
    return Table(edges, labels, nodes.persist(), columns, directed, multi, tuple(notes), layout.own_names)
