"""The graph algorithms of the CLRS benchmark, with its tie-breaking."""
