"""Ties: structural holes, local bridges, homophily, small worlds."""
