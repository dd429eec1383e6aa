"""Examples, uploads and pasted text: what is taken, and what is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.asking import UNKNOWN
from agents.embedded.planning import NO_TOOL
from graphs.errors import BadArgument, GraphError, ParseError, TooLarge
from ui.talk.desk import Desk
from ui.talk.examples import examples, suggestions
from ui.talk.sources import in_page, read_again, take_bytes, take_example, take_file, take_text
from ui.talk.talk import Source, Talk

LIMIT = 100_000


@pytest.fixture
def empty() -> Talk:
    return Desk(("none",)).open()


def test_every_shipped_example_can_be_taken_and_has_questions(empty: Talk) -> None:
    pytest.importorskip("pyoxigraph", reason="one example is RDF, which needs the extra files")
    for name, about in examples():
        take_example(empty, name)
        assert empty.graph is not None
        assert empty.graph.num_edges
        assert about
        assert len(suggestions(empty.source, empty.graph)) == 3
    with pytest.raises(BadArgument, match="no example graph"):
        take_example(empty, "../../etc/passwd")


def test_questions_are_suggested_from_the_graphs_own_labels(empty: Talk) -> None:
    assert suggestions(None, None)
    take_text(empty, "x-y, y-z", LIMIT)
    assert suggestions(empty.source, empty.graph)[0] == "What is the shortest path from x to y?"


def test_an_uploaded_file_is_read_and_deleted(empty: Talk, tmp_path: Path) -> None:
    file = tmp_path / "ab" / "graph.csv"
    file.parent.mkdir()
    file.write_text("from,to\na,b\nb,c\n")
    take_file(empty, file, LIMIT, tmp_path)
    assert empty.graph is not None
    assert empty.graph.num_nodes == 3
    assert empty.source is not None
    assert empty.source.name == "graph.csv"
    assert not file.exists()


def test_files_elsewhere_are_left_alone(empty: Talk, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (uploads / "link.csv").symlink_to(secret)
    for path in (secret, uploads / ".." / "secret.csv", uploads / "link.csv", Path("/etc/passwd"), Path(), uploads):
        with pytest.raises(BadArgument, match="no file that was uploaded"):
            take_file(empty, path, LIMIT, uploads)
    assert secret.exists()
    assert empty.graph is None


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("broken.graphml", b"<graphml><graph><node id='a'>", "broken.graphml could not be read"),
        ("bomb.graphml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><graphml>&a;</graphml>", "bomb.graphml"),
        ("empty.csv", b"", "empty.csv could not be read as a graph: the file is empty"),
        ("bad.csv", b"a,b,weight\nx,y,1\nz\n", "bad.csv could not be read as a graph: line 3, column 1: 1 column"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "picture.png"),
        ("graph.json", b"{", "graph.json"),
        ("object.pickle", b"\x80\x04K\x01.", "object.pickle"),
    ],
)
def test_broken_files_are_refused_with_their_own_name(empty: Talk, name: str, data: bytes, said: str) -> None:
    with pytest.raises(GraphError) as refused:
        take_bytes(empty, name, data, LIMIT)
    assert said in str(refused.value)
    assert "/tmp" not in str(refused.value)
    assert "konigsberg-ui-" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../x/evil.csv", "evil.csv"), ("..\\..\\evil.csv", "evil.csv"), ("a\x00b\u202e.csv", "a\ufffdb\ufffd.csv")],
)
def test_names_of_files_lose_folders_and_tricks(empty: Talk, name: str, kept: str) -> None:
    take_bytes(empty, name, b"a,b\nx,y\n", LIMIT)
    assert empty.source is not None
    assert empty.source.name == kept


def test_what_is_too_large_is_refused(empty: Talk, tmp_path: Path) -> None:
    for size in (LIMIT + 1,):
        with pytest.raises(TooLarge, match="over this server's limit"):
            take_bytes(empty, "x.csv", b"a" * size, LIMIT)
        with pytest.raises(TooLarge):
            take_text(empty, "a" * size, LIMIT)
    file = tmp_path / "x.csv"
    file.write_bytes(b"a" * (LIMIT + 1))
    with pytest.raises(TooLarge):
        take_file(empty, file, LIMIT, tmp_path)
    assert not file.exists()


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("Ann-Bob, Bob-Eve", 3),
        ("from,to,km\na,b,3\nb,c,4\n", 3),
        ("1 2\n2 3\n3 4\n", 4),
        ('{"nodes": [{"id": 1}], "edges": []}', 1),
    ],
)
def test_pasted_text_in_words_or_as_a_file(empty: Talk, text: str, nodes: int) -> None:
    take_text(empty, text, LIMIT)
    assert empty.graph is not None
    assert empty.graph.num_nodes == nodes


@pytest.mark.parametrize("text", ["", "  ", "Nothing at all."])
def test_text_without_a_graph_is_refused(empty: Talk, text: str) -> None:
    with pytest.raises(BadArgument):
        take_text(empty, text, LIMIT)


def test_the_direction_can_be_said_afterwards(empty: Talk) -> None:
    read_again(empty, True, LIMIT)
    take_bytes(empty, "x.csv", b"a,b\nx,y\n", LIMIT)
    read_again(empty, True, LIMIT)
    assert empty.graph is not None
    assert empty.graph.directed
    take_example(empty, "friends")
    read_again(empty, True, LIMIT)
    assert empty.graph.directed
    take_text(empty, "a-b", LIMIT)
    with pytest.raises(BadArgument, match="says itself"):
        read_again(empty, True, LIMIT)


def test_a_refused_file_keeps_the_graph_that_was_there(empty: Talk) -> None:
    take_text(empty, "a-b", LIMIT)
    with pytest.raises(ParseError):
        take_bytes(empty, "broken.graphml", b"<graphml>", LIMIT)
    assert empty.graph is not None
    assert empty.graph.num_nodes == 2


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Is there one; `konigsberg tools` lists everything there is.", "Is there one."),
        ("`konigsberg models list` shows which ones work here", "the page 'Models' shows which ones work here"),
        (
            "the edges are mixed; pass directed=True or False",
            "the edges are mixed; choose it under 'say how to read it'",
        ),
        ("'x' is not a number; correct it, or choose another column with weight=", "'x' is not a number; correct it"),
    ],
)
def test_a_message_speaks_of_the_page_not_of_the_command_line(said: str, shown: str) -> None:
    assert in_page(said) == shown


def test_what_is_not_known_is_said_in_the_words_of_the_page() -> None:
    for said in (UNKNOWN, NO_TOOL):
        assert "konigsberg" not in in_page(said)


def test_a_file_keeps_its_own_name_and_an_example_is_read_as_words() -> None:
    assert Source("file", "two_thousand.csv").title == "two_thousand.csv"
    assert Source("example", "les_miserables").title == "les miserables"
