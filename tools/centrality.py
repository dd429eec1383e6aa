"""Which nodes matter: degree, closeness, betweenness, eigenvector, PageRank and others."""
