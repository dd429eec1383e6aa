"""Formats: what is written can be read by others, and our own come back byte for byte."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest

from graphs.errors import GraphError, ParseError
from graphs.store import Store, StoreError
from graphs.store.exchange import FORMATS, export
from graphs.store.exchange.files import graph_rows, read_into
from graphs.store.exchange.taking import Rows, take_in
from graphs.store.exchange.xml_forms import escaped, unescaped
from tests.graphs.store.nasty import NASTY, nasty_store
from tests.graphs.store.test_store import exported


def test_json_holds_every_name_as_it_is() -> None:
    data = json.loads(exported(nasty_store()))
    assert list(data) == ["nodes", "edges"]
    assert [node["name"] for node in data["nodes"]] == [*NASTY, "alone", "alone"]
    assert [edge["relation"] for edge in data["edges"]] == [*NASTY, "v", "v", "v"]
    ids = {node["id"] for node in data["nodes"]}
    assert all({edge["source"], edge["target"]} <= ids for edge in data["edges"])
    assert data["edges"][0]["evidence"][1] == {"call": NASTY[0]}


@pytest.mark.parametrize("format", FORMATS)
def test_equal_stores_give_equal_bytes(format: str) -> None:
    assert exported(nasty_store(), format) == exported(nasty_store(), format)
    exported(Store.in_memory(), format)


@pytest.mark.parametrize(
    ("format", "suffix"),
    [("json", "json"), ("graphml", "graphml"), ("turtle", "ttl"), ("csv", "csv")],
)
def test_an_export_that_is_imported_gives_the_same_store(format: str, suffix: str, tmp_path: Path) -> None:
    if format == "turtle":
        pytest.importorskip("pyoxigraph", reason="RDF is read by pyoxigraph")
    store, again = nasty_store(), Store.in_memory()
    path = tmp_path / f"graph.{suffix}"
    export(store, path, format)
    read_into(again, path)
    assert exported(again) == exported(store)
    assert again.check() == []
    size = again.size()
    read_into(again, path)
    assert exported(again) == exported(store), "the same file again changes nothing"
    assert again.size() == size | {"steps": 2, "events": again.size()["events"]}


def test_gexf_comes_back_but_for_the_numbers_of_relations(tmp_path: Path) -> None:
    store, again = nasty_store(), Store.in_memory()
    export(store, tmp_path / "graph.gexf", "gexf")
    read_into(again, tmp_path / "graph.gexf")
    told = [
        sorted(json.dumps(edge | {"id": 0}) for edge in json.loads(exported(each))["edges"]) for each in (store, again)
    ]
    assert told[0] == told[1]


def test_an_import_beside_other_entities_joins_equal_names(tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    export(nasty_store(), path)
    store = Store.in_memory()
    with store.step("question") as step:
        other, alone = step.add_entity("other"), step.add_entity("alone", type="state")
        step.add_relation(other, "v", alone)
    read_into(store, path)
    assert [entity.type for entity in store.find("alone")] == ["state", None]
    assert store.size()["entities"] == len(NASTY) + 3


def test_graphml_and_gexf_are_read_by_networkx() -> None:
    store = nasty_store()
    graphml = nx.read_graphml(io.BytesIO(exported(store, "graphml").encode()))
    gexf = nx.read_gexf(io.BytesIO(exported(store, "gexf").encode()))
    assert [unescaped(data["name"]) for _, data in graphml.nodes(data=True)][: len(NASTY)] == NASTY
    assert [unescaped(data["label"]) for _, data in gexf.nodes(data=True)][: len(NASTY)] == NASTY
    assert graphml.number_of_edges() == gexf.number_of_edges() == len(NASTY) + 3


@pytest.mark.parametrize("text", ["", "plain", "_x0041_", "_x005F_", "__x0000_", "\x00_x", "\x0b\ufffe", "_x00"])
def test_what_xml_cannot_hold_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_turtle_and_json_ld_say_the_same() -> None:
    oxigraph = pytest.importorskip("pyoxigraph", reason="RDF is read by pyoxigraph")
    store = nasty_store()
    turtle, jsonld = (
        {str(quad.triple) for quad in oxigraph.parse(exported(store, name).encode(), format=kind)}
        for name, kind in (("turtle", oxigraph.RdfFormat.TURTLE), ("jsonld", oxigraph.RdfFormat.JSON_LD))
    )
    assert turtle == jsonld
    assert len(turtle) > 700
    retired = [relation for relation in store.relations("retired")]
    stated = "".join(turtle)
    assert all(f"entity:{relation.source}> <urn:konigsberg:verb:{relation.verb}>" not in stated for relation in retired)


def test_csv_is_two_tables(tmp_path: Path) -> None:
    export(nasty_store(), tmp_path / "graph.csv", "csv")
    tables = []
    for name in ("graph.csv", "graph.nodes.csv"):
        with (tmp_path / name).open(encoding="utf-8", newline="") as stream:
            tables.append(list(csv.DictReader(stream)))
    assert [row["source"] for row in tables[0]][: len(NASTY)] == NASTY
    assert [row["name"] for row in tables[1]] == [*NASTY, "alone", "alone"]


def test_cypher_text_makes_the_graph() -> None:
    kglite = pytest.importorskip("kglite", reason="statements are run by kglite", exc_type=ImportError)
    graph = kglite.KnowledgeGraph()
    lines = exported(nasty_store(), "cypher").split("\n")[1:-1]
    for line in lines:
        graph.cypher(line.removesuffix(";"))
    names = graph.cypher("MATCH (n:Entity) RETURN n.name, n.id ORDER BY n.id").column("n.name")
    verbs = graph.cypher("MATCH ()-[r]->() RETURN r.verb, r.id ORDER BY r.id").column("r.verb")
    assert names == [*NASTY, "alone", "alone"]
    assert verbs == [*NASTY, "v", "v", "v"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "{", "broken JSON"),
        ("a.json", '{"nodes": [{"name": "x"}], "edges": []}', "node 1.*needs an id"),
        ("a.json", '{"nodes": [{"id": 1}, {"id": 1}], "edges": []}', "node 2: another node has the id 1"),
        ("a.json", '{"nodes": [{"id": 1}], "edges": [{"source": 1, "target": 2}]}', "edge 1: its target 2 is"),
        ("a.json", '{"nodes": [{"id": 1}], "edges": [{"source": 1}]}', "edge 1.*needs a source and a target"),
        ("a.json", '{"nodes": [{"id": 1, "name": " "}], "edges": []}', "node 1: an entity's name is blank"),
        ("a.json", '{"nodes": [{"id": 1, "name": "\\ud83d"}], "edges": []}', "node 1: .*half a character"),
        ("a.json", '{"nodes": [{"id": 1}], "edges": [{"source": 1, "target": 1, "confidence": 2}]}', "from 0 to 1"),
        ("a.json", '{"nodes": [{"id": 1}], "edges": [{"source": 1, "target": 1, "valid_from": "today"}]}', "ISO date"),
        ("a.json", '{"nodes": [{"id": 1}], "edges": [{"source": 1, "target": 1, "evidence": [7]}]}', "evidence is"),
        ("a.json", "[" * 100_000, "nested too deeply|broken"),
        ("a.csv", "source,relation,target\na,b\n", "row 2: 2 cells under 3 columns"),
        ("a.csv", "source,relation,target,confidence\na,b,c,high\n", "row 2: the confidence 'high' is no number"),
        ("a.graphml", "<graphml>", "broken XML"),
        ("a.graphml", '<!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "refused"),
        ("a.json", "", "empty"),
    ],
)
def test_a_bad_file_is_refused_and_leaves_the_store_alone(name: str, text: str, said: str, tmp_path: Path) -> None:
    store = nasty_store()
    before = exported(store)
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ParseError, match=said):
        read_into(store, tmp_path / name)
    assert exported(store) == before
    assert store.last_step == 1


def test_other_files_become_names_and_verbs(tmp_path: Path) -> None:
    store = Store.in_memory()
    (tmp_path / "a.json").write_text('{"nodes": ["x", "y"], "edges": [{"source": "x", "target": "y", "w": 3}]}')
    read_into(store, tmp_path / "a.json")
    assert [relation.verb for relation in store.relations()] == ["related to"]
    assert store.steps()[0].notes == {"import": ["left out: w"]}
    (tmp_path / "b.csv").write_text("source,target,verb\nAnn,Bob,knows\n", encoding="utf-8")
    read_into(store, tmp_path / "b.csv")
    assert store.find("Ann")[0].id == store.relations()[1].source
    body = nx.MultiGraph()
    body.add_edge("a", "b", label="near")
    body.add_edge("a", "b", label="far")
    from graphs.graph import Graph

    with store.step("import") as step:
        take_in(step, graph_rows(Graph(body)))
    assert sorted(relation.verb for relation in store.out(store.find("a")[0].id)) == ["far", "near"]


def test_rows_of_a_program_are_checked_as_well() -> None:
    store = Store.in_memory()
    with pytest.raises(ParseError, match="edge 1"), store.step("import") as step:
        take_in(step, Rows("mine", [{"id": 1, "name": "x"}], [{"source": 1, "target": "1", "relation": "v"}]))
    assert store.entities() == []


def test_unknown_formats_and_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="choose from json, graphml"):
        export(Store.in_memory(), tmp_path / "x", "xlsx")
    with pytest.raises(StoreError, match="cannot be written"):
        export(Store.in_memory(), tmp_path / "no" / "x.json")
    with pytest.raises(GraphError, match="no such file"):
        read_into(Store.in_memory(), tmp_path / "missing.json")
