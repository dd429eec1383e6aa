"""Checks of covers."""
