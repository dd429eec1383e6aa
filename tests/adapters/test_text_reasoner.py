"""TransNAR on text: the tokenizer, positions, labels, decoding with and without a cache, training and files."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.tiny import torch

from adapters.nar import NAR, NARConfig  # isort: skip
from adapters.nar.answers import SHIPPED
from adapters.nar.steps import most_steps
from adapters.training import recipe
from adapters.training.errors import TrainingError
from adapters.transnar.positions import Marks, answer_places, answer_positions, most_positions, random_positions
from adapters.transnar.reasoner import About, TextReasoner
from adapters.transnar.states import read_states, waves, width_of
from adapters.transnar.texts import encode
from adapters.transnar.tokens import number_tokenizer
from adapters.transnar.train import Schedule, evaluate, train, validation
from graphs.clrs.example import run, sample
from graphs.clrs.spec import GRAPH_ALGORITHMS, SPECS
from graphs.clrs.text import to_text
from graphs.errors import BadArgument, ParseError, StorageError

TOKENIZER = number_tokenizer()
MARKS = Marks.of(TOKENIZER)


def texts(algorithm: str, size: int, count: int = 2, seed: int = 0) -> list[tuple[str, str]]:
    rng = np.random.RandomState(seed)
    return [to_text(sample(algorithm, size, rng)) for _ in range(count)]


def reasoner(
    graph: bool = True, positions: int = 600, seed: int = 0, anchor: int = 0, places: bool = False
) -> TextReasoner:
    from adapters.training.transnar import _adapted, _new_model, add_arguments

    parser = ArgumentParser()
    add_arguments(parser)
    small = ["--hidden-size", "16", "--layers", "2", "--heads", "2", "--anchor", str(anchor), *["--places"] * places]
    options = parser.parse_args(["--save", "x", *small])
    torch.manual_seed(seed)
    model, tokenizer = _new_model(options)
    nar = NAR(NARConfig(("bfs", "dfs"), 8, 2)).eval().requires_grad_(False) if graph else None
    if nar is not None:
        model = _adapted(model, 8, options, True)
    about = About(("bfs", "dfs"), (4, 5), positions, graph=graph, anchor=anchor)
    return TextReasoner(model.eval(), tokenizer, nar, about)


@pytest.mark.parametrize("algorithm", SPECS)
@pytest.mark.parametrize("trace", [False, True])
def test_texts_come_back_from_their_tokens(algorithm: str, trace: bool) -> None:
    rng = np.random.RandomState(1)
    for _ in range(3):
        for text in to_text(sample(algorithm, 6, rng), trace=trace):
            tokens = TOKENIZER(text)["input_ids"]
            assert TOKENIZER.unk_token_id not in tokens
            assert TOKENIZER.decode(tokens).strip() == text.strip()


@given(st.lists(st.decimals(min_value=-99, max_value=10**6, places=4), min_size=1, max_size=6))
def test_any_number_comes_back(numbers: list[Any]) -> None:
    text = f"key: [{' '.join(format(number, 'f') for number in numbers)}]"
    assert TOKENIZER.decode(TOKENIZER(text)["input_ids"]) == text


def test_a_usual_number_is_one_token() -> None:
    assert len(TOKENIZER("[0.399 12 1.0]")["input_ids"]) == 5


def test_random_positions_rise_below_the_bound() -> None:
    found = random_positions(50, 9, 12, torch.Generator().manual_seed(0))
    assert found.shape == (50, 9)
    assert bool((found.diff(dim=-1) > 0).all())
    assert 0 <= int(found.min()) <= int(found.max()) < 12
    assert len({tuple(row) for row in found.tolist()}) > 30
    with pytest.raises(BadArgument, match="13 tokens"):
        random_positions(1, 13, 12, torch.Generator())


def run_of(algorithm: str, n: int, numbers: int, readout: bool) -> tuple[Any, Any, Any]:
    """A random reasoner's run, and what is read of it."""
    from adapters import TransNARConfig
    from adapters.nar.batch import collate

    torch.manual_seed(3)
    nar = NAR(NARConfig((algorithm,), 8, 2)).eval()
    batch = collate([sample(algorithm, max(4, n - i), np.random.RandomState(i)) for i in range(2)])
    with torch.no_grad():
        ran = nar(batch)
    config = TransNARConfig(node_size=width_of(8, numbers, readout), numbers=numbers, readout=readout)
    nodes, pairs = read_states(ran, batch, config)
    assert nodes.shape == (2, n, config.node_size)
    assert pairs.shape == (2, n, n, config.node_size)
    assert torch.equal(nodes[..., :8], ran.nodes)
    assert torch.equal(pairs[..., :8], ran.edges)
    return ran, nodes, pairs


