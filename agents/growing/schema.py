"""The JSON schemas of replies: small enough to be finished, closed, and in the order in which a model should think."""

from __future__ import annotations

from typing import Any

from agents.growing.vocabulary import Vocabulary

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


def _edge(vocabulary: Vocabulary, first: dict[str, Any] | None = None) -> dict[str, Any]:
    verb = {"type": "string", "enum": list(vocabulary.verbs)} if vocabulary.verbs else _text(VERB)
    return _closed({**(first or {}), "source": _text(NAME), "relation": verb, "target": _text(NAME)})


def _nodes(vocabulary: Vocabulary, most: int) -> dict[str, Any]:
    kind = {"type": "string", "enum": list(vocabulary.types)}
    return {"type": "array", "items": _closed({"id": _text(NAME), "type": kind}), "minItems": 2, "maxItems": most}


def thought_schema(vocabulary: Vocabulary, most: int) -> dict[str, Any]:
    """Graph-PReFLexOR's structured reasoning: brainstorm, graph, patterns, synthesis, then the answer.

    most: edges of the graph. Nodes are listed apart where they have types.
    """
    edges = {"type": "array", "items": _edge(vocabulary), "minItems": min(4, most), "maxItems": most}
    graph = {"nodes": _nodes(vocabulary, most + 2), "edges": edges} if vocabulary.types else {"edges": edges}
    return _closed(
        {
            "brainstorm": _text(400),
            **graph,
            "patterns": _text(200),
            "synthesis": _text(300),
            "answer": _text(400),
        }
    )


def facts_schema(vocabulary: Vocabulary, most: int, sentences: int) -> dict[str, Any]:
    """Facts of a text, each after the number of its sentence: a small model that names it last names any."""
    where = {"sentence": {"type": "integer", "minimum": 1, "maximum": max(1, sentences)}}
    facts = {"type": "array", "items": _edge(vocabulary, where), "maxItems": most}
    return _closed({"nodes": _nodes(vocabulary, most), "facts": facts} if vocabulary.types else {"facts": facts})


def critique_schema(vocabulary: Vocabulary, most: int, edges: int) -> dict[str, Any]:
    """A critique of a graph of `edges` edges, the numbers of those to leave out, and at most `most` new ones."""
    wrong = {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": max(1, edges)}, "maxItems": 6}
    new = {"type": "array", "items": _edge(vocabulary), "maxItems": most}
    texts = {"synthesis": _text(300), "answer": _text(400)}
    return _closed({"critique": _text(400), "wrong": wrong, "edges": new, **texts})


ANSWER = _closed({"answer": _text(900)})
