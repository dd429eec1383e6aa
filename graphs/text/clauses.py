"""Edges and attributes written in prose: "A is connected to B and C", "a road of length 5 between X and Y"."""

from __future__ import annotations

import re
from typing import Any

from graphs.text.edges import edge_suffix, phrase_value
from graphs.text.lexicon import ATTRIBUTE, BETWEEN, EDGE_NOUN, KIND, MUTUAL, NEGATION, RELATION, TOGETHER, VALUE_VERB
from graphs.text.scan import Scan
from graphs.text.tokens import BULLET, is_label, split_kind, split_list

_SPLIT = re.compile(r",\s*(?:and|while|but|whereas)\s+|[,;]\s*|\s+(?:and|while|but)\s+")
_AND = re.compile(r"\s*,?\s+(?:and|to|with|&)\s+")
_TO = re.compile(r"\s+(?:to|into|towards?|until|and)\s+")
_OBJECT_END = re.compile(
    r"\s+(?:by|via|through|using|because|since|if|when|while|as|directly|together|in\s+(?:the|this|our|G)\b).*|\s*[.:!]+$",
    re.S,
)
_LEAD = re.compile(
    r"\s*(?:also|and|then|next|additionally|moreover|further(?:more)?|finally|similarly|likewise|in addition|we know(?: that)?|"
    r"in this graph|in the graph|here|note that|it is known that|suppose(?: that)?|assume(?: that)?|let)\s*,?\s+",
    re.I,
)
_NO_EDGES = re.compile(
    r"(?P<a>.{1,200}?)\s+(?:is|are)\s+(?:an?\s+)?isolated(?:\s+(?:nodes?|vert\w+))?\s*\.?$"
    r"|(?P<b>.{1,200}?)\s+(?:has|have|had)\s+no\s+(?:\w+\s+)?(?:neighbou?rs?|edges?|connections?|friends?|links?|contacts?|roads?)\b.*"
    r"|(?P<c>.{1,200}?)\s+(?:is|are)\s+not\s+(?:connected|linked|adjacent)\s+(?:to|with)\s+(?:any(?:\s+other)?(?:\s+\w+)?|anything|anyone)\s*\.?$",
    re.I,
)
_EDGE_THING = re.compile(
    rf"\b{EDGE_NOUN}\b|\b(?:takes?|costs?|get(?:ting)?|connects?|links?|joins?|leads?|goes|runs|travell?ing|driving|going|distance|dependency|transfer)\b",
    re.I,
)
_TWO_WAY = re.compile(
    r"\b(?:road|street|bridge|cable|wire|path|trail|track|tunnel|pipe|border|friendship|route)s?\b", re.I
)
_NEXT_EDGE = re.compile(
    r"(?:[,;]\s*(?:and\s+)?|\s+and\s+)(?=(?:an?|another|one)\s+(?:\S+\s+){0,4}?(?:between|from)\b)", re.I
)
_NEXT_EDGE_WORDS = re.compile(r"(?:[,;]\s*(?:and\s+)?|\s+and\s+)$", re.I)
_EMBEDDING = re.compile(
    rf"\s*(?:the\s+)?(?:{KIND}\s+)?(\S{{1,200}}?)\s*(?::|=|has (?:the )?(?:embedding|features?|feature vector|vector):?)\s*\[([-\d.,\s eE]+)\]\s*[,;.]?\s*",
    re.I,
)
_NODE_NUMBER = re.compile(
    rf"(?:the\s+)?(?P<word>weight|value|cost|score|capacity|size|age|label|colou?r|demand|reward)\s+of\s+(?:{KIND}\s+)?(?P<n>\S+)\s+(?:is|=|:)\s*(?P<v>[\w.+-]+)\s*\.?$"
    rf"|(?:{KIND}\s+)(?P<n2>\S+)\s+(?:has|with)\s+(?:an?\s+|the\s+)?(?P<word2>weight|value|cost|score|size|age|demand|reward)\s+(?:of\s+)?(?P<v2>[\d.+-]+)\s*\.?$",
    re.I,
)


