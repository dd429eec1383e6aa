"""What a triple rests on."""

from __future__ import annotations

from agents.growing.grounding.evidence import from_reasoning
from agents.growing.replies.proposal import Proposal, Triple


def test_a_sentence_of_the_reasoning_is_evidence_and_a_chain_of_names_is_none() -> None:
    triples = (Triple("leaf", "inhibits", "frost"), Triple("leaf", "inhibits", "light"))
    reasoning = {"patterns": "leaf -> leaf inhibits -> frost", "synthesis": "The leaf inhibits the light."}
    facts = from_reasoning(Proposal(triples=triples, reasoning=reasoning))
    assert [(fact.checked, fact.quote, fact.status) for fact in facts] == [
        (False, "", "hypothesis"),
        (True, "The leaf inhibits the light.", "hypothesis"),
    ]
