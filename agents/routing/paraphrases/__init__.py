"""Ways of saying one thing that need the order of the words: passives, glosses, roles that a node plays for another.

Each rule holds whatever the graph is about. `agents.routing.idioms` applies them before its own phrases.
"""

from __future__ import annotations

from agents.routing.paraphrases.asked import ASKED
from agents.routing.paraphrases.directed import DIRECTED
from agents.routing.paraphrases.keeping import Names, keeping
from agents.routing.paraphrases.plain import PARAPHRASES
from agents.routing.paraphrases.undirected import UNDIRECTED


def paraphrased(question: str, directed: bool, names: Names = tuple) -> str:
    """The question with roles, passives and glosses put plainly; `names`: the words that name nodes in it.

    >>> paraphrased("Which nodes have Ann as a direct successor?", directed=True)
    'Which nodes are the predecessors of Ann?'
    """
    for pattern, words in (*PARAPHRASES, *ASKED):
        question = keeping(pattern, words, question, names)
    for pattern, words in DIRECTED if directed else UNDIRECTED:
        question = keeping(pattern, words, question, names)
    return question
