"""Edges and attributes written in prose: "A is connected to B and C", "a road of length 5 between X and Y"."""

from __future__ import annotations

import re
from typing import Any

from graphs.text.between import OBJECT_END, read_between
from graphs.text.edges import edge_suffix, phrase_value
from graphs.text.lexicon import ATTRIBUTE, KIND, MUTUAL, NEGATION, RELATION, TOGETHER, VALUE_VERB, singular
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tails import doubt_tail
from graphs.text.tokens import BULLET, is_label, may_be_label, plain_kind, split_kind, split_list
from graphs.text.values import is_value

_SPLIT = lazy(r",\s*(?:and|while|but|whereas)\s+|[,;]\s*|\s+(?:and|while|but)\s+")
_WORD = lazy(r"[\w'-]+")
_LEAD = lazy(
    r"\s*(?:also|and|then|next|additionally|moreover|further(?:more)?|finally|similarly|likewise|in addition|"
    r"we know(?: that)?|"
    r"(?:in|at|during|within|for|this|last)\s+(?!each\b|every\b|all\b|any\b)[^,.:;?!\d]{1,40}(?=,)|"
    r"in this graph|in the graph|here|note that|it is known that|"
    r"(?:suppose|assume|imagine|pretend|supposing|assuming|say)(?: that)?|let)\s*,?\s+",
    re.I,
)
_KIND_BEFORE = lazy(rf"(?:the\s+|all\s+|both\s+)*({KIND})(?:s)?\s+(?=\S)", re.I)
NEEDS = '"depends on", "requires" and "needs" point from what depends to what it needs'
BEFORE = "an edge points from what comes first to what comes later"
_FIRST = lazy(r"before$|precedes?|prerequisite", re.I)
_NO_EDGES = lazy(
    r"(?P<a>.{1,200}?)\s+(?:is|are)\s+(?:an?\s+)?isolated(?:\s+(?:nodes?|vert\w+))?\s*\.?$"
    r"|(?P<b>.{1,200}?)\s+(?:has|have|had)\s+no\s+(?:\w+\s+)?(?:neighbou?rs?|edges?|connections?|friends?|"
    r"links?|contacts?|roads?)\b.*"
    r"|(?P<c>.{1,200}?)\s+(?:is|are)\s+not\s+(?:connected|linked|adjacent)\s+(?:to|with)"
    r"\s+(?:any(?:\s+other)?(?:\s+\w+)?|anything|anyone)\s*\.?$",
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
        or _mutuals(scan, clause, start, end)
        or _joined(scan, clause, start, end)
        or _related(scan, clause, start, end)
        or _mutual(scan, clause, start, end)
        or read_between(scan, clause, start, end)
    )


def _mutuals(scan: Scan, clause: str, start: int, end: int) -> bool:
    """Several mutual statements with commas between them: "1 and 2 are linked, 2 and 3 are linked, 4 and 5 clash"."""
    if clause.count(",") + clause.count(";") == 0 or RELATION.search(clause):
        return False
    found = [m for m in MUTUAL.finditer(clause) if m.start() > 0]
    cuts = [0]
    for left, right in zip(found, found[1:]):
        joint = next(_SPLIT.finditer(clause, left.end(), right.start()), None)
        if joint is None:
            return False
        cuts.append(joint.end())
    if len(cuts) < 2:
        return False
    mark = len(scan.draft.links)
    kind = _KIND_BEFORE.match(clause)
    for begin, stop in zip(cuts, [*cuts[1:], len(clause)]):
        piece = clause[begin:stop].rstrip(" ,;")
        piece = re.sub(r"\s+(?:and|while|but)$", "", piece)
        if kind is not None and begin == 0:
            piece, begin = piece[kind.end() :], begin + kind.end()
        if not _mutual(scan, piece, start + begin, start + begin + len(piece)):
            del scan.draft.links[mark:]
            return False
    return True


def _joined(scan: Scan, clause: str, start: int, end: int) -> bool:
    """Two statements of which one is mutual: "A, B and C form a triangle, and C is connected to D"."""
    mutual = next((m for m in MUTUAL.finditer(clause) if m.start() > 0), None)
    if mutual is None:
        return False
    found = sorted((m for m in (*RELATION.finditer(clause), *MUTUAL.finditer(clause)) if m.start() > 0), key=_begin)
    after = next((m for m in found if m.start() >= found[0].end()), None)
    if after is None:
        return False  # one statement
    joints = list(_SPLIT.finditer(clause, found[0].end(), after.start()))
    strong = [joint for joint in joints if len(joint[0].strip()) > 1 and joint[0].strip() != "and"]
    if len(strong or joints) != 1:
        if found[0] is mutual or after is mutual:
            scan.draft.contradictions.append(f"it is not clear where one statement ends: {clause[:80]!r}")
            scan.draft.doubts += 0.6
        return False
    joint, mark = (strong or joints)[0], len(scan.draft.links)
    if read_clause(scan, start, start + joint.start()) and read_clause(scan, start + joint.end(), end):
        return True
    del scan.draft.links[mark:]
    return False


