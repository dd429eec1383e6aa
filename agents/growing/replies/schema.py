"""The JSON schemas of replies: small enough to be finished, closed, and in the order in which a model should think."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agents.growing.grounding.vocabulary import Vocabulary

NAME, VERB = 60, 32  # characters


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _edge(vocabulary: Vocabulary) -> dict[str, Any]:
    verb = {"type": "string", "enum": list(vocabulary.verbs)} if vocabulary.verbs else _text(VERB)
    return _closed({"source": _text(NAME), "relation": verb, "target": _text(NAME)})


def _nodes(vocabulary: Vocabulary, fewest: int, most: int) -> dict[str, Any]:
    """The things that a graph is about: names, or names with types."""
    node = _text(NAME)
    if vocabulary.types:
        node = _closed({"id": node, "type": {"type": "string", "enum": list(vocabulary.types)}})
    return {"type": "array", "items": node, "minItems": fewest, "maxItems": most}


def thought_schema(vocabulary: Vocabulary, most: int) -> dict[str, Any]:
    """Graph-PReFLexOR's structured reasoning: brainstorm, graph, patterns, synthesis, then the answer.

    most: edges of the graph. Nodes come before edges: a small model that has not named things before it links them
    cuts its own sentences into three.
    """
    return _closed(
        {
            "brainstorm": _text(300),
            "nodes": _nodes(vocabulary, min(6, most), most + 2),
            "edges": {"type": "array", "items": _edge(vocabulary), "minItems": min(5, most), "maxItems": most},
            "patterns": _text(200),
            "synthesis": _text(300),
            "answer": _text(400),
        }
    )


def facts_schema(vocabulary: Vocabulary, anchors: Sequence[str], most: int) -> dict[str, Any]:
    """The facts of each sentence of a text under its anchor: its number and first words, at most `most` facts each.

    A small model that is left to itself repeats the facts of the first sentences for the whole text; one that has just
    written a sentence's first words looks at that sentence. A fact is a list of three strings, half the tokens of an
    object, unless the verbs are given.
    """
    name = {"type": "array", "items": _text(NAME), "minItems": 3, "maxItems": 3}
    fact = _edge(vocabulary) if vocabulary.verbs else name
    of_sentence = {"$ref": "#/$defs/facts"}
    schema = _closed(
        {
            **({"nodes": _nodes(vocabulary, 0, 2 * len(anchors))} if vocabulary.types else {}),
            **{anchor: of_sentence for anchor in anchors},
        }
    )
    return {**schema, "$defs": {"facts": {"type": "array", "items": fact, "maxItems": most}}}


def critique_schema(vocabulary: Vocabulary, most: int, edges: int) -> dict[str, Any]:
    """A critique of a graph of `edges` edges, the numbers of those to leave out, and at most `most` new ones."""
    wrong = {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": max(1, edges)}, "maxItems": 6}
    new = {"type": "array", "items": _edge(vocabulary), "maxItems": most}
    texts = {"synthesis": _text(300), "answer": _text(400)}
    return _closed({"critique": _text(400), "wrong": wrong, "edges": new, **texts})


ANSWER = _closed({"answer": _text(900)})
