"""Tools that run on the compact body, under the names and with the arguments of the tools for networkx graphs.

`run` is the door: an implementation of this folder, or the tool itself on a converted graph where the graph is small
enough, or a refusal that says up to which size the tool works.
"""

from tools.large.registry import all_large, find, has_large, run

__all__ = ["all_large", "find", "has_large", "run"]
