"""Writing into a store and reading it back."""

from __future__ import annotations

import io
import os
import re
import sqlite3
from pathlib import Path

import pytest

from graphs.store import NotInStore, Store, StoreError, StoreLocked
from graphs.store.exchange import export


def exported(store: Store, format: str = "json") -> str:
    stream = io.StringIO()
    export(store, stream, format)
    return stream.getvalue()


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store, store.step("question", about="What is silk?") as step:
        silk = step.add_entity("Spider silk", type="material", aliases=("silk of spiders",))
        tough = step.add_entity("Toughness")
        found = step.add_relation(silk, "enables", tough, confidence=0.8)
        step.add_evidence(found, quote="silk is tough", call="key")
        step.note("cost", {"tokens": 3})
    with Store.open(tmp_path, readonly=True) as again:
        assert [entity.name for entity in again.find("SPIDER  silk")] == ["Spider silk"]
        assert again.find("silk of spiders")[0].id == silk
        assert [relation.verb for relation in again.out(silk)] == ["enables"]
        assert again.into(tough)[0].confidence == 0.8
        assert again.evidence(found)[0].call == "key"
        assert again.steps()[0].notes == {"cost": {"tokens": 3}}
        assert again.to_graph().nx.has_edge("Spider silk", "Toughness", key=found)


