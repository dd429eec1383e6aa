from __future__ import annotations

from pathlib import Path

import pytest

from graphs.resolution import Decision, Mention, settle
from graphs.resolution.settling import fuller
from graphs.store import Store


@pytest.mark.parametrize(
    ("known", "said", "kept"),
    [
        ("", "city in Maine", "city in Maine"),
        ("city in Maine", "", "city in Maine"),
        ("research institute", "research institute in Vermont", "research institute in Vermont"),
        ("research institute in Vermont", "research institute", "research institute in Vermont"),
        ("city in Maine", "city in Oregon", "city in Maine"),
    ],
)
def test_the_description_that_says_the_same_and_more_is_kept(known: str, said: str, kept: str) -> None:
    assert fuller(known, said) == kept


def test_an_entity_takes_over_what_its_mentions_say(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        with store.step("question", "one") as step:
            asked = [Mention("Rosa Takeda"), Mention("R. Takeda", "person", "chemist")]
            first, again = settle(store, step, asked, [Decision(None, "new", 1.0, 0), Decision(None, "judge", 1.0, 0)])
        assert first == again
        with store.step("question", "two") as step:
            settle(store, step, [Mention("Takeda", "actor", "chemist in Kyoto")], [Decision(first, "judge", 1.0)])
        found = store.entity(first)
        assert (found.type, found.description) == ("person", "chemist in Kyoto")
        assert set(found.aliases) == {"R. Takeda", "Takeda"}
