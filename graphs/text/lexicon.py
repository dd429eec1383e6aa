"""The words of the grammar: kinds of nodes, relations, attributes, headings, and what questions begin with."""

from __future__ import annotations

import re
from typing import Literal

from graphs.text.patterns import lazy

Direction = Literal["forward", "backward", "both"]

# Nouns that stand before a label ("node 3", "city Oslo") or name a set of nodes ("the cities are: …").
KINDS = (
    "node vertex point city town village station person user player computer server router machine host building house "
    "island airport intersection junction room task job course worker applicant student teacher employee project paper "
    "author page website actor movie gene protein species country team account hub warehouse location stop "
    "member agent "
    "switch device item product customer company organisation organization entity concept module package "
    "friend hospital "
    "doctor patient book reader skill machine scientist researcher politician character"
).split()
PLURALS = {"vertex": "vertices", "person": "people", "city": "cities", "country": "countries", "species": "species"}
PLURALS |= {"company": "companies", "entity": "entities", "switch": "switches"}
SINGULAR = {PLURALS.get(kind, kind + "s"): kind for kind in KINDS} | {kind: kind for kind in KINDS}
SINGULAR |= {"vertexes": "vertex", "persons": "person"}
KIND = "(?:" + "|".join(sorted(SINGULAR, key=len, reverse=True)) + ")"
KIND_PREFIX = lazy(rf"(?:the\s+)?({KIND})\s+(?:#|number\s+|no\.\s*)?(?=\S)", re.I)
PLAIN_KINDS = frozenset({"node", "vertex", "point"})

# Words that never are a label when they stand bare in prose.
NOT_LABELS = frozenset(
    "a an the it its this that these those they them he she we you i there here each every any all some both either "
    "neither none nothing nobody everything everyone someone anyone something anything which who whom what "
    "other others "
    "another one node nodes vertex vertices edge edges link links graph graphs network path paths cycle not no if then "
    "their his her our your my itself themselves him us me and or but so also only "
    "two three four five several many".split()
)

# Attribute words of edges, by the standard name that they mean.
WEIGHT_WORDS = (
    "weight|length|distance|cost|price|fare|travel time|travelling time|traveling time|time to travel|"
    "duration|strength|"
    "delay|latency|toll|fee|probability|similarity|score|value|affinity|intensity|frequency|amount|expense|effort|risk|"
    "width|resistance|dist|wt|len"
)
CAPACITY_WORDS = "capacity|bandwidth|throughput|max flow|maximum flow|flow limit|cap"
TIME_WORDS = "timestamp|time step|timestep|time|year|date|day|hour|moment|step"
NUMBER = r"[-+−]?(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?"
UNITS = {
    "distance": "km|kms|kilomet(?:er|re)s?|miles?|mi|met(?:er|re)s?|m|feet|ft|cm|mm|yards?|hops?",
    "time": "minutes?|mins?|hours?|hrs?|h|seconds?|secs?|s|days?|ms|weeks?",
    "cost": "dollars?|euros?|usd|eur|pounds?|cents?|credits?|coins?|[$€£¥]|million|thousand",
    "capacity": "mbps|gbps|kbps|[mgk]bit/s|[mgk]b/s|lit(?:er|re)s?|gallons?|tons?|tonnes?|vehicles?|cars?|"
    "trucks?|packets?",
    "weight": "units?|kg|points?|%",
}
UNIT = "(?:" + "|".join(UNITS.values()) + r")\b" + r"|[$€£¥%]"
ATTRIBUTE = lazy(
    rf"""\s*[,;]?\s*(?:\bthat\s+|\bwhich\s+)?(?:
      \(\s*(?P<pw>{WEIGHT_WORDS}|{CAPACITY_WORDS}|{TIME_WORDS}|[wtcd])?\s*[:=]?\s*(?:of\s+|
          is\s+)?[$€£]?(?P<pn>{NUMBER})\s*(?P<pu>{UNIT})?(?:\s+\w+)?\s*\)
    | \b(?:(?:and\s+)?(?:with|of|has|having|carrying|whose|at)\s+)?(?:an?\s+|the\s+|its\s+)?(?:edge\s+|total\s+|
        maximum\s+|max\.?\s+)?
      \b(?P<w>{WEIGHT_WORDS}|{CAPACITY_WORDS}|(?:at\s+|in\s+)?(?:{TIME_WORDS}))s?\s*(?:of|is|=|:|
          equals?(?:\s+to)?|as)?\s*[$€£]?(?P<n>{NUMBER})\s*(?P<u>{UNIT})?(?![\w.]*\w)
    | \b(?P<v>costs?|takes?|weighs?|measures?|lasts?|carr(?:y|ies)|holds?)\s+(?:about\s+|
        up\s+to\s+)?[$€£]?(?P<vn>{NUMBER})\s*(?P<vu>{UNIT})?
    | \b(?:is|are|of|for|at|:)\s*[$€£]?(?P<n2>{NUMBER})\s*(?P<u2>{UNIT})(?:\s+(?:long|apart|away|wide))?
    | \bat\s+(?:t\s*=\s*)?(?P<n5>{NUMBER})(?=\s*[.,;!]*\s*$)
    | \b(?:is|are|of)\s+(?P<n3>{NUMBER})\s*$
    | \b(?P<n4>{NUMBER})[-\s](?P<u4>{UNIT})(?:[-\s](?:long|wide))?(?=\s)
    | \b(?:in|since|on)\s+(?P<y>1[5-9]\d\d|20\d\d|21\d\d)\b
    )""",
    re.I | re.X,
)
VERB_WORDS = {"cost": "cost", "take": "time", "weigh": "weight", "measure": "length", "last": "duration"}
VERB_WORDS |= {"carr": "capacity", "hold": "capacity"}

