"""The half of the wordings that nothing may be tuned on: it measures how well unseen wordings are understood."""

from __future__ import annotations

WORDINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "edge_existence": {
        "plain": (
            "Is {u} directly linked to {v}?",
            "Can you check if {u} and {v} are neighbours?",
            "I want to know whether the graph has an edge from {u} to {v}.",
            "Are the nodes {u} and {v} joined by an edge?",
        ),
        "terse": ("{u} adjacent to {v}?",),
        "friends": ("Do {u} and {v} know each other as friends?",),
        "flights": ("Can I fly nonstop from {u} to {v}?", "Do {u} and {v} have a direct connection?"),
    },
    "node_degree": {
        "plain": (
            "Tell me the degree of {u}.",
            "How many nodes is {u} adjacent to?",
            "Find the number of edges incident to {u}.",
            "To how many other nodes is {u} linked?",
        ),
        "terse": ("deg({u})?",),
        "friends": ("What is the number of {u}'s friends?",),
        "flights": ("How many places can I reach from {u} with one direct flight?",),
    },
    "node_count": {
        "plain": (
            "How big is the graph, in nodes?",
            "Give me the total number of nodes.",
            "What is the order of this graph?",
            "How many different nodes appear here?",
        ),
        "terse": ("node count",),
        "friends": ("How many people does this network have?",),
        "flights": ("How many airports are there?",),
    },
    "edge_count": {
        "plain": (
            "Give me the total number of edges.",
            "How many edges does the graph have in all?",
            "What is the size of the graph, counted in edges?",
            "How many connections are there between the nodes?",
        ),
        "terse": ("# of edges",),
        "friends": ("How many pairs of friends are there?",),
        "flights": ("How many direct flights exist?",),
    },
    "connected_nodes": {
        "plain": (
            "What nodes share an edge with {u}?",
            "Tell me every neighbour of {u}.",
            "To which nodes is {u} directly connected?",
            "Give the list of nodes next to {u}.",
        ),
        "terse": ("{u}'s neighbors?",),
        "friends": ("Name all of {u}'s friends.",),
        "flights": ("Where can I fly directly from {u}?",),
    },
    "disconnected_nodes": {
        "plain": (
            "What nodes does {u} have no edge to?",
            "Give all nodes, other than {u}, that are not directly connected to {u}.",
            "Which nodes are missing an edge to {u}?",
            "Tell me which nodes are not linked to {u}.",
        ),
        "terse": ("nodes not adjacent to {u}",),
        "friends": ("Which people are not {u}'s friends?", "Whom is {u} not friends with?"),
    },
    "cycle_check": {
        "plain": (
            "Does this graph have a loop, meaning a closed path through at least three nodes?",
            "Is the graph free of cycles?#no",
            "Are there any cycles?",
            "Is this graph acyclic?#no",
            "Check whether some cycle exists in the graph.",
        ),
        "terse": ("has cycle?",),
    },
    "reachability": {
        "plain": (
            "Can you get from {u} to {v} by following edges?",
            "Are {u} and {v} connected by some path?",
            "Is it possible to travel from {u} to {v} along the edges?",
            "Does some sequence of edges lead from {u} to {v}?",
        ),
        "terse": ("{v} reachable from {u}?",),
        "flights": ("Is it possible to fly from {u} to {v}, changing planes as often as needed?",),
        "cities": ("Is there any way to drive from {u} to {v}?",),
    },
    "shortest_path": {
        "plain": (
            "How far apart are {u} and {v}?",
            "What is the minimum number of edges between {u} and {v}?",
            "Find the shortest path length between {u} and {v}.",
            "How many edges do I have to cross at least to get from {u} to {v}?",
        ),
        "terse": ("shortest path length {u} {v}",),
        "flights": ("How many flights do I need at least to travel from {u} to {v}?",),
        "friends": ("How many introductions does it take at least to get from {u} to {v}?",),
    },
    "shortest_route": {
        "plain": (
            "What is the shortest path between {u} and {v}? List its nodes.",
            "Find me the path with the lowest total weight from {u} to {v}.",
            "I need the cheapest path from {u} to {v}, node by node.",
        ),
        "terse": ("best path {u} -> {v}",),
        "cities": (
            "How do I get from {u} to {v} on the shortest route?",
            "Through which cities does the shortest drive from {u} to {v} lead?",
        ),
    },
    "weighted_distance": {
        "plain": (
            "How much does the least expensive path from {u} to {v} cost in total?",
            "Find the minimum total weight of any path between {u} and {v}.",
            "Tell me the length of the shortest weighted path from {u} to {v}.",
            "What is the smallest sum of weights on a path from {u} to {v}?",
        ),
        "terse": ("weighted distance {u} {v}",),
        "cities": (
            "What is the shortest driving distance between {u} and {v}?",
            "If I drive from {u} to {v}, how long is the trip at least?",
        ),
    },
    "maximum_flow": {
        "plain": (
            "Find the max flow from {u} to {v}.",
            "What is the largest amount of flow that can go from {u} to {v}?",
            "Given the capacities, how many units can be moved from {u} to {v} at once?",
            "Determine the maximum s-t flow for s = {u} and t = {v}.",
        ),
        "terse": ("maxflow({u}, {v})",),
        "pipes": (
            "What is the greatest throughput from {u} to {v}?",
            "How many units per hour can the pipes bring from {u} to {v} in the best case?",
        ),
    },
    "topological_order": {
        "plain": (
            "Sort the nodes topologically.",
            "Order the nodes such that every node comes before the nodes it points to.",
            "Can all the nodes be visited in order? Give the solution.",
            "What would be a valid topological ordering?",
        ),
        "terse": ("topo order please",),
        "tasks": (
            "Which order should I do the tasks in?",
            "Plan the tasks so that nothing is started before what it depends on.",
        ),
    },
    "matching": {
        "plain": (
            "Pair up as many nodes as possible along edges, using each node at most once.",
            "List the edges of a largest matching.",
            "Compute a maximum cardinality matching.",
        ),
        "terse": ("max matching",),
        "jobs": (
            "Who should do which job so that the most people have a job, one job per person and one person per job?",
            "Give each person at most one job and each job at most one person, and fill as many jobs as you can.",
        ),
    },
    "matching_size": {
        "plain": (
            "How many pairs are in a maximum matching?",
            "What is the matching number of the graph?",
            "At most how many edges can be chosen such that no two of them share a node?",
        ),
        "terse": ("maximum matching size",),
        "jobs": ("At most how many of the people can be hired when every job is for one person only?",),
    },
    "component_count": {
        "plain": (
            "How many components are there?",
            "Tell me the number of connected parts of the graph.",
            "How many disconnected pieces does this graph have?",
            "Of how many connected components is the graph made up?",
        ),
        "terse": ("components: how many?",),
        "friends": ("How many circles of people are there that have no friendship to anybody outside?",),
    },
    "component_of": {
        "plain": (
            "Which nodes belong to the component of {u}?",
            "What is the connected component of node {u}?",
            "List everything that is reachable from {u}, with {u} itself.",
            "Show the connected component that {u} belongs to.",
        ),
        "terse": ("connected component with {u}",),
    },
    "connectivity": {
        "plain": (
            "Are all nodes connected with each other by paths?",
            "Is the whole graph connected?",
            "Is the graph in one piece?",
            "Can you reach every node from every other node?",
        ),
        "terse": ("is it connected?",),
        "flights": ("Is every airport reachable from every other airport?",),
    },
    "diameter": {
        "plain": (
            "Find the graph's diameter.",
            "What is the maximum shortest-path distance over all pairs of nodes?",
            "How far apart are the two most distant nodes?",
            "Tell me the diameter of this network.",
        ),
        "terse": ("graph diameter",),
        "friends": ("What is the largest number of steps between any two people?",),
    },
    "mst_weight": {
        "plain": (
            "Find the weight of the minimum spanning tree.",
            "How much does the cheapest spanning tree cost?",
            "What is the sum of the edge weights in a minimum spanning tree?",
            "What's the lowest total weight of edges that connects all nodes?",
        ),
        "terse": ("minimum spanning tree total weight",),
        "cities": (
            "We can keep only some roads, but every city must stay reachable. What is the smallest total length?",
        ),
    },
    "common_neighbours": {
        "plain": (
            "Give every node that is connected to {u} as well as to {v} by an edge.",
            "Find the shared neighbours of {u} and {v}.",
            "What neighbours do {u} and {v} have in common?",
        ),
        "terse": ("shared neighbors of {u} and {v}",),
        "friends": ("Who is a friend of both {u} and {v}?", "Name the friends that {u} and {v} share."),
    },
    "common_neighbour_count": {
        "plain": (
            "Count the nodes that are neighbours of {u} and also of {v}.",
            "What is the number of shared neighbours of {u} and {v}?",
            "How many neighbours do {u} and {v} share?",
        ),
        "terse": ("count common neighbors {u}, {v}",),
        "friends": ("How many mutual friends do {u} and {v} have?",),
    },
    "page_rank": {
        "plain": (
            "Rank the nodes by PageRank: which one comes first?",
            "Which node is the most important one by PageRank?",
            "Compute PageRank and tell me the node with the best score.",
            "According to PageRank, what is the most central node?",
        ),
        "terse": ("top pagerank",),
    },
    "triangle_counting": {
        "plain": (
            "How many triangles does the graph contain?",
            "Find the triangle count.",
            "Tell me how many 3-cycles this graph has.",
            "How many cliques of three nodes are there?",
        ),
        "terse": ("triangle count",),
        "friends": ("How many trios are there in which everybody is friends with everybody?",),
    },
    "jaccard": {
        "plain": (
            "How similar are {u} and {v} by the Jaccard coefficient?",
            "What's the Jaccard coefficient for the pair {u}, {v}?",
            "Find the Jaccard similarity of the neighbourhoods of {u} and {v}.",
        ),
        "terse": ("jaccard similarity of {u} and {v}",),
    },
    "bipartite_check": {
        "plain": (
            "Can I split the nodes into two sets so that every edge goes between the sets?",
            "Does this graph have a bipartition?",
            "Is it a bipartite graph?",
            "Check if the graph is two-colorable.",
        ),
        "terse": ("is it bipartite?",),
    },
    "bridges": {
        "plain": (
            "Find every bridge in the graph.",
            "Which edges are cut edges?",
            "Name the edges whose removal increases the number of components.",
        ),
        "terse": ("list the bridges",),
        "cities": ("Which single road closures would split the road network?",),
    },
    "articulation_points": {
        "plain": (
            "Which nodes would split the graph if they were removed?",
            "Name the articulation points.",
            "Which vertices are cut vertices?",
        ),
        "terse": ("articulation points",),
    },
    "hamiltonian_path": {
        "plain": (
            "Can I walk along the edges and visit each node exactly once? If so, show how.",
            "Show me a Hamiltonian path if one exists.",
            "Is there a Hamiltonian path? Give it.",
        ),
        "terse": ("find hamilton path",),
    },
    "highest_degree": {
        "plain": (
            "Which is the node of maximum degree?",
            "What node is connected to the most other nodes?",
            "Tell me the best connected node, the one with the most edges.",
        ),
        "terse": ("max degree node?",),
        "friends": ("Who is the person with the most friends?",),
    },
    "density": {
        "plain": (
            "Find the density of this network.",
            "What share of all possible edges does the graph have?",
            "Tell me the edge density.",
        ),
        "terse": ("graph density",),
    },
    "predecessors": {
        "plain": (
            "Which nodes point to {u}?",
            "What are the in-neighbours of {u}?",
            "Name all nodes with an edge going into {u}.",
            "Who are the direct predecessors of {u}?",
        ),
        "terse": ("in-neighbors of {u}",),
        "tasks": ("What has to be finished right before {u}, according to the list?",),
    },
    "out_degree": {
        "plain": (
            "How many nodes does {u} point to?",
            "Count the edges going out of {u}.",
            "Tell me the out degree of {u}.",
        ),
        "terse": ("outdegree {u}",),
    },
    "strong_component_count": {
        "plain": (
            "How many SCCs are there?",
            "Into how many strongly connected components can the graph be split?",
            "Tell me the number of strong components.",
        ),
        "terse": ("strongly connected components: count",),
    },
    "when_linked": {
        "plain": (
            "At what times are {u} and {v} connected by an edge?",
            "Give every time step when an edge between {u} and {v} exists.",
            "When does the edge {u}, {v} appear?",
        ),
        "terse": ("when {u} {v} linked",),
        "meetings": ("List the times of all meetings of {u} with {v}.", "When did {u} and {v} see each other?"),
    },
    "neighbours_at": {
        "plain": (
            "At time {t}, which nodes is {u} linked with?",
            "Who is connected to {u} by an edge at time {t}?",
            "Which nodes have an edge to {u} at time {t}?",
        ),
        "terse": ("{u} neighbors at t={t}",),
        "meetings": ("With whom did {u} have a meeting at time {t}?", "At time {t}, who did {u} see?"),
    },
    "first_connected": {
        "plain": (
            "What is the first time at which {u} and {v} are connected?",
            "Counting all edges that have appeared up to then, when are {u} and {v} connected for the first time?",
            "From what time on is there a path between {u} and {v}, if no edge ever disappears?",
        ),
        "terse": ("{u} {v} first connected when",),
    },
    "chronological_path": {
        "plain": (
            "Does [{p}] form a chronological path?",
            "Can one follow the path [{p}] with edge times that never go down?",
            "Is going along [{p}] possible in chronological order of the edges?",
        ),
        "terse": ("is [{p}] chronological",),
    },
}
