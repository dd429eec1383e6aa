"""What was read from a text: the graph, the question, the wanted format, and what was left over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from graphs.graph import Graph

Role = Literal["graph", "question", "format", "notation", "definition", "example", "filler", "leftover"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range [start, end) of the text and what it was read as.

    graph: declares nodes, edges or attributes. question: what is asked. format: how the answer shall look.
    notation: how to read the edges ("(i,j) means …"). definition: explains a term of the question.
    example: questions on other graphs that are answered already, in front of the question.
    filler: politeness, headings, "Answer:", which carry nothing. leftover: claimed by nobody.
    """

    start: int
    end: int
    role: Role


@dataclass(frozen=True)
class Reading:
    """A text taken apart. Every character that is not white space lies in exactly one span.

    graphs: the graphs in the order of the text; empty when the text has none. `graph` is the first.
    question: the question's text alone (joined by a space where it stands in several places); "" when none is asked.
    answer_format: the sentences that say how the answer shall look; "" when none do.
    definitions: sentences that explain terms, for the planner ("Two nodes are connected if there is a path …").
    contradictions: what the text says about the graph that its edges deny, in plain words.
    declared_nodes: whether the text lists or counts the nodes of its graph, so that a node elsewhere is no node.
    confidence: 1.0 when every character is claimed and nothing is contradicted; less for each doubt; 0.0 for a text
        whose graph is a guess.
    """

    text: str
    graphs: tuple[Graph, ...]
    question: str
    answer_format: str = ""
    definitions: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    contradictions: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    confidence: float = 1.0
    leftovers: tuple[str, ...] = field(default=())
    declared_nodes: bool = False

    @property
    def graph(self) -> Graph | None:
        return self.graphs[0] if self.graphs else None
