"""Benchmarks, scorers and the runner."""
