"""Replies in the published formats, written for the tests."""

from __future__ import annotations

import json
from collections.abc import Sequence

from agents.growing.replies.proposal import Proposal

CHAINS = """<|thinking|>
**Knowledge Graph:**

**Core Concepts and Relationships:**
1. **Kelp Forest** -[IS-A]-> **Habitat**
2. **Kelp Forest** -[INFLUENCES]-> **Wave Height** -[INFLUENCES]-> **Coastal Erosion**
3. **Sea Otter** -[RELATES-TO]-> **Kelp
 Forest**

**Abstract Pattern:**
α → β → γ
**Key Transformation Rule:** α ∝ γ

**Reasoning Steps:**
1. Otters eat urchins, urchins eat kelp.
**Hypothesis:**
More otters, less erosion.
<|/thinking|>
Otters protect the coast.
"""

TAGS = """<think>
<brainstorm>
Who eats whom below the waves.
</brainstorm>
<graph>
Core entities: Sea Otter (O), Sea Urchin (U), Kelp Forest (K).
Relationships: O → eats U; U → eats K.
</graph>
<graph_json>
{"nodes": [{"id": "O"}, {"id": "U"}, {"id": "K"}],
 "edges": [{"source": "O", "relation": "eats", "target": "U"}, {"source": "U", "relation": "eats", "target": "K"}]}
</graph_json>
<patterns>
O → U → K
</patterns>
<synthesis>
Otters protect kelp.
</synthesis>
</think>

Because urchins are kept down.
"""


def tagged(nodes: Sequence[object], edges: Sequence[object], graph: str = "") -> str:
    """A reply of the second format around a graph."""
    body = json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False)
    return f"<think><graph>{graph}</graph><graph_json>{body}</graph_json></think>Done."


def edge(source: str, relation: str, target: str) -> dict[str, str]:
    return {"source": source, "relation": relation, "target": target}


def facts(proposal: Proposal) -> list[tuple[str, str, str]]:
    return [(triple.source, triple.verb, triple.target) for triple in proposal.triples]
