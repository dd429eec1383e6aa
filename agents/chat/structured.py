"""Replies that fit a schema: asked for, checked, and asked for once more when they do not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agents.chat.calls import Ledger, ModelError, Usage
from graphs.errors import BadArgument

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

Schema = dict[str, Any] | type[Any]
_FENCE = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Structured:
    """A reply that fits its schema. value: plain JSON data, or an instance of the pydantic class that was asked for."""

    value: Any
    repairs: int
    usage: Usage


class Misfit(ValueError):
    """A reply does not fit its schema. The message is written for the model."""


def ask_json(model: BaseChatModel, messages: Any, schema: Schema, **options: Any) -> Structured:
    """Ask for a reply that fits `schema`, a JSON schema or a pydantic class.

    Models of `chat_model` are held to the schema while they write, where the back end can. A reply that does not fit is
    sent back once with what is wrong. options: parameters for these calls (max_tokens, temperature, cancel …).

    Raises:
        ModelError: the second reply does not fit either, or the model gave none. BadArgument: the schema is none.
    """
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    from agents.chat.model import SpecModel

    ledger = Ledger()
    plain = json_schema(schema)
    asked = _as_messages(messages)
    constrained = isinstance(model, SpecModel) and model.constrains
    if not constrained:
        asked = [SystemMessage(f"Reply with JSON alone. It must fit this JSON schema: {json.dumps(plain)}"), *asked]
    ours = model.charged_to(ledger) if isinstance(model, SpecModel) else None
    if ours is not None:
        options = {**options, "schema": plain}

    def ask(said: Sequence[BaseMessage]) -> str:
        if ours is not None:
            return str(ours.invoke(list(said), **options).text)
        reply = model.invoke(list(said), **options)
        counts = reply.usage_metadata or {"input_tokens": 0, "output_tokens": 0}
        ledger.add(Usage(1, counts["input_tokens"], counts["output_tokens"], cost=None))
        return str(reply.text)

    try:
        text = ask(asked)
        try:
            return Structured(read(text, schema), 0, ledger.total)
        except Misfit as misfit:
            first = misfit
        again = f"That reply does not fit: {first}. Reply again, with corrected JSON alone."
        if ours is not None:
            ours.book(Usage(repairs=1))
        else:
            ledger.add(Usage(repairs=1))
        text = ask([*asked, AIMessage(text), HumanMessage(again)])
        try:
            value = read(text, schema)
        except Misfit as second:
            raise ModelError(f"the model's reply does not fit the schema, after one repair: {second}") from second
    except ModelError as error:
        error.usage = ledger.total
        raise
    if ours is not None:
        ours.remember(asked, text, **options)  # so that a replay need not be repaired again
    return Structured(value, 1, ledger.total)


def json_schema(schema: Schema) -> dict[str, Any]:
    """The JSON schema of a schema or a pydantic class.

    Raises:
        BadArgument: it is neither.
    """
    if isinstance(schema, type) and hasattr(schema, "model_json_schema"):
        found: dict[str, Any] = schema.model_json_schema()
        return found
    if not isinstance(schema, dict):
        raise BadArgument(f"a schema is a JSON schema or a pydantic class, not {schema!r:.80}")
    from jsonschema import SchemaError
    from jsonschema.validators import validator_for

    try:
        validator_for(schema).check_schema(schema)
    except SchemaError as error:
        raise BadArgument(f"the JSON schema is not valid: {error.message[:200]}") from error
    return schema


def read(text: str, schema: Schema) -> Any:
    """The value of a reply.

    Raises:
        Misfit: it is no JSON, or does not fit.
    """
    fenced = _FENCE.fullmatch(text)
    body = fenced[1] if fenced else text
    try:
        value = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Misfit(f"it is no JSON ({error})") from error
    if isinstance(schema, dict):
        _check(value, schema)
        return value
    from pydantic import ValidationError

    try:
        return schema.model_validate_json(body)  # type: ignore[attr-defined]
    except ValidationError as error:
        found = [f"{'.'.join(map(str, e['loc'])) or 'the reply'}: {e['msg']}" for e in error.errors()[:5]]
        raise Misfit("; ".join(found)) from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _check(value: Any, schema: dict[str, Any]) -> None:
    from jsonschema.exceptions import best_match
    from jsonschema.validators import validator_for
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    # an own registry, because the default one fetches references from the network
    errors = validator_for(schema)(schema, registry=Registry()).iter_errors(value)
    try:
        worst = best_match(errors)
    except Unresolvable as error:
        raise BadArgument(f"the JSON schema refers to {error.ref!r}, which is no part of it") from error
    if worst is not None:
        where = "/".join(map(str, worst.absolute_path)) or "the reply"
        raise Misfit(f"{where}: {worst.message[:300]}")


def _as_messages(messages: Any) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, convert_to_messages

    if isinstance(messages, str):
        return [HumanMessage(messages)]
    if hasattr(messages, "to_messages"):
        found: list[BaseMessage] = messages.to_messages()
        return found
    return convert_to_messages(messages)
