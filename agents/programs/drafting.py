"""Programs that need no model: where a question names the functions and states their arguments, the call is evident.

"Use the louvain function of cdlib on karate.gml with resolution 0.8 and compute the internal edge density" names
everything that its program needs. A draft is complete when every function that the question names for sure has its
graph and its required arguments; only then does it run by itself. Of an incomplete one, the steps that lack nothing
are a program too (`partial`); the whole of it shows the model how the calls look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agents.programs.array_steps import fitted_model, graspologic_function
from agents.programs.described import (
    asked_for,
    asked_property,
    counted,
    described,
    existing,
    normalized,
    only_word,
    other_groupings,
)
from agents.programs.documentation import Documentation, Symbol
from agents.programs.drawing import draws, finish_drawing, igraph_drawer
from agents.programs.generated import famous, generator_arguments, igraph_families, spoken_generators
from agents.programs.given_code import given_code
from agents.programs.library_steps import (
    as_groups,
    embed,
    find_groups,
    rate_groups,
    sample,
    show_groups,
    takes_two_groups,
)
from agents.programs.scene import Scene, takes_graph
from agents.programs.spoken import is_sure, meant, place_of
from agents.programs.steps import Step, igraph_census, igraph_layout_step, igraph_step, networkx_step, printed
from agents.programs.stories import graphs_in


@dataclass
class Draft:
    """A program made from the question's own words.

    missing: what it could not fill in, in words; complete without. steps: how many calls it makes. partial: the program
    of the steps that lack nothing, "" where there is none.
    """

    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    steps: int = 0
    partial: str = ""

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
) -> Draft:
    """A program that calls the named functions in the order that their kinds demand.

    has_graph: whether the variable `graph` will exist, as a graph of `library`; else the edges that the question tells,
    the generator that it names, or the code that it shows make the graph. libraries: those that the question names.
    documentation: where the members of classes are looked up.
    """
    chosen = meant(question, named, libraries, documentation)
    made = _Maker(question, chosen, has_graph, library, libraries, documentation).made()
    if made.complete:
        return made
    more = meant(question, named, libraries, documentation, loosely=True)
    again = _Maker(question, more, has_graph, library, libraries, documentation).made() if more != chosen else made
    return again if again.complete else made


def _is_generator(symbol: Symbol) -> bool:
    if symbol.owner == "igraph.Graph":
        return symbol.kind == "static" and not symbol.short.startswith(("Read", "from_"))
    if ".simulations." in symbol.name:
        return symbol.kind == "function"
    return symbol.makes_graph and not takes_graph(symbol) and not _CONVERTS.search(symbol.short)


_CONVERTS = re.compile(r"^(?:from_|read_|parse_|node_link_|adjacency_|tree_|cytoscape_)|^(?:quotient|projected)_")


class _Maker:
    def __init__(
        self,
        question: str,
        named: list[Symbol],
        has_graph: bool,
        library: str,
        libraries: Sequence[str],
        documentation: Documentation | None,
    ) -> None:
        self.question, self.named, self.libraries, self.documentation = question, named, libraries, documentation
        self.code = given_code(question)
        self.scene = Scene(question, self.code)
        self.igraph = "igraph" in (library, *libraries) or any(symbol.library == "igraph" for symbol in named)
        self.missing: list[str] = []
        self.made_graphs = False
        self.steps: list[Step] = []
        if has_graph:
            self.scene.graphs.append(("graph", library))
        else:
            self._graphs()

    # -- where the graphs come from

    def _graphs(self) -> None:
        if self.code.graphs:
            form = "array" if "graspologic" in self.libraries else "igraph" if self.igraph else "networkx"
            self.scene.graphs = [(name, _form(self.code.names[name], form)) for name in self.code.graphs]
            return
        given = [] if self.code.begin else graphs_in(self.question)
        takes_pairs = [s for s in self.named if any(name == "ebunch" for name, *_ in s.parameters or ())]
        if len(given) > 1 and takes_pairs:
            given = given[:1]
        if given:
            needs_arcs = any(symbol.takes_arcs for symbol in self.named)
            self.scene.add_given(given, igraph=self.igraph, needs_arcs=needs_arcs)
            return
        self._generated()

    def _generated(self) -> None:
        """The generators that the question names, else the families that it speaks of."""
        found = [(place_of(s, self.question), s, ()) for s in self.named if _is_generator(s)]
        found = found or self._spoken()
        for at, symbol, sizes in found[:3]:
            name = "graph" if not self.scene.graphs else f"graph{len(self.scene.graphs) + 1}"
            arguments, lacking = generator_arguments(symbol, self.scene.stated, at, sizes)
            if symbol.short == "Famous":
                arguments, lacking = [("name", famous(self.question))], []
            if lacking:
                self.missing.append(f"the parameters of {symbol.name} ({', '.join(lacking)})")
                continue
            shown = ", ".join(f"{key}={value!r}" for key, value in arguments)
            if symbol.library == "networkx":
                self.scene.use("import networkx as nx")
                self.scene.lines.append(f"{name} = nx{symbol.name.removeprefix('networkx')}({shown})")
            elif symbol.library == "igraph":
                self.scene.use("import igraph as ig")
                shown = repr(arguments[0][1]) if symbol.short == "Famous" else shown
                self.scene.lines.append(f"{name} = ig.Graph.{symbol.short}({shown})")
            else:
                self.scene.use(f"from {symbol.name.rpartition('.')[0]} import {symbol.short}")
                self.scene.lines.append(f"{name} = {symbol.short}({shown})")
            self.made_graphs = True
            form = {"networkx": "networkx", "igraph": "igraph"}.get(symbol.library, "array")
            self.scene.graphs.append((name, form))

    def _spoken(self) -> list[tuple[int, Symbol, tuple[int, ...]]]:
        if self.documentation is None:
            return []
        library = "igraph" if self.igraph else "graspologic" if "graspologic" in self.libraries else "networkx"
        if self.igraph and (own := igraph_families(self.question, self.documentation.members("igraph.Graph"))):
            return own
        return spoken_generators(self.question, library, self.documentation.find)

    # -- steps

    def made(self) -> Draft:
        order = sorted(
            (s for s in self.named if not _is_generator(s) or self._of_code(s)),
            key=lambda symbol: (_rank(symbol), place_of(symbol, self.question)),
        )
        order = self._described(order)
        measures = [symbol for symbol in order if symbol.name.startswith("cdlib.evaluation.")]
        for symbol in order:
            if self.code.begin and re.search(rf"\b{symbol.short}\(", self.code.begin):
                continue  # the shown code calls it
            step = self._step(symbol, measures)
            if step is not None:
                step.sure = is_sure(symbol, self.question)
                self._take(step)
        return self._finished()

    def _described(self, order: list[Symbol]) -> list[Symbol]:
        """The steps, with the function that the question describes where the names leave open what is wanted."""
        if self.documentation is None:
            return order
        order = [existing(self.question, symbol, self.documentation) for symbol in order]
        order = [normalized(self.question, symbol, self.documentation) for symbol in order]
        order = [counted(self.question, symbol, self.documentation) for symbol in order]
        if self.code.begin:
            return order
        groups = [s for s in order if s.name.startswith("cdlib.algorithms.")]
        compares = any(takes_two_groups(symbol) for symbol in order)
        if len(groups) == 1 and compares and not any(".community." in s.name for s in order):
            order += [s for s in other_groupings(self.question, self.documentation) if s not in order][:1]
            order.sort(key=_rank)
        if groups and len(groups) == len(order):
            measures = [s for s in self.documentation.functions(("cdlib",)) if s.name.startswith("cdlib.evaluation.")]
            found = described(self.question, measures)
            return [*order, found] if found is not None else order
        samples = [s for s in order if s.library == "littleballoffur"]
        if len(samples) == len(order) and self.scene.graphs:
            asked = asked_for(self.question, self.documentation, "igraph" if self.igraph else "networkx")
            if asked:
                return [*order, *asked]
            whether = asked_property(self.question, self.documentation)
            if whether is None and not self.igraph and (only := only_word(self.question, self.documentation)):
                return [*order, *only]
            pool = self.documentation.matching(self.question, ("networkx",), 40)
            pool = [s for s in pool if s.kind == "function" and takes_graph(s) and s.name.count(".") <= 2]
            found = whether or described(self.question, pool)
            return [*order, found] if found is not None else order
        return order

    def _of_code(self, symbol: Symbol) -> bool:
        return bool(self.code.graphs) and symbol.library == "graspologic" and not self.code.begin

    def _step(self, symbol: Symbol, measures: Sequence[Symbol]) -> Step | None:
        scene = self.scene
        if symbol.parameters is None and symbol.library != "igraph":
            return Step(symbol, missing=[f"the arguments of {symbol.name}"])
        if symbol.library == "networkx":
            return networkx_step(scene, symbol)
        if symbol.name.startswith("cdlib.algorithms."):
            return find_groups(scene, symbol)
        if symbol.name.startswith("cdlib.evaluation."):
            return rate_groups(scene, symbol)
        if symbol.name.startswith("cdlib.viz."):
            return show_groups(scene, symbol, measures)
        if symbol.library == "littleballoffur":
            return sample(scene, symbol)
        if symbol.library == "karateclub":
            members = self.documentation.members(symbol.name) if self.documentation else {}
            return embed(scene, symbol, members.get("fit"), tuple(members))
        if symbol.library == "graspologic":
            if symbol.kind == "class":
                return fitted_model(
                    scene, symbol, self.documentation.members(symbol.name) if self.documentation else {}
                )
            return graspologic_function(scene, symbol)
        if symbol.owner == "igraph.Graph":
            return igraph_step(scene, symbol)
        if symbol.owner == "igraph.Layout":
            return igraph_layout_step(scene, symbol)
        if symbol.short == "TriadCensus":
            return igraph_census(scene, symbol)
        return igraph_drawer(scene, symbol) or Step(symbol, missing=[f"how to use {symbol.name}"])

    def _take(self, step: Step) -> None:
        """Keep a step; groups, samples and layouts become variables that later steps find."""
        if step.form == "groups" and step.value and not step.missing:
            variable = f"coms{len(self.scene.groups) + 1}"
            rated = any(s.name.startswith(("cdlib.evaluation.", "cdlib.viz.")) for s in self.named)
            if step.symbol.library == "cdlib" or rated:
                step.lines.append(f"{variable} = {as_groups(self.scene, step)}")
                self.scene.groups.append(variable)
                step.value = ""
        elif step.form == "graph" and step.symbol.library == "littleballoffur" and not step.missing:
            self.scene.graphs = [("graph", "networkx")]
            self.scene.given = []
        elif step.form == "layout" and step.value and draws(self.question) and not step.missing:
            step.lines.append(f"pos = {step.value}")
            step.value = ""
        self.steps.append(step)

    # -- the whole

    def _finished(self) -> Draft:
        if not self.steps and self.made_graphs and (step := _of_the_graph(self.scene, self.named)) is not None:
            self.steps.append(step)
        whole = [step for step in self.steps if not step.missing]
        # plain words that could be a function but cannot be called are just words, where another step can
        unsure = [step for step in self.steps if step.missing and not step.sure]
        lacking = [step for step in self.steps if step.missing and (step.sure or not whole)]
        made = Draft()
        made.missing = [*self.missing, *(text for step in lacking for text in step.missing)]
        partial = self._text(whole)
        shown = self._text([step for step in self.steps if step not in unsure or not whole])
        made.steps = len(whole) if whole else len(self.steps)
        if made.steps and not re.search(r"\bprint\(|savefig|viz\.", partial or shown):
            sampled = any(step.symbol.library == "littleballoffur" for step in self.steps)
            made.missing.append(f"what is wanted of the {'sample' if sampled else 'graph'}")
            more = "\nprint(list(graph.nodes))\nprint(list(graph.edges))"
            partial, shown = partial + more if whole else "", shown + more
        made.lines = shown.split("\n") if shown else []
        made.partial = partial if whole and not self.missing else ""
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


def _form(maker: str, default: str) -> str:
    if maker in ("sbm", "er_np", "er_nm", "array", "to_numpy_array", "rdpg", "sample_edges", "dcsbm"):
        return "array"
    return "networkx" if maker.endswith(("_graph", "Graph")) and default == "array" else default


def _rank(symbol: Symbol) -> int:
    """What has to come first: a sample of the graph, communities, layouts, then the rest; drawings at the end."""
    if symbol.library == "littleballoffur":
        return 1
    if symbol.name.startswith("cdlib.algorithms.") or ".community." in symbol.name:
        return 2
    if "layout" in symbol.short:
        return 3
    return 5 if symbol.name.startswith("cdlib.viz.") or symbol.short.startswith("draw") else 4
