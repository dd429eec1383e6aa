"""How far a proposed fact is believed: what the text bears out, what contradicts, what cannot be the same thing."""