def test_an_exception_takes_the_whole_step_back(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with pytest.raises(RuntimeError), store.step("question") as step:  # noqa: PT012
        step.add_entity("half")
        raise RuntimeError
    assert store.entities() == []
    assert store.steps() == []
    with store.step("question") as step:
        assert step.number == 1


def test_a_second_writer_is_refused_and_readers_are_not(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        with pytest.raises(StoreLocked, match="this process"):
            Store.open(tmp_path)
        with store.step("question") as step:
            step.add_entity("seen after the commit")
            with Store.open(tmp_path, readonly=True) as reader:
                assert reader.entities() == []
        with Store.open(tmp_path, readonly=True) as reader, pytest.raises(StoreError, match="reading only"):
            reader.step("edit").__enter__()
    Store.open(tmp_path).close()


def test_undoing_a_merge_keeps_what_came_after_it(tmp_path: Path) -> None:
    stores = Store.open(tmp_path / "merged"), Store.open(tmp_path / "never")
    for store in stores:
        with store.step("question") as step:
            a, b, c = (step.add_entity(name) for name in ("silk", "Silk", "toughness"))
            one = step.add_relation(a, "has", c, confidence=0.5)
            two = step.add_relation(b, "has", c, confidence=0.75, status="grounded")
            step.add_evidence(one, call="1")
            step.add_evidence(two, call="2")
    with stores[0].step("edit") as step:
        event = step.merge(a, b, "same name")
    assert [entity.id for entity in stores[0].entities()] == [a, c]
    assert stores[0].entity(b).aliases == ("Silk",)
    assert [(r.id, r.confidence, r.status) for r in stores[0].relations()] == [(one, 0.75, "grounded")]
    for store in stores:
        with store.step("question") as step:
            step.add_evidence(step.add_relation(a, "has", c, confidence=0.9), call="3")
            step.add_relation(b, "is", step.add_entity("fibre"))
    stores[0].undo_merge(event)
    assert exported(stores[0]) == exported(stores[1])
    with pytest.raises(NotInStore):
        stores[0].undo_merge(event)


def test_the_past_is_what_it_was(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    seen = [exported(store)]
    for number in range(4):
        with store.step("question") as step:
            one = step.add_entity(f"node {number}")
            step.add_relation(one, "after", max(one - 1, 1))
            if number == 2:
                step.merge(1, 2)
        seen.append(exported(store))
    store.undo_step(3)
    assert [exported(store.as_of(number)) for number in range(5)] == seen
    with store.step("document") as step:
        step.add_document("x.txt", "a text")
    store.undo_step(store.last_step)
    assert store.documents() == []
    assert store.as_of(store.last_step - 1).document(1).text == "a text"


def test_the_same_relation_again_is_the_same_relation() -> None:
    store = Store.in_memory()
    with store.step("question") as step:
        a, b = step.add_entity("a"), step.add_entity("b")
        one = step.add_relation(a, "is", b, confidence=0.5)
        assert step.add_relation(a, "is", b, confidence=0.25, status="grounded") == one
        assert step.add_relation(a, "is", b, confidence=0.75) == one
        assert step.add_relation(a, "is", b, valid_from="2024") != one
        assert step.add_relation(b, "is", a) != one
    assert store.relation(one).confidence == 0.75
    assert store.relation(one).status == "grounded"
    with store.step("edit") as step:
        step.set_status(one, "retired")
        assert step.add_relation(a, "is", b, status="grounded") == one
    assert store.relation(one).status == "retired", "repeating a retired fact does not bring it back"
    with store.step("edit") as step:
        step.set_status(one, "grounded")
    assert store.relation(one).status == "grounded"
    assert [relation.id for relation in store.relations("grounded")] == [one]
    assert len(store.relations(("grounded", "hypothesis"))) == 3


def test_the_same_evidence_counts_once_and_each_step_for_itself() -> None:
    store = Store.in_memory()
    for _ in range(2):
        with store.step("document") as step:
            a = step.add_entity("a")
            found = step.add_relation(1, "is", 1)
            document = step.add_document("x.txt", "a is a")
            step.add_evidence(found, quote="a is a", document=document, start=0, end=6)
            step.add_evidence(found, quote="a is a", document=document, start=0, end=6)
            step.add_evidence(found, call="key")
            step.add_evidence(found)
            step.add_evidence(found)
    assert a == 2
    assert [(e.step, e.document, e.call) for e in store.evidence(found)] == [
        (1, 1, None), (1, None, "key"), (1, None, None), (2, None, None),
    ]  # fmt: skip
    assert store.document(2) == store.document(1)
    assert store.document(1).text == "a is a"
    assert [document.text for document in store.documents()] == [""]


def test_undoing_a_step_leaves_what_others_build_on() -> None:
    store = Store.in_memory()
    with store.step("question") as step:
        a, b, c = (step.add_entity(name) for name in "abc")
        gone, kept = step.add_relation(a, "is", b), step.add_relation(b, "is", c, confidence=0.5)
        step.put_value("x", 1)
        step.quarantine("what", "why")
    with store.step("question") as step:
        step.add_evidence(kept, call="key")
        step.add_alias(a, "A")
        step.put_value("y", 2)
    undo = store.undo_step(1)
    assert [entity.name for entity in store.entities()] == ["a", "b", "c"]
    assert [relation.id for relation in store.relations()] == [kept]
    assert (store.value("x"), store.value("y")) == (None, 2)
    assert store.size()["quarantined"] == 0
    assert store.steps()[0].notes["undone"] == undo
    with pytest.raises(NotInStore):
        store.relation(gone)
    with pytest.raises(StoreError, match=f"undone by step {undo}"):
        store.undo_step(1)
    store.undo_step(undo)
    assert store.relation(gone).source == a
    assert store.value("x") == 1
    for wrong in (0, 99):
        with pytest.raises(NotInStore, match="last one is 4"):
            store.undo_step(wrong)
        with pytest.raises(NotInStore, match="last one is 4"):
            store.as_of(wrong or -1)


def test_merging_moves_joins_and_fills_in() -> None:
    store = Store.in_memory()
    with store.step("question") as step:
        a = step.add_entity("Spider silk", aliases=("silk",))
        b = step.add_entity("spidersilk", type="material", description="a fibre", aliases=("silk", "web"))
        c = step.add_entity("c")
        step.add_relation(a, "near", b)
        step.add_relation(b, "is", c, status="retired")
        step.add_relation(a, "is", c, status="grounded")
        step.merge(a, b, "the same")
        assert step.add_relation(b, "near", a) == 1, "a merged id leads to what it is part of"
        with pytest.raises(StoreError, match="are one already"):
            step.merge(b, a)
    kept = store.entity(b)
    assert (kept.id, kept.type, kept.description) == (a, "material", "a fibre")
    assert kept.aliases == ("silk", "spidersilk", "web")
    assert [(r.source, r.verb, r.target, r.status) for r in store.relations()] == [
        (a, "near", a, "hypothesis"), (a, "is", c, "retired"),
    ]  # fmt: skip
    assert store.find("WEB") == [kept]
    assert store.out(b) == store.out(a)
    assert [(m.keep, m.gone, m.why) for m in store.merges()] == [(a, b, "the same")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda step: step.add_entity(""), "name is blank"),
        (lambda step: step.add_entity(None), "must be text, not NoneType"),
        (lambda step: step.add_entity("\ud83d"), "half a character"),
        (lambda step: step.add_entity("x", aliases=("\n",)), "alias is blank"),
        (lambda step: step.add_alias(7, "x"), "no entity 7"),
        (lambda step: step.add_alias("1", "x"), "whole number, not '1'"),
        (lambda step: step.add_alias(1.0, "x"), "whole number"),
        (lambda step: step.add_relation(1, "is", 7), "no entity 7"),
        (lambda step: step.add_relation(1, " ", 1), "verb is blank"),
        (lambda step: step.add_relation(1, "is", 1, confidence=1.5), "from 0 to 1"),
        (lambda step: step.add_relation(1, "is", 1, confidence=float("nan")), "from 0 to 1"),
        (lambda step: step.add_relation(1, "is", 1, status="true"), "grounded, hypothesis, retired"),
        (lambda step: step.add_relation(1, "is", 1, valid_from="yesterday"), "ISO date"),
        (lambda step: step.add_relation(1, "is", 1, valid_to="2024-13-01"), "ISO date"),
        (lambda step: step.add_evidence(7), "no relation 7"),
        (lambda step: step.add_evidence(1, document=7), "no document 7"),
        (lambda step: step.add_evidence(1, start=0, end=1), "no document; name"),
        (lambda step: step.add_evidence(1, document=1, start=2, end=1), "is no span"),
        (lambda step: step.add_evidence(1, document=1, start=0, end=99), "which has 4 characters"),
        (lambda step: step.add_evidence(1, document=1, start=0), "is no span"),
        (lambda step: step.set_status(1, "wrong"), "status must be"),
        (lambda step: step.set_status(7, "retired"), "no relation 7"),
        (lambda step: step.merge(1, 1), "one already"),
        (lambda step: step.merge(1, 7), "no entity 7"),
        (lambda step: step.note("cost", {"x": float("inf")}), "JSON"),
        (lambda step: step.note("cost", {1, 2}), "JSON"),
        (lambda step: step.put_value("", 1), "name is blank"),
        (lambda step: step.put_value("x", "\ud83d"), "JSON"),
        (lambda step: step.quarantine("x", ""), "reason is blank"),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_is_refused_and_the_step_goes_on(change: object, said: str) -> None:
    store = Store.in_memory()
    with store.step("question") as step:
        one = step.add_entity("one")
        step.add_relation(one, "is", one)
        step.add_document("x", "text")
        with pytest.raises(StoreError, match=said):
            change(step)  # type: ignore[operator]
    assert store.check() == []
    assert store.size()["events"] == 4


def test_steps_are_used_as_steps(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with pytest.raises(StoreError, match="must be one of question"):
        store.step("guess")  # type: ignore[arg-type]
    step = store.step("question")
    with pytest.raises(StoreError, match="not open"):
        step.add_entity("x")
    with step:
        with pytest.raises(StoreError, match="step 1 is open"):
            store.step("question").__enter__()
        with pytest.raises(StoreError, match="step 1 is open"):
            store.undo_step(1)
    with pytest.raises(StoreError, match="not open"):
        step.add_entity("x")
    with pytest.raises(StoreError, match="entered once"):
        step.__enter__()
    with pytest.raises(StoreError, match="closed while step 2 was open"), store.step("question"):
        store.close()
    assert store.last_step == 1


def test_files_that_are_no_store(tmp_path: Path) -> None:
    for wrong in (dict(create=False), dict(readonly=True)):
        with pytest.raises(StoreError, match="no knowledge graph"):
            Store.open(tmp_path / "nothing", **wrong)
    assert not (tmp_path / "nothing").exists()
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(tmp_path / "file")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "store.sqlite").write_text("this is no database, and long enough to be looked at " * 9)
    with pytest.raises(StoreError, match="not a database.*name another folder"):
        Store.open(tmp_path / "text")
    (tmp_path / "other").mkdir()
    with sqlite3.connect(tmp_path / "other" / "store.sqlite") as base:
        base.execute("CREATE TABLE t (x)")
    base.close()
    with pytest.raises(StoreError, match="no knowledge graph of this program"):
        Store.open(tmp_path / "other")
    with Store.open(tmp_path / "newer") as store:
        store.base.execute("PRAGMA user_version = 2")
    for readonly in (False, True):
        with pytest.raises(StoreError, match="newer version.*form 2; this one knows 1.*upgrade"):
            Store.open(tmp_path / "newer", readonly=readonly)


def test_a_damaged_file_is_called_damaged(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.load_triples((f"node {i}", "is", f"node {i + 1}") for i in range(5000))
    path = tmp_path / "store.sqlite"
    whole = path.read_bytes()
    for start in range(8192, len(whole), len(whole) // 12):
        path.write_bytes(whole[:start] + b"\xff" * 5000 + whole[start + 5000 :])
        with Store.open(tmp_path, readonly=True) as store:
            try:
                found = store.check()
                exported(store)
                store.to_graph()
                [(store.out(e.id), store.find(e.name)) for e in store.entities()]
                store.as_of(1)
            except StoreError as error:
                found = [str(error)]
        assert found


def test_no_edge_can_dangle(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.load_triples([("a", "is", "b")])
    for change in ("UPDATE relations SET target = 9", "DELETE FROM entities WHERE id = 2"):
        with pytest.raises(sqlite3.IntegrityError):
            store.base.execute(change)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE relations SET confidence = 0.5", "relations: has .*the log says"),
        ("DELETE FROM relations", "relations: has None"),
        ("UPDATE entities SET name = 'x' WHERE id = 1", "entities: has"),
        ("DELETE FROM words WHERE rowid = 1", "words: has"),
        ("DELETE FROM events WHERE number = 2", "lacks 1 of its"),
        ("UPDATE events SET data = 'x' WHERE number = 3", "line 3 of the log is damaged"),
        ("UPDATE texts SET text = 'other'", "text of document 1 is not the one"),
        ("UPDATE counters SET last = 99", "counters: has"),
    ],
)
def test_check_finds_what_was_changed_behind_its_back(damage: str, said: str, tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.step("question") as step:
        a = step.add_entity("a")
        step.add_relation(a, "is", a)
        step.add_document("x", "text")
    assert store.check() == []
    store.base.execute(damage)
    found = " ".join(store.check())
    assert re.search(said, found), found


def test_triples_are_loaded_by_name(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.step("question") as step:
        one, two = step.add_entity("one", aliases=("eins",)), step.add_entity("two")
        step.merge(one, two)
    rows = [("two", "is", "one"), ("eins", "is", "One"), ("x", "is", "y", {"confidence": 0.5, "target_type": "t"})]
    number = store.load_triples(iter(rows * 2), about="names")
    assert [(r.source, r.target) for r in store.relations()] == [(one, one), (one, 3), (4, 5)]
    assert store.entity(5).type == "t"
    assert store.check() == []
    for wrong in (["abc"], [("a", "b")], [("a", "b", "c", 1)], [("a", "b", "c", {"weight": 1})], [("a", "", "c")]):
        with pytest.raises(StoreError):
            store.load_triples(wrong)
    assert store.last_step == number
    store.undo_step(number)
    assert store.size()["relations"] == 0
    assert store.check() == []


def test_many_triples_with_repetitions(tmp_path: Path) -> None:
    rows = [(f"n{i % 300}", f"v{i % 7}", f"n{i * 31 % 500}") for i in range(30_000)]
    store = Store.open(tmp_path)
    store.load_triples(rows)
    assert store.size()["relations"] == len(set(rows))
    assert store.check() == []


def test_words_are_found_in_names_aliases_and_descriptions() -> None:
    store = Store.in_memory()
    with store.step("question") as step:
        silk = step.add_entity("Spider silk", description="a strong fibre of proteins")
        steel = step.add_entity("Steel", aliases=("strong metal",))
        cafe = step.add_entity("Café\x00 'quoted\" AND NEAR(")
        other = step.add_entity("spider")
    found = [
        [entity.id for entity in store.search(text)] for text in ("strong", "SPIDER", "prot", "cafe", "metal silk")
    ]
    assert found == [[steel, silk], [other, silk], [silk], [cafe], [silk, steel]]
    assert store.search("spider", limit=1)[0].id == other
    for text in ("", "  ", '"', "AND", "NEAR(", "zzz", "\ud83d", "*", "name:x", "x" * 10_000, "a " * 5000):
        store.search(text)
    with store.step("edit") as step:
        step.merge(silk, other)
    assert [entity.id for entity in store.search("spider")] == [silk]


def test_the_nearest_vectors(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    assert store.nearest("entity", [1, 0], 3) == []
    store.put_vectors("entity", [1, 2, 3, 4], [[1, 0], [0, 2], [-1, 0], [3, 0]])
    assert store.nearest("entity", [2, 0], 3) == [(1, 1.0), (4, 1.0), (2, 0.0)]
    assert store.nearest("entity", [2, 0], 1) == [(1, 1.0)]
    with pytest.raises(RuntimeError), store.step("edit"):  # noqa: PT012
        store.put_vectors("entity", [9], [[2, 0]])
        assert len(store.nearest("entity", [1, 0], 9)) == 5
        raise RuntimeError
    assert len(store.nearest("entity", [1, 0], 9)) == 4
    with Store.open(tmp_path, readonly=True) as reader:
        assert len(reader.nearest("entity", [1, 0], 9)) == 4
        store.put_vectors("entity", [1], [[0, 1]])
        assert reader.nearest("entity", [1, 0], 1) == [(4, 1.0)]
        with pytest.raises(StoreError, match="reading only"):
            reader.put_vectors("entity", [1], [[0, 1]])
    for ids, matrix in (([1], [[1, 2, 3]]), ([1, 2], [[1, 2]]), ([1], [[float("nan"), 1]]), ([1], [1, 2])):
        with pytest.raises(StoreError):
            store.put_vectors("entity", ids, matrix)
    with pytest.raises(StoreError, match="2 finite numbers"):
        store.nearest("entity", [1, 2, 3])
    assert store.nearest("entity", [0, 0], 1)[0][1] == 0.0


def test_homonyms_have_labels_of_their_own() -> None:
    store = Store.in_memory()
    with store.step("question") as step:
        ids = [step.add_entity(name) for name in ("Paris", "Paris", "Paris (2)", "Paris")]
        step.add_relation(ids[0], "near", ids[3])
        step.set_status(step.add_relation(ids[1], "near", ids[2], valid_from="1999"), "retired")
    graph = store.to_graph()
    assert graph.nodes == ["Paris", "Paris (3)", "Paris (2)", "Paris (4)"]
    assert [(e.source, e.target, e.key) for e in graph.edges()] == [("Paris", "Paris (4)", 1)]
    assert store.to_graph(statuses=("retired",)).num_edges == 1
    assert [graph.nx.nodes[label]["id"] for label in graph.nodes] == ids


def test_values_live_with_their_step(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    assert store.value("queue") is None
    assert store.value("queue", []) == []
    with store.step("question") as step:
        step.put_value("queue", {"a": [1, 2.5, None, "ü"]})
    store.put_value("arms", {"x": 1})
    with pytest.raises(RuntimeError), store.step("question") as step:  # noqa: PT012
        step.put_value("queue", "new")
        assert store.value("queue") == "new"
        raise RuntimeError
    assert store.value("queue") == {"a": [1, 2.5, None, "ü"]}
    assert store.as_of(1).value("arms") is None


def test_a_store_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    if os.name != "posix" or os.geteuid() == 0:
        pytest.skip("the superuser writes everywhere")
    with Store.open(tmp_path) as store:
        store.load_triples([("a", "is", "b")])
    for file in tmp_path.iterdir():
        file.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with Store.open(tmp_path, readonly=True) as reader:
            assert reader.size()["relations"] == 1
        with pytest.raises(StoreError, match="readonly=True"):
            Store.open(tmp_path)
    finally:
        tmp_path.chmod(0o755)
