"""The templates on file equal those that the tools give."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from agents.routing import templates
from tools.registry import declared_tools


def test_the_file_equals_what_the_tools_give() -> None:
    built = json.loads(json.dumps(templates.build(declared_tools().values())))
    assert templates.read() == built, "a tool or a word was changed: run `python -m agents.routing.templates`"


def test_every_template_can_be_found_by_its_own_words() -> None:
    index = templates.index()
    made = [index.template(number) for number in range(len(index.rows))]
    lost = [t.text for t in made if all(t.ideas != near.ideas for near in templates.nearest(t.ideas))]
    assert not lost


def test_rarer_stems_weigh_more_and_strange_ones_less_than_the_rarest() -> None:
    index = templates.index()
    assert index.idf["nod"] < index.idf["pagerank"]
    assert index.weigh(["nod", "no such stem"]) == pytest.approx(index.idf["nod"] + index.unknown)
    assert index.unknown == pytest.approx(0.7 * math.log(1 + len(index.tools)))


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"sources": "00"}', '{"idf": {}}'])
def test_a_damaged_or_stale_file_is_left_aside(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "FILE", tmp_path / "templates.json")
    assert templates.read() is None
    templates.FILE.write_text(text, encoding="utf-8")
    assert templates.read() is None
