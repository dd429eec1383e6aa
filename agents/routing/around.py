"""What the words around a number or label say of it: a node or a quantity, in which role, surely or not."""

from __future__ import annotations

from agents.routing.language import NUMBER_WORDS, Token, concept, stem

NODE_WORDS = frozenset(
    """
    node nodes vertex vertices point points city cities town towns person people user users station stations job
    applicant airport airports
    """.split()
)
UNITS = frozenset(
    stem(word)
    for word in """
    hop step edge layer iteration round color colour node time group community cluster level path neighbor
    friend link degree percent component member way people city vertex cycle clique part unit core truss
    dimensional partite regular connect colorable colourable coloring paper article document
    """.split()
)
BEFORE_QUANTITY = frozenset(
    """
    top least most than exactly within distance radius length degree k factor damping alpha equal size = top
    first best layers iterations time timestamp moment year seed cost weight limit atleast atmost morethan
    lessthan be step level hops
    """.split()
)
PREPOSITIONS = {
    "from": "source", "starting": "source", "source": "source", "leaving": "source", "start": "source",
    "begin": "source", "beginning": "source", "starts": "source", "begins": "source",
    "out": "source", "to": "target", "into": "target", "reach": "target",
    "reaching": "target", "arrive": "target", "arrives": "target", "arriving": "target",
    "towards": "target", "toward": "target", "target": "target", "sink": "target",
    "sinks": "target", "targets": "target", "sources": "source",
    "destination": "target", "ending": "target", "end": "target",
}  # fmt: skip
BEFORE_NODE = frozenset(
    """
    and between # < " ' , via through of for is are does sources sinks targets with
    """.split()
)
DETERMINERS = frozenset("any the these those there both every all between".split())
QUALIFIERS = frozenset(
    """
    connected strongly weakly isolated different separate separated distinct disjoint common direct other more short
    shortest
    """.split()
)
TIME_WORDS = frozenset("time times period interval window range".split())
SEPARATING = frozenset("separat disconnect cut isolat detach divid split sever".split())  # … a node from another


def number_at(token: Token, words: list[Token], position: int) -> float | None:
    """The number that a token writes, in figures or as a word that counts something; None for any other."""
    text = token.text.rstrip("stndrh") if token.text[0].isdecimal() else token.text
    if text and text[0].isdecimal():
        value = float(text)
        if position and words[position - 1].text == "-" and (position < 2 or not words[position - 2].text[0].isalnum()):
            value = -value
        return value
    word = NUMBER_WORDS.get(token.low)
    if word is None or (position and words[position - 1].low in DETERMINERS):
        return None  # "between any two nodes" counts nothing
    following = words[position + 1].low if position + 1 < len(words) else ""
    after = stem(following)
    return (
        float(word)
        if after in UNITS
        or (following and concept(following) == "edge")
        or after in ("dimensional", "longest", "short", "largest")
        or token.low == "twice"
        else None
    )


def is_quantity(words: list[Token], position: int) -> bool:
    """Whether a number counts or measures something, whatever the nodes are called."""
    before = words[position - 1].low if position else ""
    if before in NODE_WORDS or before == "#":
        return False
    after = words[position + 1].low if position + 1 < len(words) else ""
    if before in ("is", "are", "was", "were", "does", "do", "did") and after in ("part", "friends", "link", "connect"):
        return False  # "how many triangles is 7 part of", "which pages does 2 link to"
    if before in BEFORE_QUANTITY:
        # "at distance 2 from 4"
        stated = position > 1 and words[position - 2].low in ("within", "at", "exactly", "most")
        return before != "be" and not (
            not stated
            and before in ("distance", "length")
            and (after in ("to", "and", "from", "-") or after.isdecimal())
        )
    if before == "is" and position > 1 and words[position - 2].low in ("factor", "damping", "k", "alpha", "iterations"):
        return True
    if before == "=":
        return True
    earlier = words[position - 2] if position > 1 else None
    if earlier is not None and before in ("in", "from", "of") and earlier.low in TIME_WORDS:
        return True
    if earlier is not None and before in ("to", "and", "-") and earlier.text.isdecimal():
        return is_quantity(words, position - 2)  # "between time 2 and 4"
    beyond = position + 1
    while beyond < len(words) and (words[beyond].text == "-" or words[beyond].low in QUALIFIERS):
        beyond += 1  # "3 connected components"
    after = words[beyond].low if beyond < len(words) else ""
    return (
        after not in ("node", "nodes")
        and stem(after) in UNITS
        and not after.endswith("ed")
        and after != "time"
        and before not in PREPOSITIONS
        and before not in ("and", "between")
    )


def is_strong(words: list[Token], position: int, depth: int) -> bool:
    """Whether the word before, or the brackets that it stands in, show that this is a node."""
    before = words[position - 1].low if position else ""
    return depth > 0 or before in NODE_WORDS or before in PREPOSITIONS or before in BEFORE_NODE


def is_label(words: list[Token], position: int) -> bool:
    """Whether the word after "node" can only be a label: written like one, or one letter that is no article."""
    text = words[position].text
    if text[0].isupper() or text[0].isdecimal():
        return True
    article = text == "a" and position + 1 < len(words) and words[position + 1].text.isalpha()
    return len(text) == 1 and text.isalpha() and not article


def is_place(words: list[Token], position: int) -> bool:
    """Whether a node would stand here: "from 4 to 1"."""
    up_to = position > 1 and words[position - 1].low == "to" and words[position - 2].low == "up"
    return position > 0 and not up_to and words[position - 1].low in ("from", "to", "between", "and", "reach")


def role(words: list[Token], position: int) -> str:
    """Whether the words before make a node a "source" or a "target"; "" for neither."""
    for back in range(1, 4):
        if position - back < 0:
            break
        word = words[position - back].low
        if word in PREPOSITIONS:
            return "target" if word == "from" and _separates(words, position - back) else PREPOSITIONS[word]
        if word not in NODE_WORDS and word not in ("the", "<", "#", '"', "'", "`", "(", "at", "in", "is", "=", ":"):
            break
    return ""


def _separates(words: list[Token], position: int) -> bool:
    """Whether the "from" at `position` belongs to a verb like "separate … from"."""
    before = [stem(word.low) for word in words[max(0, position - 5) : position]]
    return before[-1:] not in (["cut"], ["reach"], ["unreachabl"], ["reachabl"]) and not SEPARATING.isdisjoint(before)


def near(words: list[Token], position: int) -> tuple[str, ...]:
    """The stems of up to four words before and two after, the nearest first."""
    found: list[str] = []
    for other in (*range(position - 1, max(-1, position - 5), -1), *range(position + 1, min(len(words), position + 3))):
        if words[other].text[0].isalpha():
            found.append(stem(words[other].low))
    return tuple(found)
