"""Cycles: whether, which, how many, girth, basis, negative ones."""
