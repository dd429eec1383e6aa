"""A conversation to take away: Markdown to read, JSON with everything, a notebook that asks it all again."""

from __future__ import annotations

import json
import re
from typing import Any

from ui.proofs import proof
from ui.talk.sources import in_page
from ui.talk.talk import Source, Talk, Turn

_EMBEDDED = 2 * 2**20  # bytes of an uploaded graph that a notebook carries
FORMATS = {
    "markdown": ("md", "text/markdown"),
    "json": ("json", "application/json"),
    "notebook": ("ipynb", "application/x-ipynb+json"),
}


def exported(talk: Talk, kind: str) -> dict[str, str]:
    """The file: its name, its media type and its text. kind: one of `FORMATS`."""
    suffix, media = FORMATS[kind]
    text = {"markdown": as_markdown, "json": as_json, "notebook": as_notebook}[kind](talk)
    return {"name": f"konigsberg-conversation.{suffix}", "type": media, "text": text}


def as_markdown(talk: Talk) -> str:
    """Questions, answers, certificates and notes. Texts are written so that no Markdown reader makes more of them."""
    parts = ["# A conversation about graphs\n"]
    if talk.source is not None:
        parts.append(f"Graph: {_plain(talk.source.name)} ({talk.source.kind})\n")
    for turn in talk.turns:
        parts.append(f"## {_plain(' '.join(turn.question.split())[:200])}\n")
        if len(turn.question) > 200:
            parts.append(_block(turn.question))
        reply = turn.reply
        if reply is None:
            parts.append(f"No answer: {_plain(turn.error or 'not finished')}\n")
            continue
        parts.append(_block(reply.text))
        checked = proof(reply)
        parts.append(f"**{reply.status}**{': ' * bool(checked)}{_plain(checked)}\n")
        parts += [f"* {_plain(in_page(note))}" for note in (*reply.assumptions, *reply.readings)]
        calls = ", ".join(f"`{call.tool}`" for call in turn.plan.calls) if turn.plan is not None else "none"
        parts.append(
            f"\nTools: {calls}; {reply.cost.seconds:.3f} s; {reply.cost.model_calls} model calls, "
            f"{reply.cost.tokens} tokens\n"
        )
    return "\n".join(parts)


_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~])")


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _block(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}\n"


def as_json(talk: Talk) -> str:
    """Each question with its whole reply and its steps."""
    from ui.cli import reply_as_json, step_as_json

    rows: list[dict[str, Any]] = []
    for turn in talk.turns:
        row: dict[str, Any] = {"question": turn.question, "graph": _about(turn)}
        if turn.reply is not None:
            row |= reply_as_json(turn.reply)
        row |= {"error": turn.error} if turn.error else {}
        row["steps"] = [step_as_json(step) for step in turn.steps]
        rows.append(row)
    source = None if talk.source is None else {"kind": talk.source.kind, "name": talk.source.name}
    whole = {"konigsberg": "conversation", "version": 1, "source": source, "turns": rows}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _about(turn: Turn) -> str:
    return turn.graph.summary() if turn.graph is not None else ""


def as_notebook(talk: Talk) -> str:
    """A Jupyter notebook that reads the same graphs and asks the same questions, one cell each."""
    cells = [
        _markdown("# A conversation about graphs\n\nRun all cells to ask it again. It needs `pip install konigsberg`."),
        _code(
            "from agents import GraphAgent",
            "",
            "agent = GraphAgent()",
            "thread = 'notebook'",
            "agent.forget(thread)",
        ),
    ]
    last: Source | None = None
    for turn in talk.turns:
        if turn.asked_on is not None and turn.source is not None and turn.source is not last:
            last = turn.source
            cells.append(_code(*_reading(last, turn)))
        graph = "graph" if turn.asked_on is not None else "None"
        cells.append(
            _code(
                f"reply = agent.ask({turn.question!r}, graph={graph}, thread=thread)",
                "print(reply.text)",
                "print(reply.status, *reply.certificates, sep='\\n')",
            )
        )
    about = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    cells = [{"id": f"cell{number}", **cell} for number, cell in enumerate(cells)]
    whole = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _reading(source: Source, turn: Turn) -> list[str]:
    """The lines that make `graph`."""
    options = "".join(f", {name}={value!r}" for name, value in source.options)
    if source.kind == "example":
        return [
            "from graphs.data import example_path",
            "from graphs.files import read_graph",
            "",
            f"graph = read_graph(example_path({source.name!r}){options})",
        ]
    if source.kind == "store":
        return ["# a grown graph: put its folder beside", f"graph = {source.name!r}"]
    if len(source.data) > _EMBEDDED:
        return [
            "# the file is too large for a notebook: put it beside",
            "from graphs.files import read_graph",
            "",
            f"graph = read_graph({source.name!r}{options})",
        ]
    graph = turn.asked_on
    assert graph is not None
    data = json.dumps(graph.to_json(), ensure_ascii=False, default=str)
    return [
        "import json",
        "",
        "from graphs.graph import Graph",
        "",
        f"# {_comment(source.name)}",
        f"graph = Graph.from_json(json.loads({data!r}))",
    ]


def _comment(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _code(*lines: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": "\n".join(lines)}
