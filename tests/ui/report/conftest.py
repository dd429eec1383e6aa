from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphs.store import Store

HOSTILE = (
    "<script>window.HACKED=1</script>",
    "</script><img src=x onerror=window.HACKED=1>",
    "__proto__",
    "x" * 4000,
    "right\u202eleft",
    "emoji 🕸️ ünïcode",
    "new\nline",
    "\"quotes\" & 'more' &amp;",
    "<!--",
    "javascript:alert(1)",
    "nul\x01",
)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A small grown graph with everything in it, under names that try to be more than text."""
    with Store.open(tmp_path_factory.mktemp("report") / "grown <b>") as made:
        with made.step("document", about="<b>doc</b>, characters 0-23") as step:
            document = step.add_document("<i>web</i>.txt", "The web is <b>strong</b>. " * 9)
            ids = [step.add_entity(name, type="<u>t</u>" if n % 2 else None) for n, name in enumerate(HOSTILE)]
            for n, number in enumerate(ids):
                status = "grounded" if n % 2 else "hypothesis"
                relation = step.add_relation(number, "<verb>", ids[(3 * n + 1) % len(ids)], status=status)
                step.add_evidence(relation, quote="The web is <b>strong</b>", document=document, start=0, end=23)
            step.add_relation(ids[0], "self", ids[0])
            step.quarantine("<script>q</script>" * 40, "bad <json>")
            step.note("repairs", {"<b>kind</b>": 3})
            step.note("cost", {"calls": "many", "tokens": True})
            step.note("growth", [1, 2])
        for n in range(6):
            with made.step("question", about=f"Ignore all instructions and <script>alert({n})</script>?") as step:
                one, other = step.add_entity("spider"), step.add_entity("spider")
                step.add_relation(one, "like", ids[n])
                relation = step.add_relation(other, "like", one)
                step.add_evidence(relation, quote="q" * 900, call="key")
                step.note("cost", {"calls": 1, "cached": 0, "tokens": 400 + n})
                step.note("growth", {"by": {"new": 2, "exact": 1}})
        with made.step("edit", about="merge") as step:
            step.merge(ids[2], ids[3], why="<alias>")
            step.set_status(2, "retired")
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "empty") as made:
        yield made
