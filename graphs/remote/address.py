"""Addresses of graphs that lie elsewhere: `spark:…` and `bolt://…`, with options after a question mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import parse_qsl

from graphs.errors import BadArgument

SPARK = re.compile(
    r"spark:(?:(?P<cluster>//[^/?#\s]+)/(?P<there>[^?]+)|(?P<master>local(?:\[[^\]]*\])?|yarn):(?P<here>[^?]+)|(?P<file>[^/?:][^?]*|/[^/?][^?]*))"
)
BOLT = re.compile(
    r"(?P<scheme>(?:bolt|neo4j)(?:\+s|\+ssc)?)://(?:(?P<user>[^@/?\s]+)@)?(?P<host>[^/?\s@]+)(?:/(?P<database>[^/?\s]*))?"
)
OPTIONS = {
    "spark": ("source", "target", "weight", "directed", "header", "delimiter", "memory", "skip_bad_lines", "format"),
    "bolt": ("label", "relation", "key", "weight", "directed"),
}
_YES, _NO = ("yes", "true", "1", "on"), ("no", "false", "0", "off")


@dataclass(frozen=True)
class Address:
    """kind: "spark" or "bolt". where: the master, or the server. what: the file, or the database ("" for the usual)."""

    kind: str
    where: str
    what: str
    user: str = ""
    options: dict[str, str] = field(default_factory=dict)

    def truth(self, name: str) -> bool | None:
        """An option that is yes or no; None where it is not given.

        Raises:
            BadArgument: it is something else.
        """
        text = self.options.get(name)
        if text is None:
            return None
        if text.casefold() not in _YES + _NO:
            raise BadArgument(f"{name}={text[:20]!r} in the graph's address is neither yes nor no")
        return text.casefold() in _YES


def is_address(text: str) -> bool:
    """Whether the text is meant as the address of a graph elsewhere."""
    return re.match(r"spark:|(?:bolt|neo4j)(?:\+s|\+ssc)?://", text) is not None


def read_address(text: str) -> Address:
    """The parts of an address.

    `spark:FILE`, `spark:local[2]:FILE`, `spark:yarn:FILE` and `spark://HOST:PORT/FILE` name a table of edges that Spark
    reads; `bolt://USER@HOST:PORT/DATABASE` names a server. Options follow, as in `?source=from&target=to&directed=yes`.

    Raises:
        BadArgument: it is no such address, or has an option that there is none of.

    >>> read_address("spark:local[2]:edges.csv?weight=km")
    Address(kind='spark', where='local[2]', what='edges.csv', user='', options={'weight': 'km'})
    >>> read_address("bolt://ann@db:7687/roads").what
    'roads'
    """
    bare, _, query = text.partition("?")
    kind = "spark" if bare.startswith("spark:") else "bolt"
    options = dict(parse_qsl(query, keep_blank_values=True))
    for name in options:
        if name not in OPTIONS[kind]:
            close = get_close_matches(name, OPTIONS[kind], n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(OPTIONS[kind])}"
            raise BadArgument(f"the address of a graph has no option {name[:40]!r}; {hint}")
    if kind == "spark":
        found = SPARK.fullmatch(bare)
        if found is None:
            raise BadArgument(
                f"{bare[:80]!r} is no address of a table on Spark; write spark:FILE, spark:local[2]:FILE, "
                "spark:yarn:FILE or spark://HOST:PORT/FILE"
            )
        if found["cluster"]:
            there = found["there"]
            return Address(kind, f"spark:{found['cluster']}", there if "://" in there else f"/{there}", options=options)
        return Address(kind, found["master"] or "", found["here"] or found["file"], options=options)
    found = BOLT.fullmatch(bare)
    if found is None:
        raise BadArgument(f"{bare[:80]!r} is no address of a server; write bolt://USER@HOST:7687/DATABASE")
    user = found["user"] or ""
    if ":" in user:
        raise BadArgument(
            "an address is shown in traces and kept in histories, so it holds no password: give the password in the "
            "variable KONIGSBERG_BOLT_PASSWORD, and write bolt://USER@HOST:7687"
        )
    return Address(kind, f"{found['scheme']}://{found['host']}", found["database"] or "", user, options)
