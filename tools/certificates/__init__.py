"""Independent checks of answers: `check` accepts a right answer with its witness and rejects everything else.

A checker never calls the solver, nor the library function that the solver used: it looks at the graph's own nodes and
edges and at the witness alone. Two grades exist:

* `@checker` proves: what it accepts is a true statement about the graph (status `proven`);
* `@cross_check` computes again by a second method, on small graphs (status `computed`).

The modules in this folder stand beside the tool families of the same name.
"""

from tools.certificates.base import Certificate, Claim, Rejected, check, checker, cross_check, has_checker

__all__ = ["Certificate", "Claim", "Rejected", "check", "checker", "cross_check", "has_checker"]
