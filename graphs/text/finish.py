"""What can only be decided when the whole text was seen: unknown verbs, introductions of the task, terse questions."""

from __future__ import annotations

import re

from graphs.text.asking import claim_question
from graphs.text.clauses import BEFORE, NEEDS, read_clause
from graphs.text.draft import Draft
from graphs.text.irregular import BASE
from graphs.text.names import around
from graphs.text.patterns import lazy
from graphs.text.question import INTERROGATIVE, PROBLEM
from graphs.text.scan import Scan
from graphs.text.tokens import is_label, split_kind, split_list

_EVERYONE = lazy(
    r"(?P<subject>\S+(?: [A-Z]\w*)?) (?P<verb>knows?|likes?|is (?:a )?(?:friends? (?:of|with)|connected (?:to|with)|"
    r"linked to|adjacent to|joined to|related to)|are (?:connected to|friends with)|has (?:an edge|a link) to|"
    r"borders|met|follows|meets|trusts) (?P<all>every(?:one|body)|every other \w+|"
    r"all (?:the )?(?:others|other \w+))(?: else)?"
    r"(?:,? (?:except(?: for)?|but|other than|apart from) (?P<except>[^.!?]+?))?[.!]?\s*",
    re.I,
)
_ONE_SIDED = ("likes", "like", "follows", "trusts")
_MOST_VALUES = 1_000
ALL_LISTED = "means all whom the text lists"
_WORD = lazy(r"\S+")


def finish(scan: Scan) -> None:
    """Look again at the sentences that no reader took, and tell the question from what only introduces it."""
    _everyone(scan)
    _small_words(scan)
    _unknown_relations(scan)
    _introductions(scan)
    _one_way_by_topic(scan)
    for draft in scan.drafts:
        _doubt_strangers(draft)
        if NEEDS in draft.notes and BEFORE in draft.notes:
            draft.contradictions.append("some sentences name first what comes first, others what depends on it")
    if not scan.questions:
        for start, end in scan.pending:
            if PROBLEM.search(scan.text, start, end) or _asks_at_the_end(scan, start, end):
                claim_question(scan, start, end)


def _doubt_strangers(draft: Draft) -> None:
    """Contradict a draft that has nodes from sentences such as "Grandma likes tea" and edges of others alone."""
    linked = {label for link in draft.links for label in link[:2]}
    for label, data in list(draft.nodes.items())[:_MOST_VALUES]:
        if linked and "label_relation" in data and label not in linked and label not in draft.declared:
            draft.contradictions.append(f"{label[:60]!r} was taken as a node without edges")
            return


_WEB = lazy(r"\b(?:web\s?pages?|pages?|websites?|hyperlinks?|clicks?|homepage)\b", re.I)
_LINKS_TO = lazy(r"\blinks?\s+to\b", re.I)
_GOES_TO = lazy(r"\b(?:links?|connects?|goes?|sends?(?:\s+\w+)?)\s+(?:directly\s+)?to\b", re.I)
# What only edges with a direction have.
_ASKS_DIRECTION = lazy(
    r"\b(?:strongly|weakly)[- ]connected\b|\b(?:in|out)[- ]?degrees?\b|\btopological|"
    r"\b(?:in|out)(?:coming|going|bound)\b|\b(?:predecessors?|successors?)\b",
    re.I,
)
_DIGRAPH = lazy(r"\b(?:the|this|my|our)\s+(?:digraph|directed\s+(?:graph|network))\b", re.I)


def _one_way_by_topic(scan: Scan) -> None:
    """Edges from the first to the second where pages link to pages, or the question calls the graph a digraph."""
    if len(scan.drafts) != 1 or scan.stated is not None or scan.draft.stated is not None or len(scan.text) > 100_000:
        return
    draft = scan.draft
    if any(_DIGRAPH.search(scan.text, start, end) for start, end, _ in scan.questions) and draft.links:
        draft.stated = True
        draft.notes["the question calls the graph directed: edges go from the first to the second"] = None
    elif _WEB.search(scan.text) and any(_LINKS_TO.search(scan.text, *link[2:4]) for link in draft.links):
        draft.links = [
            (u, v, a, b, True if arrow is None and _LINKS_TO.search(scan.text, a, b) else arrow, data)
            for u, v, a, b, arrow, data in draft.links
        ]
        draft.notes["pages link from the first to the second"] = None
    elif _asks_direction(scan) and (
        _one_sided(draft) or all(link[4] is None and _GOES_TO.search(scan.text, *link[2:4]) for link in draft.links)
    ):
        draft.stated = True
        draft.notes["the question is about directed edges: they go from the first to the second"] = None


def _one_sided(draft: Draft) -> bool:
    """Whether the edges are an adjacency list that says every edge from one of its ends alone."""
    pairs = {link[:2] for link in draft.links if link[4] is None}
    return draft.both_ends and len(pairs) == len(draft.links) and not any((v, u) in pairs for u, v in pairs)


