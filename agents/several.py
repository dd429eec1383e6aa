"""Several questions in one text: which they are, to be asked one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable

from agents.asking import one_at_a_time
from agents.doubt import Update

_PART = re.compile(r"[^?？]*[?？]+")
_SUPPOSED = re.compile(
    r"\W*(?:and |but |so )?(?:what if|if(?! so\b| yes\b| not\b)|suppose|supposing|imagine|pretend|"
    r"assume|assuming|say)\b",
    re.IGNORECASE,
)
# "… the shortest path? How long is it?" is told with the path
_ITS_LENGTH = re.compile(
    r"\W*(?:and )?(?:how (?:long|far|much)|what)\b[^?]*\b(?:it|its|that|this)\b[^?]*", re.IGNORECASE
)
_MOST = 6
_LONGEST = 300  # characters of one question


def several_asked(question: str, ask: Callable[[str], Update]) -> Update | None:
    """Asks back where two or more sentences of `question` are answered differently, each by itself; else None.

    ask: what the router makes of one of them.
    """
    parts = [part.strip() for part in _PART.findall(question)]
    if not 1 < len(parts) <= _MOST or any(len(part) > _LONGEST or _SUPPOSED.match(part) for part in parts):
        return None
    parts = [part for n, part in enumerate(parts) if n == 0 or not _ITS_LENGTH.match(part)]
    planned = [(part, made["plan"]) for part in parts if "plan" in (made := ask(part))]
    wanted = [(plan.calls, plan.compare, plan.pick) for _, plan in planned]
    if all(one == wanted[0] for one in wanted):
        return None
    return one_at_a_time([part for part, _ in planned])
