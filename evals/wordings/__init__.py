"""How ordinary people ask: many wordings for each kind of question, in a `dev` and a `heldout` half.

A wording is a template with the slots of its kind ({u}, {v}, {t} …). They are grouped by setting: "plain" speaks of
graphs, "terse" in a few words, any other name is an application (`evals.benchmarks.robustness`)
whose sentences carry the graph.
"""

from __future__ import annotations

from typing import Literal

Split = Literal["dev", "heldout"]
Wordings = dict[str, dict[str, tuple[str, ...]]]


def wordings(split: str) -> Wordings:
    """All wordings of one half: kind of question -> setting -> templates."""
    if split == "heldout":
        from evals.wordings.heldout import WORDINGS
    else:
        from evals.wordings.dev import WORDINGS
    return WORDINGS
