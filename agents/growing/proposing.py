"""The node that asks the model: about a question, or about a piece of a document."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from agents.growing.model_calls.critic import criticise
from agents.growing.model_calls.extract import Allowance, extract
from agents.growing.model_calls.propose import propose
from agents.growing.next_question.questions import Question
from agents.growing.replies.proposal import Proposal
from agents.growing.replies.signs import qualified
from agents.growing.sources.chunks import Chunk
from agents.growing.state import Piece
from agents.growing.stop import recording_over
from agents.models import Ledger, ModelDown, ModelError

if TYPE_CHECKING:
    from agents.growing.turn import Turn
    from graphs.store.records import StepKind

_CONTEXT = 12  # known facts that go along with a question, however large the graph is
_HUBS, _RECENT = 15, 25  # entities whose names go along with a piece of a document
_FOUND = 3  # entities that the words of a question lead to, where it names none


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. usable: it could be read. silent: there was no reply at all."""

    item: Question | Piece
    about: str
    proposal: Proposal
    usable: bool
    silent: bool = False

    @property
    def kind(self) -> StepKind:
        return "document" if isinstance(self.item, Piece) else "question"


def next_item(turn: Turn) -> Question | Piece:
    """What comes next: documents before questions."""
    item = turn.next_piece() or turn.state.question
    assert item is not None, "the stop rules end a run that has nothing to do"
    return item


def about(turn: Turn, item: Question | Piece) -> str:
    """The item in words."""
    if isinstance(item, Question):
        return item.text
    return f"{turn.store.document(item.document).name}, characters {item.start}-{item.end}"


def ask_model(turn: Turn) -> Reply:
    """The model's proposal for the next item.

    A call without a reply is quarantined and the run goes on; when the next one gets none either, nothing is committed,
    nor when it was the user's own question.

    Raises:
        ModelDown: the endpoint cannot be reached. ModelError: two calls in a row got no reply, or it was cancelled.
    """
    item, silent = next_item(turn), False
    try:
        with turn.meter.running() as ledger:
            proposal = _asked(turn, item, ledger)
    except ModelDown:
        raise
    except ModelError as error:
        users_own = isinstance(item, Question) and item.text == turn.settings.seed  # never given up
        if turn.silent or users_own or turn.cancel.is_set() or recording_over(error):
            raise
        proposal, silent = Proposal(quarantined=((about(turn, item), f"no reply: {error}"),)), True
    turn.silent = silent
    proposal = qualified(proposal, turn.store.document(item.document).name if isinstance(item, Piece) else None)
    read = bool(proposal.triples or proposal.entities)
    nothing_to_say = isinstance(item, Piece) and not proposal.quarantined
    return Reply(item, about(turn, item), proposal, usable=read or nothing_to_say, silent=silent)


def _asked(turn: Turn, item: Question | Piece, ledger: Ledger) -> Proposal:
    if isinstance(item, Piece):
        text = turn.text(item.document)
        chunk = Chunk(item.start, item.end, text[item.start : item.end])
        name = turn.store.document(item.document).name
        names = known_names(turn)
        return extract(
            turn.model,
            name,
            chunk,
            known=list(names),
            aliases=names,
            again=min(turn.settings.again, spare_calls(turn)),
            ledger=ledger,
            cancel=turn.cancel,
        )
    settings = turn.settings
    form: Any = settings.form
    proposal = propose(
        turn.model,
        item.text,
        context_of(turn, item),
        form=form,
        again=settings.again,
        max_tokens=settings.max_tokens,
        ledger=ledger,
        cancel=turn.cancel,
    )
    if settings.critic and proposal.triples:
        rounds = settings.critic
        proposal = criticise(turn.model, proposal, rounds, question=item.text, ledger=ledger, cancel=turn.cancel)
    return proposal


def spare_calls(turn: Turn) -> int:
    """The calls beyond one for each piece that the documents may still cost."""
    state = turn.state
    return Allowance(state.words, state.reading).spare(state.pieces_left)


def known_names(turn: Turn) -> dict[str, tuple[str, ...]]:
    """The entities that came last and those with the most neighbours, with their other names."""
    entities = list(turn.view.entities.values())
    hubs = sorted(entities, key=lambda entity: (-turn.view.degree(entity.id), entity.id))[:_HUBS]
    return {entity.name: entity.aliases for entity in (*hubs, *entities[-_RECENT:]) if turn.view.speaks(entity.id)}


def context_of(turn: Turn, question: Question) -> list[str]:
    """What the graph knows around the question's entities: a handful of facts, not the graph."""
    focus = [entity for entity in question.focus if entity in turn.view.entities]
    if not focus and turn.view.relations:
        focus = [entity.id for entity in turn.store.search(question.text, _FOUND)]
    return list(islice(turn.view.facts(focus, _CONTEXT), _CONTEXT))
