"""Benchmark questions in other words, checked to keep their meaning."""
