"""Random graphs and well-known named graphs."""
