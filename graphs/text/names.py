"""Names of nodes freed from words of the sentence around them: beside 1, 2 and 3, "4 exist" is 4 and "so 5" is 5."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphs.text.lead_in import first_word, shape

if TYPE_CHECKING:
    from graphs.text.draft import Draft

# Words of sentences around a list; none of them is a name's own beside names of one word.
_AROUND = frozenset(
    """a an the this that these those my our your its following given with on in for of from to using use considering
    consider where when if as and or but so ok okay well hi hello hey please thanks thank you has have having is are be
    being by here there we i it only just exist exists contains containing including etc total all others other no none
    that's thats suppose supposing assume assuming imagine pretend let say know note
    named called data list holds edge edges arc arcs link links graph
    connection connections pairs network digraph e g v too also then now directed undirected weighted weight weights
    cost costs distance distances length lengths capacity capacities time times road roads""".split()
)
# of these, the ones that are also parts of names: "The Hague", "Graph Theory", "data cleaning"
_NOUNS = frozenset(
    "the a an graph network digraph data list map pairs connection connections link links road time".split()
)
_LED = re.compile(
    r"(?:[A-Za-z][\w ]{0,40}:|\w{1,12} ?=|[A-Z] (?:has|contains)(?: the)?(?: edges| links| arcs)?|"
    r"(?:hi|hello|ok|so|please|well)[,!])\s+",
    re.I,
)
# what makes another thing of the edge that follows: no edge, one that is gone, one that is only thought of
_TURNS = re.compile(
    r"\b(?:unlike|contrary|except\w*|exclud\w*|without|not|no|neither|nor|never|besides|instead|rather|minus|but|only|unless|"
    r"until|former\w*|previous\w*|once|maybe|perhaps|possibl\w*|probabl\w*|planned|apart|ignor\w*|forget|avoid\w*|remov\w*|"
    r"delet\w*|clos\w*|broken|old|no longer|anymore|suppose\w*|imagin\w*|would|could|might|may)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()\d]*[^\W\d_][^()\d]*\)")
_BEGINS = re.compile(r"(?:^|[.!?:;\n])\s*(?:(?:the|an?)\s+)?$", re.IGNORECASE)
_LONGEST_LABEL, _MOST_LOOSE = 120, 200
_MOST_LABELS = 5_000  # the settling is for texts that people write
_PUNCTUATION = " \t.,;:!?\"'`*=|"


def settle_names(draft: Draft, text: str) -> None:
    """Map labels that hold words of the sentence to the names in them; a note says which. Quoted labels stay."""
    _without_possessives(draft)
    uses = Counter(label for link in draft.links for label in link[:2])
    if not uses or len(uses) > _MOST_LABELS:
        return
    loose = [
        label
        for label in uses
        if len(label) <= _LONGEST_LABEL
        and re.search(r"[\s(]|[!?;,|]$", label.strip())
        and label not in draft.declared
        and not any(f"{sign}{label}{sign}" in text for sign in "\"'`")
    ]
    if not loose or len(loose) > _MOST_LOOSE:
        return
    firm = [label for label in uses if label not in loose]
    shapes = {shape(label) for label in firm}
    kind = shapes.pop() if len(shapes) == 1 else ""
    plain = bool(firm) and all(not re.search(r"\s", label) for label in firm)
    held = Counter(name for label in loose for name in {name for name, _ in _candidates(label)})
    known = frozenset(uses) | {name for name, count in held.items() if count > 1}
    new: dict[str, str] = {}
    for label in loose:
        name = _name_in(label, kind, known, plain and uses[label] == 1)
        if name:
            new[label] = name
    for label in loose:
        cut = next((n for n, c in enumerate(label) if c == " " and label[:n] in uses and label[n + 1 :] in uses), 0)
        if cut and label not in new:
            draft.contradictions.append(f"{label[:60]!r} may be one name or two")
            draft.doubts += 0.6
        first, _, rest = label.partition(" ")
        if label not in new and first[:1].isupper() and rest.islower() and first in known.union(new.values()):
            draft.contradictions.append(f"{rest[:60]!r} behind {first!r} was not understood")  # "Vic again"
            draft.doubts += 0.6
    if not new:
        return
    for label, name in new.items():
        around = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", label)
        if turned := _TURNS.search(around) or _IN_BRACKETS.search(around):
            draft.contradictions.append(f"{turned[0]!r} beside {name!r} was not understood")
            draft.doubts += 0.0 if turned[0][0] == "(" else 0.6
    draft.links = [(new.get(u, u), new.get(v, v), a, b, arrow, data) for u, v, a, b, arrow, data in draft.links]
    for label, name in list(new.items())[:5]:
        draft.notes[f"took {label[:60]!r} as {name!r}"] = None


def _without_possessives(draft: Draft) -> None:
    """Map "Ann's" ("Ann's neighbours: Bob") to "Ann" where one of such labels is a node's name and an ending."""
    if len(draft.links) > _MOST_LABELS:
        return
    labels = {label for link in draft.links for label in link[:2]}
    owned = {label: label[:-2] for label in labels if label.endswith(("'s", "’s")) and len(label) > 2}
    if not labels.isdisjoint(owned.values()):
        draft.links = [(owned.get(u, u), owned.get(v, v), *rest) for u, v, *rest in draft.links]  # type: ignore[misc]


