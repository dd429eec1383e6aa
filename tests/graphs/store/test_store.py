"""Writing into a store and reading it back."""

from __future__ import annotations

import io
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
