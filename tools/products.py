"""Graphs made of two graphs: unions, intersections, differences, products."""