# Relations between a subject and a list of objects. `both` says nothing about direction.
_TO_NOUN = "edge|link|connection|arc|road|route|path|line|flight|cable|bridge|pipe|track|wire|bond|tie|street|"
_TO_NOUN += "railway|rail|train"
EDGE_NOUN = (
    rf"(?:{_TO_NOUN}|friendship|relationship|relation|ferry|bus|channel|trail|tunnel|corridor|highway|border|arrow)s?"
)
_BOTH = rf"""
  (?:is|are|was|were|gets|be|being|remains)\s+(?:also\s+|directly\s+|only\s+|then\s+|immediately\s+|bidirectionally\s+)*
    (?:connected|linked|joined|adjacent|attached|wired|tied|bonded|related|coupled|next|married|close|neighbou?ring|
       incident|paired|acquainted|in\s+contact|hooked\s+up)\s+(?:directly\s+)?(?:to|with|by\s+an?\s+edge\s+to)
| (?:is|are|was|were)\s+(?:very\s+|also\s+|only\s+)?interested\s+in
| can\s+(?:only\s+|also\s+)?(?:do|take|perform|handle|fill|cover)
| (?:is|are|was|were)\s+(?:an?\s+|the\s+|also\s+|good\s+|best\s+|close\s+|old\s+)*(?:friends?|neighbou?rs?|
    colleagues?|siblings?|
    partners?|acquaintances?|coauthors?|co-authors?|classmates?|brothers?|sisters?|cousins?|allies|ally|rivals?|
        roommates?)\s+(?:of|with|to)
| (?:has|have|shares?|had)\s+(?:an?\s+|the\s+)?(?:undirected\s+|direct\s+|common\s+|following\s+)*(?:{_TO_NOUN}|
    border)s?\s+(?:to|with|toward|towards)
| (?:has|have)\s+(?:the\s+|as\s+|an?\s+)*(?:neighbou?rs?|friends?|connections?|adjacent\s+nodes?)(?:\s+to)?:?
| (?:connects?|links?|joins?|attaches|binds|couples|pairs|interacts|collaborate[sd]?|cooperates|works|worked|
    talks|talked|speaks|
    chats|met|meets|trades|dances|plays|played|shares\s+a\s+border|wrote\s+an?\s+(?:paper|article|book)|published|
        co-?authored(?:\s+an?\s+\w+)?)\s+(?:directly\s+)?(?:to|with)
| knows|borders(?:\s+on)?|neighbou?rs|touches|befriended|befriends|met|meets|is\s+near|is\s+beside|is\s+next\s+to
| 's\s+(?:neighbou?rs?|friends?)\s+(?:is|are|include)
"""
# Forward: from the subject to the object, as the words stand. "a must be done before b" and "a is a prerequisite of b"
# give a -> b (what comes first points to what follows); "b depends on a" and "b requires a" give b -> a.
_FORWARD = rf"""
  (?:should|must|has\s+to|have\s+to|needs\s+to|shall|is\s+to|can\s+only)\s+(?:be\s+)?(?:\w+\s+)?before
| (?:(?:is|are)\s+(?:\w+\s+)?)?before | precedes?|comes\s+before|happens\s+before|goes\s+before|
    leads\s+(?:directly\s+)?to|points\s+(?:directly\s+)?(?:to|at)|
  links?\s+to(?=\s+(?:the\s+)?(?:web\s*)?(?:pages?|sites?|websites?|articles?|blogs?)\s)|
  flows\s+(?:in)?to|goes\s+(?:directly\s+)?to|runs\s+to|sends\s+(?:\w+\s+)?to|feeds(?:\s+into)?|follows|cites|
      cited|likes|loves|hates|admires|
  depends\s+(?:directly\s+)?on|relies\s+(?:directly\s+)?on|requires|needs(?!\s+to\b)|imports|calls|invokes|pays|owes(?:\s+money\s+to)?|beats|beat|defeats|
      defeated|trusts|emails|
  emailed|texts|influences|influenced|causes|activates|inhibits|regulates|eats?|preys?\s+on|hunts?|manages|supervises|
      teaches|supplies|
  reports\s+to|works\s+(?:directly\s+)?(?:for|under)|answers\s+to|refers\s+to|transfers\s+(?:\w+\s+)?to|flies\s+to|ships\s+to|visits|mentions|retweets|
      subscribes\s+to|bought|buys|owns|rates|rated
| (?:has|have)\s+(?:as\s+|an?\s+|the\s+|one\s+|two\s+|three\s+|only\s+)*(?:child(?:ren)?|sons?|daughters?|successors?|
    subordinates?|descendants?)(?:\s+nodes?)?:?
| (?:has|have)\s+(?:an?\s+|the\s+)?(?:directed|outgoing|one-way)\s+(?:{_TO_NOUN})s?\s+(?:to|toward|towards)
| (?:is|are)\s+(?:the\s+|an?\s+)*(?:parent|mother|father|boss|manager|predecessor|ancestor|teacher|supervisor|
    prerequisite|cause)\s+(?:of|for)
| (?:is|are)\s+(?:directly\s+)?followed\s+by
"""
_BACKWARD = r"""
  (?:(?:should|must|has\s+to|have\s+to|needs\s+to|is|are)\s+(?:be\s+)?(?:\w+\s+)?)?after|comes\s+after|happens\s+after
| (?:is|are)\s+(?:directly\s+)?(?:preceded|caused|cited|managed|fed|called|owned|beaten|followed\s+on)\s+by
| (?:is|are)\s+(?:the\s+|an?\s+)*(?:child|son|daughter|successor|descendant|employee)\s+of | receives\s+(?:\w+\s+)?from
"""
RELATION = lazy(
    rf"(?<![\w'])(?:(?P<forward>{_FORWARD})|(?P<backward>{_BACKWARD})|(?P<both>{_BOTH}))(?![\w'])".replace("\n", " "),
    re.I | re.X,
)
# What is travelled both ways unless somebody says otherwise, in "a road from A to B"; and what says otherwise.
TWO_WAY_NOUN = lazy(r"\b(?:road|street|bridge|path|trail|track|tunnel|border|friendship|cable|wire)s?\b", re.I)
SAYS_ONE_WAY = lazy(r"\b(?:one[- ]?way|directed|single[- ]direction|in (?:one|that|this) direction|only from)\b", re.I)
TWO_WAY_NOTE = 'a road "from … to …" is read as two-way; say "one-way" where it is'
# Verbs whose object may be a value instead of a node ("Node 2 likes golf").
VALUE_VERB = lazy(
    r"(?<!\w)(likes?|loves?|prefers?|enjoys?|hates?|plays?|votes for|supports?|belongs to|works in|studies|is "
    r"labell?ed(?: as)?|"
    r"has (?:the )?(?:label|class|colou?r|type|category)|is of (?:class|type|category)|is in (?:class|"
    r"category|group)|is colou?red)\s",
    re.I,
)
NEGATION = lazy(
    r"\b(?:not|never|cannot|no longer|nor|neither)\b|n't\b|\bno (?:direct )?(?:edge|link|connection|road|path|"
    r"flight|route)\b",
    re.I,
)
# "X and Y …": what makes the sentence an edge between X and Y.
MUTUAL = lazy(
    r"""(?<!\w)(?:
      (?:are|were|is|become|became)\s+(?:not\s+|no\s+longer\s+)?(?P<all>all\s+|pairwise\s+|mutually\s+|
          mutual\s+)?(?:also\s+|both\s+|good\s+|close\s+|best\s+|old\s+|directly\s+|now\s+)*
        (?:friends|connected|linked|adjacent|neighbou?rs|colleagues|co-?authors|joined|related|married|siblings|
            acquaintances|
           partners|classmates|roommates|allies|rivals|enemies|coworkers|co-workers|teammates|in\s+contact|
           tied|paired|bonded|interlinked|interconnected|acquainted|collaborators|relatives|cousins|brothers|sisters)
        | (?:do\s+|would\s+)?(?:conflict|clash|overlap|interfere|collide|intersect)
            (?:\s+with\s+(?:each\s+other|one\s+another))?(?=\s*[.,;!(]|\s*$)
        | (?:are|lie)(?=\s+[$€£]?\d[\d.,]*\s*[\w/]+\s+(?:apart|away|distant))|
            share\s+(?:an?\s+)?(?:\w+\s+)?(?:edge|link|border|connection)|collaborate[d]?|interact(?:ed)?|
            (?:co-?authored|wrote)\s+an?\s+\w+
      | (?:met|meet|talked|spoke|chatted|traded|danced|interact(?:ed)?|collaborated)
          (?:\s+(?:up|together|each\s+other|once|again))*(?=\s+(?:at|in|on|during|since)\b|\s*[.,;!(]|\s*$)
      | (?:both\s+)?know\s+each\s+other|form\s+an?\s+(?P<clique>clique|triangle)
    )(?!\w)""",
    re.I | re.X,
)
TOGETHER = lazy(r"\s(?:together|each\s+other|one\s+another)\b[\s.!]*$", re.I)
BETWEEN = lazy(
    r"(?<!\w)(?:(?P<between>between|connects?|connecting|links?|linking|joins?|joining)|(?P<origin>from))\s+", re.I
)

