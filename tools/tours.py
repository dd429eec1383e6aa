"""Walks over every edge or node: Euler, Hamilton, travelling salesman."""
