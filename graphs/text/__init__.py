"""Text to graph and graph to text."""

from graphs.text.read import read_text
from graphs.text.reading import Reading

__all__ = ["Reading", "read_text"]
