"""Ways of saying that one joins two nodes, for graphs whose edges have no direction."""

from __future__ import annotations

from agents.routing.paraphrases.fragments import DIRECTLY, ONE, THING, X, rules

_COUNTED = rf"(?:\w+ )?(?:{THING}|friend|neighbou?r|partner|acquaintance)s"
# Where edges have no direction, every way of saying that one joins two nodes is "adjacent". Questions alone are put so:
# the wordings of tools hold for directed graphs, too.
UNDIRECTED = rules(
    (rf"(?<=\w) by (?:their |the |its )?(?:number|count|amount) of {_COUNTED}(?= ?(?:[?.,]|$))", " by degree"),
    (rf"(?<=\w) by how many {_COUNTED} (?:they|each|it|he or she|each of them) (?:has|have|had)\b", " by degree"),
    (
        rf"^(?:which|what|name the|list the|find the|who are the) (?P<k>\d+|two|three|four|five) (?:nodes|people|"
        rf"persons|vertices|users|members|cities)(?: that| who| which)? (?:have|has|with) the most {_COUNTED}"
        r"(?= ?(?:[?.,]|$))",
        r"What are the top \g<k> nodes by degree",
    ),
    (
        r"^how many(?: (?:other )?\w+)? (?:follow|cite|link to|point to|reference) (?P<x>[^?]+?)\s*\?",
        r"How many edges point to \g<x>?",
    ),
    (
        rf"\b(?:have|has|with|share|shares|is|are there) (?:an? )?{THING}s? (?:to|with) "
        rf"(?P<u>[^?.,]{{1,40}}?),? and (?:also )?(?:an? {THING} |one )?(?:to|with) "
        r"(?P<v>[^?.,]{1,40}?)(?=\s*[?.]|$)",
        r"are adjacent to both \g<u> and \g<v>",
    ),
    (
        rf"\b(?:can (?:i|one|you|we) (?:reach|fly to|get to|go to|travel to|step to)|can be reached|are "
        rf"reachable) from {X} {ONE}\b",
        r"are adjacent to \g<x>",
    ),
    (
        rf"\b(?:shares?|sharing|ha(?:s|ve|ving)|with) (?:an? |any |some )?(?:common |direct )?{THING} "
        r"(?:in common )?(?:to|with|from|towards?|and one to) (?=\S)",
        "are adjacent to ",
    ),
    (
        rf"\b(?:shares?|sharing|ha(?:s|ve|ving)|with) no (?:common |direct )?{THING}s? (?:in common )?"
        r"(?:to|with|from|towards?) (?=\S)",
        "are not adjacent to ",
    ),
    (
        rf"\b(?P<is>is|are|be) (?P<not>not )?(?P<d>{DIRECTLY})(?:linked|connected|joined|tied|wired|"
        rf"attached|cabled|hooked up|"
        r"plugged) (?:in)?(?:to|with)\b",
        r"\g<is> \g<not>adjacent to",
    ),
    (
        rf"\b(?P<is>is|are|be) (?P<not>not )?(?:linked|connected|joined|tied|wired|attached|cabled|hooked up|plugged)"
        rf"(?: {DIRECTLY.strip()})? (?:in)?(?:to|with) (?P<node>[^?.,]+?) (?:directly|by an? {THING}|"
        rf"through an? {THING}|"
        rf"via an? {THING})(?=\s*[?.,]|$)",
        r"\g<is> \g<not>adjacent to \g<node>",
    ),
    (
        rf"\b(?P<is>is|are|be) (?P<not>not )?(?:linked|connected|joined|tied|wired|attached|cabled|hooked up|plugged) "
        rf"(?:directly|by an? {THING}|through an? {THING}) (?:to|with)\b",
        r"\g<is> \g<not>adjacent to",
    ),
    (r"\b(?:is|are|lies?|sits?|stands?) (?:right |directly )?(?:next to|beside) ", "are adjacent to "),
    (
        r"\b(?:in|at) the (?:open )?neighbou?rhoods? of both (?P<u>[^?.]+?) and ",
        r"adjacent to both \g<u> and ",
    ),
    (
        r"\badjacent to (?P<u>[^?.,]{1,40}?),? (?:and(?: also)?|as well as|and at the same time) (?:are "
        r")?(?:adjacent )?to (?P<v>[^?.,]{1,40}?)(?=\s*[?.,]|$)",
        r"adjacent to both \g<u> and \g<v>",
    ),
    (
        r"\badjacent to (?P<u>[^?.,]{1,40}?) (?:as well as|and also) (?P<v>[^?.,]{1,40}?)(?=\s*[?.,]|$)",
        r"adjacent to both \g<u> and \g<v>",
    ),
    (
        r"\b(?P<what>adjacent to|neighbou?rs of|friends of|friends with|wired to|linked to|connected (?:to|"
        r"with)) (?:both )?(?:of )?(?P<u>[^?.,]{1,40}?) "
        r"and (?:of |with |to )?(?P<v>[^?.,]{1,40}?),? "
        r"(?:simultaneously|at the same time|at once|both|too|alike|together)(?=\s*[?.,]|$)",
        r"\g<what> both \g<u> and \g<v>",
    ),
    (r"\b(?P<what>to|with) both of (?=\S+ and )", r"\g<what> both "),
    (
        rf"^(?:can|could|may|is it possible|would it be possible|is there a way)\b[^?]*\b(?:two|2) (?:sets|"
        rf"groups|classes|sides|teams|racks|rows|halves|"
        rf"parts|rooms|tables|camps|boxes|layers|columns|buildings|shifts|colou?rs|kinds|cars|"
        rf"buses)\b[^?]*\b(?:only (?:from|between)|no (?:two )?(?:{THING}s?|"
        r"friends?|neighbou?rs|adjacent)|every|all (?:the )?(?:edges|links|cables|flights|roads)|never)\b[^?]*\?",
        "Is the graph bipartite?",
    ),
    (
        r"^(?:does|has|is|are|do) (?:the (?:graph|network)|it|this graph|there) (?:have |has |contain |got "
        r")?(?:an?|any|some|at least one) "
        r"(?:odd cycles?|cycles? (?:with an|of) odd (?:number of (?:edges|nodes)|length))(?: in (?:the|"
        r"this) (?:graph|network)| in it| here)?\s*\?",
        "Is the graph not bipartite?",
    ),
    (
        r"^(?:do|does|have|has|is|are) (?:all|every|each)(?: the)? (?:cycles?|circles?|circuits?) (?:have |"
        r"of |has |in the graph have )?(?:an )?even(?:[- ]length| length| number of edges)?\s*\?",
        "Is the graph bipartite?",
    ),
    (
        r"\b(?P<what>adjacent to|neighbou?rs? of|friends? of|friends? with) (?P<u>[^?.,]{1,40}?),? and "
        r"(?:at the same time |also |with |of |to ){1,2}(?P<v>[^?.,]{1,40}?)(?=\s*[?.]|$)",
        r"\g<what> both \g<u> and \g<v>",
    ),
    (
        r"\b(?:go(?:es)? out|start|begin|leave|end|arrive|finish|lead)s? (?:at|in|from|to|out of) (?=\S+\s*\??$)",
        "meet at ",
    ),
    (
        r"\bhow many (?:direct )?(?P<what>flights|roads|edges|links|cables|lines|streets) (?:leave|depart "
        r"from|start (?:in|at|from)|begin (?:in|at)) ",
        r"how many \g<what> meet at ",
    ),
    (
        r"\bwhich (?P<what>\w+) would have to be (?:linked|joined|connected) to (?P<node>[^?]+?) so that "
        r"it is adjacent to (?:all|everything|every \w+)",
        r"which \g<what> are not adjacent to \g<node>",
    ),
)