def _asks_direction(scan: Scan) -> bool:
    return bool(scan.draft.links) and any(_ASKS_DIRECTION.search(scan.text, a, b) for a, b, _ in scan.questions)


def _asks_at_the_end(scan: Scan, start: int, end: int) -> bool:
    """Whether nothing follows a sentence that begins as a question does: "… who is the loner"."""
    return INTERROGATIVE.match(scan.text, start, end) is not None and not scan.text[end:].strip()


def _everyone(scan: Scan) -> None:
    """Read "Ann knows everyone except Dave" where the text lists who there is; else say that it was not read."""
    for start, end in [p for p in scan.pending if p[1] - p[0] < 400]:
        found = _EVERYONE.fullmatch(scan.text, start, end)
        if found is None:
            continue
        scan.pending.remove((start, end))
        scan.claim(start, end, "graph")
        known = scan.draft.declared
        subject = split_kind(found["subject"])[0]
        left = [split_kind(label)[0] for label in split_list(found["except"] or "")]
        if len(scan.drafts) > 1 or not all(label in known for label in (subject, *left)):
            scan.draft.contradictions.append(f"{found['all']!r} was not turned into edges: who there is must be listed")
            scan.draft.doubts += 0.6
            continue
        arrow = True if found["verb"].casefold() in _ONE_SIDED else None
        for label in known:
            if label != subject and label not in left:
                scan.draft.link(subject, label, start, end, arrow, None)
        scan.draft.notes[f"{found['all']!r} {ALL_LISTED}"] = None


def _small_words(scan: Scan) -> None:
    """Read sentences of known relations between names in small letters: "old mill is connected to red river"."""
    if not scan.pending or len(scan.drafts) > 1:
        return
    scan.loose = True
    left = []
    firm = scan.draft.labels()
    single = len(firm) > 1 and all(label[:1].isupper() and " " not in label for label in firm)
    for start, end in scan.pending:
        before = len(scan.draft.links)
        read = end - start < 400 and read_clause(scan, start, end)
        new = {label for link in scan.draft.links[before:] for label in link[:2] if " " in label}
        if read and single and any(not around(word) for label in new for word in label.split()[1:]):
            del scan.draft.links[before:]  # "Ann hardly", beside names of one word
            read = False
        if read:
            scan.claim(start, end, "graph")
            scan.draft.notes["small words around a relation are read as names of nodes"] = None
        else:
            left.append((start, end))
    scan.draft.doubts += 0.05 if len(left) < len(scan.pending) else 0.0
    scan.pending = left
    scan.loose = False


def _unknown_relations(scan: Scan) -> None:
    """Read "Ann admires Bob" for verbs outside the lexicon, when no other sentence gave an edge."""
    if scan.draft.links or len(scan.drafts) > 1:
        return
    rows = []
    for start, end in scan.pending:
        rows += [(*row, start, end) for row in _rows(scan, start, end)]
    verbs = [row[2] for row in rows]
    known = scan.draft.declared
    sure = [row for row in rows if verbs.count(row[2]) > 1 or (row[0] in known and row[1] in known)]
    passive = bool(sure) and all(_PASSIVE.fullmatch(row[2]) for row in sure)  # "Ivy was taught by Hal" goes from Hal
    one_way = passive or (bool(sure) and all(_asked_by_role(scan, row[2]) for row in sure))
    for source, target, _, start, end in sure:
        ends = (target, source) if passive else (source, target)
        scan.draft.link(*ends, start, end, True if one_way else None, None)
        scan.claim(start, end, "graph")
    if sure:
        shown = ", ".join(sorted({repr(row[2]) for row in sure})[:5])
        way = ", from the second to the first" if passive else ", from the first to the second" if one_way else ""
        scan.draft.notes[f"every sentence with {shown} between two names is read as an edge{way}"] = None
        scan.draft.doubts += 0.1
        scan.pending = [p for p in scan.pending if p not in {(row[3], row[4]) for row in sure}]


_PASSIVE = lazy(r"(?:is|are|was|were|(?:has|have|had) been) [^\W\d_]+ by", re.I)
_MUTUAL = lazy(
    r"\b(?:with|near|beside|besides|alongside|against|next|between|marr\w+|dat(?:es|ed)|hugs?|hugged|kiss\w*|abuts?|adjoins?|"
    r"overlaps?|intersects?|meets?|met|resembles?|matche[sd]|faces?|mirrors?)\b",
    re.IGNORECASE,
)


