"""Directed acyclic graphs: orders, longest paths, closure, reduction, ancestors."""
