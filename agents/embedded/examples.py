"""Training examples of the embedded planner, made from the tools' own wordings, the phrasebook and `wordings/`.

An example is a question in which every node, number and unknown name is one mark, as the planner sees questions
(`agents.routing.mentions`), the tools of its steps, and for each mark the step and the parameter that takes it. So
labels never reach the model, and a question costs the same whatever the graph.

`python -m agents.embedded.examples --out DIR --count N --seed S` writes `train.jsonl` and `validation.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from agents.routing.forms import form_of
from agents.routing.phrasebook import wordings
from agents.routing.picking import pick_for
from agents.routing.templates import SLOT
from tools import answers
from tools.registry import Tool, all_tools

FOLDER = Path(__file__).parent / "wordings"
NODE, NUMBER, UNKNOWN = "ⓃⓆⓊ"
MAX_EDITS = 3
# Several names for one edit: the planner makes lists of one.
ALIASES = {"remove_node": "remove_nodes", "remove_edge": "remove_edges", "add_node": "add_nodes"}
# Kept out of training, to see how the planner reads tools that it has never been taught.
HELD_OUT = 15
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")
BOUND = "bound"
NOT_TAUGHT = ("clrs",)  # the benchmark's own conventions are for those who name it


@dataclass
class Example:
    """One question. marks: (position in text, step, parameter); step 0 answers, 1 … change the graph before."""

    text: str
    tools: list[str] = field(default_factory=list)  # the answering tool first, then the edits in order
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    pick: str = "value"  # what of the answer is wanted (`agents.plan.Pick`)
    compare: str = ""  # the operator of a comparison with the mark whose parameter is BOUND
    kind: str = "plan"  # or "other": no graph question; "vague": too unclear to act on
    family: str = ""


@dataclass(frozen=True)
class Wording:
    """One way to ask for a tool, slots in braces."""

    tool: str
    text: str
    family: str


def main() -> None:
    """Write training and validation examples."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(chosen.seed)
    stock = Stock(rng)
    for name, count, held in (("train", chosen.count, False), ("validation", chosen.count // 20, True)):
        with (chosen.out / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for example in stock.examples(count, held):
                file.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
    listed = [{"name": t.name, "text": description(t), "edit": is_edit(t)} for t in taught()]
    (chosen.out / "tools.json").write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    facts = {"seed": chosen.seed, "count": chosen.count, "held_out_tools": sorted(held_out_tools())}
    (chosen.out / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")
    sys.stdout.write(json.dumps(facts) + "\n")


@cache
def held_out_tools() -> frozenset[str]:
    """Tools that no training example asks for, chosen by a hash of their names."""
    names = [t.name for t in taught() if not issubclass(t.returns, answers.GraphAnswer)]
    return frozenset(sorted(names, key=lambda name: zlib.crc32(name.encode()))[:HELD_OUT])


@cache
def taught() -> tuple[Tool, ...]:
    """The tools that the planner may choose."""
    return tuple(t for t in all_tools().values() if t.family not in NOT_TAUGHT and t.name not in ALIASES)


def is_edit(tool: Tool) -> bool:
    """Whether a tool makes a graph of the graph that it is given."""
    return tool.takes_graph and issubclass(tool.returns, answers.GraphAnswer)


def description(tool: Tool) -> str:
    """What the encoder reads of a tool: its name, the first sentence about it, and two ways to ask for it."""
    asked = " ".join(_marked(text, kinds_of(tool)) for text in tool.asks[:2])
    return f"{tool.name.replace('_', ' ')}: {tool.summary.split('. ')[0]}. {asked}"


def _marked(text: str, kinds: Mapping[str, str]) -> str:
    marks = {"node": NODE, "nodes": f"{NODE}, {NODE}", "pairs": f"{NODE}-{NODE}", "labels": f"{NODE}: {NUMBER}"}
    return SLOT.sub(lambda m: marks.get(kinds.get(m[1], ""), NUMBER), text)


class Stock:
    """Everything that examples are made of; a twentieth of the wordings is kept for validation."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.tools = all_tools()
        self.wordings: dict[bool, list[Wording]] = {False: [], True: []}
        for wording in all_wordings():
            held = zlib.crc32(wording.text.encode()) % 20 == 0
            if wording.tool not in held_out_tools():
                self.wordings[held].append(wording)
        self.by_tool: dict[bool, dict[str, list[Wording]]] = {False: defaultdict(list), True: defaultdict(list)}
        for held, rows in self.wordings.items():
            for wording in rows:
                self.by_tool[held][wording.tool].append(wording)
        self.edits = _sections(FOLDER / "edits.txt")
        self.frames = [line.split(": ", 1) for line in _lines(FOLDER / "frames.txt")]
        self.whole = [line.split("\t", 1) for line in _lines(FOLDER / "compositions.txt")]
        refusals = _sections(FOLDER / "refusals.txt")
        self.others = {
            (kind, held): [t for t in refusals.get(kind, ()) if (zlib.crc32(t.encode()) % 20 == 0) == held]
            for kind in ("other", "vague")
            for held in (False, True)
        }

    def examples(self, count: int, held: bool) -> Iterator[Example]:
        """`count` examples: half single questions, two fifths compositions, a tenth refusals."""
        seen: set[str] = set()
        misses = 0
        while len(seen) < count and misses < 50 * count:
            example = self._one(held)
            if example.text in seen:
                misses += 1
                continue
            seen.add(example.text)
            yield example

    def _one(self, held: bool) -> Example:
        roll = self.rng.random()
        if roll < 0.1:
            return self._refusal(held)
        if roll < 0.5:
            return self._composition(held)
        return self._decorated(self._single(held))

    def _refusal(self, held: bool) -> Example:
        kind = "other" if self.rng.random() < 0.75 else "vague"
        text = self.rng.choice(self.others[kind, held] or self.others[kind, False])
        if self.rng.random() < 0.5:  # names and numbers are marks here too, where the graph has them
            text = _NAME.sub(NODE, re.sub(r"\b\d+\b", NUMBER, text))
        return self._decorated(Example(_filled(text, {}, self.rng)[0], kind=kind, family=kind))

    def _single(self, held: bool) -> Example:
        by_tool = self.by_tool[held]
        # every tool as often as the square root of its wordings
        names = list(by_tool)
        weights = [len(by_tool[name]) ** 0.5 for name in names]
        wording = self.rng.choice(by_tool[self.rng.choices(names, weights)[0]])
        tool = self.tools[wording.tool]
        asked, operator = wording.text, ""
        roll = self.rng.random()
        if roll < 0.25 and issubclass(tool.returns, answers.Number):
            asked, operator = compared(wording.text, wording.text in tool.phrases, self.rng) or (wording.text, "")
        elif roll < 0.15 and issubclass(tool.returns, (answers.Nodes, answers.Edges, answers.Groups)):
            asked = _WHICH.sub(lambda m: f"How many {m[1]}", wording.text, count=1)
        text, marks = _filled(asked, kinds_of(tool) | {BOUND: "float"}, self.rng)
        pick = "value" if operator else pick_for(tool, asked, form_of(asked))
        placed = [(at, 0, role) for at, role in marks]
        return Example(text, [wording.tool], placed, pick, operator, family=wording.family)

    def _composition(self, held: bool) -> Example:
        asked = self._single(held)
        if issubclass(self.tools[asked.tools[0]].returns, answers.GraphAnswer) or not self._takes_graph(asked):
            return self._decorated(asked)
        if self.whole and self.rng.random() < 0.25:
            return self._decorated(self._whole(asked))
        number = self.rng.choices((1, 2, 3), (0.55, 0.3, 0.15))[0]
        example = asked
        for depth in range(number):
            example = self._framed(example, first=depth > 0)
        example.family = f"composition of {number + 1}"
        return self._decorated(example)

    def _takes_graph(self, example: Example) -> bool:
        return self.tools[example.tools[0]].takes_graph

    def _framed(self, asked: Example, first: bool) -> Example:
        """`asked` after one more edit; first: the edit must stand before what it is applied before."""
        mood, frame = self.rng.choice(self.frames)
        while first and frame.casefold().find("{ask") < frame.casefold().find("{edit"):
            mood, frame = self.rng.choice(self.frames)
        sections = [
            (name, line) for name, lines in self.edits.items() for line in lines if line.startswith(mood + ": ")
        ]
        heading = self.rng.choice([name for name, _ in sections])
        line = self.rng.choice([line for name, line in sections if name == heading])
        tool = heading.split()[0]
        edit, roles = _filled(line.split(": ", 1)[1], kinds_of(self.tools[tool]), self.rng)
        return _placed(frame, asked, edit, [(at, 1, role) for at, role in roles], [tool], self.rng)

    def _whole(self, asked: Example) -> Example:
        """A composition whose frame says all its edits."""
        names, frame = self.rng.choice(self.whole)
        tools = [ALIASES.get(name, name) for name in names.split("+")]
        if len(tools) > MAX_EDITS or any(name not in self.tools for name in tools):
            return asked
        text, marks = frame, []
        takers: dict[str, int] = {}
        kinds: dict[str, str] = {}
        for step, name in enumerate(tools, 1):
            for parameter in self.tools[name].parameters:
                if parameter.name not in takers and f"{{{parameter.name}}}" in frame:
                    takers[parameter.name], kinds[parameter.name] = step, parameter.kind
        if set(SLOT.findall(frame)) - takers.keys() - {"ask", "Ask", "ask_lower", "ask_open"}:
            return asked
        text, roles = _filled(frame, kinds, self.rng)
        marks = [(at, takers[role], role) for at, role in roles]
        return _inserted(text, asked, marks, tools)

    def _decorated(self, example: Example) -> Example:
        """The example as people type: politeness, context, other nouns, lower case, slips."""
        rng = self.rng
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


def compared(text: str, phrase: bool, rng: random.Random) -> tuple[str, str] | None:
    """A question for a number turned into a comparison with one, and the operator; None where that cannot be done."""
    operator = rng.choice(list(OPERATORS))
    words = rng.choice(OPERATORS[operator])
    if phrase:
        return rng.choice(COMPARISONS).format(what=text, op=words), operator
    many = re.match(r"how many (.+?) (are|is) there\b(.*)", text, re.IGNORECASE)
    if many is not None and "than" in words or many is not None and words.startswith(("at ", "exactly")):
        return f"{rng.choice(('Are', 'Is it true that'))} there {'' if rng.random() < 0.7 else 'are '}{words} " + (
            f"{{{BOUND}}} {many[1]}{many[3]}"
        ), operator
    what = re.match(r"(?:what is|what's|compute|calculate|give|find|determine) (the .+?)[?.]?$", text, re.IGNORECASE)
    if what is not None:
        return rng.choice(COMPARISONS).replace("the {what}", "{what}").format(what=what[1], op=words), operator
    return None


def all_wordings() -> Iterator[Wording]:
    """Every known way to ask for a tool that the planner may choose."""
    names = {t.name for t in taught()} | set(ALIASES)
    tools = all_tools()
    more = wordings()
    own = {path.stem: _sections(path) for path in sorted(FOLDER.glob("tools_*.txt"))}
    for name in sorted(names):
        seen: set[str] = set()
        sources = [("declared", (*tools[name].phrases, *tools[name].asks)), ("phrasebook", more.get(name, ()))]
        sources += [(family, tuple(rows.get(name, ()))) for family, rows in own.items()]
        for family, texts in sources:
            for text in texts:
                if text.casefold() not in seen and set(SLOT.findall(text)) <= kinds_of(tools[name]).keys():
                    seen.add(text.casefold())
                    target, shown = ALIASES.get(name, name), _aliased(text, name)
                    if set(SLOT.findall(shown)) <= kinds_of(tools[target]).keys():
                        yield Wording(target, shown, family)


def _aliased(text: str, name: str) -> str:
    if name in ("remove_node", "add_node"):
        return text.replace("{node}", "{nodes}")
    if name == "remove_edge":
        return re.sub(r"\{source\}(.{1,12}?)\{target\}", "{edges}", text)
    return text


def kinds_of(tool: Tool) -> dict[str, str]:
    """Parameter -> kind."""
    return {p.name: p.kind for p in tool.parameters}


def _filled(text: str, kinds: Mapping[str, str], rng: random.Random) -> tuple[str, list[tuple[int, str]]]:
    """The text with its slots filled by marks and words, and (position, parameter) of each mark."""
    out, marks, last = "", [], 0
    for match in SLOT.finditer(text):
        name = match[1]
        if name in ("ask", "Ask", "ask_lower", "ask_open"):
            continue
        out += text[last : match.start()]
        shown = _shown(name, kinds.get(name, "node" if name != "new" else "new"), rng)
        marks += [(len(out) + at, name) for at, char in enumerate(shown) if char in (NODE, NUMBER, UNKNOWN)]
        out += shown
        last = match.end()
    return out + text[last:], marks


def _shown(name: str, kind: str, rng: random.Random) -> str:
    if kind == "node":
        return rng.choice((NODE, NODE, NODE, NODE, f"node {NODE}", f"'{NODE}'"))
    if kind == "nodes":
        return _listed([NODE] * rng.choice((1, 1, 2, 2, 3, 4)), rng)
    if kind == "pairs":
        form = rng.choice(
            ("Ⓝ-Ⓝ", "(Ⓝ, Ⓝ)", "Ⓝ-Ⓝ", "Ⓝ to Ⓝ", "between Ⓝ and Ⓝ", "from Ⓝ to Ⓝ", "Ⓝ–Ⓝ", "(Ⓝ,Ⓝ)", "[Ⓝ, Ⓝ]")
        )
        return form if " " in form and "(" not in form else _listed([form] * rng.choice((1, 1, 2, 3)), rng)
    if kind == "labels":
        return _listed([rng.choice(("Ⓝ: Ⓠ", "Ⓝ=Ⓠ"))] * rng.choice((1, 2, 3)), rng)
    if kind == "numbers":
        return _listed([NUMBER] * rng.choice((2, 3, 4)), rng)
    if kind == "attribute":
        return rng.choice(("weight", "cost", "length", "distance", "time", "price", "colour", "type", "age", "km"))
    if kind == "graph":
        return rng.choice(("the second graph", "the other graph", "graph 2", "H"))
    if kind == "new":
        return UNKNOWN
    if kind in ("choice", "text", "bool"):
        return name.replace("_", " ")
    return NUMBER


def _listed(items: list[str], rng: random.Random) -> str:
    if len(items) == 1:
        return items[0]
    style = rng.random()
    if style < 0.5:
        return ", ".join(items[:-1]) + " and " + items[-1]
    if style < 0.7:
        return "[" + ", ".join(items) + "]"
    return ", ".join(items)


def _placed(
    frame: str, asked: Example, edit: str, marks: Sequence[tuple[int, int, str]], tools: list[str], rng: random.Random
) -> Example:
    """An edit clause put into a frame, and the question into the rest of it."""
    at = frame.casefold().find("{edit}")
    shown = edit[:1].upper() + edit[1:] if frame[at + 1] == "E" else edit
    text = frame[:at] + shown + frame[at + 6 :]
    return _inserted(text, asked, [(at + position, step, role) for position, step, role in marks], tools)


def _inserted(text: str, asked: Example, marks: Sequence[tuple[int, int, str]], tools: list[str]) -> Example:
    """A frame whose marks are placed, with the question put into it; the frame's edits come before the question's."""
    match = re.search(r"\{(ask|Ask|ask_lower|ask_open)\}", text)
    if match is None:
        return asked
    question = asked.text
    if match[1] in ("ask_lower", "ask_open") and question[:1].isascii() and question[1:2].islower():
        question = question[:1].lower() + question[1:]
    if match[1] == "ask_open":
        question = question.rstrip(" ?.")
    if match[1] == "Ask":
        question = question[:1].upper() + question[1:]
        question += "" if question.endswith(("?", ".", "!")) else "?"
    shift = len(question) - len(match[0])
    out = [(at if at < match.start() else at + shift, step, role) for at, step, role in marks]
    out += [
        (at + match.start(), step + len(tools) if step else 0, role)
        for at, step, role in asked.marks
        if at < len(question)
    ]
    whole = text[: match.start()] + question + text[match.end() :]
    steps = [asked.tools[0], *tools, *asked.tools[1:]]
    return Example(whole, steps, sorted(out), asked.pick, asked.compare, family="composition")


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


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line.strip() and not line.startswith("# ")]


def _sections(path: Path) -> dict[str, list[str]]:
    """Heading -> lines."""
    found: dict[str, list[str]] = defaultdict(list)
    heading = ""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.startswith("# "):
            heading = line[2:].strip()
        elif line.strip():
            found[heading].append(line.strip())
    return dict(found)


OPERATORS = {
    ">": ("more than", "greater than", "larger than", "higher than", "above", "over", "bigger than"),
    "<": ("less than", "smaller than", "lower than", "below", "under", "fewer than"),
    ">=": ("at least", "no less than", "not below"),
    "<=": ("at most", "no more than", "not above"),
    "==": ("exactly", "equal to", "the same as"),
}
COMPARISONS = (
    "Is the {what} {op} {{bound}}?", "Would you say the {what} is {op} {{bound}}?", "the {what} {op} {{bound}}?",
    "Check whether the {what} is {op} {{bound}}.", "Is it true that the {what} is {op} {{bound}}?",
    "I claim that the {what} is {op} {{bound}}. Right?", "Does it hold that the {what} is {op} {{bound}}?",
    "Do we have {op} {{bound}} as the {what}?", "tell me if the {what} is {op} {{bound}}",
)  # fmt: skip
_WHICH = re.compile(r"^(?:which|what) (nodes|vertices|edges|people|links|points|cities)\b", re.IGNORECASE)
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
)  # fmt: skip
AFTER = (
    "Thanks!", "Thank you very much.", "Please.", "Cheers", "Many thanks in advance.", "Be brief.", "Explain briefly.",
    "Give only the answer.", "Show your work.", "It is urgent.", "I am not good at this.", "Answer in one line.",
    "Let me know.", "Just curious.", "thx", "It's for a homework.", "Please be exact.", "Answer:", "Hope you can help.",
)  # fmt: skip

if __name__ == "__main__":
    main()
