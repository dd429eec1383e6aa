"""What the rules are made of: words for nodes, edges, losses and steps."""

from __future__ import annotations

import re

HOPS = (
    r"(?:edges|links|hops|steps|jumps|moves|roads|flights|legs|rides|stops|handshakes|connections|"
    r"introductions|clicks|transfers)"
)
BREAK = (
    r"(?:disconnects?|disconnecting|splits?|splitting|separates?|(?:falls?|breaks?|comes?) (?:apart|into pieces)|"
    r"breaks?(?: up)?|cuts?|(?:increas|rais|grow|chang)\w* the (?:number of (?:connected )?components|component count)|"
    r"(?:makes? the (?:graph|network) have|gives?|leaves?|yields?) more (?:connected )?components|"
    r"number of (?:connected )?components (?:would )?(?:increase|grow|rise|go up)s?)"
)
EDGE = r"(?:edges?|links?|roads?|connections?|flights?|streets?|cables?|pipes?|wires?|lines?|friendships?)"
NODE = (
    r"(?:nodes?|vertex|vertices|people|persons?|cit(?:y|ies)|towns?|stations?|airports?|computers?|routers?|servers?|"
    r"users?|members?|points?)"
)
LOST = r"(?:removed|deleted|cut|closed|cancelled|taken (?:out|away)|dropped|gone|lost|missing|destroyed|blocked|erased)"
NAMED = (
    r"(?P<named>cent(?:er|re)|periphery|diameter|radius|girth|density|bridges?|articulation points?|cut vertices|"
    r"isolated (?:nodes|vertices))"
)


def rules(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns, in any case, with what stands for what they find."""
    return tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in pairs)


X = r"(?P<x>[^?.,]{1,60}?)"
COUNT = r"(?P<count>\d+|two|three|four|five|six|seven|eight|nine|ten)"
NEIGHBOURS = r"(?:neighbou?rs?|friends?)"
EACH_OTHER = r"(?:each other|one another|others|them|another)"

# A set of least size, or the one that parts the most, is another question than which ones part anything.
NO_SET = (
    r"(?![^?.]*\b(?:smallest|fewest|minimum|minimal|least|cheapest|lightest|largest|most|best|worst|sets?|"
    r"number of (?:edges|nodes|links)|"
    r"how many|two|three|groups? of|cost)\b(?! (?:of the bridges|of bridges)))"
)
ALL_ONCE = (
    r"(?!.*\b(?:edges?|roads?|streets?|bridges?|links?) (?:exactly |only |just "
    r")?once\b)(?!.*\b(?:return\w*|back|round trip|cycle|circuit|home|closed (?!\))|"
    r"shortest|cheapest|least|minimum|length|longest|predecessors?|start\w*|begin\w*|from|after|before|"
    r"how many|cost|total|fewest|job|each person)\b)"
    r"[^?.]*\b(?:path|walk|route|trip|order|ordering|sequence|trace|traverse|visit|tour)\w*\b[^?.]*"
    r"\b(?:all|every|each)\b[^?.]*\b(?:nodes?|vertices|vertex|airports?|cit(?:y|ies)|servers?|people|"
    r"person|towns?|stations?|points?|"
    r"computers?|machines?|stops?)\b[^?.]*\b(?:once|one time|repetitions?|repeat\w*|(?:a|any|no) \w+ "
    r"twice|twice)\b[^?.]*"
)

THING = r"(?:edge|link|road|cable|connection|line|wire|flight|friendship|arc|street|pipe|contact|railway line|tie|bond)"
DIRECTLY = r"(?:directly |straight |immediately )"
ONE = (
    r"(?:with|by|in|over|via|through|crossing|by crossing|using|taking) (?:just |only |exactly )?(?:one|a single|1) "
    r"(?:nonstop |direct )?(?:edge|flight|hop|step|move|jump|link|cable|road)"
)
