"""The well-known graph that a text names: "Let G be the petersen graph."; and what it says of it beside."""

from __future__ import annotations

from graphs.graph import Graph
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_WORD = lazy(r"[^\W\d_]+")
# Words that introduce a graph and change nothing of it; any other may ("with the corner removed").
_PLAIN = frozenset(
    "a an the this that of on with in for and to from let be is are we i it here there consider given take have "
    "has look at suppose assume say study my our your network graph graphs node nodes vertex vertices edge edges "
    "numbered labelled labeled named called known well famous usual standard ordinary simple undirected "
    "unweighted through g h n k classic following question about work please think denote use using now hi hello "
    "dear thanks want know would like as its whose which where who one".split()
)


def named_graph(scan: Scan) -> tuple[Graph, ...]:
    """The well-known graph that the text names, if it names one."""
    try:
        from graphs.generators.named import find_named_graph
    except ModuleNotFoundError:
        return ()
    found = find_named_graph(scan.text)
    if found is None:
        return ()
    graph, start, end = found
    _doubt_words(scan, start, end)
    claims = []
    for first, last, role in scan.claims:
        if first < end and start < last:
            claims += [(first, start, role), (end, last, role)]
        else:
            claims.append((first, last, role))
    scan.claims = [c for c in claims if c[0] < c[1]] + [(start, end, "graph")]
    return (graph,)


def _doubt_words(scan: Scan, start: int, end: int) -> None:
    """Contradict a draft where other words than those that introduce the named graph stand beside its name."""
    rest = []
    for first, last, role in scan.claims:
        if role in ("graph", "definition", "notation"):
            rest.append(scan.text[first : min(last, start)] if first < start else "")
            rest.append(scan.text[max(first, end) : last] if last > end else "")
    words = [word for word in _WORD.findall(" ".join(rest)) if word.casefold() not in _PLAIN]
    if words:
        scan.draft.contradictions.append(f"{' '.join(words)[:80]!r} beside the name of a graph was not understood")
        scan.draft.doubts += 0.2


def beside_name(scan: Scan) -> tuple[Graph, ...]:
    """The graph that a text names, where its edges were read from the name alone: "Let G be K_{3,3}" is no edge 3-3.

    A draft of edges beside the name of a graph that has others is contradicted.
    """
    from graphs.generators.named import find_named_graph

    if len(scan.drafts) != 1 or len(scan.text) > 20_000 or not scan.draft.links:
        return ()
    found = find_named_graph(scan.text)
    if found is None:
        return ()
    graph, start, end = found
    if all(start <= link[2] and link[3] <= end for link in scan.draft.links):
        return named_graph(scan)
    sized = any(char.isdigit() for char in scan.text[start:end])
    told = any(
        role not in ("question", "leftover", "example", "filler") and a <= start < b for a, b, role in scan.claims
    )
    pairs = {frozenset(link[:2]) for link in scan.draft.links}
    if told and sized and graph.num_edges != len(pairs):
        scan.draft.contradictions.append(f"{scan.text[start:end]!r} has other edges than were read")
        scan.draft.doubts += 0.6
    return ()
