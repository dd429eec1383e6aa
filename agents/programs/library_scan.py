"""Lists what a library offers: names, signatures and docstrings, one JSON object a line.

This file is a program of its own: `agents.programs.documentation` runs it with the interpreter that runs generated
programs, which may be another Python with other packages. It uses the standard library alone, imports the named
library and its submodules, and calls nothing in them.

    python library_scan.py networkx
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.metadata
import inspect
import io
import json
import os
import pkgutil
import sys
import warnings
from collections.abc import Iterator
from typing import Any

SKIPPED = ("tests", "test", "testing", "conftest", "__main__", "setup", "plugins")
LONGEST_DOC = 6000  # characters
DISTRIBUTIONS = {"igraph": ("igraph", "python-igraph")}


def main(library: str) -> None:
    """Write the library's version, modules, functions, classes and methods to standard output."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints while it is imported is not part of the list
    os.environ["MPLBACKEND"] = "Agg"
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row in scan(library):
            out.write(json.dumps(row, ensure_ascii=True) + "\n")
    out.close()


def version_of(library: str) -> str | None:
    for name in DISTRIBUTIONS.get(library, (library,)):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            return importlib.metadata.version(name)
    return None


def scan(library: str) -> Iterator[dict[str, Any]]:
    """Rows of kind library, module, symbol (function or class) and method."""
    root = importlib.import_module(library)
    failed: list[str] = []
    modules = {library: root}
    for name in submodules(root, failed):
        module = sys.modules.get(name)
        if module is not None:
            modules[name] = module
    yield {"kind": "library", "name": library, "version": version_of(library), "failed": failed}
    paths: dict[int, list[str]] = {}
    objects: dict[int, Any] = {}
    for name in sorted(modules, key=lambda n: (n.count("."), n)):
        names = []
        for attribute, thing in sorted(vars(modules[name]).items()):
            if attribute.startswith("_"):
                continue
            names.append(attribute)
            if own(thing, library):
                paths.setdefault(id(thing), []).append(name + "." + attribute)
                objects[id(thing)] = thing
        # a module may be reached by attribute under another name (networkx.community)
        aliases = {
            attribute: thing.__name__
            for attribute, thing in vars(modules[name]).items()
            if inspect.ismodule(thing) and thing.__name__.split(".")[0] == library and not attribute.startswith("_")
        }
        known = {"names": names, "aliases": aliases, "open": answers_any_name(modules[name])}
        yield {"kind": "module", "name": name, **known}
    reached = attribute_paths(root, library)
    for key, found in paths.items():
        thing = objects[key]
        for path in list(found):
            where, _, last = path.rpartition(".")
            found.extend(other + "." + last for other in reached.get(where, ()))
        found.sort(key=lambda path: (any(p.startswith("_") for p in path.split(".")), path.count("."), len(path)))
        best = next((p for p in found if p.rpartition(".")[2] == getattr(thing, "__name__", "")), found[0])
        kind = "class" if inspect.isclass(thing) else "function"
        yield {"kind": kind, "name": best, "paths": found, "doc": doc(thing), **signature(thing)}
        if inspect.isclass(thing):
            yield from methods(thing, best)


def answers_any_name(module: Any) -> bool:
    """Whether the module makes up attributes as they are asked for (and not just tells of renamed ones)."""
    return hasattr(module, "no_library_has_this_name")


def submodules(root: Any, failed: list[str]) -> Iterator[str]:
    for found in pkgutil.iter_modules(getattr(root, "__path__", ()), root.__name__ + "."):
        last = found.name.rpartition(".")[2]
        if last.startswith("_") or last in SKIPPED:
            continue
        try:
            module = importlib.import_module(found.name)
        except BaseException as error:  # noqa: BLE001 - a library's own module may even call sys.exit
            failed.append(found.name + ": " + type(error).__name__)
            continue
        yield found.name
        if found.ispkg:
            yield from submodules(module, failed)


def attribute_paths(root: Any, library: str) -> dict[str, set[str]]:
    """Other dotted ways to a module: networkx.algorithms.community is also networkx.community."""
    found: dict[str, set[str]] = {}
    for attribute, thing in vars(root).items():
        if inspect.ismodule(thing) and thing.__name__.startswith(library + ".") and not attribute.startswith("_"):
            found.setdefault(thing.__name__, set()).add(root.__name__ + "." + attribute)
    return found


def own(thing: Any, library: str) -> bool:
    module = getattr(thing, "__module__", None)
    if not callable(thing) or not isinstance(module, str) or not getattr(thing, "__name__", None):
        return False
    return module.split(".")[0].lstrip("_") == library


def methods(kind: Any, path: str) -> Iterator[dict[str, Any]]:
    for name in dir(kind):
        if name.startswith("_"):
            continue
        raw = inspect.getattr_static(kind, name, None)
        thing = getattr(kind, name, None)
        if thing is None or not callable(thing):
            yield {"kind": "attribute", "name": path + "." + name, "owner": path, "doc": ""}
            continue
        how = (
            "static"
            if isinstance(raw, (staticmethod, classmethod)) or type(raw).__name__ == "classmethod_descriptor"
            else "method"
        )
        yield {"kind": how, "name": path + "." + name, "owner": path, "doc": doc(thing), **signature(thing, how)}


def signature(thing: Any, how: str = "") -> dict[str, Any]:
    """Parameters as [name, kind, required]; None where Python cannot tell. Without `self`."""
    try:
        found = inspect.signature(thing)
    except (ValueError, TypeError):
        return {"signature": "", "parameters": None, "returns": ""}
    listed = list(found.parameters.values())
    # Python's own methods list the instance first, whatever its name; those written in C only where they call it so
    if how == "method" and listed and (inspect.isfunction(thing) or listed[0].name in ("self", "cls")):
        listed = listed[1:]
    parameters = [[p.name, int(p.kind), p.default is p.empty and p.kind not in (2, 4)] for p in listed]
    shown = ", ".join(plain(p) for p in listed if p.name not in ("backend", "backend_kwargs"))
    return {"signature": "(" + shown + ")", "parameters": parameters, "returns": type_name(found.return_annotation)}


def plain(parameter: inspect.Parameter) -> str:
    text = str(parameter.replace(annotation=inspect.Parameter.empty))
    return text if len(text) <= 60 else text[:57] + "..."


def type_name(annotation: Any) -> str:
    if annotation is inspect.Signature.empty or annotation is None:
        return ""
    if isinstance(annotation, str):
        return annotation.strip("'\"")
    return (getattr(annotation, "__module__", "") + "." + getattr(annotation, "__qualname__", "")).strip(".")


def doc(thing: Any) -> str:
    text = inspect.getdoc(thing) or ""
    return text.encode("utf-8", "replace").decode("utf-8")[:LONGEST_DOC]


if __name__ == "__main__":
    main(sys.argv[1])