DIRECTED = lazy(
    r"\b(?P<un>un-?directed|bidirectional|two-?way)\b|\b(?:directed|digraph|one-?way|DAG)\b|\(one way\)", re.I
)
GRAPH_WORD = lazy(
    rf"\b(?:(?:sub|di|multi)?graphs?|networks?|tree|nodes?|vertices|vertex|edges?|links?|adjacency|matrix|"
    rf"{KIND}|{EDGE_NOUN})\b|\bV\s*=|\bE\s*=",
    re.I,
)

HEADINGS: dict[str, str] = {}
for _role, _names in {
    "question": "q|question|query|task|problem|the question|my question|your task|questions|exercise",
    "answer": "a|answer|output|solution|response|reply|your answer|final answer|ans",
    "format": "format|output format|answer format|response format|expected format|expected output|format of the answer",
    "definition": "note|notes|definition|definitions|hint|hints|remark|background|reminder|where|context|notation",
    "edges": "edges|edge list|list|the edges|links|connections|relations|relationships|arcs|edge set|roads|"
    "flights|routes|friendships|"
    "graph|the graph|graph g|g|network|the network|input|input graph|e|data|adjacency list|adjacency|graph "
    "edges|edgelist|"
    "graph data|the edges are|the edges of the graph are|list of edges|pairs|dependencies|friends|contacts|"
    "interactions|citations|doors|corridors|hallways|passages|pipes|streets|tunnels|cables|wires|tracks|trails|ferries|"
    "bonds|ties|collaborations|acquaintances|partnerships|hyperlinks|references|imports|transfers|trades|matches|"
    "here is the graph|here is my graph|the graph is|graph description|connections are|adjacency lists",
    "matrix": "adjacency matrix|matrix|weight matrix|the adjacency matrix|the adjacency matrix is|distance "
    "matrix|capacity matrix",
    "nodes": "nodes|vertices|node list|the nodes|people|cities|everyone|everybody|students|employees|users|"
    "participants|players|stations|islands|rooms|computers|servers|routers|towns|airports|staff|names|"
    "node set|vertex set|v|persons|members|the nodes are|the vertices|nodes are",
    "embedding": "embeddings|features|node embeddings|node features|the embeddings are",
    "filler": "hi|hello|dear|thanks|thank you|example|system|user|human|assistant|instruction|instructions|prompt",
}.items():
    HEADINGS.update(dict.fromkeys(_names.split("|"), _role))
