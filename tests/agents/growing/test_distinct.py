from __future__ import annotations

from pathlib import Path

from agents.growing.grounding.distinct import kept_apart, may_be_one
from graphs.resolution import Decision, Mention
from graphs.store import Store


def apart(*rows: tuple[str, Decision], from_text: bool = False) -> list[tuple[int | None, int | None]]:
    mentions = [Mention(name) for name, _ in rows]
    found = kept_apart(mentions, [decision for _, decision in rows], from_text=from_text)
    return [(decision.entity, decision.same_as) for decision in found]


def alike(entity: int | None, score: float, same_as: int | None = None) -> Decision:
    return Decision(entity, "embedding", score, same_as)


def test_what_one_reply_lists_is_joined_by_its_spelling_alone() -> None:
    new = Decision(None, "new", 1.0, 0)
    assert apart(("Strength", new), ("Toughness", alike(None, 0.98, 0))) == [(None, 0), (None, 1)]
    spelled = Decision(None, "normalised", 1.0, 0)
    assert apart(("Strength", new), ("strengths", spelled)) == [(None, 0), (None, 0)]
    judged = Decision(None, "judge", 1.0, 0)
    assert apart(("Strength", new), ("Resistance", judged)) == [(None, 0), (None, 0)]


def test_one_name_may_be_a_known_entity_by_its_likeness_and_no_second_one() -> None:
    assert apart(("Fibre", alike(7, 0.9))) == [(7, None)]
    assert apart(("Fibre", alike(7, 0.7)), ("Fibril", alike(7, 0.9))) == [(None, 0), (7, None)]
    exact = Decision(7, "exact", 1.0)
    assert apart(("Fibre bundle", alike(7, 0.99)), ("Fiber", exact)) == [(None, 0), (7, None)]


def test_likeness_that_is_not_sure_enough_joins_nothing() -> None:
    assert apart(("Crack Path", alike(7, 0.55))) == [(None, 0)]


def test_spellings_go_with_what_they_spell() -> None:
    new, spelled = Decision(None, "new", 1.0, 0), Decision(None, "normalised", 1.0, 0)
    rows = (("Strength", new), ("Toughness", alike(None, 0.98, 0)), ("toughness", spelled))
    assert apart(*rows) == [(None, 0), (None, 1), (None, 1)]


def test_a_text_may_call_a_thing_by_a_longer_and_a_shorter_name() -> None:
    new = Decision(None, "new", 1.0, 0)
    assert apart(("Dorothy Gale", new), ("Dorothy", alike(None, 0.9, 0)), from_text=True) == [(None, 0), (None, 0)]
    assert apart(("Scarecrow", new), ("Tin Man", alike(None, 0.9, 0)), from_text=True) == [(None, 0), (None, 1)]


def test_entities_of_one_answer_are_not_merged_for_their_likeness(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        with store.step("question", "one") as step:
            a, b = step.add_entity("Shear Modulus"), step.add_entity("Young's Modulus")
            step.add_evidence(step.add_relation(a, "differs from", b), quote="said")
        with store.step("question", "two") as step:
            c, d = step.add_entity("modulus of shear"), step.add_entity("shear modulus")
        assert not may_be_one(store, a, b, 0.99)
        assert may_be_one(store, a, c, 0.8)
        assert not may_be_one(store, a, c, 0.5)
        assert may_be_one(store, a, d, 0.5)
