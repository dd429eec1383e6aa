"""A small grown graph with evidence, a merge, and names that try to be more than text."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphs.store import Store

EVIL = "<img src=x onerror=window.pwned=1>"


def plant(folder: Path) -> Path:
    """Make the graph in a folder."""
    with Store.open(folder) as made:
        with made.step("document", about="web.txt") as step:
            document = step.add_document("web.txt", "The silk is made of protein. Protein folds.")
            silk, protein = step.add_entity("silk", type="thing"), step.add_entity("protein", type="thing")
            relation = step.add_relation(silk, "is made of", protein, status="grounded")
            step.add_evidence(relation, quote="The silk is made of protein", document=document, start=0, end=27)
        with made.step("question", about="What folds?") as step:
            folds, fibre = step.add_entity("fold", type="process"), step.add_entity(EVIL)
            step.add_evidence(step.add_relation(protein, "undergoes", folds), quote=EVIL, call="key")
            step.add_relation(folds, "<b>enables</b>", fibre, confidence=0.4)
        with made.step("question", about="What is spider silk?") as step:
            other = step.add_entity("spider silk")
            step.add_relation(other, "inspires", folds)
            step.add_entity("alone")
        with made.step("edit", about="merge") as step:
            step.merge(silk, other, why="the same thing")
    return folder


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    return plant(tmp_path / "silk")
