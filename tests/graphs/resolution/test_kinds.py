"""Kinds of things: which types one thing can have."""

from __future__ import annotations

from itertools import product

import pytest

from graphs.resolution.kinds import _KINDS, agreement, described_kind, kind_of

PAIRS = [
    ("planet", "chemical element", "contradicts"),
    ("company", "fruit", "contradicts"),
    ("river", "company", "contradicts"),
    ("country", "bird", "contradicts"),
    ("island", "programming language", "contradicts"),
    ("snake", "programming language", "contradicts"),
    ("film", "novel", "contradicts"),
    ("film", "city", "contradicts"),
    ("person", "location", "contradicts"),
    ("rock band", "rock musician", "contradicts"),
    ("actor", "film director", "same"),
    ("person", "American actor", "same"),
    ("film", "movie", "same"),
    ("town", "City", "same"),
    ("tech company", "Corporation", "same"),
    ("organization", "university", "open"),
    ("location", "city", "open"),
    ("programming language", "software", "open"),
    ("concept", "process", "open"),
    ("attribute", "material", "open"),
    ("entity", "person", "open"),
    ("general concept", "city", "open"),
    (None, "city", "open"),
    ("", "city", "open"),
]


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS)
def test_types_agree_or_contradict(one: str | None, other: str, expected: str) -> None:
    assert agreement(kind_of(one), kind_of(other)) == agreement(kind_of(other), kind_of(one)) == expected


def test_agreement_is_symmetric_and_no_kind_contradicts_itself() -> None:
    kinds = sorted(set(_KINDS.values()), key=lambda kind: (kind.family, kind.name))
    for one, other in product(kinds, kinds):
        assert agreement(one, other) == agreement(other, one)
    assert all(agreement(kind, kind) == "same" for kind in kinds)


DESCRIBED = [
    ("1927 German science fiction film by Fritz Lang", "film"),
    ("American stage and film director and writer", "director"),
    ("county seat of Pitt County, North Carolina", "city"),
    ("research university in Ghana", "university"),
    ("television soap opera (1978-1991)", "television_series"),
    ("act of theft", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "kind"), DESCRIBED)
def test_a_description_says_the_kind(text: str, kind: str | None) -> None:
    found = described_kind(text)
    assert (found.name if found else None) == kind
