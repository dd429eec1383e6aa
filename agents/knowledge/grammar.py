"""A grammar of questions about relations: parts of the question join, two by two, into what they say together.

The chart holds for every stretch of words the few best readings. A reading has a category:

    S a set of things    K a noun for a kind      R words of a relation     P what is said of things: "border France"
    T a statement        N… the negated one       the rest: little words, or a word with a little word ("R of")

Every rule multiplies the scores of its parts with how natural it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from agents.knowledge.item import Item, Rule, phrase_of, set_of
from agents.knowledge.meaning import Hop, Kind, joined
from agents.knowledge.rules import (
    absorbed,
    as_rule,
    both_negated,
    but_not,
    called,
    counted,
    derived,
    first_of,
    first_verb_too,
    has_rule,
    hop_rule,
    is_said,
    join_rule,
    kind_of_kind,
    left_out,
    limited,
    limited_behind,
    list_ended,
    listed,
    negated,
    neither,
    object_or_title,
    plain_noun,
    said_of_others,
    same_rule,
    second_without_first,
    share_rule,
    shared_by,
    statement,
    statement_joined,
    statement_without,
    subject_or_compound,
    titled,
    together_with,
    unnamed,
    wh_hop,
    wh_only,
    wh_relation,
)
from agents.knowledge.verbs import Phrase

KEPT = 10  # readings of a stretch of words
ROOTS = ("S", "P", "T")
Merges = Callable[[Phrase, Phrase], float]  # how well two phrases speak of one relation: 0 to 1


def parse(cells: Sequence[Sequence[Item]], spans: dict[tuple[int, int], list[Item]], merges: Merges) -> list[Item]:
    """The readings of the whole, best first. cells: what each word may be. spans: what longer stretches may be."""
    count = len(cells)
    chart: dict[tuple[int, int], list[Item]] = {}
    for width in range(1, count + 1):
        for start in range(count - width + 1):
            end = start + width
            found: dict[tuple[object, ...], Item] = {}
            _keep(found, spans.get((start, end), ()))
            if width == 1:
                _keep(found, cells[start])
            for middle in range(start + 1, end):
                for left in chart[start, middle]:
                    for right in chart[middle, end]:
                        rule = _rules().get((left.category, right.category))
                        if rule is not None:
                            _keep(found, rule(left, right))
                        if left.category == right.category == "R":
                            _keep(found, _merged(left, right, merges))
                        elif {left.category, right.category} == {"P", "R"}:
                            _keep(found, _wanted(left, right, merges))
            chart[start, end] = _best(found.values())
    whole = chart.get((0, count), [])
    roots = [item for item in whole if item.category in ROOTS]
    roots += [item for item in whole if item.category == "K" and set_of(item) not in (Kind(), Kind(count=True))]
    return sorted(roots, key=lambda item: -item.score)


def _keep(found: dict[tuple[object, ...], Item], items: Iterable[Item]) -> None:
    for item in items:
        known = found.get(item.key)
        if known is None or known.score < item.score:
            found[item.key] = item


def _best(items: Iterable[Item]) -> list[Item]:
    """The best few of each category."""
    by_category: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: -item.score):
        kept = by_category.setdefault(item.category, [])
        if len(kept) < KEPT:
            kept.append(item)
    return [item for kept in by_category.values() for item in kept]


def _merged(left: Item, right: Item, merges: Merges) -> Iterator[Item]:
    """Two words of one relation: "release year", "listed as director"."""
    one, other = phrase_of(left), phrase_of(right)
    fit = merges(one, other)
    if fit > 0:
        both = Phrase((*one.words, *other.words), left.wh or right.wh, one.co or other.co)
        yield Item("R", both, left.score * right.score * fit, wh=left.wh or right.wh)


def _wanted(left: Item, right: Item, merges: Merges) -> Iterator[Item]:
    """As in "which languages" and "are spoken in F": the noun and the verb of one relation; or a noun for who has
    it.
    """
    noun, said = (left, right) if left.category == "R" else (right, left)
    if not noun.wh:
        return
    meaning = set_of(said)
    score = left.score * right.score
    if isinstance(meaning, Hop):
        fit = merges(phrase_of(noun), meaning.phrase)
        if fit > 0:
            both = Phrase((*phrase_of(noun).words, *meaning.phrase.words), True)
            yield Item("S", replace(meaning, phrase=both), score * fit, wh=True)
        elif merges(meaning.phrase, meaning.phrase) == 0:  # "which genres do they fall under": the noun says it all
            yield Item("S", Hop(phrase_of(noun), meaning.of, "of"), score * 1.3, wh=True)
    if noun is left and phrase_of(noun).words[0] not in ("where", "when"):
        holders = Hop(replace(phrase_of(noun), wh=False), Kind(), "of")
        yield Item("S", joined("and", meaning, holders), score * 0.7, wh=True)


@cache
def _rules() -> dict[tuple[str, str], Rule]:
    """(category, category) -> what they make together."""
    rules: dict[tuple[str, str], Rule] = {
        # relations with their ends
        ("R", "OF"): as_rule("RO", of="left"),
        ("R", "BY"): as_rule("RB", of="left"),
        ("R", "PREP"): as_rule("RP", of="left"),
        ("RO", "S"): hop_rule("S", "of", 1.0),
        ("RB", "S"): hop_rule("P", "by", 1.0),
        ("RP", "S"): hop_rule("P", "after", 1.0),
        ("R", "S"): object_or_title,
        ("S", "R"): subject_or_compound,
        ("S", "POSS"): as_rule("SP", of="left"),
        ("SP", "R"): hop_rule("S", "of", 1.0, phrase="right"),
        ("S", "RP"): hop_rule("P", "subject", 0.97, phrase="right"),
        ("R", "K"): absorbed,
        ("K", "R"): wh_relation,
        ("K", "K"): kind_of_kind,
        ("HM", "K"): counted,
        ("HM", "R"): counted,
        ("HM", "S"): counted,
        ("PREP", "K"): wh_only("K"),
        ("PREP", "R"): wh_only("R"),
        ("BY", "K"): wh_only("K"),
        ("OF", "K"): wh_only("K"),
        ("OF", "R"): wh_only("R"),
        # forms of "to be", "to do", "to have"
        ("BE", "R"): as_rule("R"),
        ("BE", "P"): is_said,
        ("BE", "NP"): as_rule("NP"),
        ("BE", "RB"): as_rule("RB"),
        ("BE", "RO"): as_rule("RO"),
        ("BE", "RP"): as_rule("RP"),
        ("BE", "S"): as_rule("BS"),
        ("S", "BE"): as_rule("SB", of="left"),
        ("BE", "NOT"): as_rule("BN"),
        ("BN", "S"): as_rule("SBN"),
        ("S", "BN"): as_rule("SBN", of="left"),
        ("BN", "P"): as_rule("NP"),
        ("BN", "R"): as_rule("NR"),
        ("DO", "S"): as_rule("SD"),
        ("S", "DO"): as_rule("SD", of="left"),
        ("DO", "P"): as_rule("P"),
        ("DO", "R"): as_rule("R"),
        ("DO", "NOT"): as_rule("DN"),
        ("HAVE", "NOT"): as_rule("DN"),
        ("DN", "S"): as_rule("SDN"),
        ("S", "DN"): as_rule("SDN", of="left"),
        ("DN", "P"): as_rule("NP"),
        ("DO", "NP"): as_rule("NP"),
        ("LV", "R"): as_rule("R", 0.97),
        ("RV", "R"): as_rule("VR"),
        ("VR", "PREP"): as_rule("VRP", of="left"),
        ("VR", "BY"): as_rule("VRP", of="left"),
        ("VRP", "S"): hop_rule("P", "by", 1.0),
        ("HAVE", "R"): as_rule("R", 0.97),
        ("HAVE", "P"): as_rule("P", 0.97),
        ("HAVE", "S"): first_of(has_rule, as_rule("BS", 0.4)),
        ("PREP", "S"): as_rule("pS"),
        ("NOT", "pS"): as_rule("NS"),
        ("AND", "pS"): as_rule("aS"),
        ("OR", "pS"): as_rule("oS"),
        ("OF", "S"): as_rule("pS"),
        ("BY", "S"): as_rule("pS"),
        ("BUT", "pS"): as_rule("aS"),
        ("R", "oP"): first_verb_too,
        ("R", "aP"): first_verb_too,
        ("RP", "oP"): first_verb_too,
        ("RP", "aP"): first_verb_too,
        ("SD", "R"): hop_rule("P", "subject", 1.0, phrase="right"),
        ("SD", "RP"): hop_rule("P", "subject", 1.0, phrase="right"),
        ("SDN", "R"): negated("NP"),
        ("SDN", "RP"): negated("NP"),
        ("SD", "HAVE"): as_rule("SH", of="left"),
        ("S", "HAVE"): as_rule("SH", of="left"),
        ("SH", "R"): wh_hop("of", phrase="right"),
        ("R", "SH"): wh_hop("of"),
        ("R", "BS"): wh_hop("of"),
        ("SB", "R"): first_of(called, wh_hop("of", phrase="right")),
        **{(be, r): called for be in ("SB", "BS", "SBN") for r in ("RO", "RB", "RP")},
        **{(be, "R"): called for be in ("BS", "SBN")},
        ("BS", "PREP"): as_rule("BS", 0.95, of="left"),
        ("SB", "PREP"): as_rule("SB", 0.95, of="left"),
        # kinds and what is said of them
        ("K", "S"): titled,
        ("K", "P"): limited,
        ("K", "NP"): limited,
        ("THAT", "P"): as_rule("P", 0.99),
        ("THAT", "NP"): as_rule("NP", 0.99),
        ("PREP", "THAT"): as_rule("THAT", 0.9),
        ("P", "K"): limited_behind,
        ("K", "BS"): derived("S"),
        ("SB", "K"): derived("S", 0.9),
        ("K", "OF"): as_rule("KO", of="left"),
        ("KO", "S"): derived("S", 0.95),
        ("K", "BY"): as_rule("KB", of="left", word="by"),
        ("K", "PREP"): as_rule("KB", of="left"),
        ("KB", "S"): unnamed,
        ("WHOSE", "R"): as_rule("WR"),
        ("WR", "BS"): hop_rule("P", "whose", 1.0),
        ("WR", "P"): hop_rule("P", "whose", 1.0),
        ("WR", "S"): hop_rule("P", "whose", 0.7),
        # the same, together
        ("SHARE", "R"): share_rule,
        ("HAVE", "SR"): as_rule("SR"),
        ("BE", "SR"): as_rule("SR"),
        ("R", "COMMON"): as_rule("SR", of="left"),
        ("BY", "SR"): as_rule("SR", 0.95),
        ("R", "SR"): shared_by,
        ("PREP", "SR"): as_rule("SR", 0.95),
        ("SR", "K"): plain_noun("SR", "left"),
        **{("SR", preposition): as_rule("SRP", of="left") for preposition in ("PREP", "OF", "BY")},
        ("SRP", "S"): same_rule("P"),
        ("S", "SR"): same_rule("P"),
        ("SR", "S"): same_rule("P"),
        ("SHARE", "SHARE"): as_rule("SHARE"),
        ("SHARE", "SR"): as_rule("SR"),
        ("SHARE", "K"): plain_noun("SK", "left"),
        ("RP", "SK"): as_rule("RT", 0.95, of="left"),
        ("R", "TOG"): as_rule("RT", of="left"),
        ("RK", "TOG"): as_rule("RT", of="left"),
        ("RK", "PREP"): together_with,
        ("RT", "PREP"): as_rule("RT", of="left"),
        ("RT", "S"): same_rule("P"),
        ("S", "RT"): same_rule("P"),
        ("TOG", "PREP"): as_rule("TOG", of="left"),
        # statements
        ("S", "P"): statement,
        ("S", "NP"): statement,
        ("BS", "P"): statement,
        ("SD", "P"): statement,
        ("BS", "S"): statement,
        ("S", "BS"): statement,
        ("SB", "P"): statement,
        # not, and, or
        ("NOT", "P"): as_rule("NP"),
        ("NOT", "S"): as_rule("NS"),
        ("NOT", "R"): as_rule("NR"),
        ("NR", "S"): neither("object"),
        ("NR", "OF"): as_rule("NRO", of="left"),
        ("NR", "BY"): as_rule("NRB", of="left"),
        ("NR", "PREP"): as_rule("NRP", of="left"),
        ("NRO", "S"): neither("of"),
        ("NRB", "S"): neither("by"),
        ("NRP", "S"): neither("after"),
        ("R", "NS"): neither("object"),
        ("RO", "NS"): neither("of"),
        ("RB", "NS"): neither("by"),
        ("RP", "NS"): neither("after"),
        ("P", "aP"): join_rule("and"),
        ("P", "oP"): join_rule("or"),
        ("P", "aNP"): join_rule("minus"),
        ("NP", "aP"): second_without_first,
        ("NP", "aNP"): both_negated,
        ("NP", "oNP"): both_negated,
        ("S", "aS"): join_rule("and"),
        ("S", "oS"): join_rule("or"),
        ("S", "mS"): but_not,
        ("S", "xS"): left_out,
        ("P", "xS"): join_rule("minus"),
        ("S", "cS"): listed,
        ("L", "cS"): listed,
        ("L", "aS"): list_ended,
        ("L", "oS"): list_ended,
        ("P", "mS"): said_of_others,
        ("P", "aS"): said_of_others,
        ("P", "oS"): said_of_others,
        ("S", "aNP"): statement_without,
        ("S", "aP"): statement_joined,
        ("AND", "NS"): as_rule("mS"),
        ("BUT", "NS"): as_rule("mS"),
        ("EXC", "S"): as_rule("xS"),
        ("COMMA", "NS"): as_rule("mS"),
        ("COMMA", "S"): as_rule("cS", 0.98),
    }
    for little in ("AND", "BUT"):
        rules |= {(little, "P"): as_rule("aP"), (little, "NP"): as_rule("aNP"), (little, "S"): as_rule("aS")}
    rules |= {("OR", "P"): as_rule("oP"), ("OR", "S"): as_rule("oS"), ("OR", "NP"): as_rule("oNP")}
    for ready in ("aP", "oP", "aNP", "oNP", "aS", "oS", "mS", "xS", "P", "NP"):
        rules["COMMA", ready] = as_rule(ready, 0.99)
    return rules
