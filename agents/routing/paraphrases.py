"""Ways of saying one thing that need the order of the words: passives, glosses, roles that a node plays for another.

Each rule holds whatever the graph is about. `agents.routing.idioms` applies them before its own phrases.
"""

from __future__ import annotations

import re

HOPS = (
    r"(?:edges|links|hops|steps|jumps|moves|roads|flights|legs|rides|stops|handshakes|connections|"
    r"introductions|clicks|transfers)"
)
_BREAK = (
    r"(?:disconnects?|disconnecting|splits?|splitting|separates?|(?:falls?|breaks?|comes?) (?:apart|into pieces)|"
    r"breaks?(?: up)?|cuts?|(?:increas|rais|grow|chang)\w* the (?:number of (?:connected )?components|component count)|"
    r"(?:makes? the (?:graph|network) have|gives?|leaves?|yields?) more (?:connected )?components|"
    r"number of (?:connected )?components (?:would )?(?:increase|grow|rise|go up)s?)"
)
_EDGE = r"(?:edges?|links?|roads?|connections?|flights?|streets?|cables?|pipes?|wires?|lines?|friendships?)"
_NODE = (
    r"(?:nodes?|vertex|vertices|people|persons?|cit(?:y|ies)|towns?|stations?|airports?|computers?|routers?|servers?|"
    r"users?|members?|points?)"
)
_LOST = (
    r"(?:removed|deleted|cut|closed|cancelled|taken (?:out|away)|dropped|gone|lost|missing|destroyed|blocked|erased)"
)
_NAMED = (
    r"(?P<named>cent(?:er|re)|periphery|diameter|radius|girth|density|bridges?|articulation points?|cut vertices|"
    r"isolated (?:nodes|vertices))"
)


def _rules(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in pairs)


_X = r"(?P<x>[^?.,]{1,60}?)"
_COUNT = r"(?P<count>\d+|two|three|four|five|six|seven|eight|nine|ten)"
_NEIGHBOURS = r"(?:neighbou?rs?|friends?)"
_EACH_OTHER = r"(?:each other|one another|others|them|another)"

# A set of least size, or the one that parts the most, is another question than which ones part anything.
_NO_SET = (
    r"(?![^?.]*\b(?:smallest|fewest|minimum|minimal|least|cheapest|lightest|largest|most|best|worst|sets?|"
    r"number of (?:edges|nodes|links)|"
    r"how many|two|three|groups? of|cost)\b(?! (?:of the bridges|of bridges)))"
)
_ALL_ONCE = (
    r"(?!.*\b(?:edges?|roads?|streets?|bridges?|links?) (?:exactly |only |just "
    r")?once\b)(?!.*\b(?:return\w*|back|round trip|cycle|circuit|home|closed (?!\))|"
    r"shortest|cheapest|least|minimum|length|longest|predecessors?|start\w*|begin\w*|from|after|before|"
    r"how many|cost|total|fewest|job|each person)\b)"
    r"[^?.]*\b(?:path|walk|route|trip|order|ordering|sequence|trace|traverse|visit|tour)\w*\b[^?.]*"
    r"\b(?:all|every|each)\b[^?.]*\b(?:nodes?|vertices|vertex|airports?|cit(?:y|ies)|servers?|people|"
    r"person|towns?|stations?|points?|"
    r"computers?|machines?|stops?)\b[^?.]*\b(?:once|one time|repetitions?|repeat\w*|(?:a|any|no) \w+ "
    r"twice|twice)\b[^?.]*"
)

