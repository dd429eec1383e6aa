"""Hard node sets: independent sets, vertex covers, dominating sets, cliques."""
