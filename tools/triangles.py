"""Triangles and clustering: how often friends of friends are friends."""
