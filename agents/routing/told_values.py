"""What a question tells of each node: "Ann: 1, Bob: 2", "Ann and Bob are red", "{Ann, Bob} and {Carla}", new names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from agents.routing.mentions import Mention, Mentions
from graphs.graph import Node

_VALUE = r"(?P<value>-?\d+(?:\.\d+)?|\"[^\"]{1,60}\"|'[^']{1,60}'|[^\W\d_][\w-]*\b)"
_KIND = r"(?:colou?r|label|group|communit\w+|cluster|class|part|side|block|opinion|value|type|team)"
_SIGN = re.compile(rf"\s*(?::|=|:=|->|→|=>)\s*(?:{_KIND}\s+)?{_VALUE}", re.IGNORECASE)
_VERB = re.compile(
    rf"\s*,?\s*(?:(?:both|all|each|is|are|be|being|gets?|has|have|having|takes?|painted|colou?red|labell?ed|in|with|of|"
    rf"belongs?|to|put|given|assigned|thinks?|says?|likes?|the|an?|{_KIND})\s+)+{_VALUE}(?!\s*(?:of|from|to|with)\b)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\s+(?P<value>red|blue|green|yellow|black|white|orange|purple|pink|brown|gr[ae]y|violet|cyan|magenta)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?:^|[\s;,.({{\[]){_VALUE}\s*(?::|=|=>|->|→)\s*[(\[{{]?\s*$")
_JOINT = re.compile(r"\s*(?:,\s*and|,|and|&|\+)?\s*(?:nodes?\s+)?")
_NO_VALUE = frozenset(
    "if when while because but so that then do does would will can a an the and or in of to on it is are be proper "
    "valid good each every all both not gone removed deleted isolated connected linked joined added there left".split()
)
_RENAMED = re.compile(
    rf"\s*(?:is\s+|gets\s+|be\s+|to\s+be\s+)?(?:(?:re)?named|(?:re)?labell?ed|called|renamed|becomes?|as|to|into|->|→|:|=)\s+"
    rf"(?:as\s+|to\s+|the\s+name\s+)?{_VALUE}",
    re.IGNORECASE,
)
_RENAMING = re.compile(r"\b(?:re-?name|re-?label|call|becomes?|new names?|be known as)", re.IGNORECASE)
_AGAINST = re.compile(r"\s*(?:\||/|;|\bvs?\.?|\bversus\b|\bagainst\b)\s*", re.IGNORECASE)
_SIDES = re.compile(
    r"\b(?:in|on|form|make|to)\b[^.;]{0,20}\b(?:one|(?:the )?(?:first|other|second|third|rest)|another|a second)\b",
    re.IGNORECASE,
)


def told(parameter: str, question: str, mentions: Mentions) -> dict[Node, Any]:
    """What the question gives for a parameter that takes something of each node; empty where it tells nothing."""
    if parameter == "mapping":
        return new_names_told(question, mentions)
    values = values_told(question, mentions)
    if parameter in ("opinions", "embeddings"):
        return values if all(isinstance(value, (int, float)) for value in values.values()) else {}
    values = values or parts_told(question, mentions)
    of_all = parameter in ("colours", "groups")  # one that is named without a value was not read
    return {} if of_all and any(mention.node not in values for mention in mentions.nodes) else values


def values_told(question: str, mentions: Mentions) -> dict[Node, Any]:
    """Node -> number or word that the question gives it; empty where fewer than two nodes have one."""
    found: dict[Node, Any] = {}
    waiting: list[Mention] = []
    read = 0  # up to here; a number that is told may be a node's name as well
    for mention, following in zip_longest(mentions.nodes, mentions.nodes[1:]):
        if mention.start < read:
            continue
        if waiting and not _JOINT.fullmatch(question, waiting[-1].end, mention.start):
            waiting = []
        given = _given(question, mention, following)
        if given is None:
            waiting.append(mention)
            continue
        read = given.end("value")
        found |= {named.node: _typed(given["value"]) for named in (*waiting, mention)}
        waiting = []
    if len(found) < 2:
        found = _value_first(question, mentions.nodes)
    return found if len(found) > 1 else {}


def new_names_told(question: str, mentions: Mentions) -> dict[Node, str]:
    """Old label -> new label of a renaming: "Rename Ann to Zoe and Bob to Yan.", "Relabel: Ann -> Zoe"."""
    if not _RENAMING.search(question):
        return {}
    found: dict[Node, str] = {}
    starts = {mention.start for mention in mentions.nodes}
    for mention in mentions.nodes:
        match = _RENAMED.match(question, mention.end)
        if match is not None and (match.start("value") not in starts or match["value"] not in map(str, found)):
            found[mention.node] = match["value"].strip("\"'")
    return {node: name for node, name in found.items() if str(node) not in found.values() or len(found) > 1}


def parts_told(question: str, mentions: Mentions) -> dict[Node, int]:
    """Node -> number of its part, where the question lists the parts: "{Ann, Bob} and {Carla, Dan}"."""
    listed: dict[int, list[Mention]] = {}
    for mention in mentions.nodes:
        listed.setdefault(mention.group, []).append(mention)
    grouped = [group for key, group in listed.items() if key >= 0]
    if len(grouped) > 1:
        return _numbered(grouped)
    parts: list[list[Mention]] = [[]]
    cuts = 0
    for mention in mentions.nodes:
        if parts[-1]:
            between = question[parts[-1][-1].end : mention.start]
            if _AGAINST.fullmatch(between) or _SIDES.search(between):
                parts.append([])
                cuts += 1
            elif not _JOINT.fullmatch(between):
                return {}
        parts[-1].append(mention)
    return _numbered(parts) if cuts else {}


def _numbered(parts: Sequence[Sequence[Mention]]) -> dict[Node, int]:
    found = {mention.node: number for number, part in enumerate(parts, 1) for mention in part}
    return found if len(found) == sum(len({m.node for m in part}) for part in parts) else {}


def _given(question: str, mention: Mention, following: Mention | None) -> re.Match[str] | None:
    """The value told right after a node; None where there is none."""
    for pattern in (_SIGN, _BARE, _VERB):
        match = pattern.match(question, mention.end)
        if match is None or match["value"].casefold() in _NO_VALUE:
            continue
        if following is None or match.start("value") < following.start:
            return match
        if pattern is _SIGN and match.span("value") == (following.start, following.end) and match["value"].isdecimal():
            return match
    return None


def _value_first(question: str, nodes: Sequence[Mention]) -> dict[Node, Any]:
    """The same where the value stands before its nodes: "red: Ann, Carla; blue: Bob"."""
    found: dict[Node, Any] = {}
    value: Any = None
    last = cuts = 0
    for mention in nodes:
        before = _BEFORE.search(question, last, mention.start)
        if before is not None and before.end() == mention.start:
            value = _typed(before["value"])
            cuts += 1
        elif value is None or not _JOINT.fullmatch(question, last, mention.start):
            return {}
        found[mention.node] = value
        last = mention.end
    return found if cuts > 1 else {}


def _typed(text: str) -> Any:
    text = text.strip("\"'")
    try:
        number = float(text)
    except ValueError:
        return text.casefold()
    return int(number) if number.is_integer() else number
