"""The conversation as HTML: nothing of a user's or a model's text is markup, and everything is there."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from agents.reply import Citation, Cost, Quote, Reply, Step
from graphs.graph import Graph
from tests.ui.talk.conftest import answered
from tools.certificates import Certificate
from ui.talk.checking import check_again
from ui.talk.desk import Desk
from ui.talk.rendering import LONG, MOST_SHOWN, rendered, turn_html
from ui.talk.steps import fold, folds
from ui.talk.talk import Source, Talk, Turn

EVIL = "<img src=x onerror=alert(1)>\"'</script><script>alert(2)</script>{{x}}${1}"
ALLOWED = {*"article div p span section h2 details summary ul ol li code pre table".split()} | {
    *"tr th td q strong b button blockquote".split()
}


class Elements(HTMLParser):
    """Collects elements, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def safe(html: str) -> Elements:
    """The page's elements, none of which can run anything or load anything."""
    found = Elements(html)
    assert set(found.names) <= ALLOWED, set(found.names) - ALLOWED
    assert not [
        name for name, _ in found.attributes if name.startswith("on") or name in ("src", "href", "style", "srcdoc")
    ]
    return found


def evil_turn() -> Turn:
    graph = Graph.from_edges([(EVIL, "b", {EVIL: EVIL})], name=EVIL)
    certificate = Certificate(True, EVIL, EVIL, "proof")
    citation = Citation(1, EVIL, EVIL, EVIL, "grounded", 1.0, 1, (Quote(EVIL, EVIL),))
    reply = Reply(EVIL, EVIL, "proven", (certificate,), (EVIL,), (), cost=Cost(2, 10, 0.5), citations=(citation,))
    steps = [
        Step("question", EVIL, {"text": EVIL}, {"graph": graph, "assumptions": (EVIL,), "fault": EVIL}),
        Step("planner", EVIL, {}, {"unsure": ((EVIL, 0.5),)}),
        Step("coding", EVIL, {}, {"program": EVIL, "model_calls": 2}, 1.5),
    ]
    return Turn(1, EVIL, graph, Source("file", EVIL), steps, reply)


def test_no_text_becomes_markup() -> None:
    turn = evil_turn()
    found = safe(turn_html(turn))
    assert found.text.count(EVIL) >= 8
    turn.reply = Reply(None, EVIL, "unanswerable", readings=(EVIL,))
    buttons = safe(turn_html(turn))
    assert ("data-text", EVIL) in buttons.attributes
    turn.reply, turn.error = None, EVIL
    safe(turn_html(turn))
    turn.error = ""
    safe(turn_html(turn))


def test_an_answer_shows_its_certificate_as_a_sentence_and_the_steps(desk: Desk, talk: Talk) -> None:
    turn = answered(desk, talk, "What is the shortest path from Ann to Iris?")
    found = safe(turn_html(turn, drawn=True))
    assert (
        "The path has length 4 and no path from Ann to Iris is shorter. Checked by the path's edges added up"
        in found.text
    )
    assert "Read the graph and the question" in found.text
    assert "friends.csv, line 2" in found.text
    assert 'shortest_path(source="Ann", target="Iris")' in found.text
    assert "5 steps" in found.text
    assert "no model call" in found.text
    assert ("data-act", "check") in found.attributes
    assert ("aria-pressed", "true") in found.attributes


def test_a_check_says_what_was_checked(desk: Desk, talk: Talk) -> None:
    turn = answered(desk, talk, "Remove Bob, then how far is Ann from Eve?")
    check_again(turn)
    found = safe(turn_html(turn))
    assert "Checked again: accepted" in found.text
    assert "without the solver" in found.text
    assert "remove_node" in found.text
    object.__setattr__(turn.answers[-1], "number", 17)
    check_again(turn)
    assert "Checked again: not accepted" in safe(turn_html(turn)).text


def test_choices_are_buttons_that_ask() -> None:
    reply = Reply(None, "I am not sure. (1) A? (2) B?", "unanswerable", readings=("Is there A?", "Is there B?"))
    found = safe(turn_html(Turn(1, "?", reply=reply)))
    assert [value for name, value in found.attributes if name == "data-text"] == ["Is there A?", "Is there B?"]


