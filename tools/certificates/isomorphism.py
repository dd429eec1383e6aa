"""Checks of isomorphism."""