def _asked_by_role(scan: Scan, verb: str) -> bool:
    """Whether the question asks who does to whom what the verb says: "Who mentors Bob?", "Who does Bob mentor?"."""
    if scan.draft.stated is not None or scan.stated is not None or _MUTUAL.search(verb):
        return False
    root = re.sub(r"(?:ies|es|s|ed)$", "", verb.split()[0])
    if len(root) < 3:
        return False
    asked = " ".join(scan.text[start:end] for start, end, _ in scan.questions)
    used = re.search(
        rf"\b{re.escape(root)}\w{{0,4}}\b(?!\s+(?:\w+\s+)?(?:each other|one another))", asked, re.IGNORECASE
    )
    if used is None and (base := BASE.get(verb.split()[0])) is not None:  # "Ivy taught Hal. Whom does Hal teach?"
        return (
            re.search(rf"\b{re.escape(base)}\w{{0,3}}\b(?!\s+(?:\w+\s+)?(?:each other|one another))", asked, re.I)
            is not None
        )
    return used is not None


_PIECE = lazy(r"(?:[,;]\s*(?:and\s+)?|\s+and\s+)(?=\S)")
_VERB = lazy(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")


def _rows(scan: Scan, start: int, end: int) -> list[tuple[str, str, str]]:
    """Subject, object and verb of each statement of a sentence: "1 zaps 2 and 3, 4 zaps 5" holds three."""
    whole = _subject_object(scan, start, end)
    if whole or end - start > 400:
        return [whole] if whole else []
    joints = list(_PIECE.finditer(scan.text, start, end))
    cuts = [start, *(p for joint in joints for p in joint.span()), end]
    rows: list[tuple[str, str, str]] = []
    for begin, stop in zip(cuts[::2], cuts[1::2]):
        row = _subject_object(scan, begin, stop)
        if row is None:
            label = split_kind(scan.text[begin:stop])[0].rstrip(".")
            named = label in scan.draft.declared or (label[:1].isupper() or label[:1].isdigit())
            if not rows or not named or not is_label(label, known=scan.draft.declared):
                return []
            row = (rows[-1][0], label, rows[-1][2])
        rows.append(row)
    return rows


def _subject_object(scan: Scan, start: int, end: int) -> tuple[str, str, str] | None:
    """Subject, object and the words between them, when both ends are labels and the words between are small."""
    if end - start > 400:
        return None
    words = [(m[0], m.start(), m.end()) for m in _WORD.finditer(scan.text, start, end)]
    known = scan.draft.declared
    first = _label_run(scan, words, known, front=True)
    last = _label_run(scan, words, known, front=False)
    if not first or not last or first + last >= len(words) or len(words) - first - last > 4:
        return None
    source = split_kind(scan.text[words[0][1] : words[first - 1][2]])[0]
    target = split_kind(scan.text[words[-last][1] : words[-1][2]])[0]
    verb = " ".join(word for word, _, _ in words[first : len(words) - last])
    if (
        not (verb.islower() and _VERB.fullmatch(verb))
        or not is_label(source, known=known)
        or not is_label(target, known=known)
    ):
        return None
    return source, target, verb


def _label_run(scan: Scan, words: list[tuple[str, int, int]], known: dict[str, None], *, front: bool) -> int:
    """How many words at one end make a label: the longest declared one, else words with capitals or digits."""
    for size in range(min(5, len(words) - 1), 0, -1):
        part = words[:size] if front else words[-size:]
        label = split_kind(scan.text[part[0][1] : part[-1][2]])[0]
        if label in known:
            return size
    if known:
        return 0
    size = 0
    for word, _, _ in words if front else reversed(words):
        bare = word.strip(".,;:!\"'`<>")
        if (
            not bare
            or not (bare[0].isupper() or bare[0].isdigit() or not bare[0].isascii())
            or len(bare) == 1
            and front
            and bare == "I"
        ):
            break
        size += 1
    return size


def _introductions(scan: Scan) -> None:
    """A task statement before the graph explains the question that follows ("Determine if there is a path …")."""
    if len(scan.questions) < 2:
        return
    labels = scan.draft.labels() if len(scan.draft.links) < 20_000 else {}
    told = [link[2] for draft in scan.drafts for link in draft.links[:1]]
    last_told = max((*told, *(start for start, _, role in scan.claims if role == "graph")), default=-1)
    explain = {
        (start, end)
        for start, end, weak in scan.questions[:-1]
        if weak and start < last_told and not _mentions(scan, start, end, labels)
    }
    scan.claims = [(a, b, "definition" if (a, b) in explain else role) for a, b, role in scan.claims]
    scan.questions = [asked for asked in scan.questions if asked[:2] not in explain]
    scan.definitions = sorted((*scan.definitions, *explain))


def _mentions(scan: Scan, start: int, end: int, labels: dict[str, None]) -> bool:
    words = re.findall(r"[\w'-]+", scan.text[start:end])
    return any(
        word in labels and (word[0].isdigit() or word[0].isupper() or len(word) > 1) and word.lower() != "a"
        for word in words
    )
