"""The benchmark of entity resolution: mentions, halves, figures, runs from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.embedding import available
from agents.reply import Reply
from evals.benchmarks.entity_resolution.aliases import HALVES, Item, half, mentions, read_items
from evals.benchmarks.entity_resolution.clusters import b_cubed, pairwise
from evals.benchmarks.entity_resolution.made_up_names import entities
from evals.benchmarks.entity_resolution.streams import Put, Stream, by_cosine, by_spelling, by_trigrams, resolver_stream
from evals.benchmarks.entity_resolution.task import METHODS, TASK, sums
from evals.run import main
from evals.task import BadData, Sample
from graphs.resolution import Mention
from tests.graphs.resolution.made import hashed_vectors

DATA = {
    "/m/1": {"label": "Denton", "alternatives": ["Denton, Texas"], "description": "city in Texas, United States",
             "wikipedia": "https://en.wikipedia.org/wiki/Denton,_Texas"},
    "/m/2": {"label": "Denton", "alternatives": [], "description": "town in Greater Manchester", "wikipedia": None},
    "/m/3": {"label": "Alfie", "alternatives": ["Alfie the film", "  ", None, "Alfie"], "description": None,
             "wikipedia": "https://en.wikipedia.org/wiki/Alfie_(2004_film)"},
}  # fmt: skip


def write(folder: Path, data: Any = DATA) -> Path:
    file = folder / "entities.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def test_entities_are_read_with_a_second_description(tmp_path: Path) -> None:
    items = read_items(write(tmp_path))
    assert [item.second for item in items] == ["Texas", "", "2004 film"]
    assert items[2].aliases == ("Alfie the film",)


@pytest.mark.parametrize("data", [[1], {"/m/1": {"alternatives": []}}, {"/m/1": {"label": "  "}}, {"/m/1": "Denton"}])
def test_malformed_data_is_refused_with_the_file(tmp_path: Path, data: Any) -> None:
    with pytest.raises(BadData, match=r"entities\.json"):
        read_items(write(tmp_path, data))


def test_related_terms_are_as_many_things(tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text(
        "Concept,Variation\nGene Editing,genome editing\nGene Editing,gene edits\nGene Editing,Gene-Editing\n"
    )
    assert [item.name for item in read_items(file)] == ["Gene-Editing", "genome editing", "gene edits"]
    file.write_text("a,b\n1,2\n")
    with pytest.raises(BadData, match="Concept,Variation"):
        read_items(file)


def test_halves_part_the_entities_and_homonyms_stay_together(tmp_path: Path) -> None:
    items = [Item(*entity) for entity in entities(300, 1)]
    first, second = (half(items, which) for which in HALVES)
    assert sorted(item.id for item in [*first, *second]) == sorted(item.id for item in items)
    assert min(len(first), len(second)) > 90
    assert not {item.name.casefold() for item in first} & {item.name.casefold() for item in second}


def test_mentions_are_drawn_by_the_seed_and_each_entity_has_one_with_its_description() -> None:
    items = [Item(*entity) for entity in entities(60, 1)]
    gold = mentions(items, 5)
    assert gold == mentions(items, 5) != mentions(items, 6)
    first = [one for one in gold if one.kind == "name"]
    assert sorted(one.entity for one in first) == sorted(item.id for item in items)
    assert {one.mention.description for one in first} == {item.description for item in items}


CLUSTERS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=25)


@given(CLUSTERS)
def test_pairs_and_b_cubed_against_their_definitions(both: list[tuple[int, int]]) -> None:
    found, gold = [one for one, _ in both], [other for _, other in both]
    places = range(len(both))
    put = {(i, j) for i in places for j in places if i < j and found[i] == found[j]}
    wanted = {(i, j) for i in places for j in places if i < j and gold[i] == gold[j]}
    pairs, cubed = pairwise(found, gold), b_cubed(found, gold)
    assert pairs.precision == pytest.approx(len(put & wanted) / len(put) if put else 1.0)
    assert pairs.recall == pytest.approx(len(put & wanted) / len(wanted) if wanted else 1.0)
    precision = 0.0
    for i in places:
        mates = [j for j in places if found[j] == found[i]]
        precision += sum(gold[j] == gold[i] for j in mates) / len(mates)
    assert cubed.precision == pytest.approx(precision / len(both))
    assert cubed.recall == pytest.approx(b_cubed(gold, found).precision)


def test_perfect_clusters_score_full() -> None:
    assert pairwise([1, 1, 2], ["a", "a", "b"]).f1 == b_cubed([1, 1, 2], ["a", "a", "b"]).f1 == 1.0


MENTIONS = [Mention(name) for name in ("spider silk", "Spider Silk", "graphene", "spider silks", "graphenes", "x")]


def test_the_plain_rules_join_what_they_should() -> None:
    def clusters(puts: Iterator[Put]) -> list[int]:
        return [put.cluster for put in puts]

    assert clusters(by_spelling(MENTIONS)) == [0, 0, 2, 3, 4, 5]
    assert clusters(by_trigrams(MENTIONS, 0.8)) == [0, 0, 2, 0, 2, 5]
    assert clusters(by_trigrams(MENTIONS, 1.0)) == [0, 0, 2, 3, 4, 5]
    assert clusters(by_cosine(MENTIONS, hashed_vectors, 0.999)) == [0, 0, 2, 3, 4, 5]
    assert clusters(resolver_stream(MENTIONS, None)) == [0, 0, 2, 0, 2, 5]


def test_a_stream_is_computed_as_far_as_it_is_asked_for() -> None:
    taken: list[int] = []

    def clusters() -> Any:
        for place in range(9):
            taken.append(place)
            yield Put(place)

    found = Stream(clusters())
    assert found[2] == Put(2)
    assert taken == [0, 1, 2]
    assert found[0] == Put(0)


def test_right_is_any_earlier_mention_of_the_entity() -> None:
    sample = Sample("x", "{}", None, [3, 5], "resolver", {})
    assert TASK.score(Reply({"joined": 5}, "", "estimated"), sample) == "right"
    assert TASK.score(Reply({"joined": 4}, "", "estimated"), sample) == "wrong"
    assert TASK.score(Reply(None, "", "unanswerable"), sample) == "unanswerable"


def test_figures_are_those_of_the_clusters() -> None:
    def row(place: int, joined: int, entity: str, name: str, homonym: bool) -> dict[str, Any]:
        return {"task": "exact", "half": "test", "place": place, "joined": joined, "entity": entity, "name": name,
                "homonym": homonym}  # fmt: skip

    rows = [
        row(0, 0, "a", "x", True), row(1, 0, "a", "x1", False), row(2, 1, "a", "x2", False), row(3, 3, "b", "x", True),
        row(4, 4, "c", "y", True), row(5, 4, "d", "y", True),
    ]  # fmt: skip
    figures = sums(rows)["entity resolution"]["test: exact"]
    assert figures["pair R"] == "100.0"
    assert figures["pair P"] == "75.0"
    assert figures["homonyms apart"] == "50.0"
    assert sums([]) == {}
    rows[-1]["merges"] = [[0, 1]]
    assert sums(rows)["entity resolution"]["test: exact"]["pair R"] == "100.0"
    rows[1]["joined"] = 1
    assert sums(rows)["entity resolution"]["test: exact"]["pair R"] == "100.0"


def test_a_run_on_a_file_gives_the_figures_of_each_method(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    methods = "resolver,letters,names,exact,trigrams" + (",cosine" if available() else "")
    arguments = ["entity_resolution", "--data", str(write(tmp_path)), "--out", str(out), "--timeout", "0"]
    assert main([*arguments, "--tasks", methods]) == 0
    result = json.loads((out / "results.json").read_text())
    found = result["entity resolution"]
    assert {name.partition(": ")[2] for name in found} == set(methods.split(","))
    assert all(
        0 <= float(value) <= 100 for cells in found.values() for name, value in cells.items() if name != "mentions"
    )
    assert result["outcomes"].get("failed", 0) == 0
    assert main([*arguments, "--tasks", methods]) == 0
    assert "answered already" in capsys.readouterr().out


def test_without_vectors_cosines_are_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agents.embedding.available", lambda: False)
    assert TASK.solver is not None
    ask = TASK.solver(None, None, {})
    question = next(item.question for item in TASK.samples(_source()) if item.task == "cosine")
    assert ask(question).status == "unanswerable"
    assert "search" in ask(question).text


def test_on_the_made_up_set_the_resolver_beats_the_plain_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agents.embedding.available", lambda: False)
    rows = []
    assert TASK.solver is not None
    ask = TASK.solver(None, None, {})
    for item in TASK.samples(_source(("letters", "exact", "trigrams"))):
        reply = ask(item.question)
        rows.append({"task": item.task, **TASK.detail(reply, item)})  # type: ignore[misc]
    found = sums(rows)["entity resolution"]
    for which in HALVES:
        best = float(found[f"{which}: letters"]["pair F1"])
        assert best > 60
        assert all(best > float(found[f"{which}: {rule}"]["pair F1"]) + 10 for rule in ("exact", "trigrams"))
        assert float(found[f"{which}: letters"]["homonyms apart"]) > 60


def _source(tasks: tuple[str, ...] = ()) -> Any:
    from evals.task import Source

    return Source(tasks=tasks)


def test_all_methods_are_kinds() -> None:
    assert TASK.kinds == METHODS
