"""Names of nodes that a question brings in: "add Zoe to the network", "if Zoe joins", "with the extra node Zoe"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_NAME = r"(?:\"[^\"]{1,60}\"|'[^']{1,60}'|(?-i:[^\W\d_a-z])[\w-]*|\w*\d\w*)"
_NAMES = rf"(?P<names>{_NAME}(?:\s*(?:,\s*and|,|and|&)\s*{_NAME}){{0,20}})"
_NOUN = (
    r"(?:nodes?|vertex|vertices|points?|person|persons|people|members?|stations?|stops?|cit(?:y|ies)|towns?|villages?|"
    r"friends?|users?|players?|pages?|airports?|guys?|(?:wo)?m[ae]n|girls?|boys?|students?|pupils?|colleagues?|servers?|"
    r"computers?|machines?|routers?|hosts?|newcomers?|arrivals?|strangers?|guests?)"
)
_NEW = r"(?:new|extra|additional|another|further|isolated|fresh|lone|unconnected|unattached|unlinked|separate|single)"
_MANY = r"(?:the|a|an|one|two|three|four|some|more|\d+)"
_CALLED = r"(?:called|named|labell?ed|by\s+the\s+names?\s+of)"
_SPLIT = re.compile(_NAME)
_NO_NAMES = frozenset(
    "who what which when where how if it he she they we you i one this that these those there then now after before "
    "everyone everybody everything someone somebody something anyone anybody nobody nothing none all each both".split()
)
_HINT = re.compile(
    r"\b(?:add|insert|introduc|creat|bring|put|new|extra|additional|another|further|isolated|fresh|lone|unconnected|"
    r"newcomer|join|arriv|enter|comes|register|append|open)",
    re.IGNORECASE,
)
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:add(?:s|ed|ing)?|insert(?:s|ed|ing)?|introduc(?:e|es|ed|ing)|creat(?:e|es|ed|ing)|append(?:ed|ing)?|"
        rf"register(?:ed|ing)?|(?:bring|bringing|brought|put|putting)(?:\s+in)?|open(?:ed|ing)?)\s+"
        rf"(?:(?:{_MANY}|{_NEW})\s+)*(?:{_NOUN}\s*,?\s*)?(?:{_CALLED}\s+)?{_NAMES}"
        rf"(?=\s*(?:$|[.,;:!?)]|\b(?:to|into|in|as|with|without|and|then|who|which|that)\b))",
        rf"\b{_NEW}\s+(?:and\s+\w+\s+)?{_NOUN}\s*,?\s*(?:{_CALLED}\s+)?{_NAMES}",
        rf"\bnewcomers?\s*,?\s*{_NAMES}",
        rf"(?:^|[\s,(]){_NAMES}\s+(?:(?:also|now|newly)\s+)?(?:joins?|joined|enters?|entered|arrives?|arrived|"
        rf"comes?\s+(?:along|in|to)|moves?\s+in|(?:is|are|were|was|gets?|has\s+been|have\s+been)\s+(?:newly\s+)?"
        rf"(?:added|new|introduced|inserted|created))\b",
        rf"(?:^|[\s,(]){_NAMES}\s+(?:as|is|are|,)\s*(?:{_MANY}\s+)?{_NEW}\s+{_NOUN}",
        rf"(?:^|[\s,(]){_NAMES}\s+(?:is|are)\s+new\b",
    )
)


@lru_cache(maxsize=1024)
def newcomers(question: str) -> frozenset[int]:
    """Where the names begin that a question brings in, whether the graph has them or not.

    >>> [question[at:at + 3] for question in ["Add Zoe and Yan to the graph."] for at in sorted(newcomers(question))]
    ['Zoe', 'Yan']
    """
    return frozenset(_found(question)) if _HINT.search(question) else frozenset()


def _found(question: str) -> Iterator[int]:
    for pattern in _SAID:
        for match in pattern.finditer(question):
            for name in _SPLIT.finditer(question, *match.span("names")):
                if name[0].casefold() not in _NO_NAMES:
                    yield name.start() + (name[0][0] in "\"'")
