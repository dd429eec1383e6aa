"""Equality of shape: isomorphism, subgraph matching, motifs."""
