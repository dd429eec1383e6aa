"""Which sentences ask, say how to answer, explain terms, or carry nothing."""

from __future__ import annotations

import re

from graphs.text.patterns import lazy

INTERROGATIVE = lazy(
    r"(?:what|which|who|whom|whose|how|where|when|why|whether|is there|are there|is it|does|do|did|was|were|"
    r"is|are|can)\b"
    r"|what'?s\b",
    re.I,
)
IMPERATIVE = lazy(
    r"(?:(?:please|kindly|now|then|next|also|and|finally|first|afterwards|so|i want you to|i'd like you to|i "
    r"would like(?: you)? to|can you|could you|"
    r"i need(?: you)? to|i (?:must|have to|want to|shall|should)|i want to know|tell me|"
    r"let (?:me|us) know|help me(?: to)?|"
    r"try to|your (?:task|job|goal) is to|the task "
    r"is to|you (?:need|have) to|you should|"
    r"let's|i wonder|may i ask)[\s,:]+)*"
    r"(?!given\b|listed\b|ordered\b|showing\b|stated\b|number\b|named\b)(?:comput|calculat|find|list|output|"
    r"sort|give|determin|count|tell|show|nam|identif|check|decid|print|return|report|"
    r"enumerat|order|rank|solve|get|provid|stat|say|verif|evaluat|estimat|predict|assign|colou?r|partition|"
    r"detect|test|work out|"
    r"figure out|start(?:ing)? (?:from|at|with)|remov|add|delet|contract|explain|describ|simulat|run|perform|"
    r"apply|writ|draw|plot|"
    r"generat|travers|choos|select|maximi|minimi|compare|answer whether|answer when|answer what|prove|locate|"
    r"obtain|derive|display|"
    r"construct a|build a|route|schedule|suggest|arrang|allocat|distribut|match|measur|quantif|exhibit|trac|"
    r"navigat|linearis|lineariz|lead me|pick|search|plan|recommend|propos|specif|make (?:me |us )?(?:an? |the )|"
    r"use (?:the )?[\w'-]+(?: algorithm| method)? (?:to|and)|"
    r"line (?:up|the)|put (?:the|all)|pair (?:up|off|the|as)|add up|sum up|split|divid|group|visit|"
    r"what|which|who|how|where|when|why|whether)\w*\b",
    re.I,
)
_TASK = lazy(
    r"(?:your (?:task|job|goal) is|the task is|you (?:need|have|are asked) to|given a graph\b.*\byou need)", re.I
)
FORMAT = lazy(
    r"""(?:please\s+|kindly\s+|and\s+|also\s+|then\s+|finally,?\s+)*(?:
      (?:give|return|output|provide|present|write|report|format|state|express|print|show|put|formulate|wrap|
          enclose|submit|end)\s+(?:me\s+|us\s+)?
        (?:the\s+|your\s+|only\s+|just\s+|a\s+|an\s+|in\s+|with\s+)*(?:final\s+|short\s+|plain\s+)*(?:answer|
            result|response|output|reply|json|number|integer|yes|markdown|python|list\s+only)s?\b(?!\s+of\b)
    | (?:answer|respond|reply)\b(?!\s+(?:whether|when|what|which|who|how|the\s+(?:following|question)))
    | (?:just|only|simply)\s+(?:the|a|an|give|return|output|answer|print|say|yes|reply|respond|one)\b
    | (?:no|without(?:\s+any)?|do\s+not|don't)\s+(?:explanations?|explain|add|include|write|words|reasoning|other)\b
    | (?:your|the)\s+(?:final\s+)?(?:answer|response|output|reply|result)\s+(?:should|must|has\s+to|needs\s+to|
        is\s+to|shall|format)\b
    | (?:as|in|using)\s+(?:valid\s+|plain\s+)?(?:json|an?\s+(?:python\s+)?(?:list|dict|number|table))\b
    | yes\s+or\s+no\b | yes/no\b | round(?:ed)?\s+(?:to|the)\b | use\s+the\s+(?:following\s+)?format |
        be\s+(?:brief|concise|short)
    | in\s+(?:one|a\s+single)\s+(?:word|number|sentence|line)
    )""",
    re.I | re.X,
)
_FORMAT_INSIDE = lazy(r"\boutput yes or no\b|\banswer (?:yes|no)\b|after ['\"]?answer", re.I)
FORMAT_TAIL = lazy(
    r"""\s*[,;(–-]*\s*\b(?:
      (?:and|then|but)\s+(?:answer|respond|reply|return|output|give|print|present|format|write)\s+(?:it|them|this|
          that|the\s+(?:answer|result|output|response)|your\s+answer|your\s+response)?\s*(?:with|only|as|in|using)\b.*
    | as\s+an?\s+(?:python\s+|json\s+|comma[- ]separated\s+|sorted\s+)*(?:list|dict(?:ionary)?|set|tuple|number|
        integer|json|table|string|float|markdown\b.*)\b(?:\s+(?:of\s+\w+|only))?
    | (?:in|as|using)\s+(?:valid\s+)?json(?:\s+format)?
    | (?:with\s+)?yes\s+or\s+no(?:\s+only)? | yes/no | (?:just|only)\s+the\s+(?:number|answer|list|path)
    )\s*\)?\s*[.?!]*\s*$""",
    re.I | re.X,
)
TAIL_WORDS = lazy(
    r"answer|repl|return|output|giv|print|present|respon|format|writ|list|dict|set|tuple|number|integer|"
    r"json|table|string|"
    r"float|markdown|yes|path",
    re.I,
)
DEFINITION = lazy(
    r"""^(?:note\s+that|recall|remember|in\s+other\s+words|by\s+definition|here,?\s+(?:an?|the)\s|each\s|every\s|any\s|all\s+(?:edges|nodes)\s+(?:have|are\s+un)|the\s+goal\s|the\s+objective\s|in\s+the\s+context\s+of|for\s+an?\s+(?:un)?directed\s+graph
      |in\s+an?\s+(?:simple\s+)?graph\s+convolution|we\s+(?:say|call|define|consider|assume\s+that\s+each)|
          if\s+two\s|two\s+(?:nodes|vertices|edges)\s+(?:are|with)\b|a\s+(?:closed|triad|node|vertex|path|cycle|walk|
          tree|graph|set|chronological)\b.{0,60}\bis\b)
    | \be\.g\.|\bi\.e\.|\bfor\s+(?:example|instance)\b
    | \b(?:is|are)\s+(?:called|said|defined|considered|known\s+as|composed\s+of)\b
    | ^(?:an?|the)\s+[\w\s()-]{2,60}?\s(?:is|are|refers\s+to|of\s+\w+\s+is)\s+(?:an?|the)\s+.{0,200}\b(?:that|
        which|such\s+that|in\s+which|where|over\s+all|whose|of\s+all|between|divided|from)\b
    | \bis\s+the\s+(?:maximum|minimum|largest|smallest|number|sum|shortest|longest|total)\b
    | ^(?:an?\s+)?[\w\s]{3,40}\s+is\s+an?\s+\w+.{0,60}\b(?:if|such\s+that|iff|where|that|which)\b
    | \bis\s+a\s+linear\s+ordering\b""",
    re.I | re.X,
)
FILLER = lazy(
    r"""(?:hi|hello|hey|dear\b.*|(?:many\s+|so\s+)?(?:thanks|thank\s+you|thx)\b[\w\s,']{0,60}|please|ok|okay|sure|good\s+(?:morning|day|evening)|cheers|best\s+regards|regards|
      i\s+(?:have(?!\s+to\b)|am|hope|would|need\s+(?:your|some|help)|was|wonder|'m)\b
          (?!.*(?:graph|network|:|\b(?:how|what|which|who|whom|where|when|whether|if|into|to\s+(?:know|see|have|get))\b)).*|
          (?:(?:could|can|would|will)\s+you\s+)?(?:please\s+|kindly\s+)?(?:help|assist)(?:\s+me|\s+us)?(?:\s+out)?
          (?:\s+(?:with|on|here)\b(?!.*(?:find|comput|calculat|determin|count|graph|path|the\s+(?!following)))[^.:]{0,60})?|
      (?:i'm\s+|i\s+am\s+)?sorry\b.{0,60}|
      let'?s\s+(?:think|construct|go|start|see|begin|solve|do)\b.*|(?:please\s+)?think\s+(?:it\s+)?(?:step[\s-]by[\s-]step|carefully|through|over)
          (?:,?\s+(?:and|then|before)\b(?!.*\b(?:graph|nodes?|edges?|path)\b).*)?|
          take\s+a\s+deep\s+breath.*|i\s+appreciate.*|
      you\s+are\s+an?\s+(?:helpful|expert|graph|assistant|math)(?:(?!given|nodes|among).)*|here\s+(?:is|are)
          \s+(?:my|the|a)\s+(?:question|problem|task)s?|
      (?:this|here|below|the\s+following)\s+(?:is|shows|says|lists)\s+(?:a\s+list\s+of\s+)?who\b[\w\s]{1,40}\bwhom|
      (?:see|as\s+shown)\s+below|below|as\s+follows|-{3,}|={3,}|\*{3,}|\#+\s*\w*|```\w*|end|take\s+your\s+time)""",
    re.I | re.X,
)
# Courtesy before a question; none of it says what is asked.
POLITE_LEAD = lazy(
    r"(?:(?:please|kindly|so|now|also|then)[\s,]+)*(?:tell\s+(?:me|us)|answer(?:\s+(?:me|this|"
    r"the\s+following))?(?:\s+question)?|"
    r"help(?:\s+me)?|my\s+question(?:\s+is)?|i\s+(?:want\s+to\s+know|wonder))\s*:\s*(?=\S)",
    re.I,
)
_COUNTED = (
    r"nodes?|vertices|vertex|edges?|links?|paths?|cycles?|triangles?|components?|neighbou?rs|cliques?|"
    r"communities|bridges"
)
_TOPIC = (
    r"(?:in|out)?-?degrees?|(?:common\s+|shared\s+|mutual\s+|non-?)?neighbou?rs|successors|predecessors|"
    r"ancestors|descendants|"
    r"jaccard(?:\s+\w+)?|adamic[\s-]adar|(?:shortest|longest|simple|hamilton\w*|euler\w*|chronological|"
    r"temporal)?\s*paths?|"
    r"cycles?|girth|distances?|(?:shortest|cheapest|fastest)\s+(?:route|way|tour)|hops|(?:max(?:imum)?[\s-])?flow|"
    r"(?:min(?:imum)?[\s-])?cut|cut\s+(?:vertices|nodes|edges)|topological\s+(?:sort\w*|order\w*)|"
    r"(?:maximum\s+)?matching|"
    r"(?:connected\s+)?components?|sccs?|wccs?|diameter|radius|eccentricit(?:y|ies)|density|msts?|"
    r"(?:minimum\s+)?spanning\s+"
    r"(?:tree|forest)|steiner\s+tree|triangles|clustering(?:\s+coefficient)?|transitivity|"
    r"chromatic\s+number|colou?ring|"
    r"(?:maximum\s+|largest\s+)?cliques?|(?:maximum\s+)?independent\s+set|(?:minimum\s+)?vertex\s+cover|"
    r"(?:minimum\s+)?dominating\s+set|bridges|articulation\s+points?|page\s?ranks?|betweenness|closeness|"
    r"(?:\w+\s+)?centralit(?:y|ies)|hamilton\w*(?:\s+(?:cycle|tour|circuit))?|euler\w*(?:\s+(?:tour|"
    r"circuit|trail|walk|cycle))?|"
    r"communities|modularity|k-?core|core\s+numbers?|tsp|bfs|dfs|reachab\w+|reciprocity|assortativity|"
    r"times\s+of|first\s+time|dist|toposort|maxflow|diam|outdeg|indeg|all\s+times|"
    r"connectivity|planarity|node\s+(?:of|with)\s+(?:the\s+)?(?:max\w*|min\w*|highest|lowest|most|largest|smallest)"
)
_TERSE = lazy(
    rf"(?:[-*•]\s+)?(?:friends\s+of|(?:(?:the|an?|any|all|no\.?\s+of|number\s+of|num|count(?:\s+of)?|#|"
    rf"total|size\s+of|weight\s+of|length\s+of|"
    rf"cost\s+of|list\s+of|set\s+of|min(?:imum|imal)?|max(?:imum|imal)?|highest|lowest|largest|smallest|"
    rf"longest|shortest|"
    rf"average|mean|global|local|weighted|strongly|weakly|connected)\s+)*(?:{_TOPIC})|"
    rf"(?:no\.?\s+of|number\s+of|num|count(?:\s+of)?|how\s+many)\s+(?:\w+\s+)?(?:{_COUNTED})|(?:node|"
    rf"vertex|edge|link)\s+count)\b"
    rf"(?!\s*(?:[:=]|(?:is|are|was|were|has|have|graphs?|networks?|must|should|depends?|requires?|"
    rf"and\s+\w+\s+(?:are|were))\b))",
    re.I,
)
_STATES = lazy(r"->|--|→|=|\b(?:is|has|have|was)\b|:\s*[\w(\[{]+\s*[,)(]|\(\s*\w+\s*,\s*\w+\s*\)\s*,?\s*\(")
_PARAMETER = lazy(
    r"^(?:the|use|assume|suppose|let|start|initial|with|take|set|both|node)\b.*\d|^(?:use|assume|suppose|if|"
    r"otherwise|ignore|treat|consider|count)\b",
    re.I,
)
PROBLEM = lazy(
    r"\b(?:paths?|cycles?|flow|degrees?|diameter|radius|cent(?:er|re|rality)|connect(?:ed|ivity)|components?|"
    r"trees?|mst|cliques?|matching|colou?ring|"
    r"triangles?|distance|neighbou?rs?|bridges?|articulation|pagerank|betweenness|closeness|eccentricity|"
    r"reachable|reachability|topological|"
    r"isomorphi\w+|bipartite|planar|euler\w*|hamilton\w*|density|size|order|count|number of|how many|shortest|"
    r"longest|max(?:imum)?|min(?:imum)?|cut|"
    r"communit(?:y|ies)|modularity|clustering|dfs|bfs|cover|independent set|dominating|core|steiner|tsp|"
    r"closure|\[TBR\]|edges?|nodes?|adjacent|next to|jaccard|similarit(?:y|ies)|linked|dense)\b|\[TBR\]",
    re.I,
)


