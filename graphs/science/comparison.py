"""A graph's figures beside those of null models: mean ± sd over seeds, z-scores, and whether they differ at all."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graphs.errors import BadArgument
from graphs.science.figures import ABOUT, Figures
from graphs.science.measure import STEP, Budget, measure
from graphs.science.nulls import (
    CONFIGURATION,
    ERDOS_RENYI,
    NULL_MODELS,
    RANDOM_LOOP,
    SHUFFLED_UNION,
    NullModel,
    configuration,
    erdos_renyi,
)
from graphs.science.simple import Simple
from graphs.science.unions import Local, random_loop, shuffled_union

LEAST_SEEDS = 3
LEAST_STEPS = 5  # steps with edges, for a shuffled union
LEVEL = 0.01  # share of graphs of a null that would be called different from it
COMPARED = tuple(name for name in ABOUT if name not in ("stability", "newly_connected", "shortened"))


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure in one null model, over `seeds` graphs of it.

    z: (value - mean) / sd; None where all graphs of the null agree. differs: whether the value lies outside the range
    in which another graph of the null would fall 99 times of 100 (Student's t, so few seeds make a wide range);
    None where that cannot be said.
    """

    null: str
    mean: float
    sd: float
    seeds: int
    z: float | None
    differs: bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """besides: figure -> null model -> what it shows, where it does not fix it. missing: null model -> why."""

    figures: Figures
    besides: Mapping[str, Mapping[str, Beside]]
    missing: Mapping[str, str] = field(default_factory=dict)
    seeds: tuple[int, ...] = ()


def compare(
    graph: Simple,
    locals_: Sequence[Local] = (),
    *,
    seeds: Sequence[int] = tuple(range(1, 11)),
    seed: int = 0,
    budget: Budget = STEP,
    figures: Figures | None = None,
    progress: Callable[[str], None] | None = None,
) -> Comparison:
    """Measure `graph` and `len(seeds)` graphs of each null model in the same way.

    locals_: the edges that each step of a growth stated, for the null models made of them. figures: those of `graph`,
    where they are known, measured with the same budget.

    Raises:
        BadArgument: fewer than 3 seeds, or the same one twice.
    """
    if len(set(seeds)) != len(seeds) or len(seeds) < LEAST_SEEDS:
        raise BadArgument(f"null models need {LEAST_SEEDS} different seeds or more, not {list(seeds)}")
    found = figures or measure(graph, seed=seed, budget=budget).figures
    besides: dict[str, dict[str, Beside]] = {name: {} for name in COMPARED}
    missing = _missing(graph, locals_, budget)
    for model, make in _makers(graph, locals_):
        if model.name in missing:
            continue
        if progress is not None:
            progress(model.title)
        made = [measure(make(s), seed=s, budget=budget).figures for s in seeds]
        for name in (name for name in COMPARED if name not in model.fixes):
            beside = _beside(model.name, found.value(name), [figures.value(name) for figures in made])
            if beside is not None:
                besides[name][model.name] = beside
    return Comparison(found, {k: v for k, v in besides.items() if v}, missing, tuple(seeds))


def _missing(graph: Simple, locals_: Sequence[Local], budget: Budget) -> dict[str, str]:
    if graph.num_edges > budget.nulls:
        why = f"over {budget.nulls:,} edges"
        return {model.name: why for model in NULL_MODELS}
    if graph.num_edges < 2:
        return {model.name: "fewer than two edges" for model in NULL_MODELS}
    if len([local for local in locals_ if local]) < LEAST_STEPS:
        return dict.fromkeys((SHUFFLED_UNION.name, RANDOM_LOOP.name), f"fewer than {LEAST_STEPS} steps added edges")
    return {}


def _makers(graph: Simple, locals_: Sequence[Local]) -> Iterator[tuple[NullModel, Callable[[int], Simple]]]:
    isolates = graph.num_nodes - len({node for local in locals_ for edge in local for node in edge})
    yield ERDOS_RENYI, lambda seed: erdos_renyi(graph, seed)
    yield CONFIGURATION, lambda seed: configuration(graph, seed)
    yield SHUFFLED_UNION, lambda seed: shuffled_union(locals_, seed, isolates)
    yield RANDOM_LOOP, lambda seed: random_loop(locals_, seed, isolates)


def _beside(null: str, value: float | None, values: Sequence[float | None]) -> Beside | None:
    defined = [v for v in values if v is not None]
    if value is None or len(defined) < LEAST_SEEDS:
        return None
    count = len(defined)
    mean = sum(defined) / count
    sd = math.sqrt(sum((v - mean) ** 2 for v in defined) / (count - 1))
    gap = value - mean
    if sd <= 1e-12 * max(1.0, abs(mean)):
        same = abs(gap) <= 1e-9 * max(1.0, abs(mean))
        return Beside(null, mean, 0.0, count, None, False if same else None)
    return Beside(null, mean, sd, count, gap / sd, abs(gap / sd) > widest_z(count))


def widest_z(seeds: int) -> float:
    """The z-score that one more graph of a null model stays under 99 times of 100, its mean and sd from `seeds` graphs.

    >>> round(widest_z(3), 1), round(widest_z(10), 1), round(widest_z(1000), 1)
    (11.5, 3.4, 2.6)
    """
    from scipy.special import stdtrit

    return float(stdtrit(seeds - 1, 1 - LEVEL / 2)) * math.sqrt(1 + 1 / seeds)
