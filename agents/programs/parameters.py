"""What the documentation says of a function's parameters, and the numbers that a question gives them in other words.

"Let the iteration run for at most 500 steps" gives `max_iter`, whose documentation says "Maximum number of iterations";
"a damping factor of 0.9" gives `alpha`, "Damping parameter for PageRank". A number goes to the parameter that alone is
described by a word near the number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from agents.programs.described import stems
from agents.programs.literals import Spoken, numbers_in
from agents.programs.symbols import Symbol

BEFORE, BEHIND = 6, 2  # words around a number that may say what it is
_GENERIC = frozenset(stems(
    "number default parameter integer float optional maximum minimum amount count size node vertex edge graph list "
    "should must used determine control specify setting option type string bool name seed random larger smaller"
))  # fmt: skip
_DEFAULT = re.compile(r"^\s*(?:[\w.\[\] |]+ ?= ?)?(-?\d+(?:\.\d+)?(?:e-?\d+)?)\s*$")
_CLOSE = re.compile(r"[.!?;,](?:\s|$)|\n|\band\b")  # what stands beyond this speaks of something else


def said_of(symbol: Symbol, text: str) -> dict[str, int | float]:
    """The numbers that a text gives the optional parameters of a function, by words of their documentation.

    text: the question without what makes its graph.
    """
    defaults = _number_defaults(symbol)
    words = {name: _telling(name, symbol) for name in defaults}
    shared = Counter(word for telling in words.values() for word in telling)
    named = Counter(word for name in words for word in stems(name.replace("_", " ")))
    for name, telling in words.items():
        own = stems(name.replace("_", " "))
        words[name] = {word for word in telling if shared[word] == 1 or (word in own and named[word] == 1)}
    found: dict[str, int | float] = {}
    for number in numbers_in(text):
        if not text[number.start].isdigit():
            continue
        fits = [name for name, default in defaults.items() if _same_kind(default, number)]
        near = sorted((distance, name) for name in fits if (distance := _distance(text, number, words[name])))
        if near and (len(near) == 1 or near[0][0] < near[1][0]):
            found.setdefault(near[0][1], number.value)
    return found


def _telling(name: str, symbol: Symbol) -> set[str]:
    """The words by which a parameter is known: of its name, and of the first sentence that describes it."""
    about = re.split(r"(?<=[a-z)])\. ", parameter_doc(name, symbol))[0]
    return {word for word in stems(f"{name.replace('_', ' ')} {about}") if word not in _GENERIC and len(word) > 3}


def _number_defaults(symbol: Symbol) -> dict[str, float]:
    """The parameters whose default is a number."""
    found = {}
    for part in re.split(r",\s*(?=\w+\s*(?::|=))", symbol.signature.strip("()")):
        name, _, default = part.partition("=")
        bare = name.partition(":")[0].strip(" *")
        match = _DEFAULT.match(default)
        if match is not None and bare not in ("seed", "random_state"):
            found[bare] = float(match[1]) if re.search(r"[.e]", match[1]) else int(match[1])
    return found


def _same_kind(default: float, number: Spoken) -> bool:
    return isinstance(number.value, int) if isinstance(default, int) else not number.share or number.value <= 1


def _distance(text: str, number: Spoken, words: set[str]) -> int:
    """How many words lie between a number and the nearest of some words in its sentence; 0 where none is near."""
    before = _CLOSE.split(text[: number.start])[-1].split()[-BEFORE:]
    behind = _CLOSE.split(text[number.end :])[0].split()[:BEHIND]
    for steps in range(1, max(BEFORE, BEHIND) + 1):
        for side in (before[::-1], behind):
            if len(side) >= steps and words & set(stems(side[steps - 1])):
                return steps
    return 0


def chosen_word(name: str, symbol: Symbol, quoted: Sequence[str]) -> str | None:
    """The one word in quotes that the documentation lists among the values of a parameter: `method` may be 'avg'."""
    told = f"{parameter_type(name, symbol)} {parameter_doc(name, symbol)}"
    listed = {word for match in re.findall(r"'([\w-]+)'|\"([\w-]+)\"|``'?\"?([\w-]+)'?\"?``", told) for word in match}
    said = [word for word in dict.fromkeys(quoted) if word in listed]
    return said[0] if len(said) == 1 and said[0] not in ("True", "False", "None", name) else None


def counted_noun(name: str, symbol: Symbol | None) -> str:
    """What a parameter counts, by its documentation: "The number of nodes", "Dimensionality of embedding"."""
    if symbol is None:
        return ""
    about = parameter_doc(name, symbol)
    if name in ("dimensions", "dim", "n_components"):
        return "dimensions"
    match = re.match(
        r"\W*(?:the |desired |total |maximum )*(?:number|count) of (?:\w+ed |new |sampled )?(\w+)", about, re.I
    )
    return match[1].casefold() if match else ""


def alternatives(symbol: Symbol) -> frozenset[str]:
    """The parameters of which one is given instead of the others: "If given, m must be omitted"."""
    names = [name for name, *_ in symbol.parameters or ()]
    told = {name: parameter_doc(name, symbol) for name in names}
    return frozenset(
        name
        for name, about in told.items()
        if re.search(r"\bif given,.{0,20}\bmust be (?:omitted|missing|None)", about, re.I)
    )


def parameter_doc(name: str, symbol: Symbol) -> str:
    """What the docstring says of a parameter, in numpy's, Google's, or Sphinx's manner."""
    bare = re.escape(name)
    for pattern in (
        rf"^{bare} ?:[^\n]*\n((?:[ \t]+\S[^\n]*\n?)+)",
        rf"^\s*{bare} ?\([^()\n]*\):? ?([^\n]*)",
        rf"[:@]param {bare}: ?([^\n]*)",
    ):
        match = re.search(pattern, symbol.doc, re.MULTILINE)
        if match:
            return " ".join(match[1].split())
    return ""


def parameter_type(name: str, symbol: Symbol) -> str:
    """What the docstring calls a parameter's type: "G : NetworkX graph"."""
    match = re.search(rf"^\s*{re.escape(name)} ?: ?([^\n]*)", symbol.doc, re.MULTILINE)
    return match[1] if match else ""
