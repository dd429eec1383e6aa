"""The resolver on a store: what was committed is seen, merged and undone again."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphs.resolution import Mention, Resolver, settle
from graphs.store import Store
from graphs.store.exchange import export


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as store:
        yield store


def exported(store: Store) -> str:
    out = io.StringIO()
    export(store, out)
    return out.getvalue()


def grow(store: Store, resolver: Resolver, *mentions: Mention) -> list[int]:
    decisions = resolver.resolve(mentions)
    with store.step("question", about="a test") as step:
        return settle(store, step, mentions, decisions)


def test_what_was_settled_is_found_by_the_next_step(store: Store) -> None:
    resolver = Resolver(store)
    first = grow(store, resolver, Mention("spider silk", "material"), Mention("SpiderSilks"), Mention("bone"))
    assert first[0] == first[1] != first[2]
    again = grow(store, resolver, Mention("Spider-Silk", description="fibre of spiders"), Mention("nacre"))
    assert again[0] == first[0]
    entity = store.entity(first[0])
    assert set(entity.aliases) == {"SpiderSilks", "Spider-Silk"}
    assert (entity.type, entity.description) == ("material", "fibre of spiders")
    assert len(store.entities()) == 3


def test_every_merge_can_be_undone(store: Store) -> None:
    with store.step("question", about="two spellings") as step:
        silk, silks = step.add_entity("spider silk"), step.add_entity("SpiderSilks")
        step.add_relation(step.add_entity("spider"), "makes", silks)
    before = exported(store)
    resolver = Resolver(store)
    (merge,) = resolver.duplicates()
    assert (merge.keep, merge.gone) == (silk, silks)
    with store.step("edit", about="merge") as step:
        event = step.merge(merge.keep, merge.gone, why=merge.why)
    assert resolver.resolve([Mention("SpiderSilks")])[0].entity == silk
    assert resolver.duplicates() == []
    store.undo_merge(event)
    assert exported(store) == before
    assert resolver.resolve([Mention("SpiderSilks")])[0].entity == silks


def test_an_undone_step_is_forgotten(store: Store) -> None:
    resolver = Resolver(store)
    grow(store, resolver, Mention("bone"))
    grow(store, resolver, Mention("nacre"))
    store.undo_step(2)
    assert resolver.resolve([Mention("nacre")])[0].entity is None
    assert resolver.resolve([Mention("bones")])[0].entity == 1


def test_what_was_rolled_back_is_forgotten(store: Store) -> None:
    resolver = Resolver(store)
    with pytest.raises(RuntimeError):
        _fail(store, resolver)
    assert resolver.resolve([Mention("nacre")])[0].entity is None
    grow(store, resolver, Mention("bone"))
    assert resolver.resolve([Mention("bone")])[0].entity == 1


def _fail(store: Store, resolver: Resolver) -> None:
    with store.step("question", about="fails") as step:
        step.add_entity("nacre")
        assert resolver.resolve([Mention("nacre")])[0].entity == 1
        raise RuntimeError


def test_entities_that_come_in_bulk_are_seen(store: Store) -> None:
    resolver = Resolver(store)
    assert resolver.resolve([Mention("silk")])[0].entity is None
    store.load_triples([("silk", "is a", "material"), ("bone", "is a", "material")])
    assert resolver.resolve([Mention("Silks")])[0].entity == store.find("silk")[0].id


def test_neighbours_of_the_store_tell_homonyms_apart(store: Store) -> None:
    with store.step("question", about="two towns") as step:
        first, second = step.add_entity("Richmond"), step.add_entity("Richmond")
        virginia, thames = step.add_entity("Virginia"), step.add_entity("Thames")
        step.add_relation(first, "lies in", virginia)
        step.add_relation(second, "lies at", thames)
    resolver = Resolver(store)
    asked = [Mention("Richmond", neighbours=("Virginia",)), Mention("Richmond", neighbours=("Thames",))]
    assert [decision.entity for decision in resolver.resolve(asked)] == [first, second]


def test_homonyms_settle_as_two_entities(store: Store) -> None:
    resolver = Resolver(store)
    ids = grow(store, resolver, Mention("Mercury", "planet"), Mention("Mercury", "chemical element"))
    assert ids[0] != ids[1]
    again = grow(store, resolver, Mention("Mercury", "chemical element"), Mention("mercury", "planet"))
    assert again == [ids[1], ids[0]]


@pytest.mark.parametrize("seed", range(4))
def test_a_resolver_that_went_on_decides_as_one_that_reads_the_store_anew(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    stems = ("Ada", "Bert", "Clara", "Dora", "Emil", "tensile strength", "crack path")
    names = [f"{stem}{end}" for stem in stems for end in ("", "mar", "lin", "dis", "s", " II")]
    follows = Resolver(store)
    for _ in range(12):
        asked = [Mention(name, neighbours=tuple(chance.sample(names, 2))) for name in chance.sample(names, 6)]
        fresh = Resolver(store)
        assert follows.resolve(asked) == fresh.resolve(asked)
        for index in (follows.index, fresh.index):
            assert index.rarity("strength") == fresh.index.rarity("strength")
        with store.step("question", about="a test") as step:
            ids = settle(store, step, asked, follows.resolve(asked))
            step.add_relation(ids[0], "meets", next((id for id in ids if id != ids[0]), step.add_entity("someone")))
            known = [entity.id for entity in store.entities()]
            if chance.random() < 0.4:
                keep, gone = sorted(chance.sample(known, 2))
                step.merge(keep, gone, why="a test")
