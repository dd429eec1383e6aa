"""Large tables: read as the small reader reads them, with bad lines, memory, progress, cancel and cache."""

from __future__ import annotations

import gzip
import random
import threading
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numba", reason="the compact body needs the extra `large`")
pytest.importorskip("polars", reason="the compact body needs the extra `large`")

from graphs.compact import CompactGraph, cache, chunks  # noqa: E402
from graphs.compact.estimate import needed, size_of  # noqa: E402
from graphs.compact.load import Wishes  # noqa: E402
from graphs.errors import BadArgument, BudgetExceeded, GraphError, ParseError, TooLarge  # noqa: E402
from graphs.files import read_graph  # noqa: E402
from graphs.graph import Graph  # noqa: E402

UNCACHED = Wishes(cached=False)


def compact(path: Path, large: Wishes = UNCACHED, **options: Any) -> CompactGraph:
    graph = read_graph(path, body="compact", large=large, **options)
    assert isinstance(graph, CompactGraph)
    return graph


def written(folder: Path, text: str | bytes, name: str = "edges.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows(graph: Graph) -> list[Any]:
    both = []
    for edge in graph.edges():
        assert edge.provenance is not None
        ends = [edge.source, edge.target] if graph.directed else sorted([edge.source, edge.target], key=str)
        both.append((edge.provenance.line, *ends, sorted(edge.attributes.items())))
    return sorted(both, key=lambda row: row[0])


def random_table(seed: int) -> tuple[str, str]:
    """A table with repeated rows, rows turned round, lone nodes, odd labels, missing weights; and its name."""
    rng = random.Random(seed)
    delimiter = rng.choice(",\t; ")
    labels = rng.choice(([1, 2, 3, 40, -5], ["a", "b", "ü", "東京", "07"], [7, "007", "x"], [10**17, 1, 2]))
    weighted = rng.choice(("no", "whole", "real", "some"))
    lines = []
    if rng.random() < 0.6:
        lines.append(delimiter.join(["source", "target"] + ["weight"] * (weighted != "no")))
    for _ in range(rng.randint(1, 25)):
        cells = [str(rng.choice(labels)), str(rng.choice(labels))]
        if delimiter == "," and rng.random() < 0.05:
            cells[1] = ""
        if weighted != "no":
            missing = weighted == "some" and rng.random() < 0.3 and delimiter != " "
            cells.append("" if missing else str(rng.choice((1, 2)) if weighted != "real" else rng.choice((0.5, 1e3))))
        lines.append(delimiter.join(cells))
        if rng.random() < 0.1:
            lines.append("")
    if delimiter == " " and rng.random() < 0.5:
        lines.insert(rng.randint(1, len(lines)), "# a remark")
    return "\n".join(lines) + "\n", "t.tsv" if delimiter == "\t" else "t.txt" if delimiter == " " else "t.csv"


@pytest.mark.parametrize("block", range(10))
def test_both_readers_read_the_same(tmp_path: Path, block: int) -> None:
    for seed in range(40 * block, 40 * block + 40):
        text, name = random_table(seed)
        path = written(tmp_path, text, name)
        try:
            plain = read_graph(path, body="networkx")
        except ParseError:
            with pytest.raises(ParseError):
                compact(path)
            continue
        fast = compact(path)
        about = (plain.directed, plain.multi, plain.nodes, plain.weighted)
        assert (fast.directed, fast.multi, fast.nodes, fast.weighted) == about, text
        assert rows(fast) == rows(plain), text
        assert set(plain.assumptions) <= set(fast.assumptions), text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source,target\n1,2\n1;3\n3,4\n", "edges.csv, line 3: 1 column"),
        ("source,target\n1,2\n1,3,9\n3,4\n", "edges.csv, line 3: 3 columns"),
        ("source,target,weight\n1,2,3\n\n4,5,x\n", "edges.csv, line 4: weight 'x' is not a number"),
        ("source,target,weight\n1,2,3\n2,3,007\n4,5,1\n", "edges.csv, line 3: weight '007' is not a number"),
        ("source,target\n1,2\n,\n3,4\n", "edges.csv, line 3: both nodes"),
    ],
)
def test_a_bad_line_is_named_or_left_out(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ParseError, match=said.replace("(", r"\(")):
        compact(path)
    graph = compact(path, Wishes(skip_bad_lines=True, cached=False))
    assert graph.num_edges == text.count("\n") - 2 - ("\n\n" in text)
    assert any(note.startswith("1 bad line left out (line ") for note in graph.assumptions)