HEADING = lazy(r"\s*[*#>_]*\s*([A-Za-z][A-Za-z ]{0,40}?)\s*(\([A-Za-z][A-Za-z ]{0,30}\)\s*)?[*_]*:(?!\S*//)\s*[*_]*\s*")
NODES_TO_NUMBER = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}


def heading_role(words: str) -> str | None:
    """What the words before a colon announce: edges, nodes, the question …; None for words that are no heading."""
    return HEADINGS.get(" ".join(words.lower().split()))


def singular(word: str) -> str | None:
    """The kind of node that `word` names, in the singular and lower case; None when it names none."""
    return SINGULAR.get(word.lower())


def standard_attribute(word: str) -> tuple[str, str]:
    """The standard edge attribute that a word of the text means, and the word that the user would know it by."""
    word = " ".join(word.lower().split())
    bare = re.sub(r"^(?:at|in)\s+", "", word)
    if re.fullmatch(CAPACITY_WORDS, bare):
        return "capacity", bare
    if re.fullmatch(TIME_WORDS + "|t", bare):
        return "time", bare
    return "weight", {"w": "weight", "d": "distance", "c": "cost"}.get(bare, bare)


def unit_attribute(unit: str) -> tuple[str, str]:
    """The standard attribute that a unit of measure speaks of, and a word for it: "km" is a distance, a weight."""
    for word, pattern in UNITS.items():
        if re.fullmatch(pattern, unit, re.I):
            return ("capacity", "capacity") if word == "capacity" else ("weight", word)
    return "weight", "weight"
