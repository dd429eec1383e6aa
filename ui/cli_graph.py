"""The command line's `konigsberg graph`: look at a knowledge graph, search it, undo, query, move it in and out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphs.store import Store
    from graphs.store.reading import Reading


def add_commands(commands: Any) -> None:
    """Add `graph` to the program's commands."""
    graph = commands.add_parser("graph", help="look at, search, undo, query, export and import a knowledge graph")
    graph.set_defaults(run=lambda _: graph.print_help() or 2)
    actions = graph.add_subparsers(title="commands", metavar="COMMAND")

    from ui import cli_discover, cli_graph_exchange

    def action(name: str, run: Any, about: str, *, past: bool = False, as_json: bool = True) -> Any:
        found = actions.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        found.add_argument("folder", metavar="DIR", help="the folder of the knowledge graph")
        if past:
            found.add_argument("--as-of", type=int, metavar="STEP", help="as it was after a step")
        if as_json:
            found.add_argument("--json", action="store_true", help="print JSON")
        found.set_defaults(run=run)
        return found

    show = action("show", _show, "how much it holds, or all about one entity", past=True)
    show.add_argument("name", nargs="?", help="an entity: its name, an alias, or #ID")
    log = action("log", _log, "what was done, a line a step")
    log.add_argument("--step", type=int, metavar="N", help="every change of one step")
    log.add_argument("--last", type=_count, default=50, metavar="N", help="so many steps at most (default 50)")
    search = action("search", _search, "entities whose names or descriptions hold the words", past=True)
    search.add_argument("words", nargs="+")
    search.add_argument("--limit", type=_count, default=10, metavar="N", help="so many at most (default 10)")
    undo = action("undo", _undo, "take back a merge or a step; without either, list what can be taken back")
    which = undo.add_mutually_exclusive_group()
    which.add_argument("--merge", type=int, metavar="EVENT", help="the number of the merge")
    which.add_argument("--step", type=int, metavar="N", help="the number of the step")
    cypher = action("cypher", _cypher, "ask it in Cypher (extra: cypher)", past=True)
    cypher.add_argument("query", help="such as: MATCH (a)-[r]->(b) RETURN a.name, type(r), b.name LIMIT 5")
    cypher.add_argument("--limit", type=_count, default=1000, metavar="N", help="so many rows at most (default 1000)")
    action("check", _check, "compare the tables with the log, and look for damage")
    cli_graph_exchange.add_actions(action)
    cli_discover.add_action(action)


def open_store(options: argparse.Namespace) -> Store:
    """The store to read from, at the step that was asked for."""
    from graphs.store import Store

    store = Store.open(options.folder, readonly=True)
    if getattr(options, "as_of", None) is None:
        return store
    with store:
        return store.as_of(options.as_of)


def _show(options: argparse.Namespace) -> int:
    with open_store(options) as store:
        if options.name is not None:
            return _show_entities(store, options)
        data = {**store.size(), "merges": len(store.merges()), "last_step": store.last_step}
        if options.json:
            return print_json(data)
        for name, count in data.items():
            say(f"{name:12s} {count:,}")
    return 0


def _show_entities(store: Store, options: argparse.Namespace) -> int:
    from graphs.errors import NodeNotFound

    name = options.name
    by_id = name.startswith("#") and name[1:].isdecimal() and len(name) < 19  # SQLite's largest number has 19 digits
    found = [store.entity(int(name[1:]))] if by_id else store.find(name)
    if not found:
        raise NodeNotFound(name, [known for (known,) in store.base.execute("SELECT text FROM names LIMIT 10000")])
    if options.json:
        return print_json([_entity(store, entity) for entity in found])
    for entity in found:
        say(f"#{entity.id} {entity.name}" + (f" ({entity.type})" if entity.type else ""))
        for what, text in (("also", ", ".join(entity.aliases)), ("", entity.description)):
            if text:
                say(f"  {what} {text}".rstrip())
        for relation in [*store.out(entity.id), *store.into(entity.id)]:
            say(f"  {_fact(store, relation)}")
            for reason in store.evidence(relation.id):
                where = f"document {reason.document} [{reason.start}, {reason.end})" if reason.document else reason.call
                say(f"      step {reason.step}, {where or 'no source'}: {reason.quote[:200]}")
    return 0


def _entity(store: Store, entity: Any) -> dict[str, Any]:
    from dataclasses import asdict

    facts = [*store.out(entity.id), *store.into(entity.id)]
    rows = [{**asdict(fact), "evidence": [asdict(reason) for reason in store.evidence(fact.id)]} for fact in facts]
    return {**asdict(entity), "relations": rows}