def test_as_published_the_states_alone_are_read() -> None:
    run_of("bfs", 5, 0, readout=False)


def test_numbers_of_nodes_stand_beside_their_states() -> None:
    _, nodes, pairs = run_of("bfs", 5, 8, readout=False)
    own = nodes[0, :, 8:16]
    assert not nodes[..., 16:24].any()
    for row, last in enumerate((4, 3)):  # the second graph has a node less
        for i in range(5):
            assert nodes[row, i, 24:].tolist() == [i == last, 0]
            for j in range(5):
                assert torch.equal(pairs[row, i, j, 8:24], torch.cat([own[i], own[j]]))
                assert pairs[row, i, j, 24:].tolist() == [i == last, j == last]
    for i in range(5):
        for j in range(5):
            assert (own[i] - own[j]).abs().max() > 0.1 or i == j
    # a number looks the same in a graph of any size, and far numbers differ, too
    more = waves(100, 8, own)
    assert torch.equal(more[:5], own)
    assert torch.cdist(more, more).fill_diagonal_(1.0).min() > 0.05


@pytest.mark.parametrize("algorithm", GRAPH_ALGORITHMS)
def test_what_the_reasoner_decodes_stands_beside_them(algorithm: str) -> None:
    ran, nodes, pairs = run_of(algorithm, 4, 6, readout=True)
    own, masks = waves(4, 6, nodes), 0
    for feature in SPECS[algorithm]:
        if feature.stage != "output":
            continue
        logits = ran.outputs[feature.name]
        for i in range(4):
            if feature.location == "node" and feature.kind == "pointer":
                chances = logits[0, i].softmax(-1)
                assert torch.allclose(nodes[0, i, 14:20], sum(chances[j] * own[j] for j in range(4)), atol=1e-6)
                assert torch.allclose(pairs[0, i, :, 28], chances)
            elif feature.location == "node":
                chance = logits[0].softmax(-1)[i] if feature.kind == "mask_one" else logits[0, i].sigmoid()
                assert torch.isclose(nodes[0, i, 28 + masks], chance)
            for j in range(4) if feature.location == "edge" else ():
                if feature.kind == "pointer":
                    wanted = logits[0, i, j].softmax(-1) @ own
                    assert torch.allclose(pairs[0, i, j, 22:28], wanted, atol=1e-6)
                else:
                    assert torch.isclose(pairs[0, i, j, 29], logits[0, i, j].sigmoid())
        masks += feature.location == "node" and feature.kind != "pointer"


def test_labels_are_of_the_answer_and_its_end() -> None:
    question, answer = texts("bfs", 4, 1)[0]
    found = encode(TOKENIZER, [(question, answer), (question + question, answer)], About(("bfs",), (4,)), 0)
    kept = found.labels[0] != -100
    assert TOKENIZER.decode(found.labels[0][kept][:-1]) == answer
    assert found.labels[0][kept][-1] == TOKENIZER.eos_token_id
    assert found.attention_mask[0].sum() < found.attention_mask[1].sum()
    assert bool((found.input_ids[0][found.attention_mask[0] == 0] == TOKENIZER.pad_token_id).all())


def test_an_answer_begins_at_the_anchor_after_a_question_of_any_length() -> None:
    about = About(("bfs",), (4, 9), anchor=400)
    short, long = texts("bfs", 4, 1)[0], texts("bfs", 9, 1)[0]
    for shift in (0, 7):
        found = encode(TOKENIZER, [short, long], about, 0, shift)
        assert found.positions is not None
        for row in (0, 1):
            said = (found.labels[row] != -100).nonzero()[:, 0]
            assert found.positions[row, said].tolist() == list(range(400 + shift, 400 + shift + len(said)))
            assert found.positions[row, : said[0]].tolist() == list(range(400 - int(said[0]), 400))
    with pytest.raises(BadArgument, match="too long for an anchor at 40"):
        encode(TOKENIZER, [short, long], About(("bfs",), (4, 9), anchor=40), 0)


