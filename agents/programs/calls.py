"""Which kind of step a symbol is, and what a step leaves for the steps behind it."""

from __future__ import annotations

from collections.abc import Sequence

from agents.programs.array_steps import fitted_model, graspologic_function
from agents.programs.documentation import Documentation
from agents.programs.drawing import draws, igraph_drawer
from agents.programs.library_steps import as_groups, embed, find_groups, rate_groups, sample, show_groups
from agents.programs.scene import GROUPS, Scene
from agents.programs.steps import Step, igraph_census, igraph_layout_step, igraph_step, networkx_step
from agents.programs.symbols import Symbol


def step_for(scene: Scene, symbol: Symbol, measures: Sequence[Symbol], documentation: Documentation | None) -> Step:
    """The call of a symbol. measures: those of cdlib that the question names, for drawings of them."""
    members = documentation.members(symbol.name) if documentation is not None and symbol.kind == "class" else {}
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
        return embed(scene, symbol, members.get("fit"), tuple(members))
    if symbol.library == "graspologic":
        return fitted_model(scene, symbol, members) if symbol.kind == "class" else graspologic_function(scene, symbol)
    if symbol.owner == "igraph.Graph":
        return igraph_step(scene, symbol)
    if symbol.owner == "igraph.Layout":
        return igraph_layout_step(scene, symbol)
    if symbol.short == "TriadCensus":
        return igraph_census(scene, symbol)
    return igraph_drawer(scene, symbol) or Step(symbol, missing=[f"how to use {symbol.name}"])


def _takes_groups(symbol: Symbol) -> bool:
    return any(needed and name in GROUPS for name, _, needed in symbol.parameters or ())


def leave(scene: Scene, step: Step, named: Sequence[Symbol]) -> None:
    """Make the groups, the sample or the layout of a step a variable, which later steps find."""
    if step.missing:
        return
    if step.form == "groups" and step.value:
        variable = f"coms{len(scene.groups) + 1}"
        taken = any(_takes_groups(symbol) for symbol in named if symbol.name != step.symbol.name)
        rated = any(symbol.name.startswith(("cdlib.evaluation.", "cdlib.viz.")) for symbol in named)
        if step.symbol.library == "cdlib" or rated:
            step.lines.append(f"{variable} = {as_groups(scene, step)}")
            scene.groups.append(variable)
            step.value = ""
        elif taken:
            wrapped = f"list({step.value})" if step.symbol.library == "networkx" else step.value
            step.lines.append(f"{variable} = {wrapped}")
            scene.groups.append(variable)
            step.value = variable
    elif step.form == "graph" and step.symbol.library == "littleballoffur":
        scene.graphs = [("graph", "networkx")]
        scene.given = []
    elif step.form == "layout" and step.value and draws(scene.question):
        step.lines.append(f"pos = {step.value}")
        step.value = ""
