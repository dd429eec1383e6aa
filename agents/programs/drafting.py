"""Programs that need no model: where a question names the functions and states their arguments, the call is evident.

"Use the louvain function of cdlib on karate.gml with resolution 0.8 and compute the internal edge density" names
everything that its program needs. A draft is complete when every function that the question names for sure has its
graph and its required arguments; only then does it run by itself. Of an incomplete one, the steps that lack nothing
are a program too (`partial`); its lines that make the graph (`setup`) stand before what a model writes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from agents.programs.calls import leave, step_for
from agents.programs.documentation import Documentation
from agents.programs.drawing import finish_drawing
from agents.programs.fitting import fit
from agents.programs.given_code import given_code
from agents.programs.meaning import nearest_meaning
from agents.programs.scene import Scene
from agents.programs.sources import is_generator, make_graphs
from agents.programs.spoken import is_sure, meant
from agents.programs.steps import Step, printed
from agents.programs.symbols import Symbol, fold
from agents.programs.wanted import completed, in_order

GUESSED = 0.45  # of a score by meaning: less tells nothing


@dataclass
class Draft:
    """A program made from the question's own words.

    missing: what it could not fill in, in words; complete without. steps: how many calls it makes. partial: the program
    of the steps that lack nothing, "" where there is none. setup: the lines that make the question's graphs. graphs:
    the variables that hold those, with their form ("networkx", "igraph" or "array").
    """

    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    steps: int = 0
    partial: str = ""
    setup: str = ""
    graphs: tuple[tuple[str, str], ...] = ()

    @property
    def complete(self) -> bool:
        return self.steps > 0 and not self.missing

    @property
    def code(self) -> str:
        return "\n".join(self.lines)


def draft(
    question: str,
    named: Sequence[Symbol],
    *,
    has_graph: bool,
    library: str = "networkx",
    libraries: Sequence[str] = (),
    documentation: Documentation | None = None,
    chosen: bool = False,
) -> Draft:
    """A program that calls the named functions in the order that their kinds demand.

    has_graph: whether the variable `graph` will exist, as a graph of `library`; else the edges that the question tells,
    the generator that it names, or the code that it shows make the graph. libraries: those that the question names.
    documentation: where the members of classes are looked up. chosen: whether `named` are meant for sure, whatever the
    question's words.
    """

    def made(symbols: list[Symbol]) -> Draft:
        return _Maker(question, symbols, has_graph, library, libraries, documentation, chosen).made()

    if chosen:
        return made(list(named))
    plainly = meant(question, named, libraries, documentation)
    first = made(plainly)
    loosely = meant(question, named, libraries, documentation, loosely=True)
    if first.complete:
        return first
    again = made(loosely) if loosely != plainly else first
    if again.complete or any(is_sure(symbol, question) for symbol in plainly if not is_generator(symbol)):
        return again if again.complete else first
    kept = [symbol for symbol in plainly if is_generator(symbol) or symbol.library == "littleballoffur"]
    unnamed = made(kept)
    if unnamed.complete or first.partial or documentation is None:
        return unnamed if unnamed.complete else first
    return _by_nearest(_Maker(question, kept, has_graph, library, libraries, documentation, chosen), first)


def _by_nearest(maker: _Maker, first: Draft) -> Draft:
    """The draft with, as a part of it, the callable function nearest in meaning, where nothing else can be called.

    It may not be what is asked, which `missing` says.
    """
    assert maker.documentation is not None
    if not maker.scene.graphs or maker.library == "graspologic":
        return first
    _, near = nearest_meaning(
        maker.question, maker.documentation, maker.library, lambda symbol: fit(maker.scene, symbol)
    )
    if not near or near[0].score < GUESSED:
        return first
    maker.chosen, maker.named = True, [*(s for s in maker.named if not is_generator(s)), near[0].symbol]
    guessed = maker.made()
    if not guessed.complete:
        return first
    doubt = f"what exactly is asked for: {near[0].symbol.name} is the nearest in meaning"
    return replace(first, partial=guessed.code, missing=[*first.missing, doubt])


class _Maker:
    def __init__(
        self,
        question: str,
        named: list[Symbol],
        has_graph: bool,
        library: str,
        libraries: Sequence[str],
        documentation: Documentation | None,
        chosen: bool,
    ) -> None:
        self.question, self.named, self.documentation, self.chosen = question, named, documentation, chosen
        self.code = given_code(question)
        self.scene = Scene(question, self.code)
        igraph = "igraph" in (library, *libraries) or any(symbol.library == "igraph" for symbol in named)
        self.library = "igraph" if igraph else "graspologic" if "graspologic" in libraries else "networkx"
        self.missing: list[str] = []
        self.generated = False
        self.steps: list[Step] = []
        if has_graph:
            self.scene.graphs.append(("graph", library))
        else:
            self.generated, self.missing = make_graphs(self.scene, named, self.library, documentation)
        self.setup = "\n".join([*self.scene.imports, *filter(None, [self.code.begin]), *self.scene.lines])
        self.graphs = tuple(self.scene.graphs)

    def made(self) -> Draft:
        of_code = bool(self.code.graphs) and not self.code.begin
        labels = {fold(str(label)) for given in self.scene.given for label in given.labels}
        self.named = [s for s in self.named if fold(s.short) not in labels or is_sure(s, self.question)]
        steps = [s for s in self.named if not is_generator(s) or (of_code and s.library == "graspologic")]
        order = in_order(self.question, steps)
        if self.documentation is not None and not self.code.begin and not self.chosen:
            order = completed(
                self.question,
                order,
                self.documentation,
                library=self.library,
                has_graph=bool(self.scene.graphs),
                fit=lambda symbol: fit(self.scene, symbol),
            )
        measures = [symbol for symbol in order if symbol.name.startswith("cdlib.evaluation.")]
        for symbol in order:
            if re.search(rf"\b{symbol.short}\(", self.code.begin):
                continue  # the shown code calls it
            step = step_for(self.scene, symbol, measures, self.documentation)
            step.sure = self.chosen or is_sure(symbol, self.question)
            leave(self.scene, step, self.named)
            self.steps.append(step)
        return self._finished()

    def _finished(self) -> Draft:
        if not self.steps and self.generated and (step := _of_the_graph(self.scene, self.named)) is not None:
            self.steps.append(step)
        whole = [step for step in self.steps if not step.missing]
        # plain words that could be a function of networkx but cannot be called are just words, where another step can
        unsure = [s for s in self.steps if s.missing and not s.sure and s.symbol.library == "networkx"]
        lacking = [step for step in self.steps if step.missing and (step not in unsure or not whole)]
        made = Draft()
        made.missing = [*self.missing, *(text for step in lacking for text in step.missing)]
        others = [name for name, _ in self.graphs[1:]]
        text = "\n".join(line for step in self.steps for line in (*step.lines, step.value))
        either = others and self.steps and not self.code.begin and not any(name in text for name in others)
        if either:
            made.missing.append(f"which of the {len(self.graphs)} graphs is meant")
        partial = self._text(whole)
        shown = self._text([step for step in self.steps if step not in unsure or not whole])
        made.steps = len(whole) if whole else len(self.steps)
        if made.steps and not re.search(r"\bprint\(|savefig|viz\.", partial or shown):
            sampled = any(step.symbol.library == "littleballoffur" for step in self.steps)
            made.missing.append(f"what is wanted of the {'sample' if sampled else 'graph'}")
            more = "\nprint(list(graph.nodes))\nprint(list(graph.edges))"
            partial = partial + more if whole else ""
        made.lines = shown.split("\n") if shown else []
        made.setup, made.graphs = self.setup, self.graphs
        made.partial = partial if whole and not self.missing and not either else ""
        return made

    def _text(self, steps: Sequence[Step]) -> str:
        scene = self.scene
        lines: list[str] = []
        values = [step for step in steps if step.value]
        names = [name for name in self.code.open if name not in ("G", "graph", "g", "nx", "ig")]
        shaped = self.code.shape and names and (len(names) == len(values) or len(values) == 1)
        said: list[str] = []
        for step in steps:
            lines += step.lines
            value = printed(step, scene) if step.value else ""
            if not value:
                continue
            if shaped:
                target = ", ".join(names) if len(values) == 1 else names[values.index(step)]
                lines.append(f"{target} = {step.value}")
            elif step.lines or f"print({value})" not in said:
                said.append(f"print({value})")
                lines.append(said[-1])
        if shaped:
            graph = [name for name in self.code.open if name in ("G", "graph", "g")]
            lines += [f"{name} = {scene.graphs[0][0]}" for name in graph if scene.graphs and scene.graphs[0][0] != name]
            lines.append(self.code.shape)
        lines += finish_drawing(scene, steps, self.question)
        if scene.groups and not re.search(r"\bprint\(|viz\.|savefig", "\n".join(lines)):
            lines += [f"print({group}.communities)" for group in scene.groups]
        return "\n".join([*scene.imports, *filter(None, [self.code.begin]), *scene.lines, *lines])


def _of_the_graph(scene: Scene, named: Sequence[Symbol]) -> Step | None:
    """What is asked of a made graph where only its generator is named: its edges or its nodes."""
    asked = re.search(
        r"\b(?:print|list|show|return|output|display|give|what are)\b.{0,40}?\b(edges|nodes)\b", scene.question, re.I
    )
    graph = scene.graph("networkx")
    if asked is None or graph is None or not named:
        return None
    return Step(named[0], value=f"list({graph}.{asked[1].casefold()}())")
