"""The links between nodes that one sentence tells: "from 'A' to 'B'", "hut 1 is linked to huts 2 and 3", "1-2, 2-3".

What a sentence asks for ("the shortest path from 'A' to 'C'") is no link.
"""

from __future__ import annotations

import re
from typing import Any

from agents.programs.literals import parsed

LABEL = r"(?:'[^'\n]{1,30}'|\"[^\"\n]{1,30}\"|`\w{1,20}`|\d{1,5}(?![\d.]*\d*%)|[A-Z]\d{0,2}(?![\w']))"
_NOUN = r"(?:(?:the |a |an )?(?:[A-Za-z]+ ){0,2}?)"
_ASIDE = r"(?: \([^()]{1,60}\))?"
_JOINED = (
    r"(?:is |are |was )?(?:also )?(?:directly )?(?:linked|connected|joined|attached|tied|wired|bound|adjacent|"
    r"has an? (?:[a-z]+ )?(?:edge|link|connection)|[a-z]{3,}s|connect|link)(?: directly)?(?: back)? (?:to|with|into)"
)
_NO_VERB = r"(?! (?:is|are|was|has|also|to|back|[a-z]{3,}s) )"
_MORE = rf"(?:(?:, and |, | and | & ){_NOUN}{LABEL}{_ASIDE}{_NO_VERB})*"
_LETTERS = re.compile(r"(?<![\w'])(?P<u>[a-z])(?: to | ?(?:->|→) ?)(?P<v>[a-z])(?![\w'])")
_ONE_TO = re.compile(rf"(?P<u>{LABEL}){_ASIDE} (?:also )?(?:has a connection|{_JOINED}(?: has)?)"
                     rf"(?: both| with| to| all of| all| each of)* ?(?P<v>{_NOUN}{LABEL}{_ASIDE}{_MORE})")  # fmt: skip
_FEEDS = re.compile(r"(?P<u>'[^'\n]{1,30}') [a-z]{3,}s (?P<v>'[^'\n]{1,30}')")  # "'s' feeds 'a'"
_WITH = r" (?:with|at|for) (?:an? |the )?(?:[a-z]+ ){1,3}?(?:of |= ?)?\d+(?:\.\d+)?(?: [a-z]+)?"
_AND_TO = re.compile(rf"{_WITH}(?:, and|,| and) {_NOUN}(?P<v>{LABEL})(?={_WITH})")
_FROM_TO = re.compile(
    rf"(?:(?:from|between) )?{_NOUN}(?P<u>{LABEL}){_ASIDE} ?(?:(?:back )?to|-->?|→|–|—|->|<->) ?{_NOUN}(?P<v>{LABEL})"
)
_ARROW = re.compile(rf"(?P<u>{LABEL}) ?(?:-->?|->|→|⟶) ?(?P<v>{LABEL})")
_ELIDED = re.compile(rf"(?:,|;|\band|, and) {_NOUN}(?P<u>{LABEL})(?: back)? to (?P<v>{_NOUN}{LABEL}{_ASIDE}{_MORE})")
_HYPHENED = re.compile(r"(?<![\w-])(?P<u>\d{1,4}|[A-Z])[-–—](?P<v>\d{1,4}|[A-Z])(?![\w-])")
_AND = re.compile(
    rf"(?<!\bof )(?P<u>{LABEL}){_ASIDE} and {_NOUN}(?P<v>{LABEL}){_ASIDE}"
    r"(?= (?:also )?(?:share|have|are|at|with)\b|,|\.|;|$)"
)
_SAYS_LINK = re.compile(
    r"\b(?:connect\w*|link\w*|edges?|path(?:way)?s?|pipe\w*|roads?|routes?|channels?|share|journey|moving|friend\w*|"
    r"adjacent|arcs?|bonds?|tied|joined|walkways?|trails?|cables?|lines?|cost\w*|weight|capacity)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(?:shortest|find|compute|calculat\w+|determin\w+|minimi[sz]\w+|maximum|optimal|least|evaluate|measure|"
    r"similarity|whether|sequence|efficient)\b",
    re.IGNORECASE,
)


def links_in(sentence: str) -> list[tuple[int, int, list[tuple[Any, Any]]]]:
    """The links that a sentence tells, with their places."""
    found: list[tuple[int, int, list[tuple[Any, Any]]]] = []
    for match in (*_ONE_TO.finditer(sentence), *_FEEDS.finditer(sentence)):
        ends = [label_of(label) for label in re.findall(LABEL, match["v"])]
        found.append((match.start(), match.end(), [(label_of(match["u"]), end) for end in ends]))
        place = match.end()
        while more := _AND_TO.match(sentence, place):  # "… and 'b' with a capacity of 5" goes on from the same node
            found.append((more.start("v"), more.end("v"), [(label_of(match["u"]), label_of(more["v"]))]))
            place = more.end("v")
    if found:
        for match in _ELIDED.finditer(sentence, found[0][1]):  # "1 is linked to 2, 2 to 3"
            if all(match.end("u") <= start or end <= match.start("u") for start, end, _ in found):
                ends = [label_of(label) for label in re.findall(LABEL, match["v"])]
                found.append((match.start("u"), match.end(), [(label_of(match["u"]), end) for end in ends]))
        return sorted(found, key=lambda link: link[:2])
    lettered = list(_LETTERS.finditer(sentence))
    if len(lettered) > 2:
        return [(m.start(), m.end(), [(m["u"], m["v"])]) for m in lettered]
    hyphened = list(_HYPHENED.finditer(sentence))
    if len(hyphened) > 2 or (len(hyphened) == 2 and _SAYS_LINK.search(sentence)):
        return [(m.start(), m.end(), [(label_of(m["u"]), label_of(m["v"]))]) for m in hyphened]
    arrows = list(_ARROW.finditer(sentence))
    if len(arrows) > 1:
        return [(m.start(), m.end(), [(label_of(m["u"]), label_of(m["v"]))]) for m in arrows]
    run = list(_FROM_TO.finditer(sentence))
    if not _SAYS_LINK.search(sentence) and (len(run) < 3 or _ASKS.search(sentence)):
        return []
    tells = re.search(r":|\b(?:cost|weight|capacity|distance|strength)\b", sentence, re.I) is not None
    if _ASKS.search(sentence) and not tells:
        return []
    for pattern in (_FROM_TO, _AND):
        matches = list(pattern.finditer(sentence))
        if matches and (
            not _ASKS.search(sentence) or len(matches) > 1 or sentence.lstrip().startswith(("-", "*", "•"))
        ):
            return [(m.start(), m.end(), [(label_of(m["u"]), label_of(m["v"]))]) for m in matches]
    return []


def label_of(text: str) -> Any:
    text = text.strip("`")
    value = parsed(text)
    return text if value is None else value
