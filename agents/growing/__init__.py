"""Growing a knowledge graph: what models propose, what documents say, and how far each of it is believed."""
