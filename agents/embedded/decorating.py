"""Examples as people type them: politeness, other nouns, lower case, slips; and as the planner sees them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace

from agents.embedded.taught import NODE, NUMBER, UNKNOWN, UNTAKEN
from agents.routing.mentions import find_mentions
from tools.registry import all_tools

NOUNS = {
    "graph": ("network", "map", "net", "structure", "diagram", "system", "web"),
    "nodes": ("vertices", "points", "junctions", "members", "places", "people", "stations"),
    "vertices": ("nodes", "points", "junctions"),
    "edges": ("links", "connections", "lines", "arcs", "ties", "roads"),
    "edge": ("link", "connection", "line", "tie"),
    "network": ("graph", "net", "system", "web"),
}
BEFORE = (
    "Please tell me:", "Hi,", "Hello!", "Could you help me with this one?", "I have a question.", "Quick question:",
    "I'd like to know:", "Can you work this out for me?", "Looking at the data above,", "Given the above,",
    "I'm preparing a report.", "We drew this at work today.", "Here is our office layout.", "For my thesis:",
    "Based on these connections,", "My teacher asked:", "I am stuck.", "Using the graph described above,",
    "Read carefully.", "Task:", "Q:", "Now,", "So,", "ok", "hey", "One more thing:", "In this graph,",
    "Consider the network above.", "The data come from a survey.", "Think step by step.", "Problem:",
    "Question 3:", "Exercise 12.", "(2)", "Task 4 of 10:", "Problem 7 b):", "I have 5 minutes left.",
)  # fmt: skip
AFTER = (
    "Thanks!", "Thank you very much.", "Please.", "Cheers", "Many thanks in advance.", "Be brief.", "Explain briefly.",
    "Give only the answer.", "Show your work.", "It is urgent.", "I am not good at this.", "Answer in one line.",
    "Let me know.", "Just curious.", "thx", "It's for a homework.", "Please be exact.", "Answer:", "Hope you can help.",
    "(3 points)", "[4 marks]", "One answer is enough.", "It is for page 17.",
)  # fmt: skip


@dataclass
class Example:
    """One question. marks: (position in text, step, parameter); step 0 answers, 1 … change the graph before.

    A mark of step `UNTAKEN` stands for a number that no parameter takes ("Step 1:", "the 4-cycle").
    """

    text: str
    tools: list[str] = field(default_factory=list)  # the answering tool first, then the edits in order
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    pick: str = "value"  # what of the answer is wanted (`agents.plan.Pick`)
    compare: str = ""  # the operator of a comparison with the mark whose parameter is BOUND
    kind: str = "plan"  # or "other": no graph question; "vague": too unclear to act on
    family: str = ""


def decorated(example: Example, rng: random.Random) -> Example:
    """The example as people type: politeness, context, other nouns, lower case, slips."""
    if rng.random() < 0.25:
        example = _around(example, rng.choice(BEFORE), "")
    if rng.random() < 0.15:
        example = _around(example, "", rng.choice(AFTER))
    if rng.random() < 0.3:
        example = _renamed(example, rng)
    if rng.random() < 0.2:
        example.text = example.text.lower().replace("ⓝ", NODE).replace("ⓠ", NUMBER).replace("ⓤ", UNKNOWN)
    if rng.random() < 0.2:
        example.text = example.text.replace("?", " ")
    if rng.random() < 0.12:
        example.text = _slip(example.text, rng)
    return example


def masked(example: Example) -> Example:
    """The example as the planner sees it: numbers of the wording itself are marks too.

    Nothing takes them, unless a parameter is open that could ("who has one friend"): then the mark has no label.
    """
    given = {(step, role) for _, step, role in example.marks}
    tools = enumerate(all_tools()[name] for name in example.tools)
    is_open = any(
        p.kind in ("int", "float", "time", "numbers") and p.name != "time_limit" and (step, p.name) not in given
        for step, tool in tools
        for p in tool.parameters
    )
    found = [q for q in find_mentions(example.text, None).quantities if q.end > q.start]
    places = [(q.start, q.end) for q in found if not set(example.text[q.start : q.end]) & set((NODE, NUMBER, UNKNOWN))]
    text, last = "", 0
    marks = []
    for start, end in sorted(places):
        text += example.text[last:start]
        marks += [] if is_open else [(len(text), UNTAKEN, "")]
        text, last = text + NUMBER, end
    text += example.text[last:]
    for at, step, role in example.marks:
        marks.append((at - sum(end - start - 1 for start, end in places if start < at), step, role))
    return replace(example, text=text, marks=sorted(marks))


def _around(example: Example, before: str, after: str) -> Example:
    text = example.text
    if before and before.endswith(","):
        before, text = before + " ", text
    elif before:
        before += " "
    example.marks = [(at + len(before), step, role) for at, step, role in example.marks]
    example.text = before + text + (" " + after if after else "")
    return example


def _renamed(example: Example, rng: random.Random) -> Example:
    """Other nouns for graph, node and edge, each everywhere."""
    change = {word: rng.choice(others) for word, others in NOUNS.items() if rng.random() < 0.6}
    shifts: list[tuple[int, int]] = []

    def put(match: re.Match[str]) -> str:
        word = change.get(match[0].casefold())
        if word is None:
            return match[0]
        word = word.capitalize() if match[0][0].isupper() else word
        shifts.append((match.start(), len(word) - len(match[0])))
        return word

    text = re.sub(r"[A-Za-z]+", put, example.text)
    example.marks = [(at + sum(by for start, by in shifts if start < at), s, role) for at, s, role in example.marks]
    example.text = text
    return example


def _slip(text: str, rng: random.Random) -> str:
    """Two neighbouring letters of one longer word swapped."""
    words = [m for m in re.finditer(r"[a-z]{5,}", text)]
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start(), word.end() - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
