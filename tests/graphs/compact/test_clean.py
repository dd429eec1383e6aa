"""The quick way for pieces of plain numbers says the same as the careful one, or gives up."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("numba", reason="the compact body needs the extra `large`")
pytest.importorskip("polars", reason="the compact body needs the extra `large`")

from graphs.compact import rows  # noqa: E402
from graphs.compact.clean import read_clean, whole_columns  # noqa: E402
from graphs.compact.layout import Layout, layout_of  # noqa: E402
from graphs.files.build import Options  # noqa: E402

HEAD = b"source,target,weight\n1,2,3\n2,3,4\n5,1,6\n"
ODD = ("007", "", " 7", "7 ", "+7", "-7", "-0", "0", "00", "7.0", "1e3", "x", '"7"', "NA", "nan", "inf", "0.5", "7,8",
       str(2**63), str(2**62), "٣", "1_0", "0x1", "#7", "7\r", "true")  # fmt: skip


def _layout() -> Layout:
    layout = layout_of("edges.csv", HEAD, Options())
    layout.whole = whole_columns(layout, rows.read_piece(layout, HEAD.partition(b"\n")[2], 2, set()))
    assert layout.whole == {2: True}
    return layout


def _same(layout: Layout, data: bytes) -> bool:
    """Whether the quick way took the piece; fails where it says something else than the careful one."""
    quick = read_clean(layout, data, 5)
    if quick is None:
        return False
    import numpy
    import polars

    slow = rows._read(polars, numpy, layout, data, 5, set())
    assert slow.bad == []
    assert slow.lines.tolist() == quick.lines.tolist()
    for one, other in ((quick.source, slow.source), (quick.target, slow.target)):
        assert [str(cell) for cell in one] == other.to_list(), data
    assert {name: cells.to_list() for name, cells in quick.numbers.items()} == {
        name: cells.to_list() for name, cells in slow.numbers.items()
    }
    return True


def test_plain_numbers_are_read_quickly() -> None:
    layout = _layout()
    assert _same(layout, b"10,0,5\n0,9,-3\n4,-2,0\n")
    assert _same(layout, b"10,0,5\n0,9,3")


@pytest.mark.parametrize("cell", ODD)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_odd_cell_is_read_alike_or_left_to_the_careful_way(cell: str, place: int) -> None:
    layout = _layout()
    cells = ["3", "4", "5"]
    cells[place] = cell
    for data in (f"1,2,3\n{','.join(cells)}\n7,8,9\n", f"{','.join(cells)}\n1,2,3\n", f"1,2,3\n{','.join(cells)}"):
        _same(layout, data.encode())


def test_odd_lines_are_left_to_the_careful_way() -> None:
    layout = _layout()
    for data in (
        b"1,2,3\n\n4,5,6\n",
        b"1,2\n",
        b"1,2,3,4\n",
        b"1;2;3\n",
        b"#1,2,3\n",
        b"1,2,3\n4\n",
        b",,\n",
        b"1,,2\n",
    ):
        assert not _same(layout, data), data


def test_random_pieces() -> None:
    layout, rng, quick = _layout(), random.Random(0), 0
    for _ in range(400):
        count = rng.randint(1, 6)
        lines = [[str(rng.choice((0, 1, 10, 10**9, -5, 7))) for _ in range(3)] for _ in range(count)]
        if rng.random() < 0.6:
            lines[rng.randrange(count)][rng.randrange(3)] = rng.choice(ODD)
        quick += _same(layout, "\n".join(map(",".join, lines)).encode() + b"\n" * rng.randint(0, 1))
    assert quick > 100


def test_many_zeros_are_looked_at_together() -> None:
    layout = _layout()
    assert _same(layout, b"0,1,0\n" * 5000)
    assert read_clean(layout, b"0,1,0\n" * 5000 + b"0,01,0\n", 5) is None
