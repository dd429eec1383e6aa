"""Graphs made to a description."""
