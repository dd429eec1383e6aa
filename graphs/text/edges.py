"""Edges written in signs: `(u, v)`, `[u, v, w]`, `a -> b (3)`, `a -- b`, `0: 1, 2`; `a-b` is read in `hyphens`."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from graphs.text.lead_in import announces_edges, last_word, lead_in, trailing
from graphs.text.lexicon import (
    ATTRIBUTE,
    NUMBER,
    standard_attribute,
    unit_attribute,
)
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tokens import clean, is_label, read_number, split_kind, split_list

_E = r"""\s*+("[^"\n]*+"|'[^'\n]*+'|[^,()\[\]{}\n]*+)"""
_AFTER = rf"(?:\s*+(?:[:=]|(?:with\s+)?(?:weight|cost|length|capacity|distance)\s*+(?:of|=|:)?)\s*+({NUMBER})(?!\w))?"
TUPLE = re.compile(rf"[(\[{{]{_E},{_E}(?:[,;:]\s*+(?:(\{{[^{{}}]*+\}})\s*+|{_E}))?[)\]}}]{_AFTER}")
ARROW_TUPLE = re.compile(
    rf"\(\s*+([^\s,()\[\]{{}}<>–—-][^,()\[\]{{}}\n<>–—-]*+)(->|→|=>|–>|—>|<->|↔|--|—)\s*+([^,()\[\]{{}}\n]*+)"
    rf"(?:[,:]{_E})?\){_AFTER}"
)
_BARE = (None, None, None)  # no attributes, no third element, nothing after the tuple
QUOTES = "\"'`“‘«<"
JOINT = lazy(r"[\s,;.|·]*(?:(?:and|&)\s*)?")
CONNECTOR = lazy(
    r"""(?:
      (?P<both><-{1,3}>|<={1,2}>|↔|⟷|<–>)
    | -{1,2}\[:?(?P<name>[^\[\]\n]{0,80})\]-{1,2}(?P<name_right>>)?
    | -{1,3}\s?\(?(?P<inner>[-+]?\d[\d.]*)\)?\s?-{1,3}(?P<inner_right>>)
    | -{2,3}\s?\(?(?P<inner2>[-+]?\d[\d.]*)\)?\s?-{2,3}
    | (?P<right>[-=–—]{1,3}>|→|⟶|⇒|➔|➜|➝|↦)
    | (?P<left><[-=–—]{1,3}|←|⟵)
    | (?P<plain>-{2,3}|—|–|(?<=\s)[-~](?=\s))
    )\s*""",
    re.X,
)
_COMPARED = 20  # items of a list whose names the words around another item are compared with
_TIGHT = lazy(r"[\w.]+(?:(?:<?-{1,2}>|=>|→|--)[\w.]+)+[.!]?")
MARK = lazy("[-<=~↔⟷—–→⟶⇒➔➜➝↦←⟵]")  # some sign that a connector needs
_HEAD = lazy(
    r"(?:.{0,300}?\b(?:edges?|links?|(?:sub|di)?graph|connections?|network|roads?|arcs?|pairs|(?<![-–—>→])(?<![-–—>→]\s)E(?!\s*[-–—<>→])|relations?|"
    r"routes|flights|ties)\b"
    r"[^:=\n]{0,80}?(?:\b(?:are|is|has|with|be|include|includes|given by|follows)\b|:|=)[\s:=]*"
    r"(?:(?:(?:un)?weighted|(?:un)?directed|as\s+follows)\s*:\s*)?"
    r"(?:(?:the\s+|following\s+)*(?:edges|links|connections|roads|arcs)\s+(?!are\b|is\b))?)+"
    r"|\s*(?:given|consider|take|for|in|suppose)\b[^:=\n]{0,60}?\b(?:graph|edges?|network|links?)\s+(?!are|is|"
    r"with|has)",
    re.I,
)
ADJACENCY = lazy(
    r"\s*+(?:[-*]\s*+)?(\"[^\"\n]*\"|'[^'\n]*'|<[^<>\n]*>|[^:\n\"'{}\[\]()?]{1,120}?)\s{0,8}(?::|->|→|=>)([^\n?]*+)"
)
_WEIGHT_KEY = lazy(r"[\"']?(\w+)[\"']?\s*[:=]\s*[\"']?([^,\"'\]}]+)")
_TRAILING_NUMBER = lazy(rf"(.*[^\s:=])(?:\s*[:=]\s*|\s+)[$€£]?({NUMBER})\s*(\w+)?")
_SIGNED_WEIGHT = lazy(rf"(.*[^\s=/@])\s*(?:\bw(?:eight)?\s*=|[=@]|\s/\s|(?<=[A-Za-z])/)\s*({NUMBER})")
_WRITTEN_NUMBER = lazy(NUMBER)
_OPENING = {")": "(", "]": "[", "}": "{"}


