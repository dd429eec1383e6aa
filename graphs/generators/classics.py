"""Graphs that have a name of their own: Petersen, Heawood, Königsberg's bridges, the karate club and so on."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx

from graphs.generators import families
from graphs.graph import Graph

BRIDGES = (
    ("Kneiphof", "Altstadt", "Krämerbrücke"),
    ("Kneiphof", "Altstadt", "Schmiedebrücke"),
    ("Kneiphof", "Vorstadt", "Grüne Brücke"),
    ("Kneiphof", "Vorstadt", "Köttelbrücke"),
    ("Altstadt", "Lomse", "Holzbrücke"),
    ("Vorstadt", "Lomse", "Hohe Brücke"),
    ("Kneiphof", "Lomse", "Honigbrücke"),
)


def koenigsberg_bridges() -> Graph:
    """Euler's seven bridges (1736) between four parts of the city: a multigraph without an Eulerian walk."""
    edges = [(a, b, {"bridge": name}) for a, b, name in BRIDGES]
    return Graph.from_edges(edges, multi=True, name="seven bridges of Königsberg")


def karate_club() -> Graph:
    """Zachary's karate club (1977): 34 members, 78 ties; `interactions` counts contexts, `club` is the later split."""
    return _social(nx.karate_club_graph(), "Zachary's karate club", "interactions")


def les_miserables() -> Graph:
    """Characters of Les Misérables (Knuth 1993): 77 nodes, 254 edges; `coappearances` counts shared chapters."""
    return _social(nx.les_miserables_graph(), "Les Misérables", "coappearances")


def florentine_families() -> Graph:
    """Marriages among 15 Florentine families (Padgett 1994): 20 edges."""
    return Graph(nx.florentine_families_graph(), name="Florentine families")


def davis_southern_women() -> Graph:
    """18 women (`side` 0) and the 14 events (`side` 1) they went to (Davis et al. 1941)."""
    body = nx.davis_southern_women_graph()
    for _, data in body.nodes(data=True):
        data["side"] = data.pop("bipartite")
    return Graph(_plain(body), name="Davis Southern women")


def shrikhande_graph() -> Graph:
    """The other strongly regular graph (16, 6, 2, 2): Z4 × Z4 with steps ±(1,0), ±(0,1), ±(1,1)."""
    body = nx.Graph()
    for a in range(4):
        for b in range(4):
            for da, db in ((1, 0), (0, 1), (1, 1)):
                body.add_edge(4 * a + b, 4 * ((a + da) % 4) + (b + db) % 4)
    return Graph(body, name="Shrikhande graph")


def clebsch_graph() -> Graph:
    """The folded 5-cube: strongly regular (16, 5, 0, 2)."""
    steps = (1, 2, 4, 8, 15)
    body = nx.Graph((code, code ^ step) for code in range(16) for step in steps)
    return Graph(body, name="Clebsch graph")


def _social(body: nx.Graph, name: str, attribute: str) -> Graph:
    for *_, data in body.edges(data=True):
        data[attribute] = data.pop("weight")
    note = f"the edges of {name} carry {attribute!r}: strengths, not lengths, so they are not used as weights"
    return Graph(_plain(body), name=name, assumptions=[note])


def _plain(body: nx.Graph) -> nx.Graph:
    """The graph without the library's own graph attributes."""
    body.graph.clear()
    return body


def _of(make: Callable[[], nx.Graph], name: str) -> Callable[[], Graph]:
    return lambda: Graph(_plain(make()), name=name)


def _lcf(nodes: int, jumps: list[int], repeats: int, name: str) -> Callable[[], Graph]:
    """A cubic (or, for 4 jumps a node, denser) Hamiltonian graph in LCF notation (Frucht 1976)."""
    return lambda: Graph(_plain(nx.LCF_graph(nodes, jumps, repeats)), name=name)


def _named(make: Callable[..., Graph], sizes: tuple[int, ...], name: str) -> Callable[[], Graph]:
    def build() -> Graph:
        graph = make(*sizes)
        graph.name, graph.assumptions = name, ()
        return graph

    return build


