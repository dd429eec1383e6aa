"""How a question is led into and tagged: reasons before it, wishes around it, claims with "isn't it?" behind them."""

from __future__ import annotations

import re

_AIM = (
    r"(?:homework|assignment|exercise|report|essay|exam|class|course|project|thesis|presentation|quiz|lecture|study|"
    r"studies|work|job|boss|teacher|professor|friend|colleague|problem|task|puzzle|talk|slides?|notes?)"
)
_FOR = re.compile(
    rf"^(?:for|as (?:part of|an?)|in|because of) (?:my|our|a|an|the|this|his|her|their) (?:\w+ ){{0,2}}?{_AIM}\b"
    r"(?: (?:today|tomorrow|now|here))?\s*[,:;–—-]*\s*",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"^(?:(?:quick|simple|easy|small|short|one|just a|a) (?:quick |simple |small |short |last )?(?:question|one)|"
    r"query|hey|hi|hello|well|ok|okay|so|now|please|kindly|sorry|excuse me)\s*[,:;!–—-]+\s*|"
    r"^(?:question|problem|exercise|puzzle|task|request|prompt|query|q)(?: ?(?:no\.? ?|#)?\d{1,3})?\s*[:;–—]\s+",
    re.IGNORECASE,
)
_LET_KNOW = re.compile(
    r"\b(?:i|we)(?:['’]d| would) (?:like|love) to know:\s*|\s*\blet (?:me|us) know\W*$", re.IGNORECASE
)
_VERB = r"(?:know|find out|find|learn|see|get|have|understand|work out|figure out|be told|tell|hear|ask|determine)"
# "I need to know whether …", "Please tell how many …": what is wanted stands behind
_WISH = re.compile(
    rf"^(?:and |but |so |please[, ]+)?(?:"
    rf"(?:i|we) (?:(?:also|just|really|now|only|still|simply) )?(?:need|want|wish|must|have|(?:would|"
    rf"['’]d) (?:like|love)|"
    rf"am (?:asked|supposed|trying)|was asked|should|shall)(?: to)? {_VERB}|"
    rf"(?:please )?(?:to )?tell|"
    rf"(?:i|we) (?:wonder|ask myself|am wondering|was wondering|am curious|do not know|don['’]t know|need|"
    rf"want|(?:would|['’]d) like))"
    r"(?: me| us)?(?: about)?[,:]?\s+"
    r"(?=(?:the|a|an|all|every|one|how|what|which|who|whom|where|when|if|whether|into|to|from|in|of|by|with|at)\b)",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r"^(?:i|we) (?:(?:also|just|really|now|only|still) )?(?:need|want|wish|must|have|should|shall|"
    r"(?:would|['’]d) like|am (?:asked|supposed|trying))(?: to)? "
    r"(?=(?:list|count|find|give|state|name|compute|calculate|determine|show|enumerate|write|sort|order|"
    r"identify|print)\b)",
    re.IGNORECASE,
)
_BY_WAY = re.compile(
    r"^(?:please )?(?:use|using|with|apply|run|by) (?:the )?(?:dijkstra|ford[- ]fulkerson|edmonds[- ]karp|"
    r"dinic|push[- ]relabel)"
    r"(?:['’]s)?(?: algorithm| method)?,? (?:(?:to|and) )?(?=\w)",
    re.IGNORECASE,
)
_OR_NOT = re.compile(r",? or not\s*\?\s*$", re.IGNORECASE)
_OR_ELSE = re.compile(r"(?<=\w),? or (?:is it|are they|is the graph|does it|do they|has it) [^?]*\?\s*$", re.IGNORECASE)
_HELD = re.compile(
    r"^(?:would you (?P<verb>call|say|consider)(?: that)?|am i right (?:that|in thinking that|to think that)|"
    r"is it (?:true|correct|right|the case|so) that) "
    r"(?P<s>the (?:graph|network)|this (?:graph|network|thing)|this|it|[^?,]{1,60}?(?= (?:is|are|has|have|"
    r"contains?|can)\b)) (?P<rest>[^?]+?)\s*\?$",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r",? (?:that is|that is to say|in other words|i\.e\.|i mean),? (?=(?:what|how|which|who|is|are)\b)", re.IGNORECASE
)
_TAG = re.compile(
    r"\s*,\s*(?:(?:is|are|does|do|has|have|was|were|can|could|did)(?:n['’]t)? (?:it|there|they|he|she|one|you|we)|"
    r"right|correct|true|no|yes|or not|innit)\s*\?\s*$",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"^(?P<s>(?:(?!\b(?:is|are|has|have|can|contains?|what|which|how|who|when|where|if)\b)[^,;:?.]){1,60}?)"
    r"(?P<v>['’]s| is| are| has| have| can| contains?)(?:n['’]t)? (?P<rest>[^?]+?)\s*\?$",
    re.IGNORECASE,
)
_SUBJECT_FIRST = re.compile(
    r"^(?P<s>(?:(?!\b(?:is|are|has|have|can|do|does|what|which|how|who|whom|when|where|if|with|for|"
    r"by)\b)[^,;:?.]){1,60}?) "
    r"(?P<v>has|have) (?P<ask>how many|which|what) (?P<rest>[^?,]+?)\s*\?$",
    re.IGNORECASE,
)
_POINTS_LAST = re.compile(
    r"^(?P<s>(?:(?!\b(?:is|are|has|have|can|do|does|what|which|how|who|whom|when|where|if|with|for|"
    r"by)\b)[^,;:?.]){1,60}?) "
    r"(?P<v>point|link|lead|connect)s to (?P<ask>how many|which|what) (?P<rest>[^?,]+?)\s*\?$",
    re.IGNORECASE,
)
_IS_LAST = re.compile(
    r"^(?P<s>(?:(?!\b(?:is|are|has|have|can|do|does|what|which|how|who|whom|when|where|if|with|for|"
    r"by)\b)[^,;:?.]){1,60}?) "
    r"(?P<v>is|are) (?P<by>(?:(?!\b(?:the|an?)\b)[\w-]+ ){1,3})(?P<ask>how many|which|what|whom) "
    r"?(?P<rest>[^?,]*?)\s*\?$",
    re.IGNORECASE,
)
_THERE_LAST = re.compile(r"^there are (?P<ask>how many [^?,]+?)\s*\?$", re.IGNORECASE)
_WHAT_LAST = re.compile(
    r"^(?P<s>(?:the|its|their) [^?,:;]{1,80}?) (?P<v>is|are) (?P<ask>what|which)(?: one| ones)?\s*\?$", re.IGNORECASE
)


