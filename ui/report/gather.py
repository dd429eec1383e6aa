"""Everything that a report tells, computed from a store: figures of its steps, null models, fits, hubs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from graphs.errors import BadArgument
from graphs.science import (
    REPORT,
    Comparison,
    Figures,
    Measured,
    Observer,
    State,
    StepGrowth,
    TailFit,
    compare,
    fit_tail,
    growth,
    measure,
    states,
    with_goodness,
)
from graphs.store import Store, StoreError


@dataclass(frozen=True, slots=True)
class Settings:
    """seeds: graphs of each null model beside the last step. checkpoints: earlier steps that get bands of three each.

    bootstraps: samples for the goodness of fit. points: most steps that are measured; above that, evenly chosen ones.
    """

    seed: int = 0
    seeds: int = 10
    checkpoints: int = 6
    bootstraps: int = 500
    points: int = 150


@dataclass(frozen=True)
class Story:
    """What was found. figures: of the measured steps. grounded: step -> share of the facts with a span behind them.

    bands: step -> comparison with null models. no_fit: why there is no fit.
    """

    name: str
    settings: Settings
    steps: Sequence[StepGrowth]
    figures: Mapping[int, Figures]
    grounded: Mapping[int, float]
    last: State
    measured: Measured
    comparison: Comparison | None
    bands: Mapping[int, Comparison] = field(default_factory=dict)
    fit: TailFit | None = None
    no_fit: str = ""


def gather(store: Store, settings: Settings, progress: Callable[[str], None] = lambda _: None) -> Story:
    """Measure a store.

    Raises:
        StoreError: it has no step.
    """
    count = store.last_step
    if not count:
        raise StoreError("the knowledge graph is empty: nothing has been grown in it yet")
    picked = spread(count, settings.points)
    checkpoints = (
        set(spread(count, settings.checkpoints + 1)[1:-1]) if settings.seeds and settings.checkpoints else set()
    )
    checkpoints &= set(picked)
    watcher, figures, grounded, bands = Observer(seed=settings.seed), {}, {}, {}
    state: State | None = None
    for state in states(store, picked):
        progress(f"measuring step {state.step} of {count}")
        figures[state.step] = watcher.measure(state.graph)
        if state.relations:
            grounded[state.step] = state.grounded / state.relations
        if state.step in checkpoints:
            bands[state.step] = compare(state.graph, state.locals, seeds=(1, 2, 3), figures=figures[state.step])
    assert state is not None
    progress("measuring the last step")
    measured = measure(state.graph, seed=settings.seed, budget=REPORT)
    comparison = None
    if settings.seeds:
        seeds = range(1, settings.seeds + 1)
        comparison = compare(
            state.graph,
            state.locals,
            seeds=seeds,
            budget=REPORT,
            figures=measured.figures,
            progress=lambda title: progress(f"null model: {title}, {len(seeds)} graphs"),
        )
        bands[state.step] = comparison
    fit, no_fit = _fit(state, settings, progress)
    return Story(
        store.folder.name if store.folder is not None else "knowledge graph",
        settings,
        growth(store),
        figures,
        grounded,
        state,
        measured,
        comparison,
        bands,
        fit,
        no_fit,
    )


def spread(count: int, points: int) -> list[int]:
    """At most `points` of the steps 1 to `count`, evenly, the first and the last among them.

    >>> spread(5, 10), spread(100, 4)
    ([1, 2, 3, 4, 5], [1, 34, 67, 100])
    """
    if count <= points:
        return list(range(1, count + 1))
    if points < 2:
        return [count]
    return [1 + round(i * (count - 1) / (points - 1)) for i in range(points)]


def _fit(state: State, settings: Settings, progress: Callable[[str], None]) -> tuple[TailFit | None, str]:
    progress("fitting the degrees")
    try:
        fit = fit_tail(state.graph.degrees)
    except BadArgument as error:
        return None, str(error)
    return with_goodness(fit, bootstraps=settings.bootstraps, seed=settings.seed), ""
