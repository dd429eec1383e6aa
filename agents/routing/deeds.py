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
    r"dumps?|quarrel\w*|fall(?:s|ing)? out|fell out|stop\w*|start\w*|ends?|ended|join\w*|befriend\w*|"
    r"mak(?:e|es) friends|introduc\w+|meets?|met|marr(?:y|ies|ied)|get(?:s|ting)? to know|got|gets|newcomers?|"
    r"strangers?|merg\w+|two-way|one-way|increas\w+|decreas\w+|multipl\w+|costs? (?:twice|half|\w+ (?:more|less))|"
    r"ris(?:e|es)|rose|falls?|fell|goes up|arrows around|pretend|throw o|over|part(?:s|ed)? ways|split\w*|subdivid\w+|"
    r"added|gain\w*|get weight|off limits|inaccessible|flooded|lose their|away|"
    r"keep\w*|stay\w*|remain\w*)\b",
    re.IGNORECASE,
)
THINGS = lazy(
    r"\b(?:every\w*|all|each|arrows?|arcs?|weights?|lengths?|distances?|costs?|edges?|streets?|roads?|links?|lines?|"
    r"connections?|leaf|leaves|people|persons?|members?|nodes?|vertex|vertices|towns?|cities|friends?|friendships?|"
    r"relations?|strangers?|graph|network|ones|steps?)\b",
    re.I,
)
