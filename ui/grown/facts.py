"""Facts with their evidence as HTML: all of an entity, the newest, and paths between two. Every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import Any

import networkx as nx

from graphs.store import Entity, Relation
from graphs.store.reading import Reading
from graphs.store.view import labels
from ui.report.markup import Markup, clean, join, short, tag

MOST_FACTS, MOST_QUOTES, MOST_PATHS = 60, 4, 3
_NAME, _QUOTE = 120, 500  # characters


def entity_of(store: Reading, label: str) -> Entity | None:
    """The entity that a drawing calls `label`."""
    number = next((number for number, name in labels(store.base).items() if name == label), None)
    if number is not None:
        return store.entity(number)
    found = store.find(label)
    return found[0] if found else None


def entity_html(store: Reading, entity: Entity) -> Markup:
    """Everything about an entity: names, type, description, what was merged into it, and its facts."""
    facts = [fact for fact in (*store.out(entity.id), *store.into(entity.id)) if fact.status != "retired"]
    facts = list({fact.id: fact for fact in facts}.values())
    about = [entity.type or "no type", f"came in step {entity.step}", _count(len(facts), "fact")]
    parts: list[object] = [
        tag("h2", short(clean(entity.name), _NAME)),
        tag("p", " · ".join(clean(one) for one in about), class_="small"),
    ]
    if entity.description:
        parts.append(tag("p", short(clean(entity.description), 600)))
    if entity.aliases:
        parts.append(tag("p", "Also written: ", short(clean(", ".join(entity.aliases)), 400), class_="small"))
    return join([*parts, facts_html(store, facts)])


def facts_html(store: Reading, facts: Sequence[Relation], most: int = MOST_FACTS) -> Markup:
    """A list of facts, each with what it rests on."""
    if not facts:
        return tag("p", "No fact is known.", class_="small")
    rows = [fact_html(store, fact) for fact in facts[:most]]
    left = len(facts) - len(rows)
    more = tag("p", f"{left:,} more are not shown; search for what you are after.", class_="small") if left else None
    return join([tag("ul", *rows, class_="facts"), more])


def fact_html(store: Reading, fact: Relation) -> Markup:
    """One fact: its two ends as buttons, its status, and its evidence."""
    times = " to ".join(time or "…" for time in (fact.valid_from, fact.valid_to))
    said = [fact.status, f"step {fact.step}"]
    said += [f"confidence {fact.confidence:.2g}"] if fact.confidence < 1 else []
    said += [times] if fact.valid_from or fact.valid_to else []
    badge = "proven" if fact.status == "grounded" else "computed"
    return tag(
        "li",
        _entity(store, fact.source),
        tag("span", f" {short(clean(fact.verb), _NAME)} ", class_="verb"),
        _entity(store, fact.target),
        " ",
        tag("span", said[0], class_=f"badge {badge}"),
        tag("span", f" {', '.join(said[1:])}", class_="small"),
        *_evidence(store, fact),
    )


def _entity(store: Reading, number: int) -> Markup:
    name = clean(store.entity(number).name)
    return tag("button", short(name, _NAME), type="button", class_="link", data_act="entity", data_entity=number)


def _evidence(store: Reading, fact: Relation) -> Iterable[Markup]:
    pieces = store.evidence(fact.id)
    for piece in pieces[:MOST_QUOTES]:
        if piece.document is not None:
            name = short(clean(store.document(piece.document).name), 80)
            where = f"{name}, characters {piece.start} to {piece.end}"
        else:
            where = "a model's words, no document" if piece.call else "no source is noted"
        quote = short(clean(piece.quote), _QUOTE) or "(no words)"
        yield tag("blockquote", quote, tag("span", f"{where}, step {piece.step}", class_="small where"))
    if len(pieces) > MOST_QUOTES:
        yield tag("p", f"{len(pieces) - MOST_QUOTES:,} more pieces of evidence", class_="small")


def paths_html(store: Reading, first: Entity, second: Entity) -> Markup:
    """The shortest ways between two entities, whichever way the facts point, with the evidence of each step."""
    head = tag("h2", f"From {short(clean(first.name), 60)} to {short(clean(second.name), 60)}")
    if first.id == second.id:
        return join([head, tag("p", "Choose two different entities.")])
    found, length = paths(store, first.id, second.id)
    if not found:
        return join([head, tag("p", "No facts connect them, in whatever direction they are read.")])
    parts: list[object] = []
    for number, path in enumerate(found, 1):
        rows = [fact_html(store, fact) for hop in path for fact in hop[:2]]
        names = " – ".join(clean(store.entity(entity).name) for entity in _along(path, first.id))
        fold = tag("summary", f"{number}. {short(names, 300)}")
        parts.append(tag("details", fold, tag("ul", *rows, class_="facts"), open=number == 1))
    more = f", {len(found)} of them" if len(found) == MOST_PATHS else ""
    said = f"The shortest ways have {_count(length, 'fact')}{more}; the facts' own directions stand in them."
    return join([head, tag("p", said, class_="small"), *parts])


def paths(store: Reading, first: int, second: int) -> tuple[list[list[list[Relation]]], int]:
    """Up to `MOST_PATHS` shortest paths, each a list of hops, each hop the facts between its ends; and their length."""
    between: dict[frozenset[int], list[Relation]] = {}
    for fact in store.relations(("grounded", "hypothesis")):
        between.setdefault(frozenset((fact.source, fact.target)), []).append(fact)
    body: nx.Graph[int] = nx.Graph(tuple(pair) for pair in between if len(pair) == 2)
    if first not in body or second not in body or not nx.has_path(body, first, second):
        return [], 0
    found = islice(nx.all_shortest_paths(body, first, second), MOST_PATHS)
    hops = [[_best_first(between[frozenset(pair)]) for pair in pairwise(path)] for path in found]
    return hops, len(hops[0])


def _best_first(facts: list[Relation]) -> list[Relation]:
    return sorted(facts, key=lambda fact: (fact.status != "grounded", -fact.confidence, fact.id))


def _along(path: list[list[Relation]], start: int) -> list[int]:
    at, found = start, [start]
    for hop in path:
        at = hop[0].target if hop[0].source == at else hop[0].source
        found.append(at)
    return found


def newest_html(store: Reading, most: int = 40) -> Markup:
    """The facts that came last."""
    facts = sorted(store.relations(("grounded", "hypothesis")), key=lambda fact: (-fact.step, -fact.id))
    head = tag("p", f"{_count(len(facts), 'fact')}, the newest first.", class_="small")
    return join([head, facts_html(store, facts, most)])


def found_html(store: Reading, text: str) -> Markup:
    """The entities whose names or descriptions hold the words of `text`, as buttons."""
    found = store.search(text, 30)
    if not found:
        return tag("p", f"Nothing here is called {short(clean(text), 80)!r}, or described so.")
    rows = [_found(store, entity) for entity in found]
    return join([tag("p", _count(len(found), "entity", "entities") + " found:"), tag("ul", *rows, class_="facts")])


def _found(store: Reading, entity: Entity) -> Markup:
    about = ", ".join(x for x in (entity.type or "", short(clean(entity.description), 160)) if x)
    return tag("li", _entity(store, entity.id), tag("span", f" {clean(about)}", class_="small"))


def merges_html(store: Reading, *, locked: bool = False) -> Markup:
    """The merges that hold, each with a button that takes it back. locked: the graph is growing, so none can be."""
    merges = store.merges()
    if not merges:
        return tag("p", "No two entities were merged.", class_="small")
    gone: dict[int, Any] = dict(store.base.execute("SELECT id, name FROM merged").fetchall())
    rows = []
    for merge in reversed(merges[-100:]):
        name = short(clean(str(gone.get(merge.gone, "?"))), _NAME)
        undo = tag(
            "button", "Undo", type="button", data_act="undo", data_merge=merge.event, disabled=locked,
            aria_label=f"Undo the merge of {name}",
        )  # fmt: skip
        why = tag("span", f" step {merge.step}: {short(clean(merge.why), 300)} ", class_="small")
        rows.append(tag("li", tag("b", name), " is now ", _entity(store, merge.keep), why, undo))
    note = tag("p", "Pause the growth to undo a merge.", class_="small") if locked else None
    return join([note, tag("ul", *rows, class_="facts")])


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
