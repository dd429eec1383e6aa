"""Structured blocks inside a text: where they stand, and which reader takes them."""
from __future__ import annotations
from collections.abc import Iterator
from graphs.text.scan import Scan

def read_blocks(scan: Scan, start: int, end: int) -> Iterator[tuple[int, int]]:
    return iter(())
