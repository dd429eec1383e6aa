"""Sentences beside the question that order another graph than the one given, and of which no change was made."""

from __future__ import annotations

import re

_LEAD = (
    r"^\W*(?:(?:please|kindly|now|then|next|first|so|and|but|also|again|ok(?:ay)?|well|just|go ahead and|let us|"
    r"let['’]s|(?:could|can|would|will) you|what (?:if|happens if|would happen if) (?:we|you|i|one)(?: were to)?|"
    r"do (?:me|us) (?:a|the) favou?r (?:and|of)|i (?:want|need|would like|['’]d like) you to|(?:we|you|i) "
    r"(?:now )?(?:have to|must|should|shall|will))\W+)*"
)
_CHANGING = (
    r"(?:(?:un)?invert|revers|transpos|flip|complement|subdivid|contract|collaps|merg|melt|bundl|fus|weld|glu|amalgamat|"
    r"split|prun|trim|strip|shrink|condens|coarsen|thin|sparsif|symmetri[sz]|decommission|dismantl|demolish|scrap|retir|"
    r"suspend|drop|delet|remov|eras|dismiss|discard|withdraw|retract|eliminat|annul|cancel|kill|shut|clos|block|disabl|"
    r"insert|add|append|attach|link|wire|hook|introduc|establish|erect|install|duplicat|clon|copy|swap|exchang|replac|"
    r"renam|relabel|mov|rewir|shuffl|doubl|tripl|halv|squar|mirror|restrict|isolat|ignor|forget|disregard|connect)"
    r"(?:e|y|ify|s|es)?"
)
_ORDER = re.compile(
    rf"{_LEAD}(?:{_CHANGING}\b(?! (?:to|your|my|me)\b)|make (?:the (?:graph|network)|it|them|this) "
    r"(?!(?:short|brief|quick|simple|clear|easy|snappy|fast)\b)|let\b[^.?!]*\bbe\b(?! brief| short| clear| honest))",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    rf"{_LEAD}(?:consider|take|picture|imagine|suppose|assum\w+|pretend|say|what interests me is|use|look at|"
    r"think of|construct|build|form|draw|produce|(?:i['’]m |i am |we are |we['’]re )?(?:dealing|working|concerned) "
    r"with|work with|turn to|go on with|continue with)\b[^.?!]*\b(?:subdivi\w+|transpos\w*|complement\w*|invert\w*|"
    r"revers\w*|(?:line|interchange|edge) graph|sub-?graph|undirected|directed version|closure|condens\w*|symmetri\w*|"
    r"mirror\w*|neighbou?rhood graph|ego|induced|prun\w+|drops? out|dropped|gone|closed|removed|deleted|merged|"
    r"collapsed|contracted|instead)\b",
    re.IGNORECASE,
)
# "In the wake of forming the interchange graph, what is …"
_FIRST = re.compile(
    r"^[^,?]*\b(?:in the wake of|after|upon|having|following|on|by|when|once)\s+(?:\w+\s+)?"
    r"(?:forming|taking|building|constructing|making|drawing|computing|inverting|reversing|transposing|complementing|"
    r"subdividing|contracting|collapsing|merging|condensing|flipping)\b[^?,]*\b(?:\w*graph|network|complement|closure|"
    r"transpose|condensation|edges|arcs|nodes|vertices|components|directions?|orientations?)\b[^?,]*,\s",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+|now\s+|then\s+|also\s+|all\s+)?(?:collapsed|merged|"
    r"contracted|removed|deleted|inverted|reversed|transposed|subdivided|retracted|dropped|closed|shut|added|inserted|"
    r"replaced|swapped|split|doubled|halved|fused|glued|discarded|dismissed|erased|cut|pruned|condensed|flipped|"
    r"complemented|symmetri[sz]ed|duplicated|renamed|shrunk|thinned|rewired)\b",
    re.IGNORECASE,
)


def orders(sentence: str) -> bool:
    """Whether a sentence that is not the question itself asks for another graph.

    >>> orders("Please invert the graph."), orders("Please be brief.")
    (True, False)
    """
    said_done = not sentence.rstrip().endswith("?") and _DONE.search(sentence)
    return bool(said_done or _ORDER.match(sentence) or _ANOTHER.match(sentence))


def formed_before(question: str) -> bool:
    """Whether a question begins with a graph that is to be made before, of which nothing was made.

    >>> formed_before("After forming the interchange graph, what is the diameter?")
    True
    """
    return _FIRST.match(question) is not None
