"""Flows, cuts and circulations."""
