"""Checks of what `tools.large` answers, vectorised; none uses the loops that it checks."""
