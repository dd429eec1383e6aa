"""GraphML and GEXF.

XML has no room for most control characters, not even escaped. They are written as `_x0000_` and the like, with
`_x005F_` for an underscore that would begin such a word: the convention of Office Open XML. `unescaped` reads it back.
"""

from __future__ import annotations

import json
import re
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from graphs.store.exchange.rows import edges, nodes
from graphs.store.reading import Reading

NODE_KEYS = (("name", "string"), ("type", "string"), ("description", "string"), ("aliases", "string"))
EDGE_KEYS = (
    ("relation", "string"), ("confidence", "double"), ("status", "string"), ("valid_from", "string"),
    ("valid_to", "string"), ("evidence", "string"),
)  # fmt: skip
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    r"""The text with what XML cannot hold written in letters.

    >>> escaped("a\x00b"), unescaped("a_x0000_b") == "a\x00b", unescaped(escaped("_x0000_"))
    ('a_x0000_b', True, '_x0000_')
    """
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), text)


def write_graphml(store: Reading, stream: IO[str]) -> None:
    """Directed, one <edge> a relation. Aliases and evidence are JSON text: GraphML has no lists."""
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for domain, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys:
            stream.write(f'  <key id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n')
    stream.write('  <graph edgedefault="directed" konigsberg.multi="true">\n')
    for row in nodes(store):
        stream.write(f'    <node id="{row["id"]}">{_data("node", NODE_KEYS, row)}</node>\n')
    for row in edges(store):
        ends = f'id="{row["id"]}" source="{row["source"]}" target="{row["target"]}"'
        stream.write(f"    <edge {ends}>{_data('edge', EDGE_KEYS, row)}</edge>\n")
    stream.write("  </graph>\n</graphml>\n")


def _data(domain: str, keys: tuple[tuple[str, str], ...], row: dict[str, Any]) -> str:
    return "".join(
        f'<data key="{domain}_{name}">{_content(_text(row[name]))}</data>'
        for name, _ in keys
        if row[name] not in (None, "", [])
    )


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False)
    return escaped(str(value))


def _content(text: str) -> str:
    return escape(text, {"\r": "&#13;"})  # a bare one would be read as a line feed


def write_gexf(store: Reading, stream: IO[str]) -> None:
    """GEXF 1.3 with typed attributes; the label of an edge is its verb, and parallel edges stay apart."""
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
    stream.write('  <graph mode="static" defaultedgetype="directed">\n')
    for domain, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        stream.write(f'    <attributes class="{domain}">\n')
        for at, (name, kind) in enumerate(keys):
            stream.write(f'      <attribute id="{at}" title="{name}" type="{kind}"/>\n')
        stream.write("    </attributes>\n")
    stream.write("    <nodes>\n")
    for row in nodes(store):
        label = quoteattr(escaped(row["name"]))
        stream.write(f'      <node id="{row["id"]}" label={label}>{_values(NODE_KEYS, row)}</node>\n')
    stream.write("    </nodes>\n    <edges>\n")
    for row in edges(store):
        ends = f'id="{row["id"]}" source="{row["source"]}" target="{row["target"]}"'
        label = quoteattr(escaped(row["relation"]))
        stream.write(f"      <edge {ends} label={label}>{_values(EDGE_KEYS, row)}</edge>\n")
    stream.write("    </edges>\n  </graph>\n</gexf>\n")


def _values(keys: tuple[tuple[str, str], ...], row: dict[str, Any]) -> str:
    values = "".join(
        f'<attvalue for="{at}" value={quoteattr(_text(row[name]))}/>'
        for at, (name, _) in enumerate(keys)
        if row[name] not in (None, "", [])
    )
    return f"<attvalues>{values}</attvalues>" if values else ""
