"""A store in other programs' formats: `export` writes them, `read_into` reads some of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO

from graphs.store.errors import StoreError
from graphs.store.exchange import csv_form, cypher_text, json_form, rdf_forms, xml_forms
from graphs.store.reading import Reading

_WRITERS: dict[str, Callable[[Reading, IO[str]], None]] = {
    "json": json_form.write,
    "graphml": xml_forms.write_graphml,
    "gexf": xml_forms.write_gexf,
    "jsonld": rdf_forms.write_jsonld,
    "turtle": rdf_forms.write_turtle,
    "cypher": cypher_text.write,
    "csv": csv_form.write,
}
FORMATS = tuple(_WRITERS)


def export(store: Reading, to: str | Path | IO[str], format: str = "json") -> None:
    """Write the store to a path or a text stream. Equal stores give equal bytes: sorted, without times or counters.

    CSV to a path is two files: `graph.csv` with the relations and `graph.nodes.csv` with the entities. A stream gets
    the relations alone.

    Raises:
        StoreError: the format is not known, or the file cannot be written.
    """
    if format not in _WRITERS:
        raise StoreError(f"there is no format {format!r}; choose from {', '.join(FORMATS)}")
    with store._refusing(), store.snapshot():
        if not isinstance(to, (str, Path)):
            _WRITERS[format](store, to)
            return
        _write(store, Path(to), _WRITERS[format])
        if format == "csv":
            _write(store, csv_form.nodes_path(Path(to)), csv_form.write_nodes)


def _write(store: Reading, path: Path, writer: Callable[[Reading, IO[str]], None]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer(store, stream)
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}); name another file") from error
