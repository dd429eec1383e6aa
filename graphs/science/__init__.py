"""Network science of growing graphs: figures, the null models beside them, and fits of the degree distribution."""

from graphs.science.figures import ABOUT, About, Figures, Hub
from graphs.science.measure import REPORT, STEP, Budget, Measured, measure
from graphs.science.observer import Observer
from graphs.science.simple import CONVENTION, Simple, project

__all__ = [
    "ABOUT",
    "CONVENTION",
    "REPORT",
    "STEP",
    "About",
    "Budget",
    "Figures",
    "Hub",
    "Measured",
    "Observer",
    "Simple",
    "measure",
    "project",
]
