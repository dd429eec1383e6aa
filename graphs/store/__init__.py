"""A knowledge graph on disk: entities, relations, evidence, and the log of everything that was done to them."""
