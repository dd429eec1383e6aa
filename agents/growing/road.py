"""The road of a growing graph, as a LangGraph graph.

    propose -> ground -> resolve -> commit -> measure -> ask next -> end of the step
       ^                                                                  |
       +------------------------------------------------------------------+  until a stop rule holds

`commit` opens the step's transaction and writes the facts; `measure` and `ask next` read the graph as it is then and
add the figures and the next question; `end of the step` closes the transaction. So a step is all or nothing.

There is no checkpointer: the store is the durable state. A checkpoint would be a second database, and a program that
is killed between the two commits would find them at odds: the step twice, or not at all. What is not in the store is
made again from it without a model: replies are in the cache of calls.
"""

from __future__ import annotations

import random
import time
from dataclasses import asdict, replace
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from typing_extensions import TypedDict

from agents.growing.grounding.evidence import Fact, from_document, from_reasoning
from agents.growing.measuring import measure
from agents.growing.next_question.questions import next_question
from agents.growing.next_question.view import View
from agents.growing.proposing import Reply, ask_model
from agents.growing.resolving import Names, resolve
from agents.growing.state import STATE, Piece, RunState, Totals
from agents.growing.stop import limit_reached
from agents.growing.turn import Turn
from agents.growing.writing import Written, write


class Channels(TypedDict, total=False):
    """What the nodes hand on within a step."""

    reply: Reply
    facts: list[Fact]
    names: Names
    written: Written
    spent: Totals
    after: RunState


def build() -> Any:
    """The compiled road; its runtime context is a `Turn`."""
    road = StateGraph(Channels, context_schema=Turn)
    nodes = {
        "propose": propose,
        "ground": ground,
        "resolve": resolve_names,
        "commit": commit,
        "measure": measure_step,
        "ask": ask_next,
        "end": end_step,
    }
    for name, node in nodes.items():
        road.add_node(name, node)  # type: ignore[call-overload]
    names = list(nodes)
    road.add_edge(START, names[0])
    for name, following in zip(names, names[1:]):
        road.add_edge(name, following)
    road.add_conditional_edges(names[-1], go_on, [names[0], END])
    return road.compile()


def propose(_: Channels, runtime: Runtime[Turn]) -> Channels:
    """Ask the model about the next question or piece of a document."""
    runtime.context.begin_step()
    return {"reply": ask_model(runtime.context)}


def ground(channels: Channels, runtime: Runtime[Turn]) -> Channels:
    """Give each triple its evidence, or call it a hypothesis."""
    reply, turn = channels["reply"], runtime.context
    if isinstance(reply.item, Piece):
        return {"facts": from_document(reply.proposal, reply.item.document, turn.text(reply.item.document))}
    return {"facts": from_reasoning(reply.proposal)}


def resolve_names(channels: Channels, runtime: Runtime[Turn]) -> Channels:
    """Find out which entity each name means."""
    turn = runtime.context
    with turn.meter.running():  # a judge may be asked
        return {"names": resolve(turn.resolver, channels["reply"].proposal, channels["facts"], turn.untidy())}


def commit(channels: Channels, runtime: Runtime[Turn]) -> Channels:
    """Open the step and write the facts into it."""
    turn, reply = runtime.context, channels["reply"]
    step = turn.open_step(reply.kind, reply.about)
    left = tuple(("the judge of names", fault) for fault in turn.faults)
    proposal = replace(reply.proposal, quarantined=(*reply.proposal.quarantined, *left))
    written = write(turn.store, step, proposal, channels["facts"], channels["names"])
    return {"written": written}


def measure_step(channels: Channels, runtime: Runtime[Turn]) -> Channels:
    """Note what the step cost and brought, and how the graph looks with it."""
    turn, reply, written = runtime.context, channels["reply"], channels["written"]
    turn.view = View.of(turn.store, turn.about)
    spent = _totals(turn, reply, written)
    step = turn.step
    step.note(
        "cost", {name: getattr(spent, name) for name in ("tokens", "calls", "cached", "retries", "seconds", "cost")}
    )
    step.note("growth", written.as_json())
    step.note("repairs", dict(reply.proposal.repairs))
    every = turn.settings.measure
    wanted = every and (turn.state.totals.steps + 1) % every == 0
    step.note("figures", measure(turn.view, turn.observer if wanted else None))
    after = turn.state.after(reply.item, spent, usable=reply.usable, silent=reply.silent)
    if turn.untidy() is not None:
        after = replace(after, tidied=step.number)
    return {"spent": spent, "after": after}


def ask_next(channels: Channels, runtime: Runtime[Turn]) -> Channels:
    """Choose the next question from the whole graph, unless documents are left to read."""
    turn, after, item = runtime.context, channels["after"], channels["reply"].item
    if isinstance(item, Piece):
        turn.step.note("read", asdict(item))
    else:
        turn.step.note("question", {k: v for k, v in asdict(item).items() if k != "text"})
        turn.asked.add(item.text)
        turn.about.update(item.focus[:2])
    only_documents = bool(turn.settings.documents) and not turn.settings.seed
    if after.documents_left or after.question is not None or only_documents:
        return {}
    rng = random.Random(f"{turn.settings.rng}/{after.number}/{after.totals.steps}")
    question = next_question(turn.view, turn.asked, after.bandit, rng, turn.settings.seed)
    refused = question.refused if question is not None else 0
    totals = after.totals + Totals(refused=refused)
    return {"after": replace(after, question=question, totals=totals)}


def end_step(channels: Channels, runtime: Runtime[Turn]) -> Channels:
    """Put the run's state beside the facts and close the transaction: from here on the step is on the disk."""
    turn, after, item = runtime.context, channels["after"], channels["reply"].item
    turn.step.note("run", after.number)
    turn.step.put_value(STATE, after.as_json())
    turn.close_step(after, channels["spent"], "document" if isinstance(item, Piece) else item.strategy)
    return {}


def go_on(_: Channels, runtime: Runtime[Turn]) -> str:
    turn = runtime.context
    return END if turn.ending.is_set() or limit_reached(turn.settings, turn.state) is not None else "propose"


def _totals(turn: Turn, reply: Reply, written: Written) -> Totals:
    usage = turn.meter.usage
    return Totals(
        steps=1,
        facts=written.facts,
        checked=written.checked,
        entities=written.entities,
        confirmed=written.confirmed,
        merged=written.merged,
        repairs=sum(reply.proposal.repairs.values()),
        quarantined=written.quarantined,
        tokens=turn.meter.tokens,
        calls=usage.calls,
        cached=usage.cached,
        retries=usage.retries,
        seconds=round(time.perf_counter() - turn.began, 3),
        cost=usage.cost,
    )
