"""The frame around a generated program: it reads the graph, shows values whole, and hands the typed result out.

This file is a program of its own. `agents.programs.program` puts its text in front of a generated program, both when
that runs in the sandbox and when it is exported, so it uses the standard library and imports a graph library
only when there is a graph to read.
"""

import builtins as _builtins
import io as _io
import json as _json
import math as _math
import os as _os
import sys as _sys

_os.environ.setdefault("MPLBACKEND", "Agg")
_MARK = "\x1eresult "
_MOST = 20_000  # items of one value that are written out
_said = []
_text = _io.StringIO()


def _plain(value, depth=0):
    """A value as data that JSON can carry; pairs, sets and arrays keep their kind by a small tag."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if _math.isfinite(value) else {"float": str(value)}
    if depth > 12:
        return {"text": repr(value)[:500]}
    deeper = depth + 1
    if isinstance(value, dict) or hasattr(value, "items") and hasattr(value, "keys"):
        return {"pairs": [[_plain(k, deeper), _plain(v, deeper)] for k, v in _first(value.items())]}
    if isinstance(value, (set, frozenset)):
        return {"set": [_plain(item, deeper) for item in _first(value)]}
    kind = type(value).__module__.split(".")[0]
    known = _from_library(value, kind, deeper)
    if known is not None:
        return known[0]
    if isinstance(value, (list, tuple)) or hasattr(value, "__next__") or kind in ("networkx", "itertools"):
        if isinstance(value, tuple) and hasattr(value, "score") and hasattr(value, "_fields"):
            return _plain(value.score, deeper)
        if hasattr(value, "__iter__"):
            return [_plain(item, deeper) for item in _first(value)]
    if isinstance(value, (range, type({}.keys()), type({}.values()), type({}.items()), map, filter, zip)):
        return [_plain(item, deeper) for item in _first(value)]
    if hasattr(value, "__float__"):
        return _plain(float(value), deeper)
    return {"text": repr(value)[:2000]}


def _first(items):
    for number, item in enumerate(items):
        if number >= _MOST:
            return
        yield item


def _from_library(value, kind, depth):
    """[data] for the values of the graph libraries, numpy and pandas; None for anything else."""
    if kind == "numpy" and hasattr(value, "tolist"):
        size = getattr(value, "size", 1)
        return [_plain(value.tolist(), depth) if size <= _MOST else {"array": list(value.shape)}]
    if hasattr(value, "todense") and hasattr(value, "nnz"):
        small = value.shape[0] * value.shape[-1] <= _MOST
        return [_plain(value.toarray().tolist(), depth) if small else {"array": list(value.shape)}]
    if kind == "networkx" and hasattr(value, "adj") and hasattr(value, "edges"):
        edges = [[u, v, dict(data)] if data else [u, v] for u, v, data in _first(value.edges(data=True))]
        return [{"graph": {"nodes": _plain(list(value), depth), "edges": _plain(edges, depth)}}]
    if kind == "igraph" and hasattr(value, "get_edgelist"):
        edges = [list(edge) for edge in _first(value.get_edgelist())]
        return [{"graph": {"nodes": list(range(value.vcount())), "edges": edges}}]
    if kind == "igraph" and hasattr(value, "coords"):
        return [_plain(value.coords, depth)]
    if kind == "igraph" and hasattr(value, "index") and hasattr(value, "attributes"):
        return [value.index]
    if kind == "igraph" and hasattr(value, "__iter__"):
        return [[_plain(item, depth) for item in _first(value)]]
    if kind == "cdlib" and hasattr(value, "communities"):
        return [_plain(value.communities, depth)]
    if kind == "pandas" and hasattr(value, "to_dict"):
        return [_plain(value.to_dict(), depth)]
    return None


def print(*values, **options):  # noqa: A001 - programs call it so
    """Print as always, but iterators, graphs and clusterings with their content; keep what is printed with its type."""
    shown = [_shown(value) for value in values]
    if options.get("file") in (None, _sys.stdout):
        _said.append([_plain(value) for value in shown])
        _builtins.print(*shown, **{**options, "file": _text})  # apart from what libraries say
    _builtins.print(*shown, **options)


def _shown(value):
    kind = type(value).__module__.split(".")[0]
    if hasattr(value, "__next__"):
        return list(_first(value))
    if kind == "cdlib" and hasattr(value, "communities"):
        return value.communities
    if kind == "networkx" and hasattr(value, "adj") and hasattr(value, "edges") and "Graph" in type(value).__name__:
        return {"nodes": list(value), "edges": list(value.edges(data=True))}
    return value


def _figures():
    """Save every open drawing that the program did not save itself."""
    module = _sys.modules.get("matplotlib.pyplot")
    if module is None:
        return
    for number in module.get_fignums():
        figure = module.figure(number)
        if figure.axes and not getattr(figure, "_was_saved", False):
            figure.savefig("figure-%d.png" % number)


def _keep_drawings():
    """Let `plt.show()` save the drawing instead of opening a window that nobody sees."""
    module = _sys.modules.get("matplotlib.pyplot")
    if module is not None:
        module.show = lambda *_, **__: _figures()


def _read_graph(name, library="networkx"):
    """The graph of a file: `graph.json` as handed over, or a file of the user's own."""
    if library == "igraph":
        import igraph

        if not name.endswith(".json"):
            return igraph.Graph.Read(name)
        data = _json.load(open(name, encoding="utf-8"))
        place = {_json.dumps(node): number for number, (node, _) in enumerate(data["nodes"])}
        found = igraph.Graph(
            n=len(data["nodes"]),
            edges=[(place[_json.dumps(u)], place[_json.dumps(v)]) for u, v, _ in data["edges"]],
            directed=data["directed"],
        )
        found.vs["name"] = [str(node) for node, _ in data["nodes"]]
        for attribute in sorted({key for *_, about in data["edges"] for key in about}):
            found.es[attribute] = [about.get(attribute) for *_, about in data["edges"]]
        return found
    import networkx

    if name.endswith(".gml"):
        try:
            return networkx.read_gml(name)
        except networkx.NetworkXError:
            return networkx.read_gml(name, label="id")
    if name.endswith((".sparse6", ".s6")):
        return networkx.read_sparse6(name)
    if name.endswith(".graphml"):
        return networkx.read_graphml(name)
    data = _json.load(open(name, encoding="utf-8"))
    kind = ("Multi" if data["multi"] else "") + ("DiGraph" if data["directed"] else "Graph")
    found = getattr(networkx, kind)()
    found.add_nodes_from((node, about) for node, about in data["nodes"])
    found.add_edges_from((u, v, about) for u, v, about in data["edges"])
    return found


def _finish(names):
    """Save drawings, and write the result as the last line: the variable `answer`, and what was printed."""
    _figures()
    result = {"printed": _said[:5000], "text": _text.getvalue()[:400_000]}
    if "answer" in names:
        result["answer"] = _plain(names["answer"])
    _sys.stdout.flush()
    _builtins.print(_MARK + _json.dumps(result), flush=True)
