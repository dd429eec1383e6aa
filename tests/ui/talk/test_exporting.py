"""What a conversation becomes when it is saved; the notebook is run."""

from __future__ import annotations

import contextlib
import io
import json

import pytest

from tests.ui.talk.conftest import answered
from ui.talk.desk import Desk
from ui.talk.exporting import FORMATS, as_json, as_markdown, as_notebook, exported
from ui.talk.sources import take_bytes, take_example, take_text
from ui.talk.talk import Talk, Turn


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_has_a_name_a_type_and_text(desk: Desk, talk: Talk, kind: str) -> None:
    answered(desk, talk, "How many nodes are there?")
    file = exported(talk, kind)
    assert file["name"].startswith("konigsberg-conversation.")
    assert file["type"]
    assert "How many nodes are there" in file["text"]


def test_markdown_is_read_by_people_and_never_as_markup(desk: Desk, talk: Talk) -> None:
    answered(desk, talk, "How many nodes are there?")
    evil = "![x](http://evil.example/a.png) <script>alert(1)</script> ``` `"
    talk.turns.append(Turn(2, evil, error=evil))
    text = as_markdown(talk)
    assert "**proven**: the nodes counted one by one" in text or "**proven**" in text
    assert "\\!\\[x\\]\\(http://evil.example/a.png\\)" in text
    assert "\n<script>" not in text
    assert "![x]" not in text


def test_notes_name_what_the_page_offers(desk: Desk, talk: Talk) -> None:
    take_bytes(talk, "edges.csv", b"a,b\n1,2\n2,3\n", 10_000)
    answered(desk, talk, "How many edges are there?")
    text = as_markdown(talk)
    assert "took the edges as undirected; choose 'directed' under 'say how to read it'" in text
    assert "directed=True" not in text


def test_a_block_cannot_be_ended_from_within(talk: Talk) -> None:
    talk.turns.append(Turn(1, "x" * 210 + "\n```\n# no heading", error="stopped"))
    assert "````text" in as_markdown(talk)


def test_json_holds_everything(desk: Desk, talk: Talk) -> None:
    answered(desk, talk, "What is the shortest path from Ann to Iris?")
    talk.turns.append(Turn(2, "?", error="broken"))
    data = json.loads(as_json(talk))
    first, second = data["turns"]
    assert first["value"][0] == "Ann"
    assert first["certificates"][0]["holds"]
    assert [step["agent"] for step in first["steps"]] == ["question", "planner", "solver", "verifier", "answer"]
    assert data["source"] == {"kind": "example", "name": "friends"}
    assert second["error"] == "broken"


def run(notebook: str) -> str:
    """What the cells print."""
    space: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()) as out:
        for cell in json.loads(notebook)["cells"]:
            if cell["cell_type"] == "code":
                exec(compile(cell["source"], "<cell>", "exec"), space)
    space["agent"].close()  # type: ignore[attr-defined]
    return out.getvalue()


def test_the_notebook_gives_the_same_answers(desk: Desk, talk: Talk) -> None:
    texts = [
        answered(desk, talk, q).reply.text for q in ("What is the shortest path from Ann to Iris?", "and without Cara?")
    ]  # type: ignore[union-attr]
    take_text(talk, "q\"uo'te b\nb \\n\n", 10_000)
    texts.append(answered(desk, talk, "How many edges are there?").reply.text)  # type: ignore[union-attr]
    take_bytes(talk, "x\n.csv", b"a,b,w\n1,2,3\n2,3,4\n", 10_000, directed=True)
    texts.append(answered(desk, talk, "Is the graph directed?").reply.text)  # type: ignore[union-attr]
    take_example(talk, "roads")
    texts.append(answered(desk, talk, "How many nodes are there?").reply.text)  # type: ignore[union-attr]
    printed = run(as_notebook(talk))
    for text in texts:
        assert text in printed
    assert printed.count("proven") >= 4


def test_a_notebook_names_a_file_that_is_too_large_to_carry(desk: Desk, talk: Talk) -> None:
    take_bytes(talk, "x.csv", b"a,b\n1,2\n", 10_000)
    assert talk.source is not None
    object.__setattr__(talk.source, "data", b" " * (3 * 2**20))
    answered(desk, talk, "How many nodes are there?")
    assert "read_graph('x.csv')" in as_notebook(talk).replace('\\"', "'")
