"""Questions about knowledge graphs: words to a typed query, its exact answer, and the relations that it cites."""
