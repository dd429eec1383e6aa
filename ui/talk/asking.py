"""Ask one question of a conversation: step by step, with a way to stop, and no exception gets lost."""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from collections.abc import Iterator

from agents import GraphAgent
from agents.reply import Reply, Step
from graphs.errors import BadArgument, GraphError
from ui.talk.talk import LONGEST_QUESTION, Talk, Turn

log = logging.getLogger("konigsberg.ui")
TICK = 0.5  # seconds after which a turn without news is shown again, with the time it has taken


def ask(talk: Talk, agent: GraphAgent, question: str) -> Iterator[Turn]:
    """Answer `question` in `talk`; yields the turn when it begins, after each step, at each tick, and when it ends.

    Closing the iterator, or `talk.cancel`, stops the work.

    Raises:
        BadArgument: the question is empty or too long, or the conversation is answering another one.
    """
    question = question.strip()
    if not question:
        raise BadArgument("there is no question; write one, or choose an example")
    if len(question) > LONGEST_QUESTION:
        raise BadArgument(
            f"the question has {len(question):,} characters, over the limit of {LONGEST_QUESTION:,}; "
            "give the graph as a file and ask about it"
        )
    if not talk.busy.acquire(blocking=False):
        raise BadArgument("this conversation is still answering; wait for it, or stop it first")
    try:
        yield from _answered(talk, agent, question)
    finally:
        talk.cancel.set()
        if talk.turns and not talk.turns[-1].ended:
            talk.turns[-1].error = "The page was left before the answer was there; ask again."
        talk.busy.release()


def _answered(talk: Talk, agent: GraphAgent, question: str) -> Iterator[Turn]:
    talk.cancel, talk.trouble = threading.Event(), ""
    cancel = talk.cancel  # its own: the next question's event is another one
    turn = Turn(len(talk.turns) + 1, question, talk.graph if talk.fresh else None, talk.source)
    talk.turns.append(turn)
    yield turn
    news: queue.Queue[Step | Reply | str] = queue.Queue()
    worker = threading.Thread(target=_work, args=(talk, agent, turn, cancel, news), daemon=True, name="konigsberg-ask")
    worker.start()
    while not turn.ended:
        try:
            event = news.get(timeout=TICK)
        except queue.Empty:
            yield turn
            continue
        _note(talk, turn, event)
        yield turn


def _work(
    talk: Talk, agent: GraphAgent, turn: Turn, cancel: threading.Event, news: queue.Queue[Step | Reply | str]
) -> None:
    try:
        for event in agent.stream(turn.question, turn.asked_on, thread=talk.thread, cancel=cancel):
            news.put(event)
    except GraphError as error:
        news.put(str(error))
    except Exception:  # the edge of the interface: a bug becomes a message with a number to look for in the log
        number = secrets.token_hex(4)
        log.exception("question failed (%s)", number)
        news.put(
            f"Something went wrong inside the program. It is in the server's log under {number}; please report it."
        )


def _note(talk: Talk, turn: Turn, event: Step | Reply | str) -> None:
    if isinstance(event, Step):
        turn.steps.append(event)
    elif isinstance(event, str):
        turn.error = event
    else:
        turn.reply = event
        if turn.graph is not None:
            other = talk.graph is not turn.graph
            remembered = any("reply" in step.output for step in turn.steps if isinstance(step.output, dict))
            talk.graph, talk.fresh = turn.graph, talk.fresh and not remembered  # what was stopped is not remembered
            if turn.answers or other:  # a question without an answer leaves the drawing as it is
                talk.shown, talk.view, talk.focus = turn.number, "", ()


def seconds(turn: Turn) -> float:
    """How long the turn has taken so far, or took."""
    return turn.reply.cost.seconds if turn.reply is not None else time.monotonic() - turn.began
