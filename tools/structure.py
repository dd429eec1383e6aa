"""Shapes of graphs: bipartite, planar, chordal, regular and others."""