def read_clause(scan: Scan, start: int, end: int) -> bool:
    """Read one sentence of prose as edges, isolated nodes or attributes of nodes; False when it is none of these."""
    bullet = BULLET.match(scan.text, start, end)
    if bullet:
        start = bullet.end()
    clause = scan.text[start:end]
    lead = _LEAD.match(clause)
    if lead:
        start += lead.end()
        clause = clause[lead.end() :]
    return (
        _isolated(scan, clause)
        or _related(scan, clause, start, end)
        or _mutual(scan, clause, start, end)
        or _between(scan, clause, start, end)
    )


def read_repeated(scan: Scan, start: int, end: int) -> bool:
    """Read a line with the same relation phrase as the clause before: "… is connected to …", "… and … are friends"."""
    clause = scan.text[start:end]
    if "?" in clause or ". " in clause:
        return False
    phrase, kind, arrow = scan.phrase, scan.phrase_kind, scan.phrase_arrow
    at = clause.find(phrase)
    if at <= 0 or clause.find(phrase, at + 1) > 0 or "(" in clause or not clause[at - 1].isspace():
        return False
    left, right = clause[:at].rstrip(), clause[at + len(phrase) :]
    if kind == "mutual":
        first, found, second = left.partition(" and ")
        if (
            not found
            or "," in left
            or " and " in second
            or right.strip(" .\t")
            or not (first.isalnum() and second.isalnum())
        ):
            return False
        scan.draft.link(first, second, start, end, None, None)
        return True
    return _objects(scan, left, right, arrow, start, end)


def _isolated(scan: Scan, clause: str) -> bool:
    if "no" not in clause and "isolated" not in clause:
        return False
    found = _NO_EDGES.match(clause)
    if not found:
        return False
    labels = [split_kind(item)[0] for item in split_list(_without_kind(found["a"] or found["b"] or found["c"]))]
    if not all(is_label(label, known=scan.draft.declared) for label in labels):
        return False
    for label in labels:
        scan.draft.node(label)
    return True


def _without_kind(text: str) -> str:
    return re.sub(rf"^(?:the\s+)?{KIND}\s+(?=.*(?:,|\band\b))", "", text.strip(), flags=re.I)


def _related(scan: Scan, clause: str, start: int, end: int) -> bool:
    """Subject, relation, objects; several such clauses in one sentence are taken apart at their joints."""
    found = [m for m in RELATION.finditer(clause) if m.start() > 0]
    if not found:
        return False
    if len(found) > 1:
        cuts = [0]
        for left, right in zip(found, found[1:]):
            joints = list(_SPLIT.finditer(clause, left.end() + 1, right.start()))
            if not joints:
                return _single(scan, clause, found[0], start, end)
            cuts.append(joints[-1].end())
        pieces = list(zip(cuts, [*cuts[1:], len(clause)]))
        mark = len(scan.draft.links)
        done = [_single_at(scan, clause[a:b].rstrip(" ,;"), start + a) for a, b in pieces]
        if all(done):
            return True
        if any(done):
            del scan.draft.links[mark:]
            scan.kinded = [item for item in scan.kinded if item[1] < mark or item[0] is not scan.draft]
    return _single(scan, clause, found[0], start, end)


def _single_at(scan: Scan, clause: str, start: int) -> bool:
    clause = re.sub(r"\s+(?:and|while|but)$|^(?:and|while|but)\s+", "", clause)
    found = next((m for m in RELATION.finditer(clause) if m.start() > 0), None)
    return found is not None and _single(scan, clause, found, start, start + len(clause))


def _single(scan: Scan, clause: str, found: re.Match[str], start: int, end: int) -> bool:
    subject, objects = clause[: found.start()], clause[found.end() :]
    word = found.lastgroup or "both"
    if NEGATION.search(clause, max(0, found.start() - 1), min(len(clause), found.end() + 1)):
        return _absent(scan, subject, objects)
    arrow = None if word == "both" else True
    if word == "backward":
        return _objects(scan, subject, objects, arrow, start, end, swap=True)
    done = _objects(scan, subject, objects, arrow, start, end, verb=found[0])
    if done and not VALUE_VERB.match(found[0] + " "):
        scan.phrase, scan.phrase_kind, scan.phrase_arrow = found[0], "to", arrow
    return done


def _absent(scan: Scan, subject: str, objects: str) -> bool:
    u, v = split_kind(subject)[0], split_kind(objects.strip(" .!"))[0]
    if not (is_label(u, known=scan.draft.declared) and is_label(v, known=scan.draft.declared)):
        return False
    scan.draft.absent.append((u, v))
    return True


