"""Signs such as `N` or `T_g`: what one stands for holds within its text, so it is told apart by its surroundings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from agents.growing.replies.proposal import Proposal

_BARE = re.compile(r"[^\W\d_]'?|[^\W\d_]{1,3}[\d_]\w*|\w?[\u0370-\u03ff]\w{0,2}")  # N, T_g, b3, Δσ; not pH, AKT
_FORMULA = re.compile(r"(?=.*[a-z\d])(?:[A-Z][a-z]?\d*){2,}[+-]?|[A-Z][a-z]\d*[+-]?")  # SnO2, Ca2+: no such signs
_ELEMENTS = frozenset(
    """
    H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo
    Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl
    Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og
    """.split()
)


def qualified(proposal: Proposal, document: str | None = None) -> Proposal:
    """The proposal with "N" as "N of crack length": by the document, or by the first plain entity it is linked with.

    A sign whose meaning the reply tells has been replaced by it before, and is no name of that thing elsewhere. A sign
    without a neighbour stays as it is.
    """
    signs = [name for name in sorted(proposal.signs) if local(name)]
    names = {sign: f"{sign} of {near}" for sign in signs if (near := document or _neighbour(sign, proposal))}
    aliases = {name: tuple(other for other in others if not local(other)) for name, others in proposal.aliases.items()}
    proposal = replace(proposal, aliases=aliases)
    if not names:
        return proposal
    return replace(
        proposal,
        triples=tuple(
            replace(
                triple, source=names.get(triple.source, triple.source), target=names.get(triple.target, triple.target)
            )
            for triple in proposal.triples
        ),
        entities=tuple((names.get(name, name), kind) for name, kind in proposal.entities),
        aliases={names.get(name, name): others for name, others in proposal.aliases.items()},
        repairs=_counted(proposal.repairs, len(names)),
    )


def local(name: str) -> bool:
    """Whether a name is a sign whose meaning holds in its own text alone.

    >>> [name for name in ("N", "T_g", "Tg", "MS", "b3", "CTE", "SnO2", "DNA", "pH", "Fe", "CO2") if local(name)]
    ['N', 'T_g', 'Tg', 'MS', 'b3']
    """
    return bool(len(name) <= 2 or _BARE.fullmatch(name)) and name != "pH" and not _formula(name)


def _formula(name: str) -> bool:
    """Whether it is made of chemical elements: Fe and SnO2 mean the same everywhere, Lp does not."""
    return bool(_FORMULA.fullmatch(name)) and _ELEMENTS.issuperset(re.findall(r"[A-Z][a-z]?", name))


def _neighbour(sign: str, proposal: Proposal) -> str | None:
    for triple in proposal.triples:
        for one, other in ((triple.source, triple.target), (triple.target, triple.source)):
            if one == sign and other not in proposal.signs:
                return other
    return None


def _counted(repairs: Mapping[str, int], number: int) -> dict[str, int]:
    return {**repairs, "sign_qualified": repairs.get("sign_qualified", 0) + number}
