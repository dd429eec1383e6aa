"""The report on a grown graph: one self-contained HTML file."""

from ui.report.gather import Settings, Story, gather
from ui.report.page import page, write_report

__all__ = ["Settings", "Story", "gather", "page", "write_report"]