def test_rows_of_a_matrix_begin_at_places_of_their_own() -> None:
    for text, wanted in (
        ("[4 1], 2", [0, 1, 2, 3, 4, 5]),
        ("[[1 0], [0 1]]", [0, 64, 65, 66, 67, 68, 128, 129, 130, 131, 132]),
        ("7 7", [0, 1]),
    ):
        said = torch.tensor([TOKENIZER(text)["input_ids"]])
        assert answer_positions(said, MARKS, 300)[0].tolist() == [300 + place for place in wanted]
        shifted = [300 + 3 + place + (3 * 64 if place >= 64 else 0) for place in wanted]
        assert answer_positions(said, MARKS, 300, 3)[0].tolist() == shifted
    endless = torch.tensor([[MARKS.opens] * 200])
    assert int(answer_positions(endless, MARKS, 300).max()) == most_positions(300) - 1


@pytest.mark.parametrize("algorithm", ["bfs", "bridges", "floyd_warshall", "topological_sort"])
@pytest.mark.parametrize("size", [4, 11])
def test_before_each_number_of_an_answer_stands_its_row_and_column(algorithm: str, size: int) -> None:
    """Against the rows and words of the text itself; -1 is two tokens."""
    text = texts(algorithm, size, 1)[0][1].strip()
    said = TOKENIZER(text)["input_ids"]
    places = answer_places(torch.tensor([said]), MARKS)[0].tolist()
    head = text[: text.rindex("]") + 1]
    rows = [row.split() for row in head.strip("[]").split("], [")]
    tokens = TOKENIZER.convert_ids_to_tokens(said)
    begins = [
        i for i, token in enumerate(tokens[: len(TOKENIZER(head)["input_ids"])]) if token.isdigit() or token == "-"
    ]
    assert [places[i - 1] for i in begins] == [[r, c] for r, row in enumerate(rows) for c in range(len(row))]


def test_a_shift_moves_addresses_of_nodes_and_not_what_is_pointed_at() -> None:
    from adapters import TransNARConfig
    from adapters.nar.batch import collate

    torch.manual_seed(3)
    batch = collate([sample("bfs", 5, np.random.RandomState(0))])
    with torch.no_grad():
        ran = NAR(NARConfig(("bfs",), 8, 2)).eval()(batch)
    config = TransNARConfig(node_size=width_of(8, 6, True), numbers=6, readout=True)
    (plain, plain_pairs), (moved, moved_pairs) = (read_states(ran, batch, config, shift) for shift in (0, 4))
    assert torch.equal(moved[0, :, 8:14], waves(9, 6, plain)[4:])
    assert torch.equal(moved_pairs[0, 1, 3, 8:20], torch.cat([waves(9, 6, plain)[5], waves(9, 6, plain)[7]]))
    for one, other, width in ((plain, moved, 14), (plain_pairs, moved_pairs, 20)):
        assert torch.equal(one[..., :8], other[..., :8])
        assert torch.equal(one[..., width:], other[..., width:])


def test_questions_of_several_lengths_answer_as_alone_around_an_anchor() -> None:
    model = reasoner(positions=0, anchor=300)
    questions = [texts("bfs", 4, 1)[0][0], texts("dfs", 5, 1)[0][0], texts("bfs", 6, 1)[0][0]]
    alone = [model.answer([question], max_new_tokens=5)[0] for question in questions]
    assert model.answer(questions, max_new_tokens=5) == alone
    with pytest.raises(BadArgument, match="too long"):
        model.answer([texts("bfs", 16, 1)[0][0]])


