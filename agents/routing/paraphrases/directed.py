"""The same for graphs whose edges have a direction: who points to whom, who follows whom."""

from __future__ import annotations

from agents.routing.paraphrases.fragments import ONE, X, rules

_GOT = r"(?:cited|referenced|quoted|mentioned|followed|linked(?: to)?|pointed (?:to|at))"
_HAS = r"(?:has|have|had|having|with|gets?|got|receives?|received|earn(?:s|ed)?)"

# The same, on graphs whose edges have a direction.
DIRECTED = rules(
    *(
        rule
        for most, end in ((r"(?:most|highest number of|largest number of)", "highest"), ("(?:fewest|least)", "lowest"))
        for rule in (
            (
                rf"^(?:what|who)(?: is|'s) the {most}(?:[- ]often)?[- ]{_GOT} (?:\w+)\s*\?",
                f"Which node has the {end} in-degree?",
            ),
            (
                rf"\bis (?:the )?(?:{most}(?:[- ]often)?[- ]{_GOT}(?: one)?|{_GOT} by (?:the )?{most}"
                r"(?: other)? \w+)\s*\?",
                f"has the {end} in-degree?",
            ),
            (rf"\b{_HAS} (?:the )?{most} citations\b(?! to)", f"has the {end} in-degree"),
            (r"\bmakes? (?:the )?" + most + r" citations\b", f"has the {end} out-degree"),
        )
    ),
    (
        r"\bhow many citations (?:does|do|did|has|have) (?P<x>[^?.,]{1,60}?) (?:have|get|got|receive|received|earn)\b",
        r"what is the in-degree of \g<x>",
    ),
    (
        rf"\b(?P<ask>(?:which|what) \w+) (?:can (?:i|one|you|we) (?:reach|fly to|get to|go to|travel to|"
        rf"step to)|can be reached|are reachable) from {X} {ONE}\b",
        r"\g<ask> does \g<x> point to",
    ),
    (
        r"^(?:who|which (?:other )?\w+) (?:cites?|references?|quotes?|mentions?) (?P<x>[^?]+?)\s*\?",
        r"Which nodes point to \g<x>?",
    ),
    (
        r"^(?:who|whom|what|which (?:other )?\w+) (?:does|do|did) (?P<x>[^?]+?) (?:cite|reference|quote|mention)\s*\?",
        r"Which nodes does \g<x> point to?",
    ),
    (
        r"^whose (?:arrows|edges|arcs|links) (?:point|lead|go) (?:at|to|into) (?P<x>[^?]+)",
        r"Which nodes point to \g<x>",
    ),
    (
        r"\b(?P<ask>from (?:which|what)) \w+ can (?:i|one|you|we) (?:step|go|move|jump|get) directly to (?P<x>[^?]+)",
        r"which nodes point to \g<x>",
    ),
    (r"\b(?P<what>edges|arcs|arrows|links) (?:lead|go|run|point) away from\b", r"\g<what> leave"),
    (
        r"\b(?P<ask>(?:which|what|how many) \w+|who|whom) (?:is|are|was|were) (?P<x>[^?.,]{1,60}?) "
        r"(?:cited|followed|linked to|referenced|pointed to) by\b",
        r"\g<ask> point to \g<x>",
    ),
    (
        r"\bby (?P<ask>(?:which|what|how many) \w+|whom) (?:is|are|was|were) (?P<x>[^?.,]{1,60}?) (?:cited|"
        r"followed|linked to|referenced|pointed to)\b",
        r"\g<ask> point to \g<x>",
    ),
    (
        r"^(?:is|was) (?P<x>[^?.,]{1,60}?) (?:cited|referenced|linked to|pointed to) by (?P<y>[^?.,]{1,60}?)\s*\?",
        r"Is there an edge from \g<y> to \g<x>?",
    ),
    (
        r"^does (?P<x>[^?.,]{1,60}?) have (?P<y>[^?.,]{1,60}?) as an? follower\s*\?",
        r"Is there an edge from \g<y> to \g<x>?",
    ),
    (
        r"^is there an? (?:hyper)?link on (?:page )?(?P<x>[^?.,]{1,60}?) (?:that |which )?(?:leads|leading|"
        r"points|pointing|going|goes)? ?to (?P<y>[^?.,]{1,60}?)\s*\?",
        r"Is there an edge from \g<x> to \g<y>?",
    ),
    (
        r"\bon (?:which|what) (?P<what>\w+) (?:is|are) there (?:an? |any )?(?:hyper)?links? to (?P<x>[^?.]+)",
        r"which \g<what> point to \g<x>",
    ),
    (
        r"\b(?:have|has|having|with|send|sends) (?:an? |any |some )?(?:direct )?(?:edges?|links?|arcs?|"
        r"arrows?|hyperlinks?) (?:going |leading |pointing |that (?:goes?|leads?|points?) |coming "
        r")?(?:in)?to(?:wards)? (?P<node>[^?.,]+?)(?=\s*[?.,]|$)",
        r"point to \g<node>",
    ),
    (
        r"\b(?P<ask>which|what) (?P<what>\w+) (?:directly |immediately |come right |come directly "
        r")?precedes? (?P<node>[^?.]+)",
        r"which nodes are the predecessors of \g<node>",
    ),
    (
        r"^from where do (?:the )?(?:arcs?|edges?|arrows?|links?) (?:come|go|lead|run) (?:in)?to (?P<node>[^?.]+)",
        r"which nodes point to \g<node>",
    ),
    (
        r"\bsources of (?:the |all )*(?:arcs?|edges?|arrows?|links?) (?:that |which )?(?:end|finish|ending|"
        r"arrive|stop) (?:in|at) (?P<node>[^?.]+)",
        r"predecessors of \g<node>",
    ),
    (
        r"^from (?P<node>[^?.,]+), how many (?:arrows|edges|arcs|links) (?:go|lead|run|come) out\b",
        r"how many edges leave \g<node>",
    ),
    (r"\b(?:is|are|was|were) (?P<x>[^?.,]{1,60}?) following\b", r"does \g<x> follow"),
    (
        rf"\b(?P<ask>which|what) (?P<what>\w+) (?:does|do|did) {X} (?:receive|get|have|obtain) (?:an? |any )?"
        r"(?:edges?|links?|arcs?|arrows?|citations?|messages?) (?:coming |going )?from\b",
        r"\g<ask> \g<what> point to \g<x>",
    ),
    (
        r"\b(?:from which \w+|where) (?:does|do) (?:an? |the |any )?(?:edges?|links?|arcs?|arrows?) "
        r"(?:come|go|lead|run|point)s? (?:directly )?(?:in)?to (?P<node>[^?.]+)",
        r"which nodes point to \g<node>",
    ),
    (
        r"\b(?:(?P<ask>which|what) (?:nodes|vertices)|(?:name|list|give|find|show)(?: me)? (?:all|each|every) (?:the )?"
        r"(?:nodes?|vertices|vertex)) from which (?P<node>[^?.]+?) can be reached (?:directly|in (?:just |"
        r"exactly )?(?:one|a single|1) "
        r"(?:step|hop|move|jump|click))",
        r"which nodes point to \g<node>",
    ),
    (
        r"\b(?:is|are) the (?:tails?|sources?|starting (?:nodes?|points?)|origins?) of (?:all |the |an? |"
        r"any )*(?:edges?|arcs?|arrows?|links?) "
        r"(?:into|to|whose head is|with head|ending in) (?P<node>[^?.]+)",
        r"point to \g<node>",
    ),
    (
        r"\b(?:the )?tails? of (?:all |the )*(?:arcs?|edges?) (?:whose head is|with head|with the head|"
        r"into|that enter) (?P<node>[^?.]+)",
        r"the predecessors of \g<node>",
    ),
    (
        r"\b(?:the )?heads? of (?:all |the )*(?:arcs?|edges?) (?:whose tail is|with tail|with the tail|out "
        r"of|that leave) (?P<node>[^?.]+)",
        r"the successors of \g<node>",
    ),
    (
        rf"\bhow many (?P<what>\w+) (?:can be reached|are reachable|can (?:i|one|you|we) reach) from {X} "
        rf"(?:directly|in (?:just |exactly |only )?"
        r"(?:one|a single|1) (?:step|hop|move|jump|click))",
        r"how many edges leave \g<x>",
    ),
    (
        rf"\b(?:towards|to) how many (?P<what>\w+) (?:does|do) {X} (?:send|have) (?:an? |any )?(?:edges?|"
        rf"arcs?|arrows?|links?)",
        r"how many edges leave \g<x>",
    ),
    (
        rf"\b(?:from|out of) {X},? (?:there )?(?:goes?|leads?|come) how many (?:edges|arcs|arrows|links)|"
        rf"\bhow many (?:edges|arcs|arrows|links) (?:go|come|lead|run) out (?:of|from) (?P<y>[^?.]+)|"
        rf"\b(?:edges|arcs|arrows|links) (?:starting|beginning|that start|which start) (?:in|at|from) "
        rf"(?P<z>[^?.:]+): how many",
        r"how many edges leave \g<x>\g<y>\g<z>",
    ),
    (
        rf"\b(?:in|for|of) how many (?:edges|arcs|arrows|links) is {X} the (?:starting|first|start|initial|"
        rf"tail|source)(?: node| vertex| point)?\b",
        r"how many edges leave \g<x>",
    ),
    (
        rf"\b(?:in|for|of) how many (?:edges|arcs|arrows|links) is {X} the (?:ending|last|end|final|head|"
        rf"target)(?: node| vertex| point)?\b",
        r"how many edges point to \g<x>",
    ),
    # who follows whom
    (r"^who (?=(?:does|do|did) )", "whom "),
    (rf"^(?:who|by whom|which \w+) (?:is|are|was) {X} followed(?: by)?\s*\?", r"Who follows \g<x>?"),
    (
        rf"^(?:how many \w+|by how many \w+) (?:is|are|was) {X} followed(?: by)?\s*\?",
        r"How many predecessors does \g<x> have?",
    ),
    (
        rf"^(?:is|was) {X} followed by (?P<y>[^?.,]{{1,60}}?)\s*\?",
        r"Is there an edge from \g<y> to \g<x>?",
    ),
    (
        rf"^(?:does|do|did) {X} follow (?P<y>[^?.,]{{1,60}}?)\s*\?",
        r"Is there an edge from \g<x> to \g<y>?",
    ),
    (rf"\bhave an? (?:direct )?(?:edge|link|arrow) from {X}\s*\?", r"are successors of \g<x>?"),
    (rf"\bhave an? (?:direct )?(?:edge|link|arrow) to {X}\s*\?", r"are predecessors of \g<x>?"),
    (
        r"\b(?P<ask>which|what) (?P<what>\w+) (?:directly|immediately) (?:requires?|depends? on|needs?)\b",
        r"\g<ask> \g<what> are the successors of",
    ),
    (
        r"\b(?P<what>edges|arrows|arcs|links) (?:finish|stop) (?:at|in)\b",
        r"\g<what> point to",
    ),
    (
        r"\b(?P<what>edges|arrows|arcs|links) (?:arrive (?:at|in)|(?:go|come|lead|run) into|(?:go|"
        r"lead|run) to|enter)\b",
        r"\g<what> point to",
    ),
    (
        r"\b(?P<what>edges|arrows|arcs|links) (?:depart from|(?:go|come|lead|run) out of|(?:go|lead|"
        r"run|start|emanate) from)\b",
        r"\g<what> leave",
    ),
    (r"\b(?P<ask>who|(?:which|what) \w+) links? to\b", r"\g<ask> point to"),
    (
        r"\bhow often (?:is|was|has) (?P<node>[^?.]+?) (?:been )?(?:cited|followed|referenced|linked "
        r"to)\b",
        r"how many edges point to \g<node>",
    ),
    (
        r"\bhow many (?:other )?\w+ (?:are|is) (?:directly )?(?:linked|referenced|cited|followed|"
        r"pointed to) (?:from|by) (?P<node>[^?.]+)",
        r"how many edges leave \g<node>",
    ),
    (
        r"\b(?P<ask>which|what) (?:other )?(?P<what>\w+) (?:are|is) (?:directly )?(?:linked(?: to)?|"
        r"referenced|cited|followed|pointed (?:to|at)) (?:from|by) (?P<node>[^?.]+)",
        r"\g<ask> \g<what> does \g<node> point to",
    ),
    (r"\bwho (?:are|is) (?:cited|followed) by (?P<node>[^?.]+)", r"which nodes does \g<node> point to"),
    (
        r"\bhow many (?P<what>edges|arcs|arrows|links) have (?P<node>[^?.]+?) as (?:an? |the |their |"
        r"its )?(?:head|target|end|endpoint|destination)\b",
        r"how many \g<what> point to \g<node>",
    ),
    (
        r"\bhow many (?P<what>edges|arcs|arrows|links) have (?P<node>[^?.]+?) as (?:an? |the |their |"
        r"its )?(?:tail|source|start|origin)\b",
        r"how many \g<what> leave \g<node>",
    ),
    (
        r"\bfrom (?:where|which \w+) can (?:one|you|i|we) (?:go|get|travel|move)(?: directly)? to "
        r"(?P<node>[^?.]+?) (?:in (?:one|a single) (?:step|hop|move)|directly)\b",
        r"which nodes point to \g<node>",
    ),
    (
        r"\b(?:where|to which \w+) can (?:one|you|i|we) (?:go|get|travel|move)(?: directly)? from "
        r"(?P<node>[^?.]+?) (?:in (?:one|a single) (?:step|hop|move)|directly)\b",
        r"which nodes does \g<node> point to",
    ),
    (r"\b(?:incoming|inbound|ingoing) neighbou?rs?\b", "predecessors"),
    (r"\b(?:outgoing|outbound) neighbou?rs?\b", "successors"),
    (r"\b(?:terminates?|ends?|terminating|ending) (?:at|in)\b", "point to"),
    (r"\b(?:originates?|starts?|begins?|originating|emanates?) (?:at|in|from)\b(?= (?:\S+|node \S+)\s*\?)", "leave"),
    (r"\b(?P<verb>point)(?P<form>s|ing)? at\b", r"\g<verb>\g<form> to"),
)
