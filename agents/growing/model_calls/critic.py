"""A critic that improves a proposal round by round, as long as there is something to gain.

After Graph-PReFLexOR's recursion (arXiv 2501.08120, section 4.2): R[i+1] = f(R[i], critique), then one answer from all
of them. Two things differ: a round that repeats what was there, or gains no triple, is the last; and the critic marks
single edges as wrong instead of writing everything anew.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from agents.growing.grounding.vocabulary import Vocabulary
from agents.growing.grounding.words import name_stems
from agents.growing.model_calls.asking import Message, data, one_line, prompt, say
from agents.growing.replies.formats import Terms, read_reply
from agents.growing.replies.lenient import Unreadable, load
from agents.growing.replies.names import key_of
from agents.growing.replies.proposal import Proposal, Quarantined, Triple
from agents.growing.replies.repetition import loops, similarity
from agents.growing.replies.schema import ANSWER, NAME, critique_schema
from agents.growing.replies.sections import has_tags
from agents.models import Ledger

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

REPEATED = 0.8  # similarity of two critiques or answers from which on they say the same
MAX_TOKENS = 800


def criticise(
    model: BaseChatModel,
    proposal: Proposal,
    rounds: int = 2,
    *,
    question: str = "",
    integrate: bool = True,
    vocabulary: Vocabulary | None = None,
    most: int = 8,
    ledger: Ledger | None = None,
    cancel: threading.Event | None = None,
) -> Proposal:
    """The proposal after at most `rounds` rounds of critique, one call each, and one more for the final answer.

    It ends early when a round gains no triple, says what an earlier one said, or goes round in circles. Edges that the
    critic calls wrong are quarantined. `reasoning["critique"]` tells what each round said and why the last was the
    last. integrate: have one answer written from all of them. most: new edges of a round.

    Raises:
        ModelError: the model gave no reply.
    """
    words = vocabulary or Vocabulary()
    state = _State(proposal, [proposal.answer] if proposal.answer else [])
    options: dict[str, Any] = {"ledger": ledger, "cancel": cancel, "max_tokens": MAX_TOKENS}
    for number in range(1, rounds + 1):
        schema = critique_schema(words, most, len(state.proposal.triples))
        said = say(model, _round(question, state.proposal), schema, **options)
        about, found = _read(said.text, words)
        found = replace(found, usage=said.usage)
        why = _stop(state, about, found, said.text)
        state.take(found, about, said.call, use=why not in (_CIRCLES, _UNREADABLE))
        state.log.append(f"Round {number}: {one_line(str(about.get('critique', '')), 500)}")
        if why or number == rounds:
            state.log.append(f"Stopped after round {number}: {why or 'that was the last one allowed'}.")
            break
    if integrate and len(state.answers) > 1:
        said = say(model, _integration(question, state), ANSWER, **options)
        answer = _fields(said.text).get("answer")
        usage = state.proposal.usage + said.usage
        if isinstance(answer, str) and answer.strip() and not loops(answer):
            state.proposal = replace(state.proposal, answer=answer.strip(), usage=usage)
        else:
            left = Quarantined(said.text[:300], "a final answer that cannot be used; the last one stands")
            state.proposal = replace(state.proposal, quarantined=(*state.proposal.quarantined, left), usage=usage)
    if not state.log:
        return proposal
    return replace(state.proposal, reasoning={**state.proposal.reasoning, "critique": "\n".join(state.log)})


_CIRCLES = "it goes round in circles"
_UNREADABLE = "nothing of it can be read"


@dataclass
class _State:
    """The proposal so far, the answers that it went through, and what was said."""

    proposal: Proposal
    answers: list[str]
    critiques: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)

    def gained(self, found: Proposal) -> list[Triple]:
        known = {_identity(triple) for triple in self.proposal.triples}
        return [triple for triple in found.triples if _identity(triple) not in known]

    def take(self, found: Proposal, about: Mapping[str, Any], call: str | None, *, use: bool) -> None:
        """Take over what a round found; without `use` its costs and losses alone."""
        old = self.proposal
        left = [*old.quarantined, *(part for part in found.quarantined if use or not found.triples)]
        triples, entities = list(old.triples), dict(old.entities)
        if use:
            numbers = {n for n in about.get("wrong", ()) if isinstance(n, int) and 1 <= n <= len(old.triples)}
            left += [Quarantined(_line(old.triples[n - 1]), "the critic calls it wrong") for n in sorted(numbers)]
            triples = [triple for n, triple in enumerate(old.triples, 1) if n not in numbers]
            names = {key_of(name): name for name in entities}
            for triple in self.gained(found):
                source, target = (names.get(key_of(name), name) for name in (triple.source, triple.target))
                triples.append(replace(triple, source=source, target=target))
            kinds = dict(found.entities)
            entities |= {
                name: kinds.get(name) for t in triples for name in (t.source, t.target) if name not in entities
            }
            ends = {name for triple in triples for name in (triple.source, triple.target)}
            gone = {name for t in old.triples for name in (t.source, t.target)} - ends
            entities = {name: kind for name, kind in entities.items() if name not in gone}
        answer = found.answer if use and found.answer else old.answer
        if answer and answer not in self.answers:
            self.answers.append(answer)
        self.critiques.append(str(about.get("critique", "")))
        reasoning = dict(old.reasoning)
        if use and found.reasoning.get("synthesis"):
            reasoning["synthesis"] = found.reasoning["synthesis"]
        self.proposal = replace(
            old,
            triples=tuple(triples),
            entities=tuple(entities.items()),
            answer=answer,
            reasoning=reasoning,
            repairs=dict(Counter(old.repairs) + Counter(found.repairs)),
            quarantined=tuple(left),
            call=call or old.call,
            aliases={**found.aliases, **old.aliases} if use else old.aliases,
            signs=(old.signs | found.signs if use else old.signs) & entities.keys(),
            usage=old.usage + found.usage,
        )


def _stop(state: _State, about: Mapping[str, Any], found: Proposal, text: str) -> str:
    """Why this round is the last; an empty string if it is not."""
    if not about:
        return _UNREADABLE
    if loops(text):
        return _CIRCLES
    critique = str(about.get("critique", ""))
    if any(similarity(critique, earlier) >= REPEATED for earlier in state.critiques if earlier):
        return "it repeats an earlier critique"
    if not state.gained(found) and not about.get("wrong"):
        return "it gains nothing"
    return ""


def _identity(triple: Triple) -> tuple[str, tuple[str, ...], str]:
    return key_of(triple.source), tuple(name_stems(triple.verb)), key_of(triple.target)


def _fields(text: str) -> dict[str, Any]:
    try:
        value = load(text).value
    except Unreadable:
        return {}
    return value if isinstance(value, dict) else {}


def _read(text: str, vocabulary: Vocabulary) -> tuple[dict[str, Any], Proposal]:
    """(what a round said beside the graph, the proposal in it). A tagged reply is a graph with a synthesis."""
    if has_tags(text):
        found = read_reply(text, Terms(vocabulary))
        return {"critique": found.reasoning.get("synthesis", ""), "wrong": []}, found
    about = _fields(text)
    rest = {name: value for name, value in about.items() if name not in ("critique", "wrong")}
    repairs = load(text).repairs if about else Counter[str]()
    found = read_reply(json.dumps(rest) if about else text, Terms(vocabulary, longest=NAME))
    if isinstance(about.get("edges"), list) and not about["edges"]:
        found = replace(found, quarantined=())  # no new edge is a good answer
    return about, replace(found, repairs=dict(Counter(found.repairs) + repairs))


def _line(triple: Triple) -> str:
    return one_line(f"{triple.source} -[{triple.verb}]-> {triple.target}")


def _round(question: str, proposal: Proposal) -> list[Message]:
    edges = "\n".join(f"{number}. {_line(triple)}" for number, triple in enumerate(proposal.triples, 1))
    parts = [f"Question: {data(question)}"] if question else []
    parts += [f"Graph: {data(edges or '(no edges)')}"]
    parts += [f"Answer so far: {data(proposal.answer[:1500])}"] if proposal.answer else []
    return [("system", prompt("grow_criticise")), ("human", "\n".join(parts))]


def _integration(question: str, state: _State) -> list[Message]:
    edges = "\n".join(_line(triple) for triple in state.proposal.triples)
    answers = "\n\n".join(one_line(answer, 1500) for answer in state.answers[-4:])
    parts = [f"Question: {data(question)}"] if question else []
    parts += [f"Graph: {data(edges)}", f"Answers: {data(answers)}"]
    return [("system", prompt("grow_integrate")), ("human", "\n".join(parts))]
