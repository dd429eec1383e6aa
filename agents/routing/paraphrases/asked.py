"""How a question is led in, and what it counts: sizes, steps, pieces, what falls apart without what."""

from __future__ import annotations

from agents.routing.paraphrases.fragments import BREAK, EDGE, HOPS, LOST, NO_SET, NODE, rules

ASKED = rules(
    # how a question is led in
    (
        r"^(?:please |could you |can you |would you )+(?:please )?(?:check|tell me|say|determine|"
        r"verify|find out|let me know) (?:if|whether) ",
        "whether ",
    ),
    (r"\bdo (?:we|you|i) (?:have|see|find|get) (?=an?\b|any\b|some\b)", "is there "),
    (r"\b(?:what|which) (?:share|percentage|proportion|part) of\b", "what fraction of"),
    (
        r"\b(?:what|which) (?P<what>paths|routes|ways|trails) (?:exist|are there|lead|go|can (?:i|one|"
        r"you) take|are possible)\b",
        r"list all \g<what>",
    ),
    (
        r"\b(?:visiting|using|passing|crossing|touching) (?:an?|any|the same|some) (?P<what>edge|link|"
        r"road) (?:twice|again|more than once)",
        r"repeated edges",
    ),
    (
        r"\b(?:visiting|using|passing|crossing|touching) (?:an?|any|the same|some) (?P<what>\w+) "
        r"(?:twice|again|more than once)",
        r"repeated nodes",
    ),
    (
        r"\b(?:has|have|had|contains?|there (?:are|is)) (?:a total of )?what (?=(?:different |"
        r"connected |strongly connected )*"
        r"(?:nodes|vertices|edges|links|arcs|triangles|components|bridges|cycles|neighbou?rs|friends|people|cities)\b)",
        "how many ",
    ),
    (
        r"\b(?:by|with|through) (?:an?|some|any) (?:single |direct )?(?:edge|link|road|cable|wire|"
        r"pipe|line|flight|street|track)\b"
        r"(?=\s*[?.]|$)",
        "",
    ),
    (r"\b(?:linked|connected|joined|tied|held|hanging) (?:all )?together\b", "hang together"),
    (r"\b(?:is|are) there at least (?:one|1|a single)\b", "is there a"),
    (
        r"\beccentricit(?:y|ies) (?:over|among|of|across) (?:all|any|the) (?:the )?(?:nodes?|vertices|"
        r"vertex)\b",
        "eccentricity",
    ),
    (r"\b(?:connection|link),? (?:be it )?(?:direct or (?:not|indirect)|directly or not),?", "path"),
    (
        r"\bcan (?:i|one|you|we) (?:reach|get to|go to|fly to|drive to|travel to) (?:directly|nonstop|"
        r"non-stop|straight)(?: from)?\b",
        "are adjacent to",
    ),
    (r"\bmaybe via other \w+|\bpossibly via other \w+|\beven via other \w+", "by some path"),
    # sizes
    (r"\b(?:size|cardinality) of the (?:vertex|node) set\b", "number of nodes"),
    (r"\b(?:size|cardinality) of the (?:edge|arc|link) set\b", "number of edges"),
    (r"\bhow (?:big|large) is the (?:vertex|node) set\b", "how many nodes are there"),
    (r"\bhow (?:big|large) is the (?:edge|arc|link) set\b", "how many edges are there"),
    (
        r"\b(?:size|order|number of nodes) (?:of|in) the (?:largest|biggest|giant|main) "
        r"(?P<rest>(?:connected )?component)\b",
        r"how many nodes has the largest \g<rest>",
    ),
    (
        r"\bhow many (?P<what>nodes|vertices|people|members) (?:are|lie) in the (?:largest|biggest|giant|main) "
        r"(?P<rest>(?:connected )?component)\b",
        r"how many \g<what> has the largest \g<rest>",
    ),
    (
        r"\bhow many (?:kilometres|kilometers|km|miles|metres|meters|minutes|hours)(?: long)? (?=is|"
        r"are|does|do)",
        "how long ",
    ),
    # steps
    (
        r"\b(?:in|within) (?P<k>\S+) (?P<hop>hops|steps|jumps|moves|stops|edges) or (?:less|fewer)\b",
        r"within \g<k> \g<hop>",
    ),
    (
        r"\b(?P<how>at most|within|exactly|no more than|up to) (?P<k>\d+|two|three|four|five) "
        r"(?:stops|handshakes|clicks|flights)\b",
        r"\g<how> \g<k> hops",
    ),
    (r"\b(?:no|not) (?:further|farther|longer) than\b", "at most"),
    (r"\b(?:just |only |exactly )?(?:one|a single) (?:hop|step|stop|edge|link|jump) (?:away )?from\b", "adjacent to"),
    (r"\bwithin reach (?:of|from)\b", "reachable from"),
    (r"\b(?:get|take|bring|lead|carry)s? (?:me|you|us|one) (?P<way>from|to)\b", r"reach \g<way>"),
    (
        r"\bcan (?:some |any |a )?(?:information|data|signals?|letters?|parcels?|messages?|packets?|rumou?rs?|news|"
        r"water|traffic|trains?|current) "
        r"(?:that is |that was )?(?:(?:sent|leaving|starting) (?:by|from|at|in) (?P<a>\S+) )?(?:flow|"
        r"get|travel|pass|go|arrive|spread|run|reach)"
        r"(?: at)?(?= (?:from|to|\S+\s*\?))",
        r"is there a path \g<a>",
    ),
    (
        r"\b(?P<verb>connected|linked|joined|related) (?P<to>to|with) (?P<what>[^?.,]+?),? (?:either )?"
        r"(?:directly or indirectly|indirectly or directly|indirectly)\b",
        r"\g<verb> by a path \g<to> \g<what>",
    ),
    (
        r"\b(?:chain|series|sequence|string) of (?:edges|links|friends|friendships|roads|"
        r"acquaintances|contacts|people|connections|flights|arrows)\b",
        "path",
    ),
    (r"\bto (?P<u>\S+) and (?:also )?to (?P<v>\S+?)(?=\s*[?.]|$)", r"to both \g<u> and \g<v>"),
    (r"\bto (?P<u>\S+) as well as (?:to )?(?P<v>\S+?)(?=\s*[?.]|$)", r"to both \g<u> and \g<v>"),
    (
        rf"\b(?:maximum|largest|greatest|highest) (?:possible )?(?:number|count) of {HOPS}(?: "
        rf"(?:needed|required))? between "
        r"(?:any two|two|any pair of|a pair of) \w+",
        "diameter",
    ),
    (r"\b(?:among|over|of|for) all (?:the )?pairs(?: of \w+)?,?", "between any two nodes"),
    (r"\b(?P<which>first|earliest|last) time (?=\d+(?:,? and |, ))", r"\g<which> time that "),
    (
        r"\b(?:disconnected|cut off|separated) from (?:the rest|everything|everyone|everybody|all "
        r"(?:the )?others?|any(?:thing|one| other \w+))\b(?: of the \w+| else)?",
        "isolated",
    ),
    (
        r"\bwhich (?P<who>\w+) (?:would |will )?(?:loses?|be out of) (?:the |their |its )?"
        r"(?:connections?|contact|access|touch|connectivity|reach) (?:to|with|of|from) (?:the )?(?=\w)",
        r"which \g<who> cannot be reached from ",
    ),
    (r"\b(?:no|not) less that (?=\d)", "at least "),
    # a vague amount asks for nothing: "… with a density of what contains a significant number of nodes"
    (
        r"\b(?:has|contains|holds|shows) an? (?:significant|large|small|substantial|considerable|great|certain) "
        r"(?:number|amount) of (?:nodes|edges|vertices|links)\b",
        "exists",
    ),
    # pieces
    (r"\bstrongly connected (?:parts?|pieces?|groups?|subgraphs?|sets?|regions?)\b", "strongly connected components"),
    (r"\b(?:distinct|different|disjoint|separate) (?=(?:connected )?components?\b)", ""),
    (
        r"\b(?:are|is) there (?:any |some )?(?:disconnected|unconnected|separate) (?:parts?|pieces?)\b",
        "is the graph disconnected",
    ),
    (r"\b(?:connected|linked|separate|disjoint) (?:pieces?|parts?|subnetworks?)\b", "connected component"),
    (r"\b(?:cliques? of size|cycles? of length|circles? of) (?:three|3)\b", "triangles"),
    (r"\b(?:three|3)-(?:cliques?|cycles?)\b", "triangles"),
    # what falls apart without what
    (
        rf"\b(?:the )?(?:removal|deletion|loss|failure|closure|closing) of which (?:single )"
        rf"?{EDGE}\b[^?.]*\b{BREAK}\b[^?.]*",
        "which edges are bridges",
    ),
    (
        rf"\b(?:the )?(?:removal|deletion|loss|failure|closure|closing) of which (?:single )"
        rf"?{NODE}\b[^?.]*\b{BREAK}\b[^?.]*",
        "which nodes are articulation points",
    ),
    (rf"\bwithout which (?:single )?{EDGE}\b[^?.]*\b{BREAK}\b[^?.]*", "which edges are bridges"),
    (rf"\bwithout which (?:single )?{NODE}\b[^?.]*\b{BREAK}\b[^?.]*", "which nodes are articulation points"),
    (
        rf"\bwhich {EDGE},? (?:if|when|once) (?:removed|cut|deleted|closed|lost)"
        rf"\b,?(?![^?.]*\b(?:most|fewest|more|least)\b)[^?.]*\b{BREAK}\b[^?.]*",
        "which edges are bridges",
    ),
    (
        rf"\bwhich {NODE},? (?:if|when|once) (?:removed|cut|deleted|closed|lost)"
        rf"\b,?(?![^?.]*\b(?:most|fewest|more|least)\b)[^?.]*\b{BREAK}\b[^?.]*",
        "which nodes are articulation points",
    ),
    (
        rf"\bwhich (?:single )?{EDGE} (?:removals?|deletions?|closures?|failures?)"
        rf"\b[^?.]*\b(?:{BREAK}|cut off)\b[^?.]*",
        "which edges are bridges",
    ),
    (
        rf"\bwhich (?:single )?{NODE} (?:removals?|deletions?|closures?|failures?)"
        rf"\b[^?.]*\b(?:{BREAK}|cut off)\b[^?.]*",
        "which nodes are articulation points",
    ),
    (
        rf"^{NO_SET}(?:which|what|name|list|find|give|show|tell|identify|determine|"
        rf"enumerate)\b[^?.]*?\b{EDGE}\b[^?.]*?"
        rf"\b(?:whose (?:removal|deletion|loss|closure|failure|cancellation)|(?:that|which)?,? ?(?:when|if|"
        rf"once)(?: it is| they are|ever)? {LOST}|"
        rf"can(?:['’]t|not) be {LOST} without|must (?:never|not) be {LOST}|(?:removing|deleting|closing|"
        rf"cutting|losing) (?:it|them|one))\b"
        rf"(?![^?.]*\b(?:off|apart|away)? ?from (?!each|one another|the (?:rest|others?)|others|another|everything))"
        rf"[^?.]*\b(?:{BREAK}|components?|unreachable|cut off|disconnects? \w+|stay connected|connectivity|"
        rf"apart)\b[^?.]*",
        "which edges are bridges",
    ),
    (
        rf"^{NO_SET}(?:which|what|who|whom|name|list|find|give|show|tell|identify|determine|"
        rf"enumerate)\b[^?.]*?\b(?:{NODE}|machines?)\b[^?.]*?"
        rf"\b(?:whose (?:removal|deletion|loss|closure|failure|leaving|absence)|(?:that|which)?,? ?(?:when|"
        rf"if|once)(?: it is| they are|ever)? {LOST}|"
        rf"can(?:['’]t|not) be {LOST} without|must (?:never|not) be {LOST}|such that without (?:them|it)|"
        rf"(?:removing|deleting|closing|losing) (?:it|them|one))\b"
        rf"(?![^?.]*\b(?:off|apart|away)? ?from (?!each|one another|the (?:rest|others?)|others|another|everything))"
        rf"[^?.]*\b(?:{BREAK}|components?|pieces|unreachable|cut off|disconnects? \w+|stay connected|"
        rf"connectivity|apart)\b[^?.]*",
        "which nodes are articulation points",
    ),
    (
        rf"^(?:deleting|removing|closing|losing|cutting) which (?:single )?{EDGE}\b[^?.]*\b(?:{BREAK}|"
        rf"components?)\b[^?.]*",
        "which edges are bridges",
    ),
    (
        rf"^(?:deleting|removing|closing|losing) which (?:single )?{NODE}\b[^?.]*\b(?:{BREAK}|components?)\b[^?.]*",
        "which nodes are articulation points",
    ),
    # one node in a role for another
    (
        r"\b(?P<ask>which|what) (?P<what>\w+) (?:have|has) (?P<node>[^?.]+?) as (?:an? |the |their |"
        r"its )?(?:direct |immediate )?(?:successor|child)\b",
        r"\g<ask> \g<what> are the predecessors of \g<node>",
    ),
    (
        r"\b(?P<ask>which|what) (?P<what>\w+) (?:have|has) (?P<node>[^?.]+?) as (?:an? |the |their |"
        r"its )?(?:direct |immediate )?(?:predecessor|parent)\b",
        r"\g<ask> \g<what> are the successors of \g<node>",
    ),
    (
        r"\b(?P<ask>which|what) (?P<what>\w+) (?:have|has) (?P<node>[^?.]+?) as (?:an? |the |their |"
        r"its )?(?:direct |immediate )?(?:neighbou?r|friend|contact)\b",
        r"\g<ask> \g<what> are neighbours of \g<node>",
    ),
)