def _name_in(label: str, kind: str, labels: frozenset[str], plain: bool) -> str:
    """The name that `label` holds beside words of the sentence; "" where it is a name itself.

    kind: the shape of all names that are single words. plain: whether those are the other names, so that single words
    may be taken for names.
    """
    led = _LED.match(label)
    if led and led.end() < len(label) and not any(":" in other for other in labels - {label}):
        bare = label[led.end() :].strip()
        return _name_in(bare, kind, labels, plain) or bare
    words = label.split()
    if kind:
        fitting = [
            word for word in (first_word(words[0]), first_word(words[-1].strip(_PUNCTUATION))) if shape(word) == kind
        ]
        other = any(char.isdigit() for word in words for char in word if word not in fitting)
        if not other and (len(fitting) == 1 or (fitting and fitting[0] == fitting[-1])):
            return fitting[0]
    for name, rest in _candidates(label):
        own = plain and " " not in name and any(_bare(word) not in _NOUNS for word in rest)
        if own or name in labels:
            return name
    return ""


def _candidates(label: str) -> Iterator[tuple[str, list[str]]]:
    """Names that a label may hold, longest first, with the words around them, all of which are words of sentences."""
    parts = re.sub(r"\s*\([^()]*\)", "", label).split()
    for size in range(len(parts), 0, -1):
        for start in range(len(parts) - size + 1):
            name = " ".join(parts[start : start + size]).strip(_PUNCTUATION)
            rest = [*parts[:start], *parts[start + size :]]
            if name and name != label and all(around(word) for word in rest) and not around(name):
                yield name, rest


def _bare(word: str) -> str:
    return word.strip(_PUNCTUATION).casefold()


def around(word: str) -> bool:
    bare = _bare(word)
    return not bare or (bare in _AROUND and not (len(bare) == 1 and bare != "i" and word.isupper()))


def unify_case(draft: Draft, text: str) -> None:
    """Map labels that differ by case alone to one, where the text tells that they are the same."""
    _declared_case(draft)
    _sentence_case(draft, text)


def _declared_case(draft: Draft) -> None:
    """Map labels that differ from one declared label by case alone to that label."""
    if not draft.declared:
        return
    known = draft.declared
    strange = [n for n in draft.labels() if n not in known]
    if not strange:
        return
    folded: dict[str, str | None] = {}
    for label in known:
        folded[label.casefold()] = None if label.casefold() in folded else label
    other = {n: folded[n.casefold()] for n in strange if folded.get(n.casefold())}
    if other:
        draft.links = [(other.get(u) or u, other.get(v) or v, *rest) for u, v, *rest in draft.links]  # type: ignore[misc]
        draft.nodes = {other.get(n) or n: data for n, data in draft.nodes.items()}


def _sentence_case(draft: Draft, text: str) -> None:
    """Map a word with a capital at the beginning of sentences alone to itself: "Fox eats hare. Hare eats grass."."""
    labels = draft.labels()
    if draft.declared or len(labels) > _MOST_LABELS:
        return
    found = {label: low for label in labels if len(label) > 2 and (low := label[0].lower() + label[1:]) != label}
    found = {label: low for label, low in found.items() if low in labels and label[1:].islower()}
    for label in list(found):
        places = re.finditer(rf"(?<!\w){re.escape(label)}(?!\w)", text)
        if not all(_BEGINS.search(text, max(0, place.start() - 12), place.start()) for place in places):
            del found[label]
    if not found:
        return
    draft.links = [(found.get(u, u), found.get(v, v), *rest) for u, v, *rest in draft.links]  # type: ignore[misc]
    draft.nodes = {found.get(label, label): data for label, data in draft.nodes.items()}
    for label, low in list(found.items())[:5]:
        draft.notes[f"took {label!r} at the beginning of a sentence as {low!r}"] = None