def plainly(question: str) -> str:
    """The question without what leads into it, a claim with a tag as a yes-or-no question.

    >>> plainly("For my homework I need to know how many triangles there are.")
    'how many triangles there are.'
    >>> plainly("The graph is connected, isn't it?")
    'Is the graph connected?'
    >>> plainly("The graph has how many edges?")
    'how many edges does the graph have?'
    """
    found = _FOR.sub("", question.strip())
    found = _LET_KNOW.sub("", _BESIDE.sub("", found))
    if found != question.strip() and not re.search(r"\w", found):
        return question
    found = _BY_WAY.sub("", _WISH.sub("", _TO_DO.sub("", found)))
    found = _OR_NOT.sub("?", _OR_ELSE.sub("?", found))
    held = _HELD.match(found)
    if held:
        verb = held["verb"].casefold() if held["verb"] else "say"
        claim = f"{held['s']} is {held['rest']}" if verb in ("call", "consider") else f"{held['s']} {held['rest']}"
        found = _asked(f"{claim}?") or found
    if _TAG.search(found):
        found = _asked(_TAG.sub("?", found)) or found
    found = _WHAT_LAST.sub(r"\g<ask> \g<v> \g<s>?", _THERE_LAST.sub(r"\g<ask> are there?", found))
    for pattern, turn in ((_SUBJECT_FIRST, _had), (_POINTS_LAST, _pointed), (_IS_LAST, _been)):
        match = pattern.match(found)
        if match:
            return turn(match)
    return _MEANING.sub(", ", found)


def _asked(claim: str) -> str | None:
    """The yes-or-no question whose yes is that the claim holds; None for a claim that is not read."""
    match = _CLAIM.match(claim)
    if match is None:
        return None
    subject, verb, rest = match["s"].strip(), match["v"].strip().casefold(), match["rest"]
    subject = subject[0].lower() + subject[1:] if subject.split()[0].casefold() in _SMALL else subject
    if verb in ("is", "are", "'s", "’s"):
        return f"{'Are' if verb == 'are' else 'Is'} {subject} {rest}?"
    if verb == "can":
        return f"Can {subject} {rest}?"
    return (
        f"{'Do' if verb == 'have' else 'Does'} {subject} {'contain' if verb.startswith('contain') else 'have'} {rest}?"
    )


_SMALL = frozenset("the there it this that a an all every each no any these they".split())


def _subject(match: re.Match[str]) -> str:
    subject = match["s"].strip()
    return subject[0].lower() + subject[1:] if subject.split()[0].casefold() in _SMALL else subject


def _had(match: re.Match[str]) -> str:
    return (
        f"{match['ask']} {match['rest']} {'do' if match['v'].casefold() == 'have' else 'does'} {_subject(match)} have?"
    )


def _pointed(match: re.Match[str]) -> str:
    return f"{match['ask']} {match['rest']} does {_subject(match)} {match['v']} to?"


def _been(match: re.Match[str]) -> str:
    rest = f" {match['rest']}" if match["rest"] else ""
    return f"{match['ask']}{rest} {match['v']} {_subject(match)} {match['by'].strip()}?"
