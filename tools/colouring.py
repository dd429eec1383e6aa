"""Colourings of nodes and edges."""
