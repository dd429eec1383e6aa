"""Torch modules that hand a graph to a language model."""
