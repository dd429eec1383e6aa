"""Checks of colouring."""
