"""The CLRS-30 benchmark: the inputs, outputs and intermediate states of thirty algorithms, and their text form.

Veličković et al., The CLRS Algorithmic Reasoning Benchmark (arXiv 2205.15659), after Cormen, Leiserson, Rivest and
Stein, Introduction to Algorithms; Markeeva et al., The CLRS-Text Algorithmic Reasoning Language Benchmark
(arXiv 2406.04229). Needs numpy alone.
"""

from graphs.clrs.example import Example, run, sample
from graphs.clrs.spec import ALGORITHMS, GRAPH_ALGORITHMS, SPECS, Feature

__all__ = ["ALGORITHMS", "GRAPH_ALGORITHMS", "SPECS", "Example", "Feature", "run", "sample"]
