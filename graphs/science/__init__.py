"""Network science of growing graphs: figures, the null models beside them, and fits of the degree distribution."""

from graphs.science.comparison import Beside, Comparison, compare
from graphs.science.figures import ABOUT, About, Figures, Hub
from graphs.science.growth import StepGrowth, growth
from graphs.science.measure import REPORT, STEP, Budget, Measured, measure
from graphs.science.nulls import NULL_MODELS, NullModel
from graphs.science.observer import Observer
from graphs.science.simple import CONVENTION, Simple, project
from graphs.science.tails import TailFit, fit_tail, with_goodness
from graphs.science.timeline import State, states
from graphs.science.verdicts import Finding, findings, summary_sentence, tail_sentence, tail_verdict

__all__ = [
    "ABOUT", "CONVENTION", "NULL_MODELS", "REPORT", "STEP", "About", "Beside", "Budget", "Comparison", "Figures",
    "Finding", "Hub", "Measured", "NullModel", "Observer", "Simple", "State", "StepGrowth", "TailFit", "compare",
    "findings", "fit_tail", "growth", "measure", "project", "states", "summary_sentence", "tail_sentence",
    "tail_verdict", "with_goodness",
]  # fmt: skip
