"""Reasoning from neighbours: label propagation, graph convolution by hand."""
