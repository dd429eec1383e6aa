"""Programs for what no tool covers: documentation, drafts, signatures, running frame, checks, experience."""
