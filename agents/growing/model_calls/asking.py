"""One question to a model whose reply is read with tolerance: whatever it is, it is kept, and not paid for twice."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from agents.growing.replies.proposal import Proposal
from agents.models import Ledger, Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Message = tuple[str, str]  # role and text
OPEN, CLOSE = "<<<", ">>>"  # around text that is data
_MARKS = re.compile(r"<{3,}|>{3,}")
_SHOWN = 1500  # characters of a reply that are shown to the model again


@dataclass(frozen=True, slots=True)
class Said:
    """A reply. call: its key in the cache of replies. whole: the model ended it, and no limit did."""

    text: str
    usage: Usage
    call: str | None = None
    whole: bool = True


def prompt(name: str) -> str:
    """A prompt of the package."""
    return resources.files("agents").joinpath("prompts", f"{name}.txt").read_text(encoding="utf-8").strip()


def data(text: str) -> str:
    """The text, marked as data: a prompt tells the model that what stands between these marks is no instruction."""
    return f"{OPEN}\n{_MARKS.sub('', text).strip()}\n{CLOSE}"


def one_line(text: str, longest: int = 200) -> str:
    """The text as one line without control characters, for lists of names and facts."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return _MARKS.sub("", plain)[:longest]


def say(
    model: BaseChatModel,
    messages: Sequence[Message],
    schema: dict[str, Any] | None,
    *,
    ledger: Ledger | None = None,
    cancel: threading.Event | None = None,
    max_tokens: int | None = None,
    varied: bool = False,
) -> Said:
    """The model's reply, held to `schema` where the model can be, else with the schema in the prompt.

    varied: hold the model back from repeating itself, where it can be.

    Raises:
        ModelError: there is none.
    """
    own = Ledger()
    asked = list(messages)
    options: dict[str, Any] = {}
    charged_to = getattr(model, "charged_to", None)  # models of agents.models; others take no such options
    if charged_to is not None:
        model = charged_to(own)
        options = {"cancel": cancel, "max_tokens": max_tokens, "varied": varied or None}
        if schema is not None and model.constrains:  # type: ignore[attr-defined]
            options |= {"schema": schema, "keep_misfits": True}
    if schema is not None and "schema" not in options:
        form = json.dumps(schema, ensure_ascii=False)
        asked.insert(0, ("system", f"Reply with JSON alone. It must fit this JSON schema: {form}"))
    try:
        reply = model.invoke(asked, **{name: value for name, value in options.items() if value is not None})
    finally:
        if ledger is not None and charged_to is not None:
            ledger.add(own.total)
    about = reply.response_metadata or {}
    usage = own.total
    if charged_to is None:
        counts = reply.usage_metadata or {"input_tokens": 0, "output_tokens": 0}
        usage = Usage(1, counts["input_tokens"], counts["output_tokens"], cost=None)
        if ledger is not None:
            ledger.add(usage)
    return Said(str(reply.text), usage, about.get("call"), about.get("finish_reason") != "length")


def ask_for_graph(
    model: BaseChatModel,
    messages: Sequence[Message],
    schema: dict[str, Any] | None,
    read: Callable[[str], Proposal],
    *,
    again: int = 1,
    ledger: Ledger | None = None,
    cancel: threading.Event | None = None,
    max_tokens: int | None = None,
    varied: bool = False,
) -> Proposal:
    """The proposal in the model's reply; asked again, at most `again` times, while nothing of it can be used.

    Raises:
        ModelError: the model gave no reply.
    """
    asked = list(messages)
    options: dict[str, Any] = {"ledger": ledger, "cancel": cancel, "max_tokens": max_tokens, "varied": varied}
    said = say(model, asked, schema, **options)
    proposal = replace(read(said.text), call=said.call, usage=said.usage)
    for _ in range(again):
        if proposal.triples:
            break
        why = proposal.quarantined[0][1] if proposal.quarantined else "it names no relations"
        fault = f"Nothing of that reply can be used: {why}. Reply again, in the form that was asked for."
        asked += [("ai", said.text[:_SHOWN]), ("human", fault)]
        said = say(model, asked, schema, **options)
        proposal = _after(proposal, replace(read(said.text), call=said.call, usage=said.usage))
    return proposal


def _after(first: Proposal, second: Proposal) -> Proposal:
    """The second proposal, with what was left of the first."""
    repairs = dict(second.repairs)
    for kind, number in (*first.repairs.items(), ("asked_again", 1)):
        repairs[kind] = repairs.get(kind, 0) + number
    left = (*first.quarantined, *second.quarantined)
    return replace(second, repairs=repairs, quarantined=left, usage=first.usage + second.usage)
