"""Drawing a graph beside a conversation: what of it is marked, where it stands, and what is left out."""
