"""Texts that tell a change in many ways: the answer is right or the question is asked back, by router and planner."""

from __future__ import annotations

from typing import Any

import pytest

from agents import GraphAgent

FRIENDS = (
    "Anna knows Bob. Bob knows Carl. Carl knows Dan. Anna knows Carl. Dan knows Eve. Eve knows Finn. Gus "
    "knows Hana. Dan knows Finn. Finn knows Ivy."
)
ROADS = (
    "There are roads between towns: Ayr-Bath 4 km, Bath-Cork 3 km, Ayr-Deal 10 km, Cork-Deal 2 km, "
    "Deal-Ely 5 km, Cork-Ely 9 km, Ely-Fife 1 km, Bath-Fife 20 km."
)
STEPS = (
    "Process steps: design -> build, build -> test, test -> ship, design -> docs, docs -> ship, build -> "
    "pack, pack -> ship, plan -> design, test -> build."
)
PACKAGES = (
    "app depends on core. app depends on ui. ui depends on core. ui depends on fonts. core depends on "
    "log. cli depends on core. cli depends on args. tests depends on app."
)
NUMBERS = "Undirected graph with edges (1,2), (2,3), (3,4), (4,1), (4,5), (5,6), (6,7), (7,5), (8,9)."
FOLLOWERS = (
    "Ann follows Ben. Ben follows Cy. Cy follows Ann. Dee follows Ann. Dee follows Cy. Eli follows Dee. "
    "Ann follows Fay. Fay follows Ann."
)
# (graph, text, the true value; None where the true value is not told here, so that only asking back is right)
TOLD: list[tuple[str, str, Any]] = [
    (ROADS, "All distances double. How far is it from Ayr to Fife?", 30),
    (ROADS, "Every distance doubles. How far is it from Ayr to Fife?", 30),
    (ROADS, "The distances double. How far is it from Ayr to Fife?", 30),
    (ROADS, "All roads to Cork are closed. How far is it from Ayr to Fife?", 16),
    (ROADS, "The roads to Cork are closed. How far is it from Ayr to Fife?", 16),
    (ROADS, "All roads from Deal are blocked. How far is it from Ayr to Fife?", 17),
    (ROADS, "The roads at Deal are closed. How far is it from Ayr to Fife?", 17),
    (ROADS, "All edges to Deal fail. How far is it from Ayr to Fife?", 17),
    (ROADS, "The edges at Deal vanish. How far is it from Ayr to Fife?", 17),
    (ROADS, "The roads are all twice as long in winter. It is winter. How far is it from Ayr to Fife?", 30),
    (ROADS, "The edges count the same. How far is it from Ayr to Fife?", 2),
    (ROADS, "The roads are doubled in length. How far is it from Ayr to Cork?", 14),
    (ROADS, "The roads get 1 km longer each. How far is it from Ayr to Cork?", 9),
    (ROADS, "The roads to Cork get 1 km longer. How far is it from Ayr to Cork?", 8),
    (ROADS, "The roads from Ayr are closed. How far is it from Ayr to Cork?", None),
    (ROADS, "The roads at Bath are blocked by snow. How far is it from Ayr to Cork?", 12),
    (ROADS, "The edges of Deal are gone. How many components are there?", 2),
    (ROADS, "The roads to Bath and Deal are closed. How many components are there?", 3),
    (ROADS, "Note that Cork is closed. How far is it from Ayr to Fife?", 16),
    (ROADS, "Note that the road Deal-Ely is closed. How far is it from Ayr to Fife?", 17),
    (ROADS, "Remember that Deal-Ely is closed. How far is it from Ayr to Fife?", 17),
    (ROADS, "Note that all distances are doubled. How far is it from Ayr to Fife?", 30),
    (ROADS, "How many roads do I use on the shortest route from Ayr to Fife?", 5),
    (ROADS, "How many roads are on the shortest route from Ayr to Fife?", 5),
    (ROADS, "How many roads does the shortest route from Ayr to Fife have?", 5),
    (ROADS, "Every road gets 1 km longer. How far is it from Ayr to Fife?", 19),
    (ROADS, "All roads get twice as long. How far is it from Ayr to Fife?", 30),
    (ROADS, "Lengths double. How far is it from Ayr to Fife?", 30),
    (ROADS, "The lengths double. How far is it from Ayr to Fife?", 30),
    (ROADS, "All distances are halved. How far is it from Ayr to Fife?", 7.5),
    (ROADS, "The weights triple. How far is it from Ayr to Fife?", 45),
    (ROADS, "All edges get weight 1. How far is it from Ayr to Fife?", 2),
    (ROADS, "Cork is snowed in. How far is it from Ayr to Fife?", 16),
    (ROADS, "A strike closes Cork. How far is it from Ayr to Fife?", 16),
    (ROADS, "Cork is off limits. How far is it from Ayr to Fife?", 16),
    (ROADS, "Cork is inaccessible. How far is it from Ayr to Fife?", 16),
    (ROADS, "The towns Cork and Deal are cut off. How far is it from Ayr to Fife?", 24),
    (ROADS, "The towns of Cork and Deal are cut off. How far is it from Ayr to Fife?", 24),
    (ROADS, "The cities Cork and Deal close. How far is it from Ayr to Fife?", 24),
    (ROADS, "All connections to Deal break. How many components are there?", 2),
    (ROADS, "All roads to Cork are now 1 km longer. How far is it from Ayr to Cork?", 8),
    (ROADS, "On the way I have to stop in Ely. How far is it from Ayr to Cork?", 21),
    (ROADS, "They built a motorway from Ayr to Ely, 3 km long. What is the shortest route from Ayr to Deal?", 8),
    (FRIENDS, "All edges of Dan fail. How many components are there?", 4),
    (FRIENDS, "The edges are gone. How many components are there?", 9),
    (FRIENDS, "All edges vanish. How many components are there?", 9),
    (FRIENDS, "The edges to Finn are gone. How many components are there?", 4),
    (FRIENDS, "The network loses Dan. How many components are there?", 3),
    (FRIENDS, "The network fails at Dan. How many components are there?", 3),
    (FRIENDS, "The graph shrinks by Dan. How many components are there?", 3),
    (FRIENDS, "The graph no longer has Dan. How many components are there?", 3),
    (FRIENDS, "The graph is then without Dan. How many components are there?", 3),
    (FRIENDS, "The graph should be taken without Dan. How many components are there?", 3),
    (FRIENDS, "The network without Dan is what matters. How many components are there?", 3),
    (FRIENDS, "The network breaks down at Dan and Finn. How many components are there?", 4),
    (FRIENDS, "The edges around Finn break. How many edges are there?", 6),
    (FRIENDS, "The edges with Dan vanish. How many edges are there?", 6),
    (FRIENDS, "Edges with Dan vanish. How many edges are there?", 6),
    (FRIENDS, "The edges get an extra copy. How many edges are there?", 18),
    (FRIENDS, "The graph is complemented. How many edges are there?", 27),
    (FRIENDS, "The graph is made complete. How many edges are there?", 36),
    (FRIENDS, "The network got a new member, Zoe. How many nodes are there?", 10),
    (FRIENDS, "The graph gets an extra node. How many nodes are there?", 10),
    (FRIENDS, "The graph is pruned of its leaves. How many nodes are there?", 6),
    (FRIENDS, "The network is reduced to its largest component. How many nodes are there?", 7),
    (FRIENDS, "The graph is restricted to Dan's friends. How many nodes are there?", 3),
    (FRIENDS, "The graph is duplicated. How many nodes are there?", 18),
    (FRIENDS, "The network doubles: two copies. How many nodes are there?", 18),
    (FRIENDS, "Note that Dan has left. How many components are there?", 3),
    (FRIENDS, "Note that Dan is gone. How many components are there?", 3),
    (FRIENDS, "Note that Dan quit. How many components are there?", 3),
    (FRIENDS, "Note that the edge Finn-Ivy is broken. How many components are there?", 3),
    (FRIENDS, "Remember that Eve left. How many friends does Dan have?", 2),
    (FRIENDS, "Remember that Dan and Finn broke up. How many edges are there?", 8),
    (FRIENDS, "Remember that Gus and Anna are friends now. How many edges are there?", 10),
    (FRIENDS, "Remember to leave out Dan. How many edges are there?", 6),
    (FRIENDS, "Note that we dropped Dan. How many edges are there?", 6),
    (FRIENDS, "Note that Dan should be ignored. How many edges are there?", 6),
    (FRIENDS, "Note that the leaves have been pruned. How many edges are there?", 7),
    (FRIENDS, "Note that all leaves leave. How many edges are there?", 7),
    (FRIENDS, "How many components are there now that Dan has left?", 3),
    (FRIENDS, "How many components remain with Dan out?", 3),
    (FRIENDS, "How many components are left when Dan goes?", 3),
    (FRIENDS, "How many edges are there now that Dan has left?", 6),
    (FRIENDS, "How many edges are left now that Dan has left?", 6),
    (FRIENDS, "How many triangles are left when Gus goes?", 2),
    (FRIENDS, "How many triangles are there now that Gus has left?", 2),
    (FRIENDS, "Now that Eve left, how many friends does Dan have?", 2),
    (FRIENDS, "How many friends does Dan have now that Eve left?", 2),
    (FRIENDS, "Eve having left, how many friends does Dan have?", 2),
    (FRIENDS, "Now that Dan and Gus are friends, how many friends does Dan have?", 4),
    (FRIENDS, "Who are Dan's friends now that Eve left?", ["Carl", "Finn"]),
    (FRIENDS, "Who is a friend of a friend of Dan?", None),
    (FRIENDS, "Who is not a friend of a friend of Dan?", None),
    (FRIENDS, "Who isn't a friend of a friend of Dan?", None),
    (FRIENDS, "Who knows a friend of Dan?", None),
    (FRIENDS, "How many people are not connected to Anna at all?", 2),
    (FRIENDS, "Eve isn't here anymore. How many people does Dan know?", 2),
    (FRIENDS, "Eve passed away last week. How many people does Dan know?", 2),
    (FRIENDS, "Eve was expelled. How many people does Dan know?", 2),
    (FRIENDS, "Keep in mind that Eve left. How many friends does Dan have?", 2),
    (FRIENDS, "Carl forgot Bob. How many edges are there?", 8),
    (FRIENDS, "Please note that Dan has left. How many edges are there?", 6),
    (FRIENDS, "The ones with fewer than two friends are dropped. How many edges are left?", 7),
    (FRIENDS, "The links at Finn go down. How many edges are there?", 6),
    (FRIENDS, "The edge with Ivy vanishes. How many edges are there?", 8),
    (FRIENDS, "Meanwhile Hana got to know Anna. How many components are there?", 1),
    (FRIENDS, "Two strangers join, knowing nobody. How many components are there?", 4),
    (FRIENDS, "All relations of Dan are over. How many components are there?", 4),
    (FRIENDS, "Links break. How many components are there?", 9),
    (FRIENDS, "All links break. How many components are there?", 9),
    (FRIENDS, "Friends come and go: Dan goes. How many components are there?", 3),
    (FRIENDS, "The group splits: Carl and Dan part ways. How many components are there?", 3),
    (FRIENDS, "Keep everyone but Dan. How many components are there?", 3),
    (FRIENDS, "All nodes but Dan stay. How many components are there?", 3),
    (FRIENDS, "The nodes Dan and Finn fail. How many components are there?", 4),
    (FRIENDS, "The people Dan and Finn leave. How many components are there?", 4),
    (FRIENDS, "The nodes Dan and Finn fail. How many nodes are there?", 7),
    (FRIENDS, "The vertices with degree three are deleted. How many nodes are there?", 6),
    (FRIENDS, "The nodes with one edge vanish. How many nodes are there?", 6),
    (FRIENDS, "The nodes vanish if they have one friend. How many nodes are there?", 6),
    (FRIENDS, "The nodes of degree 1 vanish. How many nodes are there?", 6),
    (FRIENDS, "Each edge is subdivided. How many nodes are there?", 18),
    (FRIENDS, "All edges are subdivided once. How many nodes are there?", 18),
    (
        FRIENDS,
        "Yesterday Gus met Ivy for the first time, so now they know each other. Is Hana connected to Anna?",
        True,
    ),
    (FRIENDS, "Hana introduced Gus to Anna. How many people does Gus know?", 2),
    (FRIENDS, "All people know Gus. How many friends does Gus have?", 8),
    (FRIENDS, "Carl stops knowing everyone but Bob. How many friends does Anna have?", 1),
    (FRIENDS, "Eve and Finn swap places. How many people does Eve know?", 3),
    (FRIENDS, "Eve and Ivy become friends, and Finn quits. How many friends does Ivy have?", 1),
    (FRIENDS, "Notice that Dan and Finn are enemies now. How many friends does Finn have?", 2),
    (FRIENDS, "Dan never left the village. How many friends does Dan have?", 3),
    (FRIENDS, "Everybody with only one acquaintance leaves. Who is left?", None),
    (FRIENDS, "Who has a friend who has only one friend?", None),
    (NUMBERS, "The edges at 4 fail. How many components are there?", 4),
    (NUMBERS, "Edges at 4 are gone. How many components are there?", 4),
    (NUMBERS, "Note that node 4 is gone. How many components are there?", 3),
    (NUMBERS, "(4,5) breaks. How many components are there?", 3),
    (NUMBERS, "(4,5) is cut. How many components are there?", 3),
    (NUMBERS, "(4,5) fails. How many components are there?", 3),
    (NUMBERS, "Edge (5,6) becomes (5,8). How many components are there?", 1),
    (NUMBERS, "The edge (4,5) is replaced by (4,8). How many edges touch 8?", 2),
    (NUMBERS, "The edge (4,5) moves to (4,8). How many edges touch 8?", 2),
    (NUMBERS, "The edge (4,5) is turned into (4,8). How many edges touch 8?", 2),
    (NUMBERS, "(4,5) is moved to (1,8). How many edges touch 8?", 2),
    (NUMBERS, "Nodes above 7 are deleted. How many components are there?", 1),
    (NUMBERS, "Even nodes are deleted. How many components are there?", 4),
    (NUMBERS, "All even nodes are deleted. How many edges are left?", 1),
    (NUMBERS, "Node 4 splits in two. How many nodes are there?", 10),
    (NUMBERS, "1 and 8 get linked. How many components are there?", 1),
    (NUMBERS, "How many components are there now that node 4 is gone?", 3),
    (STEPS, "The edges out of build vanish. Which nodes can be reached from design?", None),
    (STEPS, "The edges change direction. Which nodes can be reached from ship?", None),
    (STEPS, "The edges run the other way round. Which nodes can be reached from ship?", None),
    (STEPS, "All edges point the other way. Which nodes can be reached from ship?", None),
    (STEPS, "All edges now go both ways. Which nodes can be reached from ship?", None),
    (STEPS, "The edges lose their direction. Which nodes can be reached from ship?", None),
    (STEPS, "build -> test is cut. How many nodes are there?", 6),
    (STEPS, "build -> test breaks. How many nodes are there?", 6),
    (STEPS, "build -> test is skipped. How many edges are there?", 8),
    (STEPS, "build -> test is no more. How many edges are there?", 8),
    (STEPS, "The arrow test -> build is turned around. How many arrows go into build?", 1),
    (STEPS, "docs -> ship is reversed. How many arrows go into ship?", 2),
    (STEPS, "docs -> ship is flipped. How many arrows go into docs?", 2),
    (STEPS, "plan -> design now goes to docs instead. How many arrows go into docs?", 2),
    (STEPS, "test -> build is swapped for test -> plan. How many arrows go into build?", 1),
    (STEPS, "If test -> build is dropped, how many topological orders are there?", 8),
    (STEPS, "If test -> build is removed, how many topological orders are there?", 8),
    (STEPS, "If test -> build is removed, how many topological orders are there?", 8),
    (STEPS, "The step docs is skipped. How many arrows go into ship?", 2),
    (STEPS, "The step docs is skipped. How many paths lead from plan to ship?", 2),
    (STEPS, "The arrows into ship vanish. Which nodes can be reached from build?", ["pack", "test"]),
    (FOLLOWERS, "Ben unfollows Cy. Who can Ann still reach?", ["Ben", "Fay"]),
    (FOLLOWERS, "Ben stops following Cy. How many people can Ann reach?", 2),
    (FOLLOWERS, "Eli starts to follow Ann. How many followers does Ann have?", 4),
    (FOLLOWERS, "Ann deletes her account. Who follows nobody now?", ["Cy", "Fay"]),
    (FOLLOWERS, "Dee is banned. How many people follow Cy?", 1),
    (FOLLOWERS, "Dee gets banned. How many people follow Cy?", 1),
    (FOLLOWERS, "Dee left the platform. How many people follow Cy?", 1),
    (FOLLOWERS, "What's the average number of followers?", 1.3333),
    (PACKAGES, "core gets a new dependency, util. How many packages are there?", 9),
    (PACKAGES, "core starts depending on app. Is there a cycle?", True),
]


@pytest.fixture(scope="module")
def agents() -> tuple[GraphAgent, ...]:
    return GraphAgent("none"), GraphAgent("embedded")


@pytest.mark.parametrize(("graph", "said", "value"), TOLD, ids=lambda part: str(part)[-60:])
def test_nothing_is_answered_on_the_graph_as_it_was(
    agents: tuple[GraphAgent, ...], graph: str, said: str, value: Any
) -> None:
    for agent in agents:
        reply = agent.ask(f"{graph} {said}")
        assert reply.status == "unanswerable" or reply.value == value, reply.text
