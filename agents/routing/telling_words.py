"""Words without which a question does not ask for a tool, and words with which it asks for another one.

The router compares questions and templates as sets of ideas: "share an edge" and "share a node" hold the same ones
when nodes and edges both are spoken of.
"""

from __future__ import annotations

import re

from graphs.text.patterns import lazy

_THINGS = r"(?:edges?|links?|ties?|roads?|cables?|connections?|lines?|wires?|pipes?|streets?|flights?|friendships?)"
NEEDED = {
    "barycenter": lazy(
        r"barycent|centroid|graph|network|tree|total|sum|dist|far|near|where|nod|vert|point|place", re.IGNORECASE
    ),
    "adjacency_spectrum": lazy(r"eigen|spectr", re.IGNORECASE),
    "laplacian_spectrum": lazy(r"eigen|spectr", re.IGNORECASE),
    "algebraic_connectivity": lazy(r"algebraic|fiedler|smallest|non-?zero|spectral gap", re.IGNORECASE),
    "refinement_distinguishes": lazy(
        r"refine|\bwl\b|-wl\b|weisfeiler|distinguish|\btell\b|\btold\b|automorph", re.IGNORECASE
    ),
    "minimum_dominating_set": lazy(
        r"dominat|every|each|\ball\b|other|rest|cover|watch|\bsee|guard|serv|reach|within|adjacent|next to",
        re.IGNORECASE,
    ),
    "minimum_vertex_cover": lazy(r"cover|every|each|\ball\b|touch|watch|guard|incident|monitor|hit", re.IGNORECASE),
    "optimal_assignment": lazy(
        r"assign|hungarian|match|pair|alloc|distribut|job|task|worker|each|every|cost|cheap|best|sum|total",
        re.IGNORECASE,
    ),
    "merge_nodes": lazy(
        r"merg|combin|contract|collaps|fus|unit|join|glu|identif|amalgam|weld|melt|\binto\b|together|as one",
        re.IGNORECASE,
    ),
    "predict_links_from": lazy(
        r"predict|should|will|would|likely|might|could|may|recommend|suggest|next|miss|expect|future|soon|probab|propos",
        re.IGNORECASE,
    ),
    "predict_links_to": lazy(
        r"predict|should|will|would|likely|might|could|may|recommend|suggest|next|miss|expect|future|soon|probab|propos",
        re.IGNORECASE,
    ),
    # "friends" alone are no friends of friends
    "nodes_at_distance": lazy(
        r"distan|away|\bhops?\b|\bsteps?\b|\b(?:friends?|neighbou?rs?|contacts?|acquaintances?|partners?|colleagues?)"
        r"(?:['’]s?)? (?:of|of the|of its|of his|of her) (?:friends?|neighbou?rs?|contacts?|acquaintances?|partners?|"
        r"colleagues?)|\b(?:friends|neighbou?rs)['’] |\bfar\b|apart|layer|level|ring|sphere|radius|removed|degrees? of|"
        r"edges?|links?|jumps?|moves?|stops?|flights?|handshakes?|\w+(?:-|th |nd |rd )(?:degree|order)",
        re.IGNORECASE,
    ),
}
OTHERWISE = {
    "num_nodes": lazy(
        r"^\W*(?:\w+\W+){0,6}?(?:sort|arrange|rank|order)\b(?! of\b)|"
        r"\bmodules (?:in|of) the (?!module|software|package|code|dependency)\w+ (?:network|graph|map)\b",
        re.IGNORECASE,
    ),
    "louvain_communities": lazy(r"\bmembers of (?:our|this|my|the) (?:group|club|team|community)\b", re.IGNORECASE),
    "list_edges": lazy(r"\bthe ones\W*$", re.IGNORECASE),
    "list_nodes": lazy(r"\bthe ones\W*$", re.IGNORECASE),
    "neighbors": lazy(r"neighbou?rhood (?:sub-?)?(?:graph|network)|\bego\b", re.IGNORECASE),
    "degree": lazy(r"neighbou?rhood (?:sub-?)?(?:graph|network)|\bego\b", re.IGNORECASE),
    "clustering_coefficient": lazy(
        r"\b(?:in|of|to|into|within|inside) (?:one|the same|an?|the|which|what|its|their|his|her) clusters?\b",
        re.IGNORECASE,
    ),
    "maximum_matching": lazy(rf"\bno two\b[^?.]*\bshar\w+ (?:an?|any|the same|one) {_THINGS}\b", re.IGNORECASE),
    "maximum_independent_set": lazy(
        rf"\b{_THINGS}\b[^?.]*\bno two\b[^?.]*\bshar\w+ (?:an?|any|the same|one) (?!{_THINGS})", re.IGNORECASE
    ),
    "graph_colouring": lazy(rf"\b{_THINGS} colou?r", re.IGNORECASE),
    "chromatic_number": lazy(rf"\b{_THINGS} colou?r", re.IGNORECASE),
    # everybody with everybody: the complement's edges
    "edges_to_connect": lazy(
        r"\b(?:every(?:body|one)|each|all|any(?:body|one)?)\b[^?.]*\b(?:knows?|friends?|linked|connected|joined|adjacent|next|"
        r"neighbou?rs?|meets?)\b[^?.]*\b(?:every(?:body|one)|every other|each other|one another|all (?:the )?others?|"
        r"any(?:body|one) else)\b|"
        r"\bto make (?:it|(?:the|this) (?:graph|network))\b(?! (?:strongly |weakly )?connected)",
        re.IGNORECASE,
    ),
    # "Turn Ann and Bob into one vertex …" makes a graph
    "cut_size": lazy(r"\binto (?:one|a single) (?:node|vertex|point)\b", re.IGNORECASE),
    "node_connectivity": lazy(
        rf"\b{_THINGS}\b[^?.]*\b(?:remov|delet|cut|separat|disconnect|fail|los)\w*\b", re.IGNORECASE
    ),
    "spectral_gap": lazy(r"\b(?:second|2nd) (?:largest|biggest|highest|smallest|lowest) eigenvalue", re.IGNORECASE),
    "incident_edges": lazy(r"\binto (?:one|a single) (?:node|vertex|point)\b", re.IGNORECASE),
}
# What is asked of a word, or of a kind of thing, is not asked of this graph.
_OF_WORDS = lazy(
    r"\bdefinition of\b|\bdefine\b|"
    r"\bwhat (?:kind|sort|type)s? of (?:tree|graph|network)s? (?:has|have|do|does|grows?)\b",
    re.IGNORECASE,
)


def speaks_otherwise(tool: str, question: str) -> bool:
    """Whether the words of `question` rule out that it asks for `tool`."""
    needed, other = NEEDED.get(tool), OTHERWISE.get(tool)
    if needed is not None and not needed.search(question):
        return True
    return bool((other is not None and other.search(question)) or _OF_WORDS.search(question))
