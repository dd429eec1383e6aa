"""Whether a change holds for the rest of the conversation: "The road A-B is closed. How far …?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.plan import Plan
from agents.state import State
from graphs.text.patterns import lazy
from tools import answers
from tools.answers import Answer

COMMAND = lazy(
    r"\s*(?:(?:and|now|then|next|please|ok|okay|so)\b[\s,]*)*(?:remove|delete|add|insert|drop|contract|connect|link|join|"
    r"disconnect|merge)\b",
    re.IGNORECASE,
)
CHANGES = frozenset(
    "add_node add_nodes remove_node remove_nodes add_edge add_edges remove_edge remove_edges contract_edge merge_nodes "
    "relabel_nodes set_weight scale_weights".split()
)
_SENTENCE = lazy(r"[^.!?;]+(?:\.\d[^.!?;]*)*(?:[.!?;]+|$)")
# what is only thought of, shown, or left out of this question alone
_PASSING = lazy(
    r"\W*(?:(?:and|but|now|then|next|please|ok|okay|so|also)\b[\s,]*)*(?:if|what|suppos\w*|imagin\w*|assum\w*|pretend|say|let|"
    r"consider\w*|take|without|with|when|once|after|while|show|give|draw|print|display|output|list|find|compute|tell|how|which|"
    r"who\w*|is|are|do|does|did|can|could|would|will|should|build|construct|form|make)\b",
    re.IGNORECASE,
)
_FOR_NOW = lazy(
    r"\b(?:ignor\w*|forget\w*|disregard\w*|skip\w*|discard\w*|omit\w*|avoid\w*|us(?:e|ing)|pass\w*|would|were|hypothetical\w*|if)\b",
    re.IGNORECASE,
)


def lasts(state: State, plan: Plan, found: Sequence[Answer]) -> bool:
    """Whether the graph that the plan's first calls make is the conversation's from here on."""
    if COMMAND.match(state.text):
        return True
    changes = [call for call in plan.calls if call.tool in CHANGES]
    if not changes or any(_other_graph(call.tool, answer) for call, answer in zip(plan.calls, found)):
        return False
    if state.edits:  # sentences beside the edges of the text
        said = [note for note in state.assumptions if note.startswith("changed first: ")]
        stated = [note.removeprefix("changed first: ") for note in said]
        return bool(stated) and not any(_PASSING.match(text) or _FOR_NOW.search(text) for text in stated)
    sentences = [match[0].strip() for match in _SENTENCE.finditer(state.text) if match[0].strip()]
    stated = [text for text in sentences if not text.endswith("?")]
    if any(_PASSING.match(text) for text in stated) or not stated:
        return False
    alone = len(stated) == len(sentences) and len(changes) == len(plan.calls)
    asks = len(stated) < len(sentences) and sentences[-1].endswith("?")
    return alone or (asks and not any(_FOR_NOW.search(text) for text in stated))


def _other_graph(tool: str, answer: Answer) -> bool:
    return isinstance(answer, answers.GraphAnswer) and tool not in CHANGES
