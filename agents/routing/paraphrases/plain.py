"""Things described: paths, densities, parts, triangles, trees, roles; figures named before they are asked for."""

from __future__ import annotations

from agents.routing.paraphrases.fragments import ALL_ONCE, COUNT, EACH_OTHER, NAMED, NEIGHBOURS, X, rules

PARAPHRASES = rules(
    (
        r"^(?:sort|order|arrange|line up) (?:all |of |the )*(?:nodes|vertices|people|users|members|everyone|everybody|"
        r"cities) (?:by|according to|in order of) (?:their )?"
        r"(?=(?:\w+[- ]){0,2}(?:degree|centrality|closeness|betweenness|pagerank|eigenvector|katz|number|how many))",
        "Rank the nodes by ",
    ),
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
    (rf"^(?:is|does|can|could|has)\b{ALL_ONCE}\??", "Is there a Hamiltonian path?"),
    (
        rf"^(?!(?:give|find|show|list|name|output|construct|determine)\b)(?=.*\b(?:exists?|possible|y/n|yes or no)\b)"
        rf"{ALL_ONCE}\??",
        "Is there a Hamiltonian path?",
    ),
    (rf"^(?=\w){ALL_ONCE}\??", "Give a Hamiltonian path."),
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
    (r"\b(?P<what>cycles? (?:of|with) length) exactly (?=\d)", r"\g<what> "),
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
        rf"\bat (?:the )?most how far (?:is|are) (?:one|any|a) (?:\w+) (?:away )?from {EACH_OTHER}\b|"
        r"\bhow far away from each other can two \w+ be\b",
        "what is the diameter",
    ),
    (rf"\bthe (?:\d+|two|three|four|five) (?P<who>{NEIGHBOURS}) of\b", r"the \g<who> of"),
    # how many neighbours a node has is its degree, not a distance
    (
        rf"^(?:does|do|has) (?!every|each|all|any|some|both){X} (?:have|got) (?:exactly )?{COUNT} {NEIGHBOURS}\s*\?",
        r"Is the degree of \g<x> exactly \g<count>?",
    ),
    (
        rf"^(?P<lead>(?!.*\b(?:every\w*|each|all)\b).*?)\b(?P<have>have|has|having|with) exactly {COUNT} "
        rf"{NEIGHBOURS}\b",
        r"\g<lead>\g<have> degree \g<count>",
    ),
    (
        rf"\b(?P<what>nodes|vertices|people|node|person) (?P<have>have|has|having|with) {COUNT} {NEIGHBOURS}\b",
        r"\g<what> \g<have> degree \g<count>",
    ),
    (rf"\b(?P<have>has|have|with) (?:the )?fewest {NEIGHBOURS}\b", r"\g<have> the lowest degree"),
    (
        rf"\b(?:minimum|smallest|least|lowest|minimal) number of {NEIGHBOURS}\b(?! (?:that|to|needed|who|which))",
        "minimum degree",
    ),
    (
        rf"^how many {NEIGHBOURS} (?:does|do) (?:every|each) (?:node|vertex|person|one|of \w+)(?: have| has)?\s*\?",
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
        rf"(?: part of| members of| equal to| a part of)? (?:the|its|their) {NAMED}\b(?: of \w+ \w+| "
        rf"equal to what)?\s*[.?]?$",
        r"What is the \g<named> of the graph?",
    ),
    # a named figure, its definition, and then the blank: "The radius is the least eccentricity, which here is …"
    (
        rf"^(?P<whole>the {NAMED}(?: of (?:the|this) (?:graph|network|tree))?) (?:is|equals) the [^?]*, which"
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
)
