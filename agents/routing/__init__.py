"""The certain router: what the words of a question ask for, and of which nodes, without any model."""
