"""The half of the wordings that the router may be tuned on. The first plain wording of a kind is the canonical one."""

from __future__ import annotations

WORDINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "edge_existence": {
        "plain": (
            "Is there an edge between {u} and {v}?",
            "Are {u} and {v} adjacent?",
            "Does an edge join {u} and {v}?",
            "Do {u} and {v} share an edge in this graph?",
        ),
        "terse": ("edge {u} {v}?",),
        "friends": ("Are {u} and {v} friends?", "Is {u} a friend of {v}?"),
        "flights": ("Is there a direct flight between {u} and {v}?",),
    },
    "node_degree": {
        "plain": (
            "What is the degree of node {u}?",
            "How many edges touch {u}?",
            "How many neighbours does {u} have?",
            "What's {u}'s degree?",
        ),
        "terse": ("degree of {u}",),
        "friends": ("How many friends does {u} have?", "Count the friends of {u}."),
    },
    "node_count": {
        "plain": (
            "How many nodes are in this graph?",
            "What is the number of vertices?",
            "How many vertices does the graph have?",
            "Count the nodes.",
        ),
        "terse": ("number of nodes?",),
        "friends": ("How many people are there in the network?", "How many people are mentioned?"),
    },
    "edge_count": {
        "plain": (
            "How many edges are in this graph?",
            "What is the number of edges?",
            "Count the edges of the graph.",
            "How many links does this network contain?",
        ),
        "terse": ("edge count?",),
        "friends": ("How many friendships are there?",),
        "flights": ("How many direct connections are there in total?",),
    },
    "connected_nodes": {
        "plain": (
            "Which nodes are neighbours of {u}?",
            "List all the nodes connected to {u} by an edge.",
            "What are the neighbors of {u}?",
            "Which vertices are adjacent to {u}?",
        ),
        "terse": ("neighbours of {u}",),
        "friends": ("Who are the friends of {u}?", "Who is {u} friends with?"),
    },
    "disconnected_nodes": {
        "plain": (
            "List all the nodes that are not connected to {u} by an edge.",
            "Which nodes are not neighbours of {u}?",
            "Which other vertices are not adjacent to {u}?",
            "Name every node that shares no edge with {u}, apart from {u} itself.",
        ),
        "terse": ("non-neighbours of {u}",),
        "friends": ("Who is not friends with {u}?",),
    },
    "cycle_check": {
        "plain": (
            "Is there a cycle in this graph?",
            "Does the graph contain a cycle?",
            "Is this graph cyclic?",
            "Can I find a cycle here?",
            "Tell me whether the graph has any cycles.",
        ),
        "terse": ("any cycle?",),
    },
    "reachability": {
        "plain": (
            "Is there a path from {u} to {v}?",
            "Can {v} be reached from {u}?",
            "Is {v} reachable from {u}?",
            "Does a path exist between {u} and {v}?",
        ),
        "terse": ("path from {u} to {v}: yes or no?",),
        "flights": ("Can I get from {u} to {v}, with stopovers if need be?",),
        "cities": ("Can I drive from {u} to {v}?",),
    },
    "shortest_path": {
        "plain": (
            "What is the length of the shortest path from {u} to {v}?",
            "How many edges are on the shortest path between {u} and {v}?",
            "What is the distance between {u} and {v}?",
            "How many hops does it take at least to go from {u} to {v}?",
        ),
        "terse": ("distance {u} to {v}?",),
        "flights": ("What is the smallest number of flights needed to get from {u} to {v}?",),
        "friends": ("How many steps apart are {u} and {v} in the friendship network?",),
    },
    "shortest_route": {
        "plain": (
            "Give the shortest path from {u} to {v}.",
            "Which nodes does the shortest path from {u} to {v} go through?",
            "Show me a shortest path between {u} and {v}.",
        ),
        "terse": ("shortest path {u} to {v}",),
        "cities": (
            "What is the shortest route from {u} to {v}?",
            "Which way should I drive from {u} to {v} to cover the least distance?",
        ),
    },
    "weighted_distance": {
        "plain": (
            "What is the total weight of the shortest path from {u} to {v}?",
            "Calculate the distance of the shortest path from node {u} to node {v}.",
            "What does the cheapest path from {u} to {v} cost?",
            "What is the weighted distance between {u} and {v}?",
        ),
        "terse": ("weight of the shortest path {u} to {v}?",),
        "cities": ("How far is it from {u} to {v} by road?", "How long is the shortest drive from {u} to {v}?"),
    },
    "maximum_flow": {
        "plain": (
            "What is the maximum flow from {u} to {v}?",
            "Calculate the maximum flow between node {u} and node {v} in this network.",
            "Compute the value of a max flow with source {u} and sink {v}.",
            "How much flow can be sent from {u} to {v} at most?",
        ),
        "terse": ("max flow {u} to {v}",),
        "pipes": (
            "How much water can be pumped from {u} to {v} at most?",
            "What is the most that can flow from {u} to {v}?",
        ),
    },
    "topological_order": {
        "plain": (
            "Give a topological order of this graph.",
            "Output the topological sorting of this graph.",
            "List the nodes so that every edge goes from an earlier to a later one.",
            "Find a topological sort.",
        ),
        "terse": ("topological sort",),
        "tasks": ("In what order can I do all of them?", "Give an order in which every task can be done."),
    },
    "matching": {
        "plain": (
            "Find a maximum matching.",
            "Give a matching with as many edges as possible.",
            "What is a maximum matching of this graph?",
        ),
        "terse": ("maximum matching",),
        "jobs": (
            "Assign people to jobs, each person and each job at most once, so that as many people as can be get a job.",
            "Find an assignment of people to jobs that fills the greatest number of jobs, one person a job.",
        ),
    },
    "matching_size": {
        "plain": (
            "What is the size of a maximum matching?",
            "How many edges does a maximum matching have?",
            "How large is the largest matching?",
        ),
        "terse": ("size of maximum matching?",),
        "jobs": (
            "How many people can get a job at most, if each job takes one person and each person one job?",
            "What is the largest number of people that can be given a job at the same time, one job each?",
        ),
    },
    "component_count": {
        "plain": (
            "How many connected components does the graph have?",
            "What is the number of connected components?",
            "Into how many separate pieces does the graph fall?",
            "Count the connected components.",
        ),
        "terse": ("number of components",),
        "friends": ("How many separate groups of friends are there?",),
    },
    "component_of": {
        "plain": (
            "Which nodes are in the same connected component as {u}?",
            "List the connected component that contains {u}.",
            "Find the connected component of {u}.",
            "Give all nodes of the component containing {u}.",
        ),
        "terse": ("component of {u}",),
    },
    "connectivity": {
        "plain": (
            "Is the graph connected?",
            "Is this a connected graph?",
            "Is every node reachable from every other node?",
            "Does the graph consist of a single connected component?",
        ),
        "terse": ("connected?",),
        "flights": ("Can one get from any airport to any other?",),
    },
    "diameter": {
        "plain": (
            "What is the diameter of the graph?",
            "Calculate the diameter.",
            "What is the greatest distance between any two nodes?",
            "How long is the longest of all shortest paths?",
        ),
        "terse": ("diameter?",),
        "friends": ("How many steps apart are the two people that are furthest from each other?",),
    },
    "mst_weight": {
        "plain": (
            "What is the total weight of a minimum spanning tree?",
            "Output the total weight of the minimum spanning tree (MST) for this graph.",
            "How much does the minimum spanning tree weigh?",
            "Compute the cost of the MST.",
        ),
        "terse": ("MST weight",),
        "cities": ("What is the least total length of roads that keeps all the cities connected?",),
    },
    "common_neighbours": {
        "plain": (
            "Which nodes are neighbours of both {u} and {v}?",
            "List the common neighbours of {u} and {v}.",
            "What nodes are adjacent to both {u} and {v}?",
        ),
        "terse": ("common neighbours {u} {v}",),
        "friends": ("Which friends do {u} and {v} have in common?", "Who are the mutual friends of {u} and {v}?"),
    },
    "common_neighbour_count": {
        "plain": (
            "How many common neighbours do {u} and {v} have?",
            "Calculate the number of common neighbors of node {u} and node {v}.",
            "How many nodes are adjacent to both {u} and {v}?",
        ),
        "terse": ("number of common neighbours of {u} and {v}",),
        "friends": ("How many friends do {u} and {v} have in common?",),
    },
    "page_rank": {
        "plain": (
            "Which node has the largest PageRank value?",
            "Which node has the highest PageRank?",
            "Find the node with the greatest PageRank score.",
            "What is the top node by PageRank?",
        ),
        "terse": ("highest pagerank node",),
    },
    "triangle_counting": {
        "plain": (
            "How many triangles are in this graph?",
            "Count the triangles.",
            "What is the number of triangles in the graph?",
            "How many sets of three mutually adjacent nodes are there?",
        ),
        "terse": ("triangles?",),
        "friends": ("How many groups of three people are all friends with each other?",),
    },
    "jaccard": {
        "plain": (
            "Calculate the Jaccard coefficient of {u} and {v}.",
            "What is the Jaccard similarity between {u} and {v}?",
            "Compute the Jaccard index of nodes {u} and {v}.",
        ),
        "terse": ("jaccard {u} {v}",),
    },
    "bipartite_check": {
        "plain": (
            "Is the graph bipartite?",
            "Can the nodes be coloured with two colours so that no edge joins two nodes of the same colour?",
            "Is this graph 2-colourable?",
            "Tell me if the graph is bipartite.",
        ),
        "terse": ("bipartite?",),
    },
    "bridges": {
        "plain": (
            "Which edges are bridges?",
            "List all bridges of the graph.",
            "Which edges would disconnect their component if they were removed?",
        ),
        "terse": ("bridges",),
        "cities": ("Which roads would cut some cities off from each other if they were closed?",),
    },
    "articulation_points": {
        "plain": (
            "Which nodes are articulation points?",
            "List the cut vertices of the graph.",
            "Find all articulation points.",
        ),
        "terse": ("cut vertices",),
    },
    "hamiltonian_path": {
        "plain": (
            "Is there a path in this graph that visits every node exactly once? If yes, give the path.",
            "Find a Hamiltonian path in this graph.",
            "Give a path that goes through every node exactly once.",
        ),
        "terse": ("hamiltonian path",),
    },
    "highest_degree": {
        "plain": (
            "Which node has the highest degree?",
            "Which node has the most neighbours?",
            "Find the node with the largest number of edges.",
        ),
        "terse": ("node of maximum degree",),
        "friends": ("Who has the most friends?",),
    },
    "density": {
        "plain": ("What is the density of the graph?", "Compute the graph's density.", "How dense is this graph?"),
        "terse": ("density?",),
    },
    "predecessors": {
        "plain": (
            "Which nodes have an edge to {u}?",
            "Which are the predecessor nodes of node {u}?",
            "List the predecessors of {u}.",
            "From which nodes does an edge lead to {u}?",
        ),
        "terse": ("predecessors of {u}",),
        "tasks": ("Which tasks must come directly before {u}?",),
    },
    "out_degree": {
        "plain": (
            "What is the out-degree of {u}?",
            "How many edges leave {u}?",
            "How many outgoing edges does {u} have?",
        ),
        "terse": ("out-degree of {u}",),
    },
    "strong_component_count": {
        "plain": (
            "How many strongly connected components does this graph have?",
            "What is the number of strongly connected components?",
            "Count the strongly connected components.",
        ),
        "terse": ("number of SCCs",),
    },
    "when_linked": {
        "plain": (
            "When are {u} and {v} linked?",
            "At which times is there an edge between {u} and {v}?",
            "List all times at which {u} and {v} are linked.",
        ),
        "terse": ("times of edge {u} {v}",),
        "meetings": ("When did {u} and {v} meet?", "At what times did {u} meet {v}?"),
    },
    "neighbours_at": {
        "plain": (
            "What nodes are linked with {u} at time {t}?",
            "Which nodes are neighbours of {u} at time {t}?",
            "List the neighbours of {u} at time {t}.",
        ),
        "terse": ("neighbours of {u} at time {t}",),
        "meetings": ("Who met {u} at time {t}?", "Whom did {u} meet at time {t}?"),
    },
    "first_connected": {
        "plain": (
            "When are {u} and {v} first connected by a path?",
            "When are node {u} and node {v} first connected?",
            "At what time does a path between {u} and {v} first exist, if edges stay once they have appeared?",
        ),
        "terse": ("first time {u} and {v} are connected",),
    },
    "chronological_path": {
        "plain": (
            "Is the path [{p}] a chronological path?",
            "Is [{p}] a chronological path, that is, do the times of its edges never decrease?",
            "Tell me whether the path [{p}] is chronological.",
        ),
        "terse": ("[{p}] chronological path?",),
    },
}
