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
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from agents.embedded.decorating import Example, decorated, masked
from agents.embedded.filling import Kind, compared, filled, slots_of
from agents.embedded.taught import (
    ALIASES,
    BOUND,
    MAX_EDITS,
    NODE,
    NUMBER,
    ROLES,
    description,
    held_out_tools,
    is_edit,
    kinds_of,
    taught,
)
from agents.embedded.wording import FOLDER, Wording, all_wordings, lines, sections
from agents.routing.forms import form_of
from agents.routing.picking import pick_for
from agents.routing.templates import SLOT
from tools import answers
from tools.registry import all_tools

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")
_STEP = re.compile(r"\{(\d)\.(\w+)\}")
_WHICH = re.compile(r"^(?:which|what) (nodes|vertices|edges|people|links|points|cities)\b", re.IGNORECASE)


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
                file.write(json.dumps(asdict(masked(example)), ensure_ascii=False) + "\n")
    listed = [{"name": t.name, "text": description(t), "edit": is_edit(t)} for t in taught()]
    (chosen.out / "tools.json").write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    facts = {"seed": chosen.seed, "count": chosen.count, "held_out_tools": sorted(held_out_tools())}
    (chosen.out / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")
    sys.stdout.write(json.dumps(facts) + "\n")


def kept_out(text: str) -> bool:
    """Whether a wording is one of the twentieth that is kept for validation."""
    return zlib.crc32(text.encode()) % 20 == 0


class Stock:
    """Everything that examples are made of; a twentieth of the wordings is kept for validation."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.tools = all_tools()
        self.wordings: dict[bool, list[Wording]] = {False: [], True: []}
        for wording in all_wordings():
            if wording.tool not in held_out_tools():
                self.wordings[kept_out(wording.text)].append(wording)
        self.by_tool: dict[bool, dict[str, list[Wording]]] = {False: defaultdict(list), True: defaultdict(list)}
        for held, rows in self.wordings.items():
            for wording in rows:
                self.by_tool[held][wording.tool].append(wording)
        self.frames: dict[str, list[str]] = defaultdict(list)  # by mood
        for line in lines(FOLDER / "frames.txt"):
            mood, frame = line.split(": ", 1)
            self.frames[mood].append(frame)
        self.edits = self._edits()
        self.whole: dict[bool, list[list[str]]] = {False: [], True: []}
        for line in lines(FOLDER / "compositions.txt"):
            self.whole[kept_out(line)].append(line.split("\t", 1))
        self.woven: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
        for line in lines(FOLDER / "compositions_woven.txt"):
            chain, text = line.split("\t", 1)
            if not held_out_tools() & set(chain.split("+")):
                self.woven[kept_out(line)].append((chain, text))
        refusals = sections(FOLDER / "refusals.txt")
        self.others = {
            (kind, held): [t for t in refusals.get(kind, ()) if kept_out(t) == held]
            for kind in ("other", "vague")
            for held in (False, True)
        }

    def _edits(self) -> dict[tuple[str, bool], dict[str, list[str]]]:
        """(mood, kept out) -> heading -> clauses; mood "say": whole wordings of the tools that change a graph."""
        found: dict[tuple[str, bool], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for heading, clauses in sections(FOLDER / "edits.txt").items():
            for line in clauses:
                mood, clause = line.split(": ", 1)
                found[mood, kept_out(line)][heading].append(clause)
        for held, by_tool in self.by_tool.items():
            for name, wordings in by_tool.items():
                needed = {p.name for p in self.tools[name].parameters if p.required}
                if not is_edit(self.tools[name]) or "graph" in kinds_of(self.tools[name]).values():
                    continue
                for wording in wordings:
                    if needed <= set(SLOT.findall(wording.text)):
                        end = "" if wording.text.endswith((".", "?", "!")) else "."
                        found["say", held][name].append(wording.text + end)
        return found

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
        return decorated(self._single(held), self.rng)

    def _refusal(self, held: bool) -> Example:
        kind = "other" if self.rng.random() < 0.75 else "vague"
        text = self.rng.choice(self.others[kind, held] or self.others[kind, False])
        if self.rng.random() < 0.5:  # names and numbers are marks here too, where the graph has them
            text = _NAME.sub(NODE, re.sub(r"\b\d+\b", NUMBER, text))
        return decorated(Example(filled(text, {}, self.rng)[0], kind=kind, family=kind), self.rng)

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
        text, marks = filled(asked, slots_of(tool) | {BOUND: "float"}, self.rng)
        pick = "value" if operator else pick_for(tool, asked, form_of(asked))
        placed = [(at, 0, role) for at, role in marks]
        return Example(text, [wording.tool], placed, pick, operator, family=wording.family)

    def _composition(self, held: bool) -> Example:
        if self.rng.random() < 0.3:
            return decorated(self._woven(held), self.rng)
        asked = self._single(held)
        if issubclass(self.tools[asked.tools[0]].returns, answers.GraphAnswer) or not self._takes_graph(asked):
            return decorated(asked, self.rng)
        if self.rng.random() < 0.35:
            return decorated(self._whole(asked, held), self.rng)
        number = self.rng.choices((1, 2, 3), (0.55, 0.3, 0.15))[0]
        example = asked
        for depth in range(number):
            example = self._framed(example, held, first=depth > 0)
        example.family = f"composition of {number + 1}"
        return decorated(example, self.rng)

    def _takes_graph(self, example: Example) -> bool:
        return self.tools[example.tools[0]].takes_graph

    def _framed(self, asked: Example, held: bool, first: bool) -> Example:
        """`asked` after one more edit; first: the edit must stand before what it is applied before."""
        clauses = self.edits[mood := self._mood(held), held]
        frame = self.rng.choice(self.frames[mood])
        while first and frame.casefold().find("{ask") < frame.casefold().find("{edit"):
            frame = self.rng.choice(self.frames[mood])
        # every edit as often as the square root of its clauses
        heading = self.rng.choices(list(clauses), [len(found) ** 0.5 for found in clauses.values()])[0]
        line = self.rng.choice(clauses[heading])
        tool = heading.split()[0]
        edit, roles = filled(line, slots_of(self.tools[tool]), self.rng)
        own = ROLES.get(tool, {})
        return _placed(frame, asked, edit, [(at, 1, own.get(role, role)) for at, role in roles], [tool], self.rng)

    def _mood(self, held: bool) -> str:
        """One of the moods, as often as there are frames of it."""
        moods = [mood for mood in self.frames if self.edits[mood, held]]
        return self.rng.choices(moods, [len(self.frames[mood]) for mood in moods])[0]

    def _whole(self, asked: Example, held: bool) -> Example:
        """A composition whose frame says all its edits."""
        said, frame = self.rng.choice(self.whole[held])
        names = said.split("+")
        tools = [ALIASES.get(name, name) for name in names]
        if len(tools) > MAX_EDITS or any(name not in self.tools for name in tools):
            return asked
        text, marks = frame, []
        takers: dict[str, tuple[int, str]] = {}
        kinds: dict[str, Kind] = {}
        for step, name in enumerate(names, 1):
            for slot, kind in slots_of(self.tools[name]).items():
                if slot not in takers and f"{{{slot}}}" in frame:
                    takers[slot] = step, ROLES.get(name, {}).get(slot, slot)
                    kinds[slot] = "new" if name in ("add_node", "add_nodes") else kind
        if set(SLOT.findall(frame)) - takers.keys() - {"ask", "Ask", "ask_lower", "ask_open"}:
            return asked
        text, roles = filled(frame, kinds, self.rng)
        marks = [(at, *takers[role]) for at, role in roles]
        return _inserted(text, asked, marks, tools)

    def _woven(self, held: bool) -> Example:
        """A composition that is one text with its question; {N.parameter} is an argument of the Nth tool."""
        chain, text = self.rng.choice(self.woven[held])
        names = chain.split("+")
        kinds: dict[str, Kind] = {}
        takers: dict[str, tuple[int, str]] = {}
        for place, name in enumerate(names, 1):
            new = name in ("add_node", "add_nodes")
            for parameter, kind in slots_of(self.tools[name]).items():
                slot = f"at_{place}_{parameter}"
                kinds[slot] = "new" if new else kind
                takers[slot] = place % len(names), ROLES.get(name, {}).get(parameter, parameter)
        shown, roles = filled(_STEP.sub(r"{at_\1_\2}", text), kinds, self.rng)
        *edits, last = (ALIASES.get(name, name) for name in names)
        pick = pick_for(self.tools[last], text, form_of(text))
        marks = [(at, *takers[role]) for at, role in roles]
        return Example(shown, [last, *edits], marks, pick, family=f"composition of {len(names)}")


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


if __name__ == "__main__":
    main()
