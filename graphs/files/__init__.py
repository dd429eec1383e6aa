"""Graph files, read and written safely."""

from graphs.files.formats import FORMATS, guess_format, read_graph, write_graph

__all__ = ["FORMATS", "guess_format", "read_graph", "write_graph"]
