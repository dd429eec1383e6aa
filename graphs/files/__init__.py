"""Graph files, read and written safely."""
