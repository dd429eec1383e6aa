"""Orders of visit: breadth-first and depth-first search."""