def test_a_bad_line_far_down_is_found_in_its_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks.pieces, "__defaults__", (4096,))
    lines = [f"{i},{i + 1}" for i in range(20_000)]
    lines[15_000] = "15000 15001"
    path = written(tmp_path, "\n".join(["source,target", *lines]))
    with pytest.raises(ParseError, match="line 15002: 1 column"):
        compact(path)
    graph = compact(path, Wishes(skip_bad_lines=True, cached=False))
    assert graph.num_edges == 19_999
    assert graph.provenance(19_999, 20_000).line == 20_001  # type: ignore[union-attr]


def test_labels_become_texts_when_a_later_piece_has_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks.pieces, "__defaults__", (64,))
    path = written(tmp_path, "source,target\n" + "\n".join(f"{i},{i + 1}" for i in range(50)) + "\nAnn,7\n")
    graph = compact(path)
    assert graph.nodes == [*map(str, range(51)), "Ann"]
    assert graph.has_edge("Ann", "7")
    assert graph.find("ann") == "Ann"
    assert graph.find(7) == "7"


def test_gzip_is_read_and_a_cut_off_one_refused(tmp_path: Path) -> None:
    data = "".join(f"{i},{i * i}\n" for i in range(5000)).encode()
    assert compact(written(tmp_path, gzip.compress(data), "e.csv.gz")).num_edges == 5000
    with pytest.raises(ParseError, match="the gzip file ends too early, in line"):
        compact(written(tmp_path, gzip.compress(data)[:-3000], "cut.csv.gz"))
    with pytest.raises(ParseError, match="broken gzip|ends too early|line"):
        compact(written(tmp_path, gzip.compress(data)[:2000] + b"\0" * 3000, "broken.csv.gz"))


def test_parquet_and_arrow(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"source": [1, 2, 3], "target": [2, 3, 1], "weight": [1.5, 2.0, None]})
    frame.write_parquet(tmp_path / "e.parquet")
    frame.write_ipc(tmp_path / "e.arrow")
    for name in ("e.parquet", "e.arrow"):
        graph = compact(tmp_path / name)
        assert [(e.source, e.target, dict(e.attributes)) for e in graph.edges()] == [
            (1, 2, {"weight": 1.5}), (2, 3, {"weight": 2.0}), (3, 1, {})]  # fmt: skip
    with pytest.raises(ParseError, match="broken Parquet"):
        compact(written(tmp_path, b"PAR1 and no more", "x.parquet"))


def test_a_file_that_does_not_fit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "source,target\n" + "1,2\n" * 1000)
    with pytest.raises(TooLarge, match=r"about 1,0\d\d edges need about \d+ MB of memory, and 1 MB are allowed"):
        compact(path, Wishes(memory_limit=1_000_000, cached=False))
    assert needed(10_000_000, 1) < 1_300_000_000
    assert size_of("8GB") == 8 * 10**9
    with pytest.raises(BadArgument, match="no size of memory"):
        size_of("much")


def test_progress_and_cancel(tmp_path: Path) -> None:
    path = written(tmp_path, "source,target\n1,2\n2,3\n")
    seen: list[tuple[str, float]] = []
    compact(path, Wishes(progress=lambda what, share: seen.append((what, share)), cached=False))
    assert seen[-1] == ("ready", 1.0)
    assert [share for _, share in seen] == sorted(share for _, share in seen)
    stop = threading.Event()
    stop.set()
    with pytest.raises(BudgetExceeded, match="stopped"):
        compact(path, Wishes(cancel=stop, cached=False))


