"""What was checked of an answer: the claims of every call that it rests on, by the method that checked them."""

from __future__ import annotations

from agents.reply import Reply


def claims_by_method(reply: Reply) -> list[tuple[str, str]]:
    """(claims, method) of what was checked; nothing where the answer's own certificate holds nothing.

    An answer that is put together from several calls has a certificate for each of them; what two calls claim, and
    what was checked in the same way, is said once.
    """
    last = reply.certificate
    if last is None or not last.holds:
        return []
    claims: dict[str, list[str]] = {}
    for each in reply.certificates:
        if each.holds and each.claim and each.claim not in claims.setdefault(each.method, []):
            claims[each.method].append(each.claim)
    return [
        ("; ".join(claim.rstrip(".") for claim in said), method.rstrip(".")) for method, said in claims.items() if said
    ]


def proof(reply: Reply) -> str:
    """The same as sentences; "" where nothing was checked."""
    return " ".join(f"{sentence(claims)} Checked by {method}." for claims, method in claims_by_method(reply))


def sentence(claim: str) -> str:
    """A claim with a capital and a full stop.

    >>> sentence("the graph has 3 nodes")
    'The graph has 3 nodes.'
    """
    return claim[:1].upper() + claim[1:].rstrip(".") + "."
