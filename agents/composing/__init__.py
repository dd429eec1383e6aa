"""Questions that are put together from smaller ones, with every word accounted for."""