def _fact(store: Reading, relation: Any) -> str:
    source, target = (store.entity(number).name for number in (relation.source, relation.target))
    times = " to ".join(time or "…" for time in (relation.valid_from, relation.valid_to))
    when = f", {times}" if relation.valid_from or relation.valid_to else ""
    return f"{source} -[{relation.verb}]-> {target}  ({relation.status}, {relation.confidence:g}{when})"


def _log(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from graphs.store.errors import NotInStore

    with open_store(options) as store:
        if options.step is not None:
            events = store.events(step=options.step)
            if not events:
                raise NotInStore("step", options.step, f"the last one is {store.last_step}")
            if options.json:
                return print_json([asdict(event) for event in events])
            for event in events:
                say(f"{event.number:8d} {event.kind:10s} {json.dumps(event.data, ensure_ascii=False)[:300]}")
            return 0
        steps = store.steps()[-options.last :]
        if options.json:
            return print_json([asdict(step) for step in steps])
        for step in steps:
            undone = f"  [undone by step {step.notes['undone']}]" if "undone" in step.notes else ""
            say(f"{step.number:6d}  {step.at[:19]}  {step.kind:8s}  {step.about[:150]}{_brought(step.notes)}{undone}")
    return 0


def _brought(notes: Mapping[str, Any]) -> str:
    """What a step of growth brought, in brackets."""
    grown = notes.get("growth")
    if not grown:
        return ""
    left = f", {grown['quarantined']} in quarantine" if grown.get("quarantined") else ""
    return f"  [{grown['facts']:+d} facts{left}]"


def _search(options: argparse.Namespace) -> int:
    with open_store(options) as store:
        found = store.search(" ".join(options.words), options.limit)
        if options.json:
            print_json([_entity(store, entity) for entity in found])
        elif not found:
            print(
                f"konigsberg: nothing is called or described so: {one_line(' '.join(options.words))[:200]}",
                file=sys.stderr,
            )
        for entity in [] if options.json else found:
            about = f"  {entity.description[:100]}" if entity.description else ""
            say(f"#{entity.id} {entity.name}" + (f" ({entity.type})" if entity.type else "") + about)
    return 0 if found else 1


def _undo(options: argparse.Namespace) -> int:
    from graphs.store import Store

    if options.merge is None and options.step is None:
        with open_store(options) as store:
            return _list_undoable(store, as_json=options.json)
    with Store.open(options.folder, create=False) as store:
        number = store.undo_step(options.step) if options.merge is None else store.undo_merge(options.merge)
        size = store.size()
    if options.json:
        return print_json({"step": number, **size})
    say(f"undone; `konigsberg graph undo {options.folder} --step {number}` brings it back")
    return 0


def _list_undoable(store: Store, *, as_json: bool) -> int:
    from dataclasses import asdict

    merges = store.merges()
    steps = [step for step in store.steps()[-10:] if "undone" not in step.notes]
    if as_json:
        rows = [{**asdict(merge), "name": _name_then(store, merge)} for merge in merges]
        return print_json({"merges": rows, "steps": [asdict(step) for step in steps]})
    for merge in merges:
        names = f"{_name_then(store, merge)} into {store.entity(merge.keep).name}"
        say(f"--merge {merge.event}  (step {merge.step}) {names}: {merge.why}")
    for step in steps:
        say(f"--step {step.number}  {step.kind} {step.about[:100]}")
    if not (merges or steps):
        print("konigsberg: there is nothing to take back", file=sys.stderr)
    return 0


def _name_then(store: Store, merge: Any) -> str:
    row = store.base.execute("SELECT name FROM merged WHERE id = ?", (merge.gone,)).fetchone()
    return str(row[0])


def _cypher(options: argparse.Namespace) -> int:
    from graphs.store.cypher import CypherView

    with open_store(options) as store:
        found = CypherView(store).query(options.query, limit=options.limit)
    for note in found.notes:
        print(f"note: {one_line(note)}", file=sys.stderr)
    if options.json:
        return print_json(found.rows)
    say("\t".join(found.columns))
    for row in found.rows:
        say("\t".join(_cell(row[column]) for column in found.columns))
    return 0


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    return "" if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _check(options: argparse.Namespace) -> int:
    with open_store(options) as store:
        found = store.check()
        size = store.size()
    if options.json:
        print_json({"problems": found, **size})
    elif found:
        for problem in found:
            say(problem)
    else:
        say(f"in order: {size['events']:,} lines of the log give the tables ({size['relations']:,} relations)")
    return 1 if found else 0


def print_json(data: Any) -> int:
    print(json.dumps(data, ensure_ascii=False, indent=2, default=str))
    return 0


def say(text: str) -> None:
    print(one_line(text))


def one_line(text: str) -> str:
    from ui.cli import printable

    return printable(text).replace("\n", "\\n")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"must be a number from 1, not {text[:40]!r}")
    return int(text)