@pytest.mark.parametrize(
    ("positions", "anchor", "loops", "places"),
    [(0, 0, 0, 0), (600, 0, 0, 0), (0, 200, 0, 0), (600, 0, 2, 0), (0, 200, 3, 0), (600, 0, 0, 1), (0, 200, 0, 1)],
)
@pytest.mark.parametrize("graph", [False, True])
def test_answers_are_those_of_uncached_decoding(
    graph: bool, positions: int, anchor: int, loops: int, places: int
) -> None:
    """One question at a time, the whole text anew for each token."""
    model = reasoner(graph, positions, anchor=anchor, places=bool(places))
    model.about = replace(model.about, loops=loops)
    question = texts("bfs", 5, 1)[0][0]
    (said,) = model.answer([question], max_new_tokens=6)
    ids = TOKENIZER(question)["input_ids"]
    at = torch.arange(len(ids) + 6)[None]
    if positions:
        at = random_positions(1, len(ids) + 6, positions, torch.Generator().manual_seed(0))
    from adapters.nar.batch import collate
    from graphs.clrs.text import read_question

    read = read_question(question)
    states = model.states(collate([run(read.algorithm, **read.inputs)])) if graph else None
    new: list[int] = []
    with torch.no_grad(), model.reading(states, 5):
        for _ in range(6):
            whole = torch.tensor([ids + new])
            where, said_so_far = at[:, : whole.shape[1]], torch.tensor([new], dtype=torch.long)
            if anchor:
                later = answer_positions(said_so_far, MARKS, anchor)
                where = torch.cat([torch.arange(anchor - len(ids), anchor)[None], later], dim=1)
            to_write = torch.cat([torch.zeros(1, len(ids), 2).long(), answer_places(said_so_far, MARKS)], dim=1)
            with model.writing(to_write):
                logits = model.model(input_ids=whole, position_ids=where, use_cache=False).logits
            new.append(int(logits[0, -1].argmax()))
    assert said == TOKENIZER.decode(new)


@pytest.mark.parametrize("loops", [0, 4])
def test_questions_side_by_side_answer_as_alone(loops: int) -> None:
    model = reasoner(positions=0)
    model.about = replace(model.about, loops=loops)
    questions = [texts("bfs", 4, 1)[0][0], texts("dfs", 5, 1)[0][0], texts("bfs", 6, 1)[0][0]]
    alone = [model.answer([question], max_new_tokens=5)[0] for question in questions]
    assert model.answer(questions, max_new_tokens=5) == alone


def test_what_it_was_not_trained_for_is_refused() -> None:
    model = reasoner()
    with pytest.raises(BadArgument, match="trained on bfs, dfs; not on dijkstra"):
        model.answer([texts("dijkstra", 4, 1)[0][0]])
    with pytest.raises(BadArgument, match="without a trace"):
        model.answer([to_text(sample("bfs", 4, np.random.RandomState(0)), trace=True)[0]])
    with pytest.raises(ParseError):
        model.answer(["How many nodes are there?"])
    with pytest.raises(BadArgument, match="positions below 10"):
        reasoner(positions=10).answer([texts("bfs", 5, 1)[0][0]], max_new_tokens=2)


@pytest.mark.parametrize("graph", [False, True])
def test_training_learns_and_resumes_as_if_uninterrupted(graph: bool, tmp_path: Path) -> None:
    schedule = Schedule(steps=8, batch=4, sizes=(4,), rate=5e-3, warmup=2, evaluate=2)
    whole, parted, again = reasoner(graph), reasoner(graph), reasoner(graph)
    frozen = {} if whole.nar is None else {name: value.clone() for name, value in whole.nar.state_dict().items()}
    before, _ = evaluate(whole, validation(whole, schedule))
    course = train(whole, schedule, tmp_path / "whole.pt")
    assert course.validation[-1][1] < before - 0.5
    train(parted, schedule, tmp_path / "parted.pt", stop_at=5)
    resumed = train(again, schedule, tmp_path / "parted.pt")
    assert resumed.resumed_from == 4
    for one, other in zip(whole.model.parameters(), again.model.parameters(), strict=True):
        assert torch.equal(one, other)
    if whole.nar is not None:
        assert all(torch.equal(value, frozen[name]) for name, value in whole.nar.state_dict().items())


