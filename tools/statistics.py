"""Figures of the whole graph: order, size, density, degrees, summaries."""
