"""The values that a question gives the parameters of a function, and nothing that it does not say.

"theta to 1", "mode='out'", "t (the iterations) to 18" name the parameter; "20 nodes" is what the documentation calls
"Number of nodes"; "from 'A' to 'D'" are the source and the target; `sequence = [3, 2, 1]` stands under its own name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from agents.programs.literals import WORDS, Literal, literals_in, numbers_in
from agents.programs.parameters import chosen_word, counted_noun, parameter_type, said_of
from agents.programs.spoken import pattern_of
from agents.programs.symbols import Symbol

_LITERAL = (
    r"(?P<value>\[[^\[\]]*\]|\([^()]*\)|'[^'\n]{1,60}'|\"[^\"\n]{1,60}\"|[-+]?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.]*\d)"
    r"|\b(?:True|False|None)\b)"
)
_IS = (
    r"[`'\"]?(?:\s*\([^()]{1,60}\))?\s*(?:parameter |value |values |argument )?"
    r"(?:=|:|is|as|to|of|at|equals?|equal to|set to|to be|being)?\s*"
)
_NOT_ASKED = frozenset("seed random_state backend".split())
_KINDS = "node|vertex|vertices|nodes|point|points|station|city|junction|stage|phase|server|person|zone|hub"
SOURCES = ("source", "u", "s", "node1", "start", "_s", "source_node")
TARGETS = ("target", "v", "t", "node2", "end", "_t", "sink", "target_node")
ONE_NODE = tuple("node n vertex vid nodes vertices source root nbunch v seed_node start start_with".split())
_MANY = ("vertices", "nodes", "nbunch")
_MAKES = re.compile(
    r"\b(?:generat\w*|simulat\w*|model|graph (?:of|with)|network (?:of|with)|\d+ (?:nodes|vertices))\b", re.I
)
_LONG = frozenset(WORDS)
_NO_NOUN = frozenset(
    "with of than has have having least most is are was top size equal equals to by in for a an the and or from at k n "
    "m p exactly only about over under up as be between first last top degree weight cost capacity seed graph g "
    "python version step figure table length distance radius depth cutoff threshold dimension probability".split()
)


class Stated:
    """Reads values for parameters.

    labels: the nodes of the graph, where they are known. hidden: stretches that hold the graph itself, in which no
    argument stands.
    """

    def __init__(self, question: str, labels: Iterable[Any] = (), hidden: Iterable[tuple[int, int]] = ()) -> None:
        self.question = question
        self._told: dict[str, dict[str, int | float]] = {}
        self.labels = list(labels)
        text = question
        for start, end in hidden:
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
        self.asked = text

    @cached_property
    def values(self) -> list[Literal]:
        return literals_in(self.question)

    def value(self, name: str, symbol: Symbol | None = None, needed: bool = True) -> Any:
        """The value of a parameter; ... where the question gives none.

        needed: whether there is no default; what a default stands for must be named more plainly.
        """
        if name in _MANY and self.pair is not None and not isinstance(self._named(name), (list, tuple)):
            return list(self.pair)
        for found in (self._named(name), self._listed(name), self._end(name)):
            if found is not ...:
                return found
        ahead = re.search(r"\b(\d+)-(\w+)", self.asked) if name == "k" and symbol is not None else None
        if (
            ahead and symbol is not None and ahead[2].casefold().rstrip("s")[:5] in symbol.short
        ):  # "the 3-core", "4-cliques"
            return int(ahead[1])
        if needed and symbol is not None and parameter_type(name, symbol).startswith("int") and (one := self._lone()):
            return one
        if name == "angle" and (turned := re.search(r"\b(\d+)(?:[- ]degrees?|°)", self.asked)):
            return int(turned[1])
        plain = name.startswith(("number_of_", "n_", "dim", "num_"))
        counted = self._counted(name, symbol) if needed or plain else ...
        if counted is ... and name.startswith(("number_of_", "num_")) and (one := self._lone()) is not None:
            return one
        return counted if counted is not ... or symbol is None else self._in_other_words(name, symbol)

    def _in_other_words(self, name: str, symbol: Symbol) -> Any:
        """A number or a choice that the question gives in the words of the parameter's documentation."""
        if name in _NOT_ASKED:
            return ...
        sampled = symbol.library == "littleballoffur" and name == "number_of_nodes"
        if sampled and (one := self._lone()) is not None and not re.search(r"\b\d+ (?:\w+ )?edges\b", self.asked):
            return one
        if symbol.name not in self._told:
            self._told[symbol.name] = said_of(symbol, self._behind_generators(symbol))
        told = self._told[symbol.name]
        if name in told and told[name] not in self.spoken:
            return told[name]
        word = chosen_word(name, symbol, re.findall(r"['\"`]([\w-]+)['\"`]", self.asked))
        return ... if word is None or word in map(str, self.labels) else word

    def _behind_generators(self, symbol: Symbol) -> str:
        """The question without code and values; of a sentence that names the function, what stands behind its name.

        A sentence that makes a graph and does not name the function gives it nothing.
        """
        text = self.asked
        for literal in self.values:
            text = text[: literal.start] + " " * (literal.end - literal.start) + text[literal.end :]
        kept = []
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", re.sub(r"```.*?(?:```|\Z)", " ", text, flags=re.DOTALL)):
            named = re.search(pattern_of(symbol), sentence, re.IGNORECASE)
            kept.append(sentence[named.end() :] if named else "" if _MAKES.search(sentence) else sentence)
        return "\n".join(kept)

    def _lone(self) -> int | None:
        """The one whole number that the question says beside its graph and nodes."""
        story = re.sub(r"```.*?(?:```|\Z)", " ", self.asked, flags=re.DOTALL)
        said = {n.value for n in numbers_in(story) if isinstance(n.value, int) and story[n.start].isdigit()}
        said -= set(self.spoken)
        return int(said.pop()) if len(said) == 1 else None

    @cached_property
    def seed(self) -> int | None:
        """The seed for what is random: "seed=7", "with a seed of 7", "random_state 7"."""
        match = re.search(
            r"\b(?:seed|random[_ ]state)\b['`\"]?\s*(?:value |number )?(?:=|:|of|is|to|as)?\s*(\d+)",
            self.question,
            re.I,
        )
        return int(match[1]) if match is not None else None

    def attribute(self, name: str) -> Any:
        """The name of an edge's or node's attribute, where it stands in quotes: "weight='cost'"."""
        value = self._named(name)
        return value if isinstance(value, str) else ...

    def _named(self, name: str) -> Any:
        """As in "alpha set to 0.7", "mode='out'"; a name of one letter needs a word of giving behind it."""
        bare = name.strip("_")
        spoken = r"[\s_]+".join(map(re.escape, bare.split("_")))
        if len(bare) > 1 and name not in _NOT_ASKED:
            match = re.search(rf"(?<![\w.]){spoken}{_IS}{_LITERAL}", self.asked, re.IGNORECASE)
        else:
            giving = r"(?:\s*\([^()]{1,60}\))?\s*(?:=|\bto\b|\bis\b|\bas\b|\bequals?\b(?: to)?|\bof\b)"
            match = re.search(rf"(?<![\w.'’]){re.escape(name)}[`'\"]?{giving}\s*{_LITERAL}", self.asked)
        if match is None:
            return ...
        try:
            return ast.literal_eval(match["value"].strip())
        except (ValueError, SyntaxError):
            return ...

    def _listed(self, name: str) -> Any:
        """A value that the question keeps under the parameter's name: `sequence = [3, 2, 1]`."""
        wanted = name.casefold()
        for literal in self.values:
            said = literal.name.casefold()
            if said and (said == wanted or (len(wanted) > 3 and wanted in said.split("_"))):
                return literal.value
        return ...

    def _end(self, name: str) -> Any:
        """The node that an argument is: one of the pair of nodes that the question names, or the one that it names."""
        folded = name.casefold()
        pair = self.pair
        if pair is not None and folded in SOURCES:
            return pair[0]
        if pair is not None and folded in TARGETS:
            return pair[1]
        if folded in ONE_NODE and pair is None and (node := self.node) is not None:
            return [node] if folded in ("nbunch", "nodes", "vertices") else node
        return ...

    @cached_property
    def pair(self) -> tuple[Any, Any] | None:
        """The two nodes of "from 'A' to 'D'", where the question means one pair."""
        one, other = self._label("one"), self._label("other")
        lead = r"(?:[\w']+,? ){0,5}?[(]?"
        patterns = (
            rf"\bfrom {lead}{one}[)]? ?(?:,|\([^()]{{1,40}}\))? ?to {lead}{other}",
            rf"\bbetween {lead}{one}[)]? ?(?:,|\([^()]{{1,40}}\))? ?(?:and|to) {lead}{other}",
            rf"\bsource\b[^.\n]{{0,25}}?{one}.{{1,60}}?\b(?:target|sink|destination)\b[^.\n]{{0,25}}?{other}",
            rf"\b(?:of|pair of|the pair) (?:nodes |vertices )?[(]?{one}(?: and |, ?){other}[)]?",
            rf"\b(?:start|begin)\w* (?:at|from|in|with) {lead}{one}.{{1,60}}?\b(?:end|finish|arriv|reach)\w* "
            rf"(?:at |in )?{lead}{other}",
            rf"\bnodes {one} and {other}",
        )
        for pattern in patterns:
            matches = re.finditer(pattern, self.asked, re.IGNORECASE)
            found = [(m["one"], m["other"]) for m in matches if self._is_label(m["one"]) and self._is_label(m["other"])]
            pairs = {(self._read(u), self._read(v)) for u, v in found if self._read(u) != self._read(v)}
            if pairs:
                return pairs.pop() if len(pairs) == 1 else None
        return (self.spoken[0], self.spoken[1]) if len(self.spoken) == 2 else None

    @cached_property
    def node(self) -> Any:
        """The one node that the question speaks of: "the neighbours of node 3"; None for none or several."""
        pattern = rf"\b(?:{_KINDS})\b (?:labell?ed |number )?{self._label('one')}(?! (?:nodes|edges))"
        matches = re.finditer(pattern, self.asked, re.IGNORECASE)
        found = {self._read(m["one"]) for m in matches if self._is_label(m["one"])}
        if len(found) == 1:
            return found.pop()
        return self.spoken[0] if len(self.spoken) == 1 else None

    @cached_property
    def spoken(self) -> list[Any]:
        """The nodes of the graph that the question speaks of beside telling it: "habitat 3", "'Bo'", in its order."""
        if not self.labels:
            return []
        pattern = rf"(?<![\w=])(?P<noun>[A-Za-z]+)[ -](?:number |#)?{self._label('one')}(?! (?:nodes|edges|[a-z]+s)\b)"
        found = []
        for match in re.finditer(pattern, self.asked):
            quoted = match["one"][0] in "'\""
            if re.match(r" (?:to|through|[-–]) ?\d", self.asked[match.end() :]):
                continue  # "stations 0 to 5" are all of them
            if match["noun"].casefold() in _NO_NOUN and not quoted:
                continue
            if self._is_label(match["one"]):
                found.append(self._read(match["one"]))
        return list(dict.fromkeys(found))

    def _label(self, group: str) -> str:
        """A pattern for a node: in quotes, or as one of the graph's own labels; a number where those are unknown."""
        known = sorted((re.escape(str(label)) for label in self.labels), key=len, reverse=True)[:400]
        bare = rf"\b(?:{'|'.join(known)})\b(?!['\w])" if known else r"\d+\b"
        return rf"(?P<{group}>'[^'\n]{{1,40}}'|\"[^\"\n]{{1,40}}\"|{bare})"

    def _is_label(self, text: str) -> bool:
        """Whether it is a label of the graph; "between a and b" are labels only with quotes or where they fit."""
        return not self.labels or self._read(text) in self.labels

    def _read(self, text: str) -> Any:
        bare = text.strip("'\"")
        known = {str(label): label for label in self.labels}
        if bare in known:
            return known[bare]
        if text[:1] in "'\"":
            inner = re.fullmatch(rf"(?:{_KINDS}) (\w+)", bare)
            bare = inner[1] if inner else bare
            return known.get(bare, int(bare) if inner and bare.isdigit() else bare)
        return int(text) if text.isdigit() else text

    def _counted(self, name: str, symbol: Symbol | None) -> Any:
        """As in "20 nodes" for what is called, or documented as, the number of nodes."""
        noun = name.rpartition("number_of_")[2] if name.startswith("number_of_") else counted_noun(name, symbol)
        if not noun:
            return ...
        stem = re.escape(noun.rstrip("s"))
        stem = r"(?:node|vert(?:ex|ice)|point)" if noun in ("nodes", "vertices") else stem
        match = re.search(
            rf"(?P<value>\d+|\b(?:{'|'.join(_LONG)})\b) (?:[\w-]+ ){{0,2}}{stem}s?\b", self.asked, re.IGNORECASE
        )
        if match is None:
            return ...
        return int(numbers_in(match["value"])[0].value)
