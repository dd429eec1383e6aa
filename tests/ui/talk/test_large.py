"""Large tables in the interface: read into arrays, asked again, checked, exported, and forgotten with their files."""

from __future__ import annotations

import gc
import gzip
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("numba", reason="the compact body needs the extra `large`")
pytest.importorskip("polars", reason="the compact body needs the extra `large`")

from graphs.errors import ParseError, TooLarge  # noqa: E402
from graphs.files import formats  # noqa: E402
from ui.talk.asking import ask  # noqa: E402
from ui.talk.checking import check_again  # noqa: E402
from ui.talk.desk import Desk  # noqa: E402
from ui.talk.examples import suggestions  # noqa: E402
from ui.talk.exporting import FORMATS, exported  # noqa: E402
from ui.talk.rendering import rendered  # noqa: E402
from ui.talk.sources import read_again, take_bytes, take_text  # noqa: E402
from ui.talk.talk import Talk, Turn  # noqa: E402

LIMIT = 10**6


@pytest.fixture(autouse=True)
def soon_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of 4 KB are large here."""
    monkeypatch.setattr(formats, "LARGE_FILE", 4_000)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(("none",))
    yield made
    made.close()


def table(prefix: str, count: int = 2_000) -> bytes:
    rng = random.Random(count)
    rows = [f"{prefix}{rng.randrange(k + 1)},{prefix}{k + 1},{rng.randint(1, 9)}" for k in range(count)]
    return ("source,target,weight\n" + "\n".join(rows)).encode()


def asked(talk: Talk, desk: Desk, question: str) -> Turn:
    for _ in ask(talk, desk.agent(), question):
        pass
    assert talk.turns[-1].error == ""
    return talk.turns[-1]


def test_a_large_table_is_asked_twice_checked_and_exported(desk: Desk) -> None:
    talk = desk.open()
    take_bytes(talk, "trips.csv", table("p"), LIMIT)
    assert talk.graph is not None
    assert talk.graph.compact
    assert talk.graph.origin == "trips.csv"
    assert len(suggestions(talk.source, talk.graph)) == 3
    turn = asked(talk, desk, "How many connected components are there?")
    assert turn.reply is not None
    assert (turn.reply.value, turn.reply.status) == (1, "proven")
    assert not any("body=" in str(row) for row in rendered(talk)["turns"])
    again = asked(talk, desk, "What is the shortest path from p0 to p7?")
    assert again.reply is not None
    assert again.reply.status == "proven"
    assert again.graph is talk.graph  # the same arrays, not read again
    assert all(one.holds for one in check_again(again))
    for kind in FORMATS:
        assert "trips.csv" in exported(talk, kind)["text"]


def test_two_large_conversations_do_not_push_each_other_out(desk: Desk) -> None:
    one, other = desk.open(), desk.open()
    take_bytes(one, "one.csv", table("a", 2_000), LIMIT)
    take_bytes(other, "other.csv", table("b", 3_000), LIMIT)
    for count, talk in ((2_001, one), (3_001, other), (2_001, one), (3_001, other)):
        reply = asked(talk, desk, "How many nodes are there?").reply
        assert reply is not None
        assert reply.value == count


def test_its_direction_is_chosen_and_its_file_forgotten(desk: Desk) -> None:
    talk = desk.open()
    take_bytes(talk, "trips.csv", table("p"), LIMIT)
    assert talk.source is not None
    assert talk.source.file is not None
    assert talk.source.data == b""
    folder = talk.source.file.path.parent
    read_again(talk, True, LIMIT)
    assert talk.graph is not None
    assert talk.graph.directed
    read_again(talk, None, LIMIT)
    assert not talk.graph.directed
    assert folder.exists()
    take_text(talk, "a-b", LIMIT)
    gc.collect()
    assert not folder.exists()


def test_a_long_text_is_pasted(desk: Desk) -> None:
    talk = desk.open()
    take_text(talk, table("p", 30_000).decode(), LIMIT)
    assert talk.graph is not None
    assert talk.graph.compact
    assert talk.graph.num_edges == 30_000


def test_what_is_broken_or_unpacks_to_too_much_is_refused(desk: Desk, tmp_path: Path) -> None:
    talk = desk.open()
    with pytest.raises(TooLarge, match="unpacked"):
        take_bytes(talk, "bomb.csv.gz", gzip.compress(b"a,b\n" * LIMIT), LIMIT)
    broken = table("p") + b"\nonly one cell\n"
    with pytest.raises(ParseError, match=r"line 2002|line 2,002"):
        take_bytes(talk, "broken.csv", broken, LIMIT)
    with pytest.raises(ParseError):
        take_bytes(talk, "cut.csv.gz", gzip.compress(table("p", 9_000))[:-500], LIMIT)
    assert talk.graph is None
