"""Questions about graphs whose edges carry a time."""