@pytest.mark.parametrize("status", ["proven", "computed", "estimated", "unverified"])
def test_a_status_without_a_certificate_says_what_it_means(status: str) -> None:
    found = safe(turn_html(Turn(1, "?", reply=Reply(1, "One.", status))))  # type: ignore[arg-type]
    assert status in found.text
    assert ("data-act", "check") not in found.attributes


def test_long_answers_fold_and_long_conversations_are_cut() -> None:
    found = safe(turn_html(Turn(1, "?", reply=Reply(1, "x" * (LONG + 500), "proven"))))
    assert "500 more characters" in found.text
    talk = Talk(turns=[Turn(n, "?", reply=Reply(1, "One.", "proven")) for n in range(1, MOST_SHOWN + 11)])
    shown = rendered(talk)
    assert len(shown["turns"]) == MOST_SHOWN + 1
    assert "10 earlier questions" in shown["turns"][0]["html"]


def test_a_new_conversation_welcomes_with_questions(talk: Talk) -> None:
    (only,) = rendered(talk)["turns"]
    assert only["key"] == "welcome"
    assert "Ask anything about this graph" in safe(only["html"]).text
    assert "Choose a graph" in safe(rendered(Talk())["turns"][0]["html"]).text


def test_a_question_under_way_shows_its_time_and_steps(talk: Talk) -> None:
    turn = Turn(1, "?", steps=[Step("planner", "Choose tools and arguments", {}, {}, 0.01)])
    talk.turns.append(turn)
    assert rendered(talk)["busy"]
    found = safe(turn_html(turn))
    assert "Working" in found.text
    assert ("aria-busy", "true") in found.attributes


def test_model_calls_are_counted_for_each_step() -> None:
    steps = [
        Step("tools", "Let the model choose", {}, {"model_calls": 1}, 2.0),
        Step("coding", "Write a program", {}, {"model_calls": 3}, 4.0),
        Step("answer", "Word the answer", {}, {}),
    ]
    first, second, third = folds(Turn(1, "?", steps=steps))
    assert "1 model call<" in first
    assert "2 model calls<" in second
    assert "model call" not in third
    assert 'data-key="k"' in fold(steps[0], "k")


def test_a_composed_answer_shows_the_proof_of_every_call_and_is_put_together_again(desk: Desk, talk: Talk) -> None:
    turn = answered(desk, talk, "Who has at least two friends?")
    assert turn.reply is not None
    assert len(turn.reply.certificates) > 1
    found = safe(turn_html(turn))
    shown, _, steps = found.text.partition("How it was answered")
    for certificate in turn.reply.certificates:
        assert certificate.claim in shown.replace("The", "the").replace("Every", "every") or certificate.claim in shown
    assert "put together" in shown
    assert all(f"{certificate.method} (" in steps for certificate in turn.reply.certificates)  # in the verifier's fold
    check_again(turn)
    assert len(turn.checked) == len(turn.answers) + 1
    assert "Checked again: accepted" in safe(turn_html(turn)).text
    turn.reply = replace(turn.reply, value=["Ann"])
    check_again(turn)
    verdict = safe(turn_html(turn)).text
    assert "Checked again: not accepted" in verdict
    assert "put together again, the answers of the calls give" in verdict


def test_an_answer_of_one_call_is_put_together_of_nothing(desk: Desk, talk: Talk) -> None:
    turn = answered(desk, talk, "How many nodes are there?")
    assert len(check_again(turn)) == 1
    assert "put together" not in safe(turn_html(turn)).text


def test_what_has_no_answer_is_not_drawn(desk: Desk, talk: Talk) -> None:
    turn = answered(desk, talk, "Who has at least two friends?")
    turn.reply = Reply(None, "The words leave it open.", "unanswerable")
    acts = [value for name, value in safe(turn_html(turn, drawn=True)).attributes if name == "data-act"]
    assert acts == []
