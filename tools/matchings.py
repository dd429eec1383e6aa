"""Matchings and edge covers."""
