"""Robustness: generated questions whose graph or wording is perturbed in one way at a time, or in every way at once.

A sample's task is its perturbation; `metadata["kind"]` is the kind of question. Wordings and syntaxes are the project's
own; the wordings fall in a `dev` and a `heldout` half (see `evals.wordings`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from evals.benchmarks.robustness.questions import KINDS, choose_slots, make_graph
from evals.benchmarks.robustness.settings import CARRIES, SETTINGS, Family
from evals.benchmarks.robustness.syntaxes import fitting, rows, shuffled, write
from evals.labels import STOCKS, labels
from evals.scorers import score
from evals.task import Sample, Source, Task
from evals.wordings import Wordings, wordings
from graphs.graph import Graph

PERTURBATIONS = (
    "none",
    "renamed: words",
    "renamed: mixed case",
    "renamed: unicode",
    "renamed: multi-word",
    "renamed: codes",
    "renamed: gaps",
    "shuffled edges",
    "syntax",
    "question first",
    "reworded",
    "application",
    "terse",
    "polite",
    "distractors",
    "combined",
)
USUAL_COUNT = 2_000
_POLITE = {
    "dev": (
        "Hi! Could you please help me with this? {q} Thank you very much!",
        "I would be grateful if you could answer the following question. {q}",
        "Please tell me: {q} Thanks in advance.",
        "Sorry to bother you. {q} Many thanks!",
    ),
    "heldout": (
        "Good morning, I have a small question, if you don't mind. {q} I really appreciate your help.",
        "Hello there, hope you're well. Would you kindly answer this one? {q} Cheers!",
        "Dear assistant, {q} With best regards and thanks.",
        "If it's not too much trouble: {q} Thank you so much.",
    ),
}
_DISTRACTORS = {
    "dev": (
        "I need this for a homework that is due on Friday.",
        "My colleague drew this by hand yesterday.",
        "The weather is nice today.",
        "We looked at another example last week.",
        "Please don't worry about the colours in the picture.",
    ),
    "heldout": (
        "By the way, my exam is in 3 weeks.",
        "A friend of mine made this picture with a pencil.",
        "I already spent two hours on it.",
        "This comes from chapter 12 of our book.",
        "It is raining here, so I have time for puzzles.",
    ),
}


def samples(source: Source) -> Iterator[Sample]:
    """Every kind of question under every perturbation in turn, until `count` samples are made."""
    chosen = [p for p in PERTURBATIONS if source.wants(p)]
    stock = wordings(source.split)
    pairs = [(kind, perturbation) for kind in KINDS for perturbation in chosen if _applies(kind, perturbation, stock)]
    for i in range(source.count or USUAL_COUNT):
        kind, perturbation = pairs[i % len(pairs)]
        rng = random.Random(f"{source.seed}-{source.split}-{perturbation}-{kind}-{i // len(pairs)}")
        yield _sample(f"{source.split}-{source.seed}-{i:05d}", kind, perturbation, stock, source.split, rng)


def _applies(kind: str, perturbation: str, stock: Wordings) -> bool:
    return perturbation != "application" or any(name in SETTINGS for name in stock[kind])


def _sample(name: str, kind: str, perturbation: str, stock: Wordings, split: str, rng: random.Random) -> Sample:
    setting, template = _wording(kind, perturbation, stock, rng)
    graph = _graph(kind, setting, perturbation, rng)
    slots = choose_slots(kind, graph, rng)
    template, _, mark = template.partition("#")
    gold = KINDS[kind].gold(graph, slots)
    if mark == "no":  # the wording asks for the opposite
        gold = not gold
    shown = {key: ", ".join(map(str, item)) if key == "p" else item for key, item in slots.items()}
    asked = template.format(**shown)
    told, syntax = _told(graph, setting, perturbation, rng)
    text = _joined(told, asked, perturbation, split, rng)
    about = {
        "kind": kind,
        "scoring": KINDS[kind].scoring,
        "setting": setting,
        "syntax": syntax,
        "wording": template,
        "slots": slots,
    }
    return Sample(name, text, graph, gold, perturbation, about)


def _wording(kind: str, perturbation: str, stock: Wordings, rng: random.Random) -> tuple[str, str]:
    """(setting, template): the canonical wording unless the perturbation is about wordings."""
    groups = stock[kind]
    if perturbation == "reworded":
        return "plain", rng.choice(groups["plain"])
    if perturbation == "terse":
        return "plain", rng.choice(groups["terse"])
    if perturbation == "application":
        name = rng.choice([name for name in groups if name in SETTINGS])
        return name, rng.choice(groups[name])
    if perturbation == "combined":
        name = rng.choice([name for name in groups if name != "terse"])
        return name, rng.choice(groups[name])
    return "plain", wordings("dev")[kind]["plain"][0]


def _graph(kind: str, setting: str, perturbation: str, rng: random.Random) -> Graph:
    family: Family = KINDS[kind].family
    if setting in CARRIES and family not in CARRIES[setting]:
        family = CARRIES[setting][0]
    count = rng.randint(5, 10)
    sides = count // 2 if family == "bipartite" else 0
    if setting in SETTINGS:
        about = SETTINGS[setting]
        names = labels(about.names, count - (sides if about.second_names else 0), rng)
        if about.second_names:
            sides = len(names)
            names += labels(about.second_names, min(count - sides, 8), rng)
    elif perturbation.startswith("renamed: "):
        names = labels(perturbation.removeprefix("renamed: "), count, rng)
    elif perturbation == "combined":
        names = labels(rng.choice(["integers", "gaps", *STOCKS]), min(count, 8), rng)
        sides = min(sides, len(names) // 2)
    else:
        names = labels("integers", count, rng)
    return make_graph(kind, family, names, rng, sides)


def _told(graph: Graph, setting: str, perturbation: str, rng: random.Random) -> tuple[str, str]:
    """(the text of the graph, the name of its syntax)."""
    free = perturbation in ("combined", "shuffled edges")
    edges = shuffled(graph, rng) if free else rows(graph)
    if setting in SETTINGS:
        about = SETTINGS[setting]
        nodes = list(map(str, graph.nx))
        roll = about.roll.format(nodes=", ".join(nodes[:-1]) + " and " + nodes[-1])
        alone = {n for n in graph.nx if graph.nx.degree(n) == 0}
        parts = [about.opening, roll] if alone or rng.random() < 0.5 else [about.opening]
        return "\n".join([*parts, about.facts(edges)]), "application"
    syntax = rng.choice(fitting(graph)) if perturbation in ("syntax", "combined") else "tuples"
    return write(graph, syntax, edges), syntax


def _joined(told: str, asked: str, perturbation: str, split: str, rng: random.Random) -> str:
    every = perturbation == "combined"
    if perturbation == "polite" or (every and rng.random() < 0.5):
        asked = rng.choice(_POLITE[split]).format(q=asked)
    parts = [told, asked]
    if perturbation == "question first" or (every and rng.random() < 0.3):
        parts.reverse()
    if perturbation == "distractors" or (every and rng.random() < 0.5):
        for extra in rng.sample(_DISTRACTORS[split], rng.randint(1, 2)):
            parts.insert(rng.randint(0, len(parts)), extra)
    return "\n".join(parts)


TASK = Task(
    "robustness",
    samples,
    score,
    source="own perturbations of graph questions",
    kinds=PERTURBATIONS,
    column="kind",
)
