"""Kruskal's minimum spanning forest (1956), with its disjoint sets in pointers."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.clrs.recorder import Array, Recorder

_NEXT_EDGE, _CLIMB_FIRST, _CLIMB_SECOND = 0, 1, 2


def mst_kruskal(trace: Recorder, A: Array) -> dict[str, Any]:
    """For each pair: 1 when their edge is taken. Edges by weight, equal ones by their lower, then higher node."""
    n = len(A)
    in_mst, pi = np.zeros((n, n)), list(range(n))
    trace.watch(in_mst_h=in_mst, pi=pi, mask_u=[0] * n, mask_v=[0] * n)
    trace.note(u=0, v=0, root_u=0, root_v=0, phase=_NEXT_EDGE)
    edges = sorted((A[u, v], u, v) for u, v in zip(*(x.tolist() for x in np.nonzero(A > 0)), strict=True) if u < v)
    for _, u, v in edges:
        roots = {"root_u": u, "root_v": v}
        masks = {"root_u": [int(i == u) for i in range(n)], "root_v": [int(i == v) for i in range(n)]}
        trace.watch(mask_u=masks["root_u"], mask_v=masks["root_v"])
        trace.note(u=u, v=v, phase=_CLIMB_FIRST, **roots)
        for name, phase in (("root_u", _CLIMB_FIRST), ("root_v", _CLIMB_SECOND)):
            while pi[roots[name]] != roots[name]:
                root = roots[name] = pi[roots[name]]
                # All that was passed on the way points to the node that is passed now.
                for i in range(n):
                    if masks[name][i]:
                        pi[i] = root
                masks[name][root] = 1
                trace.note(u=u, v=v, phase=phase, **roots)
        low, high = sorted(roots.values())
        if low != high:
            in_mst[u, v] = in_mst[v, u] = 1
            pi[low] = high
        trace.note(u=u, v=v, phase=_NEXT_EDGE, **roots)
    return {"in_mst": in_mst}
