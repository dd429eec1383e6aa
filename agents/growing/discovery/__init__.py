"""Compositional reasoning: from the principles of concepts along a path to one discovery, with cited edges."""
