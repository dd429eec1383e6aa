"""Groups that grow by pairs: no closure over what is refused."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphs.resolution.grouping import Grouping


def test_two_refused_things_do_not_meet_through_a_third() -> None:
    groups: Grouping[str] = Grouping(lambda one, other: {one, other} == {"A", "C"})
    assert groups.join("A", "B")
    assert not groups.join("B", "C")
    assert groups.of("B") == ["A", "B"]
    assert groups.of("C") == ["C"]


def test_who_joins_two_has_decided_about_them() -> None:
    groups: Grouping[int] = Grouping(lambda one, other: True)
    assert groups.join(1, 2)
    assert groups.join(2, 1)
    assert not groups.join(2, 3)


@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=30),
    st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=15),
)
def test_no_group_holds_a_refused_pair(joins: list[tuple[int, int]], refused: set[tuple[int, int]]) -> None:
    apart = {frozenset(pair) for pair in refused}
    groups: Grouping[int] = Grouping(lambda one, other: frozenset((one, other)) in apart)
    for one, other in joins:
        if frozenset((one, other)) not in apart:
            groups.join(one, other)
    for one in range(9):
        group = groups.of(one)
        assert len(set(group)) == len(group)
        assert all(frozenset((x, y)) not in apart for x in group for y in group if x != y)
        assert all(groups.of(member) is group for member in group)