PARAPHRASES = _rules(
    # geodesics are shortest paths; the lightest path is the shortest by weight
    (r"\bgeodesic distance\b", "distance"),
    (r"\bgeodesic(?P<s>s?)(?: paths?)?\b", r"shortest path\g<s>"),
    (
        r"\b(?:lightest|least-weight|lowest-weight|lowest-cost) (?P<what>paths?|routes?|ways?|connection)\b",
        r"cheapest \g<what>",
    ),
    (r"\b(?:lightest|cheapest|lowest-weight|least-cost) spanning tree\b", "minimum spanning tree"),
    (r"\bhop (?:count|distance|number)\b", "number of hops on the shortest path"),
    (r"\b(?:immediate|direct|adjacent) (?=(?:neighbou?rs?|friends?|contacts?)\b)", ""),
    (
        r"\b(?:any|some) (?P<what>cycle|path|route|walk|bridge|triangle) (?:is )?(?:to be found|available)\b",
        r"there a \g<what>",
    ),
    (
        r"\b(?:different|distinct) (?=(?:triangles|nodes|vertices|edges|links|people|persons|airports|cities|"
        r"strongly|sccs|strong)\b)",
        "",
    ),
    # what "directly" means for those who fly or walk
    (
        r"\bwithout (?:any |a |having to |making any )?(?:stopovers?|chang(?:e|es|ing)(?: (?:planes?|"
        r"trains?|flights?|buses))?|layovers?|"
        r"transfers?|stops?|stopping|anybody (?:else )?in between|anything in between|intermediate \w+)\b",
        "directly",
    ),
    (
        r"^can (?P<who>you|i|one|we) (?:go|get|walk|move|travel|come) from (?P<u>[^?]+?) to (?P<v>[^?]+?) "
        r"in (?:just |only |exactly )?"
        r"(?:one|a single|1) (?:hop|step|move|jump|flight)\b",
        r"is there an edge from \g<u> to \g<v>",
    ),
    (
        r",?\s*(?:either )?directly or (?:via|through|over|by way of|by) (?:some )?(?:others?|another|"
        r"third|intermediate)"
        r"(?: (?:nodes?|people|vertices|points?|machines?))?\b",
        " by a path",
    ),
    # the density, described
    (
        r"^.*\b(?:portion|proportion|fraction|share|percentage|part|ratio|probability|how many) (?:of |"
        r"between |that )(?:the )?"
        r"(?:actual edges and |edges to |existing edges among )?(?:all )?(?:of )?(?:the )?possible (?:\w+ "
        r")?(?:edges|links|connections|friendships|flights|"
        r"cables|roads|ones|pairs)\b[^?]*\??$",
        "What is the density?",
    ),
    (
        r"^.*\b(?:portion|proportion|fraction|share|percentage|part) of (?:all )?(?:the )?(?:pairs of \w+|"
        r"\w+ pairs) (?:is|are|have|has|that are) "
        r"(?:directly )?(?:joined|connected|linked|adjacent|wired|friends|an? )[^?]*\??$",
        "What is the density?",
    ),
    (r"^number of edges divided by [^?]*possible[^?]*\??$", "What is the density?"),
    (r"\bprobability that two (?:randomly (?:chosen|picked) |random )?nodes are adjacent\b", "density"),
    # parts
    (r"\bmaximal(?:ly)? connected (?:subgraphs?|parts?|pieces?)\b", "connected components"),
    (r"\b(?:separate|disjoint|unconnected) (?:connected )?subgraphs?\b", "connected components"),
    (
        r"^(?:is|are|does|do|has|have) (?P<what>the [^?]{1,40}?|this [^?]{1,20}?|it|they|everything) "
        r"(?:split(?: up)?|divided|broken|separated|fall|falls|break|breaks|decompose)s? "
        r"(?:apart |up )?in(?:to)? (?:several|separate|different|more than one|multiple|two or more|many|"
        r"at least two|various)"
        r"(?: (?:separate|different|connected|disjoint|unconnected))? (?:components|parts|pieces|groups|"
        r"networks|islands|subgraphs)\s*\?",
        "Is the graph disconnected?",
    ),
    (
        r"^(?:does|has) (?:the|this) (?:graph|network) (?:have |has )?(?:more than one|several|at least "
        r"two|multiple|two or more) (?:connected )?components\s*\?",
        "Is the graph disconnected?",
    ),
    (
        r"^(?:are|is) there (?:any |some )?(?:two|an?(?: \w+)? pair of|pairs? of) (?:\w+) (?:(?:without|"
        r"with no) (?:an? |any )?(?:path|connection|way)s? between them|"
        r"(?:that|who|which) can(?:not|['’]t) reach each other)\s*\?",
        "Is the graph disconnected?",
    ),
    (
        r"^(?:are|do|is) (?:all|every|each)(?: of)?(?: the)? (?:\w+) (?:lie |belong |be )?(?:in(?:to)?|to|"
        r"part of) (?:one|a single|the same|one and the same|only one|just one) "
        r"(?:connected )?(?:component|piece|part|network|group|subgraph)\s*\?",
        "Is the graph connected?",
    ),
    (
        r"^(?:are|is) (?:all|every|each|everything|everyone|everybody)(?: (?:\w+))?(?: \w+)? (?:connected|"
        r"linked|joined) (?:to|with) (?:each other|one another|everything|everyone|everybody|all others?|"
        r"every other \w+|everything else)"
        r"[^?]*\b(?:via|through|stopovers?|indirectly|others?|path|chain|changing|possibly)\b[^?]*\?",
        "Is the graph connected?",
    ),
    (
        r"^(?:is|are|can) (?:each|every|all|any)(?: of)?(?: the)? (?:node|vertex|person|airport|city|"
        r"server|machine|nodes|vertices)s? (?:be )?(?:reachable|reached|accessible) from "
        r"(?:all|each|every|any)(?: of)?(?: the)?(?: other)?s?(?: (?:nodes?|vertex|vertices|one|others?))?\s*\?",
        "Is every node reachable from every other node?",
    ),
    # triangles
    (
        r"\b(?:different |complete |closed )?(?:cliques?|complete subgraphs?|cycles?|circles?|loops?) "
        r"(?:of|on|with|consisting of|consist of|that consist of|made of|having) "
        r"(?:exactly |just )?(?:three|3) (?:nodes|vertices|edges|people|points|friends)\b",
        "triangles",
    ),
    (
        r"\b(?:three|3)-(?:node|vertex|edge) (?:cliques?|complete subgraphs?|cycles?|rings?)\b|\bK_?3(?: "
        r"subgraphs?)?\b",
        "triangles",
    ),
    (r"\b(?:groups?|sets?|trios?|triples?) of (?:three|3) mutual friends\b", "triangles"),
    (
        r"^(?:are|is) there (?:any |an? )?(?P<what>[^?,]{3,40}?),? (?:and )?if (?:so|yes|there are),? how many[^?]*\?",
        r"How many \g<what> are there?",
    ),
    # spanning trees
    (
        r"\btree (?:that|which) (?:spans|connects|contains|reaches|covers) (?:all|every)(?: of)?(?: the)? \w+\b",
        "spanning tree",
    ),
    (
        r"^[^?]*\b(?:lowest|least|minimum|minimal|smallest) (?:possible )?(?:total )?(?:weight|cost|"
        r"length) (?:with|at|for) which (?:all|every)(?: the)? \w+ "
        r"(?:can be|is|are|stay|stays|remain) (?:connected|linked|joined)\b[^?]*",
        "what is the total weight of the minimum spanning tree",
    ),
    (
        r"\bhow (?:light|heavy|cheap|short) can an? spanning tree be\b",
        "what is the total weight of the minimum spanning tree",
    ),
    (
        r"\bhow much (?:weight|length|road|cable) (?:must|do|should|need) (?:i|we|one|you)(?: have to)? "
        r"(?:keep|maintain|leave)\b[^?]*\bconnected\b",
        "what is the total weight of the minimum spanning tree",
    ),
    (
        r"^(?:kruskal|prim|mst|minimum spanning tree)(?:['’]s(?: algorithm)?)?: (?:what is )?(?:the "
        r")?(?:total )?(?:weight|cost|length)\b",
        "total weight of the minimum spanning tree",
    ),
    # the weights are counted anyway
    (
        r",?\s*\b(?:(?:taking|treating|using|reading) (?:the )?(?:edge )?weights (?:as (?:lengths?|"
        r"distances?|costs?)|into account)|"
        r"(?:summing|adding) (?:up )?(?:the |all )?(?:edge )?weights|in terms of weight),?",
        "",
    ),
    (r"\bdijkstra(?:['’]s)? (?=distance|path|shortest)", "shortest "),
    (r"\bshortest (?=shortest)", ""),
    (r"\bshortest[- ]path distance\b", "distance"),
    (
        r"\b(?:smallest|least|lowest|minimum|minimal) sum of (?:the )?(?:edge )?(?:weights|costs|lengths) "
        r"(?:on|of|along|over) (?:an?|any|all|the) (?:paths?|ways?|routes?)\b",
        "length of the shortest path",
    ),
    (
        r"\bhow (?:low|small|cheap|short) can the (?:total )?(?:weight|cost|length|sum)(?: of (?:the "
        r")?weights)? of an? (?:path|way|route) (?P<ends>[^?]+?) be\b",
        r"what is the length of the shortest path \g<ends>",
    ),
    # short notation
    (r"\bdiam\s*\(\s*\w+\s*\)", "diameter"),
    (r"\b(?P<d>out|in)deg\s*\(\s*(?P<node>[^()]+?)\s*\)", r"\g<d>-degree of \g<node>"),
    (r"\bd\+\s*\(\s*(?P<node>[^()]+?)\s*\)", r"out-degree of \g<node>"),
    (r"\bd-\s*\(\s*(?P<node>[^()]+?)\s*\)", r"in-degree of \g<node>"),
    (r"\bmax-?flow(?: value)?\s*\(\s*(?P<u>[^(),]+?)\s*,\s*(?P<v>[^(),]+?)\s*\)", r"maximum flow from \g<u> to \g<v>"),
    (r"\bs ?= ?(?P<u>\S+?),? (?:and )?t ?= ?(?P<v>[^\s?]+)", r"from \g<u> to \g<v>"),
    (r"\bhops (?P<u>\S+) (?P<v>[^\s?]+)\s*\?$", r"number of hops from \g<u> to \g<v>?"),
    (r"\b(?:connecting|closed) loop\b", "cycle"),
    (rf"^(?:is|does|can|could|has)\b{_ALL_ONCE}\??", "Is there a Hamiltonian path?"),
    (rf"^(?=\w){_ALL_ONCE}\??", "Give a Hamiltonian path."),
    (
        r"\b(?P<is>is|are) (?P<what>the graph|it|this|this graph|the network) non-?(?P<property>bipartite|"
        r"planar|connected|eulerian|hamiltonian|regular)\b",
        r"\g<is> \g<what> not \g<property>",
    ),
    (r"\bcutvert(?P<x>ex|ices)\b", r"cut vert\g<x>"),
    (r"\bisthmus(?:es)?\b", "bridges"),
    (r"\bhow (?P<how>close|far) to (?P<x>[^?]+?) is\b", r"how \g<how> is \g<x> from"),
    # the node itself, which no list of others holds
    (
        r"^(?:apart from|except(?: for)?|besides|other than) (?P<node>[^?,]{1,40}?) (?:it)?self,? (?P<rest>[^?]*?)"
        r"\bits (?P<what>neighbou?rs|friends)(?P<tail>[^?]*)\?",
        r"\g<rest>the \g<what> of \g<node>\g<tail>?",
    ),
    (
        r",?\s*\(?\b(?:apart from|except(?: for)?|besides|other than|not counting|excluding|aside from|without) "
        r"(?:it|him|her|them)sel(?:f|ves)\)?,?",
        "",
    ),
    (
        r"(?P<said>\b(?P<node>\S+)\b[^?]*?),? (?:apart from|except(?: for)?|besides|other than) (?:the |node |vertex )*"
        r"(?P=node) itself\b,?",
        r"\g<said>",
    ),
    (r"\s*\((?:except(?: for)?|apart from|other than|besides|without) (?P<node>\S+)\)(?=[^?]* (?P=node)\b)", ""),
    (r"\b(?P<ask>how many|when|where|which|what|who) exactly\b", r"\g<ask>"),
    (r"\b(?:friendship|flight|road|computer|social|rail|citation|cable|pipe) (?:network|graph|map)\b", "network"),
    (r"\bnetwork of (?:cables|roads|friends|friendships|flights|pipes|streets|links|wires)\b", "network"),
    (r"\bon the map\b|\bin the (?:picture|drawing|diagram|sketch)\b|\b(?:in|out) there\b(?=\s*\?)", ""),
    (r"\b(?:in|of) (?:here|this)(?=\s*\?)", ""),
    (
        r"^(?P<d>(?:in|out)?[- ]?degree) (?P<node>(?!of\b|sequence\b|distribution\b|histogram\b|"
        r"assortativity\b|centrality\b)\S+)\s*\??$",
        r"\g<d> of \g<node>",
    ),
    (r"\bat least one (?=(?:cycle|path|triangle|bridge|cut vertex)\b)", "a "),
    (r"\b(?P<verb>has|have) (?P<what>[^?]{1,60}?) got\b", r"\g<verb> \g<what>"),
    (r"\bstrong components?\b", "strongly connected components"),
    (r"\bcut-(?P<what>edges?|verte(?:x|ices)|nodes?)\b", r"cut \g<what>"),
    (r"\b(?P<a>node|vertex)-(?P<b>set)\b", r"\g<a> \g<b>"),
    (r"\bsize of (?:the )?(?:vertex|node) set\b", "number of nodes"),
    (r"\bsize of (?:the )?(?:edge|arc|link) set\b", "number of edges"),
    (r"\b(?:cardinality of|size of) V\b|\|V\|", "number of nodes"),
    (r"\b(?:cardinality of|size of) E\b|\|E\|", "number of edges"),
    (r"\bN-\s*\(\s*(?P<node>[^()]+?)\s*\)", r"predecessors of \g<node>"),
    (r"\bN\+\s*\(\s*(?P<node>[^()]+?)\s*\)", r"successors of \g<node>"),
    (
        r"\bN\(\s*(?P<u>[^()]+?)\s*\) ?∩ ?N\(\s*(?P<v>[^()]+?)\s*\)",
        r"common neighbours of \g<u> and \g<v>",
    ),
    (
        r"\bhow (?:much|many (?:kilomet\w+|km|miles|met\w+)(?: of)?) (?:of )?(?:road|roads|cable|track|"
        r"rail|pipe|wire)s?\b"
        r"[^?.]*\b(?:kept|keep|needed?|required?|maintain\w*)\b[^?.]*\b(?:all|every|each)\b[^?.]*",
        "what is the total weight of the minimum spanning tree",
    ),
    (
        r"\bwhich (?P<what>nodes|vertices|people|cities) (?:can be reached|are reachable) from (?P<node>[^?,]+?),? "
        r"(?:(?:the node |node )?(?P=node)|itself) included",
        r"which \g<what> are in the component of \g<node>",
    ),
    (
        r"\bthe two (?:most distant|farthest|furthest|remotest) (?P<what>nodes|vertices|people|cities|points)\b",
        r"the two \g<what> that are farthest",
    ),
    (
        r"\bhow far (?:away )?from (?:each other|one another) are the two (?P<what>\w+) that are farthest\b|"
        r"\bhow far (?:away )?from (?:each other|one another) can (?:any )?two (?:\w+) be\b|"
        rf"\bat (?:the )?most how far (?:is|are) (?:one|any|a) (?:\w+) (?:away )?from {_EACH_OTHER}\b|"
        r"\bhow far away from each other can two \w+ be\b",
        "what is the diameter",
    ),
    (rf"\bthe (?:\d+|two|three|four|five) (?P<who>{_NEIGHBOURS}) of\b", r"the \g<who> of"),
    # how many neighbours a node has is its degree, not a distance
    (
        rf"^(?:does|do|has) (?!every|each|all|any|some|both){_X} (?:have|got) (?:exactly )?{_COUNT} {_NEIGHBOURS}\s*\?",
        r"Is the degree of \g<x> exactly \g<count>?",
    ),
    (
        rf"^(?P<lead>(?!.*\b(?:every\w*|each|all)\b).*?)\b(?P<have>have|has|having|with) exactly {_COUNT} "
        rf"{_NEIGHBOURS}\b",
        r"\g<lead>\g<have> degree \g<count>",
    ),
    (
        rf"\b(?P<what>nodes|vertices|people|node|person) (?P<have>have|has|having|with) {_COUNT} {_NEIGHBOURS}\b",
        r"\g<what> \g<have> degree \g<count>",
    ),
    (rf"\b(?P<have>has|have|with) (?:the )?fewest {_NEIGHBOURS}\b", r"\g<have> the lowest degree"),
    (
        rf"\b(?:minimum|smallest|least|lowest|minimal) number of {_NEIGHBOURS}\b(?! (?:that|to|needed|who|which))",
        "minimum degree",
    ),
    (
        rf"^how many {_NEIGHBOURS} (?:does|do) (?:every|each) (?:node|vertex|person|one|of \w+)(?: have| has)?\s*\?",
        "What is the degree of every node?",
    ),
    (
        r"^(?:is every pair|are all pairs)(?: of (?:nodes|vertices))? connected\b"
        r"(?! (?:by|with|via|through) (?:an?|one|some) (?:edge|link)| directly)",
        "is the graph connected",
    ),
    # a closing clause that names what was described before it: "…, which form its periphery."
    (
        rf"^[^?]*, (?:which|that) (?:is|are|form|forms|makes?|constitutes?|defines?|gives?)(?: also)?(?: them| it)?"
        rf"(?: part of| members of| equal to| a part of)? (?:the|its|their) {_NAMED}\b(?: of \w+ \w+| "
        rf"equal to what)?\s*[.?]?$",
        r"What is the \g<named> of the graph?",
    ),
    # a named figure, its definition, and then the blank: "The radius is the least eccentricity, which here is …"
    (
        rf"^(?P<whole>the {_NAMED}(?: of (?:the|this) (?:graph|network|tree))?) (?:is|equals) the [^?]*, which"
        r"(?: in this case| here)? (?:is|equals) what\b[^?]*$",
        r"What is \g<whole>?",
    ),
    (r",? (?:when |as )?compared (?:to|with) (?:its|the)(?: \w+){1,3}(?=\s*[.?]?$)", ""),
    (
        r"\bratio of (?:the )?(?:total )?number of (?:nodes|edges|links|vertices) (?:that exist )?to "
        r"(?:the )?(?:total )?(?:maximum )?number of "
        r"(?:all )?possible (?:nodes|edges|links|vertices)",
        "density",
    ),
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
        rf"?{_EDGE}\b[^?.]*\b{_BREAK}\b[^?.]*",
        "which edges are bridges",
    ),
    (
        rf"\b(?:the )?(?:removal|deletion|loss|failure|closure|closing) of which (?:single )"
        rf"?{_NODE}\b[^?.]*\b{_BREAK}\b[^?.]*",
        "which nodes are articulation points",
    ),
    (rf"\bwithout which (?:single )?{_EDGE}\b[^?.]*\b{_BREAK}\b[^?.]*", "which edges are bridges"),
    (rf"\bwithout which (?:single )?{_NODE}\b[^?.]*\b{_BREAK}\b[^?.]*", "which nodes are articulation points"),
    (
        rf"\bwhich {_EDGE},? (?:if|when|once) (?:removed|cut|deleted|closed|lost)"
        rf"\b,?(?![^?.]*\b(?:most|fewest|more|least)\b)[^?.]*\b{_BREAK}\b[^?.]*",
        "which edges are bridges",
    ),
    (
        rf"\bwhich {_NODE},? (?:if|when|once) (?:removed|cut|deleted|closed|lost)"
        rf"\b,?(?![^?.]*\b(?:most|fewest|more|least)\b)[^?.]*\b{_BREAK}\b[^?.]*",
        "which nodes are articulation points",
    ),
    (
        rf"\bwhich (?:single )?{_EDGE} (?:removals?|deletions?|closures?|failures?)"
        rf"\b[^?.]*\b(?:{_BREAK}|cut off)\b[^?.]*",
        "which edges are bridges",
    ),
    (
        rf"\bwhich (?:single )?{_NODE} (?:removals?|deletions?|closures?|failures?)"
        rf"\b[^?.]*\b(?:{_BREAK}|cut off)\b[^?.]*",
        "which nodes are articulation points",
    ),
    (
        rf"^{_NO_SET}(?:which|what|name|list|find|give|show|tell|identify|determine|"
        rf"enumerate)\b[^?.]*?\b{_EDGE}\b[^?.]*?"
        rf"\b(?:whose (?:removal|deletion|loss|closure|failure|cancellation)|(?:that|which)?,? ?(?:when|if|"
        rf"once)(?: it is| they are|ever)? {_LOST}|"
        rf"can(?:['’]t|not) be {_LOST} without|must (?:never|not) be {_LOST}|(?:removing|deleting|closing|"
        rf"cutting|losing) (?:it|them|one))\b"
        rf"(?![^?.]*\b(?:off|apart|away)? ?from (?!each|one another|the (?:rest|others?)|others|another|everything))"
        rf"[^?.]*\b(?:{_BREAK}|components?|unreachable|cut off|disconnects? \w+|stay connected|connectivity|"
        rf"apart)\b[^?.]*",
        "which edges are bridges",
    ),
    (
        rf"^{_NO_SET}(?:which|what|who|whom|name|list|find|give|show|tell|identify|determine|"
        rf"enumerate)\b[^?.]*?\b(?:{_NODE}|machines?)\b[^?.]*?"
        rf"\b(?:whose (?:removal|deletion|loss|closure|failure|leaving|absence)|(?:that|which)?,? ?(?:when|"
        rf"if|once)(?: it is| they are|ever)? {_LOST}|"
        rf"can(?:['’]t|not) be {_LOST} without|must (?:never|not) be {_LOST}|such that without (?:them|it)|"
        rf"(?:removing|deleting|closing|losing) (?:it|them|one))\b"
        rf"(?![^?.]*\b(?:off|apart|away)? ?from (?!each|one another|the (?:rest|others?)|others|another|everything))"
        rf"[^?.]*\b(?:{_BREAK}|components?|pieces|unreachable|cut off|disconnects? \w+|stay connected|"
        rf"connectivity|apart)\b[^?.]*",
        "which nodes are articulation points",
    ),
    (
        rf"^(?:deleting|removing|closing|losing|cutting) which (?:single )?{_EDGE}\b[^?.]*\b(?:{_BREAK}|"
        rf"components?)\b[^?.]*",
        "which edges are bridges",
    ),
    (
        rf"^(?:deleting|removing|closing|losing) which (?:single )?{_NODE}\b[^?.]*\b(?:{_BREAK}|components?)\b[^?.]*",
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

_THING = (
    r"(?:edge|link|road|cable|connection|line|wire|flight|friendship|arc|street|pipe|contact|railway line|tie|bond)"
)
_DIRECTLY = r"(?:directly |straight |immediately )"
_ONE = (
    r"(?:with|by|in|over|via|through|crossing|by crossing|using|taking) (?:just |only |exactly )?(?:one|a single|1) "
    r"(?:nonstop |direct )?(?:edge|flight|hop|step|move|jump|link|cable|road)"
)
# Where edges have no direction, every way of saying that one joins two nodes is "adjacent". Questions alone are put so:
# the wordings of tools hold for directed graphs, too.
UNDIRECTED = _rules(
    (
        rf"\b(?:have|has|with|share|shares|is|are there) (?:an? )?{_THING}s? (?:to|with) "
        rf"(?P<u>[^?.,]{{1,40}}?),? and (?:also )?(?:an? {_THING} |one )?(?:to|with) "
        r"(?P<v>[^?.,]{1,40}?)(?=\s*[?.]|$)",
        r"are adjacent to both \g<u> and \g<v>",
    ),
    (
        rf"\b(?:can (?:i|one|you|we) (?:reach|fly to|get to|go to|travel to|step to)|can be reached|are "
        rf"reachable) from {_X} {_ONE}\b",
        r"are adjacent to \g<x>",
    ),
    (
        rf"\b(?:shares?|sharing|ha(?:s|ve|ving)|with) (?:an? |any |some )?(?:common |direct )?{_THING} "
        r"(?:in common )?(?:to|with|from|towards?|and one to) (?=\S)",
        "are adjacent to ",
    ),
    (
        rf"\b(?:shares?|sharing|ha(?:s|ve|ving)|with) no (?:common |direct )?{_THING}s? (?:in common )?"
        r"(?:to|with|from|towards?) (?=\S)",
        "are not adjacent to ",
    ),
    (
        rf"\b(?P<is>is|are|be) (?P<not>not )?(?P<d>{_DIRECTLY})(?:linked|connected|joined|tied|wired|"
        rf"attached|cabled|hooked up|"
        r"plugged) (?:in)?(?:to|with)\b",
        r"\g<is> \g<not>adjacent to",
    ),
    (
        rf"\b(?P<is>is|are|be) (?P<not>not )?(?:linked|connected|joined|tied|wired|attached|cabled|hooked up|plugged)"
        rf"(?: {_DIRECTLY.strip()})? (?:in)?(?:to|with) (?P<node>[^?.,]+?) (?:directly|by an? {_THING}|"
        rf"through an? {_THING}|"
        rf"via an? {_THING})(?=\s*[?.,]|$)",
        r"\g<is> \g<not>adjacent to \g<node>",
    ),
    (
        rf"\b(?P<is>is|are|be) (?P<not>not )?(?:linked|connected|joined|tied|wired|attached|cabled|hooked up|plugged) "
        rf"(?:directly|by an? {_THING}|through an? {_THING}) (?:to|with)\b",
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
        rf"buses)\b[^?]*\b(?:only (?:from|between)|no (?:two )?(?:{_THING}s?|"
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

# The same, on graphs whose edges have a direction.
DIRECTED = _rules(
    (
        rf"\b(?P<ask>(?:which|what) \w+) (?:can (?:i|one|you|we) (?:reach|fly to|get to|go to|travel to|"
        rf"step to)|can be reached|are reachable) from {_X} {_ONE}\b",
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
        rf"\b(?P<ask>which|what) (?P<what>\w+) (?:does|do|did) {_X} (?:receive|get|have|obtain) (?:an? |any )?"
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
        rf"\bhow many (?P<what>\w+) (?:can be reached|are reachable|can (?:i|one|you|we) reach) from {_X} "
        rf"(?:directly|in (?:just |exactly |only )?"
        r"(?:one|a single|1) (?:step|hop|move|jump|click))",
        r"how many edges leave \g<x>",
    ),
    (
        rf"\b(?:towards|to) how many (?P<what>\w+) (?:does|do) {_X} (?:send|have) (?:an? |any )?(?:edges?|"
        rf"arcs?|arrows?|links?)",
        r"how many edges leave \g<x>",
    ),
    (
        rf"\b(?:from|out of) {_X},? (?:there )?(?:goes?|leads?|come) how many (?:edges|arcs|arrows|links)|"
        rf"\bhow many (?:edges|arcs|arrows|links) (?:go|come|lead|run) out (?:of|from) (?P<y>[^?.]+)|"
        rf"\b(?:edges|arcs|arrows|links) (?:starting|beginning|that start|which start) (?:in|at|from) "
        rf"(?P<z>[^?.:]+): how many",
        r"how many edges leave \g<x>\g<y>\g<z>",
    ),
    (
        rf"\b(?:in|for|of) how many (?:edges|arcs|arrows|links) is {_X} the (?:starting|first|start|initial|"
        rf"tail|source)(?: node| vertex| point)?\b",
        r"how many edges leave \g<x>",
    ),
    (
        rf"\b(?:in|for|of) how many (?:edges|arcs|arrows|links) is {_X} the (?:ending|last|end|final|head|"
        rf"target)(?: node| vertex| point)?\b",
        r"how many edges point to \g<x>",
    ),
    # who follows whom
    (r"^who (?=(?:does|do|did) )", "whom "),
    (rf"^(?:who|by whom|which \w+) (?:is|are|was) {_X} followed(?: by)?\s*\?", r"Who follows \g<x>?"),
    (
        rf"^(?:how many \w+|by how many \w+) (?:is|are|was) {_X} followed(?: by)?\s*\?",
        r"How many predecessors does \g<x> have?",
    ),
    (
        rf"^(?:is|was) {_X} followed by (?P<y>[^?.,]{{1,60}}?)\s*\?",
        r"Is there an edge from \g<y> to \g<x>?",
    ),
    (
        rf"^(?:does|do|did) {_X} follow (?P<y>[^?.,]{{1,60}}?)\s*\?",
        r"Is there an edge from \g<x> to \g<y>?",
    ),
    (rf"\bhave an? (?:direct )?(?:edge|link|arrow) from {_X}\s*\?", r"are successors of \g<x>?"),
    (rf"\bhave an? (?:direct )?(?:edge|link|arrow) to {_X}\s*\?", r"are predecessors of \g<x>?"),
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


def paraphrased(question: str, directed: bool) -> str:
    """The question with roles, passives and glosses put plainly.

    >>> paraphrased("Which nodes have Ann as a direct successor?", directed=True)
    'Which nodes are the predecessors of Ann?'
    """
    for pattern, words in PARAPHRASES:
        question = pattern.sub(words, question)
    for pattern, words in DIRECTED if directed else UNDIRECTED:
        question = pattern.sub(words, question)
    return question