def third_value(scan: Scan, raw: str) -> dict[str, Any]:
    """What the third element of a tuple says: a number (weight, or as the notation says), attributes, a relation."""
    raw = raw.strip()
    if raw.startswith("{"):
        return keyed_attributes(scan, raw)
    found = _WEIGHT_KEY.fullmatch(raw)
    if found and read_number(found[2].strip()) is not None:
        return scan.attribute(found[1], read_number(found[2].strip()))
    number = finite(scan, raw)
    if number is None:
        return {"label": clean(raw)}
    if scan.third:
        scan.draft.names.setdefault(*scan.third)
        return {scan.third[0]: number}
    return {"weight": number}


def finite(scan: Scan, raw: str) -> int | float | None:
    """The number that `raw` is; None for other text, and for a number beyond floating point, which is doubted."""
    number = read_number(raw)
    if number is None and _WRITTEN_NUMBER.fullmatch(raw.strip()):
        scan.draft.contradictions.append(f"the number {raw.strip()[:60]} is too large to compute with")
        scan.draft.doubts += 0.6
    return number


def keyed_attributes(scan: Scan, raw: str) -> dict[str, Any]:
    """Attributes in braces or brackets: `{'weight': 3}`, `[weight=3, label="x"]`."""
    result: dict[str, Any] = {}
    for key, value in _WEIGHT_KEY.findall(raw):
        number = read_number(value.strip())
        name, said = standard_attribute(key)
        if number is not None and (name != "weight" or key.lower() != "label"):
            if name == "weight" and not re.fullmatch(r"(?i)w|weight|len(?:gth)?|cost|dist(?:ance)?|price|time", key):
                name = key
            result[name] = number
            if name == "weight":
                scan.draft.names.setdefault("weight", said)
        else:
            result[key] = clean(value)
    return result


def read_tuples(scan: Scan, start: int, end: int) -> list[tuple[int, int, list[re.Match[str]]]]:
    """Runs of tuples between start and end: where each run begins and ends, and its tuples."""
    text = scan.text
    found = list(TUPLE.finditer(text, start, end))
    if ">" in text[start:end] or "→" in text[start:end] or "--" in text[start:end]:
        arrows = list(ARROW_TUPLE.finditer(text, start, end))
        if arrows:
            spans = {m.start() for m in arrows}
            found = sorted(
                arrows + [m for m in found if m.start() not in spans and "->" not in m[0]], key=lambda m: m.start()
            )
    runs: list[tuple[int, int, list[re.Match[str]]]] = []
    last = -1
    for item in found:
        begin = item.start()
        gap = text[last:begin] if 0 <= last > begin - 12 else None
        if gap == " " or gap == ", " or (gap is not None and JOINT.fullmatch(gap)):
            runs[-1][2].append(item)
        else:
            runs.append((begin, 0, [item]))
        last = item.end()
    return [(begin, items[-1].end(), items) for begin, _, items in runs]


def link_tuples(scan: Scan, items: list[re.Match[str]]) -> None:
    """Add one edge for each tuple of a run."""
    link = scan.draft.link
    for item in items:
        parts = item.groups()
        if len(parts) == 5 and parts[2:] == _BARE and parts[0].isalnum() and parts[1].isalnum():
            scan.draft.links.append((parts[0], parts[1], *item.span(), None, None))
            continue
        arrow: bool | None = None
        if item.re is TUPLE:
            source, target, braces, third, after = parts
            extra = braces or third
        else:
            source, sign, target, extra, after = parts
            arrow = sign not in ("<->", "↔", "--", "—")
        attributes = third_value(scan, extra) if extra and extra.strip() else None
        if after:
            attributes = {**(attributes or {}), **third_value(scan, after)}
        u = source if source.isalnum() else split_kind(source)[0]
        target = target.rstrip()
        v = target if target.isalnum() else split_kind(target)[0]
        link(u, v, item.start(), item.end(), arrow, attributes)


