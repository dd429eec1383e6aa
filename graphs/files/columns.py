"""The words by which the columns of edge tables are known."""

from __future__ import annotations

SOURCE_NAMES = (
    "source", "src", "from", "u", "source_id", "from_id", "fromnodeid", "from_node", "source_node", "start", "tail",
    "node1", "node_1", "id1", "node_a", "a", "start_node", "origin", "person1", "person_1", "person_a", "person",
    "name1", "name_1", "city1", "city_1", "city_a", "vertex1", "vertex_1", "v1", "n1", "x", "i", "user1", "author1",
    "protein1", "gene1",
)  # fmt: skip
TARGET_NAMES = (
    "target", "dst", "to", "v", "target_id", "to_id", "tonodeid", "to_node", "target_node", "end", "head",
    "node2", "node_2", "id2", "node_b", "b", "end_node", "destination", "person2", "person_2", "person_b", "friend",
    "name2", "name_2", "city2", "city_2", "city_b", "vertex2", "vertex_2", "v2", "n2", "y", "j", "user2", "author2",
    "protein2", "gene2", "dest", "neighbor", "neighbour",
)  # fmt: skip
# Pairs whose words have a direction.
DIRECTED_NAMES = (
    ("parent", "child"), ("follower", "followee"), ("follower", "followed"), ("citing", "cited"),
    ("caller", "callee"), ("package", "depends_on"), ("module", "depends_on"), ("package", "requires"),
    ("sender", "receiver"), ("sender", "recipient"), ("predecessor", "successor"), ("subject", "object"),
    ("predator", "prey"), ("before", "after"), ("head", "tail"), ("manager", "employee"), ("task", "depends_on"),
    ("prerequisite", "course"),
)  # fmt: skip
