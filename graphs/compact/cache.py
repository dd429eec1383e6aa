"""The finished body of a large file, kept beside it (or in the user's cache folder) and checked by its hash."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from graphs.compact.arrays import Rows
from graphs.compact.extra import need
from graphs.compact.graph import CompactGraph
from graphs.compact.labels import Labels
from graphs.files.build import Options

VERSION = "1"
SUFFIX = ".konigsberg"
_ALIGN = 64


def key_of(options: Options, skip_bad_lines: bool) -> str:
    """What the reading depends on besides the content."""
    columns = sorted((str(k), str(v)) for k, v in options.columns.items())
    chosen = (options.directed, options.source, options.target, options.weight, options.header, options.delimiter)
    return json.dumps([VERSION, *map(repr, chosen), columns, skip_bad_lines])


def places(path: Path, digest: str) -> list[Path]:
    """Where the body of a file may be kept, best first."""
    from platformdirs import user_cache_path

    return [path.with_name(path.name + SUFFIX), user_cache_path("konigsberg") / "graphs" / (digest + SUFFIX)]


def save(graph: CompactGraph, path: Path, digest: str, key: str) -> Path | None:
    """Write the body; the place, or None when no folder is writable."""
    labels = graph.labels
    arrays = {"source": graph.source, "target": graph.target, "numbers": labels.numbers, "blob": labels.blob,
              "offsets": labels.offsets, "lines": graph.lines}  # fmt: skip
    sides = {"out": graph.out, **({"into": graph.into} if graph.directed else {})}
    arrays |= {f"{side}.{name}": part for side, rows in sides.items() for name, part in rows._asdict().items()}
    arrays |= {f"column.{name}": cells for name, cells in graph.columns.items()}
    there = {name: cells for name, cells in arrays.items() if cells is not None}
    about = {"digest": digest, "key": key, "directed": graph.directed, "multi": graph.multi, "name": graph.name,
             "origin": graph.origin, "assumptions": list(graph.assumptions), "names": graph.names,
             "first_line": graph.first_line, "fingerprint": f"{digest[:24]}{len(key)}"}  # fmt: skip
    for where in places(path, digest):
        partial = where.with_name(f"{where.name}.{os.getpid()}.part")
        try:
            where.parent.mkdir(parents=True, exist_ok=True)
            _write(partial, about, there)
            partial.replace(where)
        except OSError:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            continue
        return where
    return None


def load(path: Path, digest: str, key: str) -> CompactGraph | None:
    """The body of the file with this hash, read with these options; None when there is none, or it is damaged."""
    for where in places(path, digest):
        try:
            about, arrays = _read(where)
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if about.get("digest") == digest and about.get("key") == key:
            graph = _graph(about, arrays)
            if graph is not None:
                return graph
    return None


def _write(where: Path, about: dict[str, Any], arrays: dict[str, Any]) -> None:
    """A line of JSON that says where each array begins, then the arrays."""
    spans: dict[str, list[Any]] = {}
    at = 0
    for name, cells in arrays.items():
        spans[name] = [cells.dtype.str, at, len(cells)]
        at += -(-cells.nbytes // _ALIGN) * _ALIGN
    head = json.dumps({**about, "arrays": spans}).encode()
    head += b" " * (-(len(head) + 1) % _ALIGN) + b"\n"
    with where.open("wb") as file:
        file.write(head)
        for cells in arrays.values():
            file.write(cells.data if cells.flags.c_contiguous else cells.tobytes())
            file.write(b"\0" * (-cells.nbytes % _ALIGN))


def _read(where: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    np = need("numpy")
    with where.open("rb") as file:
        head = file.readline(1 << 20)
    about = json.loads(head)
    data: Any = (
        np.asarray(np.memmap(where, np.uint8, "c", offset=len(head))) if where.stat().st_size > len(head) else b""
    )
    arrays = {}
    for name, (kind, at, count) in about.pop("arrays").items():
        dtype = np.dtype(kind)
        if dtype.kind not in "iuf" or at + count * dtype.itemsize > len(data):
            raise ValueError("a damaged file")
        arrays[name] = data[at : at + count * dtype.itemsize].view(dtype)
    return about, arrays


def _graph(about: dict[str, Any], arrays: dict[str, Any]) -> CompactGraph | None:
    """The graph of the arrays; None when they do not fit together (compiled loops do not look at bounds)."""
    labels = Labels(arrays.get("numbers"), arrays.get("blob"), arrays.get("offsets"))
    n, m = len(labels), len(arrays["source"])
    sides = {side: Rows(*(arrays[f"{side}.{part}"] for part in Rows._fields)) for side in ("out", "into")
             if f"{side}.starts" in arrays}  # fmt: skip
    columns = {name.removeprefix("column."): cells for name, cells in arrays.items() if name.startswith("column.")}
    ends = [arrays["source"], arrays["target"], *(rows.heads for rows in sides.values())]
    fits = all(not len(part) or (int(part.min()) >= 0 and int(part.max()) < n) for part in ends)
    fits &= all(len(cells) == m for cells in (arrays["target"], *columns.values()))
    for rows in sides.values():
        fits &= len(rows.starts) == n + 1 and len(rows.heads) == len(rows.edges) == int(rows.starts[-1])
        fits &= bool((rows.starts[1:] >= rows.starts[:-1]).all()) and int(rows.starts[0]) == 0
        fits &= not len(rows.edges) or (int(rows.edges.min()) >= 0 and int(rows.edges.max()) < m)
    if labels.offsets is not None:
        fits &= labels.blob is not None and int(labels.offsets[-1]) == len(labels.blob)
        fits &= bool((labels.offsets[1:] >= labels.offsets[:-1]).all())
    if not fits:
        return None
    known = {k: about[k] for k in ("name", "origin", "assumptions", "names", "fingerprint", "directed", "multi")}
    graph = CompactGraph(labels, arrays["source"], arrays["target"], columns, first_line=about["first_line"],
                         lines=arrays.get("lines"), **known)  # fmt: skip
    graph._out, graph._into = sides.get("out"), sides.get("into")
    return graph
