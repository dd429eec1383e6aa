"""Entity resolution: mentions come step by step, and each is put to what it means or is called new.

Data: entities with aliases, as in `.aliases`; without data a made-up set. The resolver is measured beside three
rules that other builders of graphs use alone: equal spelling, trigrams (Graphiti's Jaccard of 0.9), and cosines (0.85,
as in graph-preflexor's ideation). The entities are two halves by the hash of their ids: weights and thresholds were
chosen on the development half, so the test half is what counts. `--model` is the judge of what is left open.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.reply import Cost, Reply
from evals.benchmarks.entity_resolution.aliases import HALVES, Gold, Item, half, mentions, read_items
from evals.benchmarks.entity_resolution.clusters import b_cubed, pairwise
from evals.benchmarks.entity_resolution.made_up_names import entities
from evals.benchmarks.entity_resolution.streams import (
    Put,
    Stream,
    by_cosine,
    by_spelling,
    by_trigrams,
    remembered,
    resolver_stream,
)
from evals.task import Outcome, Sample, Source, Task
from graphs.resolution import Mention
from graphs.resolution.naming import plain_key

if TYPE_CHECKING:
    from evals.solvers import Solver
    from graphs.resolution import Embed, Judge

METHODS = ("resolver", "letters", "names", "exact", "trigrams", "cosine")
MADE_UP = 240  # entities where no data is given


def samples(source: Source) -> Iterator[Sample]:
    """One sample a mention and method, all methods of a mention after each other."""
    for which in HALVES:
        gold = stream(source.data, which, source.seed)
        earlier: dict[str, list[int]] = defaultdict(list)
        bearers: dict[str, set[str]] = defaultdict(set)
        for one in gold:
            bearers[plain_key(one.mention.name)].add(one.entity)
        for place, one in enumerate(gold):
            right = list(earlier[one.entity]) or [place]
            earlier[one.entity].append(place)
            for method in METHODS:
                if source.wants(method):
                    asked = {"method": method, "half": which, "seed": source.seed, "mention": place}
                    text = json.dumps(asked | _shown(one.mention), ensure_ascii=False)
                    about = {
                        "half": which,
                        "place": place,
                        "entity": one.entity,
                        "name": plain_key(one.mention.name),
                        "homonym": len(bearers[plain_key(one.mention.name)]) > 1,
                    }
                    yield Sample(f"{which[:4]}-{place}-{method}", text, None, right, method, about)


def _shown(mention: Mention) -> dict[str, Any]:
    about = {"type": mention.type, "description": mention.description, "neighbours": list(mention.neighbours)}
    return {"name": mention.name} | {name: value for name, value in about.items() if value}


def stream(data: Path | None, which: str, seed: int) -> list[Gold]:
    """The mentions of one half."""
    items = [Item(*entity) for entity in entities(MADE_UP, seed)] if data is None else read_items(data)
    return mentions(half(items, which), seed)


def score(reply: Reply, sample: Sample) -> Outcome:
    """Right is the cluster of any earlier mention of the same entity, or a new one where there is none."""
    if reply.status == "unanswerable":
        return "unanswerable"
    if not isinstance(reply.value, Mapping):
        return "unreadable"
    return "right" if reply.value["joined"] in sample.gold else "wrong"


def detail(reply: Reply, sample: Sample) -> dict[str, Any]:
    about = sample.metadata
    return {name: about[name] for name in ("half", "place", "entity", "name", "homonym")} | dict(reply.value or {})


def sums(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Pairs and B-cubed of each method and half, in per cent; the test half first."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if isinstance(row.get("joined"), int):
            groups[row["half"], row["task"]].append(row)
    found = {
        f"{which}: {method}": _figures(groups[which, method])
        for which in reversed(HALVES)
        for method in METHODS
        if groups.get((which, method))
    }
    return {"entity resolution": found} if found else {}


def _figures(rows: list[dict[str, Any]]) -> dict[str, Any]:
    into = {row["place"]: row["joined"] for row in rows if row["joined"] != row["place"]}
    into |= {gone: keep for row in rows for keep, gone in row.get("merges", ())}

    def last(cluster: int) -> int:
        while cluster in into:
            cluster = into[cluster]
        return cluster

    clusters = [last(row["joined"]) for row in rows]
    meant = [row["entity"] for row in rows]
    pairs, cubed = pairwise(clusters, meant), b_cubed(clusters, meant)
    apart, homonyms = _homonyms(rows, clusters)
    cells = {
        "pair P": pairs.precision, "pair R": pairs.recall, "pair F1": pairs.f1,
        "B3 P": cubed.precision, "B3 R": cubed.recall, "B3 F1": cubed.f1,
        "homonyms apart": apart / homonyms if homonyms else 1.0,
    }  # fmt: skip
    return {"mentions": len(rows)} | {name: f"{100 * value:.1f}" for name, value in cells.items()}


def _homonyms(rows: list[dict[str, Any]], clusters: Sequence[int]) -> tuple[int, int]:
    """Of the pairs of mentions of one spelling that mean two things: (those kept apart, all)."""
    by_name: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row, cluster in zip(rows, clusters, strict=True):
        if row["homonym"]:
            by_name[row["name"]].append((cluster, row["entity"]))
    apart = both = 0
    for found in by_name.values():
        for i, (cluster, entity) in enumerate(found):
            others = [other for other, meant in found[i + 1 :] if meant != entity]
            both += len(others)
            apart += sum(other != cluster for other in others)
    return apart, both


class Streams:
    """The streams of all methods, each run as far as it has been asked about."""

    def __init__(self, data: Path | None, embed: Embed | None, judge: Judge | None) -> None:
        self._data, self._embed, self._judge = data, embed, judge
        self._open: dict[tuple[str, str, int], Stream] = {}

    def put(self, method: str, which: str, seed: int, place: int) -> Put:
        """Where a mention is put."""
        key = (method, which, seed)
        if key not in self._open:
            self._open[key] = self._start(method, [one.mention for one in stream(self._data, which, seed)])
        return self._open[key][place]

    def _start(self, method: str, found: list[Mention]) -> Stream:
        if method == "cosine":
            assert self._embed is not None  # the solver says when there is none
            return Stream(by_cosine(found, self._embed, 0.85))
        clusters = {  # none of these runs before it is asked
            "resolver": resolver_stream(found, self._embed, self._judge),
            "letters": resolver_stream(found, None),
            "names": resolver_stream([Mention(mention.name) for mention in found], self._embed),
            "exact": by_spelling(found),
            "trigrams": by_trigrams(found, 0.9),
        }
        return Stream(clusters[method])


def solver(model: str | None, data: Path | None, switches: Mapping[str, Any]) -> Solver:
    """All methods; a model is the resolver's judge.

    Raises:
        SolverUnavailable: the model cannot be made.
    """
    from agents.embedding import available, encoder
    from evals.solvers import SolverUnavailable
    from graphs.errors import GraphError

    judge = None
    try:
        embed = remembered(encoder(switches.get("cache"))) if available() else None
        if model is not None:
            from agents.growing.model_calls.judging import ChatJudge
            from agents.models import chat_model

            judge = ChatJudge(chat_model(model, max_tokens=600, timeout=600.0, cache=switches.get("cache")))
    except GraphError as error:
        raise SolverUnavailable(str(error)) from error
    streams = Streams(data, embed, judge)

    def ask(question: str) -> Reply:
        began = time.perf_counter()
        asked = json.loads(question)
        if asked["method"] == "cosine" and embed is None:
            return Reply(None, "cosines need the extra 'search': pip install 'konigsberg[search]'", "unanswerable")
        before = judge.ledger.total if judge is not None else None
        put = streams.put(asked["method"], asked["half"], asked["seed"], asked["mention"])
        text = "new" if put.cluster == asked["mention"] else f"the same as mention {put.cluster}"
        cost = Cost(seconds=time.perf_counter() - began)
        if judge is not None and before is not None:
            spent = judge.ledger.total
            cost = Cost(spent.calls - before.calls, spent.tokens - before.tokens, cost.seconds)
        value = {"joined": put.cluster} | ({"merges": put.merges} if put.merges else {})
        return Reply(value, text, "estimated", cost=cost)

    return ask


TASK = Task(
    "entity_resolution",
    samples,
    score,
    source="FB15k-237's entities with Wikidata's aliases (villmow/datasets_knowledge_embedding)",
    kinds=METHODS,
    solver=solver,
    detail=detail,
    sums=sums,
    column="half",
)
