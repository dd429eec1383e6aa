"""The chat model as judge of names: do two entries mean the same thing? One call for all pairs of a step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.models import Ledger, ModelDown, ModelError, ask_json
from graphs.resolution import Mention, Pair

if TYPE_CHECKING:
    import threading

    from langchain_core.language_models import BaseChatModel

_PROMPT = Path(__file__).parents[2] / "prompts" / "judge_names.txt"
_VERDICTS = {"same": True, "different": False, "unsure": None}
_LONGEST = 200  # characters of a name or description that are shown
_TOKENS = 12  # of the reply, for each pair


class ChatJudge:
    """A judge for `graphs.resolution.Resolver`, backed by a chat model.

    A model that gives no usable reply leaves the pairs undecided: `faults` says so, and the caller reports it. ledger:
    what all calls have cost.
    """

    def __init__(
        self, model: BaseChatModel, ledger: Ledger | None = None, cancel: threading.Event | None = None
    ) -> None:
        """Of `agents.models.chat_model`, whose cache keeps the replies. ledger: is charged. cancel: ends a call."""
        self.model = model
        self.ledger = ledger if ledger is not None else Ledger()
        self.faults: list[str] = []
        self._cancel = cancel

    def __call__(self, pairs: Sequence[Pair]) -> list[bool | None]:
        """For each pair: same, different, or None where that is open. One call, and one repair where it is needed.

        Raises:
            ModelDown: the endpoint cannot be reached. ModelError: the call was cancelled.
        """
        if not pairs:
            return []
        shown = "\n".join(f"Pair {n}: {_entry(pair)}" for n, pair in enumerate(pairs, 1))
        messages = [("system", _prompt()), ("human", f"{shown}\n\nGive the verdict on each pair.")]
        options: dict[str, Any] = {"max_tokens": 30 + _TOKENS * len(pairs)}
        if self._cancel is not None:
            options["cancel"] = self._cancel
        try:
            reply = ask_json(self.model, messages, verdict_schema(len(pairs)), **options)
        except ModelError as error:
            self.ledger.add(error.usage)
            if isinstance(error, ModelDown) or (self._cancel is not None and self._cancel.is_set()):
                raise
            self.faults.append(str(error))
            return [None] * len(pairs)
        self.ledger.add(reply.usage)
        return [_VERDICTS[reply.value[str(n)]] for n in range(1, len(pairs) + 1)]


def verdict_schema(count: int) -> dict[str, Any]:
    """An object with a verdict for each pair, by its number: none can be left out, doubled or moved."""
    numbers = [str(n) for n in range(1, count + 1)]
    return {
        "type": "object",
        "properties": {number: {"enum": list(_VERDICTS)} for number in numbers},
        "required": numbers,
        "additionalProperties": False,
    }


def _entry(pair: Pair) -> str:
    return json.dumps([_shown(pair.left), _shown(pair.right, pair.names)], ensure_ascii=False)


def _shown(mention: Mention, names: Sequence[str] = ()) -> dict[str, Any]:
    found: dict[str, Any] = {"name": _cut(mention.name)}
    if names:
        found["also"] = [_cut(name) for name in names[:3]]
    if mention.type:
        found["type"] = _cut(mention.type)
    if mention.description:
        found["description"] = _cut(mention.description)
    if mention.neighbours:
        found["next to"] = [_cut(name) for name in mention.neighbours[:5]]
    return found


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@cache
def _prompt() -> str:
    return _PROMPT.read_text(encoding="utf-8").strip()
