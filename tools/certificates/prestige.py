"""Checks of prestige: the scores put into the equation that they solve, which has one solution."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.centrality import Scored, claim, shown_scores
from tools.certificates.scores import verify_eigenvector, verify_hits, verify_katz, verify_pagerank


@checker("eigenvector_centrality")
def check_eigenvector_centrality(graph: Graph, answer: Scored, node: Any = None, weight: str | None = None) -> str:
    """the vector put into A^T x = c x, and its components compared"""
    settled(answer)
    verify_eigenvector(graph, shown_scores(graph, answer, node), weight)
    return claim(answer, node, "eigenvector centrality")


@checker("katz_centrality")
def check_katz_centrality(
    graph: Graph, answer: Scored, node: Any = None, alpha: float = 0.1, weight: str | None = None
) -> str:
    """the vector put into x = alpha A^T x + c, positive, which shows that the sum over walks converges"""
    settled(answer)
    verify_katz(graph, shown_scores(graph, answer, node), alpha, weight)
    return claim(answer, node, "Katz centrality")


@checker("pagerank")
def check_pagerank(
    graph: Graph,
    answer: Scored,
    node: Any = None,
    damping: float = 0.85,
    iterations: int | None = None,
    weight: str | None = None,
) -> str:
    """one round of PageRank leaves the ranks as they are (or so many rounds, run again, give them)

    A round shrinks differences by `damping`, so the error is at most the residual divided by 1 - damping.
    """
    settled(answer)
    error = verify_pagerank(graph, shown_scores(graph, answer, node), damping, iterations, weight)
    return f"{claim(answer, node, 'PageRank')}, with a total error of at most {error:.1g}"


@checker("personalized_pagerank")
def check_personalized_pagerank(
    graph: Graph,
    answer: Scored,
    sources: list[Any],
    node: Any = None,
    damping: float = 0.85,
    weight: str | None = None,
) -> str:
    """one round of PageRank with jumps to the sources leaves the ranks as they are"""
    settled(answer)
    chosen = [graph.node(source) for source in sources]
    require(chosen, "there are no sources")
    error = verify_pagerank(graph, shown_scores(graph, answer, node), damping, None, weight, chosen)
    return f"{claim(answer, node, 'personalized PageRank')}, with a total error of at most {error:.1g}"


def _hits(tool: str, kind: str) -> None:
    def check(graph: Graph, answer: Scored, node: Any = None, weight: str | None = None) -> str:
        """both steps of HITS together leave the scores as they are, and its components are compared"""
        settled(answer)
        verify_hits(graph, shown_scores(graph, answer, node), kind, weight)
        return claim(answer, node, f"{kind} score")

    checker(tool)(check)


_hits("hub_scores", "hub")
_hits("authority_scores", "authority")
