"""How alike two nodes are: Jaccard, Adamic-Adar, SimRank and others."""
