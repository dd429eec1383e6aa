"""From an address to a handle on the graph there."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from graphs.errors import BadArgument
from graphs.remote.address import OPTIONS, read_address
from graphs.remote.graph import RemoteGraph

PASSWORD = "KONIGSBERG_BOLT_PASSWORD"


def connect(address: str, **options: Any) -> RemoteGraph:
    """A handle on the graph at `address` (see `read_address`); `options` come before those of the address.

    Raises:
        BadArgument: the address or an option is wrong.
        ParseError: the table cannot be read.
        GraphError: the extra is missing, or the engine cannot be reached or refuses.
    """
    found = read_address(address)
    given = {name: _text(value) for name, value in options.items() if value is not None}
    for name in given:
        if name not in OPTIONS[found.kind]:
            raise BadArgument(f"a graph on {found.kind} has no option {name}; it has {', '.join(OPTIONS[found.kind])}")
    found = replace(found, options={**found.options, **given})
    if found.kind == "spark":
        from graphs.remote.spark import open_table

        return RemoteGraph(open_table(found))
    from graphs.remote.bolt import open_server

    return RemoteGraph(open_server(found, os.environ.get(PASSWORD, "")))


def _text(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
