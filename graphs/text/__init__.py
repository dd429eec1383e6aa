"""Text to graph and graph to text."""
