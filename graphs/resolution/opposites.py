"""Names that differ by opposites: alike in letters and in vectors, and never the same thing."""

from __future__ import annotations

from functools import lru_cache

_PAIRS = """
north south, east west, northern southern, eastern western, northeastern southwestern, upper lower, high low
left right, inner outer, internal external, interior exterior, intrinsic extrinsic, input output, source sink
major minor, old new, male female, man woman, boy girl, king queen, father mother, son daughter, brother sister
positive negative, increase decrease, increasing decreasing, gain loss, growth decay, growth decline, supply demand
maximum minimum, max min, first last, early late, primary secondary, tensile compressive, tension compression
static dynamic, hot cold, warm cool, hard soft, wet dry, light dark, black white, fast slow, long short, large small
strong weak, thick thin, rich poor, open closed, active passive, acute chronic, local global, micro macro
public private, training test, training validation, test validation, train test, anode cathode, cation anion
acid base, donor acceptor, sender receiver, client server, teacher student, predator prey, cause effect
import export, buyer seller, brittle ductile, summer winter, spring autumn, day night, senior junior
undergraduate graduate, best worst, lead supporting, forward backward, forward reverse, parallel serial
series parallel, attractive repulsive, attraction repulsion, convergence divergence, convergent divergent
concave convex, deductive inductive, supervised unsupervised, daytime primetime, vertical horizontal
longitudinal transverse, storage loss, heating cooling, loading unloading
"""
_OPPOSITES = {
    frozenset(pair.split()) for line in _PAIRS.strip().splitlines() for pair in line.split(",") if pair.strip()
}
_NOT = ("un", "non", "in", "im", "ir", "il", "dis", "anti", "counter", "mis")
_PARTS = (  # of words that are opposites: hyperactive and hypoactive, hydrophilic and hydrophobic
    ("hyper", "hypo"), ("macro", "micro"), ("pre", "post"), ("intra", "inter"), ("intra", "extra"), ("endo", "exo"),
    ("homo", "hetero"), ("under", "over"), ("up", "down"), ("in", "ex"), ("im", "ex"), ("phil", "phob"),
    ("mono", "poly"), ("iso", "aniso"), ("uni", "multi"), ("single", "multi"), ("sub", "super"), ("low", "high"),
    ("max", "min"),
)  # fmt: skip


@lru_cache(maxsize=100_000)
def opposites(one: str, other: str) -> bool:
    """Whether two words are opposites.

    >>> [opposites(*pair.split()) for pair in ("folding unfolding", "hydrophobic hydrophilic", "silk silks")]
    [True, True, False]
    """
    if frozenset((one, other)) in _OPPOSITES:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) > 3 and any(long == prefix + short for prefix in _NOT):
        return True
    return any(
        first in a and a.replace(first, second, 1) == b
        for first, second in _PARTS
        for a, b in ((one, other), (other, one))
        if len(a) > len(first) + 3
    )


def opposite(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names have all words in common but one each, and those are opposites or two letters (type A, B)."""
    if len(one) != len(other):
        return False
    left, right = [w for w in one if w not in other], [w for w in other if w not in one]
    if len(left) != 1 or len(right) != 1:
        return False
    return len(left[0]) == len(right[0]) == 1 or opposites(left[0], right[0])