def is_format(sentence: str) -> bool:
    found = FORMAT.match(sentence) or (_inside(sentence) and _FORMAT_INSIDE.search(sentence))
    return bool(found) and not sentence.rstrip().endswith("?")


def _inside(sentence: str) -> bool:
    low = sentence.lower()
    return "output yes" in low or "answer" in low


_EDGES_SHOWN = lazy(r"->|--|→|\w\s*-\s*\w+,|\(\s*\w+\s*,\s*\w+\s*\)\s*,?\s*\(")
_WANTED = lazy(
    r"(?:for\s+[\w' ]{3,30}?[,:]?\s+)?(?:i|we)(?:\s+(?:need|want|must|have\s+to|wish|would\s+like|"
    r"am\s+looking\s+for)|['’]d\s+like)\b",
    re.I,
)


def wants(sentence: str) -> bool:
    """Whether a sentence says what is wanted: "For my homework I need the distance of a and b."."""
    return _WANTED.match(sentence) is not None and bool(PROBLEM.search(sentence)) and not _EDGES_SHOWN.search(sentence)


def introduces(sentence: str) -> bool:
    """Whether a sentence may only introduce the task ("Determine if there is a path between two nodes.")."""
    return "?" not in sentence[-4:] and "[TBR]" not in sentence


def is_task(sentence: str) -> bool:
    return bool(_TASK.match(sentence))


def is_definition(sentence: str) -> bool:
    return "[TBR]" not in sentence and bool(DEFINITION.search(sentence, 0, 600))


def is_terse(sentence: str) -> bool:
    """Whether a few words ask without a verb: "common neighbours 2 4", "MST weight", "degree of Bob"."""
    return len(sentence) < 160 and _TERSE.match(sentence) is not None and not _STATES.search(sentence)


def is_filler(sentence: str) -> bool:
    return bool(FILLER.fullmatch(sentence.strip(" \t.,:!?*_")))


def is_parameter(sentence: str) -> bool:
    """Whether a sentence after a question gives it an argument ("The number of iterations is 3.")."""
    return bool(_PARAMETER.match(sentence))
