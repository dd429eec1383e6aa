"""Attributes of nodes in prose: "Node 2 likes golf.", "node 0: [1,0]", "The weight of node A is 3"."""

from __future__ import annotations

import re

from graphs.text.lexicon import KIND, VALUE_VERB
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tokens import is_label, split_kind

_EMBEDDING = lazy(
    rf"\s*(?:the\s+)?(?:{KIND}\s+)?(\S{{1,200}}?)\s*(?::|=|has (?:the )?(?:embedding|features?|feature vector|"
    rf"vector):?)\s*\[([-\d.,\s eE]+)\]\s*[,;.]?\s*",
    re.I,
)
_NODE_NUMBER = lazy(
    rf"(?:the\s+)?(?P<word>weight|value|cost|score|capacity|size|age|label|colou?r|demand|reward)"
    rf"\s+of\s+(?:{KIND}\s+)?(?P<n>\S+)\s+(?:is|=|:)\s*(?P<v>[\w.+-]+)\s*\.?$"
    rf"|(?:{KIND}\s+)(?P<n2>\S+)\s+(?:has|with)\s+(?:an?\s+|the\s+)?(?P<word2>weight|value|cost|score|size|age|"
    rf"demand|reward)\s+(?:of\s+)?(?P<v2>[\d.+-]+)\s*\.?$",
    re.I,
)


def is_value(scan: Scan, objects: list[str]) -> bool:
    """Whether the objects of "likes" are values (golf) and not nodes."""
    if scan.draft.declared:
        known = {n.casefold() for n in scan.draft.declared}
        return not any(label.casefold() in known for label in objects)
    if any(label.isdigit() for label in objects):
        return False
    return all(label[:1].islower() for label in objects)


def read_value(scan: Scan, start: int, end: int) -> bool:
    """Read an attribute of a node: "Node 2 likes golf.", "node 0: [1,0]", "The weight of node A is 3"."""
    clause = scan.text[start:end]
    if "[" in clause:
        found = _EMBEDDING.fullmatch(clause)
        if found:
            numbers = [
                float(x) if "." in x or "e" in x.lower() else int(x) for x in re.findall(r"[-+]?\d[\d.eE+-]*", found[2])
            ]
            scan.draft.node(split_kind(found[1])[0], embedding=numbers)
            return True
    found = VALUE_VERB.search(clause)
    if found and found.start() > 0 and clause[: found.start()].strip() != "I":
        label = split_kind(clause[: found.start()])[0]
        value = clause[found.end() :].strip(" .!\"'")
        if (
            is_label(label, known=scan.draft.declared)
            and 0 < len(value) <= 100
            and len(value.split()) <= 4
            and value.lower() != "each other"
        ):
            scan.draft.node(label, label=value, label_relation=" ".join(found[1].lower().split()))
            return True
    found = _NODE_NUMBER.match(clause)
    if found:
        word, label, value = (
            (found["word"], found["n"], found["v"]) if found["word"] else (found["word2"], found["n2"], found["v2"])
        )
        from graphs.text.tokens import read_number

        number = read_number(value)
        scan.draft.node(split_kind(label)[0], **{word.lower(): value if number is None else number})
        return True
    return False