def test_the_cache_serves_the_same_graph_until_the_file_changes(tmp_path: Path) -> None:
    path = written(tmp_path, "source,target,weight\nÅnn,Bob,1\nBob,Eve,2\n\nEve,Ånn,\n")
    seen: list[str] = []
    wishes = Wishes(progress=lambda what, share: seen.append(what))
    first, second = compact(path, wishes), compact(path, wishes)
    assert "taken from the cache" in seen
    assert path.with_name("edges.csv" + cache.SUFFIX).exists()
    assert list(second.edges()) == list(first.edges())
    assert (second.nodes, second.assumptions, second.names) == (first.nodes, first.assumptions, first.names)
    assert compact(path, wishes, directed=True).directed
    written(tmp_path, "source,target,weight\nÅnn,Bob,5\n")
    assert compact(path, wishes).num_edges == 1


@pytest.mark.parametrize("damage", [lambda d: d[:200], lambda d: b"{}\n", lambda d: d[:-64], lambda d: b"\0" * len(d)])
def test_a_damaged_cache_is_not_used(tmp_path: Path, damage: Any) -> None:
    path = written(tmp_path, "source,target\n1,2\n2,3\n")
    compact(path, Wishes())
    kept = path.with_name("edges.csv" + cache.SUFFIX)
    kept.write_bytes(damage(kept.read_bytes()))
    assert compact(path, Wishes()).num_edges == 2


def test_numbers_out_of_range_in_a_cache_are_not_used(tmp_path: Path) -> None:
    path = written(tmp_path, "source,target\n1,2\n2,3\n")
    graph = compact(path, Wishes())
    digest, key = chunks.digest_of(path), cache.key_of(_options(), False)
    _ = graph.out
    graph.target = graph.target.copy()
    graph.target[0] = 999
    cache.save(graph, path, digest, key)
    assert cache.load(path, digest, key) is None


def _options() -> Any:
    from graphs.files.build import Options

    return Options()


def test_where_no_folder_is_writable_the_graph_is_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "source,target\n1,2\n")
    monkeypatch.setattr(cache, "places", lambda path, digest: [tmp_path / "edges.csv" / "no folder"])
    assert any("could not be kept" in note for note in compact(path, Wishes()).assumptions)


def test_only_tables_in_files_are_read_so(tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="only tables of edges in a file"):
        read_graph(b"a,b\n1,2\n", body="compact")
    with pytest.raises(BadArgument, match="body is"):
        read_graph(b"a,b\n1,2\n", body="huge")  # type: ignore[arg-type]
    assert not read_graph(written(tmp_path, "source,target\n1,2\n")).compact


def test_the_size_of_the_file_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graphs.files import formats

    monkeypatch.setattr(formats, "LARGE_FILE", 20)
    path = written(tmp_path, "source,target\n1,2\n2,3\n3,4\n")
    assert read_graph(path, large=UNCACHED).compact
    assert not read_graph(path, body="networkx").compact
    assert "on the compact body" in read_graph(path, large=UNCACHED).summary()


def test_columns_of_texts_are_left_out_but_keep_edges_apart(tmp_path: Path) -> None:
    graph = compact(written(tmp_path, "source,target,rel\n1,2,likes\n1,2,hates\n2,3,likes\n"))
    assert graph.multi
    assert graph.num_edges == 3
    assert any("columns of texts" in note for note in graph.assumptions)


def test_no_extra_no_compact_body(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import graphs.compact.extra as extra

    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(extra.importlib, "import_module", missing)
    with pytest.raises(GraphError, match=r"konigsberg\[large\]"):
        compact(written(tmp_path, "source,target\n1,2\n"))
