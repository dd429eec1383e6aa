"""MetaQA: questions about films over one, two or three relations of a knowledge graph.

Zhang et al., "Variational Reasoning for Question Answering with Knowledge Graph" (AAAI 2018, arXiv 1709.04071). The
data folder holds `kb.tsv` (source, relation, target) and `1hop_dev.txt` … `3hop_dev.txt` (question, tab, answers
parted by
`|`; the topic stands in brackets). Only questions are asked whose golds can all be reached in that many relations.

The published golds leave the topic itself out even where it belongs to the answer ("who wrote the films directed by X",
who wrote them himself), so it is left out on both sides before sets are compared; `strict` counts without that.
"""

from __future__ import annotations

import atexit
import hashlib
import re
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from agents.reply import Reply
from evals.task import BadData, Finding, Outcome, Sample, Source, Task

KB = "kb.tsv"
_TOPIC = re.compile(r"\[([^\[\]]+)\]")
Steps = dict[str, dict[tuple[str, str], set[str]]]  # entity -> (relation, side) -> entities


def samples(source: Source) -> Iterator[Sample]:
    """The questions of a folder, hop by hop, whose golds can be reached.

    Raises:
        BadData: the folder or a file in it is not of the benchmark's form.
    """
    assert source.data is not None
    folder = source.data
    if not (folder / KB).is_file():
        raise BadData(f"{folder}: {KB} is missing; name the folder that holds it and the questions")
    steps = _steps(folder)
    for hops in (1, 2, 3):
        task = f"{hops}hop"
        for path in sorted(folder.glob(f"{hops}hop_*.txt")) if source.wants(task) else ():
            for number, (question, gold) in enumerate(_questions(path), 1):
                topic = _topic(question, path, number)
                around = _reach(steps, topic, hops)
                if topic in steps and gold <= around:
                    yield Sample(
                        f"{path.stem}-{number}", question, None, sorted(gold), task, _about(folder, question, topic)
                    )


def _about(folder: Path, question: str, topic: str) -> dict[str, Any]:
    half = "looked at" if int(hashlib.sha256(question.encode()).hexdigest(), 16) % 2 == 0 else "kept apart"
    return {"half": half, "topic": topic, "folder": str(folder)}


def _questions(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        question, tab, gold = line.partition("\t")
        if not tab or not gold.strip():
            raise BadData(f"{path}, line {number}: a question, a tab and its answers are expected")
        yield question, frozenset(gold.split("|"))


def _topic(question: str, path: Path, number: int) -> str:
    match = _TOPIC.search(question)
    if match is None:
        raise BadData(f"{path}, line {number}: no topic stands in brackets")
    return match[1]


@lru_cache(maxsize=1)
def _steps(folder: Path) -> Steps:
    found: Steps = defaultdict(lambda: defaultdict(set))
    for source, relation, target in _triples(folder / KB):
        found[source][relation, "out"].add(target)
        found[target][relation, "in"].add(source)
    return found


def _triples(path: Path) -> Iterator[tuple[str, str, str]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            row = line.rstrip("\n").split("\t")
            if len(row) != 3:
                raise BadData(f"{path}, line {number}: three columns are expected, not {len(row)}")
            yield row[0], row[1], row[2]


def _reach(steps: Steps, topic: str, hops: int) -> set[str]:
    """What can be reached in exactly so many relations, in either direction."""
    here = {topic}
    for _ in range(hops):
        here = {there for node in here if node in steps for ends in steps[node].values() for there in ends}
    return here


def chains(steps: Steps, topic: str, hops: int) -> Iterator[frozenset[str]]:
    """The sets that the chains of so many relations lead to."""

    def follow(here: frozenset[str], left: int) -> Iterator[frozenset[str]]:
        if not left:
            yield here
            return
        ways = {way for node in here if node in steps for way in steps[node]}
        for way in sorted(ways):
            yield from follow(
                frozenset().union(*(steps[node].get(way, ()) for node in here if node in steps)), left - 1
            )

    yield from follow(frozenset((topic,)), hops)


def audit(sample: Sample) -> Finding:
    """Whether some chain of relations of this knowledge graph gives the gold: the released graph lacks 4 % of its
    facts.
    """
    topic, gold = sample.metadata["topic"], set(sample.gold)
    steps = _steps(Path(sample.metadata["folder"]))
    derivable = any(found - {topic} == gold - {topic} for found in chains(steps, topic, int(sample.task[0])))
    return Finding("right" if derivable else "wrong")


def score(reply: Reply, sample: Sample) -> Outcome:
    """Compare sets; a question that is asked back is no answer."""
    if reply.status == "unanswerable":
        return "asked_back" if reply.readings else "unanswerable"
    if not isinstance(reply.value, list):
        return "unreadable"
    topic = {sample.metadata["topic"]}
    return "right" if set(map(str, reply.value)) - topic == set(sample.gold) - topic else "wrong"


def detail(reply: Reply, sample: Sample) -> dict[str, Any]:
    """Whether the answer is the gold to the letter, and whether each answer cites a relation."""
    value = reply.value if isinstance(reply.value, list) else None
    return {
        "derivable": audit(sample).gold == "right",
        "strict": value is not None and set(map(str, value)) == set(sample.gold),
        "cited": bool(reply.citations) if value else None,
    }


def sums(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """By hops and half: how it went where the gold is derivable, strictly, and the calls of a model."""
    groups: dict[str, dict[str, Any]] = {}
    keys = sorted({(row["task"], row["half"]) for row in rows})
    for task, half in keys:
        mine = [row for row in rows if (row["task"], row["half"]) == (task, half)]
        sound = [row for row in mine if row.get("derivable")]
        counts = Counter(row["outcome"] for row in sound)
        calls = [row["cost"]["model_calls"] for row in mine]
        groups[f"{task}, {half}"] = {
            "n": len(sound),
            "right": counts["right"],
            "share": f"{100 * counts['right'] / max(1, len(sound)):.1f}",
            "strict": sum(bool(row.get("strict")) for row in sound),
            "wrong": counts["wrong"],
            "asked_back": counts["asked_back"] + counts["unanswerable"],
            "other": len(sound) - sum(counts[k] for k in ("right", "wrong", "asked_back", "unanswerable")),
            "most_calls": max(calls, default=0),
        }
    return {"metaqa_derivable": groups}


def solver(model: str | None, data: Path | None, _: Mapping[str, Any]) -> Callable[[str], Reply]:
    """The agent on a store that holds the knowledge graph."""
    from agents import GraphAgent

    assert data is not None
    agent = GraphAgent(model or "none", time_limit=None)
    store: list[Path] = []

    def ask(question: str) -> Reply:
        if not store:
            store.append(_store(data))
        return agent.ask(question, graph=store[0])

    return ask


def _store(folder: Path) -> Path:
    from graphs.store import Store

    place = Path(tempfile.mkdtemp(prefix="konigsberg-metaqa-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    with Store.open(place) as store:
        store.load_triples(_triples(folder / KB), about="MetaQA")
    return place


TASK = Task(
    "metaqa",
    samples,
    score,
    source="MetaQA, arXiv 1709.04071",
    kinds=("1hop", "2hop", "3hop"),
    audit=audit,
    column="half",
    solver=solver,
    detail=detail,
    sums=sums,
)
