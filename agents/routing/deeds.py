"""Words that tell what happens to nodes and edges, and words for these, wherever a change may be told."""

from __future__ import annotations

import re

from graphs.text.patterns import lazy

# What happens to nodes or edges. Where nothing was made of it, the graph is not the one that is asked about.
DEEDS = lazy(
    r"\b(?:doubl\w+|halv\w+|tripl\w+|clos(?:e|es|ed|ing)|shut|block\w*|fail\w*|vanish\w*|disappear\w*|break\w*|"
    r"broken?|gone|goes?|went|los(?:e|es|t|ing)|shrinks?|shrank|prun\w+|restrict\w*|reduc\w+|duplicat\w+|"
    r"complement\w*|made (?:complete|undirected|directed)|chang\w+|remov\w+|delet\w+|cut|dropp?\w*|skip\w*|"
    r"replac\w+|mov(?:e|es|ed)|becom\w+|became|turn\w*|revers\w+|flip\w*|swap\w*|instead|now|no longer|no more|"
    r"anymore|left|leav(?:e|es|ing)|quits?|extra|new|without|twice|half|longer|shorter|cheaper|dearer|the same|"
    r"the other way|ignor\w+|died?|dies|fired|offline|down|unreachable|graduat\w+|retir\w+|resign\w+|unfriend\w*|"
    r"dumps?|quarrel\w*|fall(?:s|ing)? out|fell out|stop\w*|start(?:s|ed)? (?:to|\w+ing)|ends?|ended|join\w*|"
    r"befriend\w*|mak(?:e|es) friends|introduc\w+|meets?|met|marr(?:y|ies|ied)|get(?:s|ting)? to know|got|gets|"
    r"newcomers?|strangers?|merge[sd]?|two-way|one-way|increas\w+|decreas\w+|multipl(?:y|ies|ied)|"
    r"costs? (?:twice|half|\w+ (?:more|less))|"
    r"ris(?:e|es)|rose|falls?|fell|goes up|arrows around|pretend|throw o|over|part(?:s|ed)? ways|split\w*|subdivid\w+|"
    r"added|gain\w*|get weight|off limits|inaccessible|flooded|lose their|away|"
    r"keep\w*|stay\w*|remain\w*)\b",
    re.IGNORECASE,
)
_THING = (
    r"\b(?:every\w*|all|each|arrows?|arcs?|weights?|lengths?|distances?|costs?|edges?|streets?|roads?|links?|lines?|"
    r"connections?|leaf|leaves|people|persons?|members?|nodes?|vertex|vertices|towns?|cities|friends?|friendships?|"
    r"relations?|strangers?|graph|network|ones|steps?)\b"
)
_THINGS = lazy(_THING, re.I)
# "Note that Ann has left."
MIND = lazy(
    r"^\W*(?:(?:please|but|and|also)\s+)*(?:note|notice|remember|recall|mind|keep in mind|bear in mind|be aware)"
    r"(?:\s+also)?(?:,|\s+that\b|\s+to\b|\s*:)?\s+",
    re.IGNORECASE,
)
# Nothing happens: "The graph does not change over time.", "New edges are never added.", "It stays the same."
_NOTHING = lazy(
    r"\b(?:do|does|did|is|are|was|were|has|have|can|will)(?: not|n['’]t)\b(?!.*\b(?:any ?more|any longer|exist)\b)|"
    r"\bnever\b|\bnothing\b|\b(?:stays?|remains?) (?:\w+ )?the same\b|^\W*no \w+ (?:is|are|was|were|has|have)\b",
    re.I,
)
_SUBJECT = (
    r"\W*(?:(?:please|note|remember|notice|mind|keep in mind|bear in mind)(?: that)?\s+)?"
    r"(?:(?:then|now|later|meanwhile|suddenly|today|yesterday|also|and|but|so|next|suppose|assume|imagine|say|if|that),?\s+)*"
    r"(?:(?:the|all|every|each|these|those|both|any|some|two|three|four|half|most|many|a|an|of|our|my|your|only|no)\s+)*"
    r"(?:[\w-]+\s+)?"
)
_OF_THINGS = lazy(rf"{_SUBJECT}{_THING}", re.I)


def happens(said: str) -> bool:
    """Whether a sentence that names no node tells or orders a change of nodes, edges, weights or the whole graph."""
    if not DEEDS.search(said) or not _THINGS.search(said) or _NOTHING.search(said):
        return False
    return _OF_THINGS.match(said) is not None or DEEDS.match(said.lstrip()) is not None or len(said.split()) < 4


# A node whose name is also the article.
OF_NODE_A = lazy(r"\ba (?:is|was|has|gets?|got|fails?|goes|leaves?|left|quits?|dies|died|breaks?)\b")
