"""Distances over the whole graph: eccentricity, radius, diameter, centre, Wiener index."""
