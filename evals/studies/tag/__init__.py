"""Nodes with texts: baselines, adapters and the product's own tools in one table."""