def _objects(
    scan: Scan,
    subject: str,
    objects: str,
    arrow: bool | None,
    start: int,
    end: int,
    *,
    verb: str = "",
    swap: bool = False,
) -> bool:
    """Link a subject (or a list of them) to each object, with the attribute that each object, or the last, carries."""
    known = scan.draft.declared
    sources = [scan.end(item) for item in _subjects(subject)]
    if not sources or not all(is_label(label, known=known) for label, _ in sources):
        return False
    targets = _targets(scan, objects)
    if targets is None:
        return False
    if verb and VALUE_VERB.match(verb + " ") and _is_value(scan, [t[0][0] for t in targets]):
        return False
    shared = targets[-1][1] if len(targets) > 1 and sum(1 for t in targets if t[1]) == 1 else None
    for source in sources:
        for target, attributes in targets:
            pair = (target, source) if swap else (source, target)
            scan.link(*pair, start, end, arrow, attributes or shared)
    if len(targets) > 1 and arrow is None:
        scan.draft.both_ends = True
    return True


def _subjects(subject: str) -> list[str]:
    subject = subject.strip(" ,*_")
    if subject.isalnum() or (" and " not in subject and "," not in subject):
        return [subject]
    return split_list(_without_kind(subject))


def _targets(scan: Scan, objects: str) -> list[tuple[tuple[str, str | None], dict[str, Any] | None]] | None:
    objects = objects.strip(" :\t*_").rstrip(".,;! ")
    known = scan.draft.declared
    common = None
    if objects not in known:
        if ATTRIBUTE.match(objects):
            return None
        cut = _OBJECT_END.search(objects)
        if cut:
            for phrase in ATTRIBUTE.finditer(objects, cut.start()):
                common = {**(common or {}), **phrase_value(scan, phrase)}
            objects = objects[: cut.start()]
    if not objects:
        return None
    kind = None
    prefix = re.match(rf"(?:the\s+|all\s+|both\s+)*({KIND})(?:s)?\s+(?=\S)", objects, re.I)
    if prefix and ("," in objects or " and " in objects) and objects not in known:
        kind = prefix[1]
        objects = objects[prefix.end() :]
    found = []
    for item in [objects] if objects in known else split_list(objects):
        raw, attributes = edge_suffix(scan, item)
        label, own = scan.end(f"{kind} {raw}" if kind and not raw.lower().startswith(kind.lower()) else raw)
        if not is_label(label, known=known):
            return None
        found.append(((label, own), attributes or common))
    return found or None


def _is_value(scan: Scan, objects: list[str]) -> bool:
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
    if found and found.start() > 0:
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


def _mutual(scan: Scan, clause: str, start: int, end: int) -> bool:
    """ "X and Y are friends", "X and Y wrote a paper together", "A, B and C are mutual friends"."""
    found = next((m for m in MUTUAL.finditer(clause) if m.start() > 0), None)
    if found is None:
        return _together(scan, clause, start, end)
    subject = clause[: found.start()].strip()
    attributes: dict[str, Any] = {}
    for phrase in ATTRIBUTE.finditer(clause, found.end()):
        attributes.update(phrase_value(scan, phrase))
    labels = _pair(scan, subject)
    if labels is None or len(labels) < 2:
        return False
    if NEGATION.search(clause, found.start() - 1, found.end() + 4) or "not " in clause[found.start() : found.end() + 4]:
        scan.draft.absent.append((labels[0], labels[1]))
        return True
    for i, u in enumerate(labels):
        for v in labels[i + 1 :]:
            scan.draft.link(u, v, start, end, None, attributes or None)
    if len(labels) > 2:
        scan.draft.notes[f"{len(labels)} names in one sentence of mutual relation are joined pairwise"] = None
    if not attributes:
        scan.phrase, scan.phrase_kind, scan.phrase_arrow = found[0], "mutual", None
    return True