_EXCLAIMED = lazy(r"(?<=[\d)\]])\s?!+$")  # "a-b: 5!"


def edge_suffix(scan: Scan, raw: str) -> tuple[str, dict[str, Any] | None]:
    """A label and what is written after it: `B (3)`, `B: 3`, `B [weight=3]`, `B with cost 4`, `B 5 km`."""
    raw = _EXCLAIMED.sub("", raw.strip().rstrip(".;,"))
    if not raw or raw.isalnum():
        return raw, None
    attributes: dict[str, Any] = {}
    if raw[-1:] in ")]}":
        opened = raw.rfind(_OPENING[raw[-1]])
        extra = bracket_value(scan, raw[opened:]) if opened > 0 else None
        if extra:
            attributes, raw = extra, raw[:opened].rstrip()
    found = _TRAILING_NUMBER.fullmatch(raw) if not attributes and raw[-1:].isalnum() and raw[0] not in "\"'`<" else None
    sign = re.search("[:=$€£]", raw[found.end(1) : found.start(2)]) if found else None
    if found and sign and (sign[0] in ":=" or not ATTRIBUTE.search(raw)):  # "B $5", and not "B costs $5"
        unit = found[3] or (sign[0] if sign[0] in "$€£" else None)
        return found[1].strip(), united(scan, found[2], unit)
    if found is None and not attributes and (signed := _SIGNED_WEIGHT.fullmatch(raw)):
        return signed[1], third_value(scan, signed[2])
    spans = list(ATTRIBUTE.finditer(raw)) if len(raw) < 500 and any(c.isdigit() for c in raw) and " " in raw else []
    for phrase in spans:
        attributes.update(phrase_value(scan, phrase))
    if spans and (spans[0].start() > 0 or raw[:2].lower() == "a "):
        raw = raw[: spans[0].start()] or raw[0]  # in "a cap 10" the a is a node, no article
    return raw.strip(" ,"), attributes or None


def united(scan: Scan, number: str, unit: str | None) -> dict[str, Any]:
    value = finite(scan, number)
    if unit:
        name, said = unit_attribute(unit)
        scan.draft.names.setdefault(name, said)
        return {name: value}
    return third_value(scan, number)


def bracket_value(scan: Scan, raw: str) -> dict[str, Any] | None:
    """The attributes in brackets after a label, or None when they are part of the label."""
    inner = raw[1:-1].strip()
    if raw[0] == "(":
        found = ATTRIBUTE.fullmatch(raw)
        if found:
            return phrase_value(scan, found)
    if read_number(inner) is not None:
        return third_value(scan, inner)
    return keyed_attributes(scan, raw) if "=" in inner or ":" in inner else None


def phrase_value(scan: Scan, found: re.Match[str]) -> dict[str, Any]:
    """The attribute that a phrase like "of length 5", "costs 120", "(weight: 8)" or "at time 3" gives to an edge."""
    part = found.groupdict()
    if part["y"]:
        return scan.attribute("year", int(part["y"]))
    if part["v"]:
        verb = part["v"].lower()
        said = {"cost": "cost", "take": "time", "weig": "weight", "meas": "length", "last": "duration"}.get(verb[:4])
        name = "weight" if said else "capacity"
        scan.draft.names.setdefault(name, said or "capacity")
        return {name: finite(scan, part["vn"])}
    if part["n5"]:
        return scan.attribute("time", finite(scan, part["n5"]))
    word = part["pw"] or part["w"]
    number = next(part[key] for key in ("pn", "n", "n2", "n3", "n4") if part[key])
    unit = part["pu"] or part["u"] or part["u2"] or part["u4"]
    if word:
        if word.lower() == "time" and unit:
            word = "travel time"
        return scan.attribute(word, finite(scan, number))
    if unit:
        name, said = unit_attribute(unit)
        scan.draft.names.setdefault(name, said)
        return {name: finite(scan, number)}
    return third_value(scan, number)


