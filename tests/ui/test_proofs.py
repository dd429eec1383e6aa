"""What is said of the certificates of an answer."""

from __future__ import annotations

from agents.reply import Reply
from tools.certificates import Certificate
from ui.proofs import claims_by_method, proof


def held(claim: str, method: str) -> Certificate:
    return Certificate(True, claim, method, "proof")


def test_every_call_is_named_once_and_those_checked_alike_share_a_sentence() -> None:
    found = (
        held("a is so.", "counting"),
        held("b is so", "counting"),
        held("a is so.", "counting"),
        held("c", "flow."),
    )
    assert claims_by_method(Reply(1, "One.", "proven", found)) == [("a is so; b is so", "counting"), ("c", "flow")]
    assert proof(Reply(1, "One.", "proven", found)) == "A is so; b is so. Checked by counting. C. Checked by flow."


def test_nothing_is_said_where_the_answer_itself_was_not_checked() -> None:
    refused = Certificate(False, "", "", "none", "no check is known")
    assert proof(Reply(1, "One.", "computed", (held("a", "counting"), refused))) == ""
    assert proof(Reply(1, "One.", "unverified")) == ""
    assert proof(Reply(1, "One.", "computed", (refused, held("a", "counting")))) == "A. Checked by counting."
