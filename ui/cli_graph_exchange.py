"""The command line's `konigsberg graph export | import | push | pull`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli_graph import one_line, open_store, print_json, say

if TYPE_CHECKING:
    from graphs.store import Store

FORMATS = ("json", "graphml", "gexf", "jsonld", "turtle", "cypher", "csv")
_PASSWORD = "NEO4J_PASSWORD"


def add_actions(action: Any) -> None:
    """Add them to the actions of `graph`."""
    export = action("export", _export, "write it in another format", past=True, as_json=False)
    export.add_argument("--format", "-f", choices=FORMATS, default="json", help="default json")
    export.add_argument(
        "-o", "--output", metavar="FILE", help="default: standard output. CSV writes FILE.csv and FILE.nodes.csv"
    )
    take = action("import", _import, "take a graph file into it, in one step that can be undone")
    take.add_argument("file", help="an export in json, graphml, turtle or csv, or any other graph file")
    take.add_argument("--format", "-f", metavar="NAME", help="where the file's name does not tell")
    for name, run, about in (
        ("push", _push, "write it to a Neo4j server (extra: neo4j)"),
        ("pull", _pull, "take what was pushed to a Neo4j server (extra: neo4j)"),
    ):
        server = action(name, run, f"{about}; the password is read from {_PASSWORD}")
        server.add_argument("address", help="such as bolt://localhost:7687")
        server.add_argument("--user", default="neo4j", help="default neo4j")
        server.add_argument("--database", metavar="NAME", help="default: the server's")


def _export(options: argparse.Namespace) -> int:
    from graphs.store.exchange import export

    with open_store(options) as store:
        if options.output in (None, "-"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
            export(store, sys.stdout, options.format)
        else:
            export(store, options.output, options.format)
    return 0


def _import(options: argparse.Namespace) -> int:
    from graphs.store import Store
    from graphs.store.exchange.files import read_rows
    from graphs.store.exchange.taking import take_in

    rows = read_rows(Path(options.file), options.format)  # first: a bad file makes no store
    with Store.open(options.folder) as store:
        with store.step("import", rows.name) as step:
            take_in(step, rows)
        return _tell_import(store, step.number, options)


def _tell_import(store: Store, number: int, options: argparse.Namespace) -> int:
    step = store.steps()[number - 1]
    if options.json:
        return print_json({"step": number, "notes": step.notes.get("import", []), **store.size()})
    for note in step.notes.get("import", []):
        print(f"note: {one_line(note)}", file=sys.stderr)
    size = store.size()
    say(f"step {number}: now {size['entities']:,} entities and {size['relations']:,} relations")
    return 0


def _push(options: argparse.Namespace) -> int:
    from graphs.store.exchange.neo4j import connect, push

    with open_store(options) as store, connect(options.address, options.user, os.environ.get(_PASSWORD, "")) as driver:
        count = push(store, driver, options.database)
    if options.json:
        return print_json(count)
    say(f"{count['entities']:,} entities and {count['relations']:,} relations are on {options.address}")
    return 0


def _pull(options: argparse.Namespace) -> int:
    from graphs.store import Store
    from graphs.store.exchange.neo4j import connect, pull

    with (
        connect(options.address, options.user, os.environ.get(_PASSWORD, "")) as driver,
        Store.open(options.folder) as store,
    ):
        return _tell_import(store, pull(driver, store, options.database), options)