def head_end(text: str, start: int, end: int) -> int:
    """Where the words that announce edges stop ("The edges in G are:"); `start` when there are none."""
    found = _HEAD.match(text, start, min(end, start + 600))
    return found.end() if found else start


def read_arrows(scan: Scan, start: int, end: int, *, sure: bool) -> bool:
    """Read `a -> b (3)`, `a -- b -- c`, `a -> b, c`, `a->b, b->c`; False when the span is none of these."""
    text = scan.text
    first = CONNECTOR.search(text, start, end)
    if first is None:
        return False
    body = head_end(text, start, first.start())
    items = _without_lead_ins(text, _arrow_items(text, body, end))
    announced = (announces_edges(text[body : items[0][0]]) or _chained(text, items)) if items else False
    strong = (
        sure
        or announced
        or body > start
        or first.lastgroup in ("right", "both", "left", "inner_right", "name_right")
        or first["right"] is not None
    )
    links: list[Any] = []
    previous: tuple[list[str], bool | None] | None = None
    for begin, stop in items:
        joints = list(CONNECTOR.finditer(text, begin, stop))
        if not joints:
            if previous is None or not _fan_out(scan, text[begin:stop], previous, links, begin, stop):
                return False
            continue
        parts = _chain(scan, begin, stop, joints, strong)
        if parts is None:
            return False
        for (left, _), (right, attributes), joint in zip(parts, parts[1:], joints):
            source, target, arrow, extra = _oriented(scan, left, right, joint)
            both = {**extra, **(attributes or {})} or None
            links.append((source, target, begin, stop, arrow, both))
        previous = ([parts[-2][0]], links[-1][4])
    for link in links:
        scan.draft.link(*link)
    return bool(links)


def _chained(text: str, items: list[tuple[int, int]]) -> bool:
    """Whether three or more items are pairs of single words whose ends come again, as those of edges do."""
    pairs = [CONNECTOR.split(text[begin:stop].strip(" .")) for begin, stop in items]
    ends = [part.strip() for pair in pairs for part in (pair[0], pair[-1])]
    single = all(re.fullmatch(r"\w+", part) for part in ends) and all(
        len(CONNECTOR.findall(text, begin, stop)) == 1 for begin, stop in items
    )
    return single and len(items) > 2 and len(ends) - len(set(ends)) >= len(items) // 2


def _arrow_items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a list of arrows, separated by commas, semicolons, "and" or bars outside brackets."""
    items, first, depth = [], start, 0
    for found in re.finditer(r"\"[^\"\n]*\"|[(\[{]|[)\]}]|[,;|]|(?<=\s)and(?=\s)", text[start:end]):
        sign = found[0]
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif depth <= 0 and sign[0] != '"':
            items.append((first, start + found.start()))
            first = start + found.end()
    items.append((first, end))
    items = [part for a, b in items for part in _tight_items(text, a, b)]
    return [(a, b) for a, b in items if text[a:b].strip(" .\t")]


def _tight_items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Neighbouring words that are an arrow each ("1->2 2->3") apart; words around them stay with the nearest."""
    words = [m for m in re.finditer(r"\S+", text[start:end]) if len(m[0]) < 200]
    tight = [bool(_TIGHT.fullmatch(word[0])) for word in words]
    cuts = [start + words[n].start() for n in range(1, len(words)) if tight[n - 1] and tight[n]]
    return list(zip([start, *cuts], [*cuts, end]))