@pytest.mark.parametrize("graph", [False, True])
def test_saved_and_loaded_it_answers_alike(graph: bool, tmp_path: Path) -> None:
    model = reasoner(graph)
    model.save(tmp_path)
    loaded = TextReasoner.load(tmp_path)
    assert loaded.about == model.about
    questions = [text for text, _ in texts("bfs", 5)]
    assert loaded.answer(questions, max_new_tokens=8) == model.answer(questions, max_new_tokens=8)
    with pytest.raises(StorageError, match="holds no TransNAR"):
        TextReasoner.load(tmp_path / "nowhere")


@pytest.mark.parametrize("algorithm", GRAPH_ALGORITHMS)
def test_the_bound_on_steps_leaves_room(algorithm: str) -> None:
    rng = np.random.RandomState(3)
    for size in (4, 7, 12, 20):
        for _ in range(12):
            hints = sample(algorithm, size, rng).hints
            assert len(next(iter(hints.values()))) - 1 <= most_steps(algorithm, size)


def test_the_recipes_train_and_go_on(tmp_path: Path) -> None:
    nar, transnar = recipe("nar"), recipe("transnar")

    def options(of: Any, *arguments: str) -> Any:
        parser = ArgumentParser()
        of.add_arguments(parser)
        return parser.parse_args([*arguments, "--steps", "2", "--batch", "2", "--sizes", "4", "--evaluate", "1"])

    small = ("--hidden-size", "16", "--device", "cpu")
    first = nar.train(options(nar, "--save", str(tmp_path / "nar"), "--algorithms", "bfs", *small), lambda _: None)
    assert json.loads((tmp_path / "nar" / "result.json").read_text())["method"] == "nar"
    assert set(first.about["scores"]) == {"bfs"}
    with pytest.raises(TrainingError, match="earlier run"):
        nar.train(options(nar, "--save", str(tmp_path / "nar"), *small), lambda _: None)
    told: list[int] = []
    small = (*small, "--layers", "1", "--heads", "2")
    result = transnar.train(
        options(transnar, "--save", str(tmp_path / "t"), "--nar", str(tmp_path / "nar"), *small),
        lambda progress: told.append(progress.step),
    )
    assert told == [1, 2]
    assert (result.method, result.trainable) == ("transnar", result.total)
    assert TextReasoner.load(tmp_path / "t").about.algorithms == ("bfs",)
    control = transnar.train(options(transnar, "--save", str(tmp_path / "c"), "--no-graph", *small), lambda _: None)
    assert control.method == "transnar-control"
    student = ("--save", str(tmp_path / "s"), "--no-graph", "--algorithms", "bfs", "--loops", "2", *small)
    transnar.train(options(transnar, *student, "--teacher", str(tmp_path / "t")), lambda _: None)
    assert TextReasoner.load(tmp_path / "s").about.loops == 2
    for more, message in (
        (("--teacher", str(tmp_path / "none")), "holds no TransNAR"),
        (("--teacher", str(tmp_path / "t"), "--algorithms", "bfs,dfs"), "was not trained on dfs"),
        (("--loops", "-1"), "--loops"),
        (("--loops", "2", "--model", "somewhere"), "a new model"),
    ):
        with pytest.raises(TrainingError, match=message):
            transnar.train(options(transnar, "--save", str(tmp_path / "x"), "--no-graph", *small, *more), print)
    assert control.trainable < result.trainable


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "name the reasoner"),
        (["--no-graph", "--algorithms", "chess"], "'chess' is none of"),
        (["--no-graph", "--sizes", "four"], "not 'four'"),
        (["--no-graph", "--hidden-size", "30", "--heads", "4"], "must be --heads 4 times an even number"),
        (["--no-graph", "--model", "some-model"], "trains a new model"),
        (["--nar", str(SHIPPED), "--numbers", "3"], "numbers is even"),
    ],
)
def test_bad_options_are_told(arguments: list[str], told: str, tmp_path: Path) -> None:
    transnar = recipe("transnar")
    parser = ArgumentParser()
    transnar.add_arguments(parser)
    with pytest.raises(TrainingError, match=told):
        transnar.train(parser.parse_args(["--save", str(tmp_path / "x"), *arguments]), lambda _: None)