def _begin(found: re.Match[str]) -> int:
    return found.start()


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
    if " no " not in clause and " not " not in clause and "isolated" not in clause:
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
        if found[0].lower().endswith("after"):
            scan.draft.notes[BEFORE] = None
        return _objects(scan, subject, objects, arrow, start, end, swap=True)
    done = _objects(scan, subject, objects, arrow, start, end, verb=found[0])
    if done and found[0].lower().startswith(("depend", "require", "need", "rel")):
        scan.draft.notes[NEEDS] = None
    elif done and _FIRST.search(found[0]):
        scan.draft.notes[BEFORE] = None
    if done and not VALUE_VERB.match(found[0] + " "):
        scan.phrase, scan.phrase_kind, scan.phrase_arrow = found[0], "to", arrow
    return done


def _absent(scan: Scan, subject: str, objects: str) -> bool:
    u, v = split_kind(subject)[0], split_kind(objects.strip(" .!"))[0]
    if not (is_label(u, known=scan.draft.declared) and is_label(v, known=scan.draft.declared)):
        return False
    scan.draft.no_edge(u, v)
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
    sources = [scan.end(item) for item in _subjects(subject)]
    if not sources or not all(_fits(scan, label) for label, _ in sources):
        return False
    targets = _targets(scan, objects)
    if targets is None:
        return False
    if verb and VALUE_VERB.match(verb + " ") and is_value(scan, [t[0][0] for t in targets]):
        return False
    shared = targets[-1][1] if len(targets) > 1 and sum(1 for t in targets if t[1]) == 1 else None
    for source in sources:
        for target, attributes in targets:
            pair = (target, source) if swap else (source, target)
            scan.link(*pair, start, end, arrow, attributes or shared)
    if len(targets) > 1 and arrow is None:
        scan.draft.both_ends = True
    return True


def _fits(scan: Scan, label: str) -> bool:
    return is_label(label, known=scan.draft.declared) or (scan.loose and may_be_label(label))


def _subjects(subject: str) -> list[str]:
    subject = subject.strip(" ,*_")
    if subject.isalnum() or (" and " not in subject and "," not in subject):
        return [subject]
    return split_list(_without_kind(subject))


def _targets(scan: Scan, objects: str) -> list[tuple[tuple[str, str | None], dict[str, Any] | None]] | None:
    objects = objects.strip(" :\t*_").rstrip(".,;! ")
    known = scan.draft.declared
    common, tail = None, ""
    if objects not in known:
        if ATTRIBUTE.match(objects):
            return None
        cut = OBJECT_END.search(objects)
        if cut:
            for phrase in ATTRIBUTE.finditer(objects, cut.start()):
                common = {**(common or {}), **phrase_value(scan, phrase)}
            tail, objects = objects[cut.start() :], objects[: cut.start()]
    if not objects:
        return None
    kind = None
    several = "," in objects or " and " in objects
    prefix = _KIND_BEFORE.match(objects) if several and not objects[0].isdigit() else None
    if prefix and objects not in known:
        kind = prefix[1]
        objects = objects[prefix.end() :]
    found: list[tuple[tuple[str, str | None], dict[str, Any] | None]] = []
    plain = kind is None or plain_kind(singular(kind))
    for item in [objects] if objects in known else split_list(objects):
        if plain and item.isalnum() and (item in known or item.isdigit()):
            found.append(((item, kind and singular(kind)), common))
            continue
        raw, attributes = edge_suffix(scan, item)
        label, own = scan.end(f"{kind} {raw}" if kind and not raw.lower().startswith(kind.lower()) else raw)
        if not _fits(scan, label):
            return None
        found.append(((label, own), attributes or common))
    if found:
        doubt_tail(scan, tail)
    return found or None


def _mutual(scan: Scan, clause: str, start: int, end: int) -> bool:
    """Read "X and Y are friends", "X and Y wrote a paper together", "A, B and C are mutual friends"."""
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
        scan.draft.no_edge(labels[0], labels[1])
        return True
    tail = clause[found.end() :]
    doubt_tail(scan, tail)
    if sum(word in labels for word in _WORD.findall(tail)) > 1:
        scan.draft.doubts += 0.6  # "A, B and C interact: A with B, B with C" says which
    for i, u in enumerate(labels):
        for v in labels[i + 1 :]:
            scan.draft.link(u, v, start, end, None, attributes or None)
    if len(labels) > 2:
        scan.draft.notes[f"{len(labels)} names in one sentence of mutual relation are joined pairwise"] = None
    if not attributes:
        scan.phrase, scan.phrase_kind, scan.phrase_arrow = found[0], "mutual", None
    return True


def _together(scan: Scan, clause: str, start: int, end: int) -> bool:
    """Read "X and Y wrote a paper together", "X and Y trust each other": Y ends where the verb begins."""
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
    fit = all(_fits(scan, label) for label in labels)
    return labels if len(labels) > 1 and fit else None