def _together(scan: Scan, clause: str, start: int, end: int) -> bool:
    """ "X and Y wrote a paper together", "X and Y trust each other": Y ends where the verb begins."""
    if not TOGETHER.search(clause) or NEGATION.search(clause):
        return False
    known = scan.draft.declared
    for cut in re.finditer(r"\s+(?:and|&)\s+", clause):
        first = split_kind(clause[: cut.start()])[0]
        words = list(re.finditer(r"\S+", clause[cut.end() :]))
        for size in range(min(6, len(words) - 2), 0, -1):
            verb = words[size][0]
            second = split_kind(clause[cut.end() : cut.end() + words[size - 1].end()])[0]
            fits = second in known or (not known and verb[0].islower() and is_label(second))
            if fits and is_label(first, known=known):
                scan.draft.link(first, second, start, end, None, None)
                rest = clause[cut.end() + words[size].start() :].rstrip(" .!")
                scan.phrase, scan.phrase_kind, scan.phrase_arrow = rest, "mutual", None
                return True
    return False


def _pair(scan: Scan, subject: str) -> list[str] | None:
    """The labels of "X and Y", using declared labels where a label itself holds "and"."""
    known = scan.draft.declared
    subject = (
        re.sub(rf"^(?:the\s+|both\s+)*(?:{KIND}\s+)(?=\S)", "", subject, flags=re.I)
        if subject not in known
        else subject
    )
    cuts = [m for m in re.finditer(r"\s+(?:and|&)\s+", subject)]
    for cut in cuts:
        pair = [split_kind(subject[: cut.start()])[0], split_kind(subject[cut.end() :])[0]]
        if all(label in known for label in pair):
            return pair
    labels = [split_kind(item)[0] for item in split_list(subject)]
    return labels if len(labels) > 1 and all(is_label(label, known=known) for label in labels) else None


def _between(scan: Scan, clause: str, start: int, end: int) -> bool:
    """ "an edge between A and B with weight 3", "the flight from Oslo to Rome costs 120", "a 5 km road connects X and Y"."""
    if not _EDGE_THING.search(clause):
        return False
    cuts = [m.end() for m in _NEXT_EDGE.finditer(clause)]
    if cuts:
        pieces = zip([0, *cuts], [*cuts, len(clause)])
        return all([_between(scan, _NEXT_EDGE_WORDS.sub("", clause[a:b]), start, end) for a, b in pieces])
    for found in BETWEEN.finditer(clause):
        origin = bool(found["origin"])
        tail = clause[found.end() :].rstrip(" .,;!")
        attributes: dict[str, Any] = {}
        for phrase in ATTRIBUTE.finditer(clause, 0, found.start() + 1):
            attributes.update(phrase_value(scan, phrase))
        pair, extra = _ends(scan, tail, origin)
        if pair is None:
            continue
        attributes.update(extra)
        if NEGATION.search(clause, 0, found.end()):
            scan.draft.absent.append((pair[0][0], pair[1][0]))
            return True
        if origin and _TWO_WAY.search(clause, 0, found.start()) and scan.draft.stated is None and scan.stated is None:
            scan.draft.notes['"from … to …" is read as one-way'] = None
        scan.link(*pair, start, end, True if origin else False, attributes or None)
        return True
    return False


def _ends(scan: Scan, tail: str, origin: bool) -> tuple[Any, dict[str, Any]]:
    """Both ends after "between" or "from", and the attributes after them."""
    known = scan.draft.declared
    for cut in (_TO if origin else _AND).finditer(tail):
        left, right = tail[: cut.start()], tail[cut.end() :]
        right, attributes = _cut_attributes(scan, right)
        right = _OBJECT_END.sub("", right).strip(" ,.:;") if right not in known else right
        left = (
            re.sub(rf"^(?:{KIND})\s+(?=\S)", "", left, flags=re.I) if left not in known and not _kinded(left) else left
        )
        pair = (scan.end(left), scan.end(right))
        if all(is_label(label, known=known) for label, _ in pair):
            return pair, attributes
    return None, {}


def _kinded(text: str) -> bool:
    return split_kind(text)[1] not in (None, "node", "vertex", "point")


def _cut_attributes(scan: Scan, text: str) -> tuple[str, dict[str, Any]]:
    attributes: dict[str, Any] = {}
    first = None
    if any(c.isdigit() for c in text):
        for phrase in ATTRIBUTE.finditer(text):
            if phrase.start() == 0:
                continue
            first = phrase.start() if first is None else first
            attributes.update(phrase_value(scan, phrase))
        if first is None and ":" in text:
            label, found = edge_suffix(scan, text)
            return label, found or {}
    return (text if first is None else text[:first]), attributes