# Name -> maker. In a text the word "graph" has to follow the name.
CLASSICS: dict[str, Callable[[], Graph]] = {
    "hoffman singleton": _of(nx.hoffman_singleton_graph, "Hoffman-Singleton graph"),
    "frucht": _of(nx.frucht_graph, "Frucht graph"),
    "moebius kantor": _of(nx.moebius_kantor_graph, "Möbius-Kantor graph"),
    "octahedral": _of(nx.octahedral_graph, "octahedral graph"),
    "desargues": _of(nx.desargues_graph, "Desargues graph"),
    "dodecahedral": _of(nx.dodecahedral_graph, "dodecahedral graph"),
    "cubical": _of(nx.cubical_graph, "cubical graph"),
    "truncated cube": _of(nx.truncated_cube_graph, "truncated cube graph"),
    "chvatal": _of(nx.chvatal_graph, "Chvátal graph"),
    "petersen": _of(nx.petersen_graph, "Petersen graph"),
    "house": _of(nx.house_graph, "house graph"),
    "house x": _of(nx.house_x_graph, "house X graph"),
    "diamond": _of(nx.diamond_graph, "diamond graph"),
    "pappus": _of(nx.pappus_graph, "Pappus graph"),
    "heawood": _of(nx.heawood_graph, "Heawood graph"),
    "truncated tetrahedron": _of(nx.truncated_tetrahedron_graph, "truncated tetrahedron graph"),
    "tutte": _of(nx.tutte_graph, "Tutte graph"),
    "krackhardt kite": _of(nx.krackhardt_kite_graph, "Krackhardt kite graph"),
    "bull": _of(nx.bull_graph, "bull graph"),
    "icosahedral": _of(nx.icosahedral_graph, "icosahedral graph"),
    "tetrahedral": _of(nx.tetrahedral_graph, "tetrahedral graph"),
    "sedgewick maze": _of(nx.sedgewick_maze_graph, "Sedgewick maze graph"),
    "karate club": karate_club,
    "les miserables": les_miserables,
    "florentine families": florentine_families,
    "davis southern women": davis_southern_women,
    "koenigsberg bridges": koenigsberg_bridges,
    "claw": _named(families.star_graph, (3,), "claw graph"),
    "paw": lambda: Graph.from_edges([(0, 1), (1, 2), (2, 0), (2, 3)], name="paw graph"),
    "butterfly": _named(families.windmill_graph, (2, 3), "butterfly graph"),
    "utility": _named(families.complete_bipartite_graph, (3, 3), "utility graph"),
    "duerer": _named(families.generalized_petersen_graph, (6, 2), "Dürer graph"),
    "nauru": _named(families.generalized_petersen_graph, (12, 5), "Nauru graph"),
    "wagner": _named(families.moebius_ladder_graph, (8,), "Wagner graph"),
    "groetzsch": _of(lambda: nx.mycielski_graph(4), "Grötzsch graph"),
    "franklin": _lcf(12, [5, -5], 6, "Franklin graph"),
    "mcgee": _lcf(24, [12, 7, -7], 8, "McGee graph"),
    "tutte coxeter": _lcf(30, [-13, -9, 7, -7, 9, 13], 5, "Tutte-Coxeter graph"),
    "dyck": _lcf(32, [5, -5, 13, -13], 8, "Dyck graph"),
    "gray": _lcf(54, [-25, 7, -7, 13, -13, 25], 9, "Gray graph"),
    "foster": _lcf(90, [17, -9, 37, -37, 9, -17], 15, "Foster graph"),
    "folkman": _lcf(20, [5, -7, -7, 5], 5, "Folkman graph"),
    "shrikhande": shrikhande_graph,
    "clebsch": clebsch_graph,
}

# Other spellings of the names above. A "!" in front: clear enough to stand without the word "graph".
ALIASES: dict[str, tuple[str, ...]] = {
    "hoffman singleton": ("!hoffman singleton",),
    "moebius kantor": ("möbius kantor", "mobius kantor"),
    "octahedral": ("octahedron", "!octahedron"),
    "dodecahedral": ("dodecahedron", "!dodecahedron"),
    "icosahedral": ("icosahedron", "!icosahedron"),
    "tetrahedral": ("tetrahedron", "!tetrahedron"),
    "cubical": ("cube",),
    "truncated cube": ("truncated cubical", "!truncated cube"),
    "truncated tetrahedron": ("truncated tetrahedral", "!truncated tetrahedron"),
    "chvatal": ("chvátal",),
    "house x": ("housex", "house with x", "x house"),
    "krackhardt kite": ("!krackhardt kite", "krackhardt's kite", "kite", "krackhardt"),
    "sedgewick maze": ("!sedgewick maze", "sedgewick's maze"),
    "karate club": ("!karate club", "!zachary's karate club", "!zachary karate club", "karate", "zachary"),
    "les miserables": ("!les misérables", "!les miserables", "les mis"),
    "florentine families": ("!florentine families", "florentine family", "florentine marriage", "florentine"),
    "davis southern women": ("!davis southern women", "!southern women", "davis"),
    "koenigsberg bridges": tuple(
        alias.format(city)
        for city in ("königsberg", "koenigsberg", "konigsberg")
        for alias in ("!{} bridges", "!bridges of {}", "!seven bridges of {}", "!{} bridge problem", "{}")
    ),
    "duerer": ("dürer", "durer"),
    "groetzsch": ("grötzsch", "grotzsch"),
    "butterfly": ("bowtie", "bow tie"),
    "utility": ("three utilities", "thomsen"),
    "tutte coxeter": ("tutte 8 cage",),
}
