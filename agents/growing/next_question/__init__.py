"""What to ask next: where the graph is worth a question, in which words, and that it was not asked before."""