def _without_lead_ins(text: str, items: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The items without the words before and after them that belong to the sentence around the list."""
    joints = [list(CONNECTOR.finditer(text, begin, stop)) for begin, stop in items]
    names = []
    for (begin, stop), found in zip(items, joints):
        cuts = [begin, *(p for j in found for p in (j.start(), j.end())), stop]
        names.append([text[a:b] for a, b in zip(cuts[::2], cuts[1::2])])
    likely = [[last_word(part[0]), *part[1:]] if found else part for part, found in zip(names, joints)]
    near = likely[:_COMPARED]  # enough to tell what names look like
    bare = []
    for number, (begin, stop) in enumerate(items):
        if joints[number]:
            others = [name for i, part in enumerate(near) for k, name in enumerate(part) if (i, k) != (number, 0)]
            begin += lead_in(names[number][0], others)
            if number == len(items) - 1:
                last = names[number][-1]
                stop -= len(last) - trailing(last, [name for part in near for name in part if name is not last])
        bare.append((begin, stop))
    return bare


def _chain(
    scan: Scan, start: int, end: int, joints: list[re.Match[str]], strong: bool
) -> list[tuple[str, dict[str, Any] | None]] | None:
    cuts = [start, *(p for j in joints for p in (j.start(), j.end())), end]
    parts = []
    for begin, stop in zip(cuts[::2], cuts[1::2]):
        label, attributes = edge_suffix(scan, scan.text[begin:stop])
        plain = split_kind(label)[0]
        if not plain or not (label.strip()[:1] in QUOTES or _fits(plain, strong, scan)):
            return None
        parts.append((plain, attributes))
    return parts


def _fits(label: str, strong: bool, scan: Scan) -> bool:
    return (len(label) <= 10_000 and "?" not in label[-1:]) if strong else is_label(label, known=scan.draft.declared)


def _fan_out(
    scan: Scan, raw: str, previous: tuple[list[str], bool | None], links: list[Any], begin: int, stop: int
) -> bool:
    """One more target of the arrow before, or the weight of that arrow ("a -> b, 3")."""
    label, attributes = edge_suffix(scan, raw)
    number = read_number(label)
    if number is not None and read_number(links[-1][1]) is None:
        links[-1] = (*links[-1][:5], {**(links[-1][5] or {}), **third_value(scan, label)})
        return True
    found = ATTRIBUTE.fullmatch(raw.strip())
    if found:
        links[-1] = (*links[-1][:5], {**(links[-1][5] or {}), **phrase_value(scan, found)})
        return True
    if not label or not is_label(split_kind(label)[0]):
        return False
    links.append((previous[0][0], split_kind(label)[0], begin, stop, previous[1], attributes))
    return True


def _oriented(scan: Scan, left: str, right: str, joint: re.Match[str]) -> tuple[str, str, bool | None, dict[str, Any]]:
    """Source, target, whether the sign is an arrow, and what stands inside the sign (`-5->`, `-[KNOWS]->`)."""
    part = joint.groupdict()
    extra: dict[str, Any] = {}
    inner = part["inner"] or part["inner2"]
    if inner:
        extra = third_value(scan, inner)
    elif part["name"]:
        extra = third_value(scan, part["name"])
    if part["left"]:
        return right, left, True, extra
    return left, right, bool(part["right"] or part["inner_right"] or part["name_right"]), extra


def adjacency_items(
    scan: Scan, raw: str, known: Collection[str] = (), *, sure: bool = False
) -> list[tuple[str, dict[str, Any] | None]] | None:
    """The neighbours on one line of an adjacency list, with their attributes; None when it is no such list.

    known: labels that need not look like labels ("old mill"). sure: the text said that an adjacency list follows.
    """
    raw = raw.strip().rstrip(".;").rstrip()
    if raw[:1] == "{" and ":" in raw:
        try:
            found = json.loads(raw.replace("'", '"'))
        except ValueError:
            found = dict(re.findall(r"\s*[\"']?([^,:{}\"']+)[\"']?\s*:\s*([^,{}]+)", raw))
        return [
            (str(k), third_value(scan, str(v)) if not isinstance(v, dict) else keyed_attributes(scan, str(v)))
            for k, v in found.items()
        ]
    if raw[:1] in "[{(" and raw[-1:] in "]})":
        runs = TUPLE.findall(raw[1:-1])
        if runs:
            return [(clean(m[0]), third_value(scan, m[1])) for m in runs]
        raw = raw[1:-1]
    if not raw or raw.lower() in ("none", "-", "nothing", "no neighbors", "no neighbours", "∅", "(none)"):
        return []
    items = []
    for part in split_list(raw):
        label, attributes = edge_suffix(scan, part)
        label = split_kind(label)[0]
        if not label or not (label in known or is_label(label) or (sure and len(label.split()) < 6)):
            return None
        items.append((label, attributes))
    return items
