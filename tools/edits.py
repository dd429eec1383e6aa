"""Edits that return a new graph, so that plans compose."""
